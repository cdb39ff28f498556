"""The messages of a digest: what stands in them in a full week, a quiet one, a late one; in every language."""

from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import date, datetime, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from sqlalchemy import Engine

from commands.core.digest_question import Digest, kept
from commands.core.digest_told import Restated
from commands.ui.blocks import check
from commands.ui.cards.digest import digest_cards
from commands.ui.charts import draw_png
from commands.ui.text import translator
from metrics.types import BookFilter, Money, Sentence
from storage.queries import alert_steps
from storage.queries.alert_steps import NewAlert, Step
from storage.queries.alerts import State
from storage.session import transaction
from tests.commands.asking import NOW
from tests.commands.core.test_digest_question import LATE, VOICES, a_signal, bring, compose
from tests.storage.queries.rows import account as an_account

EN = translator("en", strict=True)
LOCALES = ("en", "es", "ru")


def quiet(engine: Engine, folder: Path) -> Digest:
    """Nothing has happened, and somebody takes care of all there is to do."""
    bring(engine, folder)
    taken = a_signal(engine, 1, "poc_departure", "warning", 120_000)
    with transaction(engine) as db:
        alert_steps.change(db, taken, Step.TAKEN, now=NOW, actor="U1", state=State.TAKEN, taken_by="U1")
    return compose(engine)


def full(engine: Engine, folder: Path) -> Digest:
    """Everything that there can be, and last week has changed."""
    bring(engine, folder)
    told = kept(compose(engine, now=NOW - timedelta(days=7)))
    late = LATE.replace(
        "s9,a9,Core,Basic,1,70.00,USD,month,2026-11-10,,,", "s9,a9,Core,Basic,1,70.00,USD,month,2026-11-18,,,"
    )
    late = late.replace(
        "s8,a8,Core,Basic,1,100.00,USD,month,2026-02-01,,,",
        "s8,a8,Core,Basic,1,100.00,USD,month,2026-02-01,2026-11-20,voluntary,",
    )
    bring(engine, folder / "late", subscriptions=late, survey_responses=VOICES, accounts=_RENEWING)
    for number, (rule, severity) in enumerate(_SIGNALS, 1):
        a_signal(engine, number, rule, severity, 1_000 * number)
    saved = a_signal(engine, 2, "usage_drop", "urgent", 50_000)
    with transaction(engine) as db:
        alert_steps.change(db, saved, Step.RECOVERED, now=NOW - timedelta(days=3), state=State.RECOVERED)
    return compose(engine, before=told)


_SIGNALS = (
    ("poc_departure", "warning"),
    ("inactivity", "notice"),
    ("payment_failed", "urgent"),
    ("usage_drop", "warning"),
    ("score_fall", "urgent"),
    ("ticket_surge", "notice"),
    ("renewal_near", "urgent"),
)
_RENEWING = """
    account_id,name,segment,csm_email,renewal_on
    a1,Acme Corp,enterprise,ana@example.com,2026-12-12
    a4,Gamma GmbH,mid,bob@example.com,2026-12-01
"""
WEEKS = {"full": full, "quiet": quiet}


@pytest.mark.parametrize("week", WEEKS)
def test_the_messages_are_as_they_were(
    week: str, sqlite_engine: Engine, tmp_path: Path, golden: Callable[[str, object], None]
) -> None:
    posted = digest_cards(WEEKS[week](sqlite_engine, tmp_path), EN)
    golden(f"cards/digest-{week}", {"main": asdict(posted.main), "thread": posted.thread and asdict(posted.thread)})


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("week", WEEKS)
def test_slack_takes_them_and_the_picture_is_drawn(
    week: str, locale: str, sqlite_engine: Engine, tmp_path: Path
) -> None:
    posted = digest_cards(WEEKS[week](sqlite_engine, tmp_path), translator(locale, strict=True))
    assert check(posted.main.blocks) == []
    assert posted.thread is None or check(posted.thread.blocks) == []
    assert posted.main.chart is not None
    assert draw_png(posted.main.chart.id, posted.main.chart.title, posted.main.chart.data).startswith(b"\x89PNG")


def test_a_full_week_says_what_changed_who_needs_a_call_and_what_was_won(sqlite_engine, tmp_path):
    text = digest_cards(full(sqlite_engine, tmp_path), EN).main.text
    for said in (
        "Last week (9 Nov to 15 Nov 2026) has changed since I told you",
        "Churn is now 18.6% (was 0%): 1 cancellation came in late",
        "Eta +$70 (Expansion: seats)",
        "7 accounts need a call today",
        "“Too slow on Mondays” (Acme Corp, NPS 2)",
        "“Better every month” (Acme Corp, NPS 9)",
        "2 renewals in the next 30 days",
        "📈 Grew: Eta",
        "💪 Out of danger: Acme UK",
        "and 2 more",
    ):
        assert said in text
    assert "Otherwise quiet" not in text


def test_five_calls_at_most_and_the_worst_first(sqlite_engine, tmp_path):
    text = digest_cards(full(sqlite_engine, tmp_path), EN).main.text
    assert text.count("🔴") == 3
    assert text.count("🔴") + text.count("🟠") + text.count("🟡") == 5
    assert text.index("🔴") < text.index("🟠")


def test_a_quiet_week_is_short(sqlite_engine, tmp_path):
    posted = digest_cards(quiet(sqlite_engine, tmp_path), EN)
    assert posted.thread is None
    assert "A quiet week · MRR did not move · nobody needs a call · no renewals" in posted.main.text
    assert "1 account is in hand" in posted.main.text
    assert len(posted.main.text.splitlines()) <= 5


def test_the_thread_has_the_lists_with_buttons_to_open(sqlite_engine, tmp_path):
    thread = digest_cards(full(sqlite_engine, tmp_path), EN).thread
    assert thread is not None
    opened = [block["accessory"]["action_id"] for block in thread.blocks if "accessory" in block]
    assert set(opened) == {"health.open"}
    assert len(opened) == 7 + 2 + 2 + 2


def test_whom_to_offer_more_is_named_and_the_reasons_are_in_the_thread(sqlite_engine, tmp_path):
    bring(sqlite_engine, tmp_path)
    a_signal(sqlite_engine, 8, "seats_full", "notice", 10_000, held=True)
    main, thread = digest_cards(compose(sqlite_engine), EN)
    assert "🌱 Whom to offer more: *<!channel>* & =Sons" in main.text
    assert thread is not None
    assert "Whom to offer more now" in thread.text
    assert "→ Offer more seats" in thread.text


def test_figures_that_moved_without_mrr_are_told_and_those_that_look_the_same_are_not(sqlite_engine, tmp_path):
    bring(sqlite_engine, tmp_path)
    week = compose(sqlite_engine)
    figures: dict[str, int | Fraction] = {
        "mrr": 276_000,
        "mrr_churn": Fraction(1, 100),
        "churned_mrr": 2_760,
        "new_mrr": 0,
        "lost_customers": 1,
    }
    was = week.told._replace(figures={name: Fraction(value) for name, value in figures.items()})
    now = was._replace(figures={**was.figures, "new_mrr": Fraction(5_000)})
    text = digest_cards(replace(week, restated=Restated(was, now)), EN).main.text
    assert "New MRR is now $50 (was $0)" in text
    assert "Last week" not in text  # it was told before a pause
    hardly = was._replace(figures={**was.figures, "mrr_churn": Fraction(100_001, 10_000_000)})
    assert "has changed since" not in digest_cards(replace(week, restated=Restated(was, hardly)), EN).main.text


def test_one_that_comes_late_says_so(sqlite_engine, tmp_path):
    late = digest_cards(quiet(sqlite_engine, tmp_path), EN, due=datetime.fromisoformat("2026-11-23T09:00"))
    assert "it was due on 23 Nov 2026, 09:00" in late.main.text


def test_lists_of_any_length_fit(sqlite_engine, tmp_path):
    one = full(sqlite_engine, tmp_path)
    calls = replace(one.calls, rows=one.calls.rows * 40, chances=one.calls.rows * 40)
    longest = replace(one, calls=calls, moves=one.moves * 40, renewals=one.renewals * 40, comments=one.comments * 40)
    posted = digest_cards(longest, EN)
    assert posted.thread is not None
    assert check(posted.main.blocks) == check(posted.thread.blocks) == []


def test_what_customers_are_called_neither_formats_nor_mentions(sqlite_engine, tmp_path):
    posted = digest_cards(full(sqlite_engine, tmp_path), EN)
    assert "<!channel>" not in str(posted.main.blocks)


def test_a_book_without_customers_is_told_in_a_sentence(sqlite_engine, tmp_path):
    bring(sqlite_engine, tmp_path)
    gone = compose(sqlite_engine, book=BookFilter(csm_email="nobody@example.com"))
    posted = digest_cards(gone, EN)
    assert "nothing to tell" in posted.main.text
    assert (posted.main.chart, posted.thread) == (None, None)


def test_of_accounts_that_do_not_pay_yet_it_is_told_who_needs_a_call(sqlite_engine, tmp_path):
    bring(sqlite_engine, tmp_path)
    with transaction(sqlite_engine) as db:
        beginner = an_account(db, "beginner", csm_email="new@example.com", lifecycle_stage="onboarding")
        stalled = Sentence("Nothing for 30 days")
        new = NewAlert(beginner, "onboarding_stalled", "warning", stalled, None, Money(0, "USD"))
        alert_steps.open_(db, [new], now=NOW)
    posted = digest_cards(compose(sqlite_engine, book=BookFilter(csm_email="new@example.com")), EN)
    assert "1 account needs a call today" in posted.main.text
    assert check(posted.main.blocks) == []
    assert posted.main.chart is None or draw_png(
        posted.main.chart.id, posted.main.chart.title, posted.main.chart.data
    ).startswith(b"\x89PNG")


def test_a_stopped_feed_is_told(sqlite_engine, tmp_path):
    bring(sqlite_engine, tmp_path)
    month_later = NOW + timedelta(days=42)
    told = digest_cards(compose(sqlite_engine, now=month_later), EN).main.text
    assert "Some signals are held back · no usage has come in since" in told
    assert date(2026, 11, 20).isoformat() not in told
