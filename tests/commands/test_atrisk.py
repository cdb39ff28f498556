from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import text as sql

from commands.atrisk import COMMAND
from commands.core.errors import NotAllowed, NotUnderstood
from commands.core.reply import Document, Reply
from commands.core.request import Role
from commands.ui.blocks import check
from commands.ui.text import LOCALES
from metrics.dials import RulePolicy
from metrics.judging import Signal
from metrics.rules import rules_of
from storage.session import Session
from tests.commands.asking import ask
from tests.commands.pressing import labels, modal, press, reply
from tests.commands.test_health import take_snapshots
from tests.storage.queries import rows


def answer(db: Session, text: str = "", locale: str = "en") -> Reply:
    given = reply(COMMAND.run(ask(text, locale=locale), db))
    assert check(given.blocks) == []
    return given


def test_the_first_lines_are_how_many_and_how_much(company: Session) -> None:
    take_snapshots(company, 0, 30)
    lines = answer(company).text.splitlines()
    assert lines[0] == "2 accounts with open risks · MRR $1,400 at stake, 50.7% of all · all customers"
    assert lines[1] == "🔴 2 urgent"
    assert lines[2] == "In poor health: 0 customers, MRR $0 · 30 days ago: 1 customer, MRR $200"


def test_without_stored_scores_nothing_is_said_of_the_bands(company: Session) -> None:
    assert "In poor health" not in answer(company).text


def test_the_picture_is_mrr_by_health(company: Session) -> None:
    assert answer(company).chart is None
    take_snapshots(company, 0)
    given = answer(company)
    chart = given.chart
    assert chart is not None
    assert chart.title == "0% of MRR is in poor health"
    assert [(row["label"], row["shown"]) for row in chart.data["rows"]] == [
        ("good", "$1.4K"),
        ("average", "$1.4K"),
        ("poor", "$0"),
    ]
    assert sum(row["value"] for row in chart.data["rows"]) == 276_000
    assert given.chart_at == 4
    assert answer(company, "csm:bob").chart is None


def test_customers_without_a_score_are_a_bar_of_their_own(company: Session) -> None:
    take_snapshots(company, 0)
    company.execute(sql("DELETE FROM health_snapshot WHERE account_id = 1"))
    chart = answer(company).chart
    assert chart is not None
    assert (chart.data["rows"][-1]["label"], chart.data["rows"][-1]["value"]) == ("no score", 120_000)


def test_every_account_is_told_with_why_since_when_and_what_to_do(company: Session) -> None:
    text = answer(company).text
    beta = text[text.index("🟡 Beta Ltd · 43 / 100 average · MRR $200") :].splitlines()
    assert beta[1] == "🔴 The account pays less: MRR cut by $100 in 90 days, 33.3% of $300 · since 26 Aug 2026"
    assert beta[2].startswith("🔴 A payment failed: 1 payment of $200 failed on 5 Nov 2026 and is still open")
    assert not beta[2].endswith("since 5 Nov 2026"), "the reason says the day itself"
    assert beta[3].startswith("→ Ask what they stopped needing")


def test_which_risks_they_are_is_told_for_several_accounts(company: Session) -> None:
    text = answer(company).text
    assert "What they are\nA renewal at risk: 1 account, MRR $1,200\n" in text
    assert "and 1 more" in text
    assert "What they are" not in answer(company, "enterprise").text


def test_a_book_is_told_alone(company: Session) -> None:
    assert answer(company, "smb").text.startswith("1 account with open risks · MRR $200 at stake, ")
    assert answer(company, "csm:bob").text.startswith("No open risks · accounts of bob@example.com\n")


def test_an_account_opens(company: Session) -> None:
    card = answer(company)
    assert labels(card.blocks) == ["Open", "Open", "All as CSV", "How is this computed?", "Share here"]
    opens = [block["accessory"] for block in card.blocks if "accessory" in block]
    assert [button["action_id"] for button in opens] == ["health.open", "health.open"]
    assert [button["value"] for button in opens] == ["1 0 a1", "1 0 a3"]


def many_at_risk(db: Session) -> None:
    for account_id in range(1, 21):
        ticket = {"opened_at": ask().now, "escalated": True}
        rows.add(db, "ticket", key=f"t-{account_id}", account_id=account_id, **ticket)


def test_many_accounts_are_paged_in_place(crowd: Session) -> None:
    many_at_risk(crowd)
    first = answer(crowd)
    assert first.text.startswith("20 accounts with open risks")
    assert labels(first.blocks) == ["Open"] * 5 + ["Next ›", "All as CSV", "How is this computed?", "Share here"]
    second = reply(press(COMMAND, first, "atrisk.next", ask(), crowd))
    assert second.replace
    assert "What they are" not in second.text
    last = reply(press(COMMAND, second, "atrisk.next", ask(), crowd))
    last = reply(press(COMMAND, last, "atrisk.next", ask(), crowd))
    assert labels(last.blocks)[5:7] == ["‹ Previous", "All as CSV"]
    back = reply(press(COMMAND, reply(press(COMMAND, last, "atrisk.back", ask(), crowd)), "atrisk.back", ask(), crowd))
    assert back == second


@pytest.mark.parametrize("locale", LOCALES)
def test_it_answers_in_every_language(company: Session, locale: str) -> None:
    assert "1" in answer(company, locale=locale).text
    assert answer(company, "csm:bob", locale).text


def test_an_empty_store_teaches(db_empty: Session) -> None:
    given = answer(db_empty)
    assert "latido import" in given.text
    assert labels(given.blocks) == []


def test_a_customers_words_do_nothing(company: Session) -> None:
    rows.add(company, "ticket", key="t-8", account_id=8, opened_at=ask().now, escalated=True)
    given = answer(company)
    assert "*<!channel>* & =Sons" in given.text
    assert not any("<!channel>" in block.get("text", {}).get("text", "") for block in given.blocks)


def test_nonsense_and_periods_are_said(company: Session) -> None:
    for text in ("entreprise!!", "last month"):
        with pytest.raises(NotUnderstood):
            COMMAND.run(ask(text), company)


def test_the_explanation_has_every_signal_and_the_figures(company: Session) -> None:
    take_snapshots(company, 0)
    shown = modal(press(COMMAND, answer(company), "atrisk.explain", ask(), company))
    assert check(shown.blocks, surface="modal") == []
    words = "\n".join(block["text"]["text"] for block in shown.blocks if block["type"] == "section")
    for rule in rules_of(Signal.RISK).values():
        assert rule.title in words
    assert "= 5 ÷ (5 + 2 + 0) = 71.4%" in words


def test_the_explanation_tells_the_thresholds_in_force_for_the_segment(company: Session) -> None:
    asked, name = ask(), "score_fall.points"
    rules = RulePolicy({name: 20, "detractor": False}, {"Enterprise": {name: 7}})
    asked = replace(asked, company=replace(asked.company, rules=rules))
    words = {}
    for book in ("", "enterprise"):
        shown = modal(press(COMMAND, answer(company, book), "atrisk.explain", asked, company))
        assert check(shown.blocks, surface="modal") == []
        words[book] = "\n".join(block["text"]["text"] for block in shown.blocks if block["type"] == "section")
    assert "Least points lost in 30 days: 20 · A warning from so many points on: 15" in words[""]
    assert "Least points lost in 30 days: 7 · " in words["enterprise"]
    assert "about it.\noff" in words[""]
    assert "For all accounts: `score_fall.points` 20 instead of 10" in words[""]
    assert "In Enterprise: `score_fall.points` 7 instead of 20" in words[""]


def test_rules_are_applied_as_they_are_turned(company: Session) -> None:
    asked = ask()
    off = RulePolicy({}, {"SMB": dict.fromkeys(rules_of(Signal.RISK), False)})
    asked = replace(asked, company=replace(asked.company, rules=off))
    text = reply(COMMAND.run(asked, company)).text
    assert "Beta Ltd" not in text
    assert "Acme Corp" in text


def test_all_open_risks_are_a_file(company: Session) -> None:
    document = press(COMMAND, answer(company), "atrisk.csv", ask(), company)
    assert isinstance(document, Document)
    assert document.filename == "atrisk-2026-11-23.csv"
    lines = document.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "account_id,name,segment,csm,mrr,currency,score,severity,risk,since,why,next_step"
    assert len(lines) == 1 + 4 + 2
    assert lines[1].startswith("a1,Acme Corp,enterprise,ana@example.com,1200.00,USD,62,urgent,An escalation is open,")


def test_sharing_asks_afresh_and_leaves_the_private_buttons_out(company: Session) -> None:
    card = answer(company, "smb")
    shared = reply(press(COMMAND, card, "atrisk.share", ask(), company))
    assert (shared.shared, shared.text) == (True, card.text)
    assert labels(shared.blocks) == ["Open", "How is this computed?"]
    with pytest.raises(NotAllowed):
        press(COMMAND, card, "atrisk.share", replace(ask(), actor=replace(ask().actor, role=Role.GUEST)), company)


def chosen(db: Session, given: Reply, value: str) -> Reply:
    """The card that comes of a line of its menus."""
    (menus,) = (block for block in given.blocks if "block_id" in block)
    narrow = next(action for action in COMMAND.actions if action.id == "atrisk.filter")
    return reply(narrow.run(replace(ask(value), block_id=menus["block_id"]), db))


def test_amounts_are_shown_in_any_currency_with_rates(company: Session) -> None:
    rows.add(company, "fx_rate", currency="EUR", day=date(2026, 10, 1), rate="1.25")
    given = answer(company, "csm:ana in EUR")
    (headline, *_), as_of = given.text.splitlines(), given.text.splitlines()[-1]
    assert "MRR €" in headline
    assert "amounts in EUR at the rates of 23 Nov 2026" in as_of
    own = chosen(company, given, "currency:")
    assert "MRR $" in own.text.splitlines()[0]
    assert chosen(company, own, "currency:EUR").text.splitlines()[0] == headline
    with pytest.raises(NotUnderstood, match="no exchange rates"):
        answer(company, "in:CHF")
