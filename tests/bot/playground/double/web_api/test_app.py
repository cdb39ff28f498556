from slack_sdk import WebClient

from bot.playground.double import SlackDouble
from tests.bot.playground.double.web_api.test_chat import error


def test_the_api_says_back_what_was_said(client: WebClient) -> None:
    assert client.api_test(foo="bar")["args"] == {"foo": "bar"}
    assert error(client.api_test, error="my_error") == "my_error"


def test_the_token_is_known(slack: SlackDouble, client: WebClient) -> None:
    told = client.auth_test()
    assert (told["user_id"], told["team_id"], told["bot_id"]) == (slack.bot_user_id, slack.team_id, "B0LATIDO")


def test_a_reaction_is_put_once(slack: SlackDouble, client: WebClient) -> None:
    ts = slack.say("U_ANA", "C_CS", "hello").ts
    client.reactions_add(channel="C_CS", timestamp=ts, name="heart")
    assert slack.messages("C_CS")[0].reactions == (("heart", slack.bot_user_id),)
    [told] = client.conversations_history(channel="C_CS")["messages"]
    assert told["reactions"] == [{"name": "heart", "users": [slack.bot_user_id], "count": 1}]
    assert error(client.reactions_add, channel="C_CS", timestamp=ts, name="heart") == "already_reacted"
    assert error(client.reactions_add, channel="C_CS", timestamp=ts, name="He art") == "invalid_name"
    assert error(client.reactions_add, channel="C_CS", timestamp="1.0", name="heart") == "message_not_found"
