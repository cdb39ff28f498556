"""The ledger agrees with a day-by-day count, and with what metrics.md says of each movement."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.money import monthly
from metrics.movements import ledger
from metrics.periods import Period, month_of, quarter_of
from metrics.types import Cause, EndReason, Interval, Movement, MovementKind, SubscriptionRow
from tests.examples import examples
from tests.metrics.strategies import FIRST_DAY, HORIZON, histories

D1, D2, D3, D4 = (date(2026, 3, day) for day in (1, 10, 20, 30))


def row(**values: object) -> SubscriptionRow:
    """A row of 100.00 EUR a month from D1 on."""
    plain = SubscriptionRow("s1", "core", "basic", 1, 10_000, "EUR", Interval.MONTH, 1, D1)
    return plain._replace(**values)  # type: ignore[arg-type]


def kinds(lines: tuple[Movement, ...]) -> list[tuple[date, MovementKind | None, Cause | None]]:
    return [(line.day, line.kind, line.cause) for line in lines]


# --- Examples ----------------------------------------------------------------------------------------------------


def test_an_account_without_rows_has_no_movements():
    assert ledger([]) == ()


def test_a_first_row_is_new():
    assert ledger([row()]) == (Movement(D1, "EUR", 0, 10_000, MovementKind.NEW),)


def test_a_trial_moves_nothing_until_it_is_paid():
    lines = ledger([row(amount=0, ended_on=D2), row(started_on=D2)])
    assert kinds(lines) == [(D2, MovementKind.NEW, None)]


def test_a_row_without_days_counts_for_nothing():
    assert ledger([row(ended_on=D1), row(started_on=D2, ended_on=D1)]) == ()


def test_coming_back_is_reactivation_and_leaving_twice_is_two_churns():
    lines = ledger([row(ended_on=D2), row(started_on=D3, ended_on=D4, end_reason=EndReason.PAYMENT_FAILURE)])
    assert kinds(lines) == [
        (D1, MovementKind.NEW, None),
        (D2, MovementKind.CHURN, Cause.OTHER),
        (D3, MovementKind.REACTIVATION, None),
        (D4, MovementKind.CHURN, Cause.PAYMENT_FAILURE),
    ]


def test_a_swap_on_one_day_is_one_movement():
    assert kinds(ledger([row(ended_on=D2), row(plan="pro", amount=15_000, started_on=D2)])) == [
        (D1, MovementKind.NEW, None),
        (D2, MovementKind.EXPANSION, Cause.UPGRADE),
    ]


def test_a_swap_that_changes_no_mrr_is_no_movement():
    assert len(ledger([row(ended_on=D2), row(plan="pro", started_on=D2)])) == 1


@pytest.mark.parametrize(
    ("after", "kind", "cause"),
    [
        ({"amount": 12_000}, MovementKind.EXPANSION, Cause.PRICE),
        ({"amount": 8_000}, MovementKind.CONTRACTION, Cause.PRICE),
        ({"amount": 20_000, "quantity": 2}, MovementKind.EXPANSION, Cause.SEATS),
        ({"amount": 20_000, "plan": "pro", "quantity": 2}, MovementKind.EXPANSION, Cause.UPGRADE),
        ({"amount": 5_000, "plan": "free-ish"}, MovementKind.CONTRACTION, Cause.DOWNGRADE),
        ({"amount": 8_000, "quantity": 2}, MovementKind.CONTRACTION, Cause.PRICE),
        ({"amount": 12_000, "quantity": 0}, MovementKind.EXPANSION, Cause.PRICE),
        ({"amount": 12_000, "product": "extra"}, MovementKind.EXPANSION, Cause.CROSS_SELL),
        ({"amount": 8_000, "product": "extra"}, MovementKind.CONTRACTION, Cause.PRODUCT_DROPPED),
    ],
    ids=str,
)
def test_what_changed_is_the_cause(after, kind, cause):
    lines = ledger([row(ended_on=D2), row(started_on=D2, **after)])
    assert kinds(lines)[1:] == [(D2, kind, cause)]


def test_fewer_seats_are_a_contraction_by_seats():
    lines = ledger([row(quantity=3, ended_on=D2), row(quantity=1, amount=4_000, started_on=D2)])
    assert kinds(lines)[1:] == [(D2, MovementKind.CONTRACTION, Cause.SEATS)]


def test_a_second_product_beside_the_first_is_cross_sell_and_its_end_drops_it():
    lines = ledger([row(), row(subscription="s2", product="extra", started_on=D2, ended_on=D3)])
    assert kinds(lines)[1:] == [
        (D2, MovementKind.EXPANSION, Cause.CROSS_SELL),
        (D3, MovementKind.CONTRACTION, Cause.PRODUCT_DROPPED),
    ]


def test_seats_that_move_to_the_dearer_of_two_plans_are_an_upgrade():
    before = [row(quantity=8, ended_on=D2), row(subscription="s2", plan="pro", quantity=2, ended_on=D2)]
    after = [
        row(quantity=2, started_on=D2),
        row(subscription="s2", plan="pro", quantity=8, amount=20_000, started_on=D2),
    ]
    assert kinds(ledger(before + after))[1:] == [(D2, MovementKind.EXPANSION, Cause.UPGRADE)]


def test_the_largest_component_in_the_direction_of_the_movement_decides():
    seats = [row(ended_on=D2), row(started_on=D2, quantity=2, amount=11_000)]
    new_product = row(subscription="s2", product="extra", amount=5_000, started_on=D2)
    assert kinds(ledger([*seats, new_product]))[1:] == [(D2, MovementKind.EXPANSION, Cause.CROSS_SELL)]


def test_of_equal_components_the_first_product_by_name_decides():
    core_price = [row(ended_on=D2), row(started_on=D2, amount=12_000)]
    extra = row(subscription="s2", product="extra", amount=2_000, started_on=D2)
    another = row(subscription="s3", product="another", amount=2_000, started_on=D2)
    assert kinds(ledger([*core_price, extra]))[1:] == [(D2, MovementKind.EXPANSION, Cause.PRICE)]
    assert kinds(ledger([extra, *core_price]))[1:] == [(D2, MovementKind.EXPANSION, Cause.PRICE)]
    assert kinds(ledger([extra, another, *core_price]))[1:] == [(D2, MovementKind.EXPANSION, Cause.CROSS_SELL)]


def test_the_largest_row_that_ended_tells_why_an_account_churned():
    small = row(subscription="s2", amount=1_000, ended_on=D2, end_reason=EndReason.PAYMENT_FAILURE)
    large = row(ended_on=D2, end_reason=EndReason.VOLUNTARY, end_detail="went to a rival")
    line = ledger([small, large])[-1]
    assert (line.kind, line.cause, line.detail) == (MovementKind.CHURN, Cause.VOLUNTARY, "went to a rival")


def test_of_equal_rows_one_with_a_reason_tells():
    silent = row(ended_on=D2)
    telling = row(subscription="s2", ended_on=D2, end_reason=EndReason.VOLUNTARY)
    assert ledger([silent, telling])[-1].cause is Cause.VOLUNTARY


def test_each_currency_has_its_line_and_the_kind_is_the_accounts():
    dollars = row(subscription="s2", currency="USD", ended_on=D3)
    assert kinds(ledger([row(ended_on=D3), dollars])) == [
        (D1, MovementKind.NEW, None),
        (D1, MovementKind.NEW, None),
        (D3, MovementKind.CHURN, Cause.OTHER),
        (D3, MovementKind.CHURN, Cause.OTHER),
    ]


def test_a_second_currency_is_an_expansion_and_changing_the_currency_is_for_rates_to_judge():
    second = row(subscription="s2", product="extra", currency="USD", started_on=D2)
    assert kinds(ledger([row(), second]))[1:] == [(D2, MovementKind.EXPANSION, Cause.CROSS_SELL)]
    changed = ledger([row(ended_on=D2), row(currency="USD", started_on=D2)])
    assert changed[1:] == (
        Movement(D2, "EUR", 10_000, 0, None, Cause.CURRENCY),
        Movement(D2, "USD", 0, 10_000, None, Cause.CURRENCY),
    )


@pytest.mark.parametrize(
    ("grace_days", "days"), [(0, [D1, D2, D3]), (9, [D1, D2, D3]), (10, [D1]), (11, [D1])], ids=str
)
def test_a_gap_within_the_grace_is_no_churn(grace_days, days):
    lines = ledger([row(ended_on=D2), row(started_on=D3)], grace_days=grace_days)
    assert [line.day for line in lines] == days


def test_after_a_bridged_gap_only_the_difference_moves():
    lines = ledger([row(ended_on=D2), row(started_on=D3, amount=12_000)], grace_days=30)
    assert lines[1:] == (Movement(D3, "EUR", 10_000, 12_000, MovementKind.EXPANSION, Cause.PRICE),)


def test_an_end_that_nothing_follows_is_a_churn_whatever_the_grace():
    assert kinds(ledger([row(ended_on=D2)], grace_days=365))[-1] == (D2, MovementKind.CHURN, Cause.OTHER)


# --- The oracle: every day looked at on its own --------------------------------------------------------------------


def paid_rows(rows: list[SubscriptionRow], day: date) -> list[SubscriptionRow]:
    return [r for r in rows if r.started_on <= day and (r.ended_on is None or day < r.ended_on) and mrr_of(r) > 0]


def mrr_of(r: SubscriptionRow) -> int:
    return monthly(r.amount, r.interval, r.interval_count)


def states(rows: list[SubscriptionRow], grace_days: int) -> list[tuple[date, list[SubscriptionRow]]]:
    """The rows that count on each day, short gaps filled with what was paid before them."""
    days = [FIRST_DAY + timedelta(days=n) for n in range(-1, 2 * HORIZON)]
    counted = [paid_rows(rows, day) for day in days]
    paying = [n for n, paid in enumerate(counted) if paid]
    for last, resumed in pairwise(paying):
        if resumed - last - 1 <= grace_days:
            counted[last + 1 : resumed] = [counted[last]] * (resumed - last - 1)
    return list(zip(days, counted, strict=True))


def total(rows: list[SubscriptionRow], currency: str) -> int:
    return sum(mrr_of(r) for r in rows if r.currency == currency)


def expected(rows: list[SubscriptionRow], grace_days: int) -> list[Movement]:
    lines = []
    seen_before = False
    timeline = states(rows, grace_days)
    for (_, old), (day, new) in pairwise(timeline):
        moved = [c for c in ("EUR", "USD") if total(old, c) != total(new, c)]
        for currency in moved:
            before, after = total(old, currency), total(new, currency)
            detail = None
            cause: Cause | None = None
            kind: MovementKind | None
            if not old:
                kind = MovementKind.REACTIVATION if seen_before else MovementKind.NEW
            elif not new:
                kind = MovementKind.CHURN
                cause, detail = end_of(rows, currency, day)
            elif len(moved) > 1:
                kind, cause = None, Cause.CURRENCY
            else:
                kind = MovementKind.EXPANSION if after > before else MovementKind.CONTRACTION
                cause = cause_of(old, new, currency, 1 if after > before else -1)
            lines.append(Movement(day, currency, before, after, kind, cause, detail))
        seen_before = seen_before or bool(new)
    return lines


def end_of(rows: list[SubscriptionRow], currency: str, day: date) -> tuple[Cause, str | None]:
    ended = [r for r in paid_rows(rows, day - timedelta(days=1)) if r.currency == currency and r.ended_on == day]
    largest = [r for r in ended if mrr_of(r) == max(map(mrr_of, ended))]
    told = [r for r in largest if r.end_reason is not None] or largest
    first = sorted(told, key=lambda r: (r.end_reason or "", r.end_detail or "", r.subscription))[0]
    return Cause(first.end_reason or "other"), first.end_detail


def cause_of(old: list[SubscriptionRow], new: list[SubscriptionRow], currency: str, sign: int) -> Cause:
    def view(rows: list[SubscriptionRow], product: str) -> tuple[int, dict[str, int]]:
        mine = [r for r in rows if r.currency == currency and r.product == product]
        seats: dict[str, int] = defaultdict(int)
        for r in mine:
            seats[r.plan] += r.quantity
        return sum(map(mrr_of, mine)), dict(seats)

    def component(product: str) -> int:
        return sign * (view(new, product)[0] - view(old, product)[0])

    product = max(("core", "extra"), key=lambda p: (component(p), p == "core"))
    (was, seats_before), (is_now, seats_after) = view(old, product), view(new, product)
    if was == 0:
        return Cause.CROSS_SELL
    if is_now == 0:
        return Cause.PRODUCT_DROPPED
    steps = [seats_after.get(plan, 0) - seats_before.get(plan, 0) for plan in seats_before | seats_after]
    if seats_before.keys() != seats_after.keys() or (min(steps) < 0 < max(steps)):
        return Cause.UPGRADE if sign > 0 else Cause.DOWNGRADE
    return Cause.SEATS if sign * sum(steps) > 0 else Cause.PRICE


@settings(max_examples=examples(250))
@given(histories(), st.sampled_from((0, 0, 1, 3, 10, 40)))
def test_the_ledger_is_what_a_count_of_every_day_gives(rows, grace_days):
    assert list(ledger(rows, grace_days=grace_days)) == expected(rows, grace_days)


# --- Properties --------------------------------------------------------------------------------------------------


@settings(max_examples=examples(80))
@given(histories(), st.randoms(use_true_random=False), st.integers(0, 10))
def test_the_order_of_the_rows_is_irrelevant(rows, random, grace_days):
    shuffled = random.sample(rows, len(rows))
    assert ledger(shuffled, grace_days=grace_days) == ledger(rows, grace_days=grace_days)


@settings(max_examples=examples(80))
@given(histories(), st.integers(0, 10))
def test_each_line_goes_on_where_the_last_one_of_its_currency_ended(rows, grace_days):
    mrr = {"EUR": 0, "USD": 0}
    lines = ledger(rows, grace_days=grace_days)
    for line in lines:
        assert line.before == mrr[line.currency] != line.after >= 0
        mrr[line.currency] = line.after
    assert list(lines) == sorted(lines, key=lambda line: (line.day, line.currency))
    assert len({(line.day, line.currency) for line in lines}) == len(lines)


@settings(max_examples=examples(80))
@given(histories(currencies=("EUR",)), st.integers(0, 10))
def test_opening_and_the_movements_by_kind_make_the_closing(rows, grace_days):
    lines = ledger(rows, grace_days=grace_days)
    sums = {kind: sum(abs(x.after - x.before) for x in lines if x.kind is kind) for kind in MovementKind}
    gains = sums[MovementKind.NEW] + sums[MovementKind.REACTIVATION] + sums[MovementKind.EXPANSION]
    closing = gains - sums[MovementKind.CONTRACTION] - sums[MovementKind.CHURN]
    assert closing == (lines[-1].after if lines else 0)


@settings(max_examples=examples(50))
@given(histories())
def test_a_quarter_is_the_sum_of_its_months(rows):
    lines = ledger(rows)
    quarter = quarter_of(FIRST_DAY)

    def sums(periods: Iterable[Period]) -> dict[object, int]:
        found: dict[object, int] = defaultdict(int)
        for period in periods:
            for line in lines:
                if period.start <= line.day < period.end:
                    found[line.kind, line.cause, line.currency] += line.after - line.before
        return found

    assert sums([quarter]) == sums(quarter.months())
    assert [m.start for m in quarter.months()] == [month_of(date(2026, n, 1)).start for n in (1, 2, 3)]


@settings(max_examples=examples(80))
@given(histories(), st.data(), st.integers(0, 10))
def test_splitting_a_row_in_two_changes_nothing(rows, data, grace_days):
    splittable = [r for r in rows if r.ended_on is None or (r.ended_on - r.started_on).days > 1]
    if not splittable:
        return
    chosen = data.draw(st.sampled_from(splittable))
    length = 2 * HORIZON if chosen.ended_on is None else (chosen.ended_on - chosen.started_on).days
    day = chosen.started_on + timedelta(days=data.draw(st.integers(1, length - 1)))
    rest = list(rows)
    rest.remove(chosen)
    halves = [chosen._replace(ended_on=day), chosen._replace(started_on=day)]
    assert ledger(rest + halves, grace_days=grace_days) == ledger(rows, grace_days=grace_days)


@settings(max_examples=examples(80))
@given(histories(intervals=(Interval.MONTH,)), st.integers(2, 9))
def test_scaling_the_amounts_scales_the_ledger_and_nothing_else(rows, factor):
    rows = [r._replace(interval_count=1) for r in rows]
    scaled = [r._replace(amount=r.amount * factor) for r in rows]
    lines = [x._replace(before=x.before * factor, after=x.after * factor) for x in ledger(rows)]
    assert list(ledger(scaled)) == lines


@settings(max_examples=examples(80))
@given(histories())
def test_an_end_in_the_future_changes_nothing_before_it(rows):
    day = FIRST_DAY + timedelta(days=HORIZON // 2)
    open_ended = [
        r._replace(ended_on=None) if r.ended_on is not None and r.ended_on > day and r.started_on <= day else r
        for r in rows
    ]
    assert [x for x in ledger(rows) if x.day <= day] == [x for x in ledger(open_ended) if x.day <= day]
