"""latido risks --csm ana: the open risks of all customers, or of some, the worst first; for people and for programs.

As JSON an account is one object on a line of its own, with everything that its rules found. Which feeds have stopped,
so that signals are held back, is said on standard error, and in every object as `stopped`: the last day of each.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Any

from bot import book_options
from bot.cli import Verb, not_understood
from bot.opening import keep_up, open_store
from bot.settings import load_settings
from commands.core.errors import UserError
from commands.core.metric_json import decimal, exact
from commands.core.rates import rates_needed
from commands.core.request import Company, Translator
from commands.core.risk_question import RiskRow, scan
from commands.ui.cards.atrisk import account_paragraph
from commands.ui.cards.paragraphs import plain_text
from commands.ui.cards.stops import held_back
from commands.ui.text import LOCALES, translator
from metrics.feeds import Stops
from metrics.judging import Finding, Rule
from metrics.types import Unit
from storage.queries.feed import stopped
from storage.queries.rates import rates_on
from storage.session import Session, reading


def configure(parser: argparse.ArgumentParser) -> None:
    """Whose risks, in what currency, and how they are printed."""
    book_options.configure(parser)
    parser.add_argument("--json", action="store_true", help="one account a line")
    parser.add_argument("--language", default="en", choices=LOCALES, help="en, es or ru")


def run(arguments: argparse.Namespace) -> int:
    """Print today's open risks; names that nobody knows are one sentence with the nearest, and exit code 2."""
    settings = load_settings()
    company, now = settings.company(), datetime.now(UTC)
    t = translator(arguments.language)
    today = now.astimezone(company.zone).date()
    engine = open_store(settings.database_url)
    try:
        keep_up(engine, company, now)
        with reading(engine) as db:
            rows = _risks(arguments, db, company, today)
            stops = stopped(db, today, company.zone)
        sys.stdout.writelines(_json(rows, stops, today, t) if arguments.json else _lines(rows, t))
        if stops:
            print(plain_text(t, ((held_back(stops),),)), file=sys.stderr)
    except UserError as error:
        return not_understood(VERB, error, t)
    finally:
        engine.dispose()
    return 0


def _risks(arguments: argparse.Namespace, db: Session, company: Company, today: date) -> Sequence[RiskRow]:
    book = book_options.book_of(arguments, db, today=today)
    shown = book_options.currency_of(arguments, db, home=company.currency)
    with rates_needed():
        rates = rates_on(db, today, home=company.currency, shown=shown)
        return scan(
            db, today=today, zone=company.zone, rates=rates, policy=company.health, rules=company.rules, book=book
        )


def _lines(rows: Sequence[RiskRow], t: Translator) -> Iterator[str]:
    if not rows:
        yield t("No open risks") + "\n"
    for row in rows:
        first, *rest = plain_text(t, (account_paragraph(row, t),)).split("\n")
        yield "\n".join((first, *(f"  {line}" for line in rest))) + "\n"


def _json(rows: Sequence[RiskRow], stops: Stops, today: date, t: Translator) -> Iterator[str]:
    silent = {entity: stop.last_on.isoformat() for entity, stop in stops.items()}
    for row in rows:
        account, health = row.account, row.health
        about: dict[str, Any] = {
            "account": account.key,
            "name": account.name,
            "segment": account.segment,
            "csm": account.csm_email,
            "mrr": exact(account.mrr.minor, Unit.MONEY, account.mrr.currency),
            "health": {
                "score": health.score,
                "band": None if health.band is None else health.band.value,
                "coverage": decimal(health.coverage),
            },
            "severity": row.severity.value,
            "since": row.since and row.since.isoformat(),
            "risks": [_risk(rule, finding, t) for rule, finding in row.found],
            "as_of": today.isoformat(),
            "stopped": silent,
        }
        yield json.dumps(about, ensure_ascii=False) + "\n"


def _risk(rule: Rule, finding: Finding, t: Translator) -> dict[str, Any]:
    return {
        "rule": rule.id,
        "severity": finding.severity.value,
        "since": finding.since and finding.since.isoformat(),
        "title": t(rule.title),
        "why": t(finding.why),
        "advice": t(rule.advice),
    }


VERB = Verb("risks", "Print the open risks of the customers, the worst first", configure, run)
