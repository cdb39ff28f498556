"""A check of blocks and views against what Slack accepts, which names every place at fault.

Used by the tests of every card and by the playground's double, which refuses what Slack would refuse. A kind of block
or element that the table in `commands.ui.block_kit` does not know is reported, never passed over.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from json import dumps
from typing import Any, TypeAlias

from commands.ui.block_kit import (
    BLOCKS,
    BLOCKS_MOST,
    COMPOSITIONS,
    ELEMENTS,
    ELEMENTS_OF,
    ENTRIES,
    ID,
    MARKDOWN_MOST,
    ONE_OF,
    ONLY_ON,
    VIEW,
    VIEW_BYTES,
    Rule,
)

Json: TypeAlias = Mapping[str, Any]


def check(blocks: Sequence[Json], *, surface: str = "message") -> list[str]:
    """What Slack would refuse in the blocks of a message, modal or home, each with its JSON pointer; empty is fine."""
    return list(_blocks(blocks, surface))


def check_view(view: Json) -> list[str]:
    """What Slack would refuse in a view, a modal or a home."""
    surface = str(view.get("type", ""))
    problems = list(_properties(view, "", VIEW, "view", ignore=()))
    if surface == "modal" and "title" not in view:
        problems.append("/title: a modal needs a title")
    if surface in BLOCKS_MOST and isinstance(view.get("blocks"), Sequence):
        problems += [f"/blocks{problem}" for problem in check(view["blocks"], surface=surface)]
        if (
            any(block.get("type") == "input" for block in view["blocks"])
            and surface == "modal"
            and "submit" not in view
        ):
            problems.append("/submit: a modal with inputs needs a submit button")
    if (size := len(dumps(view, ensure_ascii=False).encode())) > VIEW_BYTES:
        problems.append(f": {size} bytes, at most {VIEW_BYTES}")
    return problems


def _blocks(blocks: Sequence[Json], surface: str) -> Iterator[str]:
    if len(blocks) > BLOCKS_MOST[surface]:
        yield f": {len(blocks)} blocks, at most {BLOCKS_MOST[surface]} in a {surface}"
    yield from _repeated((block.get("block_id") for block in blocks), "block_id", "")
    written = sum(len(block.get("text", "")) for block in blocks if block.get("type") == "markdown")
    if written > MARKDOWN_MOST:
        yield f": {written} characters of markdown together, at most {MARKDOWN_MOST}"
    if sum(block.get("type") == "table" for block in blocks) > 1:
        yield ": a message takes one table"
    for index, block in enumerate(blocks):
        yield from _block(block, f"/{index}", surface)


def _block(block: Json, at: str, surface: str) -> Iterator[str]:
    kind = block.get("type")
    if not isinstance(kind, str) or kind not in BLOCKS:
        yield f"{at}/type: unknown block {kind!r}"
        return
    if surface not in ONLY_ON.get(kind, (surface,)):
        yield f"{at}/type: a {surface} takes no {kind}"
    if "block_id" in block:
        yield from _value(block["block_id"], f"{at}/block_id", ID, kind)
    yield from _properties(block, at, BLOCKS[kind], kind, ignore=("type", "block_id"))
    elements = block.get("elements")
    if isinstance(elements, list):
        ids = (element.get("action_id") for element in elements if isinstance(element, Mapping))
        yield from _repeated(ids, "action_id", f"{at}/elements")


def _repeated(ids: Iterator[Any], name: str, at: str) -> Iterator[str]:
    for given, count in Counter(one for one in ids if one is not None).items():
        if count > 1:
            yield f"{at}: {name} {given!r} stands {count} times"


def _properties(
    thing: Json, at: str, rules: Mapping[str, Rule], kind: str, ignore: tuple[str, ...] = ("type",)
) -> Iterator[str]:
    for name, rule in rules.items():
        if name in thing:
            yield from _value(thing[name], f"{at}/{name}", rule, kind)
        elif rule.required:
            yield f"{at}/{name}: missing from {kind}"
    for name in thing:
        if name not in rules and name not in ignore:
            yield f"{at}/{name}: no such property in {kind}"
    if kind in ONE_OF and not any(name in thing for name in ONE_OF[kind]):
        yield f"{at}: {kind} needs {' or '.join(ONE_OF[kind])}"


def _value(value: object, at: str, rule: Rule, parent: str) -> Iterator[str]:  # noqa: C901 - one line a kind
    match rule.kind:
        case "any":
            return
        case "string":
            yield from _string(value, at, rule)
        case "bool":
            if not isinstance(value, bool):
                yield f"{at}: must be true or false"
        case "int":
            if not isinstance(value, int) or isinstance(value, bool) or (rule.most and value > rule.most):
                yield f"{at}: must be a whole number" + (f", at most {rule.most}" if rule.most else "")
        case "choice":
            if value not in rule.choices:
                yield f"{at}: {value!r} is none of {', '.join(rule.choices)}"
        case "list":
            yield from _list(value, at, rule, parent)
        case _ if not isinstance(value, Mapping):
            yield f"{at}: must be an object"
        case "plain" | "mrkdwn" | "text":
            yield from _text(value, at, rule)
        case "note" if value.get("type") in ("mrkdwn", "plain_text"):
            yield from _text(value, at, rule._replace(kind="text"))
        case "note" | "element":
            yield from _element(value, at, parent)
        case _:
            yield from _properties(value, at, COMPOSITIONS[rule.kind], rule.kind, ignore=())


def _string(value: object, at: str, rule: Rule) -> Iterator[str]:
    if not isinstance(value, str):
        yield f"{at}: must be a string"
    elif len(value) > rule.most:
        yield f"{at}: {len(value)} characters, at most {rule.most}"
    elif len(value) < rule.least:
        yield f"{at}: empty"


def _list(value: object, at: str, rule: Rule, parent: str) -> Iterator[str]:
    if not isinstance(value, list):
        yield f"{at}: must be a list"
        return
    if not rule.least <= len(value) <= rule.most:
        yield f"{at}: {len(value)} entries, {rule.least} to {rule.most} allowed"
    for index, entry in enumerate(value):
        yield from _value(entry, f"{at}/{index}", ENTRIES[rule.of], parent)


def _text(value: Json, at: str, rule: Rule) -> Iterator[str]:
    allowed = {"plain": ("plain_text",), "mrkdwn": ("mrkdwn",)}.get(rule.kind, ("plain_text", "mrkdwn"))
    if value.get("type") not in allowed:
        yield f"{at}/type: must be {' or '.join(allowed)}"
    extra = {"plain_text": "emoji", "mrkdwn": "verbatim"}.get(str(value.get("type")))
    for name in value:
        if name not in ("type", "text", extra):
            yield f"{at}/{name}: no such property in a {value.get('type')} text"
    yield from _string(value.get("text"), f"{at}/text", rule._replace(kind="string"))


def _element(value: Json, at: str, parent: str) -> Iterator[str]:
    kind = value.get("type")
    if not isinstance(kind, str) or kind not in ELEMENTS:
        yield f"{at}/type: unknown element {kind!r}"
    elif kind not in ELEMENTS_OF.get(parent, ()):
        yield f"{at}/type: a {parent} takes no {kind}"
    else:
        yield from _properties(value, at, ELEMENTS[kind], kind)
