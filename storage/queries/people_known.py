"""Colleagues whom messages go to: who has which address, their language and zone, and what they want to hear when."""

from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from storage.queries.chunks import chunks
from storage.queries.tables import account, person, unknown_email
from storage.session import Session

_p, _u = person.c, unknown_email.c
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


class Person(NamedTuple):
    """One Slack user of the company."""

    user_id: str
    email: str | None = None
    """In lower case."""
    name: str = ""
    language: str = "en"
    zone: str | None = None
    """The name of a time zone; None: Slack does not say."""
    preferences: Mapping[str, Any] = {}


_people: Select[Any] = select(_p.user_id, _p.email, _p.name, _p.language, _p.zone, _p.preferences)


def user_of(db: Session, email: str) -> Person | None:
    """The colleague with an address, in whatever case; None: Slack has not been asked yet, or does not know them."""
    return people_of(db, [email]).get(email.lower())


def people_of(db: Session, emails: Iterable[str]) -> dict[str, Person]:
    """The colleagues with some addresses, by the address in lower case; of two the one that was seen last."""
    wanted = {email.lower() for email in emails}
    rows = (
        row for some in chunks(wanted) for row in db.execute(_people.where(_p.email.in_(some)).order_by(_p.seen_at))
    )
    return {row.email: Person._make(row) for row in rows}


def by_ids(db: Session, user_ids: Collection[str]) -> dict[str, Person]:
    """The colleagues of whom something is known, by their ids at Slack."""
    rows = (row for some in chunks(user_ids) for row in db.execute(_people.where(_p.user_id.in_(some))))
    return {row.user_id: Person._make(row) for row in rows}


def remember(db: Session, one: Person, *, now: datetime) -> None:
    """Keep what Slack says of a colleague at this moment; their preferences stay as they are."""
    said = {
        "email": one.email and one.email.lower(),
        "name": one.name[:200],
        "language": one.language,
        "zone": one.zone,
        "seen_at": now,
    }
    _upsert(db, one.user_id, said, {"preferences": {}})
    if one.email:
        db.execute(delete(unknown_email).where(_u.email == one.email.lower()))


def meet(db: Session, one: Person) -> None:
    """Keep who somebody is that was not known yet, from what their press of a button tells; else the name alone."""
    said = {"name": one.name[:200]} if one.name else {"language": one.language}
    new: dict[str, Any] = {"name": "", "email": one.email and one.email.lower(), "language": one.language}
    _upsert(db, one.user_id, said, {**new, "zone": None, "preferences": {}, "seen_at": _NEVER})


def prefer(db: Session, user_id: str, preferences: Mapping[str, Any]) -> None:
    """Keep what a known colleague wants to hear when."""
    db.execute(update(person).where(_p.user_id == user_id).values(preferences=dict(preferences)))


def _upsert(db: Session, user_id: str, said: Mapping[str, Any], new: Mapping[str, Any]) -> None:
    insert = postgresql.insert if db.get_bind().dialect.name == "postgresql" else sqlite.insert
    row = insert(person).values(user_id=user_id, **{**new, **said})
    db.execute(row.on_conflict_do_update(index_elements=[_p.user_id], set_=dict(said)))


def seen_since(db: Session, user_ids: Collection[str], *, since: datetime) -> set[str]:
    """Those of the people of whom Slack has been asked since a moment."""
    query = select(_p.user_id).where(_p.seen_at >= since)
    return {id_ for some in chunks(user_ids) for id_ in db.execute(query.where(_p.user_id.in_(some))).scalars()}


# --- Whom Slack is to be asked about -------------------------------------------------------------------------------


def not_found(db: Session, email: str, *, now: datetime) -> None:
    """Keep that Slack knows no colleague with an address; whoever had it before has left, or has another one."""
    db.execute(update(person).where(_p.email == email.lower()).values(email=None))
    insert = postgresql.insert if db.get_bind().dialect.name == "postgresql" else sqlite.insert
    row = insert(unknown_email).values(email=email.lower(), asked_at=now)
    db.execute(row.on_conflict_do_update(index_elements=[_u.email], set_={"asked_at": now}))


def to_ask(db: Session, *, before: datetime, most: int) -> list[str]:
    """Addresses of CSMs, in lower case, of whom Slack has not been asked since `before`."""
    email = func.lower(account.c.csm_email)
    asked = (
        select(_p.email).where(_p.email.is_not(None), _p.seen_at >= before),
        select(_u.email).where(_u.asked_at >= before),
    )
    query = select(email).where(account.c.csm_email.is_not(None), *(email.not_in(one) for one in asked))
    return list(db.execute(query.distinct().order_by(email).limit(most)).scalars())
