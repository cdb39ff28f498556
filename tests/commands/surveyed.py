"""A question that was put to a customer's person, or to their shared channel, and what they press."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import select

from commands.core.reply import Answer
from commands.core.request import Actor, Audience, Request, Role
from commands.survey import COMMAND
from commands.ui.text import translator
from storage.queries.tables import survey_ask, survey_optout
from storage.session import Session
from tests.commands.asking import NOW, ask
from tests.storage.queries import rows

OTTO: Final = "U0OTTO"
"""The customer's person who was asked."""
THEIRS: Final = "T0THEM"
OURS: Final = "T0US"
CHANNEL: Final = "C0SHARED"


def asked(db: Session, *, shared: bool = False, wave: dict[str, Any] | None = None, **values: Any) -> str:
    """A question that was sent an hour ago; its token."""
    about = dict(wave or {})
    about |= {"place": "channel"} if shared else {}
    if about.get("anonymous"):
        about = {"secret": b"s" * 32, **about}
    kind = values.get("kind", "nps")
    account_id = values.pop("account_id", None) or rows.account(db, "Acme Corp", segment="Enterprise")
    contact_id = None if shared else rows.contact(db, account_id, "Otto Out", slack_user_id=OTTO)
    wave_id = rows.survey_wave(db, kind=kind, start_at=NOW, created_at=NOW, **about)
    usual = {
        "contact_id": contact_id,
        "destination": CHANNEL if shared else OTTO,
        "asked_at": NOW - timedelta(hours=1),
        "expires_at": NOW + timedelta(days=7),
        "remind_at": NOW + timedelta(days=5),
    }
    ask_id = rows.survey_ask(db, wave_id, account_id, **usual, **values)
    return str(db.execute(select(survey_ask.c.token).where(survey_ask.c.id == ask_id)).scalar_one())


def by(
    user: str = OTTO,
    *,
    role: Role = Role.OUTSIDER,
    team: str = THEIRS,
    locale: str = "en",
    later: timedelta = timedelta(0),
    entered: Mapping[str, str | None] | None = None,
) -> Request:
    """What somebody asks, or submits in a modal."""
    audience = Audience(CHANNEL, external=True)
    request = replace(ask(role=role, locale=locale), actor=Actor(user, team, role, user, None, locale))
    return replace(request, audience=audience, now=NOW + later, state=entered or {}, t=translator(locale, strict=True))


def press(db: Session, action: str, value: str, request: Request | None = None) -> Answer:
    """What a button with that value answers."""
    run = next(one.run for one in COMMAND.actions if one.id == action)
    return run(replace(request or by(), text=value), db)


def submit(db: Session, view: str, token: str, request: Request) -> Answer:
    """What a modal of that question answers when it is sent off."""
    run = next(one.run for one in COMMAND.views if one.id == view)
    return run(replace(request, text=token), db)


def is_opted_out(db: Session, user: str) -> bool:
    """Whether the person wants no question any more."""
    return db.execute(select(survey_optout).where(survey_optout.c.user_id == user)).first() is not None
