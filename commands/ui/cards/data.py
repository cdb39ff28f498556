"""The card of /latido data: what data there is, until when, how regularly it comes in, and what has stopped."""

from collections.abc import Sequence
from datetime import date

from commands.core.data_question import DataAnswer, EntityState
from commands.core.reply import Markup, Reply
from commands.core.request import Translator
from commands.ui.blocks import context
from commands.ui.cards.freshness import entity_name
from commands.ui.cards.paragraphs import Line, Paragraph, as_section, line, plain_text, strong
from commands.ui.cards.stops import since
from metrics.feeds import Stop
from metrics.types import Sentence, plural

STOPPED, LATE, COMES_IN, NOT_JUDGED = "🔴", "🟡", "🟢", "⚪"


def data_card(answer: DataAnswer, t: Translator) -> Reply:
    """What has stopped, with the command that mends it; then what comes in, what is not judged, what is missing."""
    there = [state for state in answer.states if state.known]
    stopped = [(state, state.feed.stop) for state in there if state.feed.stop is not None]
    comes_in = [state for state in there if state.feed.usual is not None and state.feed.stop is None]
    others = [state for state in there if state.feed.usual is None]
    paragraphs: list[Paragraph] = [
        (strong(_headline(len(stopped), len(comes_in))), *(each for one in stopped for each in _mend(*one))),
        tuple(_coming_in(state, answer.today) for state in comes_in),
        tuple(_told(NOT_JUDGED, state) for state in others),
        _missing([state for state in answer.states if not state.known], t),
    ]
    spoken = [paragraph for paragraph in paragraphs if paragraph]
    as_of = line(
        Sentence("As of {today}", {"today": answer.today}),
        Sentence("A feed has stopped once it is silent for far longer than it usually is; what rests on it is unknown"),
    )
    blocks = (*(as_section(t, paragraph) for paragraph in spoken), context(*(t.md(fact) for fact in as_of.said)))
    return Reply(plain_text(t, [*spoken, (as_of,)]), blocks)


def _headline(stopped: int, comes_in: int) -> Sentence:
    if stopped:
        return plural("{count} data feed has stopped", "{count} data feeds have stopped", stopped)
    if comes_in:
        return Sentence("Data comes in as usual")
    return Sentence("No data comes in regularly yet")


def _mend(state: EntityState, stop: Stop) -> tuple[Line, Line]:
    """Since when, with the habit it is judged by, and what to run."""
    why = Sentence("{sign} {why}", {"sign": STOPPED, "why": since(state.entity, stop)})
    command = Sentence("→ `latido import {entity}.csv`", {"entity": Markup(state.entity)})
    return line(why, _rhythm(state), _imported(state)), line(command)


def _coming_in(state: EntityState, today: date) -> Line:
    """A feed that comes in; one that is late, but not so late that it has stopped, says so."""
    late = state.late(today)
    if late is None:
        return _told(COMES_IN, state)
    silent = plural("silent for {count} day, longer than ever", "silent for {count} days, longer than ever", late)
    return line(*_told(LATE, state).facts, silent)


def _told(sign: str, state: EntityState) -> Line:
    name = {"sign": sign, "data": entity_name(state.entity)}
    if state.feed.last_on is None:
        return line(Sentence("{sign} {data}", name), _imported(state))
    until = Sentence("{sign} {data}: until {day}", {**name, "day": state.feed.last_on})
    return line(until, _rhythm(state), _imported(state))


def _rhythm(state: EntityState) -> Sentence | None:
    usual = state.feed.usual
    if usual is None:
        return None
    if usual == 1:
        return Sentence("usually every day")
    return plural("usually every {count} day", "usually every {count} days", usual)


def _imported(state: EntityState) -> Sentence | None:
    return None if state.imported_on is None else Sentence("imported {day}", {"day": state.imported_on})


def _missing(states: Sequence[EntityState], t: Translator) -> Paragraph:
    """What was never imported, in one line."""
    if not states:
        return ()
    names = ", ".join(t(entity_name(state.entity)) for state in states)
    return (
        line(Sentence("Not imported yet: {names}", {"names": names})),
        line(Sentence("→ `latido import FOLDER` takes all files at once")),
    )
