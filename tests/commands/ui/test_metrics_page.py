"""The page about the figures is what the declarations make of it."""

import pytest

from commands.ui.metrics_page import CHAPTERS, PATH, metrics_page
from commands.ui.text import translator
from metrics.examples import EXAMPLES
from metrics.formulas import all_metrics

PAGE = metrics_page(translator("en", strict=True))


def test_the_committed_page_is_what_make_docs_writes():
    assert PATH.read_text(encoding="utf-8") == PAGE, "run `make docs` and look at what changed"


@pytest.mark.parametrize("metric_id", sorted(all_metrics()))
def test_every_metric_is_told_with_its_formula_in_words_and_in_numbers(metric_id):
    part = PAGE.partition(f"### `{metric_id}`\n")[2].partition("\n#")[0]
    metric = all_metrics()[metric_id]
    assert f"**{metric.title}**" in part
    assert metric.definition in part
    assert f"- Source: {metric.source}" in part
    assert f"(#{metric_id})" in PAGE
    words = [line for line in part.splitlines() if line.startswith(("- Formula", "- Example"))]
    assert len(words) == 2
    assert not any("{" in line or "n/a" in line for line in words)


def test_a_band_is_told_where_there_is_one():
    assert PAGE.count("- Band, a month: acceptable from 3% to 5%, below that great") == sum(
        metric.grade is not None for metric in all_metrics().values()
    )


def test_every_kind_of_facts_has_a_chapter():
    assert set(CHAPTERS) == set(EXAMPLES)
