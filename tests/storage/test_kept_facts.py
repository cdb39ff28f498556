"""Facts that are kept are forgotten with what they rest on, also while somebody reads them."""

from collections.abc import Callable, Sequence
from datetime import date
from threading import Thread

import pytest
from sqlalchemy import Engine

from metrics.types import Movement, MovementKind
from storage.kept_facts import Key, begin, finish, forget, forget_lines, let_go, there
from storage.session import reading, transaction

SEPTEMBER, OCTOBER, NOVEMBER = date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 1)
OLD, NEW = (Key("voice", start, until, "as usual") for start, until in ((SEPTEMBER, OCTOBER), (OCTOBER, NOVEMBER)))
ANSWERS = ("survey_response", "survey_ask")


def mark(engine: Engine, *keys: Key, rests_on: Sequence[str] = ANSWERS) -> str:
    with transaction(engine) as db:
        found = begin(db.connection(), keys, rests_on)
    assert found is not None
    return found


def end(engine: Engine, mark: str, *keys: Key) -> int:
    with transaction(engine) as db:
        return finish(db.connection(), mark, {key: {"promoters": 1} for key in keys})


def keep(engine: Engine, *keys: Key, rests_on: Sequence[str] = ANSWERS) -> None:
    assert end(engine, mark(engine, *keys, rests_on=rests_on), *keys) == len(keys)


def kept(engine: Engine) -> set[Key]:
    with reading(engine) as db:
        return there(db.connection())


@pytest.mark.parametrize(
    ("tables", "since", "left"),
    [
        (("survey_ask",), None, set()),
        (("invoice", "survey_response"), None, set()),
        (("survey",), None, {OLD, NEW}),
        (("survey_response",), date(2026, 10, 2), {OLD}),
        (("survey_response",), date(2026, 10, 1), set()),  # it may be 30 September in another zone
        (("survey_response",), date(2026, 11, 1), {OLD}),
        (("survey_response",), date(2026, 11, 2), {OLD, NEW}),
    ],
)
def test_a_change_forgets_what_rests_on_it_from_its_day_on(
    engine: Engine, tables: Sequence[str], since: date | None, left: set[Key]
) -> None:
    keep(engine, OLD, NEW)
    with transaction(engine) as db:
        forget(db.connection(), *tables, since=since)
    assert kept(engine) == left


def test_lines_of_the_ledger_forget_from_the_first_one_on_that_is_another(engine: Engine) -> None:
    keep(engine, OLD, NEW, rests_on=("mrr_movement",))
    first = Movement(date(2026, 9, 3), "USD", 0, 100, MovementKind.NEW)
    second = Movement(date(2026, 10, 20), "USD", 100, 200, MovementKind.EXPANSION)
    with transaction(engine) as db:
        forget_lines(db.connection(), {1: (first,)}, {1: (first,)})
    assert kept(engine) == {OLD, NEW}
    with transaction(engine) as db:
        forget_lines(db.connection(), {1: (first,), 2: (second,)}, {1: (first, second), 2: (second,)})
    assert kept(engine) == {OLD}
    with transaction(engine) as db:
        forget_lines(db.connection(), {}, {3: (first,)})
    assert kept(engine) == set()


def test_what_changes_while_it_is_read_is_not_kept(engine: Engine) -> None:
    left = mark(engine, OLD, NEW)
    assert kept(engine) == set()
    with transaction(engine) as db:
        forget(db.connection(), "survey_response", since=date(2026, 10, 20))
    assert end(engine, left, OLD, NEW) == 1
    assert kept(engine) == {OLD}


def test_of_two_who_read_the_same_the_later_one_is_heard(engine: Engine) -> None:
    first, second = mark(engine, OLD), mark(engine, OLD)
    assert (end(engine, first, OLD), end(engine, second, OLD)) == (0, 1)
    assert kept(engine) == {OLD}


def test_what_nobody_asks_about_any_more_is_let_go(engine: Engine) -> None:
    keep(engine, OLD, NEW)
    with transaction(engine) as db:
        let_go(db.connection(), {OLD})
    assert kept(engine) == {NEW}


def in_another_thread(work: Callable[[], None]) -> None:
    thread = Thread(target=work)
    thread.start()
    thread.join()


def test_nothing_is_begun_or_finished_while_a_change_is_under_way(new_postgres: Callable[[], Engine]) -> None:
    engine = new_postgres()
    left, said = mark(engine, OLD), list[object]()

    def other() -> None:
        said.append(end(engine, left, OLD))
        with transaction(engine) as db:
            said.append(begin(db.connection(), [NEW], ANSWERS))
        with transaction(engine) as db:  # who changes something else waits for nobody
            forget(db.connection(), "invoice")

    with transaction(engine) as db:
        forget(db.connection(), "survey_response")
        in_another_thread(other)
    assert said == [0, None]
    assert kept(engine) == set()
