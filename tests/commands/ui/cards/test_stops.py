"""What cards say while a feed has stopped: what is unknown and why, what is held back, until when figures go."""

import pytest

from commands import atrisk, campaigns, expansion, health, nps, support
from commands.core.reply import Reply
from commands.core.spec import Command
from commands.ui.blocks import check
from commands.ui.cards.stops import SINCE, held_back, why_unknown
from commands.ui.text import LOCALES, translator
from metrics.factors import all_factors
from metrics.feeds import Stop
from storage.queries.feed import FEEDS
from storage.session import Session
from tests.commands.asking import ask
from tests.commands.pressing import modal, press, reply
from tests.commands.stopped import LAST, TODAY, stop


def answer(command: Command, db: Session, text: str = "", locale: str = "en") -> Reply:
    given = reply(command.run(ask(text, locale=locale), db))
    assert check(given.blocks) == []
    return given


def test_every_feed_has_its_words_and_every_factor_a_feed_that_is_judged() -> None:
    assert set(SINCE) == set(FEEDS)
    assert {factor.feed for factor in all_factors().values() if factor.feed} == set(FEEDS) - {"campaigns"}


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("entity", FEEDS)
def test_a_stopped_feed_is_told_in_every_language(locale: str, entity: str) -> None:
    t = translator(locale, strict=True)
    (lead, why) = held_back({entity: Stop(LAST, TODAY)}).said
    day = {"en": "2 Nov 2026", "es": "2 nov 2026", "ru": "2 нояб. 2026"}[locale]
    assert day in t(why)
    assert t(lead).startswith({"en": "Some signals", "es": "Algunas señales", "ru": "Часть сигналов"}[locale])


def test_nothing_is_said_while_everything_comes_in() -> None:
    assert held_back({}).said == ()
    assert why_unknown("service", {}) is None
    assert why_unknown("gone", {"tickets": Stop(LAST, TODAY)}) is None


def test_an_accounts_factor_is_unknown_and_says_why(company: Session) -> None:
    text = answer(health.COMMAND, stop(company, "tickets", "survey_responses"), "acme corp").text
    assert "Service: unknown, no tickets have come in since 2 Nov 2026; its 10 points are left out" in text
    assert "Sentiment: unknown, no survey answers have come in since 2 Nov 2026; its 15 points are left out" in text
    assert "An escalation is open" not in text


def test_how_it_is_computed_says_why_too(company: Session) -> None:
    db = stop(company, "usage", "invoices")
    shown = answer(health.COMMAND, db, "acme corp")
    told = str(modal(press(health.COMMAND, shown, "health.explain", ask(), db)).blocks)
    assert "Left out: no usage has come in since 2 Nov 2026." in told
    assert "Left out: no invoice has been marked as paid since 2 Nov 2026." in told
    assert "usage data stopped on 2 Nov" in told


@pytest.mark.parametrize("locale", LOCALES)
def test_signals_are_held_back(company: Session, locale: str) -> None:
    db = stop(company, "tickets")
    for command, text in ((atrisk.COMMAND, ""), (health.COMMAND, "")):
        told = answer(command, db, text, locale).text
        assert {"en": "held back", "es": "en pausa", "ru": "на паузе"}[locale] in told


def test_expansion_says_what_its_candidates_rest_on(company: Session) -> None:
    assert "held back" not in answer(expansion.COMMAND, company).text
    text = answer(expansion.COMMAND, stop(company, "usage", "tickets")).text
    assert "Some signals are held back · no usage has come in since 2 Nov 2026\n" in text


@pytest.mark.parametrize(
    ("command", "entity", "name"),
    [
        (support.COMMAND, "tickets", "tickets"),
        (nps.COMMAND, "survey_responses", "survey answers"),
        (campaigns.COMMAND, "campaigns", "campaigns"),
    ],
    ids=lambda value: getattr(value, "id", value),
)
def test_figures_say_until_when_their_data_goes(company: Session, command: Command, entity: str, name: str) -> None:
    db = stop(company, entity)
    assert f"{name}: only until 2 Nov 2026" in answer(command, db, "this month").text
    assert "only until" not in answer(command, db, "october").text  # it was complete
