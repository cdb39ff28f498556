"""How a health score is computed: every factor's rule, points and fact, and the sum with this account's numbers."""

from fractions import Fraction
from typing import Final

from commands.core.button_values import packed
from commands.core.health_question import HealthAnswer
from commands.core.reply import Block, Document, Modal
from commands.core.request import Translator
from commands.ui import formats
from commands.ui.blocks import actions, button, context, cut, divider
from commands.ui.cards.csv_file import csv_file
from commands.ui.cards.explain import TITLE_MOST
from commands.ui.cards.freshness import health_as_of
from commands.ui.cards.health import earned, headline, weightiest
from commands.ui.cards.paragraphs import Paragraph, as_section, line, strong
from metrics.factors import all_factors
from metrics.types import FactorScore, HealthPolicy, Sentence, Value

CSV_TITLES: Final = ("factor", "points", "most", "share_percent", "fact")


def health_explanation(answer: HealthAnswer, t: Translator) -> Modal:
    """The modal."""
    blocks: list[Block] = [
        as_section(t, (headline(answer.account.name, answer.health, answer.change, t), *_sum(answer, t))),
        as_section(t, _rules(answer.policy)),
        divider(),
        *(as_section(t, _factor(part, t)) for part in weightiest(answer.health)),
        actions(button(t("As CSV"), "health.csv", packed(answer.account.key))),
        context(t.md(health_as_of(answer.usage_until, answer.health, answer.today, t))),
    ]
    return Modal(cut(t("How it is computed"), TITLE_MOST), tuple(blocks), cut(t("Close"), TITLE_MOST))


def _sum(answer: HealthAnswer, t: Translator) -> Paragraph:
    """The score's formula with its numbers."""
    known = [part for part in weightiest(answer.health) if part.reading is not None]
    if answer.health.score is None:
        return (line(Sentence("No factor has data, so there is no score.")),)
    values: dict[str, Value] = {
        "points": " + ".join(earned(part, t) for part in known),
        "most": " + ".join(formats.number(part.points, t.locale) for part in known),
        "score": answer.health.score,
    }
    return (line(Sentence("100 × ({points}) ÷ ({most}) = {score}", values)),)


def _rules(policy: HealthPolicy) -> Paragraph:
    bands: dict[str, Value] = {"good": policy.good_from, "average": policy.average_from}
    return (
        line(
            Sentence(
                "The score is the share of its points that the factors earn, from 1 to 100. A factor without data is "
                "left out and the others count for more; the coverage says how much of the whole has data."
            )
        ),
        line(Sentence("Good from {good}, average from {average}, poor below.", bands)),
    )


def _factor(part: FactorScore, t: Translator) -> Paragraph:
    factor = all_factors()[part.factor_id]
    title: dict[str, Value] = {"factor": Sentence(factor.title), "points": earned(part, t), "most": part.points}
    head = strong(Sentence("{factor}: {points} of {most} points", title))
    if part.reading is None:
        return (head, line(Sentence(factor.explanation)), line(Sentence("No data: left out.")))
    share: dict[str, Value] = {
        "fact": part.reading.fact,
        "share": Fraction(part.reading.permille, 1000),
        "most": part.points,
        "points": earned(part, t),
    }
    return (
        head,
        line(Sentence(factor.explanation)),
        line(Sentence("{fact} → {share} × {most} = {points}", share)),
    )


def health_document(answer: HealthAnswer, t: Translator) -> Document:
    """The factors as a file, one a row."""
    titles = {factor.id: factor.title for factor in all_factors().values()}
    rows = [
        (
            t(titles[part.factor_id]),
            "" if part.reading is None else earned(part, t),
            part.points,
            "" if part.reading is None else formats.number(Fraction(part.reading.permille, 10), "en", 1),
            t("unknown") if part.reading is None else t(part.reading.fact),
        )
        for part in weightiest(answer.health)
    ]
    name = "".join(letter if letter.isalnum() and letter.isascii() else "-" for letter in answer.account.key)[:60]
    text = t("What the health score of {account} is made of", account=answer.account.name)
    return Document(f"health-{name}.csv", csv_file(CSV_TITLES, rows), text)
