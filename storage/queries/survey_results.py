"""What the answers of one wave are, counted: its own people's and, of an anonymous wave, nobody's in particular."""

from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy import Select, func, select, union_all

from storage.queries.survey_rows import NOT_VOID
from storage.queries.tables import anonymous_answer, survey_ask, survey_response
from storage.session import Session

_a, _r, _n = survey_ask.c, survey_response.c, anonymous_answer.c


class Words(NamedTuple):
    """What somebody wrote in an anonymous wave."""

    mark: str
    """Of the answer: one way, and made with a secret that is forgotten when the wave is over."""
    said: str


class Given(NamedTuple):
    """How often each score, or each choice, was given."""

    scores: Mapping[int, int]
    choices: Mapping[str, int]
    voided: int = 0
    """How many others were voided."""

    @property
    def answers(self) -> int:
        """How many answers there are: several may stand beside one question in a shared channel."""
        return sum(self.scores.values()) + sum(self.choices.values())


def given_in(db: Session, wave_id: int) -> Given:
    """The answers of a wave; of voided ones only how many there are."""
    scores: dict[int, int] = {}
    choices: dict[str, int] = {}
    voided = 0
    for counts, score, choice, count in db.execute(_counted(wave_id)):
        if not counts:
            voided += count
        elif score is not None:
            scores[score] = scores.get(score, 0) + count
        elif choice is not None:
            choices[choice] = choices.get(choice, 0) + count
    return Given(scores, choices, voided)


def words_in(db: Session, wave_id: int) -> list[Words]:
    """The comments of an anonymous wave, in no order that would tell whose they are or which answer they belong to."""
    said = select(_n.mark, _n.comment).where(_n.wave_id == wave_id, _n.void_reason.is_(None), _n.comment.is_not(None))
    return [Words(mark, words) for mark, words in db.execute(said.order_by(_n.mark)) if words]


def _counted(wave_id: int) -> Select[tuple[bool, int | None, str | None, int]]:
    asks = select(_a.id).where(_a.wave_id == wave_id)
    named = select(NOT_VOID.label("counts"), _r.score, _r.choice).where(_r.ask_id.in_(asks))
    unnamed = select(_n.void_reason.is_(None).label("counts"), _n.score, _n.choice).where(_n.wave_id == wave_id)
    both = union_all(named, unnamed).subquery().c
    kinds = (both.counts, both.score, both.choice)
    return select(*kinds, func.count()).group_by(*kinds)
