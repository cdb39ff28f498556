"""App Home: the reader's own accounts, worst first, what to try, and help."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from commands.core.reply import Block, Markup, Reply
from commands.core.request import Translator
from commands.core.spec import ASK
from commands.ui.blocks import actions, button, context, divider, header, section
from metrics.types import Account, Band, HealthScore, msg, plural

MOST_ACCOUNTS = 15

_BANDS = {
    Band.GOOD: msg("🟢 *{name}* · {score} / 100 good"),
    Band.AVERAGE: msg("🟡 *{name}* · {score} / 100 average"),
    Band.POOR: msg("🔴 *{name}* · {score} / 100 poor"),
}
_UNSCORED = msg("⚪ *{name}* · no score yet")


class Example(NamedTuple):
    """A command to try."""

    typed: str
    """As a person types it, with the company's prefix."""
    asked: str
    """As a button asks it, without the prefix."""


@dataclass(frozen=True, slots=True)
class Home:
    """What a person's App Home shows."""

    today: date
    accounts: Sequence[tuple[Account, HealthScore]] = ()
    """The reader's own, in any order, each with today's score."""
    to_try: Sequence[Example] = ()
    """Each a button."""
    knows_reader: bool = True
    """Slack gave the reader's address, by which accounts are found."""


def home_view(home: Home, t: Translator) -> Block:
    """The view for views.publish."""
    blocks = [
        header(t("Your accounts")),
        *_accounts(home, t),
        divider(),
        header(t("Things to try")),
        section(t.md("Type these in any conversation of the company, or press one. Only you see the answer.")),
        *([actions(*(button(typed, ASK, asked) for typed, asked in home.to_try))] if home.to_try else []),
        context(t.md("As of {day} · health is a score from 1 to 100.", day=home.today)),
    ]
    return {"type": "home", "blocks": blocks}


def closed_home(reason: Reply) -> Block:
    """The home of somebody who gets to see nothing, with the reason."""
    return {"type": "home", "blocks": list(reason.blocks or (section(reason.text),))}


def _accounts(home: Home, t: Translator) -> Iterable[Block]:
    if not home.accounts:
        return [section(_nothing(home, t))]
    worst = sorted(home.accounts, key=_worst_first)[:MOST_ACCOUNTS]
    shown = [_account(account, health, t) for account, health in worst]
    left_out = len(home.accounts) - len(shown)
    if left_out:
        more = t.md(
            plural(
                "{count} more account of yours is not shown here.",
                "{count} more accounts of yours are not shown here.",
                left_out,
            )
        )
        shown.append(context(more))
    return shown


def _nothing(home: Home, t: Translator) -> Markup:
    if not home.knows_reader:
        return t.md("I cannot see your e-mail address in Slack, so I do not know which accounts are yours.")
    return t.md("No account names you as its CSM yet. Accounts come in with `latido import`, column `csm_email`.")


def _account(account: Account, health: HealthScore, t: Translator) -> Block:
    if health.score is None or health.band is None:
        text = t.md(_UNSCORED, name=account.name)
    else:
        text = t.md(_BANDS[health.band], name=account.name, score=health.score)
    return section(text, accessory=button(t("Open"), ASK, f"/health {account.key}"), block_id=f"account-{account.id}")


def _worst_first(entry: tuple[Account, HealthScore]) -> tuple[int, str]:
    account, health = entry
    return (101 if health.score is None else health.score, account.name.casefold())
