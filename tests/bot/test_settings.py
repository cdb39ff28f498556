from datetime import time, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from bot.by_segment import BySegment
from bot.settings import Mode, Settings, SettingsError, description, example, load_settings, names
from metrics.asking import SurveyPolicy
from metrics.business_hours import parse
from metrics.dials import RulePolicy
from metrics.quiet_hours import QuietHours
from metrics.types import ChurnBand, ChurnBands, ChurnDate, Definitions, HealthPolicy, LedgerRules

ROOT = Path(__file__).parents[2]
TOKENS = {"SLACK_BOT_TOKEN": "xoxb-1-secret", "SLACK_APP_TOKEN": "xapp-1-secret", "SLACK_SIGNING_SECRET": "0a1b2c"}


@pytest.fixture(autouse=True)
def _empty_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in names():
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


def settings(**given: Any) -> Settings:
    return load_settings(env_file=None, **given)


def test_without_any_setting_the_defaults_hold() -> None:
    found = settings()
    assert (found.mode, found.database_url) == (Mode.SOCKET, "sqlite:///latido.db")
    assert (found.host, found.port) == ("127.0.0.1", 3000)
    assert (found.timezone, found.currency, found.command_prefix, found.churn_grace_days) == ("UTC", "USD", "", 0)
    assert (found.bot_token, found.app_token, found.signing_secret) == (None, None, None)
    assert found.slack_api_url == "https://slack.com/api/"


@pytest.mark.parametrize(
    ("name", "value", "attribute", "read"),
    [
        ("LATIDO_MODE", "http", "mode", Mode.HTTP),
        ("LATIDO_DATABASE_URL", "postgresql://u:p@h/d", "database_url", "postgresql://u:p@h/d"),
        ("LATIDO_HOST", "0.0.0.0", "host", "0.0.0.0"),
        ("LATIDO_PORT", "8080", "port", 8080),
        ("LATIDO_TIMEZONE", "Europe/Madrid", "timezone", "Europe/Madrid"),
        ("LATIDO_CURRENCY", "eur", "currency", "EUR"),
        ("LATIDO_COMMAND_PREFIX", "cs-", "command_prefix", "cs-"),
        ("LATIDO_CHURN_GRACE_DAYS", "7", "churn_grace_days", 7),
        ("LATIDO_CHURN_DATE", "Cancellation", "churn_date", ChurnDate.CANCELLATION),
        ("LATIDO_PAST_DUE_DAYS", "30", "past_due_days", 30),
        ("LATIDO_PAST_DUE_DAYS", "0", "past_due_days", 0),
        ("LATIDO_GROSS_MARGIN", "0.8", "gross_margin", Fraction(4, 5)),
        ("LATIDO_ONBOARDING_DAYS", "45", "onboarding_days", 45),
        ("LATIDO_RULES", "seats_full=off", "rules", BySegment({"seats_full": False})),
        ("LATIDO_HEALTH_POINTS", "use=40", "health_points", BySegment({"use": 40})),
        ("LATIDO_HEALTH_GOOD_FROM", "80", "health_good_from", 80),
        ("LATIDO_HEALTH_AVERAGE_FROM", "50", "health_average_from", 50),
        ("LATIDO_LANGUAGE", "RU", "language", "ru"),
        ("LATIDO_ADMINS", "U0123ABCD, W0456EFGH", "admins", "U0123ABCD,W0456EFGH"),
        ("LATIDO_LEADS", "U0123ABCD U0456EFGH", "leads", "U0123ABCD,U0456EFGH"),
        ("LATIDO_ALERT_CHANNEL", "C0123ABCD", "alert_channel", "C0123ABCD"),
        ("LATIDO_QUIET_HOURS", "22:00-07:00", "quiet_hours", "22:00-07:00"),
        ("LATIDO_DAYS_OFF", "fri-sat", "days_off", "fri-sat"),
        ("LATIDO_SURVEY_CAP_DAYS", "0", "survey_cap_days", 0),
        ("LATIDO_SURVEY_KIND_CAPS", "nps=365", "survey_kind_caps", "nps=365"),
        ("LATIDO_SURVEY_REMIND_DAYS", "0", "survey_remind_days", 0),
        ("LATIDO_SURVEY_EXPIRE_DAYS", "14", "survey_expire_days", 14),
        ("LATIDO_SURVEY_EMOJI", "true", "survey_emoji", True),
        ("LATIDO_PRODUCT", "Acme Cloud", "product", "Acme Cloud"),
        ("LATIDO_SURVEYS_AN_HOUR", "3600", "surveys_an_hour", 3600),
        ("SLACK_API_URL", "http://127.0.0.1:3000/api", "slack_api_url", "http://127.0.0.1:3000/api/"),
    ],
)
def test_a_setting_is_read_from_the_environment(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, attribute: str, read: object
) -> None:
    monkeypatch.setenv(name, value)
    assert getattr(settings(), attribute) == read


@pytest.mark.parametrize("name", TOKENS)
def test_a_token_is_read_from_the_environment(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, TOKENS[name])
    found = settings()
    read = [token.get_secret_value() for token in (found.bot_token, found.app_token, found.signing_secret) if token]
    assert read == [TOKENS[name]]


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("LATIDO_MODE", "carrier-pigeon", "'socket' or 'http'"),
        ("LATIDO_DATABASE_URL", "mysql://u:hunter2@h/d", "sqlite:///FILE or postgresql://"),
        ("LATIDO_DATABASE_URL", "latido.db", "sqlite:///FILE or postgresql://"),
        ("LATIDO_DATABASE_URL", "postgresql://u:hunter2@h:port/d", "sqlite:///FILE or postgresql://"),
        ("LATIDO_DATABASE_URL", "sqlite://", "sqlite:///FILE or postgresql://"),
        ("LATIDO_DATABASE_URL", "sqlite:///:memory:", "sqlite:///FILE or postgresql://"),
        ("LATIDO_PORT", "many", "valid integer"),
        ("LATIDO_PORT", "70000", "less than or equal to 65535"),
        ("LATIDO_TIMEZONE", "Europe/Atlantis", "time zone such as Europe/Madrid"),
        ("LATIDO_TIMEZONE", "../etc/passwd", "time zone such as Europe/Madrid"),
        ("LATIDO_CURRENCY", "dollars", "ISO 4217 code such as USD"),
        ("LATIDO_COMMAND_PREFIX", "CS ", "lower-case letters, digits and hyphens"),
        ("LATIDO_COMMAND_PREFIX", "здоровье-", "lower-case letters, digits and hyphens"),
        ("LATIDO_CHURN_GRACE_DAYS", "-1", "greater than or equal to 0"),
        ("LATIDO_CHURN_DATE", "notice", "service_end or cancellation"),
        ("LATIDO_PAST_DUE_DAYS", "never", "from 0 to 366 such as 30"),
        ("LATIDO_PAST_DUE_DAYS", "-1", "from 0 to 366 such as 30"),
        ("LATIDO_PAST_DUE_DAYS", "367", "from 0 to 366 such as 30"),
        ("LATIDO_GROSS_MARGIN", "80", "a number from 0 to 1 such as 0.8"),
        ("LATIDO_GROSS_MARGIN", "most", "a number from 0 to 1 such as 0.8"),
        ("LATIDO_HEALTH_POINTS", "usage=40", "factor=points with one of"),
        ("LATIDO_RULES", "usage_drop.warn_below=200", "usage_drop.warn_below from 1 to 100 (percent)"),
        ("LATIDO_HEALTH_GOOD_FROM", "101", "less than or equal to 100"),
        ("LATIDO_LANGUAGE", "fr", "one of en, es, ru"),
        ("LATIDO_ADMINS", "@ana", "Slack's ids of people such as U0123ABCD"),
        ("LATIDO_LEADS", "C0123ABCD", "Slack's ids of people such as U0123ABCD"),
        ("LATIDO_ALERT_CHANNEL", "#alerts", "the id of a channel such as C0123ABCD"),
        ("LATIDO_QUIET_HOURS", "evenings", "20:00-08:00, or none"),
        ("LATIDO_DAYS_OFF", "mon-sun", "sat,sun or fri-sat (not all seven), or none"),
        ("LATIDO_SURVEY_CAP_DAYS", "-1", "greater than or equal to 0"),
        ("LATIDO_SURVEY_KIND_CAPS", "love=3", "such as nps=180 csat=30; kinds: ces, csat, exit, nps"),
        ("LATIDO_SURVEY_EXPIRE_DAYS", "0", "greater than or equal to 1"),
        ("LATIDO_SURVEY_EMOJI", "smileys", "valid boolean"),
        ("LATIDO_SURVEYS_AN_HOUR", "0", "greater than or equal to 1"),
        ("SLACK_API_URL", "http://slack.example/api/", "expected an https:// address"),
        ("SLACK_API_URL", "http://127.0.0.1.example/api/", "expected an https:// address"),
        ("SLACK_API_URL", "https:///api/", "expected an https:// address"),
    ],
)
def test_a_malformed_setting_is_a_sentence(name: str, value: str, expected: str) -> None:
    with pytest.raises(SettingsError) as caught:
        settings(**{name: value})
    (sentence,) = str(caught.value).splitlines()
    assert sentence.startswith(name)
    assert expected in sentence
    assert description(name) in sentence
    assert "hunter2" not in sentence


def test_every_malformed_setting_is_named_at_once() -> None:
    with pytest.raises(SettingsError) as caught:
        settings(LATIDO_PORT="x", LATIDO_MODE="y")
    assert [line.split()[0] for line in str(caught.value).splitlines()] == ["LATIDO_MODE", "LATIDO_PORT"]


def test_the_company_says_whom_to_tell_and_when_to_be_quiet() -> None:
    company = settings().company()
    assert (company.language, company.admins, company.leads, company.alert_channel) == ("en", (), (), None)
    assert company.quiet == QuietHours()
    told = settings(
        LATIDO_ADMINS="U0123ABCD, U0456EFGH",
        LATIDO_ALERT_CHANNEL="C0123ABCD",
        LATIDO_QUIET_HOURS="none",
        LATIDO_DAYS_OFF="sun",
    ).company()
    assert (told.admins, told.alert_channel) == (("U0123ABCD", "U0456EFGH"), "C0123ABCD")
    assert told.quiet == QuietHours(time(), time(), (6,))


@pytest.mark.parametrize(
    ("mode", "missing"),
    [
        ("socket", "SLACK_BOT_TOKEN"),
        ("socket", "SLACK_APP_TOKEN"),
        ("http", "SLACK_BOT_TOKEN"),
        ("http", "SLACK_SIGNING_SECRET"),
    ],
)
def test_a_missing_token_is_a_sentence_that_says_where_to_find_it(mode: str, missing: str) -> None:
    given = {name: token for name, token in TOKENS.items() if name != missing}
    with pytest.raises(SettingsError, match=f"^{missing} is missing") as caught:
        settings(LATIDO_MODE=mode, **given).require_slack()
    assert description(missing) in str(caught.value)


@pytest.mark.parametrize(("mode", "unneeded"), [("socket", "SLACK_SIGNING_SECRET"), ("http", "SLACK_APP_TOKEN")])
def test_only_the_tokens_of_the_mode_are_needed(mode: str, unneeded: str) -> None:
    given = {name: token for name, token in TOKENS.items() if name != unneeded}
    settings(LATIDO_MODE=mode, **given).require_slack()


def test_swapped_tokens_are_noticed_and_not_shown() -> None:
    swapped = {"SLACK_BOT_TOKEN": TOKENS["SLACK_APP_TOKEN"], "SLACK_APP_TOKEN": TOKENS["SLACK_BOT_TOKEN"]}
    with pytest.raises(SettingsError, match="SLACK_BOT_TOKEN does not start with xoxb-") as caught:
        settings(**swapped).require_slack()
    assert "secret" not in str(caught.value)


def test_settings_never_show_their_secrets() -> None:
    shown = repr(settings(LATIDO_DATABASE_URL="postgresql://u:hunter2@h/d", **TOKENS))
    for secret in ("hunter2", *TOKENS.values()):
        assert secret not in shown


def test_the_environment_goes_before_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "settings.env"
    file.write_text('LATIDO_PORT=4000\nexport LATIDO_CURRENCY="EUR"  # as python-dotenv reads it\n', encoding="utf-8")
    monkeypatch.setenv("LATIDO_PORT", "5000")
    found = load_settings(file)
    assert (found.port, found.currency) == (5000, "EUR")


def test_the_file_of_the_folder_is_read() -> None:
    Path(".env").write_text("LATIDO_TIMEZONE=Asia/Tokyo\n", encoding="utf-8")
    assert load_settings().zone.key == "Asia/Tokyo"


def test_what_is_given_goes_before_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LATIDO_PORT", "5000")
    assert settings(LATIDO_PORT=0).port == 0


def test_an_empty_setting_is_none() -> None:
    Path(".env").write_text("SLACK_BOT_TOKEN=\nLATIDO_PORT=\n", encoding="utf-8")
    found = load_settings()
    assert (found.bot_token, found.port) == (None, 3000)


def test_the_company_is_what_the_settings_say() -> None:
    company = settings(
        LATIDO_CURRENCY="EUR", LATIDO_TIMEZONE="Asia/Tokyo", LATIDO_COMMAND_PREFIX="cs-", LATIDO_CHURN_GRACE_DAYS=3
    ).company()
    assert (company.currency, company.zone.key) == ("EUR", "Asia/Tokyo")
    assert (company.command_prefix, company.definitions.ledger) == ("cs-", LedgerRules(3))


def test_how_customers_are_asked_comes_from_the_settings() -> None:
    assert settings().company().surveys == SurveyPolicy()
    own = settings(
        LATIDO_SURVEY_CAP_DAYS="30",
        LATIDO_SURVEY_KIND_CAPS="nps=90",
        LATIDO_SURVEY_REMIND_DAYS="3",
        LATIDO_SURVEY_EXPIRE_DAYS="10",
        LATIDO_SURVEY_EMOJI="true",
        LATIDO_PRODUCT=" Orbit ",
        LATIDO_SURVEYS_AN_HOUR="60",
    ).company()
    assert own.surveys == SurveyPolicy(
        cap_days=30,
        kind_caps={"nps": 90},
        remind_after=timedelta(days=3),
        expire_after=timedelta(days=10),
        emoji=True,
        product="Orbit",
        an_hour=60,
    )


def test_a_companys_definitions_come_from_its_settings() -> None:
    company = settings(
        LATIDO_GROSS_MARGIN="0.75",
        LATIDO_ONBOARDING_DAYS=20,
        LATIDO_BUSINESS_HOURS="Mon-Fri 9:00-18:00",
        LATIDO_CHURN_BANDS="2-4; Enterprise: 0-1",
        LATIDO_HEALTH_POINTS="use=40; Enterprise: relationship=50",
        LATIDO_HEALTH_GOOD_FROM=75,
        LATIDO_HEALTH_AVERAGE_FROM=50,
    ).company()
    assert company.definitions == Definitions(
        gross_margin=Fraction(3, 4),
        onboarding_days=20,
        business_hours=parse("mon-fri 09:00-18:00"),
        churn_bands=ChurnBands(
            ChurnBand(Fraction(1, 50), Fraction(1, 25)), {"Enterprise": ChurnBand(Fraction(0), Fraction(1, 100))}
        ),
    )
    assert company.health == HealthPolicy({"use": 40}, {"Enterprise": {"relationship": 50}}, 75, 50)


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("LATIDO_BUSINESS_HOURS", "9 to 5", "expected days and hours such as mon-fri 09:00-18:00"),
        ("LATIDO_CHURN_BANDS", "smb: low", "expected percent a month, low-high, such as 3-5; enterprise: 0-1"),
    ],
)
def test_definitions_that_mean_nothing_are_refused_with_what_was_expected(name: str, value: str, expected: str) -> None:
    with pytest.raises(SettingsError, match=expected) as caught:
        settings(**{name: value})
    assert f"{name} is {value!r}: " in str(caught.value)
    assert "What it is for: " in str(caught.value)


def test_bands_in_the_wrong_order_are_refused() -> None:
    with pytest.raises(SettingsError, match="HEALTH_AVERAGE_FROM must be below LATIDO_HEALTH_GOOD_FROM"):
        settings(LATIDO_HEALTH_GOOD_FROM=40)


def test_the_example_is_the_one_in_the_repository() -> None:
    assert (ROOT / ".env.example").read_text(encoding="utf-8") == example()


def test_the_example_left_as_it_is_changes_nothing() -> None:
    Path(".env").write_text(example(), encoding="utf-8")
    assert load_settings() == settings()


def test_every_setting_says_what_it_is_for() -> None:
    assert all(text.endswith(".") for _, text in names().values())


def test_what_is_turned_in_rules_comes_from_its_setting_and_the_days_of_an_onboarding() -> None:
    assert settings().company().rules == RulePolicy({"onboarding_stalled.days": 30})
    turned = "campaign_silence=off inactivity.least_days=10; Enterprise: campaign_silence=on onboarding_stalled.days=90"
    assert settings(LATIDO_RULES=turned, LATIDO_ONBOARDING_DAYS=20).company().rules == RulePolicy(
        {"onboarding_stalled.days": 20, "campaign_silence": False, "inactivity.least_days": 10},
        {"Enterprise": {"campaign_silence": True, "onboarding_stalled.days": 90}},
    )
