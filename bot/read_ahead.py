"""read_ahead(read, items): what is read of each, the next one already while the caller is busy with the one before."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from contextlib import contextmanager
from threading import Semaphore
from typing import Final, TypeVar

T = TypeVar("T")
R = TypeVar("R")

_AT_ONCE: Final = 2
"""The one that the caller is busy with, and the next one: no more are held."""


@contextmanager
def read_ahead(read: Callable[[T], R], items: Iterable[T]) -> Iterator[Iterator[R]]:
    """Go through what `read` makes of the items, in their order, in a thread that ends with the block.

    `read` must not need what the caller does with the item before. What it raises is raised in its item's turn. When
    the block is left early, what is being read is waited for, and the rest is not read.
    """
    room, left = Semaphore(_AT_ONCE), False

    def one(item: T) -> R:
        room.acquire()
        if left:
            raise CancelledError
        return read(item)

    with ThreadPoolExecutor(1, "ahead") as reader:
        # All are asked for at once: a process on its way down finishes what it has, and takes nothing new.
        coming = deque(reader.submit(one, item) for item in items)
        try:
            yield _in_turn(coming, room)
        finally:
            left = True
            room.release()
            reader.shutdown(cancel_futures=True)


def _in_turn(coming: deque[Future[R]], room: Semaphore) -> Iterator[R]:
    while coming:
        yield coming.popleft().result()
        room.release()
