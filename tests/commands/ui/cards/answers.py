"""Answers as the cards get them, made up: the usual one, one of nothing, and the longest that the store can hold."""

from dataclasses import replace
from datetime import date, timedelta

from commands.core.arguments import Arguments
from commands.core.health_question import Book, BookLine, HealthAnswer
from commands.core.request import Audience
from commands.core.revenue_question import RevenueAnswer
from commands.core.surroundings import Surroundings
from metrics.account_facts import (
    AccountFacts,
    ContactFacts,
    ContractionFacts,
    MoneyFacts,
    ServiceFacts,
    UsageFacts,
    VoiceFacts,
)
from metrics.factors import all_factors
from metrics.health import explain_change, score
from metrics.judging import Finding, Severity, Signal
from metrics.periods import Period, month_of
from metrics.rules import all_rules
from metrics.types import (
    Account,
    AccountEvent,
    AccountMove,
    BookFilter,
    Cause,
    Contact,
    DataCoverage,
    DayScore,
    HealthPoint,
    HealthPolicy,
    Money,
    MovementKind,
    RevenueFacts,
    Sentence,
)

TODAY = date(2026, 11, 23)
OCTOBER = month_of(date(2026, 10, 1))
COVERAGE = DataCoverage(212, 199, date(2026, 11, 21), date(2026, 11, 22))
ALONE = Surroundings(Audience("C1", external=False))
DIRECT = Surroundings(Audience("D1", external=False, direct=True))
EXTERNAL = Surroundings(Audience("C2", external=True))
SHARED = Surroundings(Audience("C1", external=False), "U7")
NASTY = "*_~`<!channel>&amp; :smile: $x$ " * 9
"""What a customer may be called: as long as the store allows, with everything that markup could trip over."""


def months(*closings: int) -> tuple[RevenueFacts, ...]:
    """Twelve months up to October 2026 with these closings, in dollars."""
    found = []
    opening, month = 0, OCTOBER
    spans = [month]
    while len(spans) < len(closings):
        spans.insert(0, spans[0].previous())
    for span, closing in zip(spans, closings, strict=True):
        change = (closing - opening) * 100
        found.append(
            RevenueFacts(
                "USD",
                span.start,
                span.end,
                opening=opening * 100,
                new=max(change, 0),
                churn=max(-change, 0),
                by_cause={Cause.VOLUNTARY: max(-change, 0)},
                retained=min(opening, closing) * 100,
                kept=min(opening, closing) * 100,
                customers_opening=opening // 500,
                customers_closing=closing // 500,
                customers_lost=max(-change, 0) // 50_000,
            )
        )
        opening = closing
    return tuple(found)


CAUSES = {MovementKind.EXPANSION: Cause.SEATS, MovementKind.CHURN: Cause.VOLUNTARY}


def move(
    name: str,
    kind: MovementKind,
    opening: int,
    closing: int,
    detail: str | None = None,
    cause: Cause | None = None,
) -> AccountMove:
    change, day = closing - opening, date(2026, 10, 9)
    return AccountMove(1, name[:3], name, "smb", kind, change, opening, closing, cause or CAUSES.get(kind), detail, day)


FACTS = RevenueFacts(
    "USD",
    OCTOBER.start,
    OCTOBER.end,
    opening=12_843_000,
    new=540_000,
    reactivation=120_000,
    expansion=730_000,
    contraction=210_000,
    churn=345_000,
    by_cause={Cause.SEATS: 730_000, Cause.DOWNGRADE: 210_000, Cause.VOLUNTARY: 200_000, Cause.PAYMENT_FAILURE: 145_000},
    retained=13_018_000,
    kept=12_288_000,
    customers_opening=212,
    customers_closing=214,
    customers_lost=4,
    customers_won=6,
    lost_by_cause={Cause.VOLUNTARY: 3, Cause.PAYMENT_FAILURE: 1},
)
MOVES = (
    move("Northwind", MovementKind.EXPANSION, 100_000, 500_000),
    move("Tyrell", MovementKind.NEW, 0, 300_000),
    move("Initech", MovementKind.CHURN, 200_000, 0, "too expensive"),
    move("Soylent", MovementKind.CHURN, 145_000, 0, "card expired", Cause.PAYMENT_FAILURE),
    move("Hooli", MovementKind.REACTIVATION, 0, 120_000),
    move("Umbrella", MovementKind.CONTRACTION, 300_000, 190_000),
    move("Vandelay", MovementKind.EXPANSION, 50_000, 80_000),
    move("Stark", MovementKind.EXPANSION, 50_000, 60_000),
)


def revenue_answer() -> RevenueAnswer:
    series = months(*range(100_000, 132_000, 3000), 128_430)[:11]
    return RevenueAnswer(
        asked=Arguments(OCTOBER),
        period=OCTOBER,
        before=OCTOBER.previous(),
        running=False,
        facts=FACTS,
        facts_before=series[-1],
        months=(*months(*range(100_000, 130_000, 2500))[:11], FACTS),
        moves=MOVES,
        imported_on=date(2026, 11, 22),
        today=TODAY,
    )


def empty_revenue_answer() -> RevenueAnswer:
    nothing = RevenueFacts("USD", OCTOBER.start, OCTOBER.end)
    answer = revenue_answer()
    return replace(answer, facts=nothing, facts_before=nothing, months=(nothing,), moves=(), imported_on=None)


def running_revenue_answer() -> RevenueAnswer:
    """November, which is not over; nothing but a loss."""
    period = Period(date(2026, 11, 1), date(2026, 11, 24))
    facts = RevenueFacts(
        "USD",
        period.start,
        period.end,
        opening=100_000,
        churn=100_000,
        by_cause={Cause.OTHER: 100_000},
        customers_opening=1,
        customers_lost=1,
        lost_by_cause={Cause.OTHER: 1},
    )
    return replace(
        revenue_answer(),
        asked=Arguments(month_of(TODAY), BookFilter("enterprise")),
        period=period,
        before=Period(date(2026, 10, 1), date(2026, 10, 24)),
        running=True,
        facts=facts,
        months=(*months(*[1000] * 11), facts),
        moves=(move("Acme", MovementKind.CHURN, 100_000, 0),),
    )


def longest_revenue_answer() -> RevenueAnswer:
    huge = 10**15 + 1
    kinds = tuple(MovementKind)
    moves = tuple(
        move(NASTY[:255], kinds[n % 5], huge, 0 if n % 5 > 2 else 2 * huge, NASTY[:255] * 4) for n in range(90)
    )
    facts = replace(
        FACTS,
        opening=huge,
        new=huge,
        expansion=huge,
        reactivation=huge,
        contraction=huge,
        churn=huge,
        by_cause=dict.fromkeys(Cause, huge),
        lost_by_cause=dict.fromkeys(Cause, 1_000_000),
        customers_lost=3_000_000,
        customers_opening=9_000_000,
    )
    return replace(
        revenue_answer(),
        asked=Arguments(OCTOBER, BookFilter(NASTY[:100], "a" * 300 + "@example.com")),
        facts=facts,
        facts_before=replace(facts, customers_lost=1),
        months=(*months(*[1] * 11), facts),
        moves=moves,
    )


# --- Health ------------------------------------------------------------------------------------------------------

ACCOUNT = Account(
    1, "a1", "Acme Corp", "acme.com", "enterprise", "ana@example.com", "USD", "value", date(2027, 1, 12), None, None
)
ACME = AccountFacts(
    1,
    "a1",
    "Acme Corp",
    "enterprise",
    "ana@example.com",
    TODAY,
    Money(120_000, "USD"),
    renewal_on=date(2027, 1, 12),
    seats_purchased=10,
    usage=UsageFacts(date(2025, 1, 1), date(2026, 11, 20), 19, 20, 57, 120, 300, 4, 6, 3, 8),
    contacts=ContactFacts(2, 1, 0, 1, date(2026, 11, 5), "Maria Lopez", 1),
    voice=VoiceFacts(1, 1, 0, 0, 0),
    service=ServiceFacts(2, 3, 1, 1, 1, date(2026, 11, 12)),
    money=MoneyFacts(12, 0, None, None, 0),
    contraction=ContractionFacts(0, 120_000),
)
RISKS = (
    (
        all_rules()["poc_departure"] if "poc_departure" in all_rules() else next(iter(all_rules().values())),
        Finding(Severity.URGENT, Sentence("{name} left on {day}", {"name": "Maria Lopez", "day": date(2026, 11, 5)})),
    ),
)


def snapshot(day: date, permille: int) -> HealthPoint:
    from_all = {id_: permille for id_, factor in all_factors().items() if not factor.optional}
    return HealthPoint(day, permille // 10, None, 1000, from_all)


def health_answer() -> HealthAnswer:
    health = score(ACME, all_factors(), HealthPolicy())
    before = snapshot(TODAY - timedelta(days=30), 720)
    days = [TODAY - timedelta(days=n) for n in range(90, 0, -1)]
    return HealthAnswer(
        account=ACCOUNT,
        facts=ACME,
        health=health,
        before=before,
        changes=explain_change(before, health),
        risks=RISKS,
        contacts=(
            Contact("c2", "John Doe", "admin", True, None, None, date(2026, 11, 20)),
            Contact("c3", "Jane Roe", None, True, None, None, None),
            Contact("c1", "Maria Lopez", "champion", True, None, date(2026, 11, 5), None),
        ),
        history=(*(DayScore(day, 75) for day in days), DayScore(TODAY, health.score)),
        events=(AccountEvent(date(2026, 11, 5), "poc_left", Sentence("{name} left", {"name": "Maria Lopez"})),),
        usage_until=date(2026, 11, 21),
        policy=HealthPolicy(),
        today=TODAY,
    )


def empty_health_answer() -> HealthAnswer:
    """An account of which nothing is known but its name."""
    facts = AccountFacts(1, "a1", "Acme Corp", None, None, TODAY, Money(0, "USD"))
    health = score(facts, all_factors(), HealthPolicy())
    return HealthAnswer(
        account=Account(1, "a1", "Acme Corp", None, None, None, None, None, None, None, None),
        facts=facts,
        health=health,
        before=None,
        changes=(),
        risks=(),
        contacts=(),
        history=(DayScore(TODAY, None),),
        events=(),
        usage_until=None,
        policy=HealthPolicy(),
        today=TODAY,
    )


def longest_health_answer() -> HealthAnswer:
    answer = health_answer()
    finding = Finding(Severity.WARNING, Sentence("{words}", {"words": NASTY * 12}))
    person = Contact("c", NASTY[:255], "decision_maker", True, None, date(2026, 1, 1), None)
    return replace(
        answer,
        account=ACCOUNT._replace(
            name=NASTY[:255], key=NASTY[:255], segment=NASTY[:100], csm_email="a" * 308 + "@example.com"
        ),
        facts=replace(ACME, mrr=Money(10**15, "USD")),
        risks=tuple((rule, finding) for rule in all_rules().values() if rule.signal is Signal.RISK),
        contacts=(person,) * 40,
        events=tuple(AccountEvent(TODAY, "escalation", Sentence("{x}", {"x": NASTY})) for _ in range(6)),
    )


def book(size: int, name: str = "Customer") -> Book:
    health = score(ACME, all_factors(), HealthPolicy())
    lines = tuple(
        BookLine(ACCOUNT._replace(id=n, key=f"a{n}", name=f"{name} {n}"), ACME, health, None) for n in range(size)
    )
    return Book(lines, COVERAGE, TODAY)
