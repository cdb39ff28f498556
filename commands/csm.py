"""/csm [@who] [period]: a CSM's scorecard, from growth and retention to health and advocacy."""

from dataclasses import replace
from functools import partial

from commands.core.figure_question import FiguresAnswer
from commands.core.figure_question import answer as figures_answer
from commands.core.filters import Filter
from commands.core.request import Place, Request, Role
from commands.core.scorecard import COMMAND as ID
from commands.core.scorecard import beside_peers, beside_targets, growth_parts, whose
from commands.core.spec import Command
from commands.ui.cards.topic import Accounts, Picture, Topic
from commands.ui.cards.topic_card import metrics_of
from commands.ui.cards.topic_voice import voice_of
from metrics.types import msg
from storage.queries.value_lists import largest_accounts
from storage.session import Session

TOPIC = Topic(
    command=ID,
    title=msg("Scorecard"),
    headline="portfolio_growth",
    rows=(
        ("mrr", "customers"),
        ("nrr", "grr", "retention_rate"),
        ("nps", "csat"),
        ("average_health", "health_mix"),
        ("product_adoption", "tickets_per_account"),
        ("onboardings", "time_to_onboard"),
        ("advocacy",),
    ),
    picture=Picture(metrics=("nrr", "grr")),
    nothing=msg("No accounts with subscriptions yet. Import them with `latido import accounts.csv subscriptions.csv`."),
    accounts=(Accounts("largest", msg("Largest accounts"), largest_accounts, on_card=3),),
    breakdowns=(growth_parts, beside_targets, beside_peers),
    entities=("subscriptions",),
)


def answer(request: Request, db: Session, text: str, *, csms: bool = False) -> FiguresAnswer:
    """The scorecard of the CSM that `text` names, or the asker's own."""
    return figures_answer(
        request,
        db,
        whose(request, db, text),
        metrics=metrics_of(TOPIC),
        series=TOPIC.picture.metrics,
        lists={listed.id: listed.rows for listed in TOPIC.accounts},
        breakdowns=TOPIC.breakdowns,
        entities=TOPIC.entities,
        csms=csms,
    )


VOICE = replace(
    voice_of(TOPIC), answer=answer, answer_for_file=partial(answer, csms=True), needed=frozenset({Filter.CSM})
)

COMMAND = Command(
    id=ID,
    usage=msg("[@who] [period]"),
    summary=msg("A CSM's scorecard: growth, retention, voice, adoption, tickets, onboarding, health and advocacy"),
    run=VOICE.show,
    least_role=Role.MEMBER,
    place=Place.INTERNAL,
    examples=("", "csm:ana", "csm:ana 2026-Q3"),
    own_name=True,
    actions=VOICE.actions(),
)
