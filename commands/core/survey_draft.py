"""A survey that is being prepared: what the form says, as one value that buttons and modals carry."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from commands.core.errors import UserError
from commands.core.request import Request
from metrics.asking import Audience
from metrics.surveying import Survey
from metrics.surveys import all_surveys
from metrics.types import Sentence

LANGUAGES: Final = ("en", "es", "ru")
"""In which questions can be written."""
WORDING_MOST: Final = 250
"""Characters of a question: three of them have to fit into what a button carries."""
TEXT_MOST: Final = 2000
"""Characters of what a button carries (Slack)."""
DIRECT: Final = "direct"
CHANNEL: Final = "channel"
THREAD: Final = "thread"
ONCE: Final = "once"
WEEKLY: Final = "weekly"
MONTHLY: Final = "monthly"
QUARTERLY: Final = "quarterly"
RHYTHMS: Final = (ONCE, WEEKLY, MONTHLY, QUARTERLY)
SAMPLES: Final = (1, 2, 3, 4, 5, 10, 20)
"""One in so many is asked."""

_OLD: Final = Sentence("This button is from an earlier time and no longer works. Please ask again.")


@dataclass(frozen=True, slots=True)
class Draft:
    """What is to be asked, of whom, where and when."""

    kind: str
    audience: Audience
    place: str = DIRECT
    thread: str | None = None
    """For a thread: "C0123 1700000000.000100"."""
    one_in: int = 1
    anonymous: bool = False
    name: str = ""
    start_at: datetime | None = None
    """Aware UTC; None: now."""
    repeats: str = ONCE
    wording: Mapping[str, str] = field(default_factory=dict)
    """By language, where it is not the usual one."""
    stamp: str = ""
    """Tells one preparation from another: what is sent twice from the same one is sent once."""

    @property
    def survey(self) -> Survey:
        """What is asked; UserError for a kind that is no longer there."""
        found = all_surveys().get(self.kind)
        if found is None:
            raise UserError(_OLD)
        return found

    def as_text(self) -> str:
        """The draft as buttons carry it."""
        wording = [self.wording.get(language, "") for language in LANGUAGES]
        start = None if self.start_at is None else int(self.start_at.timestamp())
        told = [
            self.kind,
            self.audience.as_json(),
            self.place,
            self.thread,
            self.one_in,
            int(self.anonymous),
            self.name,
            start,
            self.repeats,
            wording,
            self.stamp,
        ]
        text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
        if len(text) > TEXT_MOST - 20:  # with the page before it
            raise UserError(Sentence("These questions are too long together. Please shorten them."))
        return text


def draft_of(text: str) -> Draft:
    """The reverse of `as_text`; UserError for what an older version wrote, or somebody made up."""
    try:
        kind, audience, place, thread, one_in, anonymous, name, start, repeats, wording, stamp = json.loads(text)
        return Draft(
            str(kind),
            Audience.from_json(audience),
            _one_of(place, (DIRECT, CHANNEL, THREAD)),
            None if thread is None else str(thread),
            max(1, int(one_in)),
            bool(anonymous),
            str(name)[:100],
            None if start is None else datetime.fromtimestamp(int(start), UTC),
            _one_of(repeats, RHYTHMS),
            _wording(wording),
            str(stamp),
        )
    except (ValueError, TypeError, KeyError, OverflowError, OSError) as error:
        raise UserError(_OLD) from error


def stamped(draft: Draft, request: Request) -> Draft:
    """The draft as one preparation of the asker's at this moment."""
    return replace(draft, stamp=f"{request.actor.user_id} {request.now.isoformat(timespec='milliseconds')}")


def timetable_for(draft: Draft, first: datetime) -> str:
    """The rule of a recurring survey whose first moment, in the company's zone, is `first`: "mon 10:00"."""
    at = f"{first:%H:%M}"
    if draft.repeats == WEEKLY:
        return f"{('mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun')[first.weekday()]} {at}"
    return f"day {first.day} {at}" if first.day <= 28 else f"last day {at}"


def soon(now: datetime) -> datetime:
    """The next full hour that leaves some time to change one's mind: what the form offers as a moment."""
    return (now + timedelta(hours=2)).replace(minute=0, second=0, microsecond=0)


def _one_of(value: Any, known: tuple[str, ...]) -> str:  # noqa: ANN401 - whatever came back
    if value not in known:
        raise ValueError(value)
    return str(value)


def _wording(texts: Any) -> dict[str, str]:  # noqa: ANN401 - whatever came back
    pairs = zip(LANGUAGES, texts, strict=True)
    return {language: str(text)[:WORDING_MOST] for language, text in pairs if text}
