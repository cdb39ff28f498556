"""Answers take turns on SQLite, and nobody waits for long."""

import time
from threading import Event, Thread

import pytest
from sqlalchemy import Engine

from bot import turns
from bot.turns import Turns


def test_one_answer_at_a_time_on_sqlite(sqlite_engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "PATIENCE_SECONDS", 30)
    taking = Turns(sqlite_engine)
    inside: list[int] = []
    most: list[int] = []

    def answer(number: int) -> None:
        with taking.turn():
            inside.append(number)
            most.append(len(inside))
            time.sleep(0.001)
            inside.remove(number)

    threads = [Thread(target=answer, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1] * 8


def test_a_long_answer_does_not_keep_the_next_one_waiting(
    sqlite_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "PATIENCE_SECONDS", 0.01)
    taking = Turns(sqlite_engine)
    begun, go_on = Event(), Event()

    def long() -> None:
        with taking.turn():
            begun.set()
            go_on.wait(10)

    thread = Thread(target=long)
    thread.start()
    assert begun.wait(10)
    with taking.turn():  # would wait forever for its turn
        pass
    go_on.set()
    thread.join()
    monkeypatch.setattr(turns, "PATIENCE_SECONDS", 10)
    with taking.turn():  # the turn has been given back
        pass


def test_an_answer_that_fails_gives_its_turn_back(sqlite_engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "PATIENCE_SECONDS", 0.01)
    taking = Turns(sqlite_engine)
    with pytest.raises(RuntimeError), taking.turn():
        raise RuntimeError
    assert taking._taken is not None
    with taking.turn():
        assert taking._taken.locked()


def test_on_a_database_server_answers_are_computed_side_by_side(postgres_engine: Engine) -> None:
    taking = Turns(postgres_engine)
    with taking.turn(), taking.turn():
        pass
