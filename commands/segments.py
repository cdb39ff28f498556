"""/segments [period] [segment|csm]: customers by what they are worth: VIP, core, potential, non-core, and who moved."""

from dataclasses import replace
from fractions import Fraction
from functools import partial

from commands.core.figure_question import FiguresAnswer
from commands.core.reply import Modal
from commands.core.request import Place, Request, Role, Translator
from commands.core.spec import Command
from commands.core.tier_question import TIERS, by_tier, everybody, moved, potential, read_once
from commands.ui.cards.paragraphs import as_section, line, strong
from commands.ui.cards.topic import Accounts, Picture, Topic
from commands.ui.cards.topic_voice import answered, voice_of
from metrics.tiers import DEFAULTS
from metrics.types import Sentence, Value, msg
from storage.session import Session


def topic() -> Topic:
    """The topic for one question: its lists read the customers' tiers once between them."""
    read = read_once()
    return Topic(
        command="segments",
        title=msg("Tiers of customers"),
        headline="customers",
        rows=(("mrr", "arpa"), ("health_mix", "mrr_at_risk")),
        picture=Picture(metrics=("arpa",)),
        nothing=msg(
            "No subscriptions yet, so there are no customers to tell apart. "
            "Import them with `latido import subscriptions.csv accounts.csv`, or a folder with both."
        ),
        accounts=(
            Accounts(
                "moved", msg("Who moved"), partial(moved, read=read), empty=msg("Nobody has moved to another tier.")
            ),
            Accounts("potential", msg("Most potential"), partial(potential, read=read), on_card=3),
            Accounts("everybody", msg("Customers, VIP first"), partial(everybody, read=read), on_card=3),
        ),
        breakdowns=(partial(by_tier, read=read),),
        entities=("subscriptions", "accounts"),
    )


def answer(request: Request, db: Session, text: str, *, csms: bool = False) -> FiguresAnswer:
    """The answer to the period and book that `text` asks for."""
    return answered(topic(), request, db, text, csms=csms)


TOPIC = topic()
"""What is the same for every question."""
TOLD = voice_of(TOPIC)


def explanation(answer: FiguresAnswer, page: int, t: Translator) -> Modal:
    """The topic's own, with the rules of the tiers after its first lines."""
    modal = TOLD.explanation(answer, page, t)
    first, *rest = modal.blocks
    words: dict[str, Value] = {tier.value: Sentence(name) for tier, name in TIERS.items()}
    words |= {
        "vip_share": Fraction(DEFAULTS.vip_percent, 100),
        "core_share": Fraction(DEFAULTS.core_percent, 100),
        "times": DEFAULTS.potential_times,
    }
    rules = as_section(
        t,
        (
            strong(Sentence("How the tiers are told apart")),
            line(Sentence("{vip}: among the {vip_share} of all customers that pay most, not in poor health.", words)),
            line(
                Sentence(
                    "{potential}: of the others, those that could pay at least {times} times as much or are being "
                    "brought on board, not in poor health.",
                    words,
                )
            ),
            line(Sentence("{core}: of the rest, those among the {core_share} that pay most.", words)),
            line(Sentence("{non_core}: everybody else.", words)),
        ),
    )
    return replace(modal, blocks=(first, rules, *rest))


VOICE = replace(TOLD, answer=answer, answer_for_file=partial(answer, csms=True), explanation=explanation)

COMMAND = Command(
    id="segments",
    usage=msg("[period] [segment or csm:name]"),
    summary=msg("Customers by what they are worth: VIP, core, potential, non-core, and who moved"),
    run=VOICE.show,
    least_role=Role.MEMBER,
    place=Place.INTERNAL,
    examples=("", "last month", "2026-Q3", "enterprise"),
    own_name=False,
    actions=VOICE.actions(),
)
