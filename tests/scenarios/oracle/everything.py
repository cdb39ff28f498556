"""The files of a whole company at random."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path
from random import Random

from tests.scenarios.oracle import dealings, people, surveys
from tests.scenarios.oracle.company import write_company
from tests.scenarios.oracle.files import texts, write


def write_everything(folder: Path, *, accounts: int, seed: int, share: Fraction = Fraction(1)) -> Path:
    """Every file of the data contract that a figure rests on, and in `kept` health scores and surveys of our own.

    `share` says how much of what usually is known of an account.
    """
    write_company(folder, accounts=accounts, seed=seed)
    random = Random(seed + 1)
    segments = {row["account_id"]: row["segment"] for row in texts(folder / "accounts.csv")}
    keys = list(segments)
    some_each = int(accounts * share)
    due: dict[str, date] = {}
    for number in range(3):
        some = random.sample(keys, len(keys) * 4 // 5)
        write(folder / f"accounts-{number}.csv", people.wave(random, some, due))
    some = random.sample(keys, len(keys) // 2)
    write(folder / "accounts-3.csv", people.renewals_on_days_that_matter(random, some, _turning(folder)))
    contacts = list(people.contacts(random, keys))
    write(folder / "contacts.csv", contacts)
    answers = list(people.answers(random, contacts, keys, 12 * some_each))
    write(folder / "survey_responses.csv", answers)
    write(folder / "invoices.csv", dealings.invoices(random, keys, 12 * some_each))
    write(folder / "costs.csv", dealings.costs(random, keys, 3 * some_each))
    write(folder / "tickets.csv", dealings.tickets(random, keys, 6 * some_each))
    write(folder / "leads.csv", dealings.leads(random, keys, 3 * some_each))
    write(folder / "campaigns.csv", dealings.campaigns(random, keys, 3 * some_each))
    write(folder / "advocacy.csv", dealings.advocacy(random, keys, some_each))
    write(folder / "usage.csv", dealings.usage(random, segments, max(2, min(60, 12_000 // accounts))))
    (folder / "kept").mkdir()
    write(folder / "kept" / "snapshots.csv", people.snapshots(random, keys[:: int(1 / share)]))
    _write_surveys(folder / "kept", random, contacts, answers, segments)
    return folder


def _write_surveys(
    kept: Path,
    random: Random,
    contacts: Sequence[dict[str, str]],
    answers: Sequence[dict[str, str]],
    segments: dict[str, str],
) -> None:
    rounds = surveys.waves(random, 24)
    asked = list(surveys.asks(random, rounds, contacts))
    given = list(surveys.answers(random, asked, rounds))
    write(kept / "survey_waves.csv", rounds)
    write(kept / "asks.csv", asked)
    write(kept / "slack_answers.csv", given)
    write(kept / "anonymous_answers.csv", surveys.unnamed(random, asked, rounds, segments))
    write(kept / "voided.csv", surveys.voided(random, [*answers, *given]))


def _turning(folder: Path) -> dict[str, list[date]]:
    """The days of this and last year on which rows of each account start or end."""
    found: dict[str, list[date]] = {}
    for row in texts(folder / "subscriptions.csv"):
        for name in ("started_on", "ended_on"):
            if "2025-09" < row[name] < "2026-12":
                found.setdefault(row["account_id"], []).append(date.fromisoformat(row[name]))
    return found
