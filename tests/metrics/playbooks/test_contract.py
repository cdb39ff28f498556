"""What holds for every playbook that comes with Latido."""

from itertools import pairwise

import pytest

from commands.ui.text import LOCALES, translator
from metrics.checklists import STEP_MOST, lines_of, steps_of
from metrics.playbooks import all_playbooks
from metrics.rules import all_rules

PLAYBOOKS = pytest.mark.parametrize("playbook", all_playbooks().values(), ids=list(all_playbooks()))


@PLAYBOOKS
def test_its_signals_exist(playbook):
    assert playbook.rules
    assert set(playbook.rules) <= set(all_rules())


def test_every_signal_has_a_playbook():
    assert {rule for playbook in all_playbooks().values() for rule in playbook.rules} == set(all_rules())


@PLAYBOOKS
def test_it_is_short_and_its_steps_are_in_the_order_in_which_they_are_due(playbook):
    days = [step.days for step in playbook.steps]
    assert 4 <= len(days) <= 7
    assert all(0 <= before <= after for before, after in pairwise(days))
    assert days[0] <= 1 <= days[-1] <= 15


@PLAYBOOKS
@pytest.mark.parametrize("locale", LOCALES)
def test_its_texts_fit_beside_a_box_in_every_language(playbook, locale):
    t = translator(locale)
    texts = [t(text) for text in (playbook.title, *(step.text for step in playbook.steps))]
    assert [text for text in texts if len(text) > STEP_MOST] == []
    assert len(set(texts)) == len(texts)


@PLAYBOOKS
@pytest.mark.parametrize("locale", LOCALES)
def test_it_reads_the_same_once_somebody_has_edited_it(playbook, locale):
    t = translator(locale)
    told = tuple(step._replace(text=t(step.text)) for step in playbook.steps)
    assert steps_of(lines_of(told)) == told
