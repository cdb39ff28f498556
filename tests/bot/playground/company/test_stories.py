"""The stories of the cast, as the product's own commands tell them, on any day of the month or year."""

from datetime import date, timedelta

import pytest

from bot.answering import Answering
from bot.asking import ask
from bot.playground.company.people import ANA, IRINA
from bot.playground.company.store import DAILY_FOR, KNOWN_FOR, history_days
from commands.core.health_question import HealthAnswer, health_of
from commands.core.reply import Reply
from commands.core.request import Actor, Audience, Request, Role
from commands.ui.text import translator
from metrics.judging import Severity
from metrics.periods import Period, month_of
from metrics.types import Band, MovementKind
from storage.queries.accounts import by_key, search
from storage.queries.rates import rates_on
from storage.queries.revenue import account_moves
from storage.queries.snapshots import history
from storage.session import reading
from tests.bot.playground.company.conftest import COMPANY, Faro
from tests.bot.playground.company.days import ORDINARY

pytestmark = pytest.mark.slow

TODAYS = (ORDINARY, pytest.param(date(2027, 1, 5), marks=pytest.mark.slow))


@pytest.fixture(params=TODAYS, ids=str)
def today(request: pytest.FixtureRequest) -> date:
    day: date = request.param
    return day


@pytest.fixture
def bot(faro: Faro, today: date) -> Answering:
    return faro(today)


def health(bot: Answering, key: str) -> HealthAnswer:
    """What /health shows of an account."""
    actor = Actor("U0", "T0", Role.ADMIN)
    request = Request(key, actor, Audience("D0", external=False), bot.clock(), COMPANY, translator("en"))
    with reading(bot.engine) as db:
        return health_of(request, db, by_key(db, key))


def risks(bot: Answering, key: str) -> dict[str, Severity]:
    return {rule.id: finding.severity for rule, finding in health(bot, key).risks}


def said(bot: Answering, typed: str, *, email: str | None = None) -> str:
    answer = ask(bot, typed, email=email).answer
    assert isinstance(answer, Reply)
    return answer.text


def test_acme_is_a_star_whose_champion_just_left(bot: Answering) -> None:
    acme = health(bot, "acme")
    assert risks(bot, "acme")["poc_departure"] in (Severity.WARNING, Severity.URGENT)
    assert acme.change is not None
    assert acme.change < 0
    assert acme.before is not None
    assert acme.before.band is Band.GOOD
    assert "Marta Vidal left" in said(bot, "/health acme")


def test_borealis_fades(bot: Answering) -> None:
    assert "usage_drop" in risks(bot, "borealis")


def test_cobalts_card_fails(bot: Answering) -> None:
    assert risks(bot, "cobalt")["payment_failed"] is Severity.URGENT


def test_delphi_is_among_the_biggest_gains(bot: Answering, today: date) -> None:
    """It grew 38 and 36 days ago: in the last full month, or in the one before on the first days of a month."""
    grown = month_of(today - timedelta(days=36))
    with reading(bot.engine) as db:
        moves = account_moves(db, grown, rates=rates_on(db, grown.last, home="USD"), kinds=(MovementKind.EXPANSION,))
    assert "Delphi Health" in [move.name for move in moves[:3]]
    assert "Delphi Health" in said(bot, f"/mrr {grown.id}")


def test_everests_onboarding_is_stuck(bot: Answering) -> None:
    assert risks(bot, "everest")["onboarding_stalled"] is Severity.URGENT


def test_fjord_came_back(bot: Answering, today: date) -> None:
    back = month_of(today - timedelta(days=62))
    assert moved(bot, back, MovementKind.REACTIVATION) == {"Fjord Media"}
    assert health(bot, "fjord").health.band is Band.GOOD


def test_granite_is_a_promoter_in_good_health(bot: Answering) -> None:
    assert health(bot, "granite").health.band is Band.GOOD
    assert not set(risks(bot, "granite").values()) & {Severity.WARNING, Severity.URGENT}


def test_helios_is_a_detractor_with_an_escalation(bot: Answering) -> None:
    found = risks(bot, "helios")
    assert found["detractor"] is Severity.URGENT
    assert found["escalation"] is Severity.URGENT
    assert health(bot, "helios").health.band is Band.POOR


def test_iguana_renews_soon_and_is_not_well(bot: Answering) -> None:
    assert risks(bot, "iguana")["renewal_near"] in (Severity.WARNING, Severity.URGENT)


def test_most_renewals_of_a_year_went_well_and_one_or_two_did_not(bot: Answering) -> None:
    year, picture = said(bot, "/renewals 12m"), ask(bot, "/renewals").answer
    rate = float(year.split("Renewal rate ")[1].split("%")[0])
    assert 85 <= rate < 100
    for told in ("12 months to", "Lost: ", "Renewed at a higher price: ", "Renewed unchanged: "):
        assert told in year
    assert "n/a" not in year.split("Renewed MRR")[0]
    assert isinstance(picture, Reply)
    assert picture.chart is not None
    assert picture.chart.id == "stacked_columns"


def test_juniper_pays_less(bot: Answering) -> None:
    assert risks(bot, "juniper")["contraction"] is Severity.URGENT


def test_kestrel_left_by_choice_and_lumen_by_a_card(bot: Answering, today: date) -> None:
    assert "“missing integration”" in said(bot, f"/churn {month_of(today - timedelta(days=36)).id}")
    assert "“card expired”" in said(bot, f"/churn {month_of(today - timedelta(days=40)).id}")
    assert "Kestrel Games" in moved(bot, month_of(today - timedelta(days=36)), MovementKind.CHURN)
    assert "Lumen Studio" in moved(bot, month_of(today - timedelta(days=40)), MovementKind.CHURN)


def test_nimbus_needs_help_more_often_than_usual(bot: Answering) -> None:
    assert "ticket_surge" in risks(bot, "nimbus")


def test_oakridge_is_silent(bot: Answering) -> None:
    assert risks(bot, "oakridge")["inactivity"] is Severity.URGENT


def test_globex_is_a_name_that_two_have(bot: Answering) -> None:
    with reading(bot.engine) as db:
        exact, begun = search(db, "globex"), search(db, "globe")
    assert exact.hit is not None
    assert exact.hit.name == "Globex"
    assert begun.hit is None
    assert {account.name for account in begun.candidates} == {"Globex", "Globex Iberia"}


def test_names_in_other_scripts_are_found(bot: Answering) -> None:
    assert said(bot, "/health северный").splitlines()[0].find("Северный ветер") > 0


def test_every_csm_has_a_book_with_somebody_to_call(bot: Answering) -> None:
    assert "Helios Energy" in said(bot, "/health", email=ANA)
    assert "Iguana Travel" in said(bot, "/health", email=IRINA)


def test_the_history_is_as_dense_as_the_cards_need(bot: Answering, today: date) -> None:
    with reading(bot.engine) as db:
        points = history(db, by_key(db, "acme").id, since=date(2020, 1, 1), until=today)
    assert [(today - point.day).days for point in points] == list(history_days())
    assert (today - points[-1].day).days == 1
    assert max(history_days()) == KNOWN_FOR
    assert set(range(1, DAILY_FOR)) <= set(history_days())


def moved(bot: Answering, period: Period, kind: MovementKind) -> set[str]:
    with reading(bot.engine) as db:
        rates = rates_on(db, period.last, home="USD")
        return {move.name for move in account_moves(db, period, rates=rates, kinds=(kind,))}
