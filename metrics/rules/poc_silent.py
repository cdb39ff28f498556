"""POC silent: a point of contact is not seen any more, although colleagues are."""

from collections.abc import Iterator

from metrics.account_facts import ContactFacts, QuietPoint
from metrics.dials import Dial, Dials, DialUnit
from metrics.habit import silence
from metrics.judging import Finding, RiskFacts, Rule, Severity
from metrics.types import Sentence, msg, plural

HABIT_DAYS = 180
"""The days over which a person's habit is counted."""

LEAST_ACTIVE = 8
"""With fewer days of use than this in HABIT_DAYS there is no habit to judge by."""


def check(facts: RiskFacts, dials: Dials) -> Finding | None:
    """Whoever has been silent the longest, once that is several times their usual distance between days of use.

    A warning where it is a champion or the only point of contact, a notice otherwise, and where all points of contact
    have not been seen for 28 days. Days off in the account's country are no silence. None without contacts, where
    nothing tells people apart, or while usage does not come in.
    """
    people = facts.account.contacts
    if people is None:
        return None
    silent = next(_silent(facts, people, dials), None)
    if silent is not None:
        point, days = silent
        grave = point.champion or people.points <= 1
        return Finding(Severity.WARNING if grave else Severity.NOTICE, _why(point, days), point.last_seen_on)
    if people.points and people.points_active_28 == 0:
        why = plural(
            "{count} point of contact, not seen for 28 days",
            "{count} points of contact, none seen for 28 days",
            people.points,
        )
        return Finding(Severity.NOTICE, why)
    return None


def _silent(facts: RiskFacts, people: ContactFacts, dials: Dials) -> Iterator[tuple[QuietPoint, int]]:
    """Those whose silence is unusual, with its days; champions first, then the longest silence."""
    usage, until = facts.account.usage, facts.account.used_until
    for point in sorted(people.quiet, key=lambda one: (not one.champion, one.last_seen_on)):
        days = max(0, (until - point.last_seen_on).days)
        off = 0 if usage is None else silence(usage._replace(last_on=point.last_seen_on), until).left_out
        usual = max(HABIT_DAYS - days, 0) // max(point.active_days, 1)
        enough = max(dials["times_usual"] * usual, dials["least_days"])
        if point.active_days >= LEAST_ACTIVE and days - off >= enough:
            yield point, days


def _why(point: QuietPoint, days: int) -> Sentence:
    return plural(
        "{name} has not been seen for {count} day, since {day}, although colleagues use it on; "
        "seen on {active} of the last 180 days",
        "{name} has not been seen for {count} days, since {day}, although colleagues use it on; "
        "seen on {active} of the last 180 days",
        days,
        name=point.name,
        day=point.last_seen_on,
        active=point.active_days,
    )


RULE = Rule(
    id="poc_silent",
    title=msg("Point of contact silent"),
    advice=msg("Write to them in person; if no answer comes, ask a colleague of theirs who is in charge now."),
    check=check,
    feeds=("usage",),
    dials={
        "times_usual": Dial(msg("So many times their usual distance between days of use"), 4, DialUnit.TIMES, 1, 100),
        "least_days": Dial(msg("Never before so long a silence"), 28, DialUnit.DAYS, 28, 180),
    },
)
