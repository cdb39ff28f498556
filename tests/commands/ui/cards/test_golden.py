"""What every card looks like, usual, empty and at its longest; and that Slack takes it in every language."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict

import pytest

from commands.core.access import Choice
from commands.core.reply import Modal, Reply
from commands.core.request import Translator
from commands.core.revenue_question import RevenueAnswer
from commands.ui.blocks import check
from commands.ui.cards import churn, mrr
from commands.ui.cards.accounts import book_card, choice_card, no_book
from commands.ui.cards.compare_card import compare_card
from commands.ui.cards.explain import explanation
from commands.ui.cards.health import health_card
from commands.ui.cards.health_explain import health_explanation
from commands.ui.cards.metric_list import metric_list
from commands.ui.cards.topic_card import topic_card
from commands.ui.cards.topic_explain import topic_explanation
from commands.ui.text import LOCALES, translator
from metrics.formulas import all_metrics
from tests.commands.ui.cards import answers, figure_answers
from tests.commands.ui.cards.answers import ACCOUNT, ALONE, DIRECT, EXTERNAL, NASTY, SHARED
from tests.commands.ui.cards.figure_answers import TOPIC

CANDIDATES = tuple(ACCOUNT._replace(key=f"k{n}", name=NASTY[:255]) for n in range(5))

CARDS: dict[str, Callable[[Translator], Reply]] = {
    "mrr": lambda t: mrr.mrr_card(answers.revenue_answer(), ALONE, t),
    "mrr-empty": lambda t: mrr.mrr_card(answers.empty_revenue_answer(), ALONE, t),
    "mrr-running": lambda t: mrr.mrr_card(answers.running_revenue_answer(), DIRECT, t),
    "mrr-longest": lambda t: mrr.mrr_card(answers.longest_revenue_answer(), SHARED, t),
    "churn": lambda t: churn.churn_card(answers.revenue_answer(), ALONE, t),
    "churn-empty": lambda t: churn.churn_card(answers.empty_revenue_answer(), ALONE, t),
    "churn-running": lambda t: churn.churn_card(answers.running_revenue_answer(), EXTERNAL, t),
    "churn-longest": lambda t: churn.churn_card(answers.longest_revenue_answer(), SHARED, t),
    "health": lambda t: health_card(answers.health_answer(), ALONE, t),
    "health-empty": lambda t: health_card(answers.empty_health_answer(), ALONE, t),
    "health-longest": lambda t: health_card(answers.longest_health_answer(), SHARED, t),
    "book": lambda t: book_card(answers.book(20), 1, t, replace=True),
    "book-empty": lambda t: no_book("ana@example.com", t),
    "book-nobody": lambda t: no_book(None, t),
    "book-longest": lambda t: book_card(answers.book(9, NASTY[:250]), 0, t, replace=False),
    "choice": lambda t: choice_card(
        Choice("acm", (ACCOUNT, ACCOUNT._replace(key="a2", name="Acme UK")), near=False), t
    ),
    "choice-near": lambda t: choice_card(Choice("akme", (ACCOUNT,), near=True), t),
    "choice-empty": lambda t: choice_card(Choice("acme", (), near=True), t),
    "topic": lambda t: topic_card(TOPIC, figure_answers.answer(), ALONE, t),
    "topic-empty": lambda t: topic_card(TOPIC, figure_answers.empty_answer(), ALONE, t),
    "topic-running": lambda t: topic_card(TOPIC, figure_answers.running_answer(), EXTERNAL, t),
    "topic-longest": lambda t: topic_card(TOPIC, figure_answers.longest_answer(), SHARED, t),
    "compare": lambda t: compare_card(figure_answers.comparison(), ALONE, t),
    "compare-longest": lambda t: compare_card(figure_answers.longest_comparison(), SHARED, t),
    "metrics": lambda t: metric_list([all_metrics()[name] for name in ("nrr", "arpa", "mrr")], t),
    "choice-longest": lambda t: choice_card(Choice(NASTY * 9, CANDIDATES, near=False), t),
}


def explained(command: str, answer: RevenueAnswer, page: int, t: Translator) -> Modal:
    card = {"mrr": mrr, "churn": churn}[command]
    return explanation(answer, command, card.EXPLAINED, card.KINDS, page, t)


MODALS: dict[str, Callable[[Translator], Modal]] = {
    "mrr-explained": lambda t: explained("mrr", answers.revenue_answer(), 0, t),
    "mrr-explained-empty": lambda t: explained("mrr", answers.empty_revenue_answer(), 0, t),
    "mrr-explained-longest": lambda t: explained("mrr", answers.longest_revenue_answer(), 3, t),
    "churn-explained": lambda t: explained("churn", answers.revenue_answer(), 0, t),
    "churn-explained-empty": lambda t: explained("churn", answers.empty_revenue_answer(), 0, t),
    "churn-explained-longest": lambda t: explained("churn", answers.longest_revenue_answer(), 99, t),
    "topic-explained": lambda t: topic_explanation(TOPIC, figure_answers.answer(), 1, t),
    "topic-explained-empty": lambda t: topic_explanation(TOPIC, figure_answers.empty_answer(), 0, t),
    "topic-explained-longest": lambda t: topic_explanation(TOPIC, figure_answers.longest_answer(), 99, t),
    "health-explained": lambda t: health_explanation(answers.health_answer(), t),
    "health-explained-empty": lambda t: health_explanation(answers.empty_health_answer(), t),
    "health-explained-longest": lambda t: health_explanation(answers.longest_health_answer(), t),
}


@pytest.mark.parametrize("name", CARDS)
def test_a_card_looks_as_it_was_approved(name: str, golden: Callable[[str, object], None]) -> None:
    golden(f"cards/{name}", asdict(CARDS[name](translator("en", strict=True))))


@pytest.mark.parametrize("name", MODALS)
def test_a_modal_looks_as_it_was_approved(name: str, golden: Callable[[str, object], None]) -> None:
    golden(f"cards/{name}", asdict(MODALS[name](translator("en", strict=True))))


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("name", CARDS)
def test_slack_takes_every_card_in_every_language(name: str, locale: str) -> None:
    reply = CARDS[name](translator(locale, strict=True))
    assert check(reply.blocks) == []
    assert reply.text
    if reply.chart is not None:
        assert len(reply.chart.alt) <= 2000
        assert json.loads(json.dumps(reply.chart.data)) == reply.chart.data
        assert 0 < reply.chart_at < len(reply.blocks)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("name", MODALS)
def test_slack_takes_every_modal_in_every_language(name: str, locale: str) -> None:
    modal = MODALS[name](translator(locale, strict=True))
    assert check(modal.blocks, surface="modal") == []
    assert len(modal.title) <= 24
    assert len(modal.close) <= 24


@pytest.mark.parametrize("name", [name for name in CARDS if name.endswith("longest")])
def test_what_a_customer_is_called_formats_and_mentions_nobody(name: str) -> None:
    formatted = list(texts(CARDS[name](translator("en")).blocks, "mrkdwn"))
    assert formatted
    assert [text for text in formatted if "<!" in text or "*_" in text] == []


def texts(node: object, kind: str) -> Iterator[str]:
    """The text objects of one kind anywhere below."""
    if isinstance(node, Mapping):
        if node.get("type") == kind:
            yield node["text"]
        for inner in node.values():
            yield from texts(inner, kind)
    elif isinstance(node, list | tuple):
        for inner in node:
            yield from texts(inner, kind)
