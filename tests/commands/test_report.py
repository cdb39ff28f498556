"""/report: the card on the small company, its buttons, its PDF, and the report that comes every month."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from commands.core.arguments import Arguments
from commands.core.errors import NotAllowed, UserError
from commands.core.reply import Document, Reply
from commands.core.report_question import report
from commands.core.request import Audience, Role
from commands.core.surroundings import Surroundings
from commands.report import COMMAND
from commands.ui.blocks import check
from commands.ui.cards.report import report_card
from commands.ui.charts import draw_png
from commands.ui.pages import lay_out
from commands.ui.text import LOCALES, translator
from metrics.periods import month_of
from storage.queries.schedules import all_schedules
from storage.session import Session
from tests.commands.asking import ask
from tests.commands.pressing import labels, press, reply
from tests.commands.ui.pages.test_sheets import texts
from tests.storage.queries import rows


def asked(db: Session, text: str = "", locale: str = "en") -> Reply:
    return reply(COMMAND.run(ask(text, locale=locale), db))


def told(card: Reply) -> list[str]:
    return card.text.replace("\u00a0", " ").splitlines()


def test_the_headline_and_each_section_stand_beside_the_month_before_and_the_year_before(company: Session) -> None:
    lines = told(asked(company))
    assert lines[:5] == [
        "Report: October 2026, all customers",
        "MRR $2,690 · ▲ 4.3%",
        "Net revenue retention 94.6% · ▼ 5.4 pp",
        "Logo churn 28.6% · ▲ 28.6 pp · 🔴 bad",
        "In brackets: September 2026; October 2025",
    ]
    assert "Gross MRR churn 13.2% (0%; 0%) · ▲ 13.2 pp · 🔴 bad" in lines
    assert "Voluntary: 1 customer, $150 · Involuntary (payment failed): 1 customer, $90" in lines
    assert "Quick ratio 132.4% (n/a; n/a)" in lines
    assert "Upsell MRR $200 ($0; $0) · ▲ $200" in lines
    assert "NPS 100 (n/a; n/a)" in lines


def test_what_is_unknown_says_why_and_is_never_zero(company: Session) -> None:
    lines = asked(company).text.splitlines()
    assert "Leads, MQL → SQL: n/a, not imported yet: leads" in lines
    assert "Open rate, Click rate: n/a, not imported yet: campaigns" in lines
    assert "Customers in good health, MRR at risk, Average health: n/a, nobody had a health score" in lines
    assert "CSAT, CES: n/a, nobody answered" in lines


def test_csms_are_told_in_a_table(company: Session) -> None:
    card = asked(company)
    (table,) = (block for block in card.blocks if block["type"] == "table")
    assert [[cell["text"] for cell in row][:3] for row in table["rows"]] == [
        ["CSM", "MRR", "Growth"],
        ["ana@example.com", "$1,500", "▼ 3.2%"],
        ["bob@example.com", "$1,190", "▲ 15.5%"],
    ]


def test_a_target_says_whether_it_is_reached(company: Session) -> None:
    rows.add(company, "target", csm_email="team", metric="nrr", period="2026-10", target="1.01")
    assert "Net revenue retention 94.6% (100%; 100%) · ▼ 5.4 pp · target 101%, missed" in told(asked(company))


@pytest.mark.parametrize("text", ["", "2026-11", "2026-Q3", "2025", "enterprise", "csm:ana", "12m", "EUR"])
@pytest.mark.parametrize("locale", LOCALES)
def test_every_card_is_one_that_slack_takes(company: Session, text: str, locale: str) -> None:
    card = asked(company, text, locale)
    assert not check(card.blocks)
    assert card.chart is not None


def test_an_empty_store_says_what_to_import(db_empty: Session) -> None:
    assert asked(db_empty).text.startswith("No subscriptions yet, so there is nothing to report.")


def test_a_month_before_the_first_customer_has_nothing_to_report(company: Session) -> None:
    assert asked(company, "2020-01").text.startswith("January 2020, all customers: nobody paid anything.")


def test_the_buttons_step_through_the_months_and_menus_narrow_it_down(company: Session) -> None:
    card = asked(company)
    assert labels(card.blocks) == [
        "‹ September 2026",
        "November 2026 ›",
        "PDF",
        "Every month here",
        "Share here",
        "/mrr",
        "/churn",
        "/renewals",
    ]
    earlier = reply(press(COMMAND, card, "report.earlier", ask(), company))
    assert earlier.replace
    assert earlier.text.startswith("Report: September 2026")
    menu = next(block for block in card.blocks if block["type"] == "actions" and "block_id" in block)
    chosen = replace(ask("segment:enterprise"), block_id=menu["block_id"])
    narrow = next(action for action in COMMAND.actions if action.id == "report.filter")
    assert "segment enterprise" in reply(narrow.run(chosen, company)).text.splitlines()[0]


def test_a_shared_report_is_for_everybody_and_not_where_outsiders_read(company: Session) -> None:
    card = asked(company)
    shared = reply(press(COMMAND, card, "report.share", ask(), company))
    assert shared.shared
    assert labels(shared.blocks)[:2] == ["PDF", "Every month here"]
    with pytest.raises(NotAllowed):
        press(COMMAND, card, "report.share", ask(external=True), company)
    outside = reply(COMMAND.run(ask(external=True), company))
    assert "Every month here" not in labels(outside.blocks)


# --- The PDF -----------------------------------------------------------------------------------------------------


def document(db: Session, locale: str = "en", text: str = "") -> Document:
    answer = press(COMMAND, asked(db, text, locale), "report.pdf", ask(locale=locale), db)
    assert isinstance(answer, Document)
    return answer


def printed(given: Document) -> str:
    assert given.paper is not None
    pictures = [draw_png(chart.id, chart.title, chart.data) for chart in given.paper.charts]
    return "\n".join(texts(lay_out(given.paper.data, pictures)))


def test_the_pdf_has_every_figure_the_largest_changes_and_the_csms(company: Session) -> None:
    given = document(company)
    assert given.filename == "report-2026-10.pdf"
    text = printed(given).replace("\u00a0", " ")
    for words in (
        "Customer success report",
        "MRR $2,690 $2,580 $2,480 ▲ 4.3%",
        "Logo churn 28.6% 0% 0% ▲ 28.6 pp",
        "MRR churn 9.3% 0% 0% ▲ 9.3 pp",
        "Zeta +$250 New",
        "Delta SA −$150 Churn =too expensive",
        "ana@example.com $1,500 ▼ 3.2%",
        "Leads n/a n/a n/a –",
        "Leads, MQL → SQL, Lead conversion: n/a, not imported yet: leads",
        "normal: 3% to 5% a month",
    ):
        assert words in text, words


def test_the_pdf_has_a_column_for_targets_where_there_are_any(company: Session) -> None:
    assert "Target" not in printed(document(company))
    rows.add(company, "target", csm_email="team", metric="mrr", period="2026-10", target="2600")
    assert "MRR $2,690 $2,580 $2,480 ▲ 4.3% $2,600, reached" in printed(document(company))


@pytest.mark.parametrize(("locale", "words"), [("es", "octubre de 2026"), ("ru", "октябрь 2026")])
def test_the_pdf_is_in_the_reader_s_language(company: Session, locale: str, words: str) -> None:
    assert words in printed(document(company, locale))


def test_the_pdf_of_a_book_is_called_by_its_name(company: Session) -> None:
    assert document(company, text="csm:ana").filename == "report-2026-10-ana-example-com.pdf"


def test_sixty_csms_are_all_in_the_pdf_and_ten_on_the_card(db_empty: Session) -> None:
    for number in range(60):
        account = rows.account(db_empty, csm_email=f"csm-{number:02}@us.example")
        rows.subscribe(db_empty, account, rows.paid(date(2025, 1, 1), amount=10_000 + number))
    rows.add(db_empty, "data_load", entity="subscriptions", loaded_at=ask().now)
    card = asked(db_empty)
    (table,) = (block for block in card.blocks if block["type"] == "table")
    assert len(table["rows"]) == 11
    assert "and 50 more CSMs in the PDF" in card.text
    text = printed(document(db_empty))
    assert all(f"csm-{number:02}@us.example" in text for number in range(60))


# --- Every month -------------------------------------------------------------------------------------------------


def test_it_comes_every_month_once_and_no_more_when_it_is_stopped(company: Session) -> None:
    request = ask()
    first = reply(press(COMMAND, asked(company), "report.schedule", request, company))
    assert "next on 1 Dec 2026, 09:00" in first.text
    (known,) = all_schedules(company)
    assert (known.job, known.destination, known.owner, known.rule, known.book) == (
        "report",
        "C1",
        "U1",
        "day 1 09:00",
        "",
    )
    assert known.next_at == datetime(2026, 12, 1, 9, tzinfo=UTC)
    again = reply(press(COMMAND, asked(company), "report.schedule", request, company))
    assert again.text.startswith("The report comes here every month already, set up by <@U1>")
    assert len(all_schedules(company)) == 1
    press(COMMAND, asked(company, "enterprise"), "report.schedule", request, company)
    assert [one.book for one in all_schedules(company)] == ["", "segment:enterprise"]
    stop = reply(press(COMMAND, first, "report.unschedule", request, company))
    assert stop.text.startswith("The report comes here no more.")
    assert [one.book for one in all_schedules(company)] == ["segment:enterprise"]
    gone = reply(press(COMMAND, first, "report.unschedule", request, company))
    assert "stopped it already" in gone.text


def test_only_whoever_set_it_up_or_an_admin_stops_it(company: Session) -> None:
    first = reply(press(COMMAND, asked(company), "report.schedule", ask(), company))
    other = replace(ask(), actor=replace(ask().actor, user_id="U2"))
    with pytest.raises(UserError):
        press(COMMAND, first, "report.unschedule", other, company)
    admin = replace(other, actor=replace(other.actor, role=Role.ADMIN))
    press(COMMAND, first, "report.unschedule", admin, company)
    assert not all_schedules(company)


def test_in_a_direct_message_it_comes_to_the_person_in_their_language(company: Session) -> None:
    request = replace(ask(locale="es"), audience=Audience("D1", external=False, direct=True))
    card = reply(COMMAND.run(request, company))
    press(COMMAND, card, "report.schedule", request, company)
    (known,) = all_schedules(company)
    assert (known.destination, known.language) == ("U1", "es")


def test_a_posted_report_offers_only_what_everybody_may_press(company: Session) -> None:
    answer = report(company, Arguments(month_of(date(2026, 10, 1))), company=ask().company, today=ask().today)
    where = Surroundings(Audience("C1", external=False))
    posted = report_card(answer, where, translator("en", strict=True), scheduled=True)
    assert labels(posted.blocks) == ["PDF", "/mrr", "/churn", "/renewals"]
    assert not posted.shared
