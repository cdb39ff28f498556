import threading
from threading import Event, current_thread

import pytest

from bot.read_ahead import read_ahead

PATIENCE = 10.0


def test_all_are_read_in_their_order_in_a_thread_of_their_own() -> None:
    threads = set[threading.Thread]()

    def read(item: int) -> int:
        threads.add(current_thread())
        return item * 2

    with read_ahead(read, range(5)) as found:
        assert list(found) == [0, 2, 4, 6, 8]
    assert len(threads) == 1
    assert threads.isdisjoint(threading.enumerate())


def test_the_next_one_is_read_meanwhile_and_no_other() -> None:
    begun = [Event() for _ in range(4)]

    def read(item: int) -> int:
        begun[item].set()
        return item

    with read_ahead(read, range(4)) as found:
        for item in found:
            assert begun[min(item + 1, 3)].wait(PATIENCE)
            assert not any(one.is_set() for one in begun[item + 2 :])


def test_what_fails_does_so_in_its_turn() -> None:
    def read(item: int) -> int:
        if item == 2:
            raise LookupError("two")
        return item

    with read_ahead(read, range(5)) as found:
        assert [next(found), next(found)] == [0, 1]
        with pytest.raises(LookupError, match="two"):
            next(found)


def test_whoever_leaves_early_waits_for_what_is_being_read_and_nothing_else_is() -> None:
    begun, ended = list[int](), list[int]()
    second = Event()

    def read(item: int) -> int:
        begun.append(item)
        if item == 1:
            second.set()
        ended.append(item)
        return item

    with read_ahead(read, range(100)) as found:
        next(found)
        assert second.wait(PATIENCE)
    assert begun == ended == [0, 1]
    assert not any(one.name.startswith("ahead") for one in threading.enumerate())


def test_nothing_is_read_of_nothing() -> None:
    with read_ahead(int, []) as found:
        assert list(found) == []
