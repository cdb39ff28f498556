"""write_company(folder, today): the example company as the CSV files of the data contract."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import chain
from pathlib import Path
from random import Random

from bot.playground.company import activity, ledgers, programmes, voices
from bot.playground.company.cast import the_cast
from bot.playground.company.customers import Customer
from bot.playground.company.others import the_others

SEED = 20

Row = dict[str, str]


def customers(seed: int = SEED) -> tuple[Customer, ...]:
    """Everybody, those with a story first; the same for the same seed."""
    return (*the_cast(), *the_others(Random(seed)))


def write_company(folder: Path, today: date, *, seed: int = SEED) -> None:
    """Write one file an entity into `folder`; the same seed and day write the same bytes."""
    book = customers(seed)
    random = Random(seed)
    rows: dict[str, Iterable[Row]] = {
        "fx_rates": programmes.fx_rates(random, today),
        "accounts": (voices.account(customer, today) for customer in book),
        "contacts": chain.from_iterable(voices.contacts(customer, today) for customer in book),
        "subscriptions": chain.from_iterable(ledgers.subscriptions(customer, today) for customer in book),
        "invoices": chain.from_iterable(ledgers.invoices(customer, today) for customer in book),
        "tickets": chain.from_iterable(voices.tickets(customer, today) for customer in book),
        "survey_responses": chain.from_iterable(voices.survey_responses(customer, today) for customer in book),
        "advocacy": chain.from_iterable(voices.advocacy(customer, today) for customer in book),
        "leads": programmes.leads(book, random, today),
        "campaigns": programmes.campaigns(book, random, today),
        "costs": programmes.costs(today),
        "targets": programmes.targets(today),
    }
    for entity, found in rows.items():
        _write(folder / f"{entity}.csv", *_table(found))
    used = chain.from_iterable(activity.usage(customer, random, today) for customer in book)
    _write(folder / "usage.csv", activity.HEADER, used)


def write_accounts_before(folder: Path, today: date, years: int, *, seed: int = SEED) -> None:
    """The file of accounts as it was so many terms of a contract ago: whose renewal was next, and when."""
    rows = chain.from_iterable(voices.account_before(customer, today, years) for customer in customers(seed))
    _write(folder / "accounts.csv", *_table(rows))


def _table(rows: Iterable[Row]) -> tuple[Sequence[str], Iterator[Sequence[str]]]:
    found = list(rows)
    return tuple(found[0]), (tuple(row.values()) for row in found)


def _write(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
