"""Facts of the company's months are read ahead, and whatever comes in, what is kept is what is read live."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import Engine, select

from bot.kept_figures import figures_are_kept, keep_figures
from bot.opening import keep_up, rates_asked_at
from bot.product_use import asked_about
from commands.core.request import Company as Settings
from metrics.facts import CampaignTotals, HealthTotals, VoiceTotals
from metrics.types import Band, Definitions, FactorScore, HealthScore, Reading, Sentence
from storage.kept_facts import there
from storage.queries.facts_kept import kept
from storage.queries.snapshots import record
from storage.queries.survey_answers import answer, asked_of
from storage.queries.survey_asks import withdraw
from storage.queries.survey_voids import restore, void
from storage.queries.tables import account, survey_response
from storage.queries.totals import Scope, all_totals, facts_of, facts_read
from storage.session import reading, transaction
from tests.factories import MADRID, NOW, accounts, import_files, subscription, write_csv
from tests.storage.queries import rows

SETTINGS = Settings("EUR", MADRID)
TODAY = NOW.date()
KINDS = [totals for totals in all_totals().values() if totals.rests_on]
PERIODS = asked_about(TODAY)


def scopes(engine: Engine, settings: Settings = SETTINGS) -> list[Scope]:
    rates = rates_asked_at(engine, settings, NOW)
    return [Scope(PERIODS[0], each, MADRID, definitions=settings.definitions) for each in rates]


def right(engine: Engine) -> int:
    """How many facts are kept, all of which are what is read live."""
    found = 0
    for scope in scopes(engine):
        with reading(engine) as db:
            for totals in KINDS:
                first, until = PERIODS[0].start, PERIODS[-2].end
                known = kept(db, totals.id, totals.facts, scope, first, until, in_money=totals.in_money)
                for period in PERIODS:
                    if (period.start, period.end) in known:
                        (live,) = facts_read(db, totals, scope, [period])
                        assert known[period.start, period.end] == live, (totals.id, period)
                        found += 1
    return found


# --- Random stores -------------------------------------------------------------------------------------------------


class Company:
    """A few accounts to which something happens every now and then."""

    def __init__(self, engine: Engine, folder: Path, chance: Random) -> None:
        self._engine, self._folder, self._chance = engine, folder, chance
        self._keys = [f"a{number}" for number in range(6)]
        self._people = [f"c{number}" for number in range(9)]

    def send(self, entity: str, sent: Sequence[dict[str, Any]]) -> None:
        report = import_files(self._engine, write_csv(self._folder / f"{entity}.csv", sent))
        assert report.flawless, report

    def begin(self) -> None:
        for entity in ("accounts", "contacts", "fx_rates", "subscriptions"):
            self.send(entity, [self._row(entity, number) for number in range(6)])
        for _ in range(4):
            for entity in ENTITIES:
                self.send(entity, self._some(entity))
        for _ in range(3):
            self.score()

    def change(self) -> None:
        """Something at random."""
        entity = self._chance.choice((*ENTITIES, "accounts", "contacts", "subscriptions", "fx_rates", "score", "void"))
        if entity == "score":
            self.score()
        elif entity == "void":
            self.void()
        else:
            self.send(entity, self._some(entity))

    def score(self) -> None:
        day = self._day(70)
        with transaction(self._engine) as db:
            ids = list(db.execute(select(account.c.id)).scalars())
            record(db, day, [(one, scored(self._chance.randrange(1, 101))) for one in self._chance.sample(ids, 4)])

    def void(self) -> None:
        with transaction(self._engine) as db:
            one = self._chance.choice(list(db.execute(select(survey_response.c.id)).scalars()))
            if not void(db, one, by="U1", reason="a test", now=NOW):
                assert restore(db, one, now=NOW)

    def _some(self, entity: str) -> list[dict[str, Any]]:
        numbers = self._chance.sample(range(6), self._chance.randint(1, 4))
        return [self._row(entity, number) for number in numbers]

    def _day(self, days: int = 420) -> date:
        return TODAY - timedelta(days=self._chance.randrange(days))

    def _later(self, day: date, days: int = 40) -> date | str:
        return self._chance.choice(("", min(day + timedelta(days=self._chance.randrange(days)), TODAY)))

    def _moment(self, day: date) -> str:
        return datetime.combine(day, time(self._chance.randrange(24), 30), UTC).isoformat()

    def _row(self, entity: str, number: int) -> dict[str, Any]:
        chance, day = self._chance, self._day()
        own = {"account_id": self._keys[number]}
        match entity:
            case "accounts":
                (row,) = accounts(self._keys[number])
                stage = chance.choice(("onboarding", "value", ""))
                return row | {
                    "onboarding_started_on": day,
                    "activated_on": self._later(day),
                    "lifecycle_stage": stage,
                }
            case "contacts":
                more = {"name": "Ana", "is_poc": chance.choice(("true", "false")), "started_on": day}
                return (
                    own
                    | more
                    | {
                        "contact_id": self._people[number],
                        "left_on": self._later(day, 200),
                        "activated_on": self._later(day),
                    }
                )
            case "fx_rates":
                known = date(2025, 1, 1) if number == 0 else self._day(60)
                return {"currency": "USD", "day": known, "rate": chance.choice(("0.9", "0.85"))}
            case "subscriptions":
                ended = chance.choice(("", self._day(200)))
                currency = "USD" if number == 0 else "EUR"
                amount = chance.choice(("100", "200", "0"))
                more = {"started_on": "2025-02-01", "ended_on": ended, "currency": currency, "amount": amount}
                return subscription(f"s{number}", self._keys[number], **more)
            case "invoices":
                status = chance.choice(("open", "paid", "paid", "failed", "void"))
                paid = self._later(day) or day if status == "paid" else ""
                failed = chance.choice(("", day))
                more = {"amount": "10", "currency": "EUR", "due_on": day, "failed_on": failed}
                return own | more | {"invoice_id": f"i{chance.randrange(30)}", "status": status, "paid_on": paid}
            case "tickets":
                opened = self._moment(day)
                answered = self._moment(day + timedelta(days=1))
                ticket = {"ticket_id": f"t{chance.randrange(30)}", "opened_at": opened}
                return (
                    own
                    | ticket
                    | {
                        "first_response_at": chance.choice(("", answered)),
                        "resolved_at": chance.choice(("", answered)),
                        "customer_contacts": chance.randrange(1, 4),
                        "escalated": chance.choice(("true", "false")),
                    }
                )
            case _:
                return own | self._more(entity, day)

    def _more(self, entity: str, day: date) -> dict[str, Any]:
        chance = self._chance
        match entity:
            case "campaigns":
                counts = {"sent": 9, "opened": chance.randrange(9), "clicked": chance.randrange(5)}
                return counts | {"campaign_id": "news", "day": day}
            case "leads":
                return {
                    "lead_id": f"l{chance.randrange(30)}",
                    "created_on": day,
                    "mql_on": self._later(day),
                    "sql_on": self._later(day),
                    "converted_on": self._later(day),
                }
            case "costs":
                return {
                    "cost_id": f"k{chance.randrange(20)}",
                    "day": day,
                    "category": "people",
                    "amount": chance.randrange(1, 90),
                    "currency": chance.choice(("EUR", "USD")),
                }
            case "advocacy":
                kind = chance.choice(("review", "talk"))
                return {"advocacy_id": f"v{chance.randrange(20)}", "kind": kind, "day": day}
            case _:
                return {
                    "response_id": f"r{chance.randrange(30)}",
                    "contact_id": chance.choice(("", *self._people[:6])),
                    "kind": "nps",
                    "score": chance.randrange(11),
                    "responded_at": self._moment(day),
                }


ENTITIES = ("invoices", "tickets", "campaigns", "leads", "costs", "advocacy", "survey_responses")


def scored(score: int) -> HealthScore:
    band = Band.GOOD if score >= 70 else Band.AVERAGE if score >= 40 else Band.POOR
    return HealthScore(score, band, Fraction(1), (FactorScore("use", 30, Reading(score * 10, Sentence("…"))),))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_what_is_kept_is_what_is_read_live(engine: Engine, tmp_path: Path, seed: int) -> None:
    company = Company(engine, tmp_path, Random(seed))
    company.begin()
    stayed = 0
    for _ in range(8):
        keep_up(engine, SETTINGS, NOW)
        keep_figures(engine, SETTINGS, NOW)
        assert figures_are_kept(engine, SETTINGS, NOW)
        assert right(engine) >= len(KINDS) * len(PERIODS)
        company.change()
        stayed += right(engine)
    assert stayed


# --- One thing at a time -------------------------------------------------------------------------------------------


@pytest.fixture
def mailed(engine: Engine, tmp_path: Path) -> Engine:
    """A store with a campaign in October and everything kept."""
    send(engine, tmp_path, date(2026, 10, 9), sent=10)
    keep_figures(engine, SETTINGS, NOW)
    return engine


def send(engine: Engine, folder: Path, day: date, **counts: int) -> None:
    row = {"campaign_id": "news", "day": day, "sent": 0, "opened": 0, "clicked": 0} | counts
    assert import_files(engine, write_csv(folder / "campaigns.csv", [row])).flawless


def months(engine: Engine, kind: str) -> list[date]:
    """The first days of the periods whose facts of that kind are kept."""
    with reading(engine) as db:
        return sorted(key.start for key in there(db.connection()) if key.kind == kind)


def figure(engine: Engine, kind: type[Any], period: int) -> Any:
    with reading(engine) as db:
        return facts_of(db, kind, scopes(engine)[0]._replace(period=PERIODS[period]))


def test_thirteen_months_the_running_one_and_what_it_is_compared_with_are_kept(mailed: Engine) -> None:
    assert figures_are_kept(mailed, SETTINGS, NOW)
    assert keep_figures(mailed, SETTINGS, NOW) == 0
    found = months(mailed, "campaigns")
    assert (found[0], len(found), found[-3:]) == (
        date(2025, 10, 1),
        15,
        [date(2026, 10, 1), date(2026, 10, 1), date(2026, 11, 1)],
    )
    assert figure(mailed, CampaignTotals, -3) == figure(mailed, CampaignTotals, -1) == CampaignTotals(10, 0, 0)


def test_rows_of_a_day_leave_the_months_before_it_alone(mailed: Engine, tmp_path: Path) -> None:
    send(mailed, tmp_path, date(2026, 10, 12), sent=5)
    assert months(mailed, "campaigns") == [period.start for period in PERIODS[:-3]]
    assert figure(mailed, CampaignTotals, -3) == CampaignTotals(15, 0, 0)
    assert keep_figures(mailed, SETTINGS, NOW) == 3
    send(mailed, tmp_path, date(2026, 10, 12), sent=5)  # the same again
    assert figures_are_kept(mailed, SETTINGS, NOW)


@pytest.mark.slow
def test_another_day_and_other_definitions_ask_for_other_facts(mailed: Engine) -> None:
    tomorrow = NOW + timedelta(days=1)
    assert not figures_are_kept(mailed, SETTINGS, tomorrow)
    assert keep_figures(mailed, SETTINGS, tomorrow) == 2 * len(KINDS)
    assert len(months(mailed, "campaigns")) == 15
    stricter = Settings("EUR", MADRID, definitions=Definitions(onboarding_days=10))
    assert keep_figures(mailed, stricter, tomorrow) == 15 * len(KINDS)
    assert len(months(mailed, "campaigns")) == 15


def test_what_lacks_a_rate_is_left_to_the_question(engine: Engine, tmp_path: Path) -> None:
    import_files(engine, write_csv(tmp_path / "accounts.csv", accounts("a1")))
    import_files(engine, write_csv(tmp_path / "subscriptions.csv", [subscription(currency="USD")]))
    keep_figures(engine, SETTINGS, NOW)
    assert figures_are_kept(engine, SETTINGS, NOW)
    assert figure(engine, HealthTotals, 0) == HealthTotals("EUR")  # nobody paid yet


def test_scores_of_a_day_forget_the_health_of_the_months_from_then_on(engine: Engine, tmp_path: Path) -> None:
    import_files(engine, write_csv(tmp_path / "accounts.csv", accounts("a1")))
    import_files(engine, write_csv(tmp_path / "subscriptions.csv", [subscription()]))
    keep_figures(engine, SETTINGS, NOW)
    with transaction(engine) as db:
        record(db, date(2026, 10, 28), [(1, scored(80))])
    until_then = [*PERIODS[:-3], PERIODS[-1]]  # the last of them ends on 23 October
    assert months(engine, "health") == [period.start for period in until_then]
    keep_figures(engine, SETTINGS, NOW)
    assert figure(engine, HealthTotals, -3).customers == {Band.GOOD: 1}


@pytest.mark.slow
def test_the_life_of_a_question_of_ours_is_in_the_figures_at_once(engine: Engine) -> None:
    asked_at = datetime(2026, 10, 14, 9, tzinfo=UTC)
    with transaction(engine) as db:
        customer, wave = rows.account(db), rows.survey_wave(db, start_at=asked_at, created_at=asked_at)
        rows.survey_ask(db, wave, customer, asked_at=asked_at, token="t1", destination="U1")
        over = rows.survey_ask(db, wave, customer, asked_at=asked_at, token="t2", destination="U2")

    def told() -> tuple[int | None, int, int]:
        keep_figures(engine, SETTINGS, NOW)
        voice = figure(engine, VoiceTotals, -3)
        return voice.delivered, voice.answered, figure(engine, VoiceTotals, -2).promoters

    assert told() == (2, 0, 0)
    with transaction(engine) as db:
        asked = asked_of(db, "t1", lock=True)
        assert asked is not None
        answer(db, asked, "U1", 10, language="en", today=TODAY, now=NOW)
    assert told() == (2, 1, 1)
    with transaction(engine) as db:
        withdraw(db, [over], "nobody", now=NOW)
    assert told() == (1, 1, 1)
