"""The modals of **Your opinion**: the form, and what the opinion did to the score."""

from typing import Final

from commands.core.button_values import packed
from commands.core.opinion_question import (
    FACTOR,
    HOLDS,
    NOTE,
    SCORE,
    SCORES,
    SPANS,
    USUAL_SPAN,
    OpinionAnswer,
)
from commands.core.reply import Block, Modal
from commands.core.request import Translator
from commands.ui.blocks import (
    actions,
    button,
    choice_input,
    confirm,
    context,
    cut,
    divider,
    option,
    radio_buttons,
    static_select,
    text_input,
)
from commands.ui.cards.explain import TITLE_MOST
from commands.ui.cards.paragraphs import Line, as_section, line, strong
from commands.ui.cards.words import BAND_SIGNS, BANDS, WORDS_MOST, short
from metrics.factors.opinion import BEST
from metrics.types import HealthScore, Sentence, Value, plural
from storage.queries.opinions import NOTE_MOST, Opinion

GIVE: Final = "health.opinion.give"
OPEN: Final = "health.opinion"
WITHDRAW: Final = "health.opinion.withdraw"


def opinion_form(answer: OpinionAnswer, t: Translator) -> Modal:
    """The form, with the opinion that counts now."""
    blocks = [
        as_section(t, (_standing(answer, None), *_present(answer))),
        *_withdraw(answer, t),
        choice_input(SCORE, t("What do you think of them?"), radio_buttons("score", _scores(t))),
        text_input(
            NOTE,
            t("Why? For colleagues only"),
            action_id="note",
            multiline=True,
            optional=True,
            most=NOTE_MOST,
        ),
        choice_input(HOLDS, t("For how long does it hold?"), _spans(t)),
        context(t.md(_weight(answer))),
        *_earlier(answer, t),
    ]
    return Modal(
        cut(t("Your opinion"), TITLE_MOST),
        tuple(blocks),
        close=cut(t("Close"), TITLE_MOST),
        callback_id=GIVE,
        submit=cut(t("Give opinion"), TITLE_MOST),
        private_metadata=_value(answer),
    )


def opinion_given(answer: OpinionAnswer, t: Translator) -> Modal:
    """What counts now, and the score before and after."""
    again = t("Give opinion") if answer.present is None else t("Change it")
    blocks = (
        as_section(t, (_standing(answer, answer.before), *_present(answer))),
        actions(button(again, OPEN, packed(answer.account.key))),
        context(t.md(_weight(answer))),
    )
    return Modal(cut(t("Your opinion"), TITLE_MOST), blocks, cut(t("Close"), TITLE_MOST))


def _value(answer: OpinionAnswer, opinion_id: int | None = None) -> str:
    """What the form carries: its version or the opinion that it is about, and the account."""
    return packed(f"{answer.version if opinion_id is None else opinion_id} {answer.account.key}")


def _standing(answer: OpinionAnswer, before: HealthScore | None) -> Line:
    """🟢 Acme Corp · 62 → 64 / 100 good."""
    health = answer.health
    account = Sentence("{sign} {account}", {"sign": BAND_SIGNS[health.band], "account": short(answer.account.name)})
    if health.score is None or health.band is None:
        return strong(account, Sentence("no score yet"))
    values: dict[str, Value] = {"score": health.score, "band": Sentence(BANDS[health.band])}
    if before is None or before.score is None:
        return strong(account, Sentence("{score} / 100 {band}", values))
    if before.score == health.score:
        return strong(account, Sentence("{score} / 100 {band}, as before", values))
    return strong(account, Sentence("{before} → {score} / 100 {band}", values | {"before": before.score}))


def _present(answer: OpinionAnswer) -> tuple[Line, ...]:
    """Who thinks what now, and why."""
    one = answer.present
    if one is None:
        return (line(Sentence("No opinion counts at present.")),)
    values: dict[str, Value] = {"opinion": _said(one, answer), "day": one.last_on}
    lines = (line(Sentence("What counts: {opinion}, until {day}", values)),)
    return (*lines, line(Sentence("“{note}”", {"note": one.note}))) if one.note else lines


def _said(one: Opinion, answer: OpinionAnswer) -> Sentence:
    return Sentence(
        "{score} of {best} by {author} on {day}",
        {"score": one.score, "best": BEST, "author": short(one.author_name), "day": answer.day_of(one.given_at)},
    )


def _withdraw(answer: OpinionAnswer, t: Translator) -> list[Block]:
    """The button that takes back the one that counts, once it is confirmed."""
    one = answer.present
    if one is None:
        return []
    sure = confirm(
        t("Withdraw this opinion?"),
        t("From today on it no longer counts. Past days keep their score."),
        yes=t("Withdraw"),
        no=t("Keep it"),
        danger=True,
    )
    return [actions(button(t("Withdraw"), WITHDRAW, _value(answer, one.id), style="danger", confirm=sure))]


def _scores(t: Translator) -> list[Block]:
    return [option(t(words), score) for score, words in SCORES.items()]


def _spans(t: Translator) -> Block:
    options = {id_: option(t(span.title), id_) for id_, span in SPANS.items()}
    return static_select("holds", t("For how long does it hold?"), list(options.values()), initial=options[USUAL_SPAN])


def _weight(answer: OpinionAnswer) -> Sentence:
    """What an opinion weighs, and where it does not reach."""
    most = next((part.points for part in answer.health.factors if part.factor_id == FACTOR), 0)
    return plural(
        "An opinion weighs {count} point in the score, from today until its last day; past days keep their score. "
        "Customers never see it.",
        "An opinion weighs {count} points in the score, from today until its last day; past days keep their score. "
        "Customers never see it.",
        most,
    )


def _earlier(answer: OpinionAnswer, t: Translator) -> list[Block]:
    """The opinions before the one that counts, and what became of each."""
    if not answer.earlier:
        return []
    lines = (line(_said(one, answer), _became(one, answer), _quoted(one)) for one in answer.earlier)
    return [divider(), as_section(t, (strong(Sentence("Earlier opinions")), *lines))]


def _quoted(one: Opinion) -> Sentence | None:
    return Sentence("“{note}”", {"note": cut(one.note, WORDS_MOST)}) if one.note else None


def _became(one: Opinion, answer: OpinionAnswer) -> Sentence:
    if one.withdrawn_at is not None:
        return Sentence("withdrawn {day}", {"day": answer.day_of(one.withdrawn_at)})
    if one.expires_on <= answer.today:
        return Sentence("held until {day}", {"day": one.last_on})
    return Sentence("replaced by a later one")
