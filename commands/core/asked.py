"""What a question about figures asks for: its period as far as it has come, what that is held against, its neighbours.

A period that is still running is taken up to today and compared with as many days of the period before.
"""

from datetime import date, timedelta
from typing import Final

from commands.core.arguments import Arguments, Asking, Known, parse
from commands.core.request import Request
from metrics.periods import Period, PeriodKind, month_of
from storage.queries.accounts import csm_emails, segments
from storage.queries.books import plans
from storage.queries.rates import currencies
from storage.session import Session

CHART_MONTHS: Final = 12
STEPPED: Final = (PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.YEAR)
"""Kinds of period that have a next one: the others end with today."""


def asking_of(request: Request, db: Session, command: str) -> Asking:
    """The circumstances of a question to `command`, with all names that the store knows."""
    codes = currencies(db, request.company.currency)
    known = Known(segments(db), csm_emails(db), request.actor.email, plans(db), codes)
    return Asking(f"/{command}", request.today, request.t.locale, known)


def arguments_of(request: Request, db: Session, command: str, text: str) -> Arguments:
    """The period and book that `text` asks for; NotUnderstood with what would have worked."""
    return parse(text, asking_of(request, db, command))


def neighbours(asked: Arguments, today: date) -> tuple[Arguments | None, Arguments | None]:
    """The same question one period earlier and one later; None where a step makes no sense or has not begun."""
    if asked.period.kind not in STEPPED:
        return None, None
    earlier = asked._replace(period=asked.period.previous())
    later = _after(asked.period)
    return earlier, asked._replace(period=later) if later.start <= today else None


def so_far(period: Period, today: date) -> Period:
    """The period up to and including today."""
    tomorrow = today + timedelta(days=1)
    return period if period.end <= tomorrow else Period(period.start, tomorrow)


def comparable(whole: Period, come: Period) -> Period:
    """The period before `whole`, as far as `come`, what there is of it so far, has come."""
    before = whole.previous()
    if whole == come:
        return before
    return Period(before.start, min(before.start + timedelta(days=come.days), before.end))


def months_to(period: Period) -> tuple[Period, ...]:
    """The twelve calendar months that end with the period's last day; the last one is cut there."""
    last = month_of(period.last)
    months = [Period(last.start, period.end, last.kind if period.end == last.end else PeriodKind.CUSTOM)]
    while len(months) < CHART_MONTHS:
        months.append(month_of(months[-1].start - timedelta(days=1)))
    return tuple(reversed(months))


def _after(period: Period) -> Period:
    """The next period of the same kind."""
    end = period.end
    for _ in period.months():
        end = month_of(end).end
    return Period(period.end, end, period.kind)
