"""What periods, books of accounts, kinds of movement and their causes are called on cards."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from commands.core.request import Translator
from commands.ui import formats
from metrics.judging import Severity
from metrics.periods import Period, PeriodKind
from metrics.types import Band, BookFilter, Cause, Grade, MovementKind, Sentence, msg, plural

MOVEMENTS: Final[Mapping[MovementKind, str]] = {
    MovementKind.NEW: msg("New"),
    MovementKind.REACTIVATION: msg("Reactivation"),
    MovementKind.EXPANSION: msg("Expansion"),
    MovementKind.CONTRACTION: msg("Contraction"),
    MovementKind.CHURN: msg("Churn"),
}
CAUSES: Final[Mapping[Cause, str]] = {
    Cause.CROSS_SELL: msg("product added"),
    Cause.PRODUCT_DROPPED: msg("product dropped"),
    Cause.UPGRADE: msg("upgrade"),
    Cause.DOWNGRADE: msg("downgrade"),
    Cause.SEATS: msg("seats"),
    Cause.PRICE: msg("price"),
    Cause.CURRENCY: msg("change of currency"),
    Cause.VOLUNTARY: msg("cancelled"),
    Cause.PAYMENT_FAILURE: msg("payment failed"),
    Cause.OTHER: msg("other reason"),
}
BANDS: Final[Mapping[Band, str]] = {
    Band.GOOD: msg("good"),
    Band.AVERAGE: msg("average"),
    Band.POOR: msg("poor"),
}
BAND_SIGNS: Final[Mapping[Band | None, str]] = {Band.GOOD: "🟢", Band.AVERAGE: "🟡", Band.POOR: "🔴", None: "⚪"}
GRADES: Final[Mapping[Grade, str]] = {
    Grade.GREAT: msg("🟢 low"),
    Grade.ACCEPTABLE: msg("🟡 acceptable"),
    Grade.BAD: msg("🔴 too high"),
}
JUDGED: Final[Mapping[Grade, str]] = {
    Grade.GREAT: msg("🟢 great"),
    Grade.ACCEPTABLE: msg("🟡 acceptable"),
    Grade.BAD: msg("🔴 bad"),
}
"""The same of any figure: GRADES are those of losses."""
SEVERITY_SIGNS: Final[Mapping[Severity, str]] = {Severity.URGENT: "🔴", Severity.WARNING: "🟠", Severity.NOTICE: "🟡"}
ROLES: Final[Mapping[str, str]] = {
    "champion": msg("champion"),
    "decision_maker": msg("decision maker"),
    "admin": msg("admin"),
    "user": msg("user"),
    "billing": msg("billing"),
}

WORDS_MOST: Final = 60
"""Letters of a name or a reason on a card."""


def period_name(period: Period, t: Translator) -> str:
    """The period as people call it: October 2026, Q3 2026, 2026, 12 months to October 2026, 5 Oct to 11 Oct 2026."""
    year = str(period.start.year)
    match period.kind:
        case PeriodKind.MONTH:
            return formats.month(period.start, t.locale)
        case PeriodKind.QUARTER:
            return t("Q{quarter} {year}", quarter=(period.start.month + 2) // 3, year=year)
        case PeriodKind.YEAR:
            return year
        case PeriodKind.TRAILING:
            months = len(period.months())
            last = formats.month(period.last, t.locale)
            return t(plural("the month to {month}", "{count} months to {month}", months, month=last))
    if period.start == period.last:
        return formats.day(period.start, t.locale)
    return t("{first} to {last}", first=formats.day_short(period.start, t.locale), last=period.last)


def asked_period(asked: Period, t: Translator, *, running: bool, today: date) -> str:
    """The period's name, marked if it is not over."""
    if not running:
        return period_name(asked, t)
    if asked.kind is PeriodKind.YTD:
        return t("{year} so far, to {day}", year=str(today.year), day=formats.day_short(today, t.locale))
    return t("{period} so far, to {day}", period=period_name(asked, t), day=formats.day_short(today, t.locale))


def book_name(book: BookFilter) -> Sentence:
    """Which accounts a figure is about."""
    of_csm = None if book.csm_email is None else {"csm": short(book.csm_email)}
    if book.segment is not None and of_csm is not None:
        named = Sentence("{segment}, accounts of {csm}", {"segment": short(book.segment), **of_csm})
    elif book.segment is not None:
        named = Sentence("segment {segment}", {"segment": short(book.segment)})
    elif of_csm is not None:
        named = Sentence("accounts of {csm}", of_csm)
    else:
        named = Sentence("all customers")
    if book.plan is None:
        return named
    plan = {"plan": short(book.plan)}
    if book.segment is None and of_csm is None:
        return Sentence("plan {plan}", plan)
    return Sentence("{accounts}, plan {plan}", {"accounts": named, **plan})


def short(text: str) -> str:
    """A customer's words, cut to what a card has room for."""
    return text if len(text) <= WORDS_MOST else text[: WORDS_MOST - 1].rstrip() + "…"
