"""What customers answered: of each contact the latest answer of each kind; one of nobody stands for itself.

Answers come in from other tools, or to questions of our own; what somebody has voided was never said, and a choice
(why somebody leaves) is no score.
"""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import TYPE_CHECKING, Final, NamedTuple

from tests.scenarios.oracle.files import ZONE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tests.scenarios.oracle.asked import Asked
    from tests.scenarios.oracle.files import Record, Value
    from tests.scenarios.oracle.world import World

REACHED: Final = ("sent", "answered", "declined", "expired")
"""What becomes of a question that was delivered; one that was taken back, failed or is still to be sent was not."""
KINDS: Final = ("nps", "csat", "ces")
LEAST_OF_NOBODY: Final = 5
"""Fewer answers of an anonymous wave are not shown."""


class Wave(NamedTuple):
    """What became of one wave."""

    name: str
    delivered: int
    answered: int
    scores: dict[int, int] | None
    """None: of too few for an anonymous one, or it still runs."""


def figures(world: World, asked: Asked) -> dict[str, Value]:
    """The figures of a period."""
    found = [one for one in asked.of(said(world)) if asked.at(one["responded_at"])]
    delivered = [one for one in asked.of(world["asks"]) if one["state"] in REACHED and asked.at(one["asked_at"])]
    counts = _answered(world)
    return {**_scored(found), "response_rate": _mean([int(counts(one)) for one in delivered])}


def by_language(world: World, asked: Asked) -> dict[str | None, dict[str, Value]]:
    """NPS, CSAT and CES by the language of the answer, else of the contact, else of the account; None: none is known.

    Of each contact the latest answer counts, whatever languages they spoke before.
    """
    contacts = {one["contact_id"]: one for one in world["contacts"]}

    def spoken(one: Record) -> str | None:
        known = (one, contacts.get(one["contact_id"], {}), world.details[one["account_id"]])
        language = next((said for of in known if (said := of.get("language"))), None)
        return language and language[:2].lower()

    return _by(world, asked, spoken)


def by_account(world: World, asked: Asked, name: Callable[[str], str]) -> dict[str | None, dict[str, Value]]:
    """The same by what an account is called: its segment or CSM; None: it has none."""
    return _by(world, asked, lambda one: name(one["account_id"]) or None)


def _by(world: World, asked: Asked, part: Callable[[Record], str | None]) -> dict[str | None, dict[str, Value]]:
    found = [one for one in asked.of(said(world)) if asked.at(one["responded_at"])]
    counted = [one for kind in KINDS for one in _latest(found, kind)]
    names = {part(one) for one in counted}
    return {name: _scored([one for one in counted if part(one) == name]) for name in names}


def waves(world: World, asked: Asked, kinds: Iterable[str], *, segment: str | None, whole_segment: bool) -> list[Wave]:
    """The waves of some kinds that had begun by the end of the period, the latest first, that reached somebody.

    `whole_segment`: it is asked about everybody or a segment, all that is known of the answers of an anonymous one.
    """
    found = []
    for wave in sorted(world["survey_waves"], key=lambda one: (one["start_at"], int(one["wave"])), reverse=True):
        begun = wave["start_at"].astimezone(ZONE).date() < asked.end
        taken_back = wave["state"] == "withdrawn"
        if wave["kind"] not in kinds or taken_back or not begun or (wave["anonymous"] and not whole_segment):
            continue
        asks = [one for one in asked.of(world["asks"]) if one["wave"] == wave["wave"] and one["state"] in REACHED]
        if asks:
            answered = sum(map(_answered(world), asks))
            found.append(Wave(wave["name"], len(asks), answered, _of_wave(world, asked, wave, segment)))
    return found


def _of_wave(world: World, asked: Asked, wave: Record, segment: str | None) -> dict[int, int] | None:
    if wave["anonymous"]:
        unnamed = [one for one in world["anonymous_answers"] if one["wave"] == wave["wave"] and not one["void_reason"]]
        of_segments = [((one["segment"] or "").casefold(), one["score"]) for one in unnamed if one["score"] is not None]
        scores = [score for name, score in of_segments if segment is None or name == segment.casefold()]
        sizes = Counter(name for name, _ in of_segments).values()
        left_over = sum(size for size in sizes if size < LEAST_OF_NOBODY)
        told = segment is not None and 0 < left_over < LEAST_OF_NOBODY
        return Counter(scores) if wave["state"] == "over" and len(scores) >= LEAST_OF_NOBODY and not told else None
    asks = {one["ask"] for one in world["asks"] if one["wave"] == wave["wave"]}
    return Counter(one["score"] for one in asked.of(said(world)) if one["ask"] in asks and one["score"] is not None)


def _answered(world: World) -> Callable[[Record], bool]:
    """Whether a question has an answer that counts; of an anonymous one nobody knows which was voided."""
    given = {one["ask"] for one in world["slack_answers"]}
    counted = {one["ask"] for one in said(world)}
    return lambda ask: ask["state"] == "answered" and (ask["ask"] in counted or ask["ask"] not in given)


def said(world: World) -> list[Record]:
    """All that was said and not voided, in the order in which it came in."""
    voided = {one["response_id"] for one in world["voided"]}
    imported = [{**one, "ask": None, "language": None} for one in world["survey_responses"]]
    return [one for one in (*imported, *world["slack_answers"]) if one["response_id"] not in voided]


def _scored(found: list[Record]) -> dict[str, Value]:
    nps, csat, ces = ([one["score"] for one in _latest(found, kind)] for kind in KINDS)
    return {
        "nps": _mean([100 * (score >= 9) - 100 * (score <= 6) for score in nps]),
        "csat": _mean([100 * (score >= 4) for score in csat]),
        "ces": _mean(ces),
    }


def _latest(found: list[Record], kind: str) -> list[Record]:
    """The answers that count. Of two answers of one moment the one that came in later does."""
    latest: dict[object, Record] = {}
    for number, one in enumerate(found):
        if one["kind"] != kind:
            continue
        whose = one["contact_id"] or number
        if whose not in latest or one["responded_at"] >= latest[whose]["responded_at"]:
            latest[whose] = one
    return list(latest.values())


def _mean(values: list[int]) -> Value:
    return Fraction(sum(values), len(values)) if values else None
