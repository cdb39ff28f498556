"""/renewals [period] [segment|csm]: what became of those that were due, which are coming, which nobody has decided."""

from dataclasses import replace
from datetime import date
from functools import partial

from commands.core.figure_question import FiguresAnswer
from commands.core.request import Place, Request, Role
from commands.core.spec import Command
from commands.ui.cards.renewal_columns import RATE, renewal_columns
from commands.ui.cards.topic import Accounts, Picture, Topic
from commands.ui.cards.topic_voice import answered, voice_of
from metrics.types import msg
from storage.queries.renewal_lists import ahead, coming, coming_by_risk, outcomes, overdue
from storage.session import Session


def topic(today: date) -> Topic:
    """The topic on a day: whatever period is asked about, the renewals that are coming are those from today on."""
    return Topic(
        command="renewals",
        title=msg("Renewals"),
        headline="renewal_rate",
        # Churn and retention have an answer in a month without a renewal, too, which must not hide what is coming.
        rows=(("renewed_mrr",), ("grr", "logo_churn")),
        picture=Picture(
            metrics=(RATE,),
            chart="stacked_columns",
            data=renewal_columns,
            load=partial(ahead, today=today),
        ),
        nothing=msg(
            "No renewals yet. They come in with the column `renewal_on` of your accounts: "
            "`latido import accounts.csv subscriptions.csv`."
        ),
        accounts=(
            Accounts("overdue", msg("Overdue decisions"), partial(overdue, today=today)),
            Accounts(
                "coming",
                msg("Coming renewals"),
                partial(coming, today=today),
                empty=msg(
                    "No renewal is due in the next 90 days. Renewal days come in with the column `renewal_on` of your "
                    "accounts."
                ),
            ),
        ),
        breakdowns=(outcomes, partial(coming_by_risk, today=today)),
        entities=("accounts", "subscriptions"),
    )


def answer(request: Request, db: Session, text: str, *, csms: bool = False) -> FiguresAnswer:
    """The answer with the renewals that are coming from the asker's today on."""
    return answered(topic(request.today), request, db, text, csms=csms)


TOPIC = topic(date.min)
"""What is the same on every day."""
VOICE = replace(voice_of(TOPIC), answer=answer, answer_for_file=partial(answer, csms=True))

COMMAND = Command(
    id="renewals",
    usage=msg("[period] [segment or csm:name]"),
    summary=msg("Renewals: what became of those that were due, which are overdue or coming, worst first"),
    run=VOICE.show,
    least_role=Role.MEMBER,
    place=Place.INTERNAL,
    examples=("", "last month", "2026-Q3", "12m", "enterprise"),
    own_name=True,
    actions=VOICE.actions(),
)
