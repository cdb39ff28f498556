"""What a digest says of the company of tests.commands.company, whose today is Monday, 23 November 2026."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from textwrap import dedent
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, select

from commands.core.digest_question import Digest, digest, kept
from commands.core.request import Company
from metrics.stretches import stretch_of
from metrics.timetable import timetable_of
from metrics.types import BookFilter, Definitions, LedgerRules, Money, Sentence
from storage.load import load
from storage.queries import alert_steps
from storage.queries.alert_steps import NewAlert, Step
from storage.queries.alerts import Outcome, State
from storage.queries.tables import account
from storage.session import reading, transaction
from tests.commands.asking import NOW
from tests.commands.company import FILES, write_company

COMPANY = Company("USD", ZoneInfo("UTC"))
VOICES = """
    response_id,account_id,contact_id,kind,score,comment,responded_at
    r1,a1,c2,nps,9,Better every month,2026-11-17T10:00:00Z
    r2,a1,c3,nps,2,"Too slow
    on Mondays",2026-11-18T10:00:00Z
    r3,a2,,csat,5,,2026-11-19T10:00:00Z
"""


def bring(engine: Engine, folder: Path, **changed: str) -> None:
    """Load the company's files, some with another text."""
    folder.mkdir(exist_ok=True)
    write_company(folder)
    for name, text in changed.items():
        (folder / f"{name}.csv").write_text(dedent(text).strip() + "\n", encoding="utf-8")
    assert load(engine, [folder], zone=ZoneInfo("UTC"), home_currency="USD", now=NOW).stored


def compose(
    engine: Engine,
    rule: str = "mon 09:00",
    *,
    book: BookFilter | None = None,
    now: datetime = NOW,
    before: Mapping[str, Any] | None = None,
    company: Company = COMPANY,
) -> Digest:
    stretch = stretch_of(timetable_of(rule), now.date())
    with reading(engine) as db:
        return digest(db, company=company, book=book or BookFilter(), stretch=stretch, now=now, before=before)


def a_signal(engine: Engine, number: int, rule: str, severity: str, mrr: int, *, held: bool = False) -> int:
    """An alert of the account `a<number>`."""
    with transaction(engine) as db:
        account_id = db.execute(select(account.c.id).where(account.c.key == f"a{number}")).scalar_one()
        new = NewAlert(account_id, rule, severity, Sentence("Something"), date(2026, 11, 20), Money(mrr, "USD"), held)
        return alert_steps.open_(db, [new], now=NOW)[0]


def test_a_month_is_told_as_the_cards_tell_it(engine, tmp_path):
    bring(engine, tmp_path)
    october = compose(engine, "day 1 09:00")
    assert (october.facts.opening, october.facts.closing) == (258_000, 269_000)
    assert october.facts_before.closing == 258_000
    assert [(move.name, move.change) for move in october.moves][:2] == [("Zeta", 25_000), ("Acme Corp", 20_000)]
    assert october.main_move is not None
    assert october.main_move.name == "Zeta"
    assert len(october.weeks) == 13
    assert october.weeks[-1].closing == 269_000


def test_a_book_is_told_by_itself(engine, tmp_path):
    bring(engine, tmp_path)
    ana = compose(engine, "day 1 09:00", book=BookFilter(csm_email="ana@example.com"))
    assert {move.name for move in ana.moves} == {"Acme Corp", "Beta Ltd", "Delta SA"}
    assert ana.text == "csm:ana@example.com"
    assert {call.name for call in ana.calls.rows} <= {"Acme Corp", "Beta Ltd", "Eta", "*<!channel>* & =Sons"}


def test_a_quiet_week_has_nothing_but_who_needs_a_call(engine, tmp_path):
    bring(engine, tmp_path)
    week = compose(engine)
    assert not any((week.moves, week.renewals, week.comments, week.won))
    assert (week.answers, week.main_move) == (0, None)
    assert week.facts.closing == week.facts.opening == 276_000
    assert not week.quiet  # Acme Corp has lost its champion


def test_before_any_alert_is_kept_everybody_is_looked_at(engine, tmp_path):
    bring(engine, tmp_path)
    calls = compose(engine).calls
    assert calls.judged_on == NOW.date()
    assert calls.rows[0].name in {"Acme Corp", "Beta Ltd"}


def test_who_is_taken_or_snoozed_is_only_counted_and_held_ones_are_told(engine, tmp_path):
    bring(engine, tmp_path)
    a_signal(engine, 1, "poc_departure", "warning", 120_000)
    a_signal(engine, 3, "payment_failed", "urgent", 20_000)
    a_signal(engine, 3, "usage_drop", "notice", 20_000, held=True)
    a_signal(engine, 4, "inactivity", "notice", 44_000, held=True)
    a_signal(engine, 8, "seats_full", "urgent", 10_000)
    taken, snoozed = (a_signal(engine, one, "inactivity", "urgent", 90_000) for one in (2, 7))
    with transaction(engine) as db:
        alert_steps.change(db, taken, Step.TAKEN, now=NOW, actor="U1", state=State.TAKEN, taken_by="U1")
        alert_steps.change(db, snoozed, Step.SNOOZED, now=NOW, actor="U1", state=State.SNOOZED, snoozed_until=NOW)
    calls = compose(engine).calls
    assert [(call.name, call.more) for call in calls.rows] == [("Beta Ltd", 1), ("Acme Corp", 0), ("Gamma GmbH", 0)]
    assert (calls.taken, calls.snoozed, calls.judged_on) == (1, 1, None)
    assert calls.at_stake("USD") == Money(184_000, "USD")


def test_whom_to_offer_more_is_told_once_and_not_who_is_in_hand(engine, tmp_path):
    bring(engine, tmp_path)
    a_signal(engine, 8, "seats_full", "notice", 10_000, held=True)
    a_signal(engine, 8, "heavy_use", "notice", 10_000, held=True)
    a_signal(engine, 4, "advocate", "notice", 44_000, held=True)
    taken = a_signal(engine, 3, "seats_full", "notice", 20_000, held=True)
    with transaction(engine) as db:
        alert_steps.change(db, taken, Step.TAKEN, now=NOW, actor="U1", state=State.TAKEN, taken_by="U1")
    week = compose(engine, now=NOW + timedelta(minutes=5))
    assert [(one.name, one.more) for one in week.calls.chances] == [("Gamma GmbH", 0), ("*<!channel>* & =Sons", 1)]
    assert week.calls.rows == ()
    assert not week.quiet
    assert compose(engine, now=NOW + timedelta(days=7)).calls.chances == ()


def test_what_ended_well_is_a_win_in_its_own_week(engine, tmp_path):
    bring(engine, tmp_path)
    thursday = datetime(2026, 11, 19, 12, tzinfo=UTC)
    recovered, saved, lost = (a_signal(engine, one, "inactivity", "urgent", 1) for one in (1, 2, 3))
    with transaction(engine) as db:
        alert_steps.change(db, recovered, Step.RECOVERED, now=thursday, state=State.RECOVERED)
        for one, outcome in ((saved, Outcome.SAVED), (lost, Outcome.LOST)):
            alert_steps.change(db, one, Step.CLOSED, now=thursday, state=State.CLOSED, outcome=outcome)
    assert {one.account_name for one in compose(engine).won} == {"Acme Corp", "Acme UK"}
    assert compose(engine, now=NOW + timedelta(days=7)).won == ()


def test_what_customers_said_is_told_lowest_first_on_one_line(engine, tmp_path):
    bring(engine, tmp_path, survey_responses=VOICES)
    week = compose(engine)
    assert [(one.account, one.score, one.text) for one in week.comments] == [
        ("Acme Corp", 2, "Too slow on Mondays"),
        ("Acme Corp", 9, "Better every month"),
    ]
    assert (week.answers, week.told.nps) == (2, Fraction(0))
    assert (week.comments[0].low, week.comments[1].high) == (True, True)


def test_renewals_are_those_of_the_next_thirty_days(engine, tmp_path):
    bring(engine, tmp_path)
    assert compose(engine).renewals == ()
    december = compose(engine, now=datetime(2026, 12, 14, 9, tzinfo=UTC))
    assert [row.name for row in december.renewals] == ["Acme Corp"]
    assert december.renewing == Money(120_000, "USD")


LATE = FILES["subscriptions.csv"].replace(
    "s2,a2,Core,Pro,5,500.00,USD,month,2025-03-01,,,",
    "s2,a2,Core,Pro,5,500.00,USD,month,2025-03-01,2026-11-12,voluntary,",
)
"""Acme UK had gone in the week before last, and nobody knew."""


def test_late_data_is_told_of_the_week_that_it_changed(engine, tmp_path):
    bring(engine, tmp_path)
    told = kept(compose(engine, now=NOW - timedelta(days=7)))
    assert compose(engine, before=told).restated is None
    bring(engine, tmp_path / "late", subscriptions=LATE)
    changed = compose(engine, before=told).restated
    assert changed is not None
    assert changed.now.period.id == "2026-11-09..2026-11-15"
    assert changed.lost_late == 1
    assert changed.was.figures["mrr_churn"] == 0
    assert changed.now.figures["mrr_churn"] == Fraction(50_000, 269_000)
    assert changed.was.figures["mrr"] != changed.now.figures["mrr"]


def test_figures_of_other_rules_or_another_book_are_not_compared(engine, tmp_path):
    bring(engine, tmp_path)
    told = kept(compose(engine, now=NOW - timedelta(days=7)))
    bring(engine, tmp_path / "late", subscriptions=LATE)
    graceful = replace(COMPANY, definitions=Definitions(ledger=LedgerRules(grace_days=5)))
    assert compose(engine, before=told, company=graceful).restated is None
    assert compose(engine, before=told, book=BookFilter(segment="smb")).restated is None


@pytest.mark.parametrize("kept_by_another_version", [{}, {"start": "2026-11-09"}, {"figures": 3}])
def test_what_another_version_kept_is_left_alone(engine, tmp_path, kept_by_another_version):
    bring(engine, tmp_path)
    assert compose(engine, before=kept_by_another_version).restated is None


def test_of_nobody_there_is_nothing_to_tell(engine):
    nobody = compose(engine)
    assert nobody.empty
    assert nobody.quiet
