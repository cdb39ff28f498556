"""What the answers of one wave are, counted: its own people's and, of an anonymous wave, nobody's in particular."""

from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy import Select, func, select, union_all

from storage.queries.survey_rows import NOT_VOID
from storage.queries.tables import anonymous_answer, survey_ask, survey_response
from storage.session import Session

_a, _r, _n = survey_ask.c, survey_response.c, anonymous_answer.c


class Given(NamedTuple):
    """How often each score, or each choice, was given."""

    scores: Mapping[int, int]
    choices: Mapping[str, int]

    @property
    def answers(self) -> int:
        """How many answers there are: several may stand beside one question in a shared channel."""
        return sum(self.scores.values()) + sum(self.choices.values())


def given_in(db: Session, wave_id: int) -> Given:
    """The answers of a wave; voided ones are in none of it."""
    scores: dict[int, int] = {}
    choices: dict[str, int] = {}
    for score, choice, count in db.execute(_counted(wave_id)):
        if score is not None:
            scores[score] = scores.get(score, 0) + count
        elif choice is not None:
            choices[choice] = choices.get(choice, 0) + count
    return Given(scores, choices)


def _counted(wave_id: int) -> Select[tuple[int | None, str | None, int]]:
    asks = select(_a.id).where(_a.wave_id == wave_id)
    named = select(_r.score, _r.choice).where(_r.ask_id.in_(asks), NOT_VOID)
    unnamed = select(_n.score, _n.choice).where(_n.wave_id == wave_id, _n.void_reason.is_(None))
    both = union_all(named, unnamed).subquery()
    return select(both.c.score, both.c.choice, func.count()).group_by(both.c.score, both.c.choice)
