"""A playbook at work: begun, ticked off, handed over and ended, together with the alert it is for."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from commands.core.errors import UserError
from commands.core.recipients import wrong_person
from commands.core.request import Request
from metrics.checklists import Playbook
from metrics.deadlines import working_day_after
from metrics.types import Sentence
from storage.queries import alert_steps, playbook_runs
from storage.queries.alert_steps import Step
from storage.queries.alerts import Outcome, State
from storage.queries.playbook_runs import NewRun, Run, RunState, RunStep
from storage.session import Session

GROUP = 10
"""So many boxes Slack puts into one group."""
NOTE_MOST = 2000
NOTHING = "-"
GONE = Sentence("This playbook is no longer there.")
ENDED = Sentence("This playbook has ended.")


@dataclass(frozen=True, slots=True)
class Start:
    """What somebody wants to begin."""

    playbook: Playbook
    """In the words in which it will stand."""
    account_id: int
    alert_id: int | None
    owner: str
    language: str


class Shown(NamedTuple):
    """A group of boxes as a message showed it; it travels as the block's id and comes back with each tick."""

    run_id: int
    version: int
    group: int
    ticked: frozenset[int]

    def __str__(self) -> str:
        ticked = ",".join(map(str, sorted(self.ticked))) or NOTHING
        return f"playbooks.steps {self.run_id} {self.version} {self.group} {ticked}"


def shown_of(block_id: str) -> Shown:
    """The reverse; UserError for a block that is none of ours."""
    name, *numbers = block_id.split(" ")
    if name != "playbooks.steps" or len(numbers) != 4 or not all(number.isdecimal() for number in numbers[:3]):
        raise UserError(GONE)
    ticked = [] if numbers[3] == NOTHING else numbers[3].split(",")
    if not all(part.isdecimal() for part in ticked):
        raise UserError(GONE)
    run_id, version, group = map(int, numbers[:3])
    return Shown(run_id, version, group, frozenset(map(int, ticked)))


def group_shown(run: Run, group: int) -> Shown:
    """A group of boxes as the run stands."""
    ticked = frozenset(step.position for step in steps_in(run, group) if step.done)
    return Shown(run.id, run.version, group, ticked)


def steps_in(run: Run, group: int) -> tuple[RunStep, ...]:
    """The steps of one group."""
    return run.steps[group * GROUP : (group + 1) * GROUP]


def begin(request: Request, db: Session, start: Start) -> Run:
    """Keep a new run with its due days; an open alert is taken by the owner. UserError if it runs already."""
    same = playbook_runs.at_work(db, start.account_id, start.playbook.id)
    if same is not None:
        raise UserError(Sentence("“{playbook}” is at work for {account} already.", _names(same)))
    quiet = request.company.quiet

    def due(days: int | None) -> date | None:
        return None if days is None else working_day_after(request.today, days, quiet)

    steps = [RunStep(place, step.text, due(step.days)) for place, step in enumerate(start.playbook.steps)]
    new = NewRun(
        start.playbook.id,
        start.playbook.title,
        start.account_id,
        start.alert_id,
        start.owner,
        start.language,
        due(start.playbook.days),
    )
    run_id = playbook_runs.begin(db, new, steps, now=request.now)
    run = _known(db, run_id)
    if run.alert_id is not None:
        _take(request, db, run, (State.OPEN, State.SNOOZED))
        detail = {"run": run.id, "title": run.title}
        alert_steps.note(db, run.alert_id, Step.PLAYBOOK, now=request.now, actor=request.actor.user_id, detail=detail)
    return run


def tick(request: Request, db: Session, shown: Shown, checked: frozenset[int]) -> Run | None:
    """Write what the person changed; None if that is nothing.

    A press carries all the boxes as the person saw them, so only the difference to what they saw is theirs: what
    others ticked meanwhile stays. They saw what the message showed, or, once they had ticked something in this version
    of it, what they ticked last; a press that arrives after a later one of theirs says nothing new.
    """
    run = running(db, shown.run_id)
    key = f"{request.actor.user_id} {shown.group}"
    version, moment, last = run.presses.get(key, (0, "", ()))
    again = version == shown.version
    if again and request.moment <= moment:
        return None
    seen = frozenset(last) if again else shown.ticked
    press = [shown.version, request.moment, sorted(checked)]
    playbook_runs.note(db, run.id, presses={**run.presses, key: press})
    here = {step.position: step for step in steps_in(run, shown.group)}
    done = [place for place in checked - seen if place in here and not here[place].done]
    undone = [place for place in seen - checked if place in here and here[place].done]
    if not done and not undone:
        return None
    playbook_runs.tick(db, run.id, done, by=request.actor.user_id, now=request.now)
    playbook_runs.tick(db, run.id, undone, by=None, now=request.now)
    return _changed(db, run)


def assign(request: Request, db: Session, run_id: int, owner: str) -> Run | None:
    """Give a run to somebody, with the alert; None if it is theirs already."""
    run = running(db, run_id)
    if run.owner == owner:
        return None
    wrong = wrong_person(request, owner)
    if wrong is not None:
        raise UserError(wrong)
    run = _changed(db, run, owner=owner)
    if run.alert_id is not None:
        _take(request, db, run, (State.OPEN, State.SNOOZED, State.TAKEN))
    return run


def finish(request: Request, db: Session, run_id: int, outcome: Outcome, note: str | None) -> Run:
    """End a run, and its alert if that is open, with what came of it."""
    run = running(db, run_id)
    run = _changed(db, run, state=RunState.DONE, outcome=outcome, note=note, ended_at=request.now)
    if run.alert_id is not None:
        alert_steps.change(
            db,
            run.alert_id,
            Step.CLOSED,
            now=request.now,
            actor=request.actor.user_id,
            detail={"outcome": outcome, "run": run.id},
            state=State.CLOSED,
            outcome=outcome,
            note=note,
            closed_at=request.now,
        )
    return run


def stop(request: Request, db: Session, run_id: int) -> Run:
    """End a run without an outcome; its alert stays as it is."""
    return _changed(db, running(db, run_id), state=RunState.STOPPED, ended_at=request.now)


def running(db: Session, run_id: int) -> Run:
    """A run at work, which nobody else changes until the transaction ends; UserError if it is gone or has ended."""
    run = playbook_runs.by_id(db, run_id, lock=True)
    if run is None:
        raise UserError(GONE)
    if run.state is not RunState.RUNNING:
        raise UserError(ENDED)
    return run


def _take(request: Request, db: Session, run: Run, only_in: tuple[State, ...]) -> None:
    """The alert is the owner's; it is due with the run."""
    alert_steps.change(
        db,
        run.alert_id or 0,
        Step.TAKEN,
        now=request.now,
        actor=run.owner,
        detail={"by": request.actor.user_id, "run": run.id},
        only_in=only_in,
        state=State.TAKEN,
        taken_by=run.owner,
        taken_at=request.now,
        due_on=run.due_on,
        snoozed_until=None,
    )


def _changed(db: Session, run: Run, **values: object) -> Run:
    playbook_runs.change(db, run.id, **values)
    return _known(db, run.id)


def _known(db: Session, run_id: int) -> Run:
    run = playbook_runs.by_id(db, run_id)
    if run is None:
        raise UserError(GONE)
    return run


def _names(run: Run) -> dict[str, str]:
    return {"playbook": run.title, "account": run.account_name}
