"""A survey's question as a customer's person reads it, and what takes its place: thanks, or why it is closed.

Nothing internal stands in any of these: no score of anybody else, no figure of the account. A button carries the
question's token and the answer; both are looked up when it is pressed.
"""

from datetime import timedelta
from typing import Final

from commands.core.reply import Block, Markup, Reply
from commands.core.request import Translator
from commands.core.survey_buttons import REMINDER, value_of
from commands.ui.blocks import actions, bold, button, context, join, section
from metrics.asking import SurveyPolicy
from metrics.surveying import Mood, Survey
from metrics.types import msg, plural

ANSWER: Final = "survey.answer"
OPT_OUT: Final = "survey.optout"
ASK_AGAIN: Final = "survey.ask_again"
COMMENT: Final = "survey.comment"
CHANGE: Final = "survey.change"

THANKS: Final = {
    Mood.LOW: msg("Thank you for being frank. Somebody who can do something about it will read this."),
    Mood.MIDDLE: msg("Thank you for your answer!"),
    Mood.HIGH: msg("Thank you, we are very happy to hear that!"),
}


def question_words(survey: Survey, wording: str, t: Translator, policy: SurveyPolicy) -> str:
    """The question in words: the company's own (`wording`) or, where that is empty, the usual one."""
    product = policy.product or t("our product")
    return wording.replace("{product}", product) if wording else t(survey.question, product=product)


def question_card(
    survey: Survey,
    wording: str,
    token: str,
    t: Translator,
    policy: SurveyPolicy,
    *,
    anonymous: bool = False,
    shared: bool = False,
) -> Reply:
    """The question with its buttons. `shared`: it stands in a channel, where everybody of the customer may answer."""
    return _asked(survey, wording, token, t, policy, anonymous=anonymous, shared=shared)


def reminder_card(
    survey: Survey,
    wording: str,
    token: str,
    t: Translator,
    policy: SurveyPolicy,
    *,
    anonymous: bool = False,
    shared: bool = False,
) -> Reply:
    """The same once more, for whoever has not answered."""
    return _asked(survey, wording, token, t, policy, anonymous=anonymous, shared=shared, again=True)


def expired_card(survey: Survey, wording: str, t: Translator, policy: SurveyPolicy) -> Reply:
    """In the place of a question that nobody can answer any more."""
    return _closed(survey, wording, t, policy, t("This question has expired. Thank you all the same!"))


def withdrawn_card(survey: Survey, wording: str, t: Translator, policy: SurveyPolicy) -> Reply:
    """In the place of a question that is not asked any more."""
    return _closed(survey, wording, t, policy, t("We no longer need an answer to this question. Thank you!"))


def declined_card(survey: Survey, wording: str, token: str, t: Translator, policy: SurveyPolicy) -> Reply:
    """In the place of a question whose reader wants none any more; one tap takes that back."""
    said = t("All right: I will not ask you anything any more. Nobody will mind.")
    undo = actions(button(t("You may ask me after all"), ASK_AGAIN, token))
    return _closed(survey, wording, t, policy, said, undo)


def allowed_card(survey: Survey, wording: str, t: Translator, policy: SurveyPolicy) -> Reply:
    """In the place of a question that is over, whose reader may be asked others after all."""
    return _closed(survey, wording, t, policy, t("Good: I may ask you again some day. This question is over by now."))


def thanks_card(
    survey: Survey,
    wording: str,
    token: str,
    t: Translator,
    policy: SurveyPolicy,
    *,
    given: int | str | None,
    comment: str | None = None,
    changeable: bool = True,
    anonymous: bool = False,
    shared: bool = False,
    said: str = "",
) -> Reply:
    """In the place of the buttons: thanks for what was `given`, a score or an option's id. `said`: instead of thanks.

    Of an anonymous wave the answer is not repeated: what stands here stays with the person's name on it. In a `shared`
    channel it does not take the question's place, which is there for others.
    """
    question = question_words(survey, wording, t, policy)
    thanks = said or thanks_words(survey, None if anonymous else given, t)
    shown = "" if anonymous or given is None else answer_words(survey, given, t)
    lines = [bold(question), *([t.md("Your answer: *{answer}*", answer=shown)] if shown else []), thanks]
    blocks = [section(join("\n", lines))]
    if comment and not anonymous:
        blocks.append(section(t.md("_Your comment:_ {comment}", comment=comment)))
    if anonymous:
        blocks.append(context(t("Your answer is stored without your name. Nobody can tell which one is yours.")))
    if changeable:
        more = t("Change the comment") if comment and not anonymous else t("Add a comment")
        blocks.append(
            actions(
                button(more, COMMENT, token, style=None if comment else "primary"),
                button(t("Change the answer"), CHANGE, token),
            )
        )
    return Reply(_spoken(question, shown, thanks), tuple(blocks), replace=not shared)


def thanks_words(survey: Survey, given: int | str | None, t: Translator) -> str:
    """Thanks, by what the answer says."""
    return t(THANKS[survey.mood(given if isinstance(given, int) else None)])


def answer_words(survey: Survey, given: int | str, t: Translator) -> str:
    """An answer as its giver knows it: "9 out of 10", "Very easy", "It costs too much"."""
    if isinstance(given, str) or survey.scale is None:
        option = survey.option(str(given))
        return str(given) if option is None else t(option.title)
    return t("{score} out of {most}", score=given, most=survey.scale[1])


def _asked(
    survey: Survey,
    wording: str,
    token: str,
    t: Translator,
    policy: SurveyPolicy,
    *,
    anonymous: bool,
    shared: bool,
    again: bool = False,
) -> Reply:
    question = question_words(survey, wording, t, policy)
    where = REMINDER if again else ""
    head = [section(t("You have not answered this yet. One tap is enough, and I will not remind you again."))]
    blocks = [*(head if again else []), section(bold(question)), _buttons(survey, token, where, t, policy)]
    if survey.scale is not None:
        blocks.append(context(_ends(survey, t, policy)))
    blocks.append(context(_what_happens(t, policy, anonymous=anonymous, shared=shared)))
    if not shared:
        blocks.append(actions(button(t("Don’t ask me again"), OPT_OUT, value_of(token, where=where))))
    return Reply(question, tuple(blocks))


def _buttons(survey: Survey, token: str, where: str, t: Translator, policy: SurveyPolicy) -> Block:
    """All possible answers, side by side as far as they fit."""
    if survey.scale is None:
        return actions(*(button(t(one.title), ANSWER, value_of(token, one.id, where)) for one in survey.options))
    lowest, highest = survey.scale
    return actions(
        *(
            button(_label(survey, score, policy), ANSWER, value_of(token, str(score), where))
            for score in range(lowest, highest + 1)
        )
    )


def _label(survey: Survey, score: int, policy: SurveyPolicy) -> str:
    if policy.emoji and survey.emoji and survey.scale is not None:
        return f":{survey.emoji[score - survey.scale[0]]}:"
    return str(score)


def _ends(survey: Survey, t: Translator, policy: SurveyPolicy) -> Markup:
    """What the two ends of the scale mean."""
    lowest, highest = survey.scale or (0, 0)
    return t.md(
        "{lowest} = {low} · {highest} = {high}",
        lowest=Markup(_label(survey, lowest, policy)),
        low=t(survey.lowest_means),
        highest=Markup(_label(survey, highest, policy)),
        high=t(survey.highest_means),
    )


def _what_happens(t: Translator, policy: SurveyPolicy, *, anonymous: bool, shared: bool) -> str:
    if anonymous:
        return t("Anonymous: your answer is stored without your name, and nobody can tell which one is yours.")
    if shared:
        return t("Each of you may answer, once. Nobody else here sees what you answer; it goes to our team.")
    hours = policy.change_within // timedelta(hours=1)
    changeable = plural(
        "Your answer goes to our team. You can change it for {count} hour.",
        "Your answer goes to our team. You can change it for {count} hours.",
        hours,
    )
    return t(changeable)


def _closed(survey: Survey, wording: str, t: Translator, policy: SurveyPolicy, said: str, *more: Block) -> Reply:
    question = question_words(survey, wording, t, policy)
    return Reply(said, (section(bold(question)), section(said), *more), replace=True)


def _spoken(question: str, shown: str, thanks: str) -> str:
    return " — ".join(part for part in (question, shown, thanks) if part)
