"""The topic of one kind of survey: its figure, how sure that is, what people wrote, and whom to call."""

from functools import partial

from commands.core.survey_breakdowns import by_part, margins, shares, waves
from commands.core.survey_scores import scores_of
from commands.ui.cards.survey_chart import survey_chart
from commands.ui.cards.topic import Accounts, Picture, Topic
from metrics.types import msg
from storage.queries.answers import Split
from storage.queries.voice_lists import low_answers, verbatims


def survey_picture(kind: str) -> Picture:
    """How the scores of `kind` are distributed, and its figure with the margin month by month."""
    return Picture(chart="survey_distribution", data=survey_chart, load=scores_of(kind))


def survey_topic(kind: str, title: str, *, low: str, nobody: str) -> Topic:
    """The topic of `kind`, whose metric and command have the same id; the texts are msgids.

    `low` is the title of the list of those whose answers are low, `nobody` stands where there are none.
    """
    return Topic(
        command=kind,
        title=title,
        headline=kind,
        rows=(),
        picture=survey_picture(kind),
        nothing=msg("No survey answers yet. Ask with `/survey`, or `latido import survey_responses.csv`."),
        accounts=(Accounts("low_answers", low, partial(low_answers, kind=kind), empty=nobody),),
        breakdowns=(
            partial(margins, kinds=(kind,)),
            partial(shares, kind=kind, by_score=True),
            partial(verbatims, kind=kind),
            partial(waves, kinds=(kind,)),
            *(partial(by_part, kind=kind, split=split) for split in Split),
        ),
        entities=("survey_responses",),
    )
