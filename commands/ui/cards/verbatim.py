"""A comment as a channel reads it: who said what about what, in their own words, and what is known of their account."""

from datetime import date
from typing import Final, NamedTuple

from commands.core.button_values import packed
from commands.core.reply import Reply
from commands.core.request import Translator
from commands.ui.blocks import actions, button, context, cut, join, section, verbatim
from commands.ui.cards.alert_words import mentioned, named
from commands.ui.cards.paragraphs import as_section, line, markup, plain_text, strong
from commands.ui.cards.words import BANDS, short
from metrics.surveying import Mood
from metrics.surveys import all_surveys
from metrics.types import Band, Money, Sentence, Value
from storage.queries.heard import Heard
from storage.queries.people_known import Person

OPEN: Final = "health.open"
WORDS_MOST: Final = 2500
"""Characters of the comment that are shown."""
_SIGNS: Final = {Mood.LOW: "🔴", Mood.MIDDLE: "🟡", Mood.HIGH: "🟢"}


class AboutAccount(NamedTuple):
    """What is known of the account; None where it is not."""

    mrr: Money | None = None
    score: int | None = None
    band: Band | None = None
    renewal_on: date | None = None
    csm: Person | None = None


def verbatim_card(answer: Heard, about: AboutAccount, t: Translator) -> Reply:
    """The comment. One whose answer was voided, or whose words were taken away, says so in its place."""
    head = (
        strong(
            Sentence("{sign} {account}", {"sign": _sign(answer), "account": short(answer.account_name)}), *_who(answer)
        ),
    )
    words = " ".join((answer.comment or "").split())
    if answer.voided_at is not None or not words:
        gone = line(Sentence("The answer was voided.") if answer.voided_at else Sentence("The comment was taken back."))
        return Reply(plain_text(t, (head, (gone,))), (as_section(t, (*head, gone)),))
    said = Sentence("“{comment}”", {"comment": cut(words, WORDS_MOST)})
    facts = [line(*_facts(answer, about, mentions=mentions)) for mentions in (False, True)]
    spoken = plain_text(t, (head, (line(said),), (facts[0],)))
    blocks = (
        section(join("\n", (markup(t, head[0]), verbatim(t(said))))),
        *((context(markup(t, facts[1])),) if facts[1].said else ()),
        actions(button(t("Open account"), OPEN, packed(answer.account_key))),
    )
    return Reply(spoken, blocks)


def _sign(answer: Heard) -> str:
    survey = all_surveys().get(answer.kind)
    return "💬" if survey is None or answer.score is None else _SIGNS[survey.mood(answer.score)]


def _who(answer: Heard) -> tuple[Sentence | str | None, Sentence]:
    """Who answered, and what."""
    survey = all_surveys().get(answer.kind)
    title = Sentence(survey.title) if survey is not None else answer.kind
    option = survey.option(answer.choice) if survey is not None and answer.choice else None
    values: dict[str, Value] = {"kind": title}
    if answer.score is None:
        values["what"] = Sentence(option.title) if option is not None else answer.choice or "?"
        return answer.who and short(answer.who), Sentence("{kind}: {what}", values)
    best = survey.scale[1] if survey is not None and survey.scale is not None else None
    return answer.who and short(answer.who), Sentence(
        "{kind} {score} of {best}", {**values, "score": answer.score, "best": best}
    )


def _facts(answer: Heard, about: AboutAccount, *, mentions: bool) -> list[Sentence | str | None]:
    health = csm = renewal = None
    if about.score is not None and about.band is not None:
        values: dict[str, Value] = {"score": about.score, "band": Sentence(BANDS[about.band])}
        health = Sentence("Health {score} / 100 {band}", values)
    if about.csm is not None:
        who = mentioned(about.csm.user_id) if mentions else named(about.csm.user_id, about.csm)
        csm = Sentence("CSM {csm}", {"csm": who})
    if about.renewal_on is not None:
        renewal = Sentence("renews {day}", {"day": about.renewal_on})
    mrr = None if about.mrr is None else Sentence("MRR {mrr}", {"mrr": about.mrr})
    return [mrr, health, answer.segment and short(answer.segment), csm, renewal]
