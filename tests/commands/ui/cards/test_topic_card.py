from dataclasses import replace

import pytest

from commands.core.figure_question import FiguresAnswer
from commands.core.request import Translator
from commands.ui.blocks import check
from commands.ui.cards.topic import Picture
from commands.ui.cards.topic_card import metrics_of, topic_card
from commands.ui.cards.topic_explain import topic_document, topic_explanation
from commands.ui.text import LOCALES, translator
from metrics.types import Figure
from tests.commands.pressing import labels
from tests.commands.ui.cards import figure_answers as made
from tests.commands.ui.cards.answers import ALONE, SHARED, TODAY
from tests.commands.ui.cards.figure_answers import TOPIC

EN: Translator = translator("en", strict=True)


def lines(answer: FiguresAnswer | None = None) -> list[str]:
    return topic_card(TOPIC, answer or made.answer(), ALONE, EN).text.splitlines()


def test_the_first_line_is_the_headline_with_its_change_grade_and_scope() -> None:
    first, second = lines()[:2]
    assert first == "Logo churn 1.9% · ▲ 1.9\xa0pp · 🟢 great · October 2026, segment smb, plan Pro"
    assert second == "September 2026: 0%"


def test_the_other_figures_stand_beside_the_period_before() -> None:
    told = lines()
    assert told[2].startswith("Net revenue retention 101.4% (before: ")
    assert told[3].startswith("Customers 214 (before: ")


def test_a_figure_that_never_had_an_answer_is_left_out() -> None:
    answer = made.answer()
    unknown = {**answer.figures, "nrr": Figure(None, {})}
    before = {**answer.figures_before, "nrr": Figure(None, {})}
    told = lines(replace(answer, figures=unknown, figures_before=before))
    assert told[2].startswith("Gross revenue retention")


def test_a_running_period_is_not_judged() -> None:
    first = lines(made.running_answer())[0]
    assert "so far, to 23 Nov" in first
    assert "great" not in first


def test_an_ungraded_headline_has_no_grade() -> None:
    topic = replace(TOPIC, headline="nrr", rows=(("logo_churn",),))
    first = topic_card(topic, made.answer(), ALONE, EN).text.splitlines()[0]
    assert not any(sign in first for sign in "🟢🟡🔴")


def test_breakdowns_and_lists_show_their_first_rows() -> None:
    told = lines()
    source = told.index("By source")
    assert told[source + 2] == "Source 1: 1 · 10% · since 23 Nov 2026"
    assert told[source + 6] == "and 2 more"
    due = told.index("Renewals due (12)")
    assert told[due + 2] == "Account 1: 1 of 12 features used · MRR $100 · 23 Nov 2026"
    assert told[due + 6] == "and 7 more"
    low = told.index("Low answers (3)")
    assert told[low + 3] == "and 1 more"


def test_an_empty_list_says_so_if_it_has_words_for_it() -> None:
    assert "Nobody is stalled." in lines()
    empty = replace(made.answer(), accounts={"due": (), "low": (), "stalled": ()})
    assert not any("Renewals due" in told for told in lines(empty))


def test_it_says_when_each_kind_of_data_came_in() -> None:
    as_of = "As of 23 Nov 2026 · subscriptions: imported 22 Nov 2026 · tickets: not imported yet"
    assert lines()[-1] == f"{as_of} · other currencies at the rates of 31 Oct 2026"


def test_an_empty_store_teaches() -> None:
    told = lines(made.empty_answer())
    assert told[0] == "Nothing yet. Import it with `latido import tickets.csv`."


def test_a_period_of_which_nothing_is_known_is_said_to_be_one() -> None:
    answer = made.empty_answer()
    unknown = {name: Figure(None, {}) for name in answer.figures}
    told = lines(replace(answer, figures=unknown, imported_on={"tickets": TODAY}))
    assert told[0].startswith("Loyalty: nothing is known for October 2026, segment smb, plan Pro.")


def test_buttons_step_through_time_explain_and_share() -> None:
    card = topic_card(TOPIC, made.answer(), ALONE, EN)
    assert labels(card.blocks) == ["‹ September 2026", "November 2026 ›", "How is this computed?", "Share here"]
    assert labels(topic_card(TOPIC, made.answer(), SHARED, EN).blocks) == ["How is this computed?"]


def test_the_picture_shows_twelve_months_and_its_title_is_the_finding() -> None:
    chart = topic_card(TOPIC, made.answer(), ALONE, EN).chart
    assert chart is not None
    assert chart.title == "Logo churn up from 0% to 1.9% in 10 months"
    first = chart.data["series"][0]
    assert (len(first["values"]), first["values"][0], first["values"][-1]) == (12, None, "1/53")
    assert first["shown"][-1] == "1.9%"
    assert "lowest 0%" in chart.alt


def test_a_month_that_is_not_over_is_no_finding() -> None:
    chart = topic_card(TOPIC, made.running_answer(), ALONE, EN).chart
    assert chart is not None
    assert chart.data["running"]
    assert chart.title == "Logo churn at 0%"


def test_one_point_makes_no_line() -> None:
    answer = made.answer()
    one = {name: (Figure(None, {}),) * 11 + figures[-1:] for name, figures in answer.series.items()}
    assert topic_card(TOPIC, replace(answer, series=one), ALONE, EN).chart is None


def test_a_topic_may_have_a_picture_of_its_own() -> None:
    own = replace(TOPIC, picture=Picture(chart="bars", data=lambda answer, t: None))
    assert topic_card(own, made.answer(), ALONE, EN).chart is None


def test_the_explanation_has_each_figure_once_and_the_accounts_by_pages() -> None:
    first = topic_explanation(TOPIC, made.answer(), 0, EN)
    words = "\n".join(block["text"]["text"] for block in first.blocks if block["type"] == "section")
    assert words.count("*Logo churn: 1.9%*") == 1
    assert "= 4 ÷ 212 = 1.9%" in words
    assert "1 to 10 of 15" in words
    assert labels(first.blocks) == [*["Accounts"] * len(metrics_of(TOPIC)), "Next ›", "All as CSV"]
    second = topic_explanation(TOPIC, made.answer(), 1, EN)
    assert labels(second.blocks)[-2:] == ["‹ Previous", "All as CSV"]
    assert "*Low answers*" in str(second.blocks)


def test_the_file_has_all_accounts_with_their_csm_and_reason() -> None:
    document = topic_document(TOPIC, made.answer(), EN)
    assert document.filename == "example-2026-10.csv"
    rows = document.content.decode("utf-8-sig").splitlines()
    assert rows[0] == "list,account_id,name,segment,csm,mrr,currency,day,why"
    assert rows[2] == "Renewals due,a1,Account 1,smb,ana@example.com,100.00,USD,2026-11-23,1 of 12 features used"
    assert len(rows) == 16
    assert document.text.startswith("The 15 accounts behind /example: October 2026")


@pytest.mark.parametrize("locale", LOCALES)
def test_slack_takes_every_page_at_its_longest(locale: str) -> None:
    t = translator(locale, strict=True)
    for page in (0, 13, 26):
        assert check(topic_explanation(TOPIC, made.longest_answer(), page, t).blocks, surface="modal") == []
