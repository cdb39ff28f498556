"""What the company wrote of playbooks, and what is at work, as the store keeps it."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Engine, select

from metrics.checklists import Playbook, Step
from storage.queries import playbook_runs, playbooks
from storage.queries.alerts import Outcome
from storage.queries.outbox import Draft, put
from storage.queries.playbook_runs import NewRun, RunStep
from storage.queries.tables import account
from storage.session import transaction
from tests.factories import accounts, import_files, write_csv

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
OWN = Playbook("own_1", "Ours", ("usage_drop",), (Step("Call", 2), Step("Write")))


@pytest.fixture
def account_id(engine: Engine, tmp_path) -> int:
    import_files(engine, write_csv(tmp_path / "accounts.csv", accounts("a1")))
    with transaction(engine) as db:
        return int(db.execute(select(account.c.id)).scalar_one())


def test_a_playbook_is_kept_written_anew_and_forgotten(db):
    playbooks.keep(db, OWN, by="U1", now=NOW)
    assert playbooks.kept(db)["own_1"] == playbooks.Kept(OWN, "U1", NOW, False)
    playbooks.keep(db, OWN, by="U2", now=NOW, removed=True)
    assert playbooks.kept(db)["own_1"] == playbooks.Kept(OWN, "U2", NOW, True)
    assert playbooks.free_id(db) == "own_2"
    playbooks.forget(db, "own_1")
    assert playbooks.kept(db) == {}
    assert playbooks.free_id(db) == "own_1"


def test_ids_of_declared_playbooks_do_not_count_for_the_next_one(db):
    playbooks.keep(db, Playbook("own_x", "x", (), (Step("a"),)), by="U1", now=NOW)
    playbooks.keep(db, Playbook("gone_quiet", "x", (), (Step("a"),)), by="U1", now=NOW)
    assert playbooks.free_id(db) == "own_1"


def new(account_id: int, playbook: str = "own_1") -> NewRun:
    return NewRun(playbook, "Ours", account_id, None, "U1", "en", date(2026, 11, 25))


def test_a_run_is_read_as_it_was_begun(account_id, db):
    steps = [RunStep(0, "Call", date(2026, 11, 25)), RunStep(1, "Write", None)]
    run_id = playbook_runs.begin(db, new(account_id), steps, now=NOW)
    run = playbook_runs.by_id(db, run_id, lock=True)
    assert run is not None
    assert (run.account_key, run.title, run.version, run.steps, run.done) == ("a1", "Ours", 1, tuple(steps), 0)
    playbook_runs.tick(db, run_id, [1], by="U2", now=NOW)
    playbook_runs.tick(db, run_id, [], by="U2", now=NOW)
    playbook_runs.change(db, run_id, owner="U2")
    playbook_runs.note(db, run_id, presses={"U1 0": [1, "1", [0]]})
    run = playbook_runs.by_id(db, run_id)
    assert run is not None
    assert (run.owner, run.version, run.done, run.presses) == ("U2", 2, 1, {"U1 0": [1, "1", [0]]})
    assert playbook_runs.by_id(db, run_id + 1) is None


def test_those_at_work_come_first_and_what_came_of_the_others_is_counted(account_id, db):
    ids = [playbook_runs.begin(db, new(account_id), [RunStep(0, "Call", None)], now=NOW) for _ in range(4)]
    playbook_runs.change(db, ids[1], state="done", outcome=Outcome.SAVED)
    playbook_runs.change(db, ids[2], state="done", outcome=Outcome.SAVED)
    playbook_runs.change(db, ids[3], state="stopped")
    assert [run.id for run in playbook_runs.of_account(db, account_id, most=3)] == [ids[0], ids[3], ids[2]]
    tally = playbook_runs.tallies(db)["own_1"]
    assert (tally.running, tally.stopped, tally.finished, tally.begun) == (1, 1, 2, 4)
    at_work = playbook_runs.at_work(db, account_id, "own_1")
    assert at_work is not None
    assert at_work.id == ids[0]
    assert playbook_runs.at_work(db, account_id, "gone_quiet") is None


def test_what_is_said_about_a_message_in_a_thread_goes_into_that_thread(db):
    first = put(db, Draft("alert", "1", "C1", {"text": "x", "blocks": []}, NOW), now=NOW)
    below = put(db, Draft("playbook", "1", "C1", {"text": "x", "blocks": []}, NOW, thread_of=first), now=NOW)
    for outbox_id in (first, below):
        thread = playbook_runs.thread_of(db, outbox_id)
        assert thread is not None
        assert (thread.outbox_id, thread.destination) == (first, "C1")
    assert playbook_runs.thread_of(db, 99) is None
