"""Settings: what the environment and .env say, checked once at start, typed from then on."""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Any, Self
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    AliasChoices,
    BeforeValidator,
    Field,
    PlainValidator,
    SecretStr,
    ValidationError,
    model_validator,
)
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict

from bot import setting_values
from bot.by_segment import BySegment
from bot.churn_bands import Bands, bands_of
from bot.health_points import points_of
from bot.rule_words import rule_words_of
from bot.setting_values import readable, whole_or_nothing
from commands.core.request import Company
from metrics.asking import SurveyPolicy, kind_caps_of
from metrics.business_hours import BusinessHours
from metrics.deadlines import allowances_of
from metrics.dials import RulePolicy
from metrics.money import minor_digits
from metrics.patience import patience_of
from metrics.quiet_hours import NONE, quiet_hours_of
from metrics.types import ChurnDate, Definitions, HealthPolicy, LedgerRules

SLACK_API = "https://slack.com/api/"
PAST_DUE_MOST = 366
"""Days: an invoice that nobody has paid for longer is no matter of days any more."""
WIN_MOST = 10**9
"""Units of a currency."""

_NEVER_SHOWN = frozenset({"LATIDO_DATABASE_URL", "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET"})
"""Settings whose value is a secret or may hold one."""


class SettingsError(Exception):
    """A setting is missing or malformed; the text says which, what was expected and where to find it."""


class Mode(StrEnum):
    """How Slack reaches the bot."""

    SOCKET = "socket"
    HTTP = "http"


_past_due_days = whole_or_nothing("whole number of days", PAST_DUE_MOST, 30)


def _field(default: Any, name: str, description: str, **limits: Any) -> Any:  # noqa: ANN401
    return Field(default=default, validation_alias=AliasChoices(name), description=description, **limits)


class Settings(BaseSettings):
    """All settings; each has the name under which the environment or .env gives it."""

    model_config = SettingsConfigDict(
        env_file=".env", env_file_encoding="utf-8", env_ignore_empty=True, extra="ignore", frozen=True
    )

    mode: Mode = _field(
        Mode.SOCKET,
        "LATIDO_MODE",
        "How Slack reaches the bot: socket (no public address needed) or http (POST /slack/events).",
    )
    database_url: Annotated[str, AfterValidator(setting_values.database_url)] = _field(
        "sqlite:///latido.db",
        "LATIDO_DATABASE_URL",
        "The store: an SQLite file, or PostgreSQL for more than one process.",
        repr=False,
    )
    host: str = _field("127.0.0.1", "LATIDO_HOST", "The address to listen on in http mode and in the demo.")
    port: int = _field(3000, "LATIDO_PORT", "The port to listen on.", ge=0, le=65535)
    timezone: Annotated[str, AfterValidator(setting_values.zone_name)] = _field(
        "UTC", "LATIDO_TIMEZONE", "The company's time zone: its days, months and Monday mornings."
    )
    currency: Annotated[str, AfterValidator(setting_values.currency_code)] = _field(
        "USD", "LATIDO_CURRENCY", "The company's reporting currency, an ISO 4217 code."
    )
    command_prefix: Annotated[str, AfterValidator(setting_values.command_prefix)] = _field(
        "",
        "LATIDO_COMMAND_PREFIX",
        "Put before every slash command where another app has taken a name: cs- makes /cs-health.",
    )
    churn_grace_days: int = _field(
        0,
        "LATIDO_CHURN_GRACE_DAYS",
        "A gap of at most so many days between two subscriptions of an account is no churn.",
        ge=0,
        le=366,
    )
    churn_date: Annotated[ChurnDate, BeforeValidator(setting_values.churn_date)] = _field(
        ChurnDate.SERVICE_END,
        "LATIDO_CHURN_DATE",
        "When a customer who gave notice churns: service_end (as the subscription ends) or cancellation (that day).",
    )
    past_due_days: Annotated[int | None, BeforeValidator(_past_due_days)] = _field(
        None,
        "LATIDO_PAST_DUE_DAYS",
        "Empty: a customer who does not pay stays one; 30: not with an invoice unpaid over 30 days after it was due.",
    )
    gross_margin: Annotated[Fraction, BeforeValidator(setting_values.share)] = _field(
        Fraction(1), "LATIDO_GROSS_MARGIN", "What is left of revenue after its cost, 0 to 1, for CLV: 0.8 is 80 %."
    )
    onboarding_days: int = _field(
        30, "LATIDO_ONBOARDING_DAYS", "An onboarding that takes more days than this is stalled.", ge=1, le=730
    )
    business_hours: Annotated[BusinessHours | None, NoDecode, PlainValidator(setting_values.business_hours)] = _field(
        None,
        "LATIDO_BUSINESS_HOURS",
        "When time of response counts: mon-thu 09:00-18:00, fri 09:00-15:00. Empty: nights and weekends count, too.",
    )
    churn_bands: Annotated[Bands, NoDecode, PlainValidator(bands_of)] = _field(
        Bands(),
        "LATIDO_CHURN_BANDS",
        "Acceptable churn in percent a month, also by segment: 3-5; enterprise: 0-1; smb: 4-7. Empty: the usual.",
    )
    rules: Annotated[BySegment, NoDecode, PlainValidator(rule_words_of)] = _field(
        BySegment(),
        "LATIDO_RULES",
        "Thresholds of risk and expansion signals, and signals to leave out, also by segment (docs/rules.md): "
        "inactivity.least_days=10 campaign_silence=off; enterprise: usage_drop.warn_below=70 renewal_near.days=120.",
    )
    health_points: Annotated[BySegment, NoDecode, PlainValidator(points_of)] = _field(
        BySegment(),
        "LATIDO_HEALTH_POINTS",
        "What each health factor weighs, also by segment: use=30 money=15; enterprise: relationship=30 use=20.",
    )
    health_good_from: int = _field(70, "LATIDO_HEALTH_GOOD_FROM", "The least score that is good.", ge=2, le=100)
    health_average_from: int = _field(
        40, "LATIDO_HEALTH_AVERAGE_FROM", "The least score that is average; below it is poor.", ge=1, le=99
    )
    language: Annotated[str, AfterValidator(setting_values.language)] = _field(
        "en", "LATIDO_LANGUAGE", "The language of what is said unasked in channels: en, es or ru."
    )
    company_name: str = _field(
        "",
        "LATIDO_COMPANY",
        "What your company is called on the pages of the monthly report: Acme Inc. Empty: they do not say.",
        max_length=80,
    )
    admins: Annotated[str, AfterValidator(setting_values.users)] = _field(
        "",
        "LATIDO_ADMINS",
        "Slack ids of those whom I tell by direct message when something of my own is wrong: U0123ABCD, U0456EFGH.",
    )
    leads: Annotated[str, AfterValidator(setting_values.users)] = _field(
        "",
        "LATIDO_LEADS",
        "Slack ids of those who get the alerts that nobody takes in time: U0123ABCD, U0456EFGH.",
    )
    alert_channel: Annotated[str, AfterValidator(setting_values.destination)] = _field(
        "",
        "LATIDO_ALERT_CHANNEL",
        "Where alerts go unless a route says otherwise: C0123ABCD. Empty: the account's CSM, else the first lead.",
    )
    quiet_hours: Annotated[str, AfterValidator(readable(lambda text: quiet_hours_of(text, NONE)))] = _field(
        "20:00-08:00",
        "LATIDO_QUIET_HOURS",
        "When nobody is spoken to unasked: 20:00-08:00; none: there is no such time.",
    )
    days_off: Annotated[str, AfterValidator(readable(lambda text: quiet_hours_of(NONE, text)))] = _field(
        "sat,sun",
        "LATIDO_DAYS_OFF",
        "Days on which nobody is spoken to unasked: sat,sun or fri-sat; none: every day will do.",
    )
    win_from: Annotated[int | None, BeforeValidator(whole_or_nothing("whole amount", WIN_MOST, 1000))] = _field(
        None,
        "LATIDO_WIN_FROM",
        "The least MRR, in whole units of your currency, of new customers that are celebrated in the alert channel: "
        "1000. Empty: only accounts that come back are.",
    )
    take_within: Annotated[str, AfterValidator(readable(allowances_of))] = _field(
        "urgent=4h warning=2d",
        "LATIDO_TAKE_WITHIN",
        "Working hours or days in which somebody should take an alert, before the lead is told: urgent=4h warning=2d.",
    )
    clear_after: Annotated[str, AfterValidator(readable(lambda text: patience_of(text, "")))] = _field(
        "36h",
        "LATIDO_CLEAR_AFTER",
        "How long a signal must be gone until its alert is over: 36h, which is two nights, or 3d.",
    )
    cool_down: Annotated[str, AfterValidator(readable(lambda text: patience_of("36h", text)))] = _field(
        "urgent=1d warning=7d notice=7d",
        "LATIDO_COOL_DOWN",
        "How long after an alert is over its rule keeps quiet of the account, by severity: urgent=1d warning=7d "
        "notice=7d. What is worse than before, or began since, is told all the same.",
    )
    survey_cap_days: int = _field(
        90,
        "LATIDO_SURVEY_CAP_DAYS",
        "Nobody at a customer is asked any survey question more often than once in so many days; 0: no such limit.",
        ge=0,
        le=730,
    )
    survey_kind_caps: Annotated[str, AfterValidator(readable(kind_caps_of))] = _field(
        "",
        "LATIDO_SURVEY_KIND_CAPS",
        "The same for one kind of question, where the usual days do not suit: nps=180 csat=30. Empty: the usual.",
    )
    survey_remind_days: int = _field(
        5,
        "LATIDO_SURVEY_REMIND_DAYS",
        "Days after which whoever has not answered is reminded, once; 0: nobody is.",
        ge=0,
        le=60,
    )
    survey_expire_days: int = _field(
        7, "LATIDO_SURVEY_EXPIRE_DAYS", "Days after which a survey question takes no answer any more.", ge=1, le=90
    )
    survey_emoji: bool = _field(
        False,  # noqa: FBT003 - the default
        "LATIDO_SURVEY_EMOJI",
        "true: CSAT and CES are answered with faces; false: with numbers from 1 to 5.",
    )
    product: str = _field(
        "",
        "LATIDO_PRODUCT",
        'What your product is called in survey questions: Acme Cloud. Empty: "our product".',
        max_length=80,
    )
    surveys_an_hour: int = _field(
        600,
        "LATIDO_SURVEYS_AN_HOUR",
        "At most so many survey questions are sent in an hour: large surveys are spread over the day.",
        ge=1,
        le=3600,
    )
    bot_token: SecretStr | None = _field(
        None, "SLACK_BOT_TOKEN", "xoxb-…: your app's page at Slack, OAuth & Permissions, after installing it."
    )
    app_token: SecretStr | None = _field(
        None,
        "SLACK_APP_TOKEN",
        "xapp-…, for socket mode: your app's page, Basic Information, App-Level Tokens, scope connections:write.",
    )
    signing_secret: SecretStr | None = _field(
        None, "SLACK_SIGNING_SECRET", "For http mode: your app's page, Basic Information, App Credentials."
    )
    slack_api_url: Annotated[str, AfterValidator(setting_values.api_url)] = _field(
        SLACK_API, "SLACK_API_URL", "Where Slack's Web API is; change it only to test against a double."
    )

    @property
    def zone(self) -> ZoneInfo:
        """The company's time zone."""
        return ZoneInfo(self.timezone)

    def company(self) -> Company:
        """What the company has decided about its figures."""
        return Company(
            currency=self.currency,
            zone=self.zone,
            command_prefix=self.command_prefix,
            health=HealthPolicy(
                points=self.health_points.company,
                points_by_segment=self.health_points.segments,
                good_from=self.health_good_from,
                average_from=self.health_average_from,
            ),
            definitions=Definitions(
                gross_margin=self.gross_margin,
                onboarding_days=self.onboarding_days,
                business_hours=self.business_hours,
                churn_bands=self.churn_bands.decided,
                ledger=LedgerRules(self.churn_grace_days, self.churn_date, self.past_due_days),
            ),
            rules=RulePolicy(
                company={"onboarding_stalled.days": self.onboarding_days, **self.rules.company},
                segments=self.rules.segments,
            ),
            language=self.language,
            name=self.company_name.strip(),
            admins=tuple(filter(None, self.admins.split(","))),
            leads=tuple(filter(None, self.leads.split(","))),
            alert_channel=self.alert_channel or None,
            quiet=quiet_hours_of(self.quiet_hours, self.days_off),
            win_from=None if self.win_from is None else self.win_from * 10 ** minor_digits(self.currency),
            take_within=allowances_of(self.take_within),
            patience=patience_of(self.clear_after, self.cool_down),
            surveys=SurveyPolicy(
                cap_days=self.survey_cap_days,
                kind_caps=kind_caps_of(self.survey_kind_caps),
                remind_after=timedelta(days=self.survey_remind_days),
                expire_after=timedelta(days=self.survey_expire_days),
                emoji=self.survey_emoji,
                product=self.product.strip(),
                an_hour=self.surveys_an_hour,
            ),
        )

    @model_validator(mode="after")
    def _bands_in_order(self) -> Self:
        if self.health_average_from >= self.health_good_from:
            raise ValueError("LATIDO_HEALTH_AVERAGE_FROM must be below LATIDO_HEALTH_GOOD_FROM")
        return self

    def require_slack(self) -> None:
        """SettingsError unless the tokens that the mode needs are there and look right."""
        needed = {"SLACK_BOT_TOKEN": (self.bot_token, "xoxb-")}
        if self.mode is Mode.SOCKET:
            needed["SLACK_APP_TOKEN"] = (self.app_token, "xapp-")
        else:
            needed["SLACK_SIGNING_SECRET"] = (self.signing_secret, "")
        for name, (secret, start) in needed.items():
            if secret is None or not secret.get_secret_value().startswith(start):
                problem = "is missing" if secret is None else f"does not start with {start}"
                raise SettingsError(f"{name} {problem}. Where to find it: {description(name)}")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment before .env; nothing else."""
        del settings_cls, file_secret_settings
        return init_settings, env_settings, dotenv_settings


def load_settings(env_file: Path | None = Path(".env"), **given: Any) -> Settings:  # noqa: ANN401
    """Read the environment and `env_file` (None: the environment alone); `given` are names with values that come first.

    SettingsError names each setting that is wrong, what was read, what was expected and what it is for.
    """
    try:
        return Settings(_env_file=env_file, **given)  # type: ignore[call-arg]  # pydantic-settings takes it
    except ValidationError as error:
        raise SettingsError("\n".join(_sentence(detail) for detail in error.errors())) from None


def _sentence(detail: Mapping[str, Any]) -> str:
    expected = str(detail["msg"]).removeprefix("Value error, ")
    if not detail["loc"]:  # about several settings, which the sentence names
        return f"{expected}."
    name = str(detail["loc"][0])
    shown = "" if name in _NEVER_SHOWN else f" is {detail['input']!r}"
    return f"{name}{shown}: {expected}. What it is for: {description(name)}"


def names() -> dict[str, tuple[str, str]]:
    """Every setting's name in the environment, with its default as text and its description."""
    return {
        _name(field.validation_alias): ("" if field.default is None else str(field.default), field.description or "")
        for field in Settings.model_fields.values()
    }


def description(name: str) -> str:
    """What the setting is for and where its value is found."""
    return names()[name][1]


def example() -> str:
    """The text of .env.example."""
    lines = [
        "# Copy to .env and fill in. Everything may also come from the environment, which goes before this file.",
        "",
    ]
    for name, (default, text) in names().items():
        lines += [f"# {text}", f"{name}={default}" if not default else f"# {name}={default}", ""]
    return "\n".join(lines)


def _name(alias: object) -> str:
    assert isinstance(alias, AliasChoices)  # noqa: S101  # _field makes no other
    return str(alias.choices[0])
