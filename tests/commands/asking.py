"""A question as the wiring would put it, with sensible defaults."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from commands.core.request import Actor, Audience, Company, Request, Role
from commands.ui.text import translator

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


def ask(
    text: str = "", *, locale: str = "en", role: Role = Role.MEMBER, external: bool = False, prefix: str = ""
) -> Request:
    return Request(
        text=text,
        actor=Actor("U1", "T1", role, "Ana", "ana@example.com", locale),
        audience=Audience("C1", external=external),
        now=NOW,
        company=Company("USD", ZoneInfo("UTC"), command_prefix=prefix),
        t=translator(locale, strict=True),
    )
