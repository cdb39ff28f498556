"""Lists of accounts: what may be meant by a name, and a CSM's own accounts, worst first."""

from collections.abc import Sequence
from typing import Final

from commands.core.access import Choice
from commands.core.button_values import packed
from commands.core.health_question import Book, BookLine, change
from commands.core.reply import Block, Reply
from commands.core.request import Translator
from commands.ui.blocks import actions, button, context, section
from commands.ui.cards.freshness import book_as_of
from commands.ui.cards.health import headline
from commands.ui.cards.paragraphs import Paragraph, as_section, line, plain_text, strong
from commands.ui.cards.stops import held_back
from commands.ui.cards.words import short
from metrics.types import Money, Sentence, Value, plural

PAGE: Final = 8


def choice_card(choice: Choice, t: Translator, *, opens: str = "health.open") -> Reply:
    """Which account is meant: a button each, of the action `opens`."""
    asked: dict[str, Value] = {"text": short(choice.text)}
    if not choice.accounts:
        sentence = Sentence("There are no accounts yet. Import them with `latido import accounts.csv`.")
        return Reply(t(sentence), (section(t.md(sentence)),))
    if choice.near:
        sentence = Sentence("I found no account “{text}”. The closest are:", asked)
    else:
        sentence = Sentence("Several accounts match “{text}”. Which one?", asked)
    names = line(*(short(account.name) for account in choice.accounts))
    buttons = [button(account.name, opens, packed(account.key)) for account in choice.accounts]
    return Reply(plain_text(t, [(line(sentence), names)]), (section(t.md(sentence)), actions(*buttons)))


def book_card(book: Book, page: int, t: Translator, *, replace: bool) -> Reply:
    """One page of a CSM's accounts, each with a button that opens it."""
    lines = book.lines
    last = (len(lines) - 1) // PAGE
    page = min(page, last)
    here = lines[page * PAGE : (page + 1) * PAGE]
    title = (*_title(lines), held_back(book.coverage.stopped))
    blocks = [as_section(t, title)]
    for each in here:
        opens = button(t("Open"), "health.open", packed(each.account.key))
        blocks.append(as_section(t, _account(each, t), accessory=opens))
    as_of = book_as_of(book.coverage, book.today, t)
    blocks += [_buttons(page, last, t), context(t.md(as_of))]
    text = plain_text(t, [title, *(_account(each, t) for each in here), (line(as_of),)])
    return Reply(text, tuple(blocks), replace=replace)


def _title(lines: Sequence[BookLine]) -> Paragraph:
    total = Money(sum(each.facts.mrr.minor for each in lines), lines[0].facts.mrr.currency)
    count = plural("Your only account", "Your {count} accounts, worst first", len(lines))
    return (strong(count, Sentence("MRR {mrr}", {"mrr": total})),)


def _account(each: BookLine, t: Translator) -> Paragraph:
    renewal = each.account.renewal_on
    return (
        headline(each.account.name, each.health, change(each.health, each.before), t),
        line(
            Sentence("MRR {mrr}", {"mrr": each.facts.mrr}),
            Sentence("renewal {day}", {"day": renewal}) if renewal else None,
        ),
    )


def _buttons(page: int, last: int, t: Translator) -> Block:
    """The way to the pages before and after, and to how the scores are made."""
    buttons = []
    if page > 0:
        buttons.append(button(t("‹ Previous"), "health.back", packed("", page - 1)))
    if page < last:
        buttons.append(button(t("Next ›"), "health.next", packed("", page + 1)))
    return actions(*buttons, button(t("How is this computed?"), "health.book.explain", packed("")))


def no_book(email: str | None, t: Translator) -> Reply:
    """What a person without accounts of their own can do."""
    if email is None:
        sentence = Sentence("Slack does not tell me your e-mail address. Ask for one account: `/health name`.")
    else:
        sentence = Sentence(
            "No account names {email} as its CSM. Put the address into csm_email of accounts.csv, "
            "or ask for one account: `/health name`.",
            {"email": email},
        )
    return Reply(t(sentence), (section(t.md(sentence)),))
