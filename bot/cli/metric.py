"""latido metric nrr --by segment --json: figures by their ids, for people and for programs.

As JSON every figure is one object on a line of its own (see commands.core.metric_json): money in minor units, whole
numbers as they are, fractions as texts with 12 digits after the point, null where there is no answer.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Any, Final, NamedTuple

from bot import book_options
from bot.cli import Verb, not_understood
from bot.opening import keep_up, open_store
from bot.settings import load_settings
from commands.core.arguments import parse_period
from commands.core.asked import so_far
from commands.core.errors import NotUnderstood, UserError
from commands.core.metric_json import Behind, Filters, as_json
from commands.core.metric_values import RESTS_ON, By, Group, Measured, grouped_values, metric_named, values
from commands.core.rates import rates_needed
from commands.core.request import Company, Translator
from commands.core.words import short
from commands.ui.cards.csv_file import Cell, csv_file, figure_cell
from commands.ui.cards.figures import written
from commands.ui.cards.hours import counted_in
from commands.ui.cards.words import book_name, period_name
from commands.ui.text import LOCALES, translator
from metrics.formulas import all_metrics
from metrics.types import BookFilter, Metric, Sentence, Unit, msg
from storage.queries.accounts import search
from storage.queries.freshness import imported_on
from storage.queries.health import data_coverage
from storage.queries.rates import rates_on
from storage.queries.totals import Scope
from storage.session import Session, reading

CSV_TITLES: Final = (
    *("metric", "period_start", "period_end", "segment", "csm", "plan", "account", "group"),
    *("value", "unit", "currency", "as_of"),
)
WITHOUT: Final = {By.SEGMENT: msg("no segment"), By.CSM: msg("no CSM"), By.PLAN: msg("no plan")}
"""What the accounts are called that have none."""


class Asked(NamedTuple):
    """What the words after `latido metric` ask for."""

    metrics: tuple[Metric[Any], ...]
    scope: Scope
    filters: Filters
    by: By | None


def configure(parser: argparse.ArgumentParser) -> None:
    """Which figures, of what, and how they are printed."""
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("name", nargs="?", metavar="NAME", help="the metric's id, for example nrr (docs/metrics.md)")
    what.add_argument("--all", action="store_true", help="every metric")
    parser.add_argument("--period", default="", metavar="P", help='as in Slack: 2026-10, "last quarter", 12m …')
    book_options.configure(parser)
    parser.add_argument("--account", metavar="ID", help="only this account: its id, name or domain")
    parser.add_argument(
        "--by",
        choices=[by.value for by in By],
        help="one value for each; all months at the period's rates; accounts as the whole book is counted",
    )
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="one object a line")
    form.add_argument("--csv", action="store_true", help="a table")
    parser.add_argument("--language", default="en", choices=LOCALES, help="en, es or ru")


def run(arguments: argparse.Namespace) -> int:
    """Print the figures; a name that means nothing is one sentence with the nearest ones, and exit code 2."""
    settings = load_settings()
    company, now = settings.company(), datetime.now(UTC)
    t = translator(arguments.language)
    engine = open_store(settings.database_url)
    try:
        keep_up(engine, company, now)
        with reading(engine) as db, rates_needed():
            asked = _asked(arguments, db, company, now.astimezone(company.zone).date())
            groups = _groups(db, asked)
            sys.stdout.writelines(_printed(arguments, db, asked, groups, t))
    except UserError as error:
        return not_understood(VERB, error, t)
    finally:
        engine.dispose()
    return 0


# --- What is asked -----------------------------------------------------------------------------------------------


def _asked(arguments: argparse.Namespace, db: Session, company: Company, today: date) -> Asked:
    metrics = tuple(all_metrics().values()) if arguments.all else (metric_named(arguments.name),)
    locale = arguments.language
    whole = parse_period(arguments.period, today=today, locale=locale, command="")
    period = so_far(whole, today)
    key, account_id = _account(db, arguments.account)
    book = book_options.book_of(arguments, db, today=today)._replace(account_id=account_id)
    shown = book_options.currency_of(arguments, db, home=company.currency)
    rates = rates_on(db, period.last, home=company.currency, shown=shown)
    filters = Filters(book.segment, book.csm_email, book.plan, key)
    scope = Scope(period, rates, company.zone, book, company.definitions)
    return Asked(metrics, scope, filters, arguments.by and By(arguments.by))


def _account(db: Session, typed: str | None) -> tuple[str | None, int | None]:
    """The key and id of the account that is named exactly; NotUnderstood with the nearest keys."""
    if typed is None:
        return None, None
    matches = search(db, typed)
    if matches.hit is not None and matches.exact:
        return matches.hit.key, matches.hit.id
    near = matches.candidates if matches.hit is None else (matches.hit,)
    sentence = Sentence("No one account is called “{name}”.", {"name": short(typed)})
    raise NotUnderstood(sentence, suggestions=tuple(one.key for one in near))


def _groups(db: Session, asked: Asked) -> Sequence[Group]:
    if asked.by is None:
        return (Group(None, asked.scope, values(db, asked.metrics, asked.scope)),)
    return grouped_values(db, asked.metrics, asked.scope, asked.by)


# --- How it is printed -------------------------------------------------------------------------------------------


def _printed(
    arguments: argparse.Namespace, db: Session, asked: Asked, groups: Sequence[Group], t: Translator
) -> Iterable[str]:
    if arguments.json:
        return _json(db, asked, groups)
    if arguments.csv:
        return (_table(asked, groups),)
    return _lines(asked, groups, t)


def _json(db: Session, asked: Asked, groups: Sequence[Group]) -> Iterator[str]:
    coverage = {
        last: data_coverage(db, as_of=last, zone=asked.scope.zone)
        for last in {group.scope.period.last for group in groups}
    }
    entities = {entity for metric in asked.metrics for entity in RESTS_ON.get(metric.facts, ())}
    loaded = imported_on(db, entities, zone=asked.scope.zone)
    for group in groups:
        for measured in group.values:
            rests_on = {entity: loaded[entity] for entity in RESTS_ON.get(measured.metric.facts, ())}
            behind = Behind(coverage[group.scope.period.last], rests_on)
            yield json.dumps(as_json(measured, group, asked.by, asked.filters, behind), ensure_ascii=False) + "\n"


def _table(asked: Asked, groups: Sequence[Group]) -> str:
    rows = (_row(measured, group, asked) for group in groups for measured in group.values)
    return csv_file(CSV_TITLES, rows).decode("utf-8-sig").replace("\r\n", "\n")


def _row(measured: Measured, group: Group, asked: Asked) -> tuple[Cell, ...]:
    metric, figure = measured
    period, currency = group.scope.period, group.scope.rates.home
    return (
        metric.id,
        period.start,
        period.end,
        *asked.filters,
        group.name,
        figure_cell(figure.value, metric.unit, currency),
        metric.unit.value,
        currency if metric.unit is Unit.MONEY else None,
        period.last,
    )


def _lines(asked: Asked, groups: Sequence[Group], t: Translator) -> Iterator[str]:
    for group in groups:
        about = ", ".join((period_name(group.scope.period, t), *_whom(group, asked, t)))
        currency = group.scope.rates.home
        for metric, figure in group.values:
            value = written(figure.value, metric.unit, currency, t)
            numbers = {
                name: written(figure.inputs[name], term.unit, currency, t) for name, term in metric.terms.items()
            }
            titled = Sentence("{figure}: {value}", {"figure": Sentence(metric.title), "value": value})
            counted = counted_in(group.scope.definitions.business_hours, t) if metric.in_business_hours else None
            yield " · ".join((t(titled), about, *((t(counted),) if counted else ()))) + "\n"
            yield f"  = {t(metric.formula, **numbers)} = {value}\n"


def _whom(group: Group, asked: Asked, t: Translator) -> Iterator[str]:
    """Which accounts the figures are about."""
    book = group.scope.book
    account = group.name if asked.by is By.ACCOUNT else asked.filters.account
    if account is not None:
        yield account
    of = {By.SEGMENT: book.segment, By.CSM: book.csm_email, By.PLAN: book.plan}
    yield from (t(WITHOUT[by]) for by, name in of.items() if name == "")
    named = BookFilter(book.segment or None, book.csm_email or None, book.plan or None)
    if named != BookFilter() or (account is None and "" not in of.values()):
        yield t(book_name(named))


VERB = Verb("metric", "Print figures by their ids, also as JSON or CSV", configure, run)
