"""Every figure that there is, by the name under which it can be asked for."""

from collections.abc import Sequence
from itertools import islice
from typing import Any, Final

from commands.core.reply import Reply
from commands.core.request import Translator
from commands.ui.blocks import context
from commands.ui.cards.paragraphs import Line, as_section, line, plain_text, strong
from metrics.types import Metric, Sentence

A_PARAGRAPH: Final = 25
"""Figures in one section: what Slack takes of text, with room for long names."""


def metric_list(metrics: Sequence[Metric[Any]], t: Translator) -> Reply:
    """The names with what they stand for, in order."""
    title = strong(Sentence("Figures you can ask for"))
    how = Sentence("For example: `/latido metric nrr last month`")
    lines = iter([title, *(_line(metric) for metric in sorted(metrics, key=lambda one: one.id))])
    paragraphs: list[list[Line]] = []
    while part := list(islice(lines, A_PARAGRAPH)):
        paragraphs.append(part)
    blocks = (*(as_section(t, part) for part in paragraphs), context(t.md(how)))
    return Reply(plain_text(t, [*paragraphs, [line(how)]]), blocks)


def _line(metric: Metric[Any]) -> Line:
    return line(Sentence("{name}: {figure}", {"name": metric.id, "figure": Sentence(metric.title)}))
