"""Before a survey is sent: who will be asked, who will not and why, in which words, and when."""

from collections.abc import Sequence
from datetime import timedelta, tzinfo
from typing import Final

from commands.core.button_values import packed
from commands.core.reply import Block, Modal, Reply
from commands.core.request import Translator
from commands.core.survey_check import Checked
from commands.ui.blocks import actions, button, context, cut, divider
from commands.ui.cards.digest_names import LANGUAGES
from commands.ui.cards.explain import TITLE_MOST
from commands.ui.cards.paragraphs import Line, Paragraph, as_section, line, plain_text, strong
from commands.ui.cards.survey_form import RHYTHMS
from commands.ui.cards.survey_reasons import counted, why_not
from commands.ui.cards.survey_sample import questions_said
from commands.ui.cards.survey_wave import PLACES
from metrics.asking import SMALL_GROUP, Candidate
from metrics.surveys import all_surveys
from metrics.types import Sentence, Value, plural

SEND: Final = "survey.send"
SEND_MODAL: Final = "survey.send_form"
CHANGE: Final = "survey.edit"
PEOPLE: Final = "survey.people"
ASKED: Final = "asked"
SKIPPED: Final = "skipped"
PAGE: Final = 12
"""People a page."""
SPREAD: Final = timedelta(minutes=10)
"""Questions that go out within less go out at once."""


def plan_modal(one: Checked, t: Translator, zone: tzinfo, *, tab: str = "", page: int = 0) -> Modal:
    """All there is to know before sending, with the people by name, and the button that sends it."""
    asked = len(one.plan.asked)
    tab = tab or (ASKED if asked else SKIPPED)
    draft = one.draft.as_text()
    blocks = [as_section(t, paragraph) for paragraph in _said(one, zone)]
    blocks += _questions(one, t)
    blocks += [divider(), *_people(one, draft, tab, page, t, zone)]
    blocks += [
        actions(button(t("Change it"), CHANGE, packed(draft))),
        context(*(t.md(small) for small in _small_print(one))),
    ]
    return Modal(
        cut(t("Who will be asked"), TITLE_MOST),
        tuple(blocks),
        close=cut(t("Close"), TITLE_MOST),
        callback_id=SEND_MODAL if asked or one.repeats else "",
        submit=cut(_send_label(one, t), TITLE_MOST) if asked or one.repeats else None,
        private_metadata=packed(draft),
    )


def plan_card(one: Checked, t: Translator, zone: tzinfo) -> Reply:
    """The same for the short way, in a message: counts and words, with the people behind a button."""
    draft = packed(one.draft.as_text())
    said = _said(one, zone)
    blocks = [as_section(t, paragraph) for paragraph in said] + _questions(one, t)
    blocks.append(context(*(t.md(small) for small in _small_print(one))))
    send = [button(_send_label(one, t), SEND, draft, style="primary")] if one.plan.asked else []
    blocks.append(
        actions(
            *send,
            button(
                t("Who, and who not"), PEOPLE, packed(f"{ASKED if one.plan.asked else SKIPPED} {one.draft.as_text()}")
            ),
            button(t("Change it"), CHANGE, draft),
        )
    )
    return Reply(plain_text(t, said), tuple(blocks))


def sent_paragraph(one: Checked, zone: tzinfo) -> Paragraph:
    """What has just been sent off, when it goes out, and where to follow it."""
    if one.repeats:
        first = Sentence("It goes out for the first time on {moment}.", {"moment": one.start_at.astimezone(zone)})
        follow = Sentence("Each time I send you a card to follow it; all of them are in `/survey`.")
        return (strong(Sentence("The survey is set up")), line(first), line(follow))
    follow = Sentence("Follow it on the card that I send you by direct message, or with `/survey`.")
    return (strong(_headline(one)), line(_when(one, zone)), line(follow))


def _said(one: Checked, zone: tzinfo) -> list[Paragraph]:
    left_out = tuple(line(counted(reason.value, count)) for reason, count in one.reasons.items())
    when = line(_when(one, zone)) if one.plan.asked or one.repeats else line()
    said: list[Paragraph] = [(strong(_headline(one)), _what(one), when)]
    return [*said, (strong(_left_out(one)), *left_out)] if left_out else said


def _questions(one: Checked, t: Translator) -> list[Block]:
    """The words in each language; whoever gets the standard question beside others' own is pointed out."""
    if not one.plan.asked:
        return []
    blocks = [questions_said(one.draft.survey, one.wording, one.readers, one.policy, t)]
    if one.standard:
        blocks.append(context(*(t.md(_standard(language, count)) for language, count in one.standard.items())))
    return blocks


def _standard(language: str, count: int) -> Sentence:
    return plural(
        "{count} of them gets the standard question in {language}: add your own wording there, or leave it.",
        "{count} of them get the standard question in {language}: add your own wording there, or leave it.",
        count,
        language=LANGUAGES[language],
    )


def _headline(one: Checked) -> Sentence:
    asked = len(one.plan.asked)
    if not asked:
        return Sentence("Nobody would be asked")
    if one.draft.place != "direct":
        return plural("{count} channel will be asked", "{count} channels will be asked", asked)
    return plural("{count} person will be asked", "{count} people will be asked", asked)


def _left_out(one: Checked) -> Sentence:
    return plural("{count} will not be asked", "{count} will not be asked", len(one.plan.skipped))


def _what(one: Checked) -> Line:
    draft = one.draft
    survey = all_surveys()[draft.kind]
    name = Sentence("“{name}”", {"name": draft.name}) if draft.name else None
    sample = plural("one in {count}", "one in {count}", draft.one_in) if draft.one_in > 1 else None
    anonymous = Sentence("anonymous") if draft.anonymous else None
    to = Sentence("To {people}", {"people": one.to})
    return line(Sentence(survey.title), name, to, Sentence(PLACES[draft.place]), sample, anonymous)


def _when(one: Checked, zone: tzinfo) -> Sentence:
    """When the questions go out."""
    first, last = one.first_at.astimezone(zone), one.last_at.astimezone(zone)
    if one.repeats:
        values: dict[str, Value] = {
            "moment": one.start_at.astimezone(zone),
            "rhythm": Sentence(RHYTHMS[one.draft.repeats]),
        }
        return Sentence("{rhythm}, for the first time on {moment}", values)
    if last - first > SPREAD:
        return Sentence("Goes out from {first} to {last}", {"first": first, "last": last})
    if one.draft.start_at is not None or one.first_at > one.start_at:
        return Sentence("Goes out on {moment}", {"moment": first})
    return Sentence("Goes out as soon as it is sent")


def _small_print(one: Checked) -> list[Sentence]:
    policy = one.policy
    if not one.plan.asked and not one.repeats:
        return [Sentence("Nothing can be sent as it stands. Choose others, or see below why nobody is asked.")]
    said = [Sentence("Nobody gets it at night or on a weekend where they are: then it waits.")]
    days, remind = policy.expire_after.days, policy.remind_after.days
    end = plural("It expires after {count} day.", "It expires after {count} days.", days)
    if remind:
        end = plural(
            "One reminder after {remind} days; it expires after {count} day.",
            "One reminder after {remind} days; it expires after {count} days.",
            days,
            remind=remind,
        )
    said.append(end)
    if one.draft.start_at is not None or one.repeats:
        said.append(Sentence("Who is asked is decided anew when it goes out; this is how it stands now."))
    if one.draft.anonymous:
        said.append(
            Sentence(
                "Anonymous: the figure comes when the survey is over, if at least {few} have answered.",
                {"few": SMALL_GROUP},
            )
        )
    if one.never_shown and one.plan.asked:
        said.append(Sentence("⚠ So few will be asked that you will never see a figure of it."))
    return said


def _people(one: Checked, draft: str, tab: str, page: int, t: Translator, zone: tzinfo) -> list[Block]:
    """The people by name, those who are asked or those who are not, with the way to the others."""
    asked, skipped = one.plan.asked, one.plan.skipped
    lines = _names(asked) if tab == ASKED else [(one.who, why_not(one.why, zone)) for one in skipped]
    last = max(0, (len(lines) - 1) // PAGE)
    page = min(page, last)
    told = tuple(_person(who, why) for who, why in lines[page * PAGE : (page + 1) * PAGE])
    nobody = line(Sentence("Nobody") if tab == ASKED else Sentence("Everybody is asked"))
    title = Sentence("Will be asked") if tab == ASKED else Sentence("Will not be asked")
    pages = Sentence("page {page} of {pages}", {"page": page + 1, "pages": last + 1}) if last else None
    buttons = []
    other, label = (SKIPPED, Sentence("Who will not ({count})", {"count": len(skipped)}))
    if tab != ASKED:
        other, label = (ASKED, Sentence("Who will ({count})", {"count": len(asked)}))
    buttons.append(button(t(label), PEOPLE, packed(f"{other} {draft}")))
    if page > 0:
        buttons.append(button(t("‹ Previous"), PEOPLE, packed(f"{tab} {draft}", page - 1)))
    if page < last:
        buttons.append(button(t("Next ›"), PEOPLE, packed(f"{tab} {draft}", page + 1)))
    return [as_section(t, (strong(title, pages), *(told or (nobody,)))), actions(*buttons)]


def _names(found: Sequence[Candidate]) -> list[tuple[Candidate, Sentence | None]]:
    return [(one, None) for one in found]


def _person(who: Candidate, why: Sentence | None) -> Line:
    account = None if who.contact_id is None else who.account_name
    return line(Sentence("• {name}", {"name": who.name}), account, why)


def _send_label(one: Checked, t: Translator) -> str:
    if one.repeats:
        return t("Set it up")
    if one.draft.start_at is not None:
        return t("Plan it")
    return t(plural("Send to {count}", "Send to {count}", len(one.plan.asked)))
