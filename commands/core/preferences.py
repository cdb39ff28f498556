"""What a colleague wants to hear unasked, where and when; kept with the person as plain JSON."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from commands.core.request import Company
from metrics.judging import Severity
from metrics.quiet_hours import QuietHours, quiet_hours_of
from metrics.timetable import WEEKDAYS
from storage.queries.people_known import Person

SEVERITIES: Final = {severity: number for number, severity in enumerate(Severity)}
"""Worst first."""


class Where(StrEnum):
    """How alerts about their accounts reach somebody."""

    DIRECT = "direct"
    CHANNEL = "channel"
    """In the company's channel for alerts only."""
    DIGEST = "digest"
    """Not by themselves."""


@dataclass(frozen=True, slots=True)
class Preferences:
    """What somebody has decided; as it stands here: nothing."""

    least: Severity = Severity.NOTICE
    """Alerts of at least this severity."""
    muted: frozenset[str] = frozenset()
    """Rules whose alerts wait for the digest."""
    where: Where = Where.DIRECT
    hours: str | None = None
    """Quiet hours such as 22:00-07:30, or none; None: the company's."""
    days: str | None = None
    """Days off such as sat,sun, or none; None: the company's."""
    urgent_waits: bool = False
    """Not even what is urgent comes in quiet hours."""
    zone: str | None = None
    """The time zone's name; None: the one that Slack knows."""

    def wants(self, rule_id: str, severity: str) -> bool:
        """Whether an alert of that rule and severity is to come by itself."""
        heard = rule_id not in self.muted and self.where is not Where.DIGEST
        return heard and SEVERITIES[Severity(severity)] <= SEVERITIES[self.least]

    def quiet(self, company: Company) -> QuietHours:
        """When nothing is to come."""
        begin, end, days_off = company.quiet
        if self.hours is not None:
            begin, end, _ = quiet_hours_of(self.hours, "none")
        if self.days is not None:
            days_off = quiet_hours_of("none", self.days).days_off
        return QuietHours(begin, end, days_off)


def preferences_of(one: Person | None) -> Preferences:
    """What a person has decided; what was kept and means nothing any more counts as not decided."""
    kept = {} if one is None else one.preferences
    return Preferences(
        least=_known(Severity, kept.get("least"), Severity.NOTICE),
        muted=frozenset(map(str, kept.get("muted") or ())),
        where=_known(Where, kept.get("where"), Where.DIRECT),
        hours=_text(kept.get("hours")),
        days=_text(kept.get("days")),
        urgent_waits=bool(kept.get("urgent_waits")),
        zone=_text(kept.get("zone")),
    )


def as_json(preferences: Preferences) -> Mapping[str, Any]:
    """What is kept of them."""
    return {
        "least": preferences.least.value,
        "muted": sorted(preferences.muted),
        "where": preferences.where.value,
        "hours": preferences.hours,
        "days": preferences.days,
        "urgent_waits": preferences.urgent_waits,
        "zone": preferences.zone,
    }


def zone_of(one: Person, company: Company) -> ZoneInfo:
    """The zone whose clock somebody lives by: what they chose, what Slack knows, the company's."""
    for name in (preferences_of(one).zone, one.zone):
        zone = zone_named(name)
        if zone is not None:
            return zone
    return company.zone


def zone_named(name: str | None) -> ZoneInfo | None:
    """The time zone of that name; None where there is none."""
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError):
        return None


def hours_words(quiet: QuietHours) -> str:
    """The hours as they are typed: 20:00-08:00, or none.

    >>> hours_words(QuietHours()), days_words(QuietHours())
    ('20:00-08:00', 'sat,sun')
    """
    return "none" if quiet.begin == quiet.end else f"{quiet.begin:%H:%M}-{quiet.end:%H:%M}"


def days_words(quiet: QuietHours) -> str:
    """The days off as they are typed: sat,sun, or none."""
    return ",".join(WEEKDAYS[day] for day in quiet.days_off) or "none"


def _known(kind: Any, value: object, usual: Any) -> Any:  # noqa: ANN401 - one of two enumerations
    return kind(value) if value in set(kind) else usual


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None
