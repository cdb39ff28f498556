"""latido report october --out report.pdf: the monthly report as pages, for people without Slack and for archives."""

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

from bot.cli import Verb, not_understood
from bot.drawing import drawn_apart
from bot.opening import keep_up, open_store
from bot.settings import load_settings
from commands.core.arguments import Asking, Known, parse
from commands.core.errors import UserError
from commands.core.reply import Document
from commands.core.report_question import report
from commands.core.request import Company, Translator
from commands.ui.cards.report_paper import report_document
from commands.ui.text import LOCALES, translator
from storage.queries.accounts import csm_emails, segments
from storage.queries.books import plans
from storage.queries.rates import currencies
from storage.session import Session, reading


def configure(parser: argparse.ArgumentParser) -> None:
    """Of which month and whom, and where to."""
    parser.add_argument(
        "about", nargs="*", help='as after /report: "october", "last month", "enterprise", "csm:ana", "in EUR"'
    )
    parser.add_argument("--out", type=Path, metavar="FILE", help="the file (default: report-2026-10.pdf, here)")
    parser.add_argument("--language", default="en", choices=LOCALES, help="en, es or ru")


def run(arguments: argparse.Namespace) -> int:
    """Save the pages and print where; a month or an account that nobody knows is one sentence, and exit code 2."""
    settings = load_settings()
    company, now = settings.company(), datetime.now(UTC)
    t = translator(arguments.language)
    engine = open_store(settings.database_url)
    try:
        keep_up(engine, company, now)
        with reading(engine) as db:
            document = _document(db, " ".join(arguments.about), company, now, t)
    except UserError as error:
        return not_understood(VERB, error, t)
    finally:
        engine.dispose()
    path: Path = arguments.out or Path(document.filename)
    content = None if document.paper is None else drawn_apart(document.paper)
    if content is None:
        print("latido report: the pages could not be drawn; the log says why", file=sys.stderr)
        return 1
    path.write_bytes(content)
    print(path.resolve())
    return 0


def _document(db: Session, about: str, company: Company, now: datetime, t: Translator) -> Document:
    today = now.astimezone(company.zone).date()
    known = Known(segments(db), csm_emails(db), None, plans(db), currencies(db, company.currency))
    asked = parse(about, Asking("/report", today, t.locale, known))
    return report_document(report(db, asked, company=company, today=today), t, company.name)


VERB = Verb("report", "Save the monthly report as a PDF", configure, run)
