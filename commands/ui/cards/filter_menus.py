"""The row of menus under a card of figures: its period, segment, CSM, plan and currency, changed by one tap.

Each shows what the card is about. Plan and currency share the last menu, which keeps the row short on a phone.
"""

from collections.abc import Iterator
from typing import Final

from commands.core.arguments import Arguments
from commands.core.currency_words import currency_name
from commands.core.filters import NAMES_MOST, Choices, Filter, Names, line_value, period_value, row_id
from commands.core.period_words import offered
from commands.core.reply import Block
from commands.core.request import Translator
from commands.core.surroundings import Surroundings
from commands.ui.blocks import actions, option, option_group, static_select
from commands.ui.cards.words import period_name
from metrics.types import msg

ALL: Final = {
    Filter.SEGMENT: msg("All segments"),
    Filter.CSM: msg("All CSMs"),
    Filter.PLAN: msg("All plans"),
}


def filter_menus(
    command: str, question: str, asked: Arguments, where: Surroundings, t: Translator
) -> tuple[Block, ...]:
    """The row for the answer to `question`, which asks for `asked`; nothing where the card is not to be narrowed down.

    A question that is too long for a row's id has no menus: it can be typed.
    """
    block_id = row_id(question)
    if where.choices is None or block_id is None:
        return ()
    choices, action_id = where.choices, f"{command}.filter"
    book = asked.book
    menus = (
        _periods(action_id, asked, choices, t),
        _menu(action_id, Filter.SEGMENT, choices.segments, book.segment, choices, t),
        _menu(action_id, Filter.CSM, choices.csm_emails, book.csm_email, choices, t),
        _more(action_id, asked, choices, t),
    )
    row = [menu for menu in menus if menu is not None]
    return (actions(*row, block_id=block_id),) if row else ()


def _periods(action_id: str, asked: Arguments, choices: Choices, t: Translator) -> Block | None:
    """The usual periods; before them the asked one, if it is none of them. None for a card that has no period."""
    if not choices.periods:
        return None
    spoken = offered(t.locale)
    lines = {
        period: option(period_name(period, t), period_value(period), spoken.get(words))
        for words, period in reversed(choices.periods)
    }
    if asked.period not in lines:
        lines[asked.period] = option(period_name(asked.period, t), period_value(asked.period))
    return static_select(action_id, t("Period"), tuple(reversed(lines.values())), initial=lines[asked.period])


def _menu(
    action_id: str, what: Filter, names: Names, current: str | None, choices: Choices, t: Translator
) -> Block | None:
    """One menu of names, the current one shown; None where there are no names."""
    if not names.names:
        return None
    lines = dict(_lines(what, names, current, choices, t))
    group = option_group(_title(names, t(ALL[what]), t), tuple(lines.values())) if names.cut else None
    return static_select(
        action_id,
        t(ALL[what]),
        () if group else tuple(lines.values()),
        groups=(group,) if group else (),
        initial=lines.get((current or "").casefold()),
    )


def _more(action_id: str, asked: Arguments, choices: Choices, t: Translator) -> Block | None:
    """Currencies and plans; None where there is nothing to choose. What is chosen is shown, both where both are."""
    groups, titles = [], []
    chosen: list[tuple[str, Block | None]] = []
    plan, currency = asked.book.plan, asked.currency
    if len(choices.currencies) > 1:
        codes = _currencies(choices, t)
        titles.append(t("Currency"))
        groups.append(option_group(t("Currency"), tuple(codes.values())))
        if currency is not None:
            chosen.append((currency, codes.get(currency)))
    if choices.plans.names:
        lines = dict(_lines(Filter.PLAN, choices.plans, plan, choices, t))
        titles.append(t("Plan"))
        groups.append(option_group(_title(choices.plans, t("Plan"), t), tuple(lines.values())))
        if plan is not None:
            chosen.append((plan, lines.get(plan.casefold())))
    if not groups:
        return None
    initial = chosen[0][1] if len(chosen) == 1 else None
    placeholder = " · ".join([name for name, _ in chosen] or titles)
    return static_select(action_id, placeholder, groups=tuple(groups), initial=initial)


def _lines(
    what: Filter, names: Names, current: str | None, choices: Choices, t: Translator
) -> Iterator[tuple[str, Block]]:
    """A line for all of them, one for the current name if it is none of the others, and one a name; by folded name."""
    if what not in choices.needed:
        yield "", option(t(ALL[what]), f"{what}:")
    known = {name.casefold() for name in names.names}
    before = () if current is None or current.casefold() in known else (current,)
    for name in (*before, *names.names)[: len(names.names)]:
        if (value := line_value(what, name)) is not None:
            yield name.casefold(), option(name, value)


def _currencies(choices: Choices, t: Translator) -> dict[str, Block]:
    """A line a currency, by its code; the company's takes the filter away."""
    own, *others = choices.currencies
    lines = {own: option(currency_name(own, t.locale), f"{Filter.CURRENCY}:")}
    return lines | {
        code: option(currency_name(code, t.locale), f"{Filter.CURRENCY}:{code}") for code in others[:NAMES_MOST]
    }


def _title(names: Names, title: str, t: Translator) -> str:
    """The heading over names; it says how to get at those that are not there."""
    if not names.cut:
        return title
    return t("The {count} with most accounts; type the others", count=len(names.names))
