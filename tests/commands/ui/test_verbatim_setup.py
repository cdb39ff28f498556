"""/survey verbatims: where comments of customers go; on both databases."""

from dataclasses import replace
from typing import Any

import pytest

from commands.core.errors import NotAllowed, UserError
from commands.core.reply import Answer, Invalid, Modal
from commands.core.request import Audience, Request, Role
from commands.survey import COMMAND
from commands.ui.blocks import check
from commands.ui.text import LOCALES
from storage.queries.verbatim_routes import VerbatimRoute, add, verbatim_routes
from storage.session import Session
from tests.commands.asking import ask
from tests.commands.pressing import modal, press, reply

ADMIN = replace(
    ask("verbatims", role=Role.ADMIN),
    conversations={"C0CS": Audience("C0CS", external=False), "C0ACME": Audience("C0ACME", external=True)},
)
LOW: dict[str, Any] = {
    "verbatim_channel": "C0CS",
    "verbatim_kind": "=nps",
    "verbatim_lowest": None,
    "verbatim_highest": "6",
    "verbatim_segment": "*",
}
ROUTE = VerbatimRoute("C0CS", "nps", None, 6, None, "U1")


def submit(db: Session, text: str = "1 0 ", request: Request = ADMIN, **state: Any) -> Answer:
    view = next(one for one in COMMAND.views if one.id == "survey.verbatims.save")
    return view.run(replace(request, text=text, state=LOW | state), db)


def test_a_line_is_added_changed_and_removed(db: Session) -> None:
    empty = reply(COMMAND.run(ADMIN, db))
    assert "No channel reads" in empty.text
    form = modal(press(COMMAND, empty, "survey.verbatims.edit", ADMIN, db))
    assert check(form.blocks, surface="modal") == []
    assert isinstance(submit(db, form.private_metadata), Modal)
    assert [one._replace(id=0) for one in verbatim_routes(db)] == [ROUTE]

    listed = reply(COMMAND.run(ADMIN, db))
    assert listed.text.splitlines()[-1] == "NPS 0 to 6"
    form = modal(press(COMMAND, listed, "survey.verbatims.edit", ADMIN, db))
    submit(db, form.private_metadata, verbatim_kind="*", verbatim_highest=None, verbatim_segment="=smb")
    assert [one._replace(id=0) for one in verbatim_routes(db)] == [
        ROUTE._replace(kind=None, highest=None, segment="smb")
    ]
    assert reply(COMMAND.run(ADMIN, db)).text.splitlines()[-1] == "segment smb"

    after = reply(press(COMMAND, listed, "survey.verbatims.remove", ADMIN, db))
    assert after.replace
    assert verbatim_routes(db) == ()
    with pytest.raises(UserError, match="no longer there"):
        press(COMMAND, listed, "survey.verbatims.edit", ADMIN, db)
    with pytest.raises(UserError, match="no longer there"):
        submit(db, form.private_metadata)


@pytest.mark.parametrize(
    ("state", "where"),
    [
        ({"verbatim_channel": "C0ACME"}, {"verbatim_channel"}),
        ({"verbatim_channel": "C0ELSEWHERE"}, {"verbatim_channel"}),
        ({"verbatim_highest": "11"}, {"verbatim_highest"}),
        ({"verbatim_lowest": "low"}, {"verbatim_lowest"}),
        ({"verbatim_kind": "*"}, {"verbatim_highest"}),
        ({"verbatim_kind": "=exit"}, {"verbatim_highest"}),
        ({"verbatim_lowest": "7"}, {"verbatim_highest"}),
    ],
    ids=["others read it", "not in it", "off the scale", "no number", "of any kind", "no scores", "upside down"],
)
def test_what_is_wrong_is_said_where_it_is(db: Session, state: dict[str, Any], where: set[str]) -> None:
    found = submit(db, **state)
    assert isinstance(found, Invalid)
    assert set(found.errors) == where
    assert verbatim_routes(db) == ()


def test_it_is_for_admins(db: Session) -> None:
    with pytest.raises(NotAllowed):
        COMMAND.run(ask("verbatims"), db)


@pytest.mark.parametrize("locale", LOCALES)
def test_slack_takes_many_lines_in_every_language(db: Session, locale: str) -> None:
    for number in range(30):
        add(db, ROUTE._replace(segment=f"{number} " + "long " * 18))
    add(db, ROUTE._replace(kind="gone"))
    request = ask("verbatims", role=Role.ADMIN, locale=locale)
    assert check(reply(COMMAND.run(request, db)).blocks) == []
