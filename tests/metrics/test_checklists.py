"""Checklists as lines of text: written, read back, and what is said of a line that is no step."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.checklists import DAYS_MOST, STEP_MOST, STEPS_MOST, Misread, Playbook, Step, lines_of, steps_of
from metrics.types import Sentence


@given(st.text(max_size=400))
def test_what_was_read_reads_the_same_once_it_is_written(text):
    steps = steps_of(text)
    if not isinstance(steps, Misread):
        assert steps_of(lines_of(steps)) == steps


@given(st.text(max_size=400))
def test_what_was_read_keeps_the_limits_and_what_was_not_has_its_line(text):
    steps = steps_of(text)
    if isinstance(steps, Misread):
        assert 0 <= steps.line <= text.count("\n") + 1
    else:
        assert 1 <= len(steps) <= STEPS_MOST
        assert all(0 < len(step.text) <= STEP_MOST and "\n" not in step.text for step in steps)
        assert all(step.days is None or 0 <= step.days <= DAYS_MOST for step in steps)


WORDS = st.from_regex(r"[A-Za-zа-яñ][\w ,?!-]{0,70}[a-zа-я]", fullmatch=True).map(lambda text: " ".join(text.split()))
STEPS = st.lists(st.builds(Step, WORDS, st.none() | st.integers(0, DAYS_MOST)), min_size=1, max_size=STEPS_MOST)


@given(STEPS)
def test_steps_that_were_written_are_read_back(steps):
    assert steps_of(lines_of(steps)) == tuple(steps)


@pytest.mark.parametrize(
    ("line", "step"),
    [
        ("3d: Call them", Step("Call them", 3)),
        ("  3 d :  Call   them ", Step("Call them", 3)),
        ("10 días: Llamar", Step("Llamar", 10)),
        ("2 дн.: Позвонить", Step("Позвонить", 2)),
        ("- 1D: Call them", Step("Call them", 1)),
        ("• Call them", Step("Call them")),
        ("Write *it* down - today", Step("Write *it* down - today")),
        ("2 calls: one with the sponsor", Step("2 calls: one with the sponsor")),
        ("0d: Call them", Step("Call them", 0)),
    ],
)
def test_people_write_days_in_their_own_ways(line, step):
    assert steps_of(line) == (step,)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("3w: Call them", "Write the working days as"),
        ("3: Call them", "Write the working days as"),
        ("-1d: Call them", "Write the working days as"),
        ("366d: Call them", "Write the working days as"),
        ("3d:", "What is to be done?"),
        ("x" * 76, "A step has at most {most} characters"),
    ],
)
def test_a_line_that_is_no_step_is_named(line, said):
    wrong = steps_of(f"1d: Good\n\n{line}")
    assert isinstance(wrong, Misread)
    assert (wrong.line, wrong.what.text.startswith(said)) == (3, True)


def test_nothing_and_too_much_are_said_of_the_whole():
    assert steps_of(" \n ") == Misread(0, Sentence("Write at least one step."))
    many = steps_of("\n".join(["Call"] * (STEPS_MOST + 1)))
    assert isinstance(many, Misread)
    assert many.line == 0


def test_a_playbook_lasts_as_long_as_its_last_step():
    assert Playbook("x", "X", (), (Step("a", 3), Step("b"), Step("c", 1))).days == 3
    assert Playbook("x", "X", (), (Step("a"),)).days is None
