"""What Slack accepts as Block Kit, as a table: blocks, elements and compositions with their properties and limits.

`commands.ui.limits` checks blocks against it. What is not in here is refused: a kind of block that a card begins to use
is added here first.
"""

from collections.abc import Mapping
from typing import Final, NamedTuple


class Rule(NamedTuple):
    """What one property may hold.

    `kind` is plain, mrkdwn, text (either), string, bool, int, choice, list, or the name of a composition or element
    table below. `most` and `least` count characters or entries; `of` says what a list holds.
    """

    kind: str
    most: int = 0
    least: int = 1
    required: bool = False
    of: str = ""
    choices: tuple[str, ...] = ()


def _must(kind: str, most: int = 0, least: int = 1, *, of: str = "") -> Rule:
    return Rule(kind, most, least, required=True, of=of)


BLOCKS_MOST: Final = {"message": 50, "modal": 100, "home": 100}
VIEW_BYTES: Final = 250_000
MARKDOWN_MOST: Final = 12_000

ID: Final = Rule("string", 255)
_SELECTS: Final = ("static_select", "external_select", "users_select", "conversations_select", "channels_select")
_MULTI: Final = tuple(f"multi_{select}" for select in _SELECTS)
_PICKERS: Final = ("datepicker", "timepicker", "datetimepicker", "checkboxes", "radio_buttons")
_INPUTS: Final = ("plain_text_input", "number_input", "email_text_input", "url_text_input", "file_input")

BLOCKS: Final[Mapping[str, Mapping[str, Rule]]] = {
    "header": {"text": _must("plain", 150)},
    "divider": {},
    "section": {
        "text": Rule("text", 3000),
        "fields": Rule("list", 10, of="field"),
        "accessory": Rule("element"),
        "expand": Rule("bool"),
    },
    "context": {"elements": _must("list", 10, of="note")},
    "actions": {"elements": _must("list", 25, of="element")},
    "image": {
        "alt_text": _must("string", 2000),
        "title": Rule("plain", 2000),
        "slack_file": Rule("slack_file"),
        "image_url": Rule("string", 3000),
    },
    "input": {
        "label": _must("plain", 2000),
        "element": _must("element"),
        "hint": Rule("plain", 2000),
        "optional": Rule("bool"),
        "dispatch_action": Rule("bool"),
    },
    "markdown": {"text": _must("string", MARKDOWN_MOST)},
    "table": {"rows": _must("list", 100, of="row"), "column_settings": Rule("list", 20, of="column")},
}

ONLY_ON: Final[Mapping[str, tuple[str, ...]]] = {"table": ("message",), "markdown": ("message",)}
"""Blocks that not every surface takes."""

ELEMENTS_OF: Final[Mapping[str, tuple[str, ...]]] = {
    "section": ("button", "image", "overflow", *_SELECTS, *_MULTI, *_PICKERS),
    "actions": ("button", "overflow", *_SELECTS, *_MULTI, *_PICKERS),
    "input": (*_INPUTS, *_SELECTS, *_MULTI, *_PICKERS),
    "context": ("image",),
}

_PLACEHOLDER: Final = Rule("plain", 150)
_FOCUS: Final = Rule("bool")
_CONFIRM: Final = Rule("confirm")
_CHOICE: Final = {
    "action_id": Rule("string", 255, required=True),
    "confirm": _CONFIRM,
    "focus_on_load": _FOCUS,
}
_OPTIONS: Final = {"options": Rule("list", 100, of="option"), "option_groups": Rule("list", 100, of="option_group")}
_FEW: Final = {"options": _must("list", 10, of="option")}
_TYPED: Final = {
    "action_id": Rule("string", 255, required=True),
    "placeholder": _PLACEHOLDER,
    "initial_value": Rule("string", 3000, 0),
    "focus_on_load": _FOCUS,
    "dispatch_action_config": Rule("any"),
}
_ANY: Final = Rule("any")

ELEMENTS: Final[Mapping[str, Mapping[str, Rule]]] = {
    "button": {
        "text": _must("plain", 75),
        "action_id": Rule("string", 255, required=True),
        "value": Rule("string", 2000),
        "url": Rule("string", 3000),
        "style": Rule("choice", choices=("primary", "danger")),
        "confirm": _CONFIRM,
        "accessibility_label": Rule("string", 75),
    },
    "image": {
        "alt_text": _must("string", 2000),
        "slack_file": Rule("slack_file"),
        "image_url": Rule("string", 3000),
    },
    "overflow": {
        "action_id": Rule("string", 255, required=True),
        "options": _must("list", 5, of="option"),
        "confirm": _CONFIRM,
    },
    "static_select": {**_CHOICE, **_OPTIONS, "placeholder": _PLACEHOLDER, "initial_option": Rule("option")},
    "multi_static_select": {
        **_CHOICE,
        **_OPTIONS,
        "placeholder": _PLACEHOLDER,
        "initial_options": Rule("list", 100, of="option"),
        "max_selected_items": Rule("int"),
    },
    "external_select": {
        **_CHOICE,
        "placeholder": _PLACEHOLDER,
        "initial_option": Rule("option"),
        "min_query_length": Rule("int"),
    },
    "multi_external_select": {
        **_CHOICE,
        "placeholder": _PLACEHOLDER,
        "initial_options": Rule("list", 100, of="option"),
        "min_query_length": Rule("int"),
        "max_selected_items": Rule("int"),
    },
    "users_select": {**_CHOICE, "placeholder": _PLACEHOLDER, "initial_user": ID},
    "multi_users_select": {
        **_CHOICE,
        "placeholder": _PLACEHOLDER,
        "initial_users": Rule("list", 100, of="id"),
        "max_selected_items": Rule("int"),
    },
    "conversations_select": {
        **_CHOICE,
        "placeholder": _PLACEHOLDER,
        "initial_conversation": ID,
        "default_to_current_conversation": Rule("bool"),
        "response_url_enabled": Rule("bool"),
        "filter": _ANY,
    },
    "multi_conversations_select": {
        **_CHOICE,
        "placeholder": _PLACEHOLDER,
        "initial_conversations": Rule("list", 100, of="id"),
        "default_to_current_conversation": Rule("bool"),
        "max_selected_items": Rule("int"),
        "filter": _ANY,
    },
    "channels_select": {
        **_CHOICE,
        "placeholder": _PLACEHOLDER,
        "initial_channel": ID,
        "response_url_enabled": Rule("bool"),
    },
    "multi_channels_select": {
        **_CHOICE,
        "placeholder": _PLACEHOLDER,
        "initial_channels": Rule("list", 100, of="id"),
        "max_selected_items": Rule("int"),
    },
    "datepicker": {**_CHOICE, "placeholder": _PLACEHOLDER, "initial_date": Rule("string", 10)},
    "timepicker": {
        **_CHOICE,
        "placeholder": _PLACEHOLDER,
        "initial_time": Rule("string", 5),
        "timezone": Rule("string", 100),
    },
    "datetimepicker": {**_CHOICE, "initial_date_time": Rule("int")},
    "checkboxes": {**_CHOICE, **_FEW, "initial_options": Rule("list", 10, of="option")},
    "radio_buttons": {**_CHOICE, **_FEW, "initial_option": Rule("option")},
    "plain_text_input": {
        **_TYPED,
        "multiline": Rule("bool"),
        "min_length": Rule("int", 3000),
        "max_length": Rule("int", 3000),
    },
    "number_input": {
        **_TYPED,
        "is_decimal_allowed": _must("bool"),
        "min_value": Rule("string", 30),
        "max_value": Rule("string", 30),
    },
    "email_text_input": _TYPED,
    "url_text_input": _TYPED,
    "file_input": {
        "action_id": Rule("string", 255, required=True),
        "filetypes": Rule("list", 100, of="id"),
        "max_files": Rule("int", 10),
    },
}

COMPOSITIONS: Final[Mapping[str, Mapping[str, Rule]]] = {
    "option": {
        "text": _must("text", 75),
        "value": _must("string", 150),
        "description": Rule("text", 75),
        "url": Rule("string", 3000),
    },
    "option_group": {"label": _must("plain", 75), "options": _must("list", 100, of="option")},
    "confirm": {
        "title": _must("plain", 100),
        "text": _must("text", 300),
        "confirm": _must("plain", 30),
        "deny": _must("plain", 30),
        "style": Rule("choice", choices=("primary", "danger")),
    },
    "slack_file": {"id": Rule("string", 50), "url": Rule("string", 3000)},
    "column": {"align": Rule("choice", choices=("left", "center", "right")), "is_wrapped": Rule("bool")},
    "cell": {"type": Rule("choice", required=True, choices=("raw_text", "raw_number", "rich_text")), "text": _ANY},
}

ENTRIES: Final[Mapping[str, Rule]] = {
    "field": Rule("text", 2000),
    "note": Rule("note", 3000),
    "row": Rule("list", 20, of="cell"),
    "id": ID,
    "element": Rule("element"),
    **{name: Rule(name) for name in COMPOSITIONS},
}
"""What the entries of a list are held against."""

ONE_OF: Final[Mapping[str, tuple[str, ...]]] = {
    "section": ("text", "fields"),
    "image": ("slack_file", "image_url"),
    "slack_file": ("id", "url"),
    "static_select": ("options", "option_groups"),
    "multi_static_select": ("options", "option_groups"),
}
"""Where at least one of several properties must be there."""

VIEW: Final[Mapping[str, Rule]] = {
    "type": Rule("choice", required=True, choices=("modal", "home")),
    "title": Rule("plain", 24),
    "submit": Rule("plain", 24),
    "close": Rule("plain", 24),
    "blocks": Rule("any", required=True),
    "private_metadata": Rule("string", 3000, 0),
    "callback_id": Rule("string", 255, 0),
    "external_id": Rule("string", 255, 0),
    "clear_on_close": Rule("bool"),
    "notify_on_close": Rule("bool"),
    "submit_disabled": Rule("bool"),
}
