import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.core.reply import Block, Markup
from commands.ui import blocks
from commands.ui.blocks import actions, button, check, check_view, cut, section, verbatim

ENTITY_OR_TAG = re.compile(r"&(?:amp|lt|gt);|<[^<>]*>")
anything = st.text(st.characters(codec="utf-8"), max_size=200)


def all_blocks() -> list[Block]:
    option = blocks.option("One", "1", "the first")
    return [
        blocks.header("Title", block_id="title"),
        section("Text", fields=["a", "b"], accessory=blocks.overflow("x.more", [option])),
        blocks.context("small", blocks.mention("U1")),
        blocks.divider(),
        actions(
            button("Go", "x.go", "1", style="primary", confirm=blocks.confirm("Sure?", "Really", yes="Yes", no="No")),
            button("Go", "x.go", "2"),
            blocks.static_select("x.pick", "Pick", [option], initial=option),
        ),
        blocks.image("F123", "what it shows", "Title"),
        blocks.table([["Account", "MRR"], ["Acme", "$5"]], numbers=[1]),
        blocks.text_input("why", "Why?", placeholder="In a word", initial="x", multiline=True, optional=True, most=100),
    ]


@pytest.mark.parametrize("block", all_blocks(), ids=lambda block: str(block["type"]))
def test_every_builder_makes_what_slack_accepts(block: Block) -> None:
    assert check([block]) == []


@pytest.mark.parametrize(
    "text", ["<!channel>", "<@U123>", "<https://evil.example|our site>", "a & b", "&lt;!here&gt;", "<#C1|general>"]
)
def test_a_plain_string_neither_mentions_nor_links(text: str) -> None:
    shown = section(text)["text"]
    assert shown["verbatim"] is True
    assert "<" not in shown["text"]
    assert ">" not in shown["text"]
    assert blocks.plain(Markup(shown["text"])) == text


@pytest.mark.parametrize("mark", ["*", "_", "~", "`"])
def test_a_plain_string_does_not_format(mark: str) -> None:
    shown = section(f"{mark}x{mark}")["text"]["text"]
    assert f"{mark}x" not in shown
    assert f"x{mark}" not in shown


def test_emoji_names_and_quotes_are_defused() -> None:
    assert ":fire:" not in verbatim("so :fire: hot")
    assert verbatim("12:30") == "12:30"
    assert not verbatim("> quoted").startswith("&gt;")


def test_characters_that_turn_the_direction_of_text_are_dropped() -> None:
    assert verbatim("a\u202eb\x00c") == "abc"


def test_markup_is_formatted() -> None:
    assert section(blocks.bold("a*b"))["text"]["text"] == "*a\u200b*\u200bb*"
    assert blocks.join(" · ", [blocks.italic("x"), "<y>"]) == "_x_ · &lt;y&gt;"
    assert blocks.link("https://x.example/?a=1&b=2", "A|B>") == "<https://x.example/?a=1&amp;b=2|A¦B&gt;>"


def test_a_mention_takes_an_id_only() -> None:
    with pytest.raises(ValueError, match="not an id"):
        blocks.mention("U1> <!channel")


def test_buttons_know_no_markup() -> None:
    assert button(str(verbatim("*A&B*")), "x")["text"]["text"] != "*A&B*"
    assert button(verbatim("*A&B*"), "x")["text"]["text"] == "*A&B*"


def test_what_is_sent_as_a_message_mentions_nobody() -> None:
    assert blocks.message_text("*<!channel>* & co") == "*&lt;!channel&gt;* &amp; co"
    assert len(blocks.message_text("&" * 4000)) <= 4000


@given(text=anything)
def test_any_text_survives_being_made_safe(text: str) -> None:
    visible = blocks.plain(text)
    assert blocks.plain(verbatim(text)) == visible.replace("\u200b", "")


@given(text=anything, limit=st.integers(1, 80))
def test_a_cut_stays_within_its_limit_and_well_formed(text: str, limit: int) -> None:
    whole = blocks.join(" ", [blocks.mention("U123"), text, blocks.link("https://x.example", "x")])
    short = cut(whole, limit)
    assert len(short) <= limit
    assert not set("&<>") & set(ENTITY_OR_TAG.sub("", short))
    assert len(cut(text, limit)) <= limit


@given(text=st.text(st.characters(codec="utf-8"), min_size=1, max_size=20), times=st.integers(1, 400))
def test_no_text_is_too_long_for_its_block(text: str, times: int) -> None:
    long = "x" + text * times
    built = [
        blocks.header(long),
        section(long, fields=[long], accessory=button(long, "x.go")),
        blocks.context(long),
        blocks.image("F1", long, long),
        blocks.text_input("q", long, placeholder=long),
    ]
    assert check(built) == []


def test_repeated_actions_get_ids_that_differ() -> None:
    row = actions(button("a", "x.go"), button("b", "x.go"), button("c", "x.stop"), button("d", "x.go"))
    assert [element["action_id"] for element in row["elements"]] == ["x.go", "x.go#2", "x.stop", "x.go#3"]


GO = {"type": "button", "text": {"type": "plain_text", "text": "Go"}, "action_id": "x.go"}
BLUE = {**GO, "style": "blue"}
LONG = {"type": "plain_text", "text": "x" * 151}


@pytest.mark.parametrize(
    ("bad", "problem"),
    [
        ([{"type": "section"}], "/0: section needs text or fields"),
        ([{"type": "carousel"}], "/0/type: unknown block 'carousel'"),
        ([{}], "/0/type: unknown block None"),
        ([{"type": "header", "text": {"type": "mrkdwn", "text": "x"}}], "/0/text/type: must be plain_text"),
        ([{"type": "header", "text": {"type": "plain_text", "text": ""}}], "/0/text/text: empty"),
        ([{"type": "header", "text": LONG}], "/0/text/text: 151 characters, at most 150"),
        ([{"type": "header"}], "/0/text: missing from header"),
        ([{"type": "header", "text": "x"}], "/0/text: must be an object"),
        ([{"type": "divider", "text": "x"}], "/0/text: no such property in divider"),
        ([{"type": "context", "elements": []}], "/0/elements: 0 entries, 1 to 10 allowed"),
        ([{"type": "context", "elements": [GO]}], "/0/elements/0/type: a context takes no button"),
        ([{"type": "actions", "elements": [GO, GO]}], "/0/elements: action_id 'x.go' stands 2 times"),
        ([{"type": "actions", "elements": [BLUE]}], "/0/elements/0/style: 'blue' is none of primary, danger"),
        ([{"type": "actions", "elements": [{**GO, "value": ""}]}], "/0/elements/0/value: empty"),
        ([{"type": "actions", "elements": [{**GO, "value": 7}]}], "/0/elements/0/value: must be a string"),
        ([{"type": "actions", "elements": [{"type": "slider"}]}], "/0/elements/0/type: unknown element 'slider'"),
        ([{"type": "actions", "elements": "x"}], "/0/elements: must be a list"),
        ([{"type": "image", "slack_file": {"id": "F1"}}], "/0/alt_text: missing from image"),
        ([{"type": "image", "alt_text": "x"}], "/0: image needs slack_file or image_url"),
        ([{"type": "divider", "block_id": "a"}] * 2, ": block_id 'a' stands 2 times"),
        ([{"type": "divider", "block_id": "x" * 256}], "/0/block_id: 256 characters, at most 255"),
        ([{"type": "divider"}] * 51, ": 51 blocks, at most 50 in a message"),
        ([blocks.table([["a"] * 21])], "/0/rows/0: 21 entries, 1 to 20 allowed"),
        ([blocks.table([["a"]])] * 2, ": a message takes one table"),
        ([{"type": "input", "label": GO["text"], "element": GO}], "/0/element/type: a input takes no button"),
    ],
)  # fmt: skip
def test_what_slack_refuses_is_named_with_its_place(bad: list[Block], problem: str) -> None:
    assert problem in check(bad)


def test_a_modal_takes_a_hundred_blocks_and_no_table() -> None:
    assert check([blocks.divider()] * 100, surface="modal") == []
    assert check([blocks.table([["a"]])], surface="modal") == ["/0/type: a modal takes no table"]


def modal(**more: object) -> Block:
    return {"type": "modal", "title": {"type": "plain_text", "text": "Why"}, "blocks": [blocks.divider()], **more}


def test_a_modal_within_limits_is_fine() -> None:
    assert check_view(modal(close={"type": "plain_text", "text": "Close"}, private_metadata="")) == []


@pytest.mark.parametrize(
    ("view", "problem"),
    [
        (modal(title={"type": "plain_text", "text": "x" * 25}), "/title/text: 25 characters, at most 24"),
        ({"type": "modal", "blocks": []}, "/title: a modal needs a title"),
        (modal(blocks=[blocks.text_input("q", "Why?")]), "/submit: a modal with inputs needs a submit button"),
        (modal(blocks=[blocks.section("")]), "/blocks/0: section needs text or fields"),
        (modal(private_metadata="x" * 3001), "/private_metadata: 3001 characters, at most 3000"),
        (modal(colour="red"), "/colour: no such property in view"),
        ({"type": "page", "blocks": []}, "/type: 'page' is none of modal, home"),
    ],
)
def test_what_slack_refuses_in_a_view_is_named(view: Block, problem: str) -> None:
    assert problem in check_view(view)
