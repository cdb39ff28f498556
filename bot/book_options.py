"""A book of accounts and a currency as options of the terminal: --segment, --csm, --plan, --currency."""

import argparse
from datetime import date

from commands.core.named_book import named_book, named_currency
from metrics.types import BookFilter
from storage.session import Session


def configure(parser: argparse.ArgumentParser) -> None:
    """Which accounts, and in what currency their amounts are shown."""
    parser.add_argument("--segment", metavar="S", help='only accounts of this segment; "" for those of none')
    parser.add_argument("--csm", metavar="EMAIL", help='only accounts of this CSM; "" for those of none')
    parser.add_argument("--plan", metavar="PLAN", help='only accounts that have or had this plan; "" for those of none')
    parser.add_argument("--currency", metavar="CODE", help="show amounts in it, for example EUR; else the company's")


def book_of(arguments: argparse.Namespace, db: Session, *, today: date) -> BookFilter:
    """The accounts that are named, in the words of `--language`; NotUnderstood with the nearest names."""
    return named_book(
        db,
        segment=arguments.segment,
        csm=arguments.csm,
        plan=arguments.plan,
        today=today,
        locale=arguments.language,
    )


def currency_of(arguments: argparse.Namespace, db: Session, *, home: str) -> str | None:
    """The currency that is named, None for the company's own, `home`; NotUnderstood with those that there are."""
    return named_currency(db, arguments.currency, home=home)
