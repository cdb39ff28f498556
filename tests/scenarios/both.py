"""A store and an oracle that have read the same files: what the tests of figures hold against each other."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any, Final, NamedTuple

from sqlalchemy import Engine, bindparam, insert, select, update

from bot.opening import keep_up
from commands.core.metric_values import values
from commands.core.request import Company
from metrics.formulas import all_metrics
from metrics.periods import Period
from metrics.types import BookFilter, Definitions, Metric
from storage.queries.rates import rates_on
from storage.queries.totals import Scope
from storage.schema import metadata
from storage.session import Session, reading, transaction
from tests.factories import NOW, import_files
from tests.scenarios.oracle.asked import Asked
from tests.scenarios.oracle.everything import write_everything
from tests.scenarios.oracle.files import HOME, ZONE, Record, Value, records
from tests.scenarios.oracle.world import World

METRICS: Final = tuple(all_metrics().values())
MARGIN: Final = Fraction(4, 5)
SMALL, SEED = 100, 11


class Both(NamedTuple):
    """A store, and the oracle that has read the same files."""

    db: Session
    world: World

    def scope(self, period: Period, book: BookFilter) -> Scope:
        rates = rates_on(self.db, period.last, home=HOME)
        return Scope(period, rates, ZONE, book, Definitions(gross_margin=MARGIN))

    def found(self, period: Period, book: BookFilter, metrics: Iterable[Metric[Any]] = METRICS) -> dict[str, Value]:
        return {metric.id: figure.value for metric, figure in values(self.db, metrics, self.scope(period, book))}

    def expected(self, period: Period, book: BookFilter, rates_of: date | None = None) -> dict[str, Value]:
        return self.world.figures(self.asked(period, book, rates_of))

    def asked(self, period: Period, book: BookFilter, rates_of: date | None = None) -> Asked:
        """What the oracle is asked."""
        return self.world.asked(
            period.start,
            period.end,
            rates_of=rates_of,
            segment=book.segment,
            csm=book.csm_email,
            plan=book.plan,
        )


def both(
    engine: Engine,
    folder: Path,
    *,
    accounts: int,
    seed: int,
    share: Fraction = Fraction(1),
    only: Sequence[str] = ("",),
) -> Iterator[Both]:
    """A world as oracle.everything draws it; of its files only those whose names begin so are imported."""
    files = write_everything(folder, accounts=accounts, seed=seed, share=share)
    report = import_files(engine, *(path for path in sorted(files.glob("*.csv")) if path.name.startswith(tuple(only))))
    assert report.flawless, [problem for file in report.files for problem in file.problems][:5]
    keep_up(engine, Company(HOME, ZONE), NOW)
    keep_snapshots(engine, files)
    keep_surveys(engine, files / "kept")
    with reading(engine) as db:
        yield Both(db, World(files, gross_margin=MARGIN))


def keep_snapshots(engine: Engine, files: Path) -> None:
    """No importer brings them: the bot takes them every day."""
    snapshot = metadata().tables["health_snapshot"]
    with transaction(engine) as db:
        ids = ids_of(db, "account")
        rows = [
            {
                "account_id": ids[one["account_id"]],
                "day": one["day"],
                "score": one["score"],
                "band": one["band"],
                "coverage_permille": 0 if one["score"] is None else 700,
                "permille": {},
            }
            for one in records(files / "kept" / "snapshots.csv")
        ]
        db.connection().execute(insert(snapshot), rows)


def keep_surveys(engine: Engine, kept: Path) -> None:
    """Nor these: people are asked and answer in Slack, and void what was no answer."""
    tables = metadata().tables
    with transaction(engine) as db:
        accounts, contacts = ids_of(db, "account"), ids_of(db, "contact")

        def whose(one: Record) -> dict[str, object]:
            return {"account_id": accounts[one["account_id"]], "contact_id": contacts.get(one["contact_id"])}

        usual: dict[str, object] = {"audience": {}, "wording": {}, "created_at": NOW}
        waves = [
            {
                "id": int(one["wave"]),
                "occurrence": one["wave"],
                **usual,
                **picked(one, "kind name start_at anonymous state"),
            }
            for one in records(kept / "survey_waves.csv")
        ]
        asks = [
            {
                "id": int(one["ask"]),
                "wave_id": int(one["wave"]),
                "occasion": one["ask"],
                "token": None if one["state"] == "skipped" else one["ask"],
                "detail": {},
                "decided_at": NOW,
                **whose(one),
                **picked(one, "kind state asked_at"),
            }
            for one in records(kept / "asks.csv")
        ]
        answers = [
            {
                "key": one["response_id"],
                "ask_id": int(one["ask"]),
                **whose(one),
                **picked(one, "kind score choice language responded_at"),
            }
            for one in records(kept / "slack_answers.csv")
        ]
        unnamed = [
            {"wave_id": int(one["wave"]), **picked(one, "mark kind score choice day segment void_reason")}
            for one in records(kept / "anonymous_answers.csv")
        ]
        connection, responses = db.connection(), tables["survey_response"]
        connection.execute(insert(tables["survey_wave"]), waves)
        connection.execute(insert(tables["survey_ask"]), asks)
        connection.execute(insert(responses), answers)
        connection.execute(insert(tables["anonymous_answer"]), unnamed)
        voided = [{"which": one["response_id"]} for one in records(kept / "voided.csv")]
        connection.execute(update(responses).where(responses.c.key == bindparam("which")).values(voided_at=NOW), voided)


def ids_of(db: Session, table: str) -> dict[str, int]:
    """By key."""
    columns = metadata().tables[table].c
    return {key: id_ for key, id_ in db.execute(select(columns.key, columns.id))}  # noqa: C416 - rows are no pairs


def picked(one: Record, names: str) -> dict[str, object]:
    """Some values of a row, by their names."""
    return {name: one[name] for name in names.split()}
