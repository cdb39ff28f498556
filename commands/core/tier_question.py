"""Who is VIP, core, potential and non-core on a period's last day, and who has moved since the day before it."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from fractions import Fraction
from typing import Final, NamedTuple, TypeAlias

from metrics.tiers import Customer, Placed, Tier, tiers
from metrics.types import AccountRow, Band, Breakdown, BreakdownRow, Money, Sentence, Value, msg, plural
from storage.queries.book_ids import ids_of
from storage.queries.standings import Scored, Standings, standings
from storage.queries.tier_facts import Master, masters
from storage.queries.totals import Scope
from storage.session import Session

TIERS: Final[Mapping[Tier, str]] = {
    Tier.VIP: msg("VIP"),
    Tier.CORE: msg("Core"),
    Tier.POTENTIAL: msg("Potential"),
    Tier.NON_CORE: msg("Non-core"),
}
_ORDER: Final = {tier: number for number, tier in enumerate(Tier)}
_BANDS: Final[Mapping[str, Band]] = {band.value: band for band in Band}
_NO_SCORE: Final[Scored] = (0, None, None)


class Tiered(NamedTuple):
    """The customers of a scope with their tiers at its two ends."""

    masters: Mapping[int, Master]
    now: Standings
    """Of all customers."""
    customers: int
    """How many customers there are in all, whatever the book."""
    placed: Mapping[int, Placed]
    before: Mapping[int, Placed]
    """On the day before the period; those that were no customers then are left out."""
    currency: str


Read: TypeAlias = Callable[[Session, Scope], Tiered]


def tiered(db: Session, scope: Scope) -> Tiered:
    """What the lists and the breakdown are made of.

    A customer's tier is its place among all customers of the company, whichever book it is shown in. Stage and
    potential have no history: both ends see today's.
    """
    days = (scope.period.start - timedelta(days=1), scope.period.last)
    before, now = standings(db, days, rates=scope.rates)
    known = masters(db, rates=scope.rates)
    wanted = ids_of(db, scope.book)
    placed, placed_before = (_placed(found, known) for found in (now, before))
    return Tiered(known, now, len(placed), _within(placed, wanted), _within(placed_before, wanted), scope.rates.home)


def read_once() -> Read:
    """`tiered` for the lists of one answer: they all ask about the same scope, and it is read for the first of them."""
    known: list[tuple[Scope, Tiered]] = []

    def read(db: Session, scope: Scope) -> Tiered:
        if not known or known[0][0] is not scope:
            known[:] = [(scope, tiered(db, scope))]
        return known[0][1]

    return read


def _placed(found: Standings, known: Mapping[int, Master]) -> dict[int, Placed]:
    customers = []
    for account_id, mrr in found.mrr.items():
        _, _, value = found.scores.get(account_id, _NO_SCORE)
        one, band = known[account_id], None if value is None else _BANDS[value]
        customers.append(Customer(account_id, mrr, one.potential_mrr, one.lifecycle_stage, band))
    return {one.account_id: one for one in tiers(customers)}


def _within(placed: Mapping[int, Placed], wanted: frozenset[int] | None) -> Mapping[int, Placed]:
    return placed if wanted is None else {id_: one for id_, one in placed.items() if id_ in wanted}


def by_tier(db: Session, scope: Scope, *, read: Read = tiered) -> Breakdown:
    """Customers, MRR and its share of each tier, beside how many they were before the period."""
    found = read(db, scope)
    counts = Counter(one.tier for one in found.placed.values())
    counts_before = Counter(one.tier for one in found.before.values())
    mrr: Counter[Tier] = Counter()
    for one in found.placed.values():
        mrr[one.tier] += found.now.mrr[one.account_id]
    total = sum(mrr.values())
    rows = (
        BreakdownRow(
            Sentence(TIERS[tier]),
            (
                plural("{count} customer", "{count} customers", counts[tier]),
                Money(mrr[tier], found.currency),
                *((Sentence("{share} of MRR", {"share": Fraction(mrr[tier], total)}),) if total else ()),
                Sentence("before: {before}", {"before": counts_before[tier]}),
            ),
        )
        for tier in Tier
        if counts[tier] or counts_before[tier]
    )
    return Breakdown(Sentence("Tiers"), tuple(rows))


def moved(db: Session, scope: Scope, *, read: Read = tiered) -> Sequence[AccountRow]:
    """Customers at both ends of the period whose tier is another one: those that fell first, then by MRR."""
    found = read(db, scope)
    rows: list[tuple[tuple[bool, int, str], AccountRow]] = []
    for account_id, now in found.placed.items():
        before = found.before.get(account_id)
        if before is None or before.tier is now.tier:
            continue
        rose = _ORDER[now.tier] < _ORDER[before.tier]
        values: dict[str, Value] = {"before": Sentence(TIERS[before.tier]), "now": Sentence(TIERS[now.tier])}
        why = Sentence("▲ from {before} to {now}", values) if rose else Sentence("▼ from {before} to {now}", values)
        rows.append(((rose, -found.now.mrr[account_id], found.masters[account_id].key), _row(found, account_id, why)))
    return tuple(row for _, row in sorted(rows, key=lambda pair: pair[0]))


def everybody(db: Session, scope: Scope, *, read: Read = tiered) -> Sequence[AccountRow]:
    """All customers, VIP first, in each tier those that pay most first."""
    found = read(db, scope)
    ordered = sorted(
        found.placed.values(), key=lambda one: (_ORDER[one.tier], one.rank, found.masters[one.account_id].key)
    )
    return tuple(_row(found, one.account_id, _place(found, one)) for one in ordered)


def potential(db: Session, scope: Scope, *, read: Read = tiered) -> Sequence[AccountRow]:
    """Customers of the tier with potential, by how much more they could pay; those of unknown potential last."""
    found = read(db, scope)
    rows: list[tuple[tuple[bool, int, str], AccountRow]] = []
    for one in found.placed.values():
        if one.tier is not Tier.POTENTIAL:
            continue
        known, mrr = found.masters[one.account_id], found.now.mrr[one.account_id]
        room = None if known.potential_mrr is None else known.potential_mrr - mrr
        why = (
            Sentence("is being brought on board")
            if room is None or room <= 0
            else Sentence("could pay {room} more", {"room": Money(room, found.currency)})
        )
        rows.append(((room is None, -(room or 0), known.key), _row(found, one.account_id, why)))
    return tuple(row for _, row in sorted(rows, key=lambda pair: pair[0]))


def _place(found: Tiered, one: Placed) -> Sentence:
    """The tier with what decided it."""
    _, score, _ = found.now.scores.get(one.account_id, _NO_SCORE)
    values: dict[str, Value] = {
        "tier": Sentence(TIERS[one.tier]),
        "rank": one.rank,
        "count": found.customers,
        "score": score,
    }
    if score is None:
        return Sentence("{tier}, {rank} of {count} by MRR, no health score", values)
    return Sentence("{tier}, {rank} of {count} by MRR, health {score}", values)


def _row(found: Tiered, account_id: int, why: Sentence) -> AccountRow:
    known = found.masters[account_id]
    mrr = Money(found.now.mrr[account_id], found.currency)
    return AccountRow(account_id, known.key, known.name, known.segment, why, mrr)
