"""/latido definitions: what this company has decided about its figures, and where to decide otherwise."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from commands.core.reply import Reply
from commands.core.request import Company, Place, Request, Role, Translator
from commands.core.spec import Command
from commands.ui.blocks import context
from commands.ui.cards.churn_bands import bands_in_force
from commands.ui.cards.dials import as_delivered, turned
from commands.ui.cards.hours import counted_in
from commands.ui.cards.ledger_rules import decided
from commands.ui.cards.paragraphs import Line, Paragraph, as_section, line, plain_text, strong
from metrics.factors import all_factors
from metrics.judging import Signal
from metrics.types import Sentence, Value, msg, plural
from storage.session import Session

ID = "definitions"
AS_USUAL: Final = "◇"
OTHERWISE: Final = "◆"
"""What stands before a definition that is the default, or is not."""


def run(request: Request, _db: Session) -> Reply:
    """Every definition that can be argued with, as it is in force; what this company has set itself is marked."""
    company, t = request.company, request.t
    usual = Company(company.currency, company.zone)
    told = [(title, tuple(lines(company, t)), tuple(lines(usual, t))) for title, lines in SECTIONS.items()]
    is_own = any(each not in usually for _, lines, usually in told for each in lines)
    paragraphs: list[Paragraph] = [
        (strong(Sentence("How figures are computed here")), line(_legend(is_own=is_own))),
        *(
            (strong(Sentence(title)), *(_marked(each, is_own=each not in usually) for each in lines))
            for title, lines, usually in told
        ),
        (strong(Sentence("Thresholds of risks, as delivered")), *as_delivered(Signal.RISK)),
        (strong(Sentence("Thresholds of expansion signals, as delivered")), *as_delivered(Signal.EXPANSION)),
    ]
    where = Sentence(
        "Whoever runs me sets these in the environment or in .env; /mrr reconcile shows a month by other definitions."
    )
    words = tuple(as_section(t, paragraph) for paragraph in paragraphs)
    return Reply(plain_text(t, [*paragraphs, (line(where),)]), (*words, context(t.md(where))))


def _legend(*, is_own: bool) -> Sentence:
    if is_own:
        marks: dict[str, Value] = {"own": OTHERWISE, "usual": AS_USUAL}
        return Sentence("{own} is what your company has changed, {usual} is the default.", marks)
    return Sentence("Nothing has been changed: all of these are the defaults.")


def _marked(each: Line, *, is_own: bool) -> Line:
    first, *others = each.facts
    mark = OTHERWISE if is_own else AS_USUAL
    return Line((Sentence("{mark} {definition}", {"mark": mark, "definition": first}), *others))


def _revenue(company: Company, _t: Translator) -> Iterator[Line]:
    yield line(
        Sentence(
            "Amounts are in {currency}, at one exchange rate a report: the last one known on its last day.",
            {"currency": company.currency},
        )
    )
    yield line(Sentence("Days and months are those of {zone}.", {"zone": company.zone.key}))
    yield line(
        Sentence("Gross margin {margin} (LATIDO_GROSS_MARGIN), for CLV.", {"margin": company.definitions.gross_margin})
    )


def _churn(company: Company, _t: Translator) -> Iterator[Line]:
    yield from (line(sentence) for sentence in decided(company.definitions.ledger))
    yield line(Sentence("In net churn, customers who return make up for those who leave."))
    for band in bands_in_force(company.definitions.churn_bands):
        yield line(band)


def _service(company: Company, t: Translator) -> Iterator[Line]:
    yield line(
        plural(
            "An onboarding is stalled after {count} day (LATIDO_ONBOARDING_DAYS).",
            "An onboarding is stalled after {count} days (LATIDO_ONBOARDING_DAYS).",
            company.definitions.onboarding_days,
        )
    )
    hours = counted_in(company.definitions.business_hours, t)
    yield line(Sentence("Time of response counts in {hours} (LATIDO_BUSINESS_HOURS).", {"hours": hours}))


def _health(company: Company, t: Translator) -> Iterator[Line]:
    health = company.health
    yield line(
        Sentence(
            "Good from {good}, average from {average} (LATIDO_HEALTH_GOOD_FROM, LATIDO_HEALTH_AVERAGE_FROM).",
            {"good": health.good_from, "average": health.average_from},
        )
    )
    factors = all_factors()
    for segment, own in (("", {}), *health.points_by_segment.items()):
        points = {id_: own.get(id_, health.points.get(id_, factor.points)) for id_, factor in factors.items()}
        most_first = sorted(points.items(), key=lambda each: -each[1])
        named = ", ".join(f"{t(factors[id_].title)} {number}" for id_, number in most_first if number)
        if segment:
            yield line(Sentence("Points in {segment}: {points}.", {"segment": segment, "points": named}))
        else:
            yield line(Sentence("Points (LATIDO_HEALTH_POINTS): {points}.", {"points": named}))


def _signals(company: Company, _t: Translator) -> Iterator[Line]:
    own = tuple(turned(company.rules))
    if own:
        yield line(Sentence("Set otherwise than delivered (LATIDO_RULES):"))
        yield from own
    else:
        yield line(Sentence("All thresholds are as delivered (LATIDO_RULES)."))
    yield line(
        Sentence(
            "Use is compared with the account's own habit, on the same weekdays; days on which its country does not "
            "work (public holidays, the weekend next to them, the days between two within a week) are left out."
        )
    )


SECTIONS: Final[Mapping[str, Callable[[Company, Translator], Iterator[Line]]]] = {
    msg("Money and time"): _revenue,
    msg("Customers and churn"): _churn,
    msg("Onboarding and support"): _service,
    msg("Health score"): _health,
    msg("Signals"): _signals,
}
"""Titles with what is told below them."""

COMMAND = Command(
    id=ID,
    usage="",
    summary=msg("The definitions behind the figures, as they are in force"),
    run=run,
    least_role=Role.MEMBER,
    place=Place.INTERNAL,
    examples=("",),
    own_name=False,
)
