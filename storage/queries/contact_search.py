"""Contacts by key, by what a person typed, by e-mail address."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from rapidfuzz import fuzz, process
from sqlalchemy import ColumnElement, and_, func, or_, select

from storage.folding import fold
from storage.queries.chunks import chunks
from storage.queries.tables import account, contact
from storage.session import Session

MOST = 5
ALIKE = 75
"""From this likeness (0 to 100) on a misspelt name is offered."""

_c, _a = contact.c, account.c


class Person(NamedTuple):
    """A contact, with the account."""

    id: int
    key: str
    name: str
    email: str | None
    account_id: int
    account_key: str
    account_name: str
    slack_user_id: str | None
    left_on: date | None


_all = select(_c.id, _c.key, _c.name, _c.email, _c.account_id, _a.key, _a.name, _c.slack_user_id, _c.left_on).join(
    account, _a.id == _c.account_id
)


class People(NamedTuple):
    """Whom a typed name may mean: `hit` where that is clear, otherwise some, likeliest first."""

    hit: Person | None
    candidates: tuple[Person, ...] = ()


def contact_by_key(db: Session, key: str) -> Person | None:
    """The contact with that key (the contract's contact_id); None where there is none."""
    return next(iter(_read(db, _c.key == key)), None)


def contact_by_id(db: Session, contact_id: int) -> Person | None:
    """The contact with that number; None where there is none."""
    return next(iter(_read(db, _c.id == contact_id)), None)


def find_contacts(db: Session, text: str) -> People:
    """Whom `text` means: a key, an address or a Slack user exactly, a name or a part of one, or one misspelt.

    Those who are still there come before those who have left.
    """
    typed = text.replace("\x00", "").strip().removeprefix("@")
    folded = fold(typed)
    if not folded:
        return People(None)
    exact = _read(db, or_(_c.key == typed, func.lower(_c.email) == typed.lower(), _c.slack_user_id == typed))
    if exact:
        return _people(exact)
    names = {row[0]: fold(row[1]) for row in db.execute(select(_c.id, _c.name))}
    whole = [number for number, name in names.items() if name == folded]
    parts = whole or [number for number, name in names.items() if _within(folded, name)]
    if parts:
        return _people(_by_ids(db, parts[:200]))
    near = process.extract(folded, names, scorer=fuzz.WRatio, score_cutoff=ALIKE, limit=MOST)
    return People(None, tuple(_by_ids(db, [number for _, _, number in near])))


def points_at(db: Session, account_id: int) -> list[Person]:
    """The points of contact of an account who have not left."""
    return [one for one in _read(db, and_(_c.account_id == account_id, _c.is_poc.is_(True))) if one.left_on is None]


def people_by_ids(db: Session, ids: Sequence[int]) -> list[Person]:
    """The contacts with these numbers, by account and name."""
    found = (one for part in chunks(ids) for one in _read(db, _c.id.in_(part)))
    return sorted(found, key=lambda one: (fold(one.account_name), fold(one.name), one.key))


def _within(wanted: str, name: str) -> bool:
    """Every word that is wanted begins a word of the name."""
    words = name.split()
    return all(any(word.startswith(part) for word in words) for part in wanted.split())


def _people(found: Sequence[Person]) -> People:
    here = [one for one in found if one.left_on is None]
    if len(here) == 1 or len(found) == 1:
        return People((here or found)[0])
    return People(None, tuple([*here, *(one for one in found if one.left_on is not None)][:MOST]))


def _by_ids(db: Session, ids: Sequence[int]) -> list[Person]:
    found = {one.id: one for one in _read(db, _c.id.in_(ids))}
    return [found[number] for number in ids if number in found]


def _read(db: Session, which: ColumnElement[bool]) -> list[Person]:
    rows: Iterable[Any] = db.execute(_all.where(which).order_by(func.lower(_c.name), _c.key))
    return [Person._make(row) for row in rows]
