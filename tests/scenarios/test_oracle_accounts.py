"""The facts of each account alone are those that are read for it alone, and together they are those of its book."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date
from functools import reduce
from pathlib import Path
from typing import Any, Final

import pytest
from sqlalchemy import Engine

from metrics.facts import ProductTotals, VoiceTotals
from metrics.parts import SAME_FOR_ALL, without
from metrics.periods import month_of, quarter_of
from metrics.types import BookFilter
from storage.queries.accounts import by_id
from storage.queries.totals import all_totals, facts_by_account, facts_of
from tests.scenarios.both import SEED, SMALL, Both, both
from tests.scenarios.test_oracle_figures import RUNNING

KINDS: Final = tuple(all_totals().values())
OCTOBER: Final = month_of(date(2026, 10, 1))
EVERY: Final = 9
"""Each account is not asked about alone in each period: every ninth, and others in the next."""

ASKED: Final = (
    (OCTOBER, BookFilter()),
    (month_of(date(2026, 2, 1)), BookFilter()),
    (RUNNING, BookFilter()),
    (quarter_of(date(2026, 9, 1)), BookFilter(segment="Mid")),
    (OCTOBER, BookFilter(csm_email="ana@example.com")),
    (OCTOBER, BookFilter(plan="Pro")),
    (OCTOBER, BookFilter(segment="nobody")),
)


@pytest.fixture
def small(engine: Engine, tmp_path: Path) -> Iterator[Both]:
    """100 accounts."""
    yield from both(engine, tmp_path, accounts=SMALL, seed=SEED)


def nothing_in(facts: Any) -> bool:
    """Whether all that adds up over accounts is zero, empty or unknown."""
    return all(_nothing(getattr(facts, one.name)) for one in fields(facts) if not one.metadata.get(SAME_FOR_ALL))


def _nothing(value: Any) -> bool:
    if isinstance(value, bool | str | date):
        return True
    if is_dataclass(value):
        return nothing_in(value)
    if isinstance(value, Mapping):
        return not any(value.values())
    if isinstance(value, tuple):
        return all(isinstance(row, tuple) and not any(row) for row in value)
    return not value


AS_IN_THE_BOOK: Final = {
    ProductTotals: ("use_now", "use_before"),  # days stand for sessions only where nobody of a book counts sessions
    VoiceTotals: tuple(one.name for one in fields(VoiceTotals) if one.name not in {"delivered", "answered"}),
    # of a contact who answered for several accounts of a book the latest answer counts
}
"""What is counted by the whole book, and so not the same for an account that is asked about alone."""


def as_counted_alone(facts: Any, alone: Any) -> Any:
    return replace(facts, **{name: getattr(alone, name) for name in AS_IN_THE_BOOK.get(type(facts), ())})


def test_each_accounts_facts_are_those_that_are_read_for_it_alone(small: Both) -> None:
    ids = sorted(by_id(small.db, range(1, SMALL + 1)))
    for number, (period, book) in enumerate(ASKED):
        scope = small.scope(period, book)
        for kind in KINDS:
            found = facts_by_account(small.db, kind.facts, scope)
            for account_id in ids[number::EVERY]:
                alone = kind.load(small.db, scope._replace(book=book._replace(account_id=account_id)))
                about = (kind.id, period.id, book, account_id)
                if account_id in found:
                    assert as_counted_alone(found[account_id], alone) == alone, about
                else:
                    assert nothing_in(alone) or type(alone) in AS_IN_THE_BOOK, about


def test_together_they_are_those_of_their_book(small: Both) -> None:
    for period, book in ASKED:
        scope = small.scope(period, book)
        for kind in KINDS:
            whole = facts_of(small.db, kind.facts, scope)
            found = facts_by_account(small.db, kind.facts, scope)
            left = reduce(without, found.values(), whole)
            everybody = book == BookFilter()
            assert nothing_in(left) != (kind.some_of_nobody and everybody), (kind.id, period.id, book, left)
            if book == BookFilter(segment="nobody"):
                assert found == {}, kind.id


def test_every_kind_has_many_accounts_and_more_than_one_number(small: Both) -> None:
    for kind in KINDS:
        found = facts_by_account(small.db, kind.facts, small.scope(quarter_of(date(2026, 9, 1)), BookFilter()))
        assert len(found) > 5, kind.id
        assert kind.id == "payers" or any(one != found[next(iter(found))] for one in found.values()), kind.id
