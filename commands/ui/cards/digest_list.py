"""The list of the digests that are set up, each with what can be done with it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from commands.core.button_values import packed
from commands.core.digest_list import Listed
from commands.core.reply import Block, Reply
from commands.core.request import Translator
from commands.ui.blocks import actions, button, confirm, context
from commands.ui.cards.digest_names import how_often, when_next, where_to, whose
from commands.ui.cards.paragraphs import Paragraph, as_section, line, plain_text, strong
from metrics.types import Sentence, plural

PAGE: Final = 6


def digest_list(
    found: Sequence[Listed], page: int, t: Translator, *, now: datetime, said: Sentence | None = None, replace: bool
) -> Reply:
    """One page of them; `said` is what has just been done."""
    last = max(0, (len(found) - 1) // PAGE)
    page = min(page, last)
    title = _title(found, said)
    blocks: list[Block] = [as_section(t, title)]
    told: list[Paragraph] = [title]
    for one in found[page * PAGE : (page + 1) * PAGE]:
        paragraph = _one(one, t)
        told.append(paragraph)
        blocks += [as_section(t, paragraph), actions(*_buttons(one, page, now, t))]
    blocks.append(actions(*_below(page, last, t)))
    blocks.append(context(t.md("Who set a digest up may change it, and so may admins.")))
    return Reply(plain_text(t, told), tuple(blocks), replace=replace)


def _title(found: Sequence[Listed], said: Sentence | None) -> Paragraph:
    done = line(said)
    if not found:
        teach = Sentence(
            "A digest says, every Monday morning, how MRR moved and why, who needs a call, and what customers said."
        )
        return (done, strong(Sentence("No digests yet")), line(teach))
    count = plural("{count} digest", "{count} digests", len(found))
    here = sum(one.here for one in found)
    return (done, strong(count, Sentence("{count} of them here", {"count": here}) if here and len(found) > 1 else None))


def _one(one: Listed, t: Translator) -> Paragraph:
    schedule = one.schedule
    return (
        strong(whose(schedule, one.book), where_to(schedule)),
        line(how_often(schedule), when_next(schedule, t)),
    )


def _buttons(one: Listed, page: int, now: datetime, t: Translator) -> list[Block]:
    """The moment makes a second press, after a change and its reverse, another one."""
    value = packed(f"{one.schedule.id} {int(now.timestamp())}", page)
    buttons = [
        button(t("Preview"), "digests.preview", value),
        button(t("Send it to me now"), "digests.send", value),
    ]
    if not one.may_change:
        return buttons
    sure = confirm(
        t("Remove this digest?"),
        t("It will not come any more. What has been posted stays."),
        yes=t("Remove"),
        no=t("Keep it"),
        danger=True,
    )
    stop = (
        button(t("Resume"), "digests.resume", value)
        if one.schedule.paused
        else button(t("Pause"), "digests.pause", value)
    )
    return [
        *buttons,
        button(t("Edit"), "digests.edit", value),
        stop,
        button(t("Remove"), "digests.remove", value, style="danger", confirm=sure),
    ]


def _below(page: int, last: int, t: Translator) -> list[Block]:
    buttons = [button(t("New digest"), "digests.new", packed(""), style="primary")]
    if page > 0:
        buttons.append(button(t("‹ Previous"), "digests.back", packed("", page - 1)))
    if page < last:
        buttons.append(button(t("Next ›"), "digests.next", packed("", page + 1)))
    return buttons
