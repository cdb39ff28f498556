"""The outbox: each message once, in order, whatever the network and Slack do meanwhile."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from slack_sdk import WebClient
from sqlalchemy import Engine, update

from bot.playground.double import (
    ApiError,
    DropAfterAccepting,
    DropBefore,
    FileNotReady,
    RateLimited,
    ServerError,
    SlackDouble,
)
from commands.core.reply import Chart, Reply
from commands.ui.blocks import section
from storage.queries.delivering import MOST_ATTEMPTS
from storage.queries.outbox import File, withdraw
from storage.queries.tables import destination, outbox
from storage.session import transaction
from tests.bot.outbox import WORLD, Clock, Office, office

POST = "chat.postMessage"
FEWER_SCOPES = {"chat:write", "files:write", "users:read", "im:write", "channels:read", "groups:read"}


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def double(clock: Clock) -> Iterator[SlackDouble]:
    with SlackDouble(WORLD, clock=clock) as slack:
        yield slack


@pytest.fixture
def desk(engine: Engine, double: SlackDouble, clock: Clock) -> Iterator[Office]:
    here = office(engine, double, clock)
    yield here
    here.slack.close()


def test_a_message_is_posted_once_however_often_it_is_put(desk: Office) -> None:
    first, second = desk.put("hello"), desk.put("hello")
    desk.work_on()
    assert first == second
    assert desk.texts() == ["hello"]
    assert desk.states() == {"hello": "sent"}


def test_it_can_be_found_by_its_mark_which_says_nothing(desk: Office, double: SlackDouble) -> None:
    row = desk.row(desk.put("hello"))
    desk.work()
    (message,) = double.messages("C0CS")
    assert message.blocks[0]["block_id"] == row.mark
    assert row.mark.startswith("latido-")


def test_a_channel_gets_its_messages_in_order_at_slacks_pace(desk: Office) -> None:
    for text in ("one", "two", "three"):
        desk.put(text)
    desk.work()
    assert desk.texts() == ["one"]
    desk.work_on()
    assert desk.texts() == ["one", "two", "three"]


def test_a_message_waits_for_its_moment_and_not_beyond_its_end(desk: Office, clock: Clock) -> None:
    desk.put("later", due_at=clock.now + timedelta(hours=1))
    desk.put("stale", due_at=clock.now + timedelta(hours=1), expires_at=clock.now + timedelta(minutes=30))
    desk.work()
    assert desk.texts() == []
    clock.forward(hours=2)
    desk.work_on()
    assert desk.texts() == ["later"]
    assert desk.states() == {"later": "sent", "stale": "failed"}


def test_a_rate_limit_puts_the_destination_off_and_holds_nobody_else(desk: Office, double: SlackDouble) -> None:
    double.faults.next(POST, RateLimited(30))
    desk.put("first")
    desk.put("second")
    desk.put("elsewhere", "C0TWO")
    desk.work()
    assert (desk.texts(), desk.texts("C0TWO")) == ([], ["elsewhere"])
    desk.work_on(seconds=10)
    assert desk.texts() == ["first", "second"]


@pytest.mark.parametrize("fault", [DropAfterAccepting(), DropBefore(), ServerError()])
def test_what_nobody_knows_the_fate_of_is_looked_for_and_posted_once(
    desk: Office, double: SlackDouble, fault: DropAfterAccepting | DropBefore | ServerError
) -> None:
    double.faults.next(POST, fault)
    desk.put("hello")
    desk.put("after it")
    desk.work()
    assert desk.states() == {"hello": "unknown", "after it": "pending"}
    desk.work_on()
    assert desk.texts() == ["hello", "after it"]
    assert set(desk.states().values()) == {"sent"}


@pytest.mark.slow
def test_after_many_attempts_that_never_arrived_it_has_failed(desk: Office, double: SlackDouble) -> None:
    double.faults.next(POST, DropBefore(), times=MOST_ATTEMPTS)
    desk.put("hello")
    desk.work_on(seconds=5, times=3 * MOST_ATTEMPTS)
    assert desk.texts() == []
    assert desk.states() == {"hello": "failed"}


def test_where_the_bot_may_not_read_nothing_is_sent_on_a_guess(engine: Engine, clock: Clock) -> None:
    with SlackDouble(WORLD, clock=clock, scopes=FEWER_SCOPES) as double:
        here = office(engine, double, clock)
        double.faults.next(POST, DropBefore())
        lost = here.put("hello")
        here.put("the next one")
        here.work_on()
        assert here.states() == {"hello": "unknown", "the next one": "sent"}
        assert here.row(lost).error == "missing_scope"
        assert here.texts() == ["the next one"]
        here.slack.close()


@pytest.mark.parametrize(
    ("place", "reason"),
    [
        ("C0OLD", "is_archived"),
        ("C0ALONE", "not_in_channel"),
        ("C0NONE", "channel_not_found"),
        ("C0SHARED", "outsiders_read_along"),
        ("C0GUESTS", "outsiders_read_along"),
        ("U0OUT", "outsiders_read_along"),
        ("U0GUEST", "outsiders_read_along"),
    ],
)
def test_a_place_that_cannot_or_must_not_be_written_to_stops(
    desk: Office, double: SlackDouble, place: str, reason: str
) -> None:
    desk.put("one", place, owner="U0ANA")
    desk.put("two", place)
    desk.work_on()
    with transaction(desk.engine) as db:
        known = db.execute(destination.select().where(destination.c.id == place)).one()
    assert (known.reason, known.owner, known.broken_since is not None) == (reason, "U0ANA", True)
    assert {text: state for text, state in desk.states().items() if text in {"one", "two"}} == {
        "one": "pending",
        "two": "pending",
    }
    tried = [call for call in double.calls if call.method == POST and call.args.get("channel") == place]
    assert len(tried) <= 1


def test_a_person_gets_a_direct_message(desk: Office, double: SlackDouble) -> None:
    sent = desk.put("for you", "U0ANA")
    desk.work_on()
    assert desk.texts(double.direct_channel("U0ANA")) == ["for you"]
    assert desk.row(sent).channel_id == double.direct_channel("U0ANA")


def test_a_message_is_edited_in_place_and_only_as_it_is_at_last(desk: Office, double: SlackDouble) -> None:
    first = desk.put("open")
    desk.work_on()
    desk.put("taken", edits=first)
    desk.put("closed", edits=first)
    desk.work_on()
    assert desk.texts() == ["closed"]
    assert [call.method for call in double.calls].count("chat.update") == 1


def test_an_edit_of_what_was_not_sent_yet_changes_the_message_itself(desk: Office) -> None:
    first = desk.put("open")
    assert desk.put("taken", edits=first) == first
    desk.work_on()
    assert desk.texts() == ["taken"]


def test_an_edit_of_unknown_fate_is_simply_made_again(desk: Office, double: SlackDouble) -> None:
    first = desk.put("open")
    desk.work_on()
    double.faults.next("chat.update", DropBefore())
    desk.put("closed", edits=first)
    desk.work_on()
    assert desk.texts() == ["closed"]


def test_a_thread_waits_for_its_message_and_is_found_in_it(desk: Office, double: SlackDouble) -> None:
    double.faults.next(POST, DropAfterAccepting(), times=2)
    first = desk.put("digest")
    desk.put("details", thread_of=first)
    desk.work_on(times=30)
    parent, answer = double.messages("C0CS")
    assert (parent.text, answer.text, answer.thread_ts) == ("digest", "details", parent.ts)
    assert set(desk.states().values()) == {"sent"}


def test_without_its_message_a_thread_has_failed_too(desk: Office, double: SlackDouble) -> None:
    double.faults.next(POST, ApiError("msg_too_long"))
    first = desk.put("digest")
    desk.put("details", thread_of=first)
    desk.work_on()
    assert desk.states() == {"digest": "failed", "details": "failed"}
    assert double.messages("C0CS") == []


@pytest.mark.parametrize("fault", [None, DropAfterAccepting(), DropBefore()])
def test_a_file_is_shared_once(desk: Office, double: SlackDouble, fault: DropAfterAccepting | None) -> None:
    if fault is not None:
        double.faults.next("files.completeUploadExternal", fault)
    first = desk.put("report")
    desk.put("the file", thread_of=first, file=File("report.pdf", b"%PDF-1.7"))
    desk.work_on(times=30)
    (parent,) = [message for message in double.messages("C0CS") if not message.files]
    shared = [message for message in double.messages("C0CS") if message.files]
    assert [message.thread_ts for message in shared] == [parent.ts]
    assert set(desk.states().values()) == {"sent"}


def charted() -> Reply:
    return Reply("with a chart", (section("first"), section("last")), Chart("c", "Up", "It goes up", {}), chart_at=1)


def test_a_chart_is_shown_in_its_place(desk: Office, double: SlackDouble) -> None:
    desk.put("chart", reply=charted())
    desk.work_on()
    (message,) = double.messages("C0CS")
    assert [block["type"] for block in message.blocks] == ["section", "image", "section"]


@pytest.mark.slow  # uploads are asked again after a second or two
@pytest.mark.parametrize("fault", [ApiError("fatal_error"), ServerError(), DropBefore()])
def test_a_chart_that_cannot_be_uploaded_costs_nobody_the_message(
    desk: Office, double: SlackDouble, fault: ApiError | ServerError | DropBefore
) -> None:
    double.faults.next("files.getUploadURLExternal", fault, times=5)
    desk.put("chart", reply=charted())
    desk.work_on()
    (message,) = double.messages("C0CS")
    assert [block["type"] for block in message.blocks] == ["section", "section"]


def test_a_picture_that_slack_does_not_know_is_left_out(desk: Office, double: SlackDouble) -> None:
    double.faults.next("files.completeUploadExternal", FileNotReady(3600))
    desk.put("chart", reply=charted())
    desk.work_on()
    (message,) = double.messages("C0CS")
    assert [block["type"] for block in message.blocks] == ["section", "section"]


def test_a_sender_that_died_leaves_its_message_to_another(desk: Office, double: SlackDouble, clock: Clock) -> None:
    outbox_id = desk.put("hello")
    with transaction(desk.engine) as db:
        db.execute(
            update(outbox).values(
                state="sending", owner="dead", attempts=1, attempted_at=clock.now, lease_until=clock.now
            )
        )
    clock.forward(seconds=1)
    desk.work_on()
    assert desk.texts() == ["hello"]
    assert desk.row(outbox_id).attempts == 2


def test_a_sender_that_slept_too_long_does_not_post_any_more(desk: Office, double: SlackDouble, clock: Clock) -> None:
    """It wakes between taking the message and posting it; another has sent it meanwhile."""
    outbox_id = desk.put("hello")
    other = office(desk.engine, double, clock)

    class Sleeper:
        """Its chart takes an hour."""

        def id_of(self, chart: Chart) -> str | None:
            del chart
            clock.forward(hours=1)
            other.work_on(times=12)
            return None

        def drop(self, chart: Chart) -> None:
            """Nothing to forget."""

    with transaction(desk.engine) as db:
        chart = {"id": "c", "title": "t", "alt": "a", "data": {}}
        row = desk.row(outbox_id)
        db.execute(update(outbox).values(content={**row.content, "chart": chart, "chart_at": 0}))
    object.__setattr__(desk.delivery.posting, "charts", Sleeper())
    desk.delivery.step()
    assert desk.texts() == ["hello"]
    assert desk.states() == {"hello": "sent"}
    other.slack.close()


class Dozing(WebClient):
    """A client that falls asleep once, after it was told to post and before it does."""

    def __init__(self, double: SlackDouble, doze: Callable[[], object]) -> None:
        super().__init__(token=double.bot_token, base_url=double.api_url)
        self.doze = doze

    def api_call(self, api_method: str, **how: Any) -> Any:
        if api_method in {POST, "files.completeUploadExternal"}:
            doze, self.doze = self.doze, lambda: None
            doze()
        return super().api_call(api_method, **how)


@pytest.mark.parametrize("file", [None, File("report.pdf", b"%PDF-1.7")], ids=["message", "file"])
def test_what_a_sender_posts_after_it_slept_through_its_turn_is_taken_back(
    desk: Office, double: SlackDouble, clock: Clock, file: File | None
) -> None:
    """Nothing can be looked at any more between the last look and the call: what came twice is deleted again."""
    other = office(desk.engine, double, clock)

    def an_hour() -> None:
        clock.forward(hours=1)
        other.work_on(times=12)

    client = Dozing(double, an_hour)
    object.__setattr__(desk.delivery.posting, "slack", replace(desk.slack, outbox=client))
    desk.put("hello", file=file)
    desk.delivery.step()
    desk.work_on()
    assert desk.states() == {"hello": "sent"}
    if file is None:
        assert desk.texts() == ["hello"]
    else:
        assert [one.name for one in double.files if not one.deleted] == ["report.pdf"]
    other.slack.close()


def test_what_a_sender_learns_after_it_slept_through_its_turn_changes_nothing(
    desk: Office, double: SlackDouble, clock: Clock
) -> None:
    """It is told that there is no room for its call; another process has sent the message meanwhile."""
    other = office(desk.engine, double, clock)

    def an_hour() -> None:
        clock.forward(hours=1)
        other.work_on(times=12)
        double.faults.next(POST, RateLimited(30))

    object.__setattr__(desk.delivery.posting, "slack", replace(desk.slack, outbox=Dozing(double, an_hour)))
    desk.put("hello")
    desk.delivery.step()
    desk.work_on(times=40)
    assert desk.states() == {"hello": "sent"}
    assert desk.texts() == ["hello"]


def test_an_answer_that_is_not_slacks_leaves_it_open_whether_it_was_sent(desk: Office, double: SlackDouble) -> None:
    class Proxied(WebClient):
        """Something between here and Slack answers with a page of its own, after the message has arrived."""

        def api_call(self, api_method: str, **how: Any) -> Any:
            answer = super().api_call(api_method, **how)
            if api_method == POST:
                body = {"ok": False, "error": "Received a response in a non-JSON format: <html>"}
                answer.data = body
                answer.validate()  # type: ignore[no-untyped-call]
            return answer

    proxied = Proxied(token=double.bot_token, base_url=double.api_url)
    object.__setattr__(desk.delivery.posting, "slack", replace(desk.slack, outbox=proxied))
    desk.put("hello")
    desk.work_on()
    assert desk.states() == {"hello": "sent"}
    assert desk.texts() == ["hello"]


def test_a_refused_token_costs_no_message(desk: Office, double: SlackDouble) -> None:
    double.faults.next(POST, ApiError("token_revoked"))
    desk.put("hello")
    desk.work()
    assert desk.states() == {"hello": "pending"}
    desk.work_on(seconds=31)
    assert desk.texts() == ["hello"]


@pytest.mark.slow
def test_when_slack_is_down_for_an_hour_everything_comes_afterwards_once(
    desk: Office, double: SlackDouble, clock: Clock
) -> None:
    for number in range(5):
        desk.put(f"{number}", "C0CS" if number % 2 else "C0TWO")
    for method in (POST, "conversations.info", "conversations.history"):
        double.faults.next(method, ServerError(), times=1_000)
    for _ in range(60):
        desk.work()
        clock.forward(minutes=1)
    double.faults.clear()
    desk.work_on(seconds=61, times=10)
    assert (desk.texts(), desk.texts("C0TWO")) == (["1", "3"], ["0", "2", "4"])


def test_what_nobody_has_tried_to_send_can_be_taken_back(desk: Office) -> None:
    gone, kept = desk.put("gone"), desk.put("kept")
    with transaction(desk.engine) as db:
        assert withdraw(db, gone)
    desk.work_on()
    with transaction(desk.engine) as db:
        assert not withdraw(db, kept)
    assert desk.texts() == ["kept"]
