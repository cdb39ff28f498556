"""/survey lists: people put together to ask them."""

from dataclasses import replace

import pytest

from commands.core.errors import UserError
from commands.core.reply import Invalid, Modal
from commands.core.survey_lists import read_lines
from commands.survey import COMMAND
from commands.ui.blocks import check
from storage.queries.contact_search import people_by_ids
from storage.queries.saved_lists import contacts_on, saved_lists
from storage.session import Session
from tests.commands.asking import ask
from tests.commands.pressing import labels, modal, press, reply
from tests.commands.reachable import with_people


@pytest.fixture
def people(company: Session) -> Session:
    return with_people(company)


def lists(db: Session):
    return reply(COMMAND.run(ask("lists"), db))


def submit(db: Session, shown: Modal, **given: str) -> Modal | Invalid:
    view = next(one for one in COMMAND.views if one.id == shown.callback_id)
    state = {f"survey_list_{name}": value for name, value in given.items()}
    answer = view.run(replace(ask(shown.private_metadata), state=state), db)
    assert isinstance(answer, Modal | Invalid)
    return answer


def new(db: Session, **given: str) -> Modal | Invalid:
    return submit(db, modal(press(COMMAND, lists(db), "survey.list_new", ask(), db)), **given)


def names(db: Session, ids: frozenset[int] | list[int]) -> list[str]:
    return sorted(one.name for one in people_by_ids(db, list(ids)))


def test_without_any_the_page_says_what_a_list_is(people):
    shown = lists(people)
    assert shown.text.startswith("No saved lists yet")
    assert check(shown.blocks) == []


def test_addresses_ids_names_and_accounts_may_be_mixed_as_they_are_pasted(people):
    read = read_lines(people, "Bea@beta.io, <c12>\nAna Acme; U0BORIS\n\nEta")
    assert read.wrong == ()
    assert names(people, read.contact_ids) == ["Ana Acme", "Ana Eta", "Bea Ruiz", "Boris Ivanov", "Zoe Zed"]


def test_each_line_that_is_not_understood_is_said_with_its_number(people):
    answer = new(people, name="Pilots", add="bea@beta.io\nnobody@nowhere.com\nana\nGamma GmbH\nxyzzy plugh")
    assert isinstance(answer, Invalid)
    assert answer.errors["survey_list_add"].splitlines() == [
        "Line 2: no contact has the address nobody@nowhere.com",
        "Line 3: several people are called “ana”: give an address",
        "Line 4: Gamma GmbH has no points of contact",
        "Line 5: I know no person and no account called “xyzzy plugh”",
    ]
    assert saved_lists(people) == []


def test_of_many_wrong_lines_the_first_are_told(people):
    answer = new(people, name="Pilots", add="\n".join(f"nobody{number}@nowhere.com" for number in range(9)))
    assert isinstance(answer, Invalid)
    assert answer.errors["survey_list_add"].splitlines()[-1] == "and 4 more"


def test_a_list_is_made_added_to_and_taken_from(people):
    made = modal(new(people, name="Pilots", add="bea@beta.io\nc12"))
    assert check(made.blocks, surface="modal") == []
    (kept,) = saved_lists(people)
    assert (kept.name, kept.owner, kept.contacts) == ("Pilots", "U1", 2)
    form = modal(press(COMMAND, made, "survey.list_edit", replace(ask(), in_modal=True), people))
    submit(people, form, name="Pilots 2", add="boris@beta.io", off="c12")
    assert saved_lists(people)[0].name == "Pilots 2"
    assert names(people, contacts_on(people, kept.id)) == ["Bea Ruiz", "Boris Ivanov"]


def test_two_lists_have_two_names_and_an_empty_one_is_none(people):
    new(people, name="Pilots", add="c12")
    again = new(people, name="Pilots", add="c10")
    assert isinstance(again, Invalid)
    assert "already" in again.errors["survey_list_name"]
    assert isinstance(new(people, name=" ", add="c10"), Invalid)
    assert isinstance(new(people, name="Nobody", add=""), Invalid)
    assert [one.contacts for one in saved_lists(people)] == [1]


def test_its_people_are_asked_from_the_list_and_it_can_be_removed(people):
    new(people, name="Pilots", add="c12")
    opened = modal(press(COMMAND, lists(people), "survey.list_show", ask(), people))
    form = modal(press(COMMAND, opened, "survey.list_ask", replace(ask(), in_modal=True), people))
    who = next(block for block in form.blocks if block.get("block_id") == "survey_who")
    assert who["element"]["initial_option"]["text"]["text"] == "Pilots"
    press(COMMAND, opened, "survey.list_remove", replace(ask(), in_modal=True), people)
    assert saved_lists(people) == []
    with pytest.raises(UserError):
        press(COMMAND, opened, "survey.list_edit", ask(), people)


def test_many_lists_turn_their_pages(people):
    for number in range(9):
        new(people, name=f"List {number}", add="c12")
    shown = lists(people)
    assert "Next ›" in labels(shown.blocks)
    following = [one for one in shown.blocks[-1]["elements"] if one["text"]["text"] == "Next ›"]
    action = next(one for one in COMMAND.actions if one.id == "survey.lists")
    second = reply(action.run(ask(following[0]["value"]), people))
    assert second.replace
    assert "List 8" in second.text
