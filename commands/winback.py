"""/latido winback [period] [segment|csm]: churned accounts worth winning back, best first, and who came back."""

from dataclasses import replace
from datetime import date
from functools import partial

from commands.core.figure_question import FiguresAnswer
from commands.core.request import Place, Request, Role
from commands.core.spec import Command
from commands.core.winback_question import by_reason, came_back, candidates, left_out
from commands.ui.cards.topic import Accounts, Picture, Topic
from commands.ui.cards.topic_voice import answered, voice_of
from metrics.types import msg
from storage.session import Session


def topic(today: date) -> Topic:
    """The topic on a day: whatever period is asked about, those worth winning back are those of today."""
    return Topic(
        command="winback",
        title=msg("Win-back"),
        headline="reactivation_mrr",
        rows=(("churned_mrr", "lost_customers"), ("involuntary_mrr_churn",)),
        picture=Picture(metrics=("reactivation_mrr", "churned_mrr")),
        nothing=msg(
            "No subscriptions yet, so nobody has left. Import them with "
            "`latido import subscriptions.csv accounts.csv`, or a folder with both."
        ),
        accounts=(
            Accounts(
                "candidates",
                msg("Worth winning back, left in the last 365 days, with the MRR that was lost"),
                partial(candidates, today=today),
                empty=msg("Nobody who left in the last 365 days is worth winning back, or nobody has left."),
            ),
            Accounts("back", msg("Came back in the period"), came_back),
        ),
        breakdowns=(partial(by_reason, today=today), partial(left_out, today=today)),
        entities=("subscriptions",),
    )


def answer(request: Request, db: Session, text: str, *, csms: bool = False) -> FiguresAnswer:
    """The answer with those worth winning back on the asker's day."""
    return answered(topic(request.today), request, db, text, csms=csms)


TOPIC = topic(date.min)
"""What is the same on every day."""
VOICE = replace(voice_of(TOPIC), answer=answer, answer_for_file=partial(answer, csms=True))

COMMAND = Command(
    id="winback",
    usage=msg("[period] [segment or csm:name]"),
    summary=msg("Win-back: churned accounts worth a call, why they left, what to say, and who came back"),
    run=VOICE.show,
    least_role=Role.MEMBER,
    place=Place.INTERNAL,
    examples=("", "this month", "12m", "enterprise"),
    own_name=False,
    actions=VOICE.actions(),
)
