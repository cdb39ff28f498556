"""The monthly report over signed HTTP: asked for, sent as a PDF by direct message, wanted every month."""

from bot.playground.double import Message
from storage.queries.schedules import all_schedules
from storage.session import reading
from tests.commands.ui.pages.test_sheets import texts
from tests.scenarios.conftest import Office


def told(office: Office, words: str, user: str = "U0ANA", channel: str = "C0CS") -> Message:
    """The last message that says so, once it is there."""
    return office.slack.wait_until(lambda: [m for m in office.slack.messages(channel, user) if words in m.text])[-1]


def test_the_pdf_comes_by_direct_message_in_the_askers_language(office: Office) -> None:
    card = office.ask("/report", user="U0OLGA")
    assert "октябрь 2026" in card.text
    office.press(card, "report.pdf", user="U0OLGA")
    told(office, "report-2026-10.pdf", "U0OLGA")
    office.quiet()
    (file,) = (file for file in office.slack.files if file.name == "report-2026-10.pdf")
    assert office.slack.direct_channel("U0OLGA") in file.channels
    pages = texts(file.content or b"")
    assert "октябрь 2026" in pages[0]
    assert b"/Subtype /Image" in (file.content or b"")


def test_every_month_here_is_arranged_once_and_stopped(office: Office) -> None:
    card = office.ask("/report enterprise")
    office.press(card, "report.schedule")
    arranged = told(office, "will come here on the first of every month")
    office.press(office.ask("/report enterprise"), "report.schedule")
    told(office, "every month already")
    with reading(office.bot.engine) as db:
        assert [(one.destination, one.book) for one in all_schedules(db)] == [("C0CS", "segment:enterprise")]
    office.press(arranged, "report.unschedule")
    told(office, "comes here no more")
    with reading(office.bot.engine) as db:
        assert not all_schedules(db)


def test_guests_get_no_report(office: Office) -> None:
    assert "$" not in office.ask("/report", user="U0GUEST", channel="C0ALL").text
