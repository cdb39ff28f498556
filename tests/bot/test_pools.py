from functools import partial
from threading import Event

import pytest

from bot.pools import Pool


def test_work_is_done() -> None:
    pool, done = Pool("test", threads=1, backlog=1), Event()
    assert pool.offer(done.set)
    assert done.wait(5)
    assert pool.close(5)


def test_what_does_not_fit_is_refused_at_once() -> None:
    pool, go = Pool("test", threads=1, backlog=1), Event()
    assert pool.offer(go.wait)
    assert pool.offer(go.wait)
    assert not pool.offer(go.wait)
    assert pool.depth() == 2
    go.set()
    assert pool.wait_idle(5)
    assert pool.offer(go.wait)
    assert pool.close(5)


def test_a_closed_pool_takes_nothing_and_finishes_what_it_has() -> None:
    pool, done = Pool("test", threads=1, backlog=5), list[int]()
    for number in range(3):
        pool.offer(partial(done.append, number))
    assert pool.close(5)
    assert done == [0, 1, 2]
    assert not pool.offer(lambda: None)


def test_what_takes_too_long_is_dropped() -> None:
    pool, go, done = Pool("test", threads=1, backlog=5), Event(), list[int]()
    pool.offer(go.wait)
    pool.offer(lambda: done.append(1))
    assert not pool.close(0.01)
    go.set()
    assert pool.wait_idle(5)
    assert done == []


def test_for_what_is_dropped_something_else_is_done() -> None:
    pool, go, done = Pool("test", threads=1, backlog=5), Event(), list[str]()
    pool.offer(go.wait, lambda: done.append("for what runs"))
    pool.offer(lambda: done.append("the work"), lambda: done.append("instead"))
    assert not pool.close(0.01)
    go.set()
    assert pool.wait_idle(5)
    assert done == ["instead"]


def test_work_that_fails_is_logged_and_frees_its_place(caplog: pytest.LogCaptureFixture) -> None:
    pool = Pool("test", threads=1, backlog=0)

    def fail() -> None:
        raise RuntimeError("broken")

    pool.offer(fail)
    assert pool.close(5)
    assert "work in the pool test failed" in caplog.text
