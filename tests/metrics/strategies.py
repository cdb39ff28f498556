"""Random subscription histories, books and account facts, and the revenue facts that follow from a book."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from metrics.account_facts import (
    AccountFacts,
    Answered,
    CampaignFacts,
    ContactFacts,
    ContractionFacts,
    MoneyFacts,
    OpinionFacts,
    QuietPoint,
    ServiceFacts,
    UsageFacts,
    VoiceFacts,
)
from metrics.movements import ledger
from metrics.types import (
    Cause,
    EndReason,
    Interval,
    LeftBy,
    Money,
    Movement,
    MovementKind,
    RevenueFacts,
    SubscriptionRow,
)

FIRST_DAY = date(2026, 1, 1)
TODAY = date(2026, 11, 23)
HORIZON = 60
"""Histories are short and their values few, so that coincidences on one day are common."""


@st.composite
def subscription_rows(
    draw: st.DrawFn,
    currencies: Sequence[str] = ("EUR", "EUR", "USD"),
    intervals: Sequence[Interval] = tuple(Interval),
) -> SubscriptionRow:
    start = FIRST_DAY + timedelta(days=draw(st.integers(0, HORIZON)))
    length = draw(st.none() | st.integers(0, HORIZON // 3))
    return SubscriptionRow(
        subscription=draw(st.sampled_from(("s1", "s2", "s3"))),
        product=draw(st.sampled_from(("core", "extra"))),
        plan=draw(st.sampled_from(("basic", "pro"))),
        quantity=draw(st.integers(0, 3)),
        amount=draw(st.sampled_from((0, 1, 100, 100, 250, 1200, 9999))),
        currency=draw(st.sampled_from(currencies)),
        interval=draw(st.sampled_from(intervals)),
        interval_count=draw(st.integers(1, 2)),
        started_on=start,
        ended_on=None if length is None else start + timedelta(days=length),
        end_reason=draw(st.sampled_from((None, *EndReason))),
        end_detail=draw(st.sampled_from((None, "price", "merger"))),
    )


def histories(**options: Any) -> st.SearchStrategy[list[SubscriptionRow]]:
    return st.lists(subscription_rows(**options), max_size=6)


def books() -> st.SearchStrategy[list[list[SubscriptionRow]]]:
    """Accounts that all pay in one currency, by the month and in multiples of 1 so that scaling is exact."""
    return st.lists(histories(currencies=("EUR",), intervals=(Interval.MONTH,)), max_size=4)


def revenue_of(accounts: Iterable[Sequence[SubscriptionRow]], start: date, end: date) -> RevenueFacts:
    """The facts of a period, worked out account by account from the ledgers; one currency only."""
    sums = dict.fromkeys(("opening", "retained", "kept"), 0)
    counts = dict.fromkeys(("customers_opening", "customers_closing", "customers_lost", "customers_won"), 0)
    by_kind = dict.fromkeys(MovementKind, 0)
    by_cause: dict[Cause, int] = {}
    lost_by_cause: dict[Cause, int] = {}
    for rows in accounts:
        lines = ledger(rows)
        opening, closing = mrr_before(lines, start), mrr_before(lines, end)
        inside = [line for line in lines if start <= line.day < end]
        for line in inside:
            assert line.kind is not None
            by_kind[line.kind] += abs(line.after - line.before)
            if line.cause is not None:
                by_cause[line.cause] = by_cause.get(line.cause, 0) + abs(line.after - line.before)
        sums["opening"] += opening
        sums["retained"] += closing if opening else 0
        sums["kept"] += min(opening, closing)
        counts["customers_opening"] += opening > 0
        counts["customers_closing"] += closing > 0
        counts["customers_won"] += closing > 0 and opening == 0
        if opening and not closing:
            counts["customers_lost"] += 1
            cause = inside[-1].cause
            assert cause is not None
            lost_by_cause[cause] = lost_by_cause.get(cause, 0) + 1
    moved = {kind.value: amount for kind, amount in by_kind.items()}
    return RevenueFacts("EUR", start, end, by_cause=by_cause, lost_by_cause=lost_by_cause, **sums, **counts, **moved)


def mrr_before(lines: Sequence[Movement], day: date) -> int:
    """The MRR at the end of the day before `day`."""
    return next((line.after for line in reversed(lines) if line.day < day), 0)


PERIODS = st.sampled_from(
    [
        (date(2026, 1, 1), date(2026, 2, 1)),
        (date(2026, 2, 1), date(2026, 3, 1)),
        (date(2026, 1, 1), date(2026, 4, 1)),
        (date(2026, 1, 15), date(2026, 2, 20)),
    ]
)

revenue_facts = st.builds(lambda book, period: revenue_of(book, *period), books(), PERIODS)


# --- Account facts -----------------------------------------------------------------------------------------------

_small = st.integers(0, 30)
_days_ago = st.integers(0, 400).map(lambda days: TODAY - timedelta(days=days))


@st.composite
def usage_facts(draw: st.DrawFn) -> UsageFacts:
    first, last = sorted((draw(_days_ago), draw(_days_ago)))
    now, before, older = draw(st.integers(0, 300)), draw(st.integers(0, 300)), draw(_small)
    return UsageFacts(
        first_on=first,
        last_on=last,
        active_days_28=draw(st.integers(0, 28)),
        active_days_before=draw(st.integers(0, 28)),
        sessions_28=now,
        sessions_before=before,
        sessions_90=now + before + older,
        users_28=draw(_small),
        users_before=draw(_small),
        features_14=draw(st.integers(0, 12)),
        features_tracked=draw(st.integers(0, 12)),
    )


@st.composite
def voice_facts(draw: st.DrawFn) -> VoiceFacts:
    promoters, passives, detractors = draw(_small), draw(_small), draw(_small)
    ratings = draw(st.lists(st.integers(1, 5), max_size=6))
    return VoiceFacts(
        nps_answers=promoters + passives + detractors,
        promoters=promoters,
        detractors=detractors,
        ratings=len(ratings),
        ratings_sum=sum(ratings),
        low=tuple(draw(st.lists(_low_answers(), max_size=3, unique_by=lambda answer: answer.id))),
        promoting=tuple(draw(st.lists(_promoting, max_size=promoters, unique_by=lambda answer: answer.contact_id))),
    )


@st.composite
def _low_answers(draw: st.DrawFn) -> Answered:
    kind = draw(st.sampled_from(("nps", "csat", "ces")))
    score = draw(st.integers(0, 6)) if kind == "nps" else draw(st.integers(1, 2))
    comment = draw(st.none() | st.just("Slow since March"))
    return Answered(draw(st.integers(1, 999)), kind, score, draw(_days_ago), comment, *draw(_authors))


_authors = st.sampled_from(((None, None), (7, "Bo")))
_promoting = st.builds(
    Answered,
    id=st.integers(1, 999),
    kind=st.just("nps"),
    score=st.integers(9, 10),
    on=_days_ago,
    comment=st.none() | st.just("Love it"),
    contact_id=st.integers(1, 99),
    who=st.just("Bo"),
)


quiet_points = st.builds(
    QuietPoint, name=st.just("Bo"), champion=st.booleans(), last_seen_on=_days_ago, active_days=st.integers(1, 180)
)
contact_facts = st.builds(
    ContactFacts,
    points=st.integers(0, 5),
    points_left_90=st.integers(0, 5),
    champions=st.integers(0, 3),
    champions_left_90=st.integers(0, 3),
    last_left_on=st.none() | _days_ago,
    last_left_name=st.none() | st.just("Ana"),
    points_active_28=st.none() | st.integers(0, 5),
    last_left_by=st.sampled_from(LeftBy),
    quiet=st.lists(quiet_points, max_size=2).map(tuple),
)
service_facts = st.builds(
    ServiceFacts,
    opened_28=_small,
    opened_before=_small,
    open_now=_small,
    escalated_open=st.integers(0, 4),
    escalated_90=st.integers(0, 8),
    oldest_escalated_on=st.none() | _days_ago,
)
money_facts = st.builds(
    MoneyFacts,
    invoices_365=_small,
    failed_open=st.integers(0, 4),
    failed_amount=st.none() | st.just(Money(12_000, "EUR")),
    failed_on=st.none() | _days_ago,
    overdue_days=st.integers(0, 120),
)
contraction_facts = st.builds(ContractionFacts, lost_90=st.integers(0, 20_000), mrr_before_90=st.integers(0, 20_000))
campaign_facts = st.builds(
    CampaignFacts,
    sent_90=st.integers(0, 8),
    opened_90=st.integers(0, 2),
    opened_before=st.integers(0, 8),
    last_opened_on=_days_ago,
)
opinion_facts = st.builds(
    OpinionFacts,
    score=st.integers(1, 5),
    author=st.just("Ana"),
    note=st.none() | st.just("They told me so"),
    given_on=_days_ago,
    expires_on=st.integers(1, 92).map(lambda days: TODAY + timedelta(days=days)),
)
account_facts = st.builds(
    AccountFacts,
    account_id=st.just(1),
    key=st.just("acme"),
    name=st.just("Acme"),
    segment=st.none() | st.just("smb"),
    csm_email=st.none(),
    as_of=st.just(TODAY),
    mrr=st.just(Money(50_000, "EUR")),
    lifecycle_stage=st.sampled_from((None, "onboarding", "value")),
    created_on=st.none() | _days_ago,
    renewal_on=st.none() | st.integers(-30, 200).map(lambda days: TODAY + timedelta(days=days)),
    onboarding_started_on=st.none() | _days_ago,
    activated_on=st.none() | _days_ago,
    seats_purchased=st.none() | _small,
    usage=st.none() | usage_facts(),
    contacts=st.none() | contact_facts,
    voice=st.none() | voice_facts(),
    service=st.none() | service_facts,
    money=st.none() | money_facts,
    contraction=st.none() | contraction_facts,
    campaigns=st.none() | campaign_facts,
    opinion=st.none() | opinion_facts,
)
