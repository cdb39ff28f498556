"""The form of /survey: what is asked, of whom, where and when, in which words."""

from collections.abc import Iterable
from typing import Final

from commands.core.button_values import packed
from commands.core.filters import VALUE_MOST
from commands.core.reply import Block, Modal
from commands.core.request import Translator
from commands.core.survey_draft import (
    CHANNEL,
    DIRECT,
    LANGUAGES,
    MONTHLY,
    ONCE,
    QUARTERLY,
    SAMPLES,
    THREAD,
    WEEKLY,
    WORDING_MOST,
)
from commands.core.survey_form import (
    ANONYMOUS,
    KIND,
    NAME,
    PLACE,
    REPEATS,
    SAMPLE,
    START,
    THREAD_LINK,
    TITLE,
    WHO,
    WORDING,
    YES,
    Form,
)
from commands.ui.blocks import (
    actions,
    button,
    checkboxes,
    choice_input,
    context,
    cut,
    datetimepicker,
    divider,
    option,
    option_group,
    static_select,
    text_input,
    tick_option,
)
from commands.ui.cards.digest_names import LANGUAGES as LANGUAGE_NAMES
from commands.ui.cards.explain import TITLE_MOST
from commands.ui.text import translator
from metrics.asking import To
from metrics.surveys import all_surveys
from metrics.types import Sentence, msg, plural

CHECK: Final = "survey.check"
LOOK: Final = "survey.look"
NAMED: Final = {
    To.POINTS: msg("Points of contact of one account"),
    To.ACCOUNT: msg("All contacts of one account"),
    To.CONTACT: msg("One person"),
}
PLACES: Final = {
    DIRECT: msg("To each person by direct message"),
    CHANNEL: msg("In each account's shared channel"),
    THREAD: msg("In a thread of the shared channel"),
}
RHYTHMS: Final = {
    ONCE: msg("Once"),
    WEEKLY: msg("Every week"),
    MONTHLY: msg("Every month"),
    QUARTERLY: msg("Every three months"),
}


def survey_form(form: Form, t: Translator, *, preview: Iterable[Block] = ()) -> Modal:
    """The form; `preview` are the questions as they would be put."""
    draft = form.draft
    kinds = [option(t(survey.title), one) for one, survey in all_surveys().items()]
    places = [option(t(title), place) for place, title in PLACES.items()]
    rhythms = [option(t(title), rhythm) for rhythm, title in RHYTHMS.items()]
    blocks = [
        choice_input(KIND, t("What do you want to ask?"), _menu("kind", kinds, draft.kind, t)),
        choice_input(WHO, t("Whom?"), _whom(form, t)),
        text_input(
            NAME,
            t("Which account or person? Only where one is asked"),
            initial=form.name or None,
            placeholder=t("A name or an e-mail address"),
            optional=True,
            most=200,
        ),
        choice_input(PLACE, t("Where?"), _menu("place", places, draft.place, t)),
        text_input(
            THREAD_LINK,
            t("Link to the thread, if it goes into one"),
            initial=form.link or None,
            placeholder=t("The link of a message there"),
            optional=True,
            most=300,
        ),
        choice_input(START, t("When? Leave it empty to ask now"), datetimepicker("start", initial=draft.start_at))
        | {"optional": True},
        choice_input(REPEATS, t("How often?"), _menu("repeats", rhythms, draft.repeats, t)),
        choice_input(SAMPLE, t("How many of them?"), _menu("sample", _samples(t), str(draft.one_in), t)),
        choice_input(ANONYMOUS, t("Anonymous?"), _anonymous(form, t), optional=True),
        text_input(
            TITLE,
            t("What is this survey called?"),
            initial=draft.name or None,
            placeholder=t("For you and your colleagues, such as “Q4 2026”"),
            optional=True,
            most=100,
        ),
        divider(),
        *(_wording(form, language, t) for language in LANGUAGES),
        actions(button(t("Show the question"), LOOK, packed(""))),
        *preview,
        context(t.md("Nothing is sent yet: the next step shows who will be asked and who will not.")),
        context(t.md("Your surveys: `/survey list`. What asks by itself: `/survey triggers`.")),
    ]
    return Modal(
        cut(t("New survey"), TITLE_MOST),
        tuple(blocks),
        close=cut(t("Close"), TITLE_MOST),
        callback_id=CHECK,
        submit=cut(t("Check who is asked"), TITLE_MOST),
        private_metadata=packed(draft.stamp),
    )


def _wording(form: Form, language: str, t: Translator) -> Block:
    survey = all_surveys()[form.draft.kind]
    label = Sentence("The question in {language}", {"language": LANGUAGE_NAMES[language]})
    return text_input(
        WORDING.format(language),
        t(label),
        initial=form.draft.wording.get(language) or None,
        placeholder=cut(translator(language)(survey.question), 150),
        optional=True,
        most=WORDING_MOST,
    )


def _whom(form: Form, t: Translator) -> Block:
    """One account or person, everybody, then the segments, the CSMs and the saved lists."""
    one = [option(t(title), to.value) for to, title in NAMED.items()]
    many = [option(t("All customers' points of contact"), To.EVERYBODY.value)]
    segments = _lines((name, f"{To.SEGMENT.value}:{name}") for name in form.choices.segments.names)
    csms = _lines((name, f"{To.CSM.value}:{name}") for name in form.choices.csm_emails.names)
    lists = _lines((each.name, f"{To.LIST.value}:{each.id}") for each in form.lists[:100])
    groups = (
        (t("One account or person"), one),
        (t("Everybody"), many),
        (t("A saved list"), lists),
        (t("A segment"), segments),
        (t("A CSM's accounts"), csms),
    )
    offered = {line["value"]: line for _, lines in groups for line in lines}
    return static_select(
        "who",
        t("Whom?"),
        groups=[option_group(label, lines) for label, lines in groups if lines],
        initial=offered.get(form.who, one[0]),
    )


def _lines(named: Iterable[tuple[str, str]]) -> list[Block]:
    return [option(name, value) for name, value in named if len(value) <= VALUE_MOST]


def _samples(t: Translator) -> list[Block]:
    some = ((str(n), plural("One in {count}", "One in {count}", n)) for n in SAMPLES if n > 1)
    return [option(t("All of them"), "1"), *(option(t(said), value) for value, said in some)]


def _anonymous(form: Form, t: Translator) -> Block:
    box = tick_option(
        t("No answer leads to a person"),
        YES,
        t.md("Nobody, you neither, can see who said what."),
    )
    return checkboxes("anonymous", [box], initial=[box] if form.draft.anonymous else ())


def _menu(action_id: str, lines: list[Block], value: str, t: Translator) -> Block:
    initial = next((line for line in lines if line["value"] == value), lines[0])
    return static_select(action_id, t("Choose"), lines, initial=initial)
