"""Readers of settings' values: each returns what it has read, or raises ValueError with what was expected."""

from collections.abc import Callable
from fractions import Fraction
from urllib.parse import SplitResult, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from commands.ui.text import LOCALES
from metrics.business_hours import BusinessHours, parse
from metrics.errors import UnknownCurrency
from metrics.money import minor_digits
from metrics.types import ChurnDate


def zone_name(name: str) -> str:
    """A time zone that there is."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ValueError("expected the name of a time zone such as Europe/Madrid or UTC") from error
    return name


def currency_code(code: str) -> str:
    """An ISO 4217 code, in capitals."""
    try:
        minor_digits(code.upper())
    except UnknownCurrency as error:
        raise ValueError("expected an ISO 4217 code such as USD or EUR") from error
    return code.upper()


def database_url(url: str) -> str:
    """The address of an SQLite file or of PostgreSQL."""
    expected = "expected sqlite:///FILE or postgresql://USER:PASSWORD@HOST/DATABASE"
    try:
        address = make_url(url)
    except (ArgumentError, ValueError) as error:
        raise ValueError(expected) from error
    if address.get_backend_name() not in {"sqlite", "postgresql"} or address.database in {None, "", ":memory:"}:
        raise ValueError(expected)
    return url


def command_prefix(prefix: str) -> str:
    """What Slack takes in the name of a command."""
    if prefix and not (prefix.replace("-", "").isalnum() and prefix.isascii() and prefix == prefix.lower()):
        raise ValueError("expected lower-case letters, digits and hyphens, for example cs-")
    return prefix


def api_url(url: str) -> str:
    """An address that nobody else can read, with a slash at its end."""
    address = urlsplit(url)
    if not address.hostname or (address.scheme != "https" and not _on_this_machine(address)):
        raise ValueError("expected an https:// address (http:// only on this machine)")
    return url if url.endswith("/") else url + "/"


def _on_this_machine(address: SplitResult) -> bool:
    return address.scheme == "http" and address.hostname in {"127.0.0.1", "localhost"}


def share(text: object) -> Fraction:
    """A share of the whole, 0 to 1."""
    expected = "expected a number from 0 to 1 such as 0.8"
    try:
        found = Fraction(str(text))
    except (ValueError, ZeroDivisionError) as error:
        raise ValueError(expected) from error
    if not 0 <= found <= 1:
        raise ValueError(expected)
    return found


def churn_date(text: object) -> ChurnDate:
    """One of the two days."""
    try:
        return ChurnDate(str(text).strip().lower())
    except ValueError as error:
        raise ValueError("expected service_end or cancellation") from error


def whole_or_nothing(what: str, most: int, example: int) -> Callable[[object], int | None]:
    """A reader of a whole number from 0 on, where it is given; `what` names it in what was expected."""

    def read(text: object) -> int | None:
        if text is None:
            return None
        number = str(text).strip()
        if not (number.isascii() and number.isdigit() and int(number) <= most):
            raise ValueError(f"expected nothing, or a {what} from 0 to {most} such as {example}")
        return int(number)

    return read


def readable(read: Callable[[str], object]) -> Callable[[str], str]:
    """A reader that leaves a text as it is, which `read` must understand."""

    def check(text: str) -> str:
        read(text)
        return text

    return check


def business_hours(text: object) -> BusinessHours | None:
    """When time counts; None: always."""
    return None if text is None else parse(str(text))


def language(text: str) -> str:
    """A language that there is, in lower case."""
    if text.strip().lower() not in LOCALES:
        raise ValueError(f"expected one of {', '.join(LOCALES)}")
    return text.strip().lower()


def users(text: str) -> str:
    """Ids of people, with a comma between them."""
    ids = text.replace(",", " ").split()
    if not all(_is_id(each, "UW") for each in ids):
        raise ValueError(
            "expected Slack's ids of people such as U0123ABCD, U0456EFGH (a person's profile, ⋮, Copy member ID)"
        )
    return ",".join(ids)


def destination(text: str) -> str:
    """The id of a channel or of a person; empty: none."""
    if text.strip() and not _is_id(text.strip(), "CGUW"):
        raise ValueError("expected the id of a channel such as C0123ABCD (at the end of its details), not its name")
    return text.strip()


def _is_id(text: str, kinds: str) -> bool:
    return text[:1] in kinds and len(text) > 2 and text.isascii() and text.isalnum() and text == text.upper()
