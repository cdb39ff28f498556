import csv
from dataclasses import replace
from io import StringIO

import pytest

from commands.core.errors import NotAllowed, NotUnderstood, UserError
from commands.core.reply import Document, Reply
from commands.core.request import Audience, Request
from commands.mrr import COMMAND
from commands.ui.blocks import check
from commands.ui.text import LOCALES
from storage.session import Session
from tests.commands.asking import ask
from tests.commands.pressing import labels, modal, press, reply


def answer(db: Session, text: str = "", request: Request | None = None) -> Reply:
    given = reply(COMMAND.run(request or ask(text), db))
    assert check(given.blocks) == []
    return given


def test_the_first_line_is_the_answer_with_its_change(company: Session) -> None:
    assert answer(company).text.splitlines()[0] == "MRR $2,690 · ▲ 4.3% · October 2026, all customers"


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("word", ["reconcile", "Conciliar", "сверка"])
def test_it_can_be_reconciled_with_other_tools(company: Session, word: str, locale: str) -> None:
    text = answer(company, request=ask(f"{word} 2026-10", locale=locale)).text
    for who in ("Latido: ", "ChartMogul: ", "Stripe: ", "Paddle (ProfitWell): "):
        assert who in text


def test_a_reconciliation_explains_each_difference(company: Session) -> None:
    text = answer(company, "reconcile 2026-10").text
    assert text.startswith("The same period by other definitions · October 2026, all customers")
    assert "Latido: 28.57% · Customers at opening that are none at closing ÷ customers at opening." in text
    assert "Stripe: 25% · " in text
    assert "divides by 1 more" in text
    assert "No difference in this period." in text


def test_every_movement_of_the_month_is_told(company: Session) -> None:
    text = answer(company, "october").text
    assert "From $2,580 to $2,690 · net new +$110 (September 2026: $0)" in text
    assert "New +$250 · Expansion +$200\nContraction −$100 · Churn −$240" in text
    assert "Net revenue retention 94.6% (before: 100%) · Gross revenue retention 86.8% (before: 100%)" in text
    assert "ARPA $448.33 (before: $368.57) · Customers 6 (before: 7)" in text


def test_the_biggest_gains_and_losses_are_named_with_their_reason(company: Session) -> None:
    text = answer(company).text
    assert "Biggest gains\nZeta +$250 (New)\nAcme Corp +$200 (Expansion: seats)" in text
    assert "Biggest losses\nDelta SA −$150 (Churn: =too expensive)\nBeta Ltd −$100 (Contraction: downgrade)" in text


def test_it_says_as_of_when(company: Session) -> None:
    assert answer(company).text.splitlines()[-1] == (
        "As of 23 Nov 2026 · subscriptions imported 23 Nov 2026 · other currencies at the rates of 31 Oct 2026"
    )


def test_a_quarter_is_the_sum_of_its_months(company: Session) -> None:
    text = answer(company, "Q4").text
    assert text.startswith("MRR $2,760 · ▲ 7% · Q4 2026 so far, to 23 Nov, all customers")
    assert "New +$320 · Expansion +$200" in text


def test_the_running_month_is_marked_and_compared_with_as_many_days(company: Session) -> None:
    lines = answer(company, "this month").text.splitlines()
    assert lines[0] == "MRR $2,760 · ▲ 2.6% · November 2026 so far, to 23 Nov, all customers"
    assert lines[1] == "1 Oct to 23 Oct 2026: ▲ 4.3%, closing at $2,690"


def test_a_segment_and_a_csm_narrow_it_down(company: Session) -> None:
    assert "MRR $1,700 · ▲ 13.3% · October 2026, segment enterprise" in answer(company, "enterprise").text
    mine = answer(company, "enterprise csm:ana@example.com").text
    assert mine.startswith("MRR $1,200 · ▲ 20% · October 2026, enterprise, accounts of ana@example.com")


@pytest.mark.parametrize("words", ["octubre", "октябрь", "2026-10", "last month", ""])
def test_a_period_may_be_said_in_any_language(company: Session, words: str) -> None:
    assert answer(company, words) == answer(company)


@pytest.mark.parametrize("locale", LOCALES)
def test_it_answers_in_every_language(company: Session, locale: str) -> None:
    assert "2" in answer(company, request=ask(locale=locale)).text


def test_nonsense_is_said_with_what_would_have_worked(company: Session) -> None:
    with pytest.raises(NotUnderstood) as caught:
        COMMAND.run(ask("octobrrr"), company)
    assert all(suggestion.startswith("/mrr") for suggestion in caught.value.suggestions)
    assert caught.value.suggestions


def test_an_empty_store_teaches(db_empty: Session) -> None:
    given = answer(db_empty)
    assert "latido import" in given.text
    assert given.chart is None
    assert labels(given.blocks) == []


def test_a_time_before_all_customers_is_no_card_of_zeros(company: Session) -> None:
    assert answer(company, "2020").text == "2020, all customers: nobody paid anything. Try another period or segment."


def test_a_missing_rate_is_named_with_what_mends_it(rateless: Session) -> None:
    with pytest.raises(UserError) as caught:
        COMMAND.run(ask(), rateless)
    said = ask().t(caught.value.sentence)
    assert "EUR" in said
    assert "31 Oct 2026" in said
    assert "latido import fx_rates.csv" in said


def test_the_chart_says_the_finding_and_the_movements(company: Session) -> None:
    chart = answer(company).chart
    assert chart is not None
    assert chart.title == "MRR grew by $110 to $2,690"
    steps = {step["kind"]: step["minor"] for step in chart.data["steps"]}
    assert steps == {
        "opening": 258_000,
        "new": 25_000,
        "reactivation": 0,
        "expansion": 20_000,
        "contraction": -10_000,
        "churn": -24_000,
        "closing": 269_000,
    }
    assert chart.data["months"][0] == "2025-11-01"
    assert chart.data["mrr"][-2:] == [258_000, 269_000]
    assert chart.title in chart.alt


# --- Its buttons -------------------------------------------------------------------------------------------------


def test_the_month_before_and_after_take_the_cards_place(company: Session) -> None:
    card = answer(company)
    assert labels(card.blocks)[:2] == ["‹ September 2026", "November 2026 ›"]
    earlier = reply(press(COMMAND, card, "mrr.earlier", ask(), company))
    assert earlier.replace
    assert earlier.text.startswith("MRR $2,580 · unchanged · September 2026")
    later = reply(press(COMMAND, card, "mrr.later", ask(), company))
    assert later.text.startswith("MRR $2,760")
    assert not [label for label in labels(later.blocks) if label.endswith("›")]


def test_a_stretch_that_ends_with_today_has_no_next_one(company: Session) -> None:
    assert labels(answer(company, "12m").blocks) == ["How is this computed?", "Share here"]


def test_the_explanation_has_the_cards_own_numbers(company: Session) -> None:
    card = answer(company)
    shown = modal(press(COMMAND, card, "mrr.explain", ask(), company))
    assert check(shown.blocks, surface="modal") == []
    words = "\n".join(block["text"]["text"] for block in shown.blocks if block["type"] == "section")
    assert "= $2,440 ÷ $2,580 = 94.6%" in words
    assert "= $2,580 + $250 + $200 + $0 − $100 − $240 = $2,690" in words
    assert "Accounts behind these figures: 1 to 5 of 5" in words


def test_the_accounts_behind_are_a_file_that_adds_up_and_runs_nothing(company: Session) -> None:
    shown = modal(press(COMMAND, answer(company), "mrr.explain", ask(), company))
    document = press(COMMAND, shown, "mrr.csv", ask(), company)
    assert isinstance(document, Document)
    assert document.filename == "mrr-2026-10.csv"
    rows = list(csv.DictReader(StringIO(document.content.decode("utf-8-sig"))))
    assert [row["account_id"] for row in rows] == ["a7", "a1", "a5", "a3", "a6"]
    assert sum(float(row["change"]) for row in rows) == 110
    assert rows[2]["change"] == "-150.00"
    assert rows[2]["detail"] == "'=too expensive"


def test_sharing_asks_the_same_again_and_says_who_shared(company: Session) -> None:
    card = answer(company, "enterprise")
    shared = reply(press(COMMAND, card, "mrr.share", ask(), company))
    assert shared.shared
    assert shared.text == card.text
    assert "<@U1>" in str(shared.blocks[-1])
    assert labels(shared.blocks) == ["How is this computed?"]


def test_sharing_is_not_offered_where_outsiders_read_along(company: Session) -> None:
    request = ask(external=True)
    card = answer(company, request=request)
    assert "Share here" not in labels(card.blocks)
    assert "outside the company" in str(card.blocks[-1])
    with pytest.raises(NotAllowed):
        press(COMMAND, answer(company), "mrr.share", request, company)


def test_sharing_is_not_offered_where_nobody_else_reads(company: Session) -> None:
    request = replace(ask(), audience=Audience("D1", external=False, direct=True))
    assert "Share here" not in labels(answer(company, request=request).blocks)


@pytest.mark.parametrize("value", ["", "2026-10", "0 0 2026-10", "1 x 2026-10", "1 99999999 2026-10"])
def test_a_button_of_another_time_says_so(company: Session, value: str) -> None:
    explain = next(action for action in COMMAND.actions if action.id == "mrr.explain")
    with pytest.raises(UserError):
        explain.run(ask(value), company)
