"""/expansion [period] [segment|csm]: how much more customers pay, why, and whom to offer more next."""

from dataclasses import replace
from datetime import date
from functools import partial
from typing import Final

from commands.core.expansion_question import candidates
from commands.core.figure_question import FiguresAnswer
from commands.core.request import Place, Request, Role
from commands.core.spec import Command
from commands.ui.cards.topic import Accounts, Picture, Topic
from commands.ui.cards.topic_voice import answered, voice_of
from metrics.dials import AS_DELIVERED, RulePolicy
from metrics.types import HealthPolicy, msg
from storage.queries.expansion_lists import by_cause, grown
from storage.queries.feed import stopped
from storage.session import Session

SIGNALS_REST_ON: Final = ("usage", "survey_responses")


def topic(today: date, policy: HealthPolicy, rules: RulePolicy) -> Topic:
    """The topic on a day: whatever period is asked about, those to be offered more are those of today."""
    return Topic(
        command="expansion",
        title=msg("Expansion"),
        headline="expansion_mrr",
        rows=(("upsell_mrr", "cross_sell_mrr"), ("expansion_rate",)),
        picture=Picture(metrics=("expansion_mrr", "upsell_mrr", "cross_sell_mrr")),
        nothing=msg(
            "No subscriptions yet, so there is no expansion to speak of. "
            "Import them with `latido import subscriptions.csv accounts.csv`, or a folder with both."
        ),
        accounts=(
            Accounts(
                "candidates",
                msg("Whom to offer more now"),
                partial(candidates, today=today, policy=policy, rules=rules),
                empty=msg("Nobody has a reason to buy more today: no full seats, no leap in use, no growing promoter."),
            ),
            Accounts("grown", msg("Who grew"), grown),
        ),
        breakdowns=(by_cause,),
        entities=("subscriptions", "usage"),
    )


def answer(request: Request, db: Session, text: str, *, csms: bool = False) -> FiguresAnswer:
    """The answer with those to be offered more on the asker's day, by the company's own bands and rules."""
    company = request.company
    found = answered(topic(request.today, company.health, company.rules), request, db, text, csms=csms)
    return replace(found, held_back=stopped(db, request.today, company.zone, SIGNALS_REST_ON))


TOPIC = topic(date.min, HealthPolicy(), AS_DELIVERED)
"""What is the same on every day and for every company."""
VOICE = replace(voice_of(TOPIC), answer=answer, answer_for_file=partial(answer, csms=True))

COMMAND = Command(
    id="expansion",
    usage=msg("[period] [segment or csm:name]"),
    summary=msg("Expansion: how much more customers pay, why, and whom to offer more next"),
    run=VOICE.show,
    least_role=Role.MEMBER,
    place=Place.INTERNAL,
    examples=("", "last month", "2026-Q3", "12m", "enterprise"),
    own_name=False,
    actions=VOICE.actions(),
)
