"""**History** on the card of /health: every change of the score with its reasons, paged, and all of it as a file."""

import csv
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from sqlalchemy import text as sql

from commands.core.reply import Document, Modal
from commands.core.request import Request
from commands.health import COMMAND
from commands.ui.blocks import check
from commands.ui.text import LOCALES
from metrics.factors import all_factors
from metrics.health import band_of, score
from metrics.types import FactorScore, HealthPolicy, HealthScore, Reading, Sentence
from storage.queries.health import account_facts
from storage.queries.rates import rates_on
from storage.queries.snapshots import record
from storage.session import Session
from tests.commands.asking import NOW, ask
from tests.commands.pressing import labels, modal, press, reply

TODAY = NOW.date()
AS_IT_WAS = Sentence("As it was")


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def keep(db: Session, days_ago: int, value: int, **permille: int) -> None:
    """A snapshot of Acme Corp by hand."""
    ((acme,),) = db.execute(sql("SELECT id FROM account WHERE key = 'a1'"))
    parts = tuple(FactorScore(id_, 10, Reading(share, AS_IT_WAS)) for id_, share in permille.items())
    health = HealthScore(value, band_of(value, HealthPolicy()), Fraction(1), parts)
    record(db, ago(days_ago), [(acme, health)])


def keep_as_it_was(db: Session, *days_ago: int) -> None:
    """What the nightly job would have kept of Acme Corp."""
    ((acme,),) = db.execute(sql("SELECT id FROM account WHERE key = 'a1'"))
    for days in days_ago:
        rates = rates_on(db, ago(days), home="USD")
        zone = ask().company.zone
        (facts,) = account_facts(db, as_of=ago(days), zone=zone, rates=rates, account_ids=(acme,))
        record(db, ago(days), [(acme, score(facts, all_factors(), HealthPolicy()))])


def history(db: Session, request: Request | None = None, action: str = "health.history") -> Modal:
    card = reply(COMMAND.run(request or ask("acme corp"), db))
    shown = modal(press(COMMAND, card, action, request or ask(), db))
    assert check(shown.blocks, surface="modal") == []
    return shown


def told(shown: Modal) -> list[list[str]]:
    """The lines of each paragraph."""
    return [block["text"]["text"].splitlines() for block in shown.blocks if block["type"] == "section"]


def test_without_a_snapshot_it_teaches(company: Session) -> None:
    company.execute(sql("DELETE FROM usage"))
    company.execute(sql("DELETE FROM usage_day"))
    for table in ("survey_response", "ticket", "invoice", "contact", "mrr_movement"):
        company.execute(sql(f"DELETE FROM {table}"))
    ((head, teaching),) = told(history(company))
    assert head == "*Acme Corp*"
    assert "latido job snapshot --since DAY" in teaching
    assert labels(history(company).blocks) == []


def test_a_score_that_stood_still_says_so(company: Session) -> None:
    keep_as_it_was(company, 0, 1)
    assert told(history(company)) == [
        [
            "*Acme Corp*",
            f"Kept since {ask().t('{day}', day=ago(1))}, between 62 and 62",
            "No change of 3 points or more.",
        ]
    ]


def test_a_change_is_told_with_its_day_its_factors_their_facts_and_what_happened(company: Session) -> None:
    keep_as_it_was(company, 19, 18, 1)
    head, latest, earlier = told(history(company))
    assert head[1:] == ["Kept since 4 Nov 2026, between 62 and 86", "Changes, newest first: 1 to 2 of 2"]
    assert earlier == [
        "*5 Nov 2026 · ▼ 11 to 75 🟢*",
        "Relationship −10 (Maria Lopez left on 5 Nov 2026, 2 points of contact remain)",
        "Product use −1 (Used on 20 of 28 days, 20% less than before)",
        "5 Nov: Maria Lopez left",
    ]
    assert latest[0] == "*22 Nov 2026 · ▼ 13 to 62 🟡 · since 5 Nov*"
    assert latest[1].startswith("Product use −")
    assert "Service −3 (newly known: 1 escalated ticket is open, since 12 Nov 2026)" in latest
    assert latest[-1] == "12 Nov: Escalation"
    assert sum(int(line.split("−")[1].split(" ")[0]) for line in latest[1:-1]) == 13


def test_the_moves_are_those_of_what_was_kept(company: Session) -> None:
    """What is known now of those days may be more than what was known then."""
    keep(company, 10, 80, use=800, sentiment=800)
    keep(company, 9, 60, use=700, sentiment=400)
    change = told(history(company))[-1]
    assert change[0] == "*14 Nov 2026 · ▼ 20 to 60 🟡*"
    assert change[1].startswith("Sentiment −13 (")
    assert change[1].endswith("; data of that day has come in since)")
    assert change[2].startswith("Product use −7 (Used on ")


def test_a_factor_that_lost_its_data_answers_for_it_alone(company: Session) -> None:
    keep(company, 10, 75, use=500, opinion=1000, sentiment=1000)
    keep(company, 9, 50, use=500)
    change = told(history(company))[-1]
    assert change[1:] == [
        "Sentiment −14 (no data any more)",
        "Opinion −9 (expired or withdrawn)",
        "Weights −2 (the points of the factors were set otherwise then)",
    ]


def test_other_weights_are_no_factors_doing(company: Session) -> None:
    keep(company, 10, 90, use=600)
    keep(company, 9, 60, use=600)
    assert told(history(company))[-1] == [
        "*14 Nov 2026 · ▼ 30 to 60 🟡*",
        "Weights −30 (the points of the factors were set otherwise then)",
    ]


def test_an_opinion_is_a_reason_with_its_author_and_without_its_note(company: Session) -> None:
    keep_as_it_was(company, 1)
    card = reply(COMMAND.run(ask("acme corp"), company))
    form = modal(press(COMMAND, card, "health.opinion", ask(), company))
    given = {"opinion_score": "1", "opinion_note": "Secret", "opinion_holds": "1m"}
    COMMAND.views[0].run(replace(ask(form.private_metadata), state=given), company)
    shown = history(company)
    assert told(shown)[1] == ["*23 Nov 2026 · ▼ 6 to 56 🟡*", "Opinion −6 (1 of 5 by Ana, until 22 Dec 2026)"]
    assert "Secret" not in str(shown)


def test_many_changes_are_paged_in_place_newest_first(company: Session) -> None:
    for number in range(20):
        keep(company, 20 - number, 50 + 10 * (number % 2), use=500 + 100 * (number % 2))
    first = history(company)
    assert labels(first.blocks) == ["Next ›", "Whole history as CSV"]
    assert len(told(first)) == 1 + 8
    second = modal(press(COMMAND, first, "health.history.next", ask(), company))
    last = modal(press(COMMAND, second, "health.history.next", ask(), company))
    assert labels(last.blocks) == ["‹ Previous", "Whole history as CSV"]
    days = [paragraph[0] for shown in (first, second, last) for paragraph in told(shown)[1:]]
    assert len(days) == len(set(days)) == 19
    assert modal(press(COMMAND, last, "health.history.back", ask(), company)) == second
    far = next(action for action in COMMAND.actions if action.id == "health.history.next")
    assert modal(far.run(ask("1 900 a1"), company)) == last


def test_the_file_has_every_day_with_every_factor_and_the_reasons(company: Session) -> None:
    keep_as_it_was(company, 19, 18, 17)
    document = press(COMMAND, history(company), "health.history.csv", ask(), company)
    assert isinstance(document, Document)
    assert document.filename == "health-history-a1.csv"
    rows = list(csv.DictReader(document.content.decode("utf-8-sig").splitlines()))
    assert [row["day"] for row in rows] == ["2026-11-04", "2026-11-05", "2026-11-06", "2026-11-23"]
    scores = [(row["score"], row["band"], row["change"]) for row in rows[:2]]
    assert scores == [
        ("86", "good", ""),
        ("75", "good", "-11"),
    ]
    assert rows[1]["since"] == "2026-11-04"
    assert rows[1]["reasons"].startswith("Relationship −10 (Maria Lopez left")
    assert rows[1]["events"] == "5 Nov: Maria Lopez left"
    assert rows[0]["use_percent"] == "86.8"
    assert rows[0]["opinion_percent"] == ""
    assert rows[0]["coverage_percent"] == "90"


def test_where_a_rate_of_then_is_missing_the_change_is_told_without_its_facts(company: Session) -> None:
    ((gamma,),) = company.execute(sql("SELECT id FROM account WHERE key = 'a4'"))
    for days, value in ((700, 80), (699, 60)):
        part = FactorScore("use", 30, Reading(value * 10, AS_IT_WAS))
        record(company, ago(days), [(gamma, HealthScore(value, None, Fraction(1), (part,)))])
    shown = history(company, ask("gamma"))
    assert told(shown)[-1][1:] == ["Product use −20"]


def test_an_account_that_left_keeps_its_history(company: Session) -> None:
    ((delta,),) = company.execute(sql("SELECT id FROM account WHERE key = 'a5'"))
    for days, value in ((60, 80), (59, 60)):
        part = FactorScore("use", 30, Reading(value * 10, AS_IT_WAS))
        record(company, ago(days), [(delta, HealthScore(value, None, Fraction(1), (part,)))])
    shown = told(history(company, ask("delta")))
    assert shown[0][:2] == ["*Delta SA*", "Kept since 24 Sep 2026, between 60 and 80"]
    assert "▼ 20 to 60" in shown[1][0]


@pytest.mark.parametrize("locale", LOCALES)
def test_it_is_told_in_every_language(company: Session, locale: str) -> None:
    keep_as_it_was(company, 19, 18, 1)
    shown = history(company, ask("acme corp", locale=locale))
    assert all(_said(shown))


def _said(shown: Modal) -> Iterable[str]:
    return (line for paragraph in told(shown) for line in paragraph)
