"""Both modes from start to stop, over real sockets."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from threading import Thread
from threading import enumerate as enumerate_threads
from typing import IO

import pytest
import urllib3

from bot.build import Bot, Sizes
from bot.playground.double import ApiError, DropBefore, SlackDouble, Slow
from bot.serving import serve
from bot.settings import SettingsError
from commands.core.posted import written
from commands.core.reply import Reply
from commands.ui.blocks import section
from storage.queries.outbox import Draft, put, standing_of
from storage.session import reading, transaction
from tests.bot.conftest import NOW, Served, Stage
from tests.bot.test_wiring import ask, the_message

pytestmark = pytest.mark.slow


@pytest.fixture
def get(served: Served) -> Callable[[str], tuple[int, str]]:
    def get(path: str) -> tuple[int, str]:
        with urllib3.PoolManager() as pool:
            answer = pool.request("GET", served.url + path, retries=False)
            return answer.status, answer.data.decode()

    return get


def test_probes(get: Callable[[str], tuple[int, str]], served: Served, slack: SlackDouble) -> None:
    ask(slack)
    assert served.bot.answers.wait_idle(5)
    assert get("/healthz") == (200, "alive\n")
    assert get("/readyz") == (200, "ready\n")
    assert 'latido_answers_total{outcome="answered"} 1' in get("/metrics")[1]
    served.bot.draining.set()
    assert get("/readyz")[0] == 503


def test_a_store_that_does_not_answer_is_not_ready(
    get: Callable[[str], tuple[int, str]], served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(served.bot.engine.pool, "connect", _broken)
    assert get("/readyz")[0] == 503


def test_a_body_that_is_not_slacks_is_not_read(served: Served) -> None:
    with urllib3.PoolManager() as pool:
        for body, status in ((b"x" * 1_100_000, 413), (b"\xff\xfe", 400)):
            assert pool.request("POST", served.url + "/slack/events", body=body, retries=False).status == status


def test_what_is_under_way_is_finished(served: Served, slack: SlackDouble, stage: Stage) -> None:
    slack.command("U0ANA", "C0CS", "/wait")
    served.stop.set()
    assert served.bot.draining.wait(5)
    stage.go_on.set()
    served.thread.join(20)
    the_message(slack, "At last")


def test_socket_mode_answers_and_is_ready_only_while_connected(
    serving: Callable[..., Served], slack: SlackDouble
) -> None:
    here = serving(LATIDO_MODE="socket")
    slack.wait_until(lambda: slack.connected)
    assert ask(slack).text.endswith("said acme")
    with urllib3.PoolManager() as pool:
        assert pool.request("GET", here.url + "/readyz", retries=False).status == 200
        assert pool.request("POST", here.url + "/slack/events", body=b"{}", retries=False).status == 404


def test_in_socket_mode_what_is_under_way_is_finished(
    serving: Callable[..., Served], slack: SlackDouble, stage: Stage
) -> None:
    here = serving(LATIDO_MODE="socket")
    slack.wait_until(lambda: slack.connected)
    slack.command("U0ANA", "C0CS", "/wait")
    here.stop.set()
    assert here.bot.draining.wait(5)
    stage.go_on.set()
    here.thread.join(20)
    the_message(slack, "At last")


def test_a_refused_app_token_is_a_sentence(slack: SlackDouble, new_bot: Callable[..., Bot]) -> None:
    slack.faults.next("apps.connections.open", ApiError("invalid_auth"), times=5)
    with pytest.raises(SettingsError, match="refuses SLACK_APP_TOKEN"):
        serve(new_bot(LATIDO_MODE="socket"))


def test_only_a_wrong_token_is_called_so(slack: SlackDouble, new_bot: Callable[..., Bot]) -> None:
    slack.faults.next("apps.connections.open", ApiError("internal_error"), times=5)
    with pytest.raises(SettingsError, match=r"does not open a connection \(internal_error\)"):
        serve(new_bot(LATIDO_MODE="socket"))


def test_a_connection_that_cannot_be_asked_for_is_a_sentence(slack: SlackDouble, new_bot: Callable[..., Bot]) -> None:
    slack.faults.next("apps.connections.open", DropBefore(), times=5)
    with pytest.raises(SettingsError, match="Slack cannot be reached"):
        serve(new_bot(LATIDO_MODE="socket"))


def test_what_was_taken_up_and_is_dropped_at_the_end_is_said_to_be_so(
    slack: SlackDouble, serving: Callable[..., Served], stage: Stage
) -> None:
    here = serving(Sizes(answer_threads=1, patience_seconds=0.01))
    slack.command("U0ANA", "C0CS", "/wait")
    slack.command("U0ANA", "C0CS", "/test acme")
    here.stop.set()
    the_message(slack, "busy")
    stage.go_on.set()
    here.thread.join(20)


def put_message(here: Served, text: str, destination: str = "C0CS") -> int:
    content = written(Reply(text, (section(text),)))
    with transaction(here.bot.engine) as db:
        return put(db, Draft("test", text, destination, content, NOW), now=NOW)


def state_of(here: Served, outbox_id: int) -> str:
    with reading(here.bot.engine) as db:
        standing = standing_of(db, outbox_id)
    assert standing is not None
    return standing.state


def test_what_is_in_the_outbox_is_sent_while_it_serves_and_counted(
    serving: Callable[..., Served], slack: SlackDouble
) -> None:
    here = serving(jobs=True)
    put_message(here, "unasked")
    here.bot.poke.set()
    the_message(slack, "unasked")
    here.stop.set()
    here.thread.join(20)
    assert 'latido_outbox_messages{state="sent"} 1' in here.bot.telemetry.text()
    assert "latido_outbox_oldest_pending_seconds 0" in here.bot.telemetry.text()
    assert "latido_outbox_broken_destinations 0" in here.bot.telemetry.text()


def test_without_jobs_the_outbox_is_left_to_another_process(served: Served) -> None:
    assert not [thread for thread in enumerate_threads() if thread.name.startswith("sender")]


def test_on_the_way_down_what_is_being_sent_is_finished_and_the_rest_stays(
    serving: Callable[..., Served], slack: SlackDouble
) -> None:
    here = serving(Sizes(sender_threads=1), jobs=True)
    slack.faults.next("chat.postMessage", Slow(0.5))
    first, second = put_message(here, "first"), put_message(here, "second", "C0ALL")
    here.bot.poke.set()
    slack.wait_until(lambda: any(call.method == "conversations.members" for call in slack.calls))
    here.stop.set()
    here.thread.join(20)
    assert (state_of(here, first), state_of(here, second)) == ("sent", "pending")


def test_an_answer_that_may_have_written_wakes_the_senders(serving: Callable[..., Served], slack: SlackDouble) -> None:
    here = serving()
    answer = ask(slack)
    assert not here.bot.poke.is_set()
    slack.click("U0ANA", answer, "test.share")
    slack.wait_until(here.bot.poke.is_set)


def test_a_store_that_does_not_answer_leaves_the_outbox_out_of_the_figures(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(served.bot.engine.pool, "connect", _broken)
    assert "latido_queue_depth" in served.bot.telemetry.text()
    assert "latido_outbox" not in served.bot.telemetry.text()


@pytest.mark.slow
def test_sigterm_ends_the_process_in_order(slack: SlackDouble, tmp_path: object) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {
        "LATIDO_MODE": "http",
        "LATIDO_PORT": str(port),
        "LATIDO_DATABASE_URL": f"sqlite:///{tmp_path}/latido.db",
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_SIGNING_SECRET": slack.signing_secret,
        "SLACK_API_URL": slack.api_url,
    }
    command = [sys.executable, "-m", "bot", "run"]
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        lines: list[str] = []
        started = next(line for line in _lines(process.stderr, lines) if "is taking requests" in line)
        assert str(port) in started
        process.send_signal(signal.SIGTERM)
        reader = Thread(target=lines.extend, args=(process.stderr,))
        reader.start()
        try:
            assert process.wait(20) == 0
        finally:
            process.kill()
            reader.join(5)
    assert any("Latido has stopped" in line for line in lines)


def _lines(stream: IO[str], kept: list[str]) -> Iterator[str]:
    for line in stream:
        kept.append(line)
        yield line


def _broken() -> None:
    from sqlalchemy.exc import OperationalError

    raise OperationalError("SELECT 1", None, Exception("gone"))
