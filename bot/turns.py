"""Answers take turns: threads that all want the interpreter at once spend a third of their time handing it over."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from sqlalchemy import Engine

PATIENCE_SECONDS = 0.25
"""So long an answer waits for its turn; then it is computed beside the long one that keeps it waiting."""


class Turns:
    """One answer is computed at a time where the store is part of this process (SQLite).

    SQLite's driver gives the interpreter away at every statement and every row; with eight threads waiting for it each
    answer is interrupted some three hundred times. A database server is waited for outside the interpreter, so there
    answers are computed side by side.
    """

    def __init__(self, engine: Engine) -> None:
        self._taken = Lock() if engine.dialect.name == "sqlite" else None

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Hold the turn while the block runs, or run it without one after PATIENCE_SECONDS."""
        if self._taken is None:
            yield
            return
        mine = self._taken.acquire(timeout=PATIENCE_SECONDS)
        try:
            yield
        finally:
            if mine:
                self._taken.release()
