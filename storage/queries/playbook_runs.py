"""Playbooks at work: who does what by when for which account, what is done, and how it ended."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import Select, exists, func, insert, select, update

from storage.queries.alerts import Outcome
from storage.queries.chunks import chunks
from storage.queries.tables import account, outbox, playbook_run, playbook_step
from storage.session import Session

_c, _s = playbook_run.c, playbook_step.c


class RunState(StrEnum):
    """Where a run is."""

    RUNNING = "running"
    DONE = "done"
    """Finished, with an outcome."""
    STOPPED = "stopped"


class RunStep(NamedTuple):
    """One line of the checklist, as it read when the run began."""

    position: int
    """From 0."""
    text: str
    due_on: date | None
    done_by: str | None = None
    """The Slack user who ticked it off."""
    done_at: datetime | None = None

    @property
    def done(self) -> bool:
        """It is ticked off."""
        return self.done_at is not None


class NewRun(NamedTuple):
    """A playbook about to begin."""

    playbook_id: str
    title: str
    account_id: int
    alert_id: int | None
    owner: str
    language: str
    due_on: date | None


class Run(NamedTuple):
    """A playbook at work; see storage.models.playbook_run for the columns."""

    id: int
    playbook_id: str
    title: str
    account_id: int
    account_key: str
    account_name: str
    alert_id: int | None
    owner: str
    state: RunState
    outcome: Outcome | None
    note: str | None
    language: str
    started_at: datetime
    ended_at: datetime | None
    due_on: date | None
    version: int
    outbox_id: int | None
    presses: Mapping[str, Any]
    steps: tuple[RunStep, ...] = ()

    @property
    def done(self) -> int:
        """How many steps are ticked off."""
        return sum(step.done for step in self.steps)

    @property
    def complete(self) -> bool:
        """Every step is ticked off."""
        return self.done == len(self.steps)


class Tally(NamedTuple):
    """How often a playbook has been used, and what came of it."""

    running: int = 0
    stopped: int = 0
    outcomes: Mapping[Outcome, int] = {}

    @property
    def finished(self) -> int:
        """Runs that have an outcome."""
        return sum(self.outcomes.values())

    @property
    def begun(self) -> int:
        """All of them."""
        return self.running + self.stopped + self.finished


class Overdue(NamedTuple):
    """A step that should have been done by now."""

    owner: str
    run_id: int
    title: str
    account_key: str
    account_name: str
    text: str
    due_on: date


class Thread(NamedTuple):
    """The message under which more is said, and where it stands."""

    outbox_id: int
    destination: str
    channel_id: str | None
    """None until Slack has it."""


_own = (
    "playbook_id", "title", "account_id", "alert_id", "owner", "state", "outcome", "note", "language", "started_at",
    "ended_at", "due_on", "version", "outbox_id", "presses",
)  # fmt: skip
_runs: Select[Any] = select(
    _c.id, account.c.key.label("account_key"), account.c.name.label("account_name"), *(_c[name] for name in _own)
).join_from(playbook_run, account, account.c.id == _c.account_id)


def begin(db: Session, new: NewRun, steps: Sequence[RunStep], *, now: datetime) -> int:
    """Keep a run that begins, and return its id."""
    row = new._asdict() | {"state": RunState.RUNNING, "started_at": now, "version": 1, "presses": {}}
    run_id = int(db.execute(insert(playbook_run).values(row).returning(_c.id)).scalar_one())
    db.execute(insert(playbook_step), [step._asdict() | {"run_id": run_id} for step in steps])
    return run_id


def by_id(db: Session, run_id: int, *, lock: bool = False) -> Run | None:
    """One run with its steps; None if there is none of that id. `lock`: nobody else changes it until the end."""
    query = _runs.where(_c.id == run_id)
    return next(iter(_read(db, query.with_for_update(of=playbook_run) if lock else query)), None)


def of_account(db: Session, account_id: int, *, most: int) -> list[Run]:
    """The last runs of an account, those at work first, then the latest."""
    at_work = _c.state == RunState.RUNNING
    return _read(db, _runs.where(_c.account_id == account_id).order_by(at_work.desc(), _c.id.desc()).limit(most))


def at_work(db: Session, account_id: int, playbook_id: str) -> Run | None:
    """The run of a playbook that is at work for an account; None: none is."""
    same = (_c.account_id == account_id, _c.playbook_id == playbook_id, _c.state == RunState.RUNNING)
    return next(iter(_read(db, _runs.where(*same).order_by(_c.id))), None)


def change(db: Session, run_id: int, **values: Any) -> None:  # noqa: ANN401 - columns
    """Set columns of a run and count its version: people should see that it has changed."""
    db.execute(update(playbook_run).where(_c.id == run_id).values(version=_c.version + 1, **values))


def note(db: Session, run_id: int, **values: Any) -> None:  # noqa: ANN401 - columns
    """Set columns that nobody sees."""
    db.execute(update(playbook_run).where(_c.id == run_id).values(values))


def tick(db: Session, run_id: int, positions: Collection[int], *, by: str | None, now: datetime) -> None:
    """Note that steps are done, by whom and when; `by` None: that they are not."""
    values = {"done_by": by, "done_at": None if by is None else now}
    db.execute(update(playbook_step).where(_s.run_id == run_id, _s.position.in_(positions)).values(values))


def tallies(db: Session) -> dict[str, Tally]:
    """How often each playbook has been used, by its id."""
    found: defaultdict[str, Tally] = defaultdict(Tally)
    rows = db.execute(
        select(_c.playbook_id, _c.state, _c.outcome, func.count()).group_by(_c.playbook_id, _c.state, _c.outcome)
    )
    for playbook_id, state, outcome, count in rows:
        one = found[playbook_id]
        if state == RunState.RUNNING:
            one = one._replace(running=one.running + count)
        elif outcome is None:
            one = one._replace(stopped=one.stopped + count)
        else:
            one = one._replace(outcomes={**one.outcomes, Outcome(outcome): count})
        found[playbook_id] = one
    return dict(found)


def overdue(db: Session, today: date, *, purpose: str, occurrence: str) -> list[Overdue]:
    """The steps of all runs at work that were due before `today`, by owner, the oldest first.

    Without those of owners who have been written to: for that purpose, on that occurrence.
    """
    told = exists().where(
        outbox.c.purpose == purpose, outbox.c.occurrence == occurrence, outbox.c.destination == _c.owner
    )
    query = (
        select(_c.owner, _c.id, _c.title, account.c.key, account.c.name, _s.text, _s.due_on)
        .join_from(playbook_run, playbook_step, _s.run_id == _c.id)
        .join(account, account.c.id == _c.account_id)
        .where(_c.state == RunState.RUNNING, _s.done_at.is_(None), _s.due_on < today, ~told)
        .order_by(_c.owner, _s.due_on, _c.id, _s.position)
    )
    return [Overdue._make(row) for row in db.execute(query)]


def thread_of(db: Session, outbox_id: int) -> Thread | None:
    """The thread in which a message stands or which it opens; None if there is no such message."""
    root = select(func.coalesce(outbox.c.thread_of, outbox.c.id)).where(outbox.c.id == outbox_id).scalar_subquery()
    row = db.execute(select(outbox.c.id, outbox.c.destination, outbox.c.channel_id).where(outbox.c.id == root)).first()
    return None if row is None else Thread._make(row)


def _read(db: Session, query: Select[Any]) -> list[Run]:
    rows = [row._asdict() for row in db.execute(query)]
    steps: defaultdict[int, list[RunStep]] = defaultdict(list)
    columns = (_s.run_id, *(_s[name] for name in RunStep._fields))
    for some in chunks([row["id"] for row in rows]):
        found = select(*columns).where(_s.run_id.in_(some)).order_by(_s.run_id, _s.position)
        for run_id, *values in db.execute(found):
            steps[run_id].append(RunStep._make(values))
    return [
        Run(
            **row
            | {
                "state": RunState(row["state"]),
                "outcome": None if row["outcome"] is None else Outcome(row["outcome"]),
                "steps": tuple(steps[row["id"]]),
            }
        )
        for row in rows
    ]
