from dataclasses import replace

import pytest

from commands.compare import COMMAND
from commands.core.button_values import unpacked
from commands.core.compare_question import narrowed_to
from commands.core.errors import NotUnderstood, UserError
from commands.core.reply import Block, Document, Reply
from commands.ui.blocks import check
from commands.ui.text import LOCALES
from storage.session import Session
from tests.commands.asking import ask
from tests.commands.pressing import labels, modal, press, reply


def answer(db: Session, text: str = "", locale: str = "en") -> Reply:
    given = reply(COMMAND.run(ask(text, locale=locale), db))
    assert check(given.blocks) == []
    return given


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("", "September 2026 beside October 2026 · all customers"),
        ("oct", "September 2026 beside October 2026 · all customers"),
        ("q2 q3", "Q2 2026 beside Q3 2026 · all customers"),
        ("oct vs sep", "October 2026 beside September 2026 · all customers"),
        ("sep smb vs oct", "September 2026 beside October 2026 · segment smb"),
        ("2026-09 2026-10 smb", "September 2026 beside October 2026 · segment smb"),
        ("this month vs last month", "November 2026 so far, to 23 Nov beside 1 Oct to 23 Oct 2026 · all customers"),
        ("enterprise vs smb", "segment enterprise beside segment smb · October 2026"),
        ("enterprise smb q3", "segment enterprise beside segment smb · Q3 2026"),
        ("enterprise", "segment enterprise beside all customers · October 2026"),
        ("@ana @bob", "accounts of ana@example.com beside accounts of bob@example.com · October 2026"),
        ("plan:pro y plan:basic", "plan Pro beside plan Basic · October 2026"),
        ("acme corp vs beta", "Acme Corp beside Beta Ltd · October 2026"),
        ("enterprise vs acme corp sep", "segment enterprise beside Acme Corp · September 2026"),
        ("sep smb vs oct enterprise", "segment smb, September 2026 beside segment enterprise, October 2026"),
    ],
)
def test_two_things_are_told_apart(company: Session, text: str, title: str) -> None:
    assert answer(company, text).text.splitlines()[0] == title


def test_the_main_figures_stand_side_by_side(company: Session) -> None:
    lines = answer(company, "enterprise vs smb").text.splitlines()
    assert "MRR: $1,700 | $550 (▼ 67.6%)" in lines
    assert "Net new MRR: $200 | −$90 (▼ $290)" in lines
    assert "Logo churn: 0% | 50% (▲ 50\xa0pp)" in lines
    table = next(block for block in answer(company, "enterprise vs smb").blocks if block["type"] == "table")
    assert [cell["text"] for cell in table["rows"][1]] == ["MRR", "$1,700", "$550", "▼ 67.6%"]


def test_what_nobody_knows_is_left_out_and_what_one_side_knows_is_shown(company: Session) -> None:
    text = answer(company, "enterprise vs smb").text
    assert "NPS: 100 | n/a (–)" in text
    assert "CSAT" not in text


@pytest.mark.parametrize("text", ["", "sep smb vs oct", "enterprise", "acme corp vs beta", "plan:pro @ana vs @bob q3"])
def test_it_is_shared_as_asked(company: Session, text: str) -> None:
    card = answer(company, text)
    assert labels(card.blocks) == ["How is this computed?", "Share here"]
    shared = reply(press(COMMAND, card, "compare.share", ask(), company))
    assert (shared.shared, shared.text) == (True, card.text)


def test_the_picture_says_where_the_sides_are_furthest_apart(company: Session) -> None:
    chart = answer(company, "enterprise vs smb").chart
    assert chart is not None
    assert chart.title == "Largest difference: Net new MRR $200 beside −$90 (▼ $290)"
    assert chart.alt == f"{chart.title}. segment enterprise beside segment smb in 7 figures."
    assert chart.data["sides"] == ["segment enterprise", "segment smb"]
    assert chart.data["labels"]["caption"] == "October 2026, each row on its own scale, in USD"
    assert [row["label"] for row in chart.data["rows"]][:2] == ["MRR", "Net new MRR"]
    churn = next(row for row in chart.data["rows"] if row["label"] == "Logo churn")
    assert churn["sides"] == [{"value": "0", "shown": "0%"}, {"value": "1/2", "shown": "50%"}]


def test_two_sides_that_are_alike_are_said_to_be(company: Session) -> None:
    chart = answer(company, "acme corp vs acme corp").chart
    assert chart is not None
    assert chart.title == "No figure differs"


# --- Its menus ---------------------------------------------------------------------------------------------------


def menus(card: Reply) -> tuple[str, list[str]]:
    """The row's question, and the first value that each of its menus offers."""
    for block in card.blocks:
        if block["type"] == "actions" and "block_id" in block:
            return block["block_id"], [first_value(menu) for menu in block["elements"]]
    return "", []


def first_value(menu: Block) -> str:
    options = menu.get("options") or menu["option_groups"][0]["options"]
    value: str = options[0]["value"]
    return value


def choose(db: Session, card: Reply, value: str) -> Reply:
    """What the card becomes when a line of a menu is chosen."""
    action = next(action for action in COMMAND.actions if action.id == "compare.filter")
    return reply(action.run(replace(ask(value), block_id=menus(card)[0]), db))


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("", ["segment:", "csm:", "currency:"]),
        ("smb sep oct", ["segment:", "csm:", "currency:"]),
        ("enterprise vs smb", ["period:2025-11..2026-10", "currency:"]),
        ("enterprise", ["period:2025-11..2026-10", "currency:"]),
        ("acme corp vs beta", ["period:2025-11..2026-10", "currency:"]),
        ("acme corp sep oct", ["currency:"]),
        ("sep smb vs oct enterprise", ["currency:"]),
    ],
)
def test_the_menus_change_what_both_sides_have_in_common(company: Session, text: str, offered: list[str]) -> None:
    question, values = menus(answer(company, text))
    kinds = [value.partition(":")[0] for value in values]
    assert kinds == [value.partition(":")[0] for value in offered]
    assert unpacked(question).text


def test_choosing_from_a_menu_changes_both_sides_in_place(company: Session) -> None:
    card = choose(company, answer(company), "segment:smb")
    assert card.replace
    assert card.text.splitlines()[0] == "September 2026 beside October 2026 · segment smb"
    card = choose(company, card, "currency:EUR")
    assert "MRR: €" in card.text
    card = choose(company, card, "segment:")
    assert card.text.splitlines()[0] == "September 2026 beside October 2026 · all customers"
    assert "MRR: €" in card.text


def test_a_period_from_the_menu_is_that_of_both_sides(company: Session) -> None:
    for text, names in {
        "enterprise vs smb": "segment enterprise beside segment smb",
        "enterprise": "segment enterprise beside all customers",
        "acme corp vs beta": "Acme Corp beside Beta Ltd",
    }.items():
        card = choose(company, answer(company, text), "period:2026-Q3")
        assert card.text.splitlines()[0] == f"{names} · Q3 2026"


@pytest.mark.parametrize("value", ["account_id:1", "nonsense", "colour:red"])
def test_a_line_that_was_made_up_is_refused(company: Session, value: str) -> None:
    with pytest.raises(UserError, match="menu is from an earlier time"):
        choose(company, answer(company), value)


@pytest.mark.parametrize("value", ["segment:", "segment:smb", "csm:ana@example.com", "plan:Pro", "currency:EUR"])
@pytest.mark.parametrize("text", ["", "q2 q3", "this month vs last month", "acme corp sep oct"])
def test_what_the_buttons_carry_asks_for_the_same_again(company: Session, text: str, value: str) -> None:
    once = narrowed_to(ask(), company, text, value)
    assert narrowed_to(ask(), company, once, value) == once


def test_every_figure_is_explained_in_the_numbers_of_both_sides(company: Session) -> None:
    card = answer(company, "enterprise vs smb")
    explained = modal(press(COMMAND, card, "compare.explain", ask(), company))
    assert check(explained.blocks) == []
    told = [block["text"]["text"] for block in explained.blocks if block["type"] == "section"]
    churn = next(text for text in told if text.startswith("*Logo churn*"))
    assert "segment enterprise: 0 ÷ 2 = 0%" in churn
    assert "segment smb: 2 ÷ 4 = 50%" in churn
    assert len(told) == 1 + len([line for line in card.text.splitlines() if "|" in line])


def test_both_sides_are_a_file(company: Session) -> None:
    card = modal(press(COMMAND, answer(company, "q2 q3 smb"), "compare.explain", ask(), company))
    file = press(COMMAND, card, "compare.csv", ask(), company)
    assert isinstance(file, Document)
    titles, first, second, *_ = file.content.decode("utf-8-sig").splitlines()
    assert titles == "metric,title,side,first_day,last_day,unit,currency,value"
    assert first.startswith("mrr,MRR,Q2 2026,2026-04-01,2026-06-30,money,USD,")
    assert second.startswith("mrr,MRR,Q3 2026,2026-07-01,2026-09-30,money,USD,")


@pytest.mark.parametrize("text", ["sep oct nov", "smb enterprise mid", "@ana @bob vs smb", "smb enterprise vs mid"])
def test_more_than_two_are_too_many(company: Session, text: str) -> None:
    with pytest.raises(NotUnderstood, match="two things at a time"):
        COMMAND.run(ask(text), company)


def test_an_unknown_name_is_answered_with_the_nearest(company: Session) -> None:
    with pytest.raises(NotUnderstood) as refused:
        COMMAND.run(ask("acme vs beta"), company)
    assert '/compare "Acme Corp" vs beta' in refused.value.suggestions


def test_a_missing_rate_is_said(rateless: Session) -> None:
    with pytest.raises(UserError, match="no exchange rate"):
        COMMAND.run(ask(), rateless)


@pytest.mark.parametrize("locale", LOCALES)
def test_it_answers_in_every_language(company: Session, locale: str) -> None:
    assert "NRR" in answer(company, locale=locale).text or locale == "en"


def test_an_empty_store_teaches(db_empty: Session) -> None:
    assert "latido import" in answer(db_empty).text
