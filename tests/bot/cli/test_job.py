from datetime import date

import pytest
from sqlalchemy import Engine

from bot.jobs import all_jobs
from bot.playground.double import SlackDouble
from storage.queries.accounts import by_key
from storage.queries.snapshots import history
from storage.session import reading
from tests.bot.cli.conftest import Latido
from tests.bot.outbox import WORLD
from tests.bot.small_company import LATER, bring


@pytest.fixture
def company(latido: Latido, store: Engine) -> Engine:
    latido("migrate")
    bring(store, LATER)
    return store


def days(store: Engine) -> list[date]:
    with reading(store) as db:
        return [
            point.day for point in history(db, by_key(db, "acme").id, since=date(2026, 1, 1), until=date(2027, 1, 1))
        ]


def test_a_snapshot_is_of_the_last_day_that_is_over(latido: Latido, company: Engine) -> None:
    assert latido("job", "snapshot", "--at", "2026-11-23T08:00") == (0, "2026-11-22: 2 accounts scored\n", "")
    assert days(company) == [LATER]


@pytest.mark.parametrize(
    ("at", "day"),
    [
        ("2026-11-21T23:30:00+00:00", date(2026, 11, 21)),  # half past midnight in Madrid
        ("2026-11-21T23:30", date(2026, 11, 20)),  # without an offset it is Madrid's
        ("2026-11-22", date(2026, 11, 21)),
    ],
)
def test_the_day_is_the_companys(
    latido: Latido, company: Engine, monkeypatch: pytest.MonkeyPatch, at: str, day: date
) -> None:
    monkeypatch.setenv("LATIDO_TIMEZONE", "Europe/Madrid")
    latido("job", "snapshot", "--at", at)
    assert days(company) == [day]


def test_history_is_filled_day_by_day(latido: Latido, company: Engine) -> None:
    said = latido("job", "snapshot", "--at", "2026-11-23", "--since", "2026-11-13")
    assert said.code == 0
    assert said.out.splitlines()[0] == "2026-11-13: 3 accounts scored"
    assert days(company) == [date(2026, 11, number) for number in range(13, 23)]


def test_a_stretch_that_has_not_begun_is_refused(latido: Latido, company: Engine) -> None:
    said = latido("job", "snapshot", "--at", "2026-11-23", "--since", "2026-11-23")
    assert (said.code, said.out) == (2, "")
    assert "the last day that is over is 2026-11-22" in said.err


def test_a_missing_rate_is_one_sentence(latido: Latido, company: Engine) -> None:
    said = latido("job", "snapshot", "--at", "2026-08-20")
    assert said == (2, "", "latido job: no exchange rate for EUR on or before 2026-08-19; bring one in fx_rates.csv\n")


@pytest.mark.parametrize("name", sorted(all_jobs()))
def test_every_job_runs_by_hand_at_a_moment_and_again(latido: Latido, company: Engine, name: str) -> None:
    for _ in range(2):
        said = latido("job", name, "--at", "2026-11-23T08:00")
        assert (said.code, said.err, said.out.count("\n")) == (0, "", 1), said


def test_a_job_that_asks_slack_does_so_with_the_token(
    latido: Latido, company: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with SlackDouble(WORLD) as slack:
        monkeypatch.setenv("SLACK_BOT_TOKEN", slack.bot_token)
        monkeypatch.setenv("SLACK_API_URL", slack.api_url)
        assert latido("job", "signs", "--at", "2026-11-23T08:00").out == "0 asked about, 0 differ\n"
        monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-wrong")
        said = latido("job", "signs", "--at", "2026-11-24T08:00")
    assert (said.code, said.out) == (2, "")
    assert "Slack refuses SLACK_BOT_TOKEN" in said.err


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("tidy",), "invalid choice: 'tidy'"),
        (("snapshot", "--at", "noon"), "'noon' is no moment such as"),
        (("snapshot", "--since", "monday"), "'monday' is no day such as"),
    ],
)
def test_words_that_mean_nothing_are_refused(latido: Latido, words: tuple[str, ...], complaint: str) -> None:
    said = latido("job", *words)
    assert said.code == 2
    assert complaint in said.err
