"""By which rules the stored ledger was built, and for which day: one line in `setting`."""

from datetime import date
from typing import Final, NamedTuple

from sqlalchemy import Connection, insert, select, update

from metrics.types import ChurnDate, LedgerRules
from storage.schema import metadata

_SETTING: Final = metadata().tables["setting"]
_NAME: Final = "ledger_rules"
_NONE: Final = "-"


class Built(NamedTuple):
    """What the ledger was made with."""

    rules: LedgerRules
    day: date | None = None
    """The day up to which bills have become past due in it; None: by these rules they never do."""


def wanted(rules: LedgerRules, today: date) -> Built:
    """What a ledger of these rules is made with today."""
    return Built(rules, None if rules.past_due_days is None else today)


def built(connection: Connection) -> Built | None:
    """What the ledger was made with; None: there never was one."""
    value = connection.execute(select(_SETTING.c.value).where(_SETTING.c.name == _NAME)).scalar()
    return None if value is None else _read(value)


def remember(connection: Connection, what: Built) -> None:
    """Note what the ledger is made with from now on."""
    if built(connection) is None:
        connection.execute(insert(_SETTING).values(name=_NAME, value=_written(what)))
    else:
        connection.execute(update(_SETTING).where(_SETTING.c.name == _NAME).values(value=_written(what)))


def _written(what: Built) -> str:
    """As text: `0 service_end - -`, or `3 cancellation 30 2026-11-23`."""
    grace, churn_date, late = what.rules
    return f"{grace} {churn_date} {_NONE if late is None else late} {what.day or _NONE}"


def _read(value: str) -> Built:
    """The same back; a store from before there were other rules says the grace days alone."""
    grace, *rest = value.split()
    if not rest:
        return Built(LedgerRules(int(grace)))
    churn_date, late, day = rest
    return Built(
        LedgerRules(int(grace), ChurnDate(churn_date), None if late == _NONE else int(late)),
        None if day == _NONE else date.fromisoformat(day),
    )
