"""A fixed number of threads with a bounded queue: what does not fit is refused at once, never piled up."""

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from threading import Condition

logger = logging.getLogger(__name__)


class Pool:
    """Threads that work off what they are offered, in order of arrival."""

    def __init__(self, name: str, *, threads: int, backlog: int) -> None:
        """At most `threads` pieces of work run and `backlog` wait."""
        self.name = name
        self._limit = threads + backlog
        self._taken = 0
        self._open = True
        self._changed = Condition()
        self._executor = ThreadPoolExecutor(threads, thread_name_prefix=name)

    def depth(self) -> int:
        """How many pieces of work run or wait now."""
        return self._taken

    def offer(self, work: Callable[[], object], instead: Callable[[], object] | None = None) -> bool:
        """Take `work` to be run soon; False when there is no room, or when the pool is closed.

        `instead` is run, and must be quick, if the work was taken but is dropped as the pool closes.
        """
        with self._changed:
            if not self._open or self._taken >= self._limit:
                return False
            self._taken += 1
            self._executor.submit(work).add_done_callback(partial(self._done, instead))
        return True

    def close(self, patience_seconds: float) -> bool:
        """Take nothing more and wait for what was taken; False when the rest was dropped because it took too long."""
        with self._changed:
            self._open = False
        finished = self.wait_idle(patience_seconds)
        self._executor.shutdown(wait=finished, cancel_futures=True)
        return finished

    def wait_idle(self, patience_seconds: float) -> bool:
        """Wait until nothing runs or waits; False when that took too long."""
        with self._changed:
            return self._changed.wait_for(lambda: self._taken == 0, patience_seconds)

    def _done(self, instead: Callable[[], object] | None, future: Future[object]) -> None:
        if not future.cancelled() and (error := future.exception()) is not None:
            logger.error("work in the pool %s failed", self.name, exc_info=error)
        with self._changed:
            self._taken -= 1
            self._changed.notify_all()
        if future.cancelled() and instead is not None:
            instead()
