import argparse
from datetime import date

import pytest
from sqlalchemy import Engine

from bot.book_options import book_of, configure, currency_of
from metrics.types import BookFilter
from storage.session import reading, transaction
from tests.storage.queries import rows

DAY = date(2026, 11, 22)


def options(*words: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    configure(parser)
    return parser.parse_args(words, argparse.Namespace(language="en"))


@pytest.mark.parametrize(
    ("words", "book"),
    [
        ((), BookFilter()),
        (("--csm", "ana"), BookFilter(csm_email="ana@us.example")),
        (("--segment", "mid"), BookFilter(segment="Mid market")),
        (("--segment", "", "--plan", ""), BookFilter(segment="", plan="")),
    ],
)
def test_a_book_is_named_as_in_a_command(sqlite_engine: Engine, words: tuple[str, ...], book: BookFilter) -> None:
    with transaction(sqlite_engine) as db:
        rows.account(db, segment="Mid market", csm_email="ana@us.example")
    with reading(sqlite_engine) as db:
        assert book_of(options(*words), db, today=DAY) == book


def test_the_companys_own_currency_is_no_other_one(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as db:
        rows.add(db, "fx_rate", currency="EUR", day=DAY, rate="1.25")
    with reading(sqlite_engine) as db:
        said = [currency_of(options(*words), db, home="USD") for words in ((), ("--currency", "USD"))]
        assert (*said, currency_of(options("--currency", "euros"), db, home="USD")) == (None, None, "EUR")
