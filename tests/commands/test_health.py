import csv
import re
from dataclasses import replace
from datetime import timedelta
from io import StringIO

import pytest
from sqlalchemy import text as sql

from commands.core.errors import NotAllowed, UserError
from commands.core.reply import Document, Reply
from commands.core.request import Request, Role
from commands.health import COMMAND
from commands.ui.blocks import check
from commands.ui.text import LOCALES
from metrics.dials import RulePolicy
from metrics.factors import all_factors
from metrics.health import score
from metrics.rules import all_rules
from metrics.types import HealthPolicy
from storage.queries.health import account_facts
from storage.queries.rates import rates_on
from storage.queries.snapshots import record
from storage.session import Session
from tests.commands.asking import ask
from tests.commands.pressing import labels, modal, press, reply


def answer(db: Session, text: str = "", request: Request | None = None) -> Reply:
    given = reply(COMMAND.run(request or ask(text), db))
    assert check(given.blocks) == []
    return given


def take_snapshots(db: Session, *days_ago: int) -> None:
    """What the nightly job records."""
    request = ask()
    for days in days_ago:
        day = request.today - timedelta(days=days)
        rates = rates_on(db, day, home="USD")
        found = list(account_facts(db, as_of=day, zone=request.company.zone, rates=rates))
        record(db, day, ((facts.account_id, score(facts, all_factors(), HealthPolicy())) for facts in found))


def test_the_first_line_is_the_score_its_band_and_its_change(company: Session) -> None:
    take_snapshots(company, 30)
    assert answer(company, "Acme Corp").text.splitlines()[0] == "🟡 Acme Corp · 62 / 100 average · ▼ 29 in 30 days"


def test_the_change_is_explained_by_its_factors(company: Session) -> None:
    take_snapshots(company, 30)
    headline, why = answer(company, "acme corp").text.splitlines()[:2]
    (change,) = changes_in(headline)
    assert sum(changes_in(why)) == change


def changes_in(text: str) -> list[int]:
    return [int(points) * (1 if sign == "▲" else -1) for sign, points in re.findall(r"([▲▼]) (\d+)", text)]


def test_without_a_score_of_then_the_change_is_unknown_not_zero(company: Session) -> None:
    lines = answer(company, "acme corp").text.splitlines()
    assert lines[0] == "🟡 Acme Corp · 62 / 100 average"
    assert lines[1] == "No score from 30 days ago to compare with"


def test_every_factor_is_told_with_its_points_and_fact(company: Session) -> None:
    text = answer(company, "acme corp").text
    for factor in all_factors().values():
        assert (f"{factor.title} " in text) is not factor.optional
    assert "Product use 17.3 / 30: Used on 20 of 28 days, 47.5% less than before" in text


def test_what_is_unknown_is_said_to_be(company: Session) -> None:
    text = answer(company, "gamma").text
    assert "Product use: unknown, its 30 points are left out" in text
    assert "renewal day unknown" in text
    assert "No points of contact known" in text


def test_open_risks_come_with_the_next_step(company: Session) -> None:
    text = answer(company, "acme corp").text
    assert "4 open risks" in text
    assert "Maria Lopez left on 5 Nov 2026" in text
    assert text.count("→ ") == 4


def test_people_are_told_with_their_state(company: Session) -> None:
    text = answer(company, "acme corp").text
    assert "Jane Roe · billing · never seen in the product" in text
    assert "John Doe · admin · last seen 20 Nov 2026" in text
    assert "Maria Lopez · champion · left 5 Nov 2026" in text


def test_master_data_and_freshness_are_there(company: Session) -> None:
    text = answer(company, "acme corp").text
    assert "MRR $1,200 · renewal 12 Jan 2027, in 50 days · CSM ana@example.com · segment enterprise" in text
    assert "As of 23 Nov 2026 · usage until 20 Nov · 100% of the score's points have data" in text
    assert "renewal was 3 Nov 2026, 20 days ago" in answer(company, "beta").text


def test_the_chart_has_the_history_and_its_events(company: Session) -> None:
    assert answer(company, "acme corp").chart is None
    take_snapshots(company, 30, 29, 10)
    chart = answer(company, "acme corp").chart
    assert chart is not None
    assert chart.title == "Acme Corp is down 29 to 62 in 30 days"
    assert chart.data["days"] == ["2026-10-24", "2026-10-25", "2026-11-13", "2026-11-23"]
    assert chart.data["scores"][0] == 91
    assert chart.data["scores"][-1] == 62
    assert "Maria Lopez left" in [event["label"] for event in chart.data["events"]]


@pytest.mark.parametrize("locale", LOCALES)
def test_it_answers_in_every_language(company: Session, locale: str) -> None:
    assert "62" in answer(company, request=ask("acme corp", locale=locale)).text
    assert answer(company, request=ask(locale=locale)).text


def test_a_customer_is_called_what_it_is_called_and_nothing_happens(company: Session) -> None:
    given = answer(company, "=sons")
    assert "*<!channel>* & =Sons" in given.text
    assert "<!channel>" not in given.blocks[0]["text"]["text"]


def test_an_account_that_left_has_no_score_but_the_day_since_when(company: Session) -> None:
    given = answer(company, "delta")
    lines = given.text.splitlines()
    assert lines[0] == "⚪ Delta SA · no longer a customer since 15 Oct 2026"
    assert "100" not in given.text
    assert "No open risks" not in given.text
    assert [block["type"] for block in given.blocks][-2:] == ["actions", "context"]
    assert "health.explain" not in str(given.blocks)


def test_what_has_no_score_any_more_cannot_be_explained(company: Session) -> None:
    customer = answer(company, "beta")
    company.execute(sql("UPDATE account SET key = 'a3-then' WHERE key = 'a3'"))
    company.execute(sql("UPDATE account SET key = 'a3' WHERE key = 'a5'"))
    with pytest.raises(UserError, match="no longer a customer since"):
        press(COMMAND, customer, "health.explain", ask(), company)


def test_an_account_that_comes_back_has_a_score_again(company: Session) -> None:
    company.execute(sql("UPDATE account SET lifecycle_stage = 'onboarding' WHERE key = 'a5'"))
    assert "no longer a customer" not in answer(company, "delta").text


# --- Which account -----------------------------------------------------------------------------------------------


def test_several_hits_are_a_choice_of_buttons(company: Session) -> None:
    choice = answer(company, "acme")
    assert labels(choice.blocks) == ["Acme UK", "Acme Corp"]
    opened = reply(press(COMMAND, choice, "health.open", ask(), company, number=1))
    assert opened.text.startswith("🟡 Acme Corp · 62")


def test_a_misspelt_name_is_understood(company: Session) -> None:
    assert answer(company, "Epsillon") == answer(company, "epsilon")


def test_no_hit_offers_the_closest_three(company: Session) -> None:
    choice = answer(company, "qqqq")
    assert choice.text.startswith("I found no account “qqqq”. The closest are:")
    assert len(labels(choice.blocks)) == 3


def test_an_empty_store_teaches(db_empty: Session) -> None:
    assert "latido import accounts.csv" in answer(db_empty, "acme").text
    assert "csm_email" in answer(db_empty).text


def test_outsiders_and_guests_learn_nothing(company: Session) -> None:
    for role in (Role.OUTSIDER, Role.GUEST):
        for text in ("acme corp", "nobody", ""):
            with pytest.raises(NotAllowed) as caught:
                COMMAND.run(ask(text, role=role), company)
            assert "Acme" not in ask().t(caught.value.sentence)


def test_nothing_is_answered_where_outsiders_read_along(company: Session) -> None:
    with pytest.raises(NotAllowed):
        COMMAND.run(ask("acme corp", external=True), company)


def test_a_missing_rate_is_said_for_the_account_that_needs_it(rateless: Session) -> None:
    with pytest.raises(UserError, match="exchange rate"):
        COMMAND.run(ask("gamma"), rateless)
    assert answer(rateless, "acme corp").text.startswith("🟡 Acme Corp")


# --- The asker's own accounts ------------------------------------------------------------------------------------


def test_without_a_name_the_askers_own_accounts_come_worst_first(company: Session) -> None:
    lines = answer(company).text.splitlines()
    assert lines[0] == "Your 4 accounts, worst first · MRR $1,570"
    assert lines[-1] == "As of 23 Nov 2026 · usage until 20 Nov · 14% of accounts have usage data"
    assert [line.split(" · ")[0] for line in lines[1::2]][:4] == [
        "🟡 Beta Ltd",
        "🟡 Acme Corp",
        "🟢 *<!channel>* & =Sons",
        "🟢 Eta",
    ]


def test_each_of_them_opens(company: Session) -> None:
    book = answer(company)
    assert labels(book.blocks) == ["Open"] * 4 + ["How is this computed?"]
    assert reply(press(COMMAND, book, "health.open", ask(), company)).text.startswith("🟡 Beta Ltd")


def test_many_accounts_are_paged_in_place(crowd: Session) -> None:
    request = replace(ask(), actor=replace(ask().actor, email="crowd@example.com"))
    first = answer(crowd, request=request)
    assert first.text.startswith("Your 20 accounts")
    second = reply(press(COMMAND, first, "health.next", request, crowd))
    assert second.replace
    assert labels(second.blocks)[-3:] == ["‹ Previous", "Next ›", "How is this computed?"]
    last = reply(press(COMMAND, second, "health.next", request, crowd))
    assert labels(last.blocks) == ["Open"] * 4 + ["‹ Previous", "How is this computed?"]
    assert reply(press(COMMAND, last, "health.back", request, crowd)) == second


def test_how_the_scores_of_ones_accounts_are_made_is_told(company: Session) -> None:
    take_snapshots(company, 0)
    shown = modal(press(COMMAND, answer(company), "health.book.explain", ask(), company))
    assert check(shown.blocks, surface="modal") == []
    told = [block["text"]["text"] for block in shown.blocks if block["type"] == "section"]
    assert "Good from 70, average from 40, poor below." in told[0]
    for factor in all_factors().values():
        assert any(text.startswith(f"*{factor.title}: up to {factor.points} points*") for text in told)
    assert any(text.startswith("*Average health: ") for text in told)
    assert any(text.startswith("*MRR at risk: ") for text in told)
    assert not any("In enterprise" in text for text in told)


def test_what_a_segment_of_ones_accounts_weighs_otherwise_is_told(company: Session) -> None:
    policy = HealthPolicy(points_by_segment={"Enterprise": {"service": 1, "use": 0}, "nobody": {"service": 7}})
    request = replace(ask(), company=replace(ask().company, health=policy))
    shown = modal(press(COMMAND, answer(company, request=request), "health.book.explain", request, company))
    told = str(shown.blocks)
    assert "In enterprise: up to 1 point\n" not in told
    assert told.count("In enterprise: ") == 2
    assert "nobody" not in told


def test_ones_accounts_are_a_file(company: Session) -> None:
    take_snapshots(company, 30)
    shown = modal(press(COMMAND, answer(company), "health.book.explain", ask(), company))
    document = press(COMMAND, shown, "health.book.csv", ask(), company)
    assert isinstance(document, Document)
    rows = list(csv.DictReader(StringIO(document.content.decode("utf-8-sig"))))
    assert [row["name"] for row in rows[:2]] == ["Beta Ltd", "Acme Corp"]
    assert {"score", "band", "change_30_days", "coverage_percent", "mrr", "renewal_on", *all_factors()} <= set(rows[0])
    lines = answer(company).text.splitlines()
    assert f"{rows[0]['score']} / 100" in lines[1]
    assert rows[1]["renewal_on"] == "2027-01-12"
    assert rows[1]["band"] == "average"


def test_who_has_lost_all_accounts_since_is_told(company: Session) -> None:
    stranger = replace(ask(), actor=replace(ask().actor, email="new@example.com"))
    for action in ("health.book.explain", "health.book.csv"):
        run = next(one for one in COMMAND.actions if one.id == action).run
        with pytest.raises(UserError, match="look after no accounts"):
            run(stranger, company)


def test_who_has_no_accounts_is_told_how_to_get_some(company: Session) -> None:
    stranger = replace(ask(), actor=replace(ask().actor, email="new@example.com"))
    assert "No account names new@example.com as its CSM" in answer(company, request=stranger).text
    unknown = replace(ask(), actor=replace(ask().actor, email=None))
    assert "does not tell me your e-mail address" in answer(company, request=unknown).text


# --- Its buttons -------------------------------------------------------------------------------------------------


def test_the_explanation_adds_up_to_the_cards_score(company: Session) -> None:
    shown = modal(press(COMMAND, answer(company, "acme corp"), "health.explain", ask(), company))
    assert check(shown.blocks, surface="modal") == []
    words = "\n".join(block["text"]["text"] for block in shown.blocks if block["type"] == "section")
    assert "100 × (17.3 + 8.6 + 13.5 + 4.6 + 15 + 2.9) ÷ (30 + 15 + 15 + 15 + 15 + 10) = 62" in words
    for factor in all_factors().values():
        assert factor.explanation.replace("&", "&amp;")[:40] in words


def test_the_explanation_tells_the_thresholds_in_force_for_the_account(company: Session) -> None:
    asked = ask()
    rules = RulePolicy({"score_fall.points": 20, "detractor": False}, {"Enterprise": {"score_fall.points": 7}})
    asked = replace(asked, company=replace(asked.company, rules=rules))
    shown = modal(press(COMMAND, answer(company, "acme corp"), "health.explain", asked, company))
    assert check(shown.blocks, surface="modal") == []
    words = "\n".join(block["text"]["text"] for block in shown.blocks if block["type"] == "section")
    assert "*Health is falling* — Least points lost in 30 days: 7 · " in words
    assert "*A low survey answer* — off" in words
    assert "Always after so long a silence: 42 days" in words


def test_a_rule_that_is_off_is_not_told_on_the_card(company: Session) -> None:
    asked = ask("acme corp")
    off = RulePolicy(dict.fromkeys(all_rules(), False))
    assert "An escalation is open" in reply(COMMAND.run(asked, company)).text
    asked = replace(asked, company=replace(asked.company, rules=off))
    assert "An escalation is open" not in reply(COMMAND.run(asked, company)).text


def test_the_factors_are_a_file(company: Session) -> None:
    shown = modal(press(COMMAND, answer(company, "acme corp"), "health.explain", ask(), company))
    document = press(COMMAND, shown, "health.csv", ask(), company)
    assert isinstance(document, Document)
    assert document.filename == "health-a1.csv"
    lines = document.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "factor,points,most,share_percent,fact"
    assert len(lines) == 1 + len(all_factors())


def test_sharing_computes_afresh_and_says_who_shared(company: Session) -> None:
    card = answer(company, "acme corp")
    shared = reply(press(COMMAND, card, "health.share", ask(), company))
    assert shared.shared
    assert shared.text == card.text
    assert "<@U1>" in str(shared.blocks[-1])
    with pytest.raises(NotAllowed):
        press(COMMAND, card, "health.share", ask(external=True), company)


def test_a_button_of_an_account_that_is_gone_says_so(company: Session) -> None:
    explain = next(action for action in COMMAND.actions if action.id == "health.explain")
    with pytest.raises(UserError, match="no longer"):
        explain.run(ask("1 0 acme"), company)
