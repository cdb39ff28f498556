"""The card of /latido queue, and what the owner of a broken destination is told."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, tzinfo
from typing import Final

from commands.core.reply import Block, Markup, Reply
from commands.core.request import Translator
from commands.ui.blocks import actions, button, confirm, context, join, place
from commands.ui.cards.delivery_words import fault_of, purpose_of, reason_of
from commands.ui.cards.paragraphs import Line, Paragraph, as_section, line, markup, strong
from metrics.types import Sentence, Value, plural
from storage.queries.destinations import Broken
from storage.queries.queue import Message, Queue

PAGE, RETRY, CLEAR = "queue.page", "queue.retry", "queue.clear"
THERE, SEND, DROP = "queue.there", "queue.send", "queue.drop"

ON_A_PAGE: Final = 10

Entry = tuple[Line, ...]


def broken_notice(broken: Broken, t: Translator) -> Reply:
    """What is wrong with the destination, what waits for it, and what mends it."""
    fault = fault_of(broken.reason)
    where: dict[str, Value] = {"place": place(broken.destination), "why": fault.why}
    waits = plural("{count} message waits for it.", "{count} messages wait for it.", broken.waiting)
    paragraph = (
        strong(Sentence("I cannot write to {place} any more: {why}.", where)),
        line(waits),
        line(fault.mend),
    )
    where_to_look = Sentence("An admin sees what waits, and can let me try again, with `/latido queue`.")
    blocks = (as_section(t, paragraph), context(t.md(where_to_look)))
    return Reply(_spoken(t, [paragraph, (line(where_to_look),)]), blocks)


def queue_card(queue: Queue, t: Translator, *, skip: int, zone: tzinfo, done: Sentence | None = None) -> Reply:
    """A page of the queue; `done` is what a button has just done."""
    head = (line(done), strong(_headline(queue)), *_counted(queue))
    parts = list(_parts(queue, t, zone))
    entries = [entry for entry, _ in parts]
    blocks = [as_section(t, head)]
    for entry, elements in parts:
        one = elements[0] if len(elements) == 1 else None
        blocks.append(as_section(t, entry, one))
        blocks += [actions(*elements)] if len(elements) > 1 else []
    turning = _turning(queue, t, skip)
    blocks += [actions(*turning)] if turning else []
    return Reply(_spoken(t, [head, *entries]), tuple(blocks), replace=done is not None)


def _spoken(t: Translator, paragraphs: Iterable[Paragraph]) -> Markup:
    """The paragraphs without emphasis; channels and people stay names that Slack shows."""
    lines = [each._replace(strong=False) for paragraph in paragraphs for each in paragraph if each.said]
    return join("\n", (markup(t, each) for each in lines))


def _headline(queue: Queue) -> Sentence:
    """The worst there is."""
    counts = queue.counts
    if counts.broken:
        return plural("{count} destination is broken", "{count} destinations are broken", counts.broken)
    if counts.unknown:
        return plural("{count} message may not have arrived", "{count} messages may not have arrived", counts.unknown)
    if counts.failed:
        return plural("{count} message was not sent", "{count} messages were not sent", counts.failed)
    if counts.waiting:
        return Sentence("All is well: what waits is sent as its time comes")
    return Sentence("All is well: nothing waits")


def _counted(queue: Queue) -> Iterator[Line]:
    """What there is, in one line."""
    counts = queue.counts
    waiting = counts.waiting - counts.sending
    kinds = (
        (waiting, plural("{count} message waits", "{count} messages wait", waiting)),
        (counts.sending, plural("{count} is being sent", "{count} are being sent", counts.sending)),
        (counts.unknown, plural("{count} in doubt", "{count} in doubt", counts.unknown)),
        (counts.failed, plural("{count} failed in 7 days", "{count} failed in 7 days", counts.failed)),
    )
    yield line(*(said for count, said in kinds if count))


def _parts(queue: Queue, t: Translator, zone: tzinfo) -> Iterator[tuple[Entry, Sequence[Block]]]:
    """Each entry with its buttons."""
    for broken in queue.broken:
        yield _broken(broken, zone), _broken_buttons(broken, t)
    for message in queue.unknown:
        yield _in_doubt(message, zone), _doubt_buttons(message, t) if message.settled_at else ()
    for message in queue.failed:
        yield _failed(message, zone), ()
    for message in queue.waiting:
        yield _waits(message, zone), (_drop_button(message, t),) if message.state == "pending" else ()


def _broken(broken: Broken, zone: tzinfo) -> Entry:
    fault = fault_of(broken.reason)
    since = Sentence("since {moment}", {"moment": _local(broken.since, zone)})
    waits = plural("{count} message waits", "{count} messages wait", broken.waiting)
    where: dict[str, Value] = {"place": place(broken.destination), "why": fault.why}
    return line(Sentence("🔴 {place}: {why}", where), since, waits), line(fault.mend)


def _in_doubt(message: Message, zone: tzinfo) -> Entry:
    if message.settled_at is None:
        doubt = Sentence("Slack did not confirm it: I am looking for it")
    else:
        doubt = Sentence("Slack did not confirm it. Please look whether it is there")
    why = None if message.error is None or message.settled_at is None else reason_of(message.error)
    return _told("🟡", message, zone), line(doubt, why)


def _failed(message: Message, zone: tzinfo) -> Entry:
    return _told("⚫", message, zone), line(reason_of(message.error or ""))


def _waits(message: Message, zone: tzinfo) -> Entry:
    if message.state == "sending":
        return (_told("⚪", message, zone), line(Sentence("is being sent")))
    return (_told("⚪", message, zone), line(None if message.error is None else reason_of(message.error)))


def _told(sign: str, message: Message, zone: tzinfo) -> Line:
    """What it is for, where it goes and when it was to be sent: never what it says."""
    purpose, moment = purpose_of(message.purpose), _local(message.due_at, zone)
    what = {"sign": sign, "purpose": purpose, "place": place(message.destination), "moment": moment}
    return line(Sentence("{sign} {purpose} to {place}, {moment}", what))


def _local(moment: datetime, zone: tzinfo) -> datetime:
    return moment.astimezone(zone)


# --- Buttons -------------------------------------------------------------------------------------------------------


def _broken_buttons(broken: Broken, t: Translator) -> list[Block]:
    again = button(t("Try again"), RETRY, broken.destination, style="primary")
    if not broken.waiting:
        return [again]
    count = plural("{count} message is not sent any more.", "{count} messages are not sent any more.", broken.waiting)
    sure = confirm(t("Drop them?"), t(count), yes=t("Drop"), no=t("Keep"), danger=True)
    return [again, button(t("Drop what waits"), CLEAR, broken.destination, confirm=sure)]


def _doubt_buttons(message: Message, t: Translator) -> list[Block]:
    return [
        button(t("It is there"), THERE, str(message.id)),
        button(t("It is not there: send it"), SEND, str(message.id)),
        _drop_button(message, t),
    ]


def _drop_button(message: Message, t: Translator) -> Block:
    sure = confirm(t("Drop it?"), t("It is not sent any more."), yes=t("Drop"), no=t("Keep"), danger=True)
    return button(t("Drop"), DROP, str(message.id), confirm=sure)


def _turning(queue: Queue, t: Translator, skip: int) -> list[Block]:
    elements = []
    if skip > 0:
        elements.append(button(t("Back"), PAGE, str(max(0, skip - ON_A_PAGE))))
    if skip + ON_A_PAGE < queue.counts.listed:
        elements.append(button(t("More"), PAGE, str(skip + ON_A_PAGE)))
    return elements
