"""A digest is set up, tried, changed and removed; through the signed HTTP app."""

from typing import Any

from bot.playground.double import Message
from commands.core.digest_plan import digests
from storage.session import reading
from tests.scenarios.conftest import Office
from tests.scenarios.test_three_commands import modal, text_of

FILLED = {
    "digest_book": "segment:enterprise",
    "digest_where": "C0CS",
    "digest_days": "mon",
    "digest_time": "08:30",
    "digest_zone": "new york",
    "digest_language": "ru",
}


def form(office: Office, user: str = "U0ANA") -> tuple[Message, dict[str, Any]]:
    listed = office.ask("/latido digests", user)
    office.press(listed, "digests.new", user)
    return listed, modal(office, user)


def rules(office: Office) -> list[tuple[str, str, str, str]]:
    with reading(office.bot.engine) as db:
        return [(one.destination, one.book, one.rule, one.zone) for one in digests(db)]


def test_the_form_previews_the_real_thing_and_sets_it_up(office: Office) -> None:
    _, empty = form(office)
    office.press(empty, "digests.look")
    seen = office.slack.wait_until(lambda: [v for v in office.slack.views("U0ANA")[-1:] if "MRR $2,760" in text_of(v)])
    sent = office.slack.submit("U0ANA", seen[0], FILLED)
    assert (sent.error, sent.errors) == (None, {})
    assert "next on 23 Nov 2026, 08:30" in text_of(office.slack.views("U0ANA")[-1])
    assert rules(office) == [("C0CS", "segment:enterprise", "mon 08:30", "America/New_York")]
    office.slack.close("U0ANA", office.slack.views("U0ANA")[-1])


def test_channels_that_others_read_are_refused_at_their_input(office: Office) -> None:
    _, empty = form(office)
    before = rules(office)
    for channel, said in (("C0ALL", "guests"), ("C0ACME", "outside the company")):
        sent = office.slack.submit("U0ANA", empty, FILLED | {"digest_where": channel})
        assert said in sent.errors["digest_where"]
    sent = office.slack.submit("U0ANA", empty, FILLED | {"digest_zone": "Atlantis"})
    assert list(sent.errors) == ["digest_zone"]
    assert rules(office) == before
    office.slack.close("U0ANA", empty)


def test_it_is_paused_by_its_owner_only_and_then_removed(office: Office) -> None:
    listed = office.ask("/latido digests", "U0OLGA")
    assert "digests.pause" not in text_of(listed)
    listed = office.ask("/latido digests")
    office.press(listed, "digests.pause")
    paused = office.slack.wait_until(
        lambda: [m for m in office.slack.messages("C0CS", "U0ANA") if "digests.resume" in text_of(m)]
    )
    office.press(paused[-1], "digests.remove")
    office.slack.wait_until(lambda: [1] if rules(office) == [] else [])


def test_a_guest_gets_none_of_it(office: Office) -> None:
    assert "company's own people" in office.ask("/latido digests", "U0GUEST", "C0ALL").text


def test_slack_has_refused_nothing(office: Office) -> None:
    """Runs last: every method, argument, scope and block of all these stories was acceptable."""
    office.quiet()
    assert [call for call in office.slack.calls if not call.ok] == []
