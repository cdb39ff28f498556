"""The card of /atrisk: which accounts have open risks, how much is at stake, and what to do about each."""

from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Final

from commands.core.arguments import Arguments
from commands.core.button_values import packed
from commands.core.reply import Block, Reply
from commands.core.request import Translator
from commands.core.risk_question import CHANGE_DAYS, RiskAnswer, RiskRow
from commands.core.surroundings import Surroundings
from commands.ui.blocks import actions, button, context
from commands.ui.cards.band_bars import band_bars
from commands.ui.cards.filter_menus import filter_menus
from commands.ui.cards.freshness import book_as_of, rates_used
from commands.ui.cards.health import headline
from commands.ui.cards.paragraphs import Line, Paragraph, as_section, line, plain_text, strong
from commands.ui.cards.sharing import share_button, sharing_note
from commands.ui.cards.stops import held_back
from commands.ui.cards.topic_card import cut_short
from commands.ui.cards.words import SEVERITY_SIGNS, book_name
from metrics.facts import HealthTotals
from metrics.judging import Finding, Rule, Severity
from metrics.periods import month_of
from metrics.types import Money, Sentence, Value, plural

PAGE: Final = 5
"""Accounts a page."""
FINDINGS_MOST: Final = 3
"""Findings told of one account."""
SIGNALS_MOST: Final = 5


def atrisk_card(answer: RiskAnswer, page: int, where: Surroundings, t: Translator, *, replace: bool = False) -> Reply:
    """One page of the accounts, the first with what they come to together; each account opens by its button."""
    last = max(0, (len(answer.rows) - 1) // PAGE)
    page = min(page, last)
    here = answer.rows[page * PAGE : (page + 1) * PAGE]
    summary = [paragraph for paragraph in _summary(answer, page) if any(each.said for each in paragraph)]
    told = [(row, account_paragraph(row, t)) for row in here]
    as_of = book_as_of(answer.coverage, answer.today, t)
    rates = rates_used(answer.rates_day, answer.shown)
    blocks: list[Block] = [as_section(t, paragraph) for paragraph in summary]
    for row, paragraph in told:
        opens = button(t("Open"), "health.open", packed(row.account.key))
        blocks.append(as_section(t, paragraph, accessory=opens))
    menus = filter_menus("atrisk", answer.text, Arguments(month_of(answer.today), answer.book, answer.shown), where, t)
    blocks += [
        *menus,
        *_buttons(answer, page, last, where, t),
        context(t.md(as_of), *([t.md(rates)] if rates else []), *sharing_note(where, t)),
    ]
    text = plain_text(t, [*summary, *(paragraph for _, paragraph in told), (line(as_of, rates),)])
    chart = band_bars(answer.totals, answer.mrr, answer.book, t) if page == 0 and answer.rows else None
    return Reply(text, tuple(blocks), chart, len(summary), where.shared_by is not None, replace)


def _summary(answer: RiskAnswer, page: int) -> Iterator[Paragraph]:
    """The headline; on the first page also how severe the risks are, which they are and how that was a month ago."""
    if not answer.rows:
        yield _nothing(answer)
    else:
        yield _headline(answer)
    if page:
        return
    yield _severities(answer.rows)
    yield (held_back(answer.coverage.stopped),)
    yield _health(answer)
    yield _signals(answer.rows, answer.totals.currency)


def _headline(answer: RiskAnswer) -> Paragraph:
    count = plural("{count} account with open risks", "{count} accounts with open risks", len(answer.rows))
    stake: dict[str, Value] = {"mrr": answer.at_stake}
    if answer.mrr:
        share = Fraction(answer.at_stake.minor, answer.mrr)
        staked = Sentence("MRR {mrr} at stake, {share} of all", {**stake, "share": share})
    else:
        staked = Sentence("MRR {mrr} at stake", stake)
    return (strong(count, staked, book_name(answer.book)),)


def _nothing(answer: RiskAnswer) -> Paragraph:
    if not answer.mrr and not answer.coverage.customers:
        return (
            line(
                Sentence(
                    "No customers yet, so there is nothing at risk. "
                    "Import them with `latido import subscriptions.csv accounts.csv`, or a folder with both."
                )
            ),
        )
    return (strong(Sentence("No open risks"), book_name(answer.book)),)


def _severities(rows: Sequence[RiskRow]) -> Paragraph:
    counts = Counter(row.severity for row in rows)
    return (line(*(_counted(severity, counts[severity]) for severity in Severity if counts[severity])),)


def _counted(severity: Severity, count: int) -> Sentence:
    """How many accounts have that as their worst risk."""
    match severity:
        case Severity.URGENT:
            return plural("🔴 {count} urgent", "🔴 {count} urgent", count)
        case Severity.WARNING:
            return plural("🟠 {count} warning", "🟠 {count} warnings", count)
    return plural("🟡 {count} notice", "🟡 {count} notices", count)


def _health(answer: RiskAnswer) -> Paragraph:
    """How many are in poor health, by the stored scores, beside a month ago; nothing where nobody has a score."""
    now = _poor(answer.totals)
    if now is None:
        return ()
    then = _poor(answer.before)
    held = None if then is None else Sentence("{days} days ago: {poor}", {"days": CHANGE_DAYS, "poor": then})
    return (line(Sentence("In poor health: {poor}", {"poor": now}), held),)


def _poor(totals: HealthTotals) -> Sentence | None:
    """Customers in the poor band and their MRR; None where nobody has a score."""
    if not any(totals.customers.values()):
        return None
    mrr = Money(sum(minor for band, minor in totals.mrr.items() if band == "poor"), totals.currency)
    return plural("{count} customer, MRR {mrr}", "{count} customers, MRR {mrr}", totals.at_risk, mrr=mrr)


def _signals(rows: Sequence[RiskRow], currency: str) -> Paragraph:
    """Which risks they are, that of most accounts first; an account with several of them counts for each."""
    if len(rows) < 2:
        return ()
    counts: Counter[str] = Counter()
    mrr: Counter[str] = Counter()
    for row in rows:
        for rule, _ in row.found:
            counts[rule.title] += 1
            mrr[rule.title] += row.account.mrr.minor
    ordered = sorted(counts, key=lambda title: (-counts[title], -mrr[title], title))
    told = (
        line(
            plural(
                "{risk}: {count} account, MRR {mrr}",
                "{risk}: {count} accounts, MRR {mrr}",
                counts[title],
                risk=Sentence(title),
                mrr=Money(mrr[title], currency),
            )
        )
        for title in ordered[:SIGNALS_MOST]
    )
    more = len(ordered) - SIGNALS_MOST
    rest = (line(Sentence("and {count} more", {"count": more})),) if more > 0 else ()
    return (strong(Sentence("What they are")), *told, *rest)


def account_paragraph(row: RiskRow, t: Translator) -> Paragraph:
    """An account with its score and MRR, what was seen since when, and what to do about the worst of it."""
    score = headline(row.account.name, row.health, None, t)
    worst = row.found[0][0]
    told = (finding_line(rule, finding, t) for rule, finding in row.found[:FINDINGS_MOST])
    more = len(row.found) - FINDINGS_MOST
    return (
        strong(*score.facts, Sentence("MRR {mrr}", {"mrr": row.account.mrr})),
        *told,
        *((line(Sentence("and {count} more", {"count": more})),) if more > 0 else ()),
        line(Sentence("→ {advice}", {"advice": Sentence(worst.advice)})),
    )


def finding_line(rule: Rule, finding: Finding, t: Translator) -> Line:
    """What was seen; since when, unless the reason says so itself."""
    values: dict[str, Value] = {
        "sign": SEVERITY_SIGNS[finding.severity],
        "risk": Sentence(rule.title),
        "why": cut_short(t(finding.why)),
    }
    said = finding.since is None or finding.since in finding.why.values.values()
    since = None if said else Sentence("since {day}", {"day": finding.since})
    return line(Sentence("{sign} {risk}: {why}", values), since)


def _buttons(answer: RiskAnswer, page: int, last: int, where: Surroundings, t: Translator) -> list[Block]:
    """Pages and the file for the asker alone; a card that others see too must not turn under their eyes."""
    if not answer.rows:
        return []
    buttons = []
    if where.shared_by is None:
        if page > 0:
            buttons.append(button(t("‹ Previous"), "atrisk.back", packed(answer.text, page - 1)))
        if page < last:
            buttons.append(button(t("Next ›"), "atrisk.next", packed(answer.text, page + 1)))
        buttons.append(button(t("All as CSV"), "atrisk.csv", packed(answer.text)))
    buttons.append(button(t("How is this computed?"), "atrisk.explain", packed(answer.text)))
    buttons += share_button("atrisk.share", packed(answer.text), where, t)
    return [actions(*buttons)]
