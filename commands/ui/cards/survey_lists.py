"""Saved lists of people to ask: all of them, one with its people, and the form that makes or changes one."""

from collections.abc import Sequence
from typing import Final

from commands.core.button_values import packed
from commands.core.reply import Block, Modal, Reply
from commands.core.request import Translator
from commands.core.survey_lists import ADD, NAME, TAKE_OFF
from commands.ui.blocks import actions, button, confirm, context, cut, mention, text_input
from commands.ui.cards.explain import TITLE_MOST
from commands.ui.cards.paragraphs import Paragraph, as_section, line, plain_text, strong
from commands.ui.cards.survey_waves import LISTS
from metrics.types import Sentence, plural
from storage.queries.contact_search import Person
from storage.queries.saved_lists import SavedList

NEW_LIST: Final = "survey.list_new"
EDIT_LIST: Final = "survey.list_edit"
SHOW_LIST: Final = "survey.list_show"
REMOVE_LIST: Final = "survey.list_remove"
ASK_LIST: Final = "survey.list_ask"
SAVE_LIST: Final = "survey.list_save"
PAGE: Final = 8
PEOPLE_PAGE: Final = 15


def lists_card(
    lists: Sequence[SavedList], page: int, t: Translator, *, said: Sentence | None = None, replace: bool = False
) -> Reply:
    """One page of the lists."""
    last = max(0, (len(lists) - 1) // PAGE)
    page = min(page, last)
    here = lists[page * PAGE : (page + 1) * PAGE]
    head = (line(said), *_head(lists))
    blocks: list[Block] = [as_section(t, head)]
    blocks += (as_section(t, _one(one, named=True), accessory=_open(one, t)) for one in here)
    buttons = [button(t("New list"), NEW_LIST, packed(""), style="primary")]
    if page > 0:
        buttons.append(button(t("‹ Previous"), LISTS, packed("turn", page - 1)))
    if page < last:
        buttons.append(button(t("Next ›"), LISTS, packed("turn", page + 1)))
    blocks.append(actions(*buttons))
    told = [head, *(_one(one, named=False) for one in here)]
    return Reply(plain_text(t, told), tuple(blocks), replace=replace)


def list_modal(one: SavedList, people: Sequence[Person], page: int, t: Translator) -> Modal:
    """One list with its people, and what can be done with it."""
    last = max(0, (len(people) - 1) // PEOPLE_PAGE)
    page = min(page, last)
    here = people[page * PEOPLE_PAGE : (page + 1) * PEOPLE_PAGE]
    gone = Sentence("has left")
    names = tuple(
        line(Sentence("• {name}", {"name": each.name}), each.account_name, gone if each.left_on else None)
        for each in here
    )
    pages = Sentence("page {page} of {pages}", {"page": page + 1, "pages": last + 1}) if last else None
    blocks = [as_section(t, _one(one, named=True)), as_section(t, (line(pages), *names))]
    buttons = [
        button(t("Ask them"), ASK_LIST, packed(str(one.id)), style="primary"),
        button(t("Edit"), EDIT_LIST, packed(str(one.id))),
    ]
    if page > 0:
        buttons.append(button(t("‹ Previous"), SHOW_LIST, packed(str(one.id), page - 1)))
    if page < last:
        buttons.append(button(t("Next ›"), SHOW_LIST, packed(str(one.id), page + 1)))
    sure = confirm(
        t("Remove this list?"),
        t("Surveys that are planned for it will find nobody."),
        yes=t("Remove"),
        no=t("Keep it"),
        danger=True,
    )
    buttons.append(button(t("Remove"), REMOVE_LIST, packed(str(one.id)), style="danger", confirm=sure))
    blocks.append(actions(*buttons))
    return Modal(cut(t("Saved list"), TITLE_MOST), tuple(blocks), close=cut(t("Close"), TITLE_MOST))


def list_form(one: SavedList | None, t: Translator) -> Modal:
    """The form for a new list, or to change one: people are added or taken off, one a line."""
    add_label = t("People, one a line") if one is None else t("Add people, one a line")
    hint = t("ana@acme.com, a contact's id or name, or an account for its points of contact")
    blocks = [text_input(NAME, t("Name of the list"), initial=None if one is None else one.name, most=100)]
    if one is not None:
        blocks.append(as_section(t, (line(_count(one)),)))
    blocks.append(text_input(ADD, add_label, placeholder=hint, multiline=True, optional=one is not None, most=3000))
    if one is not None:
        blocks.append(text_input(TAKE_OFF, t("Take people off, one a line"), multiline=True, optional=True, most=3000))
    blocks.append(context(t.md("Save it and edit it again to add more than fit here.")))
    return Modal(
        cut(t("New list") if one is None else t("Change the list"), TITLE_MOST),
        tuple(blocks),
        close=cut(t("Close"), TITLE_MOST),
        callback_id=SAVE_LIST,
        submit=cut(t("Save"), TITLE_MOST),
        private_metadata=packed("" if one is None else f"{one.id} {int(one.changed_at.timestamp())}"),
    )


def _head(lists: Sequence[SavedList]) -> Paragraph:
    if not lists:
        return (
            strong(Sentence("No saved lists yet")),
            line(
                Sentence("A list is a handful of people you want to ask: pilots, a board of users, last week's event.")
            ),
        )
    return (strong(plural("{count} saved list", "{count} saved lists", len(lists))),)


def _one(one: SavedList, *, named: bool) -> Paragraph:
    owner = Sentence("by {person}", {"person": mention(one.owner)}) if named else None
    return (strong(one.name), line(_count(one), owner))


def _count(one: SavedList) -> Sentence:
    return plural("{count} person", "{count} people", one.contacts)


def _open(one: SavedList, t: Translator) -> Block:
    return button(t("Open"), SHOW_LIST, packed(str(one.id)))
