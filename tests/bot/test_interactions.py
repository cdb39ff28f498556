from typing import Any

from bot.interactions import Surface, chosen, inputs_of, pressed, submitted, typed


def test_a_typed_command() -> None:
    to = typed({"command": "/test", "text": "acme", "user_id": "U1", "team_id": "T1", "channel_id": "C1"})
    assert (to.id, to.text, to.user_id, to.team_id, to.channel_id) == ("/test", "acme", "U1", "T1", "C1")
    assert to.surface is Surface.CONVERSATION


def test_a_button_in_a_message_for_everybody_is_not_private() -> None:
    body = _press({"channel": {"id": "C1"}, "container": {"message_ts": "1.2", "is_ephemeral": False}})
    assert not pressed(body).private


def test_a_button_in_an_ephemeral_message_is_private() -> None:
    body = _press({"channel": {"id": "C1"}, "container": {"message_ts": "1.2", "is_ephemeral": True}})
    assert pressed(body).private


def test_a_button_in_a_modal_and_in_the_home() -> None:
    assert pressed(_press({"view": {"id": "V1", "type": "modal"}})).surface is Surface.MODAL
    assert pressed(_press({"view": {"id": "V1", "type": "home"}})).surface is Surface.HOME


def test_two_clicks_on_one_button_have_one_key_and_others_have_theirs() -> None:
    container: dict[str, Any] = {"channel": {"id": "C1"}, "container": {"message_ts": "1.2"}}
    first, second = _press(container), _press(container)
    second["actions"][0]["action_ts"] = "9.9"
    assert pressed(first).once_key == pressed(second).once_key
    second["user"]["id"] = "U2"
    assert pressed(first).once_key != pressed(second).once_key


def test_long_values_that_differ_only_at_their_end_have_keys_of_their_own_that_fit_their_column() -> None:
    container: dict[str, Any] = {"channel": {"id": "C1"}, "container": {"message_ts": "1.2"}}
    first, second = _press(container), _press(container)
    first["actions"][0]["value"] = "x" * 1999 + "1"
    second["actions"][0]["value"] = "x" * 1999 + "2"
    assert pressed(first).once_key != pressed(second).once_key
    assert len(pressed(first).once_key) <= 255


def test_a_submitted_modal() -> None:
    view = {"id": "V1", "callback_id": "test.save", "private_metadata": "7", "state": {"values": {}}}
    to = submitted({"user": {"id": "U1", "team_id": "T1"}, "view": view})
    assert (to.id, to.text, to.view_id) == ("test.save", "7", "V1")


def test_inputs_by_block_id() -> None:
    values = {
        "name": {"a": {"type": "plain_text_input", "value": "Bo"}},
        "empty": {"a": {"type": "plain_text_input", "value": None}},
        "menu": {"a": {"type": "static_select", "selected_option": {"value": "x"}}},
        "none": {"a": {"type": "static_select", "selected_option": None}},
        "many": {"a": {"type": "checkboxes", "selected_options": [{"value": "x"}, {"value": "y"}]}},
        "day": {"a": {"type": "datepicker", "selected_date": "2026-11-23"}},
        "people": {"a": {"type": "multi_users_select", "selected_users": ["U1", "U2"]}},
    }
    assert inputs_of({"state": {"values": values}}) == {
        "name": "Bo",
        "empty": None,
        "menu": "x",
        "none": None,
        "many": ("x", "y"),
        "day": "2026-11-23",
        "people": ("U1", "U2"),
    }


def test_what_was_chosen_is_text() -> None:
    assert chosen({"type": "button"}) == ""
    assert chosen({"selected_options": [{"value": "a"}, {"value": "b"}]}) == "a,b"


def _press(body: dict[str, Any]) -> dict[str, Any]:
    action = {"action_id": "test.why", "value": "acme", "action_ts": "5.5"}
    return {"user": {"id": "U1", "team_id": "T1"}, "actions": [action], **body}
