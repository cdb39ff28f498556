"""Surveys of our own at random: waves, whom they asked, what came of it, and what was voided of all answers."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Final, TypeAlias

from tests.scenarios.oracle.chance import a_moment

Rows: TypeAlias = Iterator[dict[str, str]]

_STATES: Final = ("skipped", "queued", "sent", "answered", "declined", "expired", "withdrawn", "failed")
_WEIGHTS: Final = (1, 1, 2, 8, 1, 3, 1, 1)
_SCALES: Final = {"nps": (0, 10), "csat": (1, 5), "ces": (1, 5)}


def waves(random: Random, count: int) -> list[dict[str, str]]:
    """Of all kinds, exit too; some anonymous. Two may begin at one moment."""
    found: list[dict[str, str]] = []
    for number in range(1, count + 1):
        at = found[-1]["start_at"] if found and random.random() < 0.1 else a_moment(random).isoformat()
        found.append(
            {
                "wave": str(number),
                "kind": random.choice(("nps", "nps", "csat", "ces", "exit")),
                "name": f"wave {number}",
                "start_at": at,
                "anonymous": random.choice(("true", "false", "false")),
                "state": random.choice(("over", "over", "running", "withdrawn")),
            }
        )
    return found


def asks(random: Random, rounds: Sequence[dict[str, str]], people: Sequence[dict[str, str]]) -> Rows:
    """Some in a shared channel, to nobody in particular; asked at edges of months, whenever the wave began."""
    number = 0
    for wave in rounds:
        for who in random.sample(people, min(len(people), random.choice((3, 20, 60)))):
            number += 1
            state = random.choices(_STATES, _WEIGHTS)[0]
            taken_back = state in ("skipped", "failed") or (state == "withdrawn" and random.random() < 0.5)
            yield {
                "ask": str(number),
                "wave": wave["wave"],
                "kind": wave["kind"],
                "account_id": who["account_id"],
                "contact_id": "" if random.random() < 0.2 else who["contact_id"],
                "state": state,
                "asked_at": "" if taken_back else a_moment(random).isoformat(),
            }


def answers(random: Random, asked: Sequence[dict[str, str]], rounds: Sequence[dict[str, str]]) -> Rows:
    """What stands beside answered questions: one answer each, in a channel several; of exit surveys a choice."""
    anonymous = {wave["wave"] for wave in rounds if wave["anonymous"] == "true"}
    number = 0
    for ask in asked:
        if ask["state"] != "answered" or ask["wave"] in anonymous:
            continue
        for _ in range(1 if ask["contact_id"] else random.choice((1, 2, 3))):
            number += 1
            later = timedelta(minutes=random.choice((0, 1, 90, 1_440, 9_000)))
            scored = ask["kind"] in _SCALES
            yield {
                "response_id": f"slack {number}",
                "ask": ask["ask"],
                "account_id": ask["account_id"],
                "contact_id": ask["contact_id"],
                "kind": ask["kind"],
                "score": str(random.randint(*_SCALES[ask["kind"]])) if scored else "",
                "choice": "" if scored else random.choice(("price", "missing", "other")),
                "language": random.choice(("", "en", "es", "ES-mx", "ru")),
                "responded_at": (datetime.fromisoformat(ask["asked_at"]) + later).isoformat(),
            }


def unnamed(
    random: Random, asked: Sequence[dict[str, str]], rounds: Sequence[dict[str, str]], segments: dict[str, str]
) -> Rows:
    """The answers of anonymous waves, of which only the segment is known, some of them voided."""
    anonymous = {wave["wave"] for wave in rounds if wave["anonymous"] == "true"}
    for ask in asked:
        if ask["state"] == "answered" and ask["wave"] in anonymous:
            scored = ask["kind"] in _SCALES
            yield {
                "wave": ask["wave"],
                "mark": ask["ask"],
                "kind": ask["kind"],
                "score": str(random.randint(*_SCALES[ask["kind"]])) if scored else "",
                "choice": "" if scored else "price",
                "day": ask["asked_at"][:10],
                "segment": segments[ask["account_id"]],
                "void_reason": random.choice(("", "", "", "", "a test")),
            }


def voided(random: Random, given: Sequence[dict[str, str]]) -> Rows:
    """One answer in eight, wherever it came from."""
    for one in given:
        if random.random() < 1 / 8:
            yield {"response_id": one["response_id"]}
