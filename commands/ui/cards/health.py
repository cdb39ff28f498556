"""The card of /health <account>: the score with its change, what moved it, what to do, and every factor's part."""

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Final

from commands.core.button_values import packed
from commands.core.health_question import CHANGE_DAYS, HealthAnswer
from commands.core.opinion_question import FACTOR as OPINION
from commands.core.reply import Block, Reply
from commands.core.request import Translator
from commands.core.surroundings import Surroundings
from commands.ui import formats
from commands.ui.blocks import actions, button, context
from commands.ui.cards.freshness import health_as_of
from commands.ui.cards.health_chart import history_chart
from commands.ui.cards.paragraphs import Line, Paragraph, as_section, line, plain_text, strong
from commands.ui.cards.sharing import share_button, sharing_note
from commands.ui.cards.stops import why_unknown
from commands.ui.cards.words import BAND_SIGNS, BANDS, ROLES, SEVERITY_SIGNS, short
from metrics.factors import all_factors
from metrics.feeds import Stops
from metrics.judging import Finding, Rule
from metrics.types import Contact, FactorScore, HealthScore, LeftBy, Sentence, Value, msg, plural

RISKS_MOST: Final = 5
CONTACTS_MOST: Final = 6
LEFT: Final[Mapping[LeftBy, str]] = {
    LeftBy.SAID: msg("left {day}"),
    LeftBy.BOUNCED: msg("mail bounced {day}"),
    LeftBy.DEACTIVATED: msg("deactivated in Slack {day}"),
    LeftBy.LEFT_CHANNEL: msg("left the shared channel {day}"),
}
"""What stands beside somebody who left, by how it is known."""


def health_card(answer: HealthAnswer, where: Surroundings, t: Translator) -> Reply:
    """The answer with the score's history as a picture, if there is any history."""
    if answer.gone_since is not None:
        return _gone_card(answer, answer.gone_since, where, t)
    paragraphs = [
        (headline(answer.account.name, answer.health, answer.change, t), _why(answer), _master(answer, t)),
        _risks(answer),
        _factors(answer, t),
        _people(answer),
    ]
    spoken = [paragraph for paragraph in paragraphs if any(each.said for each in paragraph)]
    stopped = "usage" in answer.facts.stopped
    as_of = health_as_of(answer.usage_until, answer.health, answer.today, t, stopped=stopped)
    words = tuple(as_section(t, paragraph) for paragraph in spoken)
    notes = [t.md(as_of), *sharing_note(where, t)]
    blocks = (*words, _buttons(answer, where, t), context(*notes))
    text = plain_text(t, [*spoken, (line(as_of),)])
    return Reply(text, blocks, history_chart(answer, t), len(words), shared=where.shared_by is not None)


def _gone_card(answer: HealthAnswer, since: date, where: Surroundings, t: Translator) -> Reply:
    """An account that is no customer any more has no score: since when, whose it was and whom one knew there."""
    name = Sentence("{sign} {account}", {"sign": BAND_SIGNS[None], "account": short(answer.account.name)})
    gone = Sentence("no longer a customer since {day}", {"day": since})
    paragraphs: list[Paragraph] = [(strong(name, gone), _master(answer, t)), _people(answer)]
    as_of = Sentence("As of {today}", {"today": answer.today})
    words = tuple(as_section(t, paragraph) for paragraph in paragraphs)
    value = packed(answer.account.key)
    buttons = actions(button(t("History"), "health.history", value), *share_button("health.share", value, where, t))
    blocks = (*words, buttons, context(t.md(as_of), *sharing_note(where, t)))
    text = plain_text(t, [*paragraphs, (line(as_of),)])
    return Reply(text, blocks, None, len(words), shared=where.shared_by is not None)


def headline(name: str, health: HealthScore, change: int | None, t: Translator) -> Line:
    """🟢 Acme Corp · 72 / 100 good · ▲ 5 in 30 days."""
    values: dict[str, Value] = {"sign": BAND_SIGNS[health.band], "account": short(name)}
    account = Sentence("{sign} {account}", values)
    if health.score is None or health.band is None:
        return strong(account, Sentence("no score yet"))
    score = Sentence("{score} / 100 {band}", {"score": health.score, "band": Sentence(BANDS[health.band])})
    return strong(account, score, changed(change, t))


def changed(change: int | None, t: Translator) -> Sentence | None:
    """A change of the score in words; None where it is unknown."""
    if change is None:
        return None
    if change == 0:
        return Sentence("unchanged in {days} days", {"days": CHANGE_DAYS})
    amount = formats.number(abs(change), t.locale)
    arrow = "▲" if change > 0 else "▼"
    return Sentence("{arrow} {points} in {days} days", {"arrow": arrow, "points": amount, "days": CHANGE_DAYS})


def _why(answer: HealthAnswer) -> Line:
    """Which factors moved the score: all that did, so that the moves add up to its change."""
    titles = {factor.id: factor.title for factor in all_factors().values()}
    moved = [(titles[id_], delta) for id_, delta in answer.changes if id_ in titles]
    if moved:
        return line(*(_moved(title, delta) for title, delta in moved))
    if answer.before is None and answer.health.score is not None:
        return line(Sentence("No score from {days} days ago to compare with", {"days": CHANGE_DAYS}))
    return line()


def _moved(title: str, delta: int) -> Sentence:
    values: dict[str, Value] = {"factor": Sentence(title), "points": abs(delta)}
    return Sentence("{factor} ▲ {points}", values) if delta > 0 else Sentence("{factor} ▼ {points}", values)


def _master(answer: HealthAnswer, t: Translator) -> Line:
    account = answer.account
    csm = Sentence("CSM {csm}", {"csm": account.csm_email}) if account.csm_email else Sentence("no CSM")
    return line(
        _mrr(answer),
        _renewal(answer, t),
        csm,
        Sentence("segment {segment}", {"segment": account.segment}) if account.segment else None,
    )


def _mrr(answer: HealthAnswer) -> Sentence:
    if not answer.facts.mrr.minor and answer.facts.contraction is None:
        return Sentence("MRR unknown: no subscription imported")
    return Sentence("MRR {mrr}", {"mrr": answer.facts.mrr})


def _renewal(answer: HealthAnswer, t: Translator) -> Sentence:
    renewal = answer.account.renewal_on
    if renewal is None:
        return Sentence("renewal day unknown")
    days = (renewal - answer.today).days
    day = formats.day(renewal, t.locale)
    if days < 0:
        return plural("renewal was {day}, {count} day ago", "renewal was {day}, {count} days ago", -days, day=day)
    return plural("renewal {day}, in {count} day", "renewal {day}, in {count} days", days, day=day)


def _risks(answer: HealthAnswer) -> Paragraph:
    """Each open risk: what was seen and what to do."""
    if not answer.risks:
        if answer.health.score is None:
            return ()
        return (line(Sentence("No open risks.")),)
    lines = [strong(plural("{count} open risk", "{count} open risks", len(answer.risks)))]
    for rule, finding in answer.risks[:RISKS_MOST]:
        lines += _risk(rule, finding)
    more = len(answer.risks) - RISKS_MOST
    if more > 0:
        lines.append(line(Sentence("and {count} more", {"count": more})))
    return lines


def _risk(rule: Rule, finding: Finding) -> tuple[Line, Line]:
    seen: dict[str, Value] = {
        "sign": SEVERITY_SIGNS[finding.severity],
        "risk": Sentence(rule.title),
        "why": finding.why,
    }
    return (
        line(Sentence("{sign} {risk}: {why}", seen)),
        line(Sentence("→ {advice}", {"advice": Sentence(rule.advice)})),
    )


def _factors(answer: HealthAnswer, t: Translator) -> Paragraph:
    """Every factor's points with the fact behind it, and how much of the whole has data."""
    if answer.health.score is None:
        return (
            line(
                Sentence(
                    "There is no data yet to make a score of. Bring some with "
                    "`latido import usage.csv` (contacts, tickets, surveys and invoices count too)."
                )
            ),
        )
    titles = {factor.id: factor.title for factor in all_factors().values()}
    return (
        strong(Sentence("What the score is made of")),
        *(
            factor_line(part, titles, answer.facts.stopped, t)
            for part in weightiest(answer.health)
            if not _not_missed(part)
        ),
    )


def _not_missed(part: FactorScore) -> bool:
    """An optional factor without data: nobody is told that something is missing."""
    return part.reading is None and all_factors()[part.factor_id].optional


def weightiest(health: HealthScore) -> Sequence[FactorScore]:
    """The factors, those that count most first, unknown ones last."""
    return sorted(health.factors, key=lambda part: (part.reading is None, -part.points))


def factor_line(part: FactorScore, titles: Mapping[str, str], stopped: Stops, t: Translator) -> Line:
    """A factor's points of how many, with its fact; unknown is said, and why, never shown as zero."""
    values: dict[str, Value] = {"factor": Sentence(titles[part.factor_id]), "most": part.points}
    if part.reading is None:
        if why := why_unknown(part.factor_id, stopped):
            return line(Sentence("{factor}: unknown, {why}; its {most} points are left out", {**values, "why": why}))
        return line(Sentence("{factor}: unknown, its {most} points are left out", values))
    values |= {"points": earned(part, t), "fact": part.reading.fact}
    return line(Sentence("{factor} {points} / {most}: {fact}", values))


def earned(part: FactorScore, t: Translator) -> str:
    """The points that a factor gave; n/a without data."""
    points = None if part.reading is None else Fraction(part.reading.permille * part.points, 1000)
    return formats.number(points, t.locale, 1)


def _people(answer: HealthAnswer) -> Paragraph:
    if not answer.contacts:
        return (line(Sentence("No points of contact known. Name them in contacts.csv (is_poc).")),)
    lines = [_person(contact) for contact in answer.contacts[:CONTACTS_MOST]]
    more = len(answer.contacts) - CONTACTS_MOST
    rest = [line(Sentence("and {count} more", {"count": more}))] if more > 0 else []
    return (strong(Sentence("Points of contact")), *lines, *rest)


def _person(contact: Contact) -> Line:
    role = ROLES.get(contact.role or "")
    if contact.left_on is not None:
        state = Sentence(LEFT[contact.left_by], {"day": contact.left_on})
    elif contact.last_seen_on is not None:
        state = Sentence("last seen {day}", {"day": contact.last_seen_on})
    else:
        state = Sentence("never seen in the product")
    return line(short(contact.name), Sentence(role) if role else None, state)


def _buttons(answer: HealthAnswer, where: Surroundings, t: Translator) -> Block:
    value = packed(answer.account.key)
    opinions_count = any(part.factor_id == OPINION for part in answer.health.factors)
    return actions(
        button(t("How is this computed?"), "health.explain", value),
        button(t("History"), "health.history", value),
        *([button(t("Your opinion"), "health.opinion", value)] if opinions_count else ()),
        *share_button("health.share", value, where, t),
    )
