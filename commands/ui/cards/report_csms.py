"""The report's lines of CSMs: what their accounts pay, how that grew and stayed, what they say, their health."""

from collections.abc import Sequence
from typing import Final

from commands.core.report_question import CsmLine, ReportAnswer
from commands.core.request import Translator
from commands.ui.cards.figures import change_of, shown
from commands.ui.cards.report_words import growth
from commands.ui.cards.words import short
from metrics.formulas import all_metrics
from metrics.types import msg

COLUMNS: Final = (
    msg("CSM"),
    msg("MRR"),
    msg("Growth"),
    msg("NRR"),
    msg("GRR"),
    msg("Customers"),
    msg("NPS"),
    msg("Good health"),
)
_SHOWN: Final = ("nrr", "grr", "customers", "nps", "health_mix")


def csm_table(lines: Sequence[CsmLine], answer: ReportAnswer, t: Translator) -> list[tuple[str, ...]]:
    """The titles of the columns, then a row a CSM."""
    return [tuple(t(column) for column in COLUMNS), *(_row(one, answer, t) for one in lines)]


def _row(one: CsmLine, answer: ReportAnswer, t: Translator) -> tuple[str, ...]:
    name = t("nobody") if one.name is None else short(one.name)
    mrr = shown(one.figures["mrr"], all_metrics()["mrr"].unit, answer.currency, t)
    grown = change_of(growth(one.figures["mrr_growth"]), t)
    rest = (shown(one.figures[name], all_metrics()[name].unit, answer.currency, t) for name in _SHOWN)
    return (name, mrr, grown, *rest)
