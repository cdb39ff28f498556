"""/survey as a whole: what it declares, and that only answers are open to customers."""

from commands.core.reply import Modal
from commands.core.request import Place, Role
from commands.core.spec import Action, View
from commands.survey import COMMAND
from commands.ui.survey_replies import ANSWERING, ANSWERING_VIEWS
from storage.session import Session
from tests.commands.asking import ask


def test_only_what_answers_a_question_is_open_to_customers() -> None:
    answering = {one.id for one in (*ANSWERING, *ANSWERING_VIEWS)}
    declared: list[Action | View] = [*COMMAND.actions, *COMMAND.views]
    for one in declared:
        if one.id in answering:
            assert (one.least_role, one.place) == (Role.OUTSIDER, Place.CUSTOMER), one.id
        else:
            assert (one.least_role >= Role.MEMBER, one.place) == (True, Place.INTERNAL), one.id


def test_it_has_a_name_of_its_own_and_opens_the_form(db_empty: Session) -> None:
    assert COMMAND.own_name
    assert isinstance(COMMAND.run(ask(), db_empty), Modal)
