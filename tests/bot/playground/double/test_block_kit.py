from typing import Any

import pytest

from bot.playground.double import Impossible
from bot.playground.double.block_kit import entered, initial_values

OPTIONS = [{"text": {"type": "plain_text", "text": word}, "value": word} for word in ("one", "two")]


@pytest.mark.parametrize(
    ("element", "held"),
    [
        ({"type": "plain_text_input", "initial_value": "so"}, {"value": "so"}),
        ({"type": "static_select", "options": OPTIONS}, {"selected_option": None}),
        ({"type": "radio_buttons", "options": OPTIONS, "initial_option": OPTIONS[0]}, {"selected_option": OPTIONS[0]}),
        ({"type": "checkboxes", "options": OPTIONS}, {"selected_options": []}),
        ({"type": "multi_users_select", "initial_users": ["U1"]}, {"selected_users": ["U1"]}),
        ({"type": "datepicker", "initial_date": "2026-11-23"}, {"selected_date": "2026-11-23"}),
        ({"type": "external_select"}, {"selected_option": None}),
    ],
)
def test_an_input_begins_with_what_the_app_gave_it(element: dict[str, Any], held: dict[str, Any]) -> None:
    block = {"type": "input", "block_id": "b", "element": {**element, "action_id": "a"}}
    assert initial_values([block]) == {"b": {"a": {"type": element["type"], **held}}}


@pytest.mark.parametrize(
    ("element", "value", "held"),
    [
        ({"type": "plain_text_input"}, "", {"value": None}),
        ({"type": "number_input"}, 7, {"value": "7"}),
        ({"type": "static_select", "option_groups": [{"options": OPTIONS}]}, "two", {"selected_option": OPTIONS[1]}),
        ({"type": "static_select", "options": OPTIONS}, None, {"selected_option": None}),
        ({"type": "checkboxes", "options": OPTIONS}, "one", {"selected_options": OPTIONS[:1]}),
        ({"type": "multi_external_select"}, {"selected_options": OPTIONS}, {"selected_options": OPTIONS}),
        ({"type": "external_select"}, "one", {"selected_option": OPTIONS[0]}),
        (
            {"type": "datepicker"},
            {"type": "datepicker", "selected_date": "2026-11-23"},
            {"selected_date": "2026-11-23"},
        ),
    ],
)
def test_what_is_entered_has_slacks_shape(element: dict[str, Any], value: object, held: dict[str, Any]) -> None:
    assert entered(element, value) == {"type": element["type"], **held}


def test_what_is_not_offered_cannot_be_chosen() -> None:
    with pytest.raises(Impossible, match="no option 'three'"):
        entered({"type": "checkboxes", "action_id": "a", "options": OPTIONS}, ["three"])
