"""What makes a topic a command: its question, card, explanation and file as one voice."""

from functools import partial

from commands.core.asked import arguments_of
from commands.core.figure_command import FigureVoice
from commands.core.figure_question import FiguresAnswer, answer
from commands.core.request import Request
from commands.ui.cards.topic import Topic
from commands.ui.cards.topic_card import metrics_of, topic_card
from commands.ui.cards.topic_explain import topic_document, topic_explanation
from storage.session import Session


def voice_of(topic: Topic) -> FigureVoice[FiguresAnswer]:
    """How a command about the topic answers: `run=VOICE.show`, `actions=VOICE.actions()`."""
    return FigureVoice(
        command=topic.command,
        answer=partial(answered, topic),
        card=partial(topic_card, topic),
        explanation=partial(topic_explanation, topic),
        document=partial(topic_document, topic),
        answer_for_file=partial(answered, topic, csms=True),
    )


def answered(topic: Topic, request: Request, db: Session, text: str, *, csms: bool = False) -> FiguresAnswer:
    """The answer to the period and book that `text` asks for."""
    return answer(
        request,
        db,
        arguments_of(request, db, topic.command, text),
        metrics=metrics_of(topic),
        series=topic.picture.metrics,
        lists={listed.id: listed.rows for listed in topic.accounts},
        breakdowns=topic.breakdowns,
        entities=topic.entities,
        pictured=topic.picture.load,
        csms=csms,
    )
