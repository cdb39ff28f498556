"""Sums of product use: whatever is imported while they are kept, what is kept is what a count would find."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import Engine, select, update

from metrics.facts import ProductTotals
from metrics.types import BookFilter
from storage.kept import EVERYBODY
from storage.product_use import begin, counted, finish, keep_only
from storage.queries.product_kept import kept_of
from storage.queries.product_totals import totals_by_book, totals_of
from storage.queries.product_window import Window
from storage.queries.tables import product_use
from storage.session import loading, reading
from tests.factories import accounts, import_files, subscription, write_csv

LAST = date(2026, 10, 31)
WINDOWS = tuple(LAST - timedelta(days=back) for back in (0, 3, 30, 61, 120))
SEGMENTS, CSMS = ("smb", "Smb", "mid", ""), ("bo@x.test", "ana@x.test", "")
BOOKS = (
    BookFilter(),
    *(BookFilter(segment=segment) for segment in ("SMB", "mid", "nobody's")),
    *(BookFilter(csm_email=csm) for csm in ("bo@x.test", "ana@x.test")),
)


def count(engine: Engine, *days: date) -> None:
    for day in days:
        with loading(engine) as db:
            mark = begin(db.connection(), day)
        with loading(engine) as db:
            sums = {book: asdict(totals) for book, totals in totals_by_book(db, Window(day)).items()}
            assert finish(db.connection(), day, mark, sums)


def windows(engine: Engine) -> set[date]:
    """The windows that are counted."""
    with reading(engine) as db:
        return counted(db.connection())


def books(engine: Engine, day: date = LAST) -> set[str]:
    """The books whose sums are kept."""
    with reading(engine) as db:
        found = set(db.execute(select(product_use.c.book).where(product_use.c.day == day)).scalars())
    return found - {"mark"}


def right(engine: Engine) -> int:
    """How many sums are kept, all of which are what a count finds."""
    with reading(engine) as db:
        each = [(kept_of(db, book, Window(day)), book, day) for day in WINDOWS for book in BOOKS]
        there = [(kept, book, day) for kept, book, day in each if kept is not None]
        for kept, book, day in there:
            assert kept == totals_of(db, book, Window(day)), (book, day)
        return len(there)


# --- Random stores -------------------------------------------------------------------------------------------------


class Company:
    """A few accounts to which something happens every now and then."""

    def __init__(self, engine: Engine, folder: Path, chance: Random) -> None:
        self._engine, self._folder, self._chance = engine, folder, chance
        self._keys = [f"a{number}" for number in range(8)]
        self._counts_sessions = {key: chance.random() < 0.7 for key in self._keys}
        self._ended: dict[str, str] = {}

    def send(self, entity: str, rows: Sequence[dict[str, object]]) -> None:
        report = import_files(self._engine, write_csv(self._folder / f"{entity}.csv", rows))
        assert report.flawless

    def begin(self) -> None:
        self.move(self._keys)
        self.send("subscriptions", [self._subscription(key, f"s-{key}") for key in self._keys])
        self.use(600, since=LAST - timedelta(days=200))

    def change(self) -> None:
        """Something at random."""
        chance = self._chance
        happens = chance.choice(
            (self._use_a_little, self._correct, self._move_some, self._end_one, self._raise, self._win)
        )
        happens()

    def move(self, keys: Sequence[str]) -> None:
        places = [{"segment": self._chance.choice(SEGMENTS), "csm_email": self._chance.choice(CSMS)} for _ in keys]
        self.send("accounts", [row | place for row, place in zip(accounts(*keys), places, strict=True)])

    def use(self, most: int, since: date, *, days: int = 200) -> None:
        self.send("usage", list(self._rows(most, since, days)))

    def _rows(self, most: int, since: date, days: int) -> Iterator[dict[str, object]]:
        chance = self._chance
        for _ in range(chance.randint(1, most)):
            key = chance.choice(self._keys)
            yield {
                "account_id": key,
                "day": since + timedelta(days=chance.randrange(days)),
                "user_id": chance.choice(("", "ana", "bob", "eve")),
                "feature": chance.choice(("", "reports", "exports", "fax")),
                "sessions": chance.randrange(3) if self._counts_sessions[key] else "",
                "minutes": chance.choice(("", "0", "7.25", "31.7")),
            }

    def _use_a_little(self) -> None:
        self.use(20, LAST - timedelta(days=self._chance.randrange(150)), days=2)

    def _correct(self) -> None:
        day = LAST - timedelta(days=self._chance.randrange(60))
        self.send("usage", [row | {"sessions": 0, "minutes": 0} for row in self._rows(10, day, 1)])

    def _move_some(self) -> None:
        self.move(self._chance.sample(self._keys, 2))

    def _end_one(self) -> None:
        key = self._chance.choice(self._keys)
        self._ended[key] = (LAST - timedelta(days=self._chance.randrange(-20, 130))).isoformat()
        self._raise(key)

    def _raise(self, key: str = "") -> None:
        key = key or self._chance.choice(self._keys)
        self.send("subscriptions", [self._subscription(key, f"s-{key}")])

    def _win(self) -> None:
        key = f"a{len(self._keys)}"
        self._counts_sessions[key] = True
        self._keys.append(key)
        self.move([key])
        self.send("subscriptions", [self._subscription(key, f"s-{key}")])

    def _subscription(self, key: str, name: str) -> dict[str, object]:
        started_on = LAST - timedelta(days=self._chance.randrange(100, 400)) if key not in self._ended else "2025-01-01"
        return subscription(
            name,
            key,
            amount=self._chance.choice(("100", "200", "0")),
            started_on=started_on,
            ended_on=self._ended.get(key, ""),
        )


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_what_is_kept_is_what_a_count_finds(engine: Engine, tmp_path: Path, seed: int) -> None:
    company = Company(engine, tmp_path, Random(seed))
    company.begin()
    stayed = 0
    for _ in range(12):
        count(engine, *WINDOWS)
        assert right(engine) >= len(WINDOWS)
        company.change()
        stayed += right(engine)
    assert stayed


# --- One change at a time ------------------------------------------------------------------------------------------


@pytest.fixture
def company(engine: Engine, tmp_path: Path) -> Company:
    """Two customers in two segments that use the product on the last day, with all windows counted."""
    company = Company(engine, tmp_path, Random(1))
    rows = accounts("a0", "a1", csm_email="bo@x.test")
    company.send("accounts", [row | {"segment": name} for row, name in zip(rows, ("smb", "mid"), strict=True)])
    company.send("subscriptions", [subscription("s0", "a0"), subscription("s1", "a1")])
    company.send("usage", [used("a0", LAST), used("a1", LAST)])
    count(engine, *WINDOWS)
    return company


def used(key: str, day: date) -> dict[str, object]:
    return {"account_id": key, "day": day, "user_id": "ana", "feature": "reports", "sessions": 1}


def test_all_windows_are_counted_for_all_books(engine: Engine, company: Company) -> None:
    assert windows(engine) == set(WINDOWS)
    assert books(engine) == {"", "segment smb", "segment mid", "csm bo@x.test"}
    assert right(engine) == 4 * len(WINDOWS)


@pytest.mark.parametrize(
    ("back", "left"), [(0, 4), (1, 4), (3, 3), (89, 1), (119, 3), (120, 3), (150, 3), (151, 4), (210, 5)]
)
def test_use_of_a_day_forgets_the_windows_that_look_back_on_it(
    engine: Engine, company: Company, back: int, left: int
) -> None:
    company.send("usage", [used("a0", LAST - timedelta(days=back))] if back else [used("a0", LAST) | {"sessions": 2}])
    assert len(windows(engine)) == left
    right(engine)


def test_the_same_use_again_forgets_nothing(engine: Engine, company: Company) -> None:
    company.send("usage", [used("a0", LAST)])
    assert windows(engine) == set(WINDOWS)


def test_the_end_of_a_subscription_forgets_the_windows_in_which_it_was_paid(engine: Engine, company: Company) -> None:
    company.send("subscriptions", [subscription("s0", "a0", ended_on=(LAST - timedelta(days=40)).isoformat())])
    assert windows(engine) == set(WINDOWS[3:])
    right(engine)


def test_another_price_forgets_nothing(engine: Engine, company: Company) -> None:
    company.send("subscriptions", [subscription("s0", "a0", amount="300.00")])
    assert windows(engine) == set(WINDOWS)


def test_a_moved_account_forgets_its_books_alone(engine: Engine, company: Company) -> None:
    company.send("accounts", accounts("a0", csm_email="ana@x.test", segment="SMB"))
    assert books(engine) == {"", "segment smb", "segment mid"}
    assert windows(engine) == set()
    count(engine, LAST)
    assert books(engine) == {"", "segment smb", "segment mid", "csm bo@x.test", "csm ana@x.test"}
    right(engine)


def test_a_new_account_forgets_nothing(engine: Engine, company: Company) -> None:
    company.send("accounts", accounts("a2", csm_email="ana@x.test", segment="smb"))
    assert windows(engine) == set(WINDOWS)
    right(engine)


def test_what_changes_while_it_is_counted_is_not_kept(engine: Engine, company: Company) -> None:
    with loading(engine) as db:
        mark = begin(db.connection(), LAST)
    company.send("usage", [used("a1", LAST - timedelta(days=2))])
    with loading(engine) as db:
        assert not finish(db.connection(), LAST, mark, {"": {"customers": 7}})
    assert LAST not in windows(engine)
    assert books(engine) == set()


def test_of_two_that_count_the_same_window_the_later_one_is_heard(engine: Engine, company: Company) -> None:
    with loading(engine) as db:
        first, second = begin(db.connection(), LAST), begin(db.connection(), LAST)
    assert LAST not in windows(engine)
    with loading(engine) as db:
        assert not finish(db.connection(), LAST, first, {"": {"customers": 7}})
        assert finish(db.connection(), LAST, second, {"": {"customers": 2}})
    assert books(engine) == {""}
    assert windows(engine) == set(WINDOWS)


def test_windows_that_nobody_asks_about_are_let_go(engine: Engine, company: Company) -> None:
    with loading(engine) as db:
        keep_only(db.connection(), {LAST})
    assert windows(engine) == {LAST}
    assert books(engine, WINDOWS[1]) == set()


def test_what_a_version_has_counted_that_counts_something_else_is_counted_anew(engine: Engine) -> None:
    with loading(engine) as db:
        mark = begin(db.connection(), LAST)
        assert finish(db.connection(), LAST, mark, {EVERYBODY: {"customers": 3, "minutes": 1}})
        db.connection().execute(
            update(product_use).where(product_use.c.book == "mark").values(sums={"counted": ["customers", "minutes"]})
        )
    with reading(engine) as db:
        assert kept_of(db, BookFilter(), Window(LAST)) is None
    assert not windows(engine)
    count(engine, LAST)
    with reading(engine) as db:
        assert kept_of(db, BookFilter(), Window(LAST)) == ProductTotals(known=True)
    assert windows(engine) == {LAST}
