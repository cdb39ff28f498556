"""Facts of the whole company, read ahead: those of its months, and of the running one as far as it has come."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy import Engine

from bot.opening import rates_asked_at, waiting_for_writers
from bot.product_use import asked_about
from commands.core.request import Company
from metrics.errors import MissingRate
from metrics.periods import Period
from storage.facts_json import to_json
from storage.kept_facts import Key, begin, finish, let_go, there
from storage.queries.facts_kept import asked_as
from storage.queries.totals import Scope, Totals, all_totals, facts_read
from storage.session import reading, transaction


class _Wanted(NamedTuple):
    """Facts of one kind, asked for in one way, of some periods."""

    totals: Totals[Any]
    scope: Scope
    periods: Mapping[Key, Period]


def keep_figures(engine: Engine, company: Company, now: datetime) -> int:
    """Read what is missing and let go of what is not asked about any more; of how many periods facts were read.

    A writer waits for what was read to be written, not for it to be read. What changes meanwhile is left for the next
    time.
    """
    wanted = list(_wanted(engine, company, now))
    with reading(engine) as db:
        known = there(db.connection())
    with waiting_for_writers():
        done = sum(_keep(engine, one, known) for one in wanted)
        if gone := known.difference(*(one.periods for one in wanted)):
            with transaction(engine) as db:
                let_go(db.connection(), gone)
    return done


def figures_are_kept(engine: Engine, company: Company, now: datetime) -> bool:
    """Whether `keep_figures` has nothing to do."""
    with reading(engine) as db:
        known = there(db.connection())
    return known == {key for one in _wanted(engine, company, now) for key in one.periods}


def _keep(engine: Engine, wanted: _Wanted, known: set[Key]) -> int:
    missing = {key: period for key, period in wanted.periods.items() if key not in known}
    if not missing:
        return 0
    with transaction(engine) as db:
        mark = begin(db.connection(), missing, wanted.totals.rests_on)
    if mark is None:
        return 0
    found = dict(zip(missing, _read(engine, wanted, list(missing.values())), strict=True))
    with transaction(engine) as db:
        return finish(db.connection(), mark, found)


def _read(engine: Engine, wanted: _Wanted, periods: Sequence[Period]) -> list[Any]:
    """The facts of each period as JSON; None for all of them where a currency has no rate."""
    found: list[Any] = []
    with reading(engine) as db:
        try:
            for together in _runs(periods):
                found += map(to_json, facts_read(db, wanted.totals, wanted.scope, together))
        except MissingRate:
            return [None] * len(periods)
    return found


def _runs(periods: Sequence[Period]) -> Iterator[tuple[Period, ...]]:
    """The periods in their order, those together that follow one another."""
    breaks = [number for number, period in enumerate(periods) if not number or periods[number - 1].end != period.start]
    for _, run in groupby(enumerate(periods), lambda each: sum(start <= each[0] for start in breaks)):
        yield tuple(period for _, period in run)


def _wanted(engine: Engine, company: Company, now: datetime) -> Iterator[_Wanted]:
    """Each kind of facts that is kept, at each of the rates that most questions are asked at."""
    periods = asked_about(now.astimezone(company.zone).date())
    scopes = [
        Scope(periods[0], rates, company.zone, definitions=company.definitions)
        for rates in rates_asked_at(engine, company, now)
    ]
    for totals in all_totals().values():
        if totals.rests_on:
            by_way = {asked_as(scope, in_money=totals.in_money): scope for scope in scopes}
            for asked, scope in by_way.items():
                keys = {Key(totals.id, period.start, period.end, asked): period for period in periods}
                yield _Wanted(totals, scope, keys)
