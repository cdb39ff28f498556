"""The message of an alert in each of its states, alone and among others, and the cards around it."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType
from typing import Any, Final
from zoneinfo import ZoneInfo

import pytest

from commands.core.alert_question import AlertsAnswer, QualityAnswer, Tuning
from commands.core.reply import Modal, Reply
from commands.core.request import Company
from commands.ui.blocks import check
from commands.ui.cards.alert import alert_card, alerts_card, stake_of
from commands.ui.cards.alert_buttons import REOPEN_DAYS
from commands.ui.cards.alert_close import close_form
from commands.ui.cards.alert_history import TOLD, step_line
from commands.ui.cards.alert_list import alerts_list
from commands.ui.cards.alert_mine import mine_card, mine_form
from commands.ui.cards.alert_quality import quality_card
from commands.ui.cards.alert_routes import Names, route_form, routes_card
from commands.ui.cards.alert_words import Day
from commands.ui.text import LOCALES, translator
from metrics.alert_lives import AlertLife
from metrics.alert_quality import Turn, qualities
from metrics.types import Band, BookFilter, Money, Sentence
from storage.queries.alert_facts import NOTHING, Beside
from storage.queries.alert_routes import CSM, DIGEST, Route
from storage.queries.alert_steps import Event, Step
from storage.queries.alerts import Alert, Outcome, State
from storage.queries.people_known import Person

MADRID = ZoneInfo("Europe/Madrid")
COMPANY = Company("USD", MADRID, alert_channel="C0CS")
TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
LONGEST = "*<!channel>* & " + "Ünïcødé Wörks " * 30
ANA = Person("U0ANA", "ana@example.com", "Ana Ruiz", "es", "Europe/Madrid")
OPEN = Alert(
    id=7,
    account_id=1,
    account_key="acme",
    account_name="Acme Corp",
    segment="enterprise",
    csm_email="ana@example.com",
    rule_id="usage_drop",
    severity="urgent",
    why=Sentence("{last} logins last week, usually {habit}", {"last": 12, "habit": 80}),
    since=date(2026, 11, 16),
    mrr=Money(120_000, "USD"),
    state=State.OPEN,
    opened_at=NOW,
    changed_at=NOW,
    version=1,
    taken_by=None,
    taken_at=None,
    due_on=None,
    snoozed_until=None,
    outcome=None,
    note=None,
    closed_at=None,
    silent_since=None,
    cleared_at=None,
    escalated_at=None,
    held=False,
)
TAKEN = OPEN._replace(state=State.TAKEN, taken_by="U0ANA", taken_at=NOW, due_on=date(2026, 11, 26), version=2)
CLOSED = TAKEN._replace(state=State.CLOSED, outcome=Outcome.SAVED, note="They had a holiday", closed_at=NOW, version=3)
KNOWN = Beside(62, Band.AVERAGE, date(2027, 1, 12), ANA, ANA)

STATES: Final[Mapping[str, Alert]] = MappingProxyType(
    {
        "open": OPEN,
        "open-escalated": OPEN._replace(escalated_at=NOW),
        "taken": TAKEN,
        "taken-overdue": TAKEN._replace(due_on=date(2026, 11, 20)),
        "snoozed": OPEN._replace(state=State.SNOOZED, snoozed_until=datetime(2026, 12, 1, 7, tzinfo=UTC)),
        "recovered": OPEN._replace(state=State.RECOVERED, cleared_at=NOW),
        "closed": CLOSED,
        "longest": OPEN._replace(
            account_name=LONGEST,
            csm_email=LONGEST,
            why=Sentence("{words}", {"words": LONGEST}),
            mrr=Money(10**13, "USD"),
        ),
    }
)


def shown(alert: Alert, locale: str = "en", **more: Any) -> Reply:
    beside = NOTHING if alert.account_name == LONGEST else KNOWN
    given: dict[str, Any] = {"today": TODAY, "zone": MADRID, "beside": beside, "playbook": True} | more
    return alert_card(alert, translator(locale), **given)


def many(count: int, **changed: Any) -> list[Alert]:
    return [
        OPEN._replace(id=n, account_id=n, account_name=f"Account {n}", mrr=Money(n * 1000, "USD"), **changed)
        for n in range(1, count + 1)
    ]


@pytest.mark.parametrize("state", STATES)
def test_an_alert_looks_like_its_golden_file(state: str, golden: Any) -> None:
    golden(f"cards/alert-{state}", asdict(shown(STATES[state])))


def test_several_look_like_their_golden_file(golden: Any) -> None:
    alerts = [*many(12), TAKEN._replace(id=20, account_id=20, account_name="Taken")]
    card = alerts_card(alerts, translator("en"), today=TODAY, zone=MADRID, beside={20: KNOWN})
    golden("cards/alerts", asdict(card))


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("state", STATES)
def test_every_state_is_taken_by_slack_in_every_language(state: str, locale: str) -> None:
    assert check(shown(STATES[state], locale).blocks, surface="message") == []


@pytest.mark.parametrize("locale", LOCALES)
def test_a_hundred_alerts_with_long_names_are_taken_by_slack(locale: str) -> None:
    alerts = [one._replace(account_name=LONGEST) for one in many(120)]
    card = alerts_card(alerts, translator(locale), today=TODAY, zone=MADRID)
    assert check(card.blocks, surface="message") == []


def test_a_reason_to_offer_more_puts_nothing_at_stake() -> None:
    offer = OPEN._replace(id=2, account_id=2, rule_id="seats_full")
    assert "at stake" in shown(OPEN).text
    assert "at stake" not in shown(offer).text
    assert stake_of([OPEN, offer]) == stake_of([OPEN])
    assert stake_of([offer]) is None


def test_what_is_over_has_no_buttons_but_reopen_for_some_days() -> None:
    def last(**more: Any) -> list[str]:
        rows = [one for one in shown(CLOSED, **more).blocks if one["type"] == "actions"]
        return [element["action_id"] for row in rows for element in row["elements"]]

    assert last() == ["alerts.reopen"]
    assert last(today=TODAY + timedelta(days=REOPEN_DAYS)) == ["alerts.reopen"]
    assert last(today=TODAY + timedelta(days=REOPEN_DAYS + 1)) == []
    assert [one["type"] for one in shown(STATES["recovered"]).blocks] == ["section", "context"]


def test_a_press_on_another_state_is_another_press() -> None:
    def value(alert: Alert) -> str:
        return str(shown(alert).blocks[-1]["elements"][0]["value"])

    assert value(OPEN) == "1 0 7 1"
    assert value(OPEN._replace(version=4)) == "1 0 7 4"


@pytest.mark.parametrize("step", sorted(TOLD))
@pytest.mark.parametrize("locale", LOCALES)
def test_every_step_has_a_line(step: Step, locale: str) -> None:
    event = Event(NOW, step, "U0ANA", {"lead_name": "Lea", "title": "Save it"})
    said = step_line(CLOSED, event, ANA, Day(TODAY, MADRID))
    assert said is not None
    assert "{" not in translator(locale, strict=True)(said)


# --- The cards around it -------------------------------------------------------------------------------------------

LIVES = [
    *(AlertLife("renewal_near", Money(1, "USD"), False, None, None, 0, 1) for _ in range(12)),
    *(AlertLife("renewal_near", Money(90_000, "USD"), False, timedelta(hours=n), "saved", 1, 0) for n in (1, 2, 30)),
    AlertLife("usage_drop", Money(1, "USD"), True, None, None, 0, 0),
]
ROUTES = (
    Route("renewal_near", "warning", "enterprise", None, "C0VIP", "es", "U0LEA", "U0ADA", 1),
    Route(None, None, None, "ana@example.com", CSM, "en", None, "U0ADA", 2),
    Route(None, "urgent", None, None, "U0BOB", "en", None, "U0ADA", 3),
    Route(None, None, LONGEST, None, DIGEST, "en", None, "U0ADA", 4),
)
WISHES = {"least": "warning", "muted": ["renewal_near"], "where": "channel", "hours": "none", "urgent_waits": True}


def answer(*alerts: Alert) -> AlertsAnswer:
    return AlertsAnswer(BookFilter(), alerts, {one.id: KNOWN for one in alerts}, TODAY, MADRID)


def cards(locale: str) -> dict[str, Reply | Modal]:
    t = translator(locale)
    found = qualities(LIVES)
    noisy = tuple(Tuning(one, Turn("days", 60, 45)) for one in found if one.noisy)
    one = ANA._replace(preferences=WISHES)
    return {
        "alerts-list": alerts_list(answer(STATES["taken-overdue"], *many(9)), 0, t),
        "alerts-list-none": alerts_list(answer(), 0, t),
        "alerts-quality": quality_card(QualityAnswer(found, noisy, date(2026, 8, 25)), t),
        "alerts-quality-none": quality_card(QualityAnswer((), (), date(2026, 8, 25)), t),
        "alerts-routes": routes_card(ROUTES, COMPANY, t),
        "alerts-routes-none": routes_card((), COMPANY, t),
        "alerts-mine": mine_card(one, COMPANY, t),
        "alerts-mine-usual": mine_card(ANA, COMPANY, t),
        "alerts-route-form": route_form(ROUTES[0], Names(("enterprise", "smb"), ("ana@example.com",)), COMPANY, t),
        "alerts-route-form-new": route_form(None, Names((), ()), COMPANY, t),
        "alerts-mine-form": mine_form(one, COMPANY, t),
        "alerts-close-form": close_form(TAKEN, KNOWN, Day(TODAY, MADRID), t),
    }


@pytest.mark.parametrize("name", cards("en"))
def test_a_card_looks_like_its_golden_file(name: str, golden: Any) -> None:
    golden(f"cards/{name}", asdict(cards("en")[name]))


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("name", cards("en"))
def test_a_card_is_taken_by_slack_in_every_language(name: str, locale: str) -> None:
    card = cards(locale)[name]
    assert check(card.blocks, surface="modal" if isinstance(card, Modal) else "message") == []
