"""/latido definitions: what this company has decided about its figures, and where to decide otherwise."""

from collections.abc import Iterator

from commands.core.reply import Reply
from commands.core.request import Company, Place, Request, Role, Translator
from commands.core.spec import Command
from commands.ui.blocks import context
from commands.ui.cards.paragraphs import Line, Paragraph, as_section, line, plain_text, strong
from metrics.bands import LARGE, SMALL_AND_MEDIUM
from metrics.factors import all_factors
from metrics.types import Sentence, msg, plural
from storage.session import Session

ID = "definitions"


def run(request: Request, _db: Session) -> Reply:
    """Every definition that can be argued with, as it is in force."""
    company, t = request.company, request.t
    paragraphs: list[Paragraph] = [
        (strong(Sentence("How figures are computed here")), *_revenue(company)),
        (strong(Sentence("Churn")), *_churn(company)),
        (strong(Sentence("Health score")), *_health(company, t)),
    ]
    where = Sentence(
        "Whoever runs me sets these in the environment or in .env; /mrr reconcile shows a month by other definitions."
    )
    words = tuple(as_section(t, paragraph) for paragraph in paragraphs)
    return Reply(plain_text(t, [*paragraphs, (line(where),)]), (*words, context(t.md(where))))


def _revenue(company: Company) -> Iterator[Line]:
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
    yield line(
        plural(
            "An onboarding is stalled after {count} day (LATIDO_ONBOARDING_DAYS).",
            "An onboarding is stalled after {count} days (LATIDO_ONBOARDING_DAYS).",
            company.definitions.onboarding_days,
        )
    )


def _churn(company: Company) -> Iterator[Line]:
    yield line(Sentence("A customer churns on the day the last paid subscription ends, not on the day of notice."))
    yield line(
        plural(
            "A gap of at most {count} day is no churn (LATIDO_CHURN_GRACE_DAYS).",
            "A gap of at most {count} days is no churn (LATIDO_CHURN_GRACE_DAYS).",
            company.churn_grace_days,
        )
    )
    yield line(Sentence("Past-due customers count until their subscription ends."))
    yield line(Sentence("In net churn, customers who return make up for those who leave."))
    yield line(
        Sentence(
            "Acceptable a month: {low} to {high}; for large accounts less than {large}.",
            {"low": SMALL_AND_MEDIUM.low, "high": SMALL_AND_MEDIUM.high, "large": LARGE.high},
        )
    )


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
        named = ", ".join(f"{t(factors[id_].title)} {number}" for id_, number in points.items())
        if segment:
            yield line(Sentence("Points in {segment}: {points}.", {"segment": segment, "points": named}))
        else:
            yield line(Sentence("Points (LATIDO_HEALTH_POINTS): {points}.", {"points": named}))


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
