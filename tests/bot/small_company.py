"""Three customers as CSV files: what is known on one day, and what came to be known after it."""

import csv
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from sqlalchemy import Engine

from bot.jobs import JobContext
from commands.core.request import Company
from storage.load import load

LATER = date(2026, 11, 22)
EARLIER = date(2026, 11, 2)
"""The last days of the two deliveries."""

COMPANY = Company("USD", ZoneInfo("Europe/Madrid"))

Rows = Sequence[Mapping[str, str]]


def context(engine: Engine, day: date) -> JobContext:
    """A job's context for a day, at the end of it."""
    return JobContext(engine, COMPANY, day, datetime.combine(day, time(23), UTC))


def bring(engine: Engine, day: date) -> None:
    """Load what the company knew on a day."""
    now = datetime.combine(day, time(22), UTC)
    with TemporaryDirectory() as folder:
        files = write_known_by(Path(folder), day)
        report = load(engine, [files], zone=COMPANY.zone, home_currency=COMPANY.currency, now=now)
    assert report.flawless, report


def write(folder: Path, name: str, rows: Rows) -> Path:
    """One CSV file under the header of the first row."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    return path


def write_known_by(folder: Path, day: date) -> Path:
    """The company's files as they were sent in the evening of `day`: nothing in them happened after it."""
    for name, rows in known_by(day).items():
        write(folder, f"{name}.csv", rows)
    return folder


def known_by(day: date) -> dict[str, Rows]:
    """All rows that were known on `day`, by entity."""

    def then(moment: date, text: str = "") -> str:
        """The text, or the moment itself, once it has come."""
        return (text or moment.isoformat()) if moment <= day else ""

    left, paid, solved, ended = (date(2026, 11, number) for number in (10, 12, 5, 15))
    return {
        "accounts": [
            {"account_id": "acme", "name": "Acme", "csm_email": "ana@us.example", "created_on": "2025-06-01"},
            {"account_id": "bolt", "name": "Bolt", "csm_email": "ana@us.example", "created_on": "2025-06-01"},
            {"account_id": "core", "name": "Core", "csm_email": "ben@us.example", "created_on": "2025-06-01"},
        ],
        "contacts": [
            {
                "contact_id": "acme-1",
                "account_id": "acme",
                "name": "Marta",
                "role": "champion",
                "is_poc": "yes",
                "started_on": "2025-06-01",
                "left_on": then(left),
            },
        ],
        "subscriptions": [
            _subscription("acme", "1000.00", "USD"),
            _subscription("bolt", "500.00", "EUR"),
            _subscription("core", "200.00", "USD", then(ended)),
        ],
        "invoices": [
            {
                "invoice_id": "i-1",
                "account_id": "bolt",
                "amount": "500.00",
                "currency": "EUR",
                "due_on": "2026-10-20",
                "paid_on": then(paid),
                "status": then(paid, "paid") or "failed",
                "failed_on": "2026-10-20",
            },
        ],
        "tickets": [
            {
                "ticket_id": "t-1",
                "account_id": "acme",
                "opened_at": "2026-10-30T11:00:00Z",
                "resolved_at": then(solved, "2026-11-05T11:00:00Z"),
                "escalated": "no",
            },
        ],
        "survey_responses": [
            response
            for response in (
                _response("r-1", "9", date(2026, 10, 15)),
                _response("r-2", "2", date(2026, 11, 8)),
            )
            if response["responded_at"][:10] <= day.isoformat()
        ],
        "usage": [
            {"account_id": key, "day": moment.isoformat(), "user_id": f"{key}-1", "feature": "board", "sessions": "3"}
            for key in ("acme", "bolt")
            for moment in _days(date(2026, 7, 1), day)
        ],
        "fx_rates": [
            {"currency": "EUR", "day": moment.isoformat(), "rate": "1.10" if moment < left else "1.25"}
            for moment in _days(date(2026, 9, 1), day)
        ],
    }


def _subscription(account: str, amount: str, currency: str, ended_on: str = "") -> dict[str, str]:
    return {
        "subscription_id": f"s-{account}",
        "account_id": account,
        "product": "Core",
        "plan": "Team",
        "amount": amount,
        "currency": currency,
        "interval": "month",
        "started_on": "2025-06-01",
        "ended_on": ended_on,
        "end_reason": "voluntary" if ended_on else "",
    }


def _response(key: str, score: str, day: date) -> dict[str, str]:
    return {
        "response_id": key,
        "account_id": "acme",
        "contact_id": "acme-1",
        "kind": "nps",
        "score": score,
        "responded_at": f"{day.isoformat()}T09:00:00Z",
    }


def _days(since: date, until: date) -> list[date]:
    return [since + timedelta(days=number) for number in range((until - since).days + 1)]
