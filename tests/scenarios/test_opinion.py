"""What a colleague thinks of a customer: given, refused, mended, changed, withdrawn; through the signed HTTP app."""

from typing import Any

from bot.playground.double import Message
from tests.scenarios.conftest import Office
from tests.scenarios.test_three_commands import modal, text_of

FILLED = {"opinion_score": "5", "opinion_note": "They renew early", "opinion_holds": "1m"}


def opened(office: Office, user: str = "U0ANA") -> tuple[Message, dict[str, Any]]:
    """The card, and the form that its button opens."""
    card = office.ask("/health acme corp", user)
    office.press(card, "health.opinion", user)
    return card, modal(office, user)


def given(office: Office, form: dict[str, Any], user: str = "U0ANA", **filled: str) -> dict[str, Any]:
    """What the modal says once the form was sent off."""
    sent = office.slack.submit(user, form, FILLED | filled)
    assert (sent.error, sent.errors) == (None, {})
    return office.slack.views(user)[-1]


def opinions(office: Office) -> int:
    with office.bot.engine.connect() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM opinion").scalar_one())


def test_it_is_given_seen_on_the_card_and_withdrawn(office: Office) -> None:
    _, form = opened(office)
    said = given(office, form)
    assert "62 → 65 / 100" in text_of(said)
    assert "5 of 5 by Ana" in text_of(said)
    after = office.ask("/health acme corp", "U0OLGA")
    assert "65 / 100" in after.text
    office.press(said, "health.opinion")
    form = office.slack.wait_until(lambda: [v for v in office.slack.views("U0ANA")[-1:] if "Withdraw" in text_of(v)])[0]
    office.press(form, "health.opinion.withdraw")
    said = office.slack.wait_until(lambda: [v for v in office.slack.views("U0ANA")[-1:] if "→" in text_of(v)])[0]
    assert "65 → 62 / 100" in text_of(said)
    office.slack.close("U0ANA", said)


def test_the_same_form_is_stored_once(office: Office) -> None:
    """A submission that Slack sends twice, or a second click."""
    _, form = opened(office)
    stored = opinions(office)
    sent = office.slack.submit("U0ANA", form, FILLED)
    assert opinions(office) == stored + 1
    again = office.send(sent.payload)
    assert opinions(office) == stored + 1
    assert "done this already" in str(again["view"]["blocks"])
    office.slack.close("U0ANA", office.slack.views("U0ANA")[-1])


def test_in_one_modal_a_second_opinion_is_not_taken_for_the_first(office: Office) -> None:
    _, form = opened(office)
    said = given(office, form, opinion_score="2")
    office.press(said, "health.opinion")
    form = office.slack.wait_until(lambda: [v for v in office.slack.views("U0ANA")[-1:] if v.get("submit")])[0]
    assert "4 of 5" in text_of(given(office, form, opinion_score="4"))
    office.slack.close("U0ANA", office.slack.views("U0ANA")[-1])


def test_what_is_missing_is_said_at_its_input_and_can_be_mended(office: Office) -> None:
    _, form = opened(office)
    stored = opinions(office)
    refused = office.slack.submit("U0ANA", form, {"opinion_note": "No score"})
    assert list(refused.errors) == ["opinion_score"]
    assert opinions(office) == stored
    assert "3 of 5" in text_of(given(office, form, opinion_score="3"))
    office.slack.close("U0ANA", office.slack.views("U0ANA")[-1])


def test_neither_guests_nor_outsiders_may_have_one(office: Office) -> None:
    _, form = opened(office)
    sent = office.slack.submit("U0ANA", form, FILLED)
    stored = opinions(office)
    for user in ("U0GUEST", "U0OUT"):
        team = "T0ACME" if user == "U0OUT" else "T0US"
        forged = {**sent.payload, "user": {"id": user, "team_id": team}}
        said = office.send(forged)
        assert "Acme" not in str(said)
        assert "company's own people" in str(said)
    assert opinions(office) == stored
    office.slack.close("U0ANA", office.slack.views("U0ANA")[-1])


def test_the_history_is_read_and_taken_along(office: Office) -> None:
    card = office.ask("/health acme corp")
    office.press(card, "health.history")
    shown = modal(office)
    assert "Acme Corp" in text_of(shown)
    files = len(office.slack.files)
    office.press(shown, "health.history.csv")
    (file,) = office.slack.wait_until(lambda: office.slack.files[files:])
    assert file.name == "health-history-a1.csv"
    office.slack.close("U0ANA", shown)


def test_slack_has_refused_nothing(office: Office) -> None:
    """Runs last: every method, argument, scope and block of all these stories was acceptable."""
    office.quiet()
    assert [call for call in office.slack.calls if not call.ok] == []
