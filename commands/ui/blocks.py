"""Block Kit: one builder a block, and the only place that makes text safe for Slack.

A plain `str` is shown letter by letter: `&`, `<` and `>` are escaped, so that it can neither mention nor link, and the
marks of formatting (`*`, `_`, `~`, the backtick, emoji colons) are defused by a zero-width space on either side. Only
`Markup` is formatted. It comes from `t.md("*{name}* …", name=…)`, whose own marks work while its values are shown
letter by letter, and from `bold`, `italic`, `mention`, `link` and `join` below.

Texts that are too long are cut by code point, never inside an escape, a mention or a link. Buttons of the same action
may stand side by side: `actions` numbers their ids, the registry takes the numbers off again. `check` says what Slack
would refuse, so that a card's test fails with the reason instead of a person's answer.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from commands.core.reply import Block, Markup
from commands.core.spec import REPEATED
from commands.ui.limits import check, check_view

__all__ = [
    "Markup",
    "actions",
    "bold",
    "button",
    "check",
    "check_view",
    "checkboxes",
    "choice_input",
    "code",
    "confirm",
    "context",
    "conversations_select",
    "cut",
    "datetimepicker",
    "divider",
    "escape",
    "header",
    "image",
    "italic",
    "join",
    "link",
    "mention",
    "message_text",
    "multi_static_select",
    "option",
    "option_group",
    "overflow",
    "place",
    "plain",
    "radio_buttons",
    "section",
    "static_select",
    "table",
    "text_input",
    "tick_option",
    "timepicker",
    "users_select",
    "verbatim",
]

ZERO_WIDTH: Final = "\u200b"
ELLIPSIS: Final = "…"

SECTION_TEXT: Final = 3000
FIELD_TEXT: Final = 2000
CONTEXT_TEXT: Final = 3000
HEADER_TEXT: Final = 150
BUTTON_TEXT: Final = 75
OPTION_TEXT: Final = 75
PLACEHOLDER_TEXT: Final = 150
LABEL_TEXT: Final = 2000
ALT_TEXT: Final = 2000
CONFIRM_TITLE: Final = 100
CONFIRM_TEXT: Final = 300
CONFIRM_BUTTON: Final = 30
MESSAGE_TEXT: Final = 4000

_ESCAPES: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_SPECIAL: Final = re.compile(r"[&<>]")
_MARKS: Final = re.compile(r"[*_~`]|^>|:(?=[\w+'-]+:)", re.MULTILINE)
_INVISIBLE: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
"""Control characters and those that turn the direction of what follows: nothing a reader should be fooled by."""
_PIECE: Final = re.compile(r"&(?:amp|lt|gt);|<[^<>]*>|.", re.DOTALL)


# --- Text --------------------------------------------------------------------------------------------------------


def escape(text: str) -> str:
    """The text with `&`, `<` and `>` escaped; its marks of formatting still work."""
    return _SPECIAL.sub(lambda found: _ESCAPES[found[0]], text)


def verbatim(text: str) -> Markup:
    """The text as it stands, whatever it holds: what a customer wrote neither mentions, links nor formats."""
    if isinstance(text, Markup):
        return text
    defused = _MARKS.sub(lambda found: f"{ZERO_WIDTH}{found[0]}{ZERO_WIDTH}", _INVISIBLE.sub("", text))
    return Markup(escape(defused))


def plain(text: str) -> str:
    """The text for places that know no formatting (buttons, headers, terminals); undoes what `verbatim` did."""
    if not isinstance(text, Markup):
        return _INVISIBLE.sub("", text)
    bare = text.replace(ZERO_WIDTH, "")
    return bare.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def bold(text: str) -> Markup:
    """The text in bold."""
    return Markup(f"*{verbatim(text)}*")


def italic(text: str) -> Markup:
    """The text in italics."""
    return Markup(f"_{verbatim(text)}_")


def mention(user_id: str) -> Markup:
    """A person of the workspace, by Slack's id."""
    return Markup(f"<@{_id(user_id)}>")


def place(slack_id: str) -> Markup:
    """A channel or a person of the workspace, by Slack's id."""
    return mention(slack_id) if slack_id.startswith(("U", "W")) else Markup(f"<#{_id(slack_id)}>")


def link(url: str, label: str) -> Markup:
    """A link; `url` is ours, never a customer's."""
    target = escape(url).replace("|", "%7C")
    return Markup(f"<{target}|{verbatim(label).replace('|', '¦')}>")


def code(text: str) -> Markup:
    """The text as something to be copied letter by letter; ours, never a customer's."""
    return Markup(f"`{escape(text)}`")


def join(separator: str, parts: Iterable[str]) -> Markup:
    """The parts one after another, each made safe unless it is already."""
    return Markup(verbatim(separator).join(verbatim(part) for part in parts))


def cut(text: str, limit: int) -> str:
    """The text in at most `limit` code points, ended by an ellipsis if shortened; Markup stays well formed."""
    if len(text) <= limit:
        return text
    if not isinstance(text, Markup):
        return text[: limit - 1].rstrip() + ELLIPSIS
    kept, room = [], limit - 1
    for piece in _PIECE.findall(text):
        if len(piece) > room:
            break
        kept.append(piece)
        room -= len(piece)
    return Markup("".join(kept).rstrip() + ELLIPSIS)


def message_text(text: str) -> str:
    """A Reply's text as chat.postMessage takes it: notifications and screen readers get it, and no mention fires."""
    return cut(Markup(text if isinstance(text, Markup) else escape(_INVISIBLE.sub("", text))), MESSAGE_TEXT)


def _id(slack_id: str) -> str:
    if not re.fullmatch(r"[A-Z0-9]+", slack_id):
        raise ValueError(f"not an id of Slack's: {slack_id!r}")
    return slack_id


def _mrkdwn(text: str, limit: int) -> Block:
    return {"type": "mrkdwn", "text": cut(verbatim(text), limit), "verbatim": True}


def _plain(text: str, limit: int) -> Block:
    return {"type": "plain_text", "text": cut(plain(text), limit), "emoji": True}


def _with(block: Block, **given: object) -> Block:
    return block | {name: value for name, value in given.items() if value is not None}


# --- Blocks ------------------------------------------------------------------------------------------------------


def header(text: str, *, block_id: str | None = None) -> Block:
    """A large line of plain text."""
    return _with({"type": "header", "text": _plain(text, HEADER_TEXT)}, block_id=block_id)


def section(
    text: str, *, fields: Sequence[str] = (), accessory: Block | None = None, block_id: str | None = None
) -> Block:
    """A paragraph, with up to ten fields in two columns and one element at its side. Empty `text`: fields only."""
    return _with(
        {"type": "section"},
        text=_mrkdwn(text, SECTION_TEXT) if text else None,
        fields=[_mrkdwn(field, FIELD_TEXT) for field in fields] or None,
        accessory=accessory,
        block_id=block_id,
    )


def context(*texts: str) -> Block:
    """A small grey line."""
    return {"type": "context", "elements": [_mrkdwn(text, CONTEXT_TEXT) for text in texts]}


def divider() -> Block:
    """A line across."""
    return {"type": "divider"}


def actions(*elements: Block, block_id: str | None = None) -> Block:
    """A row of buttons and menus; the second one of an action gets the id `action#2`, as Slack wants ids to differ."""
    seen: Counter[str] = Counter()
    numbered = []
    for element in elements:
        action_id = element["action_id"]
        seen[action_id] += 1
        again = seen[action_id] > 1
        numbered.append(element | {"action_id": f"{action_id}{REPEATED}{seen[action_id]}"} if again else element)
    return _with({"type": "actions", "elements": numbered}, block_id=block_id)


def image(slack_file_id: str, alt: str, title: str | None = None) -> Block:
    """An uploaded picture; `alt` says its finding to those who do not see it."""
    return _with(
        {"type": "image", "slack_file": {"id": slack_file_id}, "alt_text": cut(plain(alt), ALT_TEXT)},
        title=None if title is None else _plain(title, LABEL_TEXT),
    )


def table(rows: Sequence[Sequence[str]], *, numbers: Sequence[int] = ()) -> Block:
    """Cells in rows, the first row being the titles; the columns whose index is in `numbers` are set to the right."""
    width = max((len(row) for row in rows), default=0)
    settings = [{"align": "right"} if column in numbers else {"align": "left"} for column in range(width)]
    cells = [[{"type": "raw_text", "text": plain(cell)} for cell in row] for row in rows]
    return {"type": "table", "rows": cells, "column_settings": settings}


def text_input(
    block_id: str,
    label: str,
    *,
    action_id: str = "text",
    initial: str | None = None,
    placeholder: str | None = None,
    multiline: bool = False,
    optional: bool = False,
    most: int | None = None,
) -> Block:
    """A question in a modal that is answered in words."""
    element = _with(
        {"type": "plain_text_input", "action_id": action_id, "multiline": multiline},
        initial_value=initial,
        placeholder=None if placeholder is None else _plain(placeholder, PLACEHOLDER_TEXT),
        max_length=most,
    )
    return {
        "type": "input",
        "block_id": block_id,
        "label": _plain(label, LABEL_TEXT),
        "element": element,
        "optional": optional,
    }


def choice_input(block_id: str, label: str, element: Block, *, optional: bool = False) -> Block:
    """A question in a modal that is answered by choosing: `element` is a menu, boxes or radio buttons."""
    block = {"type": "input", "block_id": block_id, "label": _plain(label, LABEL_TEXT), "element": element}
    return block | {"optional": True} if optional else block


# --- Elements ----------------------------------------------------------------------------------------------------


def button(
    label: str,
    action_id: str,
    value: str = "",
    *,
    style: str | None = None,
    confirm: Block | None = None,
    url: str | None = None,
) -> Block:
    """A button; `value` comes back with the press. `style` is "primary" or "danger"."""
    element: Block = {"type": "button", "text": _plain(label, BUTTON_TEXT), "action_id": action_id}
    return _with(element, value=value or None, style=style, confirm=confirm, url=url)


def confirm(title: str, text: str, *, yes: str, no: str, danger: bool = False) -> Block:
    """The question that a press must answer before it counts."""
    return _with(
        {
            "title": _plain(title, CONFIRM_TITLE),
            "text": _plain(text, CONFIRM_TEXT),
            "confirm": _plain(yes, CONFIRM_BUTTON),
            "deny": _plain(no, CONFIRM_BUTTON),
        },
        style="danger" if danger else None,
    )


def option(label: str, value: str, description: str | None = None) -> Block:
    """One line of a menu."""
    return _with(
        {"text": _plain(label, OPTION_TEXT), "value": value},
        description=None if description is None else _plain(description, OPTION_TEXT),
    )


def option_group(label: str, options: Sequence[Block]) -> Block:
    """Lines of a menu under a heading."""
    return {"label": _plain(label, OPTION_TEXT), "options": list(options)}


def overflow(action_id: str, options: Sequence[Block]) -> Block:
    """The menu behind three dots, for up to five lines."""
    return {"type": "overflow", "action_id": action_id, "options": list(options)}


def static_select(
    action_id: str,
    placeholder: str,
    options: Sequence[Block] = (),
    *,
    groups: Sequence[Block] = (),
    initial: Block | None = None,
) -> Block:
    """A menu of up to a hundred lines, or of `groups` of so many in their place; `initial` is one of the lines."""
    element: Block = {
        "type": "static_select",
        "action_id": action_id,
        "placeholder": _plain(placeholder, PLACEHOLDER_TEXT),
    }
    lines: Block = {"option_groups": list(groups)} if groups else {"options": list(options)}
    return _with(element | lines, initial_option=initial)


def multi_static_select(
    action_id: str, placeholder: str, options: Sequence[Block], *, initial: Sequence[Block] = ()
) -> Block:
    """A menu of up to a hundred lines of which several may be chosen; `initial` are some of the lines."""
    element: Block = {
        "type": "multi_static_select",
        "action_id": action_id,
        "placeholder": _plain(placeholder, PLACEHOLDER_TEXT),
        "options": list(options),
    }
    return _with(element, initial_options=list(initial) or None)


def users_select(action_id: str, placeholder: str, *, initial: str | None = None) -> Block:
    """A menu of the workspace's people; what comes back is the id of one of them."""
    element: Block = {
        "type": "users_select",
        "action_id": action_id,
        "placeholder": _plain(placeholder, PLACEHOLDER_TEXT),
    }
    return _with(element, initial_user=initial)


def conversations_select(action_id: str, placeholder: str, *, initial: str | None = None) -> Block:
    """A menu of the company's own channels: public ones, and those private ones that the person is in."""
    element: Block = {
        "type": "conversations_select",
        "action_id": action_id,
        "placeholder": _plain(placeholder, PLACEHOLDER_TEXT),
        "filter": {"include": ["public", "private"], "exclude_external_shared_channels": True},
    }
    return _with(element, initial_conversation=initial)


def timepicker(action_id: str, *, initial: str) -> Block:
    """A time of day, HH:MM."""
    return {"type": "timepicker", "action_id": action_id, "initial_time": initial}


def datetimepicker(action_id: str, *, initial: datetime | None = None) -> Block:
    """A day and a time of day, in the zone of whoever chooses; what comes back is the moment in Unix seconds."""
    seconds = None if initial is None else int(initial.timestamp())
    return _with({"type": "datetimepicker", "action_id": action_id}, initial_date_time=seconds)


def radio_buttons(action_id: str, options: Sequence[Block], *, initial: Block | None = None) -> Block:
    """Up to ten lines of which one is chosen; without `initial` none is at first."""
    return _with({"type": "radio_buttons", "action_id": action_id, "options": list(options)}, initial_option=initial)


def checkboxes(action_id: str, options: Sequence[Block], *, initial: Sequence[Block] = ()) -> Block:
    """Up to ten boxes; `initial` are those of the options that are ticked."""
    element: Block = {"type": "checkboxes", "action_id": action_id, "options": list(options)}
    return _with(element, initial_options=list(initial) or None)


def tick_option(label: str, value: str, description: Markup | None = None) -> Block:
    """A box or radio button; unlike a menu's line it may be described in mrkdwn."""
    return _with(
        {"text": _plain(label, OPTION_TEXT), "value": value},
        description=None if description is None else _mrkdwn(description, OPTION_TEXT),
    )
