from typing import Any

import pytest
from slack_sdk import WebClient

from bot.playground.double import Channel, DropBefore, SlackDouble
from bot.playground.double.faults import ApiError, FileNotReady, fault_named
from tests.bot.playground.worlds import ANA, CS, small_world


def test_waiting_ends_with_the_first_true_answer(slack: SlackDouble, client: WebClient) -> None:
    assert slack.wait_until(lambda: "yes") == "yes"
    client.auth_test()
    assert slack.wait_until(lambda: slack.calls)[0].method == "auth.test"


def test_waiting_in_vain_tells_the_last_calls(slack: SlackDouble, client: WebClient) -> None:
    client.auth_test()
    with pytest.raises(TimeoutError, match=r"last calls: auth\.test"):
        slack.wait_until(lambda: False, timeout=0.01)


def test_the_clock_may_stand_still_and_messages_still_have_an_order(slack: SlackDouble) -> None:
    stamps = [slack.say("U_ANA", "C_CS", str(number)).ts for number in range(3)]
    assert stamps == sorted(set(stamps))


@pytest.mark.parametrize(
    "changed",
    [
        {"users": [ANA, ANA], "channels": []},
        {"channels": [CS, CS]},
        {"channels": [Channel("C_X", "x", members=("U_NOBODY",))]},
        {"channels": [Channel("C_X", "x", kind="group")]},
    ],
)
def test_a_world_that_contradicts_itself_is_refused(changed: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"share an id|not in the world|no kind"):
        small_world(**changed)


def test_faults_are_named_as_forms_write_them() -> None:
    assert fault_named("file_not_ready", seconds=2) == FileNotReady(2)
    assert fault_named("ApiError", code="x") == ApiError("x")
    with pytest.raises(ValueError, match="no kind of fault"):
        fault_named("earthquake")


def test_a_fault_happens_at_least_once(slack: SlackDouble) -> None:
    with pytest.raises(ValueError, match="at least once"):
        slack.faults.next("auth.test", DropBefore(), times=0)
