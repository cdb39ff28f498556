"""**Your opinion** on the card of /health: the form, what is stored, what it does to the score and what it does not."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text as sql

from commands.core.errors import UserError
from commands.core.opinion_question import SPANS
from commands.core.reply import Answer, Invalid, Modal
from commands.core.request import Request
from commands.health import COMMAND
from commands.ui.blocks import check, check_view
from commands.ui.text import LOCALES
from metrics.factors.opinion import BEST
from metrics.types import HealthPolicy
from storage.queries.opinions import NOTE_MOST, Opinion, current, give
from storage.session import Session
from tests.commands.asking import NOW, ask
from tests.commands.pressing import labels, modal, press, reply

ANSWERS: dict[str, str | None] = {"opinion_score": "5", "opinion_note": None, "opinion_holds": "1m"}


def card(db: Session, request: Request | None = None) -> Any:
    return reply(COMMAND.run(request or ask("acme corp"), db))


def form(db: Session, request: Request | None = None) -> Modal:
    shown = modal(press(COMMAND, card(db, request), "health.opinion", request or ask(), db))
    assert problems(shown) == []
    return shown


def problems(shown: Modal) -> list[str]:
    return check(shown.blocks, surface="modal") + [
        problem
        for problem in check_view({"type": "modal", "title": plain(shown.title), "blocks": list(shown.blocks)})
        if "submit" not in problem
    ]


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def submit(db: Session, shown: Modal, request: Request | None = None, **answers: str | None) -> Answer:
    """Send the form off as the wiring would."""
    (view,) = [one for one in COMMAND.views if one.id == shown.callback_id]
    asked = replace(request or ask(), text=shown.private_metadata, state=ANSWERS | answers)
    return view.run(asked, db)


def words(shown: Modal) -> str:
    return "\n".join(block["text"]["text"] for block in shown.blocks if block["type"] == "section")


def counts(db: Session, day: date | None = None) -> Opinion | None:
    ((acme,),) = db.execute(sql("SELECT id FROM account WHERE key = 'a1'"))
    return current(db, acme, as_of=day or NOW.date(), zone=UTC)


def by(name: str, user: str, now: datetime = NOW) -> Request:
    request = ask("acme corp")
    return replace(request, now=now, actor=replace(request.actor, name=name, user_id=user))


def test_the_form_asks_for_a_score_in_words_a_note_and_how_long(company: Session) -> None:
    shown = form(company)
    assert words(shown).splitlines() == ["*🟡 Acme Corp · 62 / 100 average*", "No opinion counts at present."]
    inputs = {block["block_id"]: block["element"] for block in shown.blocks if block["type"] == "input"}
    assert list(inputs) == ["opinion_score", "opinion_note", "opinion_holds"]
    scores = [option["text"]["text"] for option in inputs["opinion_score"]["options"]]
    assert [scores[0], scores[-1]] == ["5 · I would bet on them", "1 · I expect to lose them"]
    assert [option["value"] for option in inputs["opinion_score"]["options"]] == ["5", "4", "3", "2", "1"]
    assert [option["value"] for option in inputs["opinion_holds"]["options"]] == ["2w", "1m", "3m"]
    assert inputs["opinion_holds"]["initial_option"]["value"] == "1m"
    assert labels(shown.blocks) == []
    assert (shown.callback_id, shown.submit) == ("health.opinion.give", "Give opinion")


def test_what_is_given_is_stored_with_its_author_and_expiry_and_moves_the_score(company: Session) -> None:
    given = modal(submit(company, form(company), opinion_note="  They renew early.  "))
    assert problems(given) == []
    assert words(given).splitlines() == [
        "*🟡 Acme Corp · 62 → 65 / 100 average*",
        "What counts: 5 of 5 by Ana on 23 Nov 2026, until 22 Dec 2026",
        "“They renew early.”",
    ]
    stored = counts(company)
    assert stored is not None
    assert stored == Opinion("U1", "Ana", 5, "They renew early.", NOW, date(2026, 12, 23), None, stored.id)


def test_the_card_then_tells_it_as_a_factor(company: Session) -> None:
    submit(company, form(company), opinion_score="2", opinion_note="A new boss", opinion_holds="2w")
    text = card(company).text
    assert "59 / 100" in text.splitlines()[0]
    assert "Opinion 2.5 / 10: 2 of 5 by Ana, until 6 Dec 2026" in text
    assert "A new boss" not in text
    assert "100% of the score's points have data" in text


def test_without_one_nothing_is_said_to_be_missing(company: Session) -> None:
    given = card(company)
    assert "Opinion" not in given.text
    assert "100% of the score's points have data" in given.text
    explained = modal(press(COMMAND, given, "health.explain", ask(), company))
    assert "None at present: left out, and not missed in the coverage." in words(explained)


def test_it_stops_counting_on_its_day_in_the_companys_zone(company: Session) -> None:
    submit(company, form(company), opinion_holds="2w")
    auckland = replace(ask().company, zone=ZoneInfo("Pacific/Auckland"))
    late = datetime(2026, 12, 6, 11, 30, tzinfo=UTC)  # in Auckland the 7th has begun
    assert "Opinion" in card(company, replace(ask("acme corp"), now=late)).text
    assert "Opinion" not in card(company, replace(ask("acme corp"), now=late, company=auckland)).text


def test_past_days_keep_their_score(company: Session) -> None:
    yesterday = replace(ask("acme corp"), now=NOW - timedelta(days=1))
    before = card(company, yesterday)
    submit(company, form(company), opinion_score="1")
    assert card(company, yesterday) == before


def test_it_is_withdrawn_once_confirmed_and_the_score_is_as_before(company: Session) -> None:
    given = modal(submit(company, form(company)))
    again = modal(press(COMMAND, given, "health.opinion", ask(), company))
    assert labels(again.blocks) == ["Withdraw"]
    (button,) = [one for block in again.blocks for one in block.get("elements", ()) if one["type"] == "button"]
    assert button["confirm"]["style"] == "danger"
    gone = modal(press(COMMAND, again, "health.opinion.withdraw", ask(), company))
    assert words(gone).splitlines() == ["*🟡 Acme Corp · 65 → 62 / 100 average*", "No opinion counts at present."]
    assert counts(company) is None
    once_more = modal(press(COMMAND, again, "health.opinion.withdraw", ask(), company))
    assert words(once_more).splitlines()[0] == "*🟡 Acme Corp · 62 / 100 average, as before*"


def test_withdrawing_takes_back_the_one_that_was_shown_not_a_later_one(company: Session) -> None:
    submit(company, form(company))
    shown = form(company)
    submit(company, form(company), by("Bo", "U2"), opinion_score="3")
    press(COMMAND, shown, "health.opinion.withdraw", ask(), company)
    stored = counts(company)
    assert stored is not None
    assert (stored.author, stored.score) == ("U2", 3)


def test_the_form_tells_earlier_ones_and_what_became_of_them(company: Session) -> None:
    submit(company, form(company), by("Bo", "U2", NOW - timedelta(days=40)), opinion_score="4", opinion_holds="2w")
    submit(company, form(company), by("Cy", "U3", NOW - timedelta(days=5)), opinion_score="1", opinion_note="x" * 90)
    press(COMMAND, form(company), "health.opinion.withdraw", ask(), company)
    submit(company, form(company), by("Di", "U4", NOW - timedelta(days=2)), opinion_score="3")
    submit(company, form(company))
    assert words(form(company)).splitlines()[2:] == [
        "*Earlier opinions*",
        "3 of 5 by Di on 21 Nov 2026 · replaced by a later one",
        f"1 of 5 by Cy on 18 Nov 2026 · withdrawn 23 Nov 2026 · “{'x' * 59}…”",
        "4 of 5 by Bo on 14 Oct 2026 · held until 27 Oct 2026",
    ]


def test_each_form_is_another_one_after_an_opinion_was_given(company: Session) -> None:
    """So that a double submission is known by it, and a second opinion is not taken for one."""
    first = form(company)
    assert form(company).private_metadata == first.private_metadata
    submit(company, first)
    second = form(company)
    press(COMMAND, second, "health.opinion.withdraw", ask(), company)
    assert first.private_metadata != second.private_metadata == form(company).private_metadata


@pytest.mark.parametrize(
    ("block_id", "answer"),
    [
        ("opinion_score", None),
        ("opinion_score", "6"),
        ("opinion_score", ("5",)),
        ("opinion_holds", None),
        ("opinion_holds", "99y"),
        ("opinion_note", "x" * (NOTE_MOST + 1)),
    ],
)
def test_what_is_not_right_is_said_at_its_input_and_nothing_is_stored(
    company: Session, block_id: str, answer: Any
) -> None:
    refused = submit(company, form(company), **{block_id: answer})
    assert isinstance(refused, Invalid)
    assert list(refused.errors) == [block_id]
    assert counts(company) is None


def test_an_author_without_a_name_is_called_by_what_is_known(company: Session) -> None:
    submit(company, form(company), by("", "U2"))
    stored = counts(company)
    assert stored is not None
    assert stored.author_name == "ana@example.com"


def test_a_note_or_a_name_neither_formats_nor_mentions(company: Session) -> None:
    given = modal(submit(company, form(company), by("*<!here>*", "U2"), opinion_note="*<!channel>* & <@U1>"))
    assert "<!" not in words(given)
    assert "<@" not in words(given)


def test_where_opinions_weigh_nothing_they_are_not_asked_for(company: Session) -> None:
    policy = replace(ask().company, health=HealthPolicy(points={"opinion": 0}))
    weightless = replace(ask("acme corp"), company=policy)
    assert "Your opinion" not in labels(card(company, weightless).blocks)
    with pytest.raises(UserError, match="LATIDO_HEALTH_POINTS"):
        press(COMMAND, card(company), "health.opinion", weightless, company)


def test_of_an_account_that_left_nobody_has_an_opinion(company: Session) -> None:
    shown = form(company)
    company.execute(sql("UPDATE account SET key = 'a1-then' WHERE key = 'a1'"))
    company.execute(sql("UPDATE account SET key = 'a1' WHERE key = 'a5'"))
    with pytest.raises(UserError, match="no longer a customer since"):
        submit(company, shown)
    company.execute(sql("DELETE FROM health_snapshot"))
    made_up = replace(shown, private_metadata="1 0 acme")
    with pytest.raises(UserError, match="no longer there"):
        submit(company, made_up)


@pytest.mark.parametrize("locale", LOCALES)
def test_the_longest_form_is_one_that_slack_takes(company: Session, locale: str) -> None:
    ((acme,),) = company.execute(sql("SELECT id FROM account WHERE key = 'a1'"))
    for days in range(9):
        said = Opinion("U1", "W" * 255, BEST, "&" * NOTE_MOST, NOW - timedelta(days=days), date(2027, 1, 1))
        give(company, acme, said)
    assert problems(form(company, ask("acme corp", locale=locale))) == []


@pytest.mark.parametrize(
    ("span", "day", "first_without"),
    [
        ("2w", date(2026, 11, 23), date(2026, 12, 7)),
        ("1m", date(2026, 11, 23), date(2026, 12, 23)),
        ("1m", date(2027, 1, 31), date(2027, 2, 28)),
        ("3m", date(2026, 11, 30), date(2027, 2, 28)),
        ("3m", date(2026, 10, 5), date(2027, 1, 5)),
    ],
)
def test_spans_are_of_the_calendar(span: str, day: date, first_without: date) -> None:
    assert SPANS[span].after(day) == first_without
