"""Fault switches: what the network and Slack's servers do to the next calls of a method.

A fault is set for a Web API method by its name, for every answer to a response URL by "response_url", and for the
POST of a file's bytes by "upload".
"""

from dataclasses import dataclass, field
from threading import Lock
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class RateLimited:
    """429: not done; ask again after so many seconds."""

    retry_after: int = 1


@dataclass(frozen=True, slots=True)
class ServerError:
    """A 5xx answer without a word of JSON; not done."""

    status: int = 503


@dataclass(frozen=True, slots=True)
class DropAfterAccepting:
    """Done, but the connection closes before the answer: the caller cannot know."""


@dataclass(frozen=True, slots=True)
class DropBefore:
    """The connection closes and nothing was done: the caller cannot know."""


@dataclass(frozen=True, slots=True)
class Slow:
    """Done, after so many seconds of real time."""

    seconds: float = 1.0


@dataclass(frozen=True, slots=True)
class FileNotReady:
    """Set for files.completeUploadExternal: the files can be shown so many seconds later, by the double's clock.

    Set for a method that takes blocks (or "response_url"): the files shown by these calls are not ready yet.
    """

    seconds: float = 1.0


@dataclass(frozen=True, slots=True)
class ApiError:
    """`{"ok": false}` with this code; not done."""

    code: str


Fault: TypeAlias = RateLimited | ServerError | DropAfterAccepting | DropBefore | Slow | FileNotReady | ApiError


@dataclass(slots=True)
class _Armed:
    method: str
    fault: Fault
    times: int


@dataclass(slots=True)
class Faults:
    """The faults that wait for their calls, in the order they were set."""

    _waiting: list[_Armed] = field(default_factory=list)
    _lock: Lock = field(default_factory=Lock)

    def next(self, method: str, fault: Fault, *, times: int = 1) -> None:
        """Let `fault` happen to the next `times` calls of `method`, after the faults already waiting for it."""
        if times < 1:
            raise ValueError(f"a fault happens at least once, not {times} times")
        with self._lock:
            self._waiting.append(_Armed(method, fault, times))

    def take(self, method: str) -> Fault | None:
        """The fault for the call that is being made now, which uses it up; None: nothing goes wrong."""
        with self._lock:
            armed = next((each for each in self._waiting if each.method == method), None)
            if armed is None:
                return None
            armed.times -= 1
            if armed.times == 0:
                self._waiting.remove(armed)
            return armed.fault

    def clear(self) -> None:
        """Let everything go well again."""
        with self._lock:
            self._waiting.clear()

    def waiting(self) -> tuple[tuple[str, Fault, int], ...]:
        """What is set: method, fault, and how many times it will still happen."""
        with self._lock:
            return tuple((each.method, each.fault, each.times) for each in self._waiting)


def fault_named(kind: str, *, seconds: float = 1.0, code: str = "internal_error") -> Fault:
    """The fault that a page's form names, RateLimited or rate_limited; ValueError if there is none."""
    match kind.replace("_", "").lower():
        case "ratelimited":
            return RateLimited(retry_after=max(1, round(seconds)))
        case "servererror":
            return ServerError()
        case "dropafteraccepting":
            return DropAfterAccepting()
        case "dropbefore":
            return DropBefore()
        case "slow":
            return Slow(seconds)
        case "filenotready":
            return FileNotReady(seconds)
        case "apierror":
            return ApiError(code)
    raise ValueError(f"{kind!r} is no kind of fault")
