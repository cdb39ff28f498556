"""The company's routing table of alerts: what a form says of a line, and whom a person's wishes are asked of."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from commands.core.button_values import unpacked
from commands.core.conditions import name_in, text_in
from commands.core.errors import UserError
from commands.core.preferences import Preferences, as_json, preferences_of, zone_named
from commands.core.recipients import wrong_channel, wrong_person
from commands.core.reply import Invalid
from commands.core.request import Request
from metrics.judging import Severity
from metrics.quiet_hours import quiet_hours_of
from metrics.rules import all_rules
from metrics.types import Sentence, msg
from storage.queries import alert_routes
from storage.queries.alert_routes import CSM, DIGEST, Route
from storage.queries.people_known import Person, by_ids, meet, prefer
from storage.session import Session

CHANNEL: Final = "channel"
PERSON: Final = "person"

RULE: Final = "route_rule"
SEVERITY: Final = "route_severity"
SEGMENT: Final = "route_segment"
OF_CSM: Final = "route_csm"
WHERE: Final = "route_where"
TO_CHANNEL: Final = "route_channel"
TO_PERSON: Final = "route_person"
LANGUAGE: Final = "route_language"
LEAD: Final = "route_lead"

LEAST: Final = "mine_least"
MUTED: Final = "mine_muted"
MY_WHERE: Final = "mine_where"
HOURS: Final = "mine_hours"
DAYS: Final = "mine_days"
ZONE: Final = "mine_zone"
URGENT: Final = "mine_urgent"
"""Ids of the forms' inputs; frozen."""

_EXPECTED_HOURS: Final = msg("Expected the hours of the night such as 20:00-08:00, or none.")
_EXPECTED_DAYS: Final = msg("Expected days such as sat,sun or fri-sat (not all seven), or none.")
_EXPECTED_ZONE: Final = msg("Expected the name of a time zone such as Europe/Madrid.")


def route_pressed(request: Request, db: Session) -> Route | None:
    """The line whose button was pressed; None for a new one, UserError if it is gone."""
    text = unpacked(request.text).text
    if not text:
        return None
    found = next((one for one in alert_routes.routes(db) if str(one.id) == text), None)
    if found is None:
        raise UserError(Sentence("This route is no longer there."))
    return found


def route_in(request: Request, route_id: int) -> Route | Invalid:
    """What a submitted form says; Invalid says at which input what is wrong."""
    state = request.state
    where = state.get(WHERE)
    chosen = {CHANNEL: state.get(TO_CHANNEL), PERSON: state.get(TO_PERSON)}.get(str(where), where)
    if not isinstance(chosen, str) or not chosen:
        at = {CHANNEL: TO_CHANNEL, PERSON: TO_PERSON}.get(str(where), WHERE)
        return Invalid({at: request.t("Choose one of these, please.")})
    wrong = {
        TO_CHANNEL: wrong_channel(request, chosen) if where == CHANNEL else None,
        TO_PERSON: wrong_person(request, chosen) if where == PERSON else None,
        LEAD: wrong_person(request, state.get(LEAD)),
    }
    if any(wrong.values()):
        return Invalid({at: request.t(why) for at, why in wrong.items() if why is not None})
    severity = name_in(state.get(SEVERITY))
    return Route(
        rule_id=name_in(state.get(RULE)),
        severity=severity if severity in set(Severity) else None,
        segment=name_in(state.get(SEGMENT)),
        csm_email=name_in(state.get(OF_CSM)),
        destination=chosen,
        language=str(state.get(LANGUAGE) or request.company.language),
        lead=text_in(state.get(LEAD)),
        owner=request.actor.user_id,
        id=route_id,
    )


def save_route(db: Session, route: Route) -> None:
    """Keep a new line, or one in the place of what it was; UserError if that is gone."""
    if not route.id:
        alert_routes.add(db, route)
    elif not alert_routes.change(db, route):
        raise UserError(Sentence("This route is no longer there."))


def destination_kind(destination: str) -> str:
    """What the form's menu says of a destination."""
    if destination in {CSM, DIGEST}:
        return destination
    return PERSON if destination.startswith(("U", "W")) else CHANNEL


# --- A person's own ------------------------------------------------------------------------------------------------


def my_person(request: Request, db: Session) -> Person:
    """Who asks, with what they want."""
    actor = request.actor
    known = by_ids(db, [actor.user_id]).get(actor.user_id)
    return known or Person(actor.user_id, actor.email, actor.name, actor.locale)


def mine_in(request: Request) -> Preferences | Invalid:
    """What a submitted form says; Invalid says at which input what was expected."""
    state = request.state
    given = {name: text_in(state.get(name)) for name in (HOURS, DAYS, ZONE)}
    wrong = {name: request.t(text) for name, text in _wrong(given).items()}
    if wrong:
        return Invalid(wrong)
    muted = state.get(MUTED)
    urgent = state.get(URGENT)
    preferences = preferences_of(
        Person(request.actor.user_id, preferences={"least": state.get(LEAST), "where": state.get(MY_WHERE)})
    )
    return replace(
        preferences,
        muted=frozenset(muted if isinstance(muted, tuple) else ()) & frozenset(all_rules()),
        hours=given[HOURS],
        days=given[DAYS],
        zone=given[ZONE],
        urgent_waits=bool(urgent),
    )


def save_mine(request: Request, db: Session, preferences: Preferences) -> Person:
    """Keep what the asker wants."""
    actor = request.actor
    meet(db, Person(actor.user_id, actor.email, actor.name, actor.locale))
    prefer(db, actor.user_id, as_json(preferences))
    return my_person(request, db)


def _wrong(given: Mapping[str, str | None]) -> Mapping[str, str]:
    wrong = {}
    hours, days, zone = given[HOURS], given[DAYS], given[ZONE]
    if hours is not None and not _means(hours, "none"):
        wrong[HOURS] = _EXPECTED_HOURS
    if days is not None and not _means("none", days):
        wrong[DAYS] = _EXPECTED_DAYS
    if zone is not None and zone_named(zone) is None:
        wrong[ZONE] = _EXPECTED_ZONE
    return wrong


def _means(hours: str, days: str) -> bool:
    try:
        quiet_hours_of(hours, days)
    except ValueError:
        return False
    return True
