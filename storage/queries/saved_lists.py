"""Saved lists: contacts that somebody has put together to ask them."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete, func, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from storage.errors import Conflict
from storage.queries.chunks import chunks
from storage.queries.tables import contact, saved_contact, saved_list
from storage.session import Session

_l, _s, _c = saved_list.c, saved_contact.c, contact.c


class SavedList(NamedTuple):
    """A list, without its contacts."""

    id: int
    name: str
    owner: str
    """The Slack user who made it."""
    changed_at: datetime
    contacts: int
    """How many are on it."""


_counted = (
    select(_l.id, _l.name, _l.owner, _l.changed_at, func.count(_s.contact_id))
    .outerjoin_from(saved_list, saved_contact, _s.list_id == _l.id)
    .group_by(_l.id, _l.name, _l.owner, _l.changed_at)
)


def saved_lists(db: Session) -> list[SavedList]:
    """Every list, by name."""
    found = (SavedList._make(row) for row in db.execute(_counted))
    return sorted(found, key=lambda one: (one.name.casefold(), one.id))


def by_id(db: Session, list_id: int) -> SavedList | None:
    """One list; None if there is none of that id."""
    row = db.execute(_counted.where(_l.id == list_id)).first()
    return None if row is None else SavedList._make(row)


def contacts_on(db: Session, list_id: int) -> list[int]:
    """The ids of the contacts on a list, in order."""
    return list(db.execute(select(_s.contact_id).where(_s.list_id == list_id).order_by(_s.contact_id)).scalars())


def save(
    db: Session, name: str, owner: str, contact_ids: Collection[int], *, now: datetime, list_id: int | None = None
) -> int:
    """Keep a new list, or make the one with the id what is said here; its id.

    Conflict if another list has the name. A list that is gone meanwhile is kept as a new one.
    """
    values = {"name": name, "owner": owner, "changed_at": now}
    try:
        with db.begin_nested():
            kept = db.execute(update(saved_list).where(_l.id == list_id).values(values).returning(_l.id)).scalar()
            if kept is None:
                kept = int(db.execute(insert(saved_list).values(values).returning(_l.id)).scalar_one())
    except IntegrityError as error:
        raise Conflict(f"there is a list named {name!r}") from error
    db.execute(delete(saved_contact).where(_s.list_id == kept))
    if contact_ids:
        rows = [{"list_id": kept, "contact_id": contact_id} for contact_id in sorted(set(contact_ids))]
        db.execute(insert(saved_contact), rows)
    return kept


def remove(db: Session, list_id: int) -> bool:
    """Delete a list; False if it was gone. A wave that was to ask its contacts then finds nobody."""
    db.execute(delete(saved_contact).where(_s.list_id == list_id))
    return db.execute(delete(saved_list).where(_l.id == list_id).returning(_l.id)).scalar() is not None


def contacts_called(db: Session, words: Iterable[str]) -> dict[str, list[int]]:
    """By word the contacts whose key, address or Slack id it is, in order; words that are nobody's are left out."""
    spellings: dict[str, set[str]] = {}
    for word in words:
        for spelling in (word.strip(), word.strip().lower()):  # addresses are kept in lower case
            spellings.setdefault(spelling, set()).add(word)
    found: dict[str, set[int]] = {}
    for some in chunks(spellings.keys() - {""}):
        named = or_(_c.key.in_(some), _c.email.in_(some), _c.slack_user_id.in_(some))
        for contact_id, *names in db.execute(select(_c.id, _c.key, _c.email, _c.slack_user_id).where(named)):
            for word in (word for name in names if name is not None for word in spellings.get(name, ())):
                found.setdefault(word, set()).add(contact_id)
    return {word: sorted(ids) for word, ids in found.items()}
