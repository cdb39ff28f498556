"""A process that falls asleep at a certain moment of its work: what others do meanwhile is done right there."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event


@contextmanager
def once_before(engine: Engine, words: str, meanwhile: Callable[[], object]) -> Iterator[None]:
    """Before the first statement that has these words is executed, `meanwhile` happens; it must have happened."""
    waiting = [meanwhile]

    def listen(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if waiting and words in statement:
            waiting.pop()()

    event.listen(engine, "before_cursor_execute", listen)
    try:
        yield
    finally:
        event.remove(engine, "before_cursor_execute", listen)
    assert not waiting, f"nothing was asked {words}"
