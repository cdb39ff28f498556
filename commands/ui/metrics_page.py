"""docs/metrics.md: every figure with its definition, worked out for one month of an example company.

It is made from the declarations, so that it says what the bot says: `python -m commands.ui.metrics_page` (or `make
docs`) writes it anew.
"""

import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from commands.core.request import Translator
from commands.ui import formats
from commands.ui.cards.figures import shown, written
from commands.ui.text import translator
from metrics.bands import LARGE, SMALL_AND_MEDIUM, grade_churn
from metrics.examples import CURRENCY, EXAMPLES
from metrics.facts import (
    AdvocacyTotals,
    CampaignTotals,
    HealthTotals,
    OnboardingTotals,
    PayerFacts,
    PaymentFacts,
    PipelineTotals,
    PointsFacts,
    PortfolioFacts,
    ProductTotals,
    RenewalFacts,
    ServiceTotals,
    TrailingFacts,
    ValueFacts,
    VoiceTotals,
)
from metrics.formulas import all_metrics
from metrics.types import Better, ChurnBand, Metric, RevenueFacts, Unit

PATH: Final = Path(__file__).parents[2] / "docs" / "metrics.md"

CHAPTERS: Final[Mapping[type, str]] = {
    RevenueFacts: "Recurring revenue and customers",
    TrailingFacts: "Over twelve months",
    PortfolioFacts: "A portfolio",
    RenewalFacts: "Renewals",
    ValueFacts: "Value and cost",
    PayerFacts: "Paying again",
    PaymentFacts: "Payments that failed",
    PointsFacts: "Points of contact",
    HealthTotals: "Health",
    VoiceTotals: "Voice of the customer",
    ProductTotals: "Product",
    OnboardingTotals: "Onboarding",
    ServiceTotals: "Service",
    PipelineTotals: "Pipeline",
    CampaignTotals: "Campaigns",
    AdvocacyTotals: "Advocacy",
}
"""What the figures computed from each kind of facts have in common, in the order of the page."""

INTRODUCTION: Final = """\
# The figures

One definition for each name, used by every command, report and export: what follows is made from the code that computes
them (`make docs`), and every card says the same under **How is this computed?**. `latido metric ID` prints a figure,
`latido metric --all --json` all of them.

- A period is a whole calendar month unless you ask for another. *Opening* is the evening before its first day,
  *closing* the evening of its last.
- All amounts are converted to the company's currency at one rate for the whole answer, the last one known on the
  period's last day, so that exchange rates never look like growth or churn.
- A figure without an answer (nothing to divide by, nothing known) is *n/a*, never 0. Nothing is rounded before it is
  shown.

The examples are one October of a company with 100 customers that pay $20,000 a month: in it 4 leave and 4 come, and at
its end 100 customers pay $21,000.
"""

UNITS: Final[Mapping[Unit, str]] = {
    Unit.MONEY: "an amount of money",
    Unit.RATIO: "a percentage",
    Unit.COUNT: "a number",
    Unit.SCORE: "a score",
    Unit.MEAN: "a mean",
    Unit.MONTHS: "months",
    Unit.DAYS: "days",
    Unit.MINUTES: "a length of time",
}
DIRECTIONS: Final[Mapping[Better, str]] = {
    Better.UP: "higher is better",
    Better.DOWN: "lower is better",
    Better.NEITHER: "neither direction is better by itself",
}


def metrics_page(t: Translator) -> str:
    """The page in Markdown, chapter by chapter; the figures of a chapter in order of their ids."""
    metrics = all_metrics().values()
    return "\n".join((INTRODUCTION, *_contents(metrics), *_chapters(metrics, t)))


def _contents(metrics: Iterable[Metric[Any]]) -> Iterator[str]:
    yield "| id | figure |"
    yield "|---|---|"
    for metric in sorted(metrics, key=lambda metric: metric.id):
        yield f"| [`{metric.id}`](#{metric.id}) | {metric.title} |"
    yield ""


def _chapters(metrics: Iterable[Metric[Any]], t: Translator) -> Iterator[str]:
    by_facts: dict[type, list[Metric[Any]]] = {}
    for metric in metrics:
        by_facts.setdefault(metric.facts, []).append(metric)
    for facts, title in CHAPTERS.items():
        if found := by_facts.pop(facts, []):
            yield f"## {title}\n"
            for metric in sorted(found, key=lambda metric: metric.id):
                yield _figure(metric, t)
    if by_facts:
        raise KeyError(f"CHAPTERS has no title for {', '.join(kind.__name__ for kind in by_facts)}")


def _figure(metric: Metric[Any], t: Translator) -> str:
    figure = metric.measure(EXAMPLES[metric.facts])
    words = {name: t(term.title) for name, term in metric.terms.items()}
    numbers = {name: written(figure.inputs[name], term.unit, CURRENCY, t) for name, term in metric.terms.items()}
    about = ", ".join((UNITS[metric.unit], DIRECTIONS[metric.better]))
    return "\n".join(
        (
            f"### `{metric.id}`\n",
            f"**{t(metric.title)}**: {about}. {t(metric.definition)}\n",
            f"- Formula: {t(metric.formula, **words)}",
            f"- Example: {t(metric.formula, **numbers)} = **{shown(figure, metric.unit, CURRENCY, t)}**",
            *_band(metric, t),
            f"- Source: {t(metric.source)}\n",
        )
    )


def _band(metric: Metric[Any], t: Translator) -> Iterator[str]:
    """How a value is judged, where there is a band."""
    if metric.grade is None:
        return
    if metric.grade is not grade_churn:
        raise KeyError(f"how {metric.id} is judged has no words yet")
    usual, large = _acceptable(SMALL_AND_MEDIUM, t), _acceptable(LARGE, t)
    yield f"- Band, a month: {usual}; large accounts {large}; `LATIDO_CHURN_BANDS` sets others. 0% is great."


def _acceptable(band: ChurnBand, t: Translator) -> str:
    high = formats.percent(band.high, t.locale)
    if band.low > 0:
        return f"acceptable from {formats.percent(band.low, t.locale)} to {high}, below that great"
    return f"acceptable under {high}" if band.high_is_bad else f"acceptable up to {high}"


def main() -> int:
    """Write the page."""
    PATH.write_text(metrics_page(translator("en")), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
