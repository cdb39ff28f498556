"""Accounts: by key, by what a person typed, by who looks after them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from rapidfuzz import fuzz, process
from sqlalchemy import ColumnElement, bindparam, or_, select

from metrics.types import Account
from storage.errors import NotFound
from storage.folding import fold
from storage.prepared import Prepared
from storage.queries.books import alike, csm_emails, segments
from storage.queries.chunks import chunks
from storage.queries.tables import account
from storage.session import Session

__all__ = ["AccountMatches", "book_of", "by_id", "by_key", "csm_emails", "search", "segments"]

ALIKE = 60
"""From this likeness (0 to 100, rapidfuzz's ratio) on a misspelt name is offered as what may be meant."""
SURE = 80
"""From this likeness on the closest name is taken, if it is alone."""
AHEAD = 8
"""Alone means: the next is less like it by at least so much."""
NEAREST = 3
"""How many names are shown where none is alike."""

_all = select(*(account.c[name] for name in Account._fields))
_exactly = Prepared(
    _all.where(
        or_(
            account.c.key == bindparam("key"),
            account.c.folded_name == bindparam("folded"),
            account.c.domain == bindparam("domain"),
        )
    )
)


class AccountMatches(NamedTuple):
    """What a typed name may mean: `hit` where that is clear, otherwise the `candidates`, likeliest first."""

    hit: Account | None
    candidates: tuple[Account, ...]
    exact: bool
    """The hit is named exactly as typed (case and accents aside), by key, name or domain."""
    near: bool = False
    """The candidates are only the closest there are: nothing was found."""


def by_key(db: Session, key: str) -> Account:
    """The account with that key (the contract's account_id); NotFound where there is none."""
    found = _read(db, account.c.key == key)
    if not found:
        raise NotFound(f"no account has the key {key!r}")
    return found[0]


def by_id(db: Session, ids: Collection[int]) -> dict[int, Account]:
    """The accounts with these ids, by id; those that there are not are left out."""
    return {one.id: one for some in chunks(ids) for one in _read(db, account.c.id.in_(some))}


def book_of(db: Session, csm_email: str) -> tuple[Account, ...]:
    """The accounts that a CSM looks after, by name."""
    return tuple(sorted(_read(db, alike(db, account.c.csm_email, csm_email)), key=_by_name))


def search(db: Session, text: str, *, limit: int = 5) -> AccountMatches:
    """The account that `text` means: exactly, as the beginning of a name, as a part of one, or misspelt.

    The first of these ways that finds anything decides. One account found is the hit, several are the candidates (at
    most `limit`, likeliest first); where nothing is found the candidates are the NEAREST names.
    """
    typed = text.replace("\x00", "").strip()
    folded = fold(typed)
    if not folded:
        return AccountMatches(None, (), exact=False)
    exact = _exact(db, typed, folded)
    if exact:
        return _matches(exact, limit, exact=True)
    parts = _read(db, account.c.folded_name.contains(folded, autoescape=True))
    beginnings = [one for one in parts if fold(one.name).startswith(folded)]
    if parts:
        return _matches(sorted(beginnings or parts, key=lambda one: (len(one.name), *_by_name(one))), limit)
    return _misspelt(db, folded, limit)


def _exact(db: Session, typed: str, folded: str) -> list[Account]:
    """The account with that key; failing that, those with that name or domain."""
    found = _accounts(_exactly.rows(db, {"key": typed, "folded": folded, "domain": typed.lower()}))
    return [one for one in found if one.key == typed] or sorted(found, key=_by_name)


def _matches(found: Sequence[Account], limit: int, *, exact: bool = False) -> AccountMatches:
    if len(found) == 1:
        return AccountMatches(found[0], (), exact=exact)
    return AccountMatches(None, tuple(found[:limit]), exact=False)


def _misspelt(db: Session, folded: str, limit: int) -> AccountMatches:
    names = {row[0]: row[1] for row in db.execute(select(account.c.id, account.c.folded_name))}
    ranked = _ranked(folded, names, max(limit, NEAREST))
    likely = [(likeness, account_id) for likeness, account_id in ranked if likeness >= ALIKE]
    if not likely:
        nearest = _in_order(db, [account_id for _, account_id in ranked[:NEAREST]])
        return AccountMatches(None, nearest, exact=False, near=True)
    alone = len(likely) == 1 or likely[0][0] - likely[1][0] >= AHEAD
    if likely[0][0] >= SURE and alone:
        return AccountMatches(_in_order(db, [likely[0][1]])[0], (), exact=False)
    return AccountMatches(None, _in_order(db, [account_id for _, account_id in likely[:limit]]), exact=False)


def _ranked(folded: str, names: Mapping[int, str], limit: int) -> list[tuple[float, int]]:
    """The likeliest accounts by how alike the typed text is to the name, or to as many of its first words."""
    words = folded.count(" ") + 1
    heads = {account_id: " ".join(name.split()[:words]) for account_id, name in names.items()}
    likeness: dict[int, tuple[float, float]] = {}
    for choices in (names, heads):
        for _, ratio, account_id in process.extract(folded, choices, scorer=fuzz.ratio, limit=limit):
            whole = fuzz.ratio(folded, names[account_id])
            likeness[account_id] = max(likeness.get(account_id, (0.0, whole)), (ratio, whole))
    best = sorted(likeness, key=lambda account_id: (*(-ratio for ratio in likeness[account_id]), account_id))
    return [(likeness[account_id][0], account_id) for account_id in best[:limit]]


def _in_order(db: Session, ids: Sequence[int]) -> tuple[Account, ...]:
    found = {one.id: one for one in _read(db, account.c.id.in_(ids))}
    return tuple(found[account_id] for account_id in ids)


def _read(db: Session, condition: ColumnElement[bool]) -> list[Account]:
    return _accounts(db.execute(_all.where(condition)))


def _accounts(rows: Iterable[Sequence[Any]]) -> list[Account]:
    return [Account._make(row) for row in rows]


def _by_name(one: Account) -> tuple[str, str]:
    return fold(one.name), one.key
