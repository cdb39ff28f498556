import json
from collections.abc import Callable
from itertools import chain, repeat
from typing import Any

import pytest

from bot.playground.double import Impossible, SlackDouble
from tests.bot.playground.bolt_apps import over_http
from tests.bot.playground.clock import Clock
from tests.bot.playground.double.test_slash import Recorder
from tests.bot.playground.worlds import small_world


class Failing(Recorder):
    """Answers 500 so many times, then 200."""

    def __init__(self, times: int, **options: Any) -> None:
        super().__init__(**options)
        self.statuses = chain(repeat("500 Internal Server Error", times), repeat("200 OK"))

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        self.status = next(self.statuses)
        return super().__call__(environ, start_response)


def told(recorder: Recorder) -> list[tuple[str | None, str | None, str]]:
    return [
        (headers.get("HTTP_X_SLACK_RETRY_NUM"), headers.get("HTTP_X_SLACK_RETRY_REASON"), json.loads(body)["event_id"])
        for headers, body in recorder.requests
    ]


@pytest.mark.usefixtures("app")
def test_opening_the_home_lets_the_app_publish_it(slack: SlackDouble) -> None:
    assert slack.open_home("U_ANA").acked
    home = slack.wait_until(lambda: slack.home("U_ANA"))
    assert home["type"] == "home"
    assert slack.home("U_BOSS") is None


def test_outsiders_have_no_home(slack: SlackDouble) -> None:
    with pytest.raises(Impossible):
        slack.open_home("U_OUT")


def test_an_event_is_told_with_who_it_is_for_and_whether_the_channel_is_shared(slack: SlackDouble) -> None:
    payload = slack.event({"type": "reaction_added", "channel": "C_SHARED"}, "U_OUT").payload
    assert payload["is_ext_shared_channel"] is True
    assert payload["event"] | {"user": "U_OUT", "user_team": "T_ACME"} == payload["event"]
    assert payload["authorizations"][0]["user_id"] == slack.bot_user_id
    assert slack.event({"type": "reaction_added", "channel": "C_CS"}, "U_ANA").payload["is_ext_shared_channel"] is False


def test_an_event_is_retried_at_once_then_on_demand_with_the_same_id(slack: SlackDouble) -> None:
    recorder = Failing(3)
    with over_http(recorder, slack):
        first = slack.event({"type": "app_uninstalled"})
        assert (first.acked, first.attempts) == (False, 2)
        assert [each.acked for each in slack.retry_events()] == [False]
        assert [each.acked for each in slack.retry_events()] == [True]
        assert slack.retry_events() == []
    assert len({event_id for *_, event_id in told(recorder)}) == 1
    retries = [(number, reason) for number, reason, _ in told(recorder)]
    assert retries == [(None, None), ("1", "http_error"), ("2", "http_error"), ("3", "http_error")]


def test_an_event_is_given_up_after_three_retries(slack: SlackDouble) -> None:
    with over_http(Failing(9), slack):
        slack.event({"type": "app_uninstalled"})
        slack.retry_events()
        slack.retry_events()
        assert slack.retry_events() == []


def test_an_app_can_ask_for_no_retry(slack: SlackDouble) -> None:
    recorder = Failing(9, headers=[("X-Slack-No-Retry", "1")])
    with over_http(recorder, slack):
        assert slack.event({"type": "app_uninstalled"}).attempts == 1
        assert slack.retry_events() == []


def test_an_event_can_be_delivered_twice(slack: SlackDouble) -> None:
    recorder = Recorder()
    with over_http(recorder, slack):
        first = slack.event({"type": "app_uninstalled"})
        slack.event({"type": "app_uninstalled"}, event_id=first.payload["event_id"])
    assert len({event_id for *_, event_id in told(recorder)}) == 1
    assert len(recorder.requests) == 2


def test_plain_messages_are_told_only_to_an_app_that_listens(clock: Clock) -> None:
    subscriptions = {"message.im", "app_mention"}
    with SlackDouble(small_world(), clock=clock, subscriptions=subscriptions) as slack:
        recorder = Recorder()
        with over_http(recorder, slack):
            slack.open_home("U_ANA")
            slack.say("U_ANA", "C_CS", "hello all")
            slack.say("U_ANA", slack.direct_channel("U_ANA"), "hello bot")
            slack.say("U_ANA", "C_CS", f"and <@{slack.bot_user_id}>")
        events = [json.loads(body)["event"] for _, body in recorder.requests]
    assert [(each["type"], each["text"]) for each in events] == [
        ("message", "hello bot"),
        ("app_mention", f"and <@{slack.bot_user_id}>"),
    ]
    assert events[0]["channel_type"] == "im"


def test_a_thread_needs_a_message_to_hang_on(slack: SlackDouble) -> None:
    message = slack.say("U_ANA", "C_CS", "first")
    slack.say("U_BOSS", "C_CS", "second", thread_ts=message.ts)
    assert [each.thread_ts for each in slack.messages("C_CS")] == [message.ts, message.ts]
    with pytest.raises(Impossible):
        slack.say("U_ANA", "C_CS", "lost", thread_ts="1.0")
