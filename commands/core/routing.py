"""Where an alert goes, in which language and when: the company's routes, the people's wishes, quiet hours."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from commands.core.preferences import SEVERITIES, Where, preferences_of, zone_of
from commands.core.request import Company
from metrics.judging import Severity
from storage.queries.alert_routes import CSM, DIGEST, Route
from storage.queries.alerts import Alert
from storage.queries.people_known import Person


class People(NamedTuple):
    """Colleagues whom Slack knows."""

    by_email: Mapping[str, Person]
    """In lower case."""
    by_id: Mapping[str, Person]


class Way(NamedTuple):
    """Where an alert goes."""

    destination: str
    """A channel, or a person."""
    language: str
    due_at: datetime
    """Not before: the end of the quiet hours there."""
    owner: str | None = None
    """Who is told when nothing can be posted there; None: the admins."""


def is_person(destination: str) -> bool:
    """Whether a destination is somebody's direct message."""
    return destination.startswith(("U", "W"))


def route(alert: Alert, routes: Sequence[Route], people: People, company: Company, now: datetime) -> Way | None:
    """The way of an alert at this moment; None: it waits for the digest.

    The first route that fits decides; without one it is the company's channel for alerts. Where that is not set, or
    where the account's CSM is meant and nobody knows them, it is the CSM, then the channel, then a lead or admin.
    """
    fitting = next((one for one in routes if fits(one, alert)), None)
    wanted = fitting.destination if fitting is not None else company.alert_channel or CSM
    if wanted == DIGEST:
        return None
    language = company.language if fitting is None else fitting.language
    owner = None if fitting is None else fitting.owner
    destination = next(_candidates(wanted, alert, people, company), None)
    if destination is None:
        return None
    if not is_person(destination):
        return Way(destination, language, _in_channel(alert, company, now), owner)
    person = people.by_id.get(destination, Person(destination, language=company.language))
    preferences = preferences_of(person)
    channel = company.alert_channel or destination
    if preferences.where is Where.CHANNEL and not is_person(channel):
        return Way(channel, company.language, _in_channel(alert, company, now), owner)
    if preferences.where is Where.CHANNEL or not preferences.wants(alert.rule_id, alert.severity):
        return None
    return Way(destination, person.language, moment_for(person, alert.severity, company, now), owner)


def moment_for(person: Person, severity: str, company: Company, now: datetime) -> datetime:
    """When something of a severity may be said to somebody: what is urgent at once, unless they want otherwise."""
    preferences = preferences_of(person)
    if severity == Severity.URGENT and not preferences.urgent_waits:
        return now
    return preferences.quiet(company).next_moment(now, zone_of(person, company))


def lead_of(alert: Alert, routes: Sequence[Route], company: Company) -> str | None:
    """Who is told when nobody takes an alert in time; None: there is nobody."""
    fitting = next((one for one in routes if fits(one, alert)), None)
    named = None if fitting is None else fitting.lead
    return named or next(iter((*company.leads, *company.admins)), None)


def fits(one: Route, alert: Alert) -> bool:
    """Whether a route is about an alert."""
    return (
        one.rule_id in {None, alert.rule_id}
        and (one.severity is None or SEVERITIES[Severity(alert.severity)] <= SEVERITIES[Severity(one.severity)])
        and _same(one.segment, alert.segment)
        and _same(one.csm_email, alert.csm_email)
    )


def language_in(destination: str, routes: Sequence[Route], people: People, company: Company) -> str:
    """The language in which a message stands: the person's, else that of the first route to the channel."""
    if is_person(destination):
        known = people.by_id.get(destination)
        return company.language if known is None else known.language
    return next((one.language for one in routes if one.destination == destination), company.language)


def _candidates(wanted: str, alert: Alert, people: People, company: Company) -> Iterator[str]:
    """Destinations, the best first."""
    if wanted != CSM:
        yield wanted
        return
    csm = people.by_email.get((alert.csm_email or "").lower())
    if csm is not None:
        yield csm.user_id
    if company.alert_channel:
        yield company.alert_channel
    yield from (*company.leads, *company.admins)


def _same(condition: str | None, value: str | None) -> bool:
    return condition is None or condition.casefold() == (value or "").casefold()


def _in_channel(alert: Alert, company: Company, now: datetime) -> datetime:
    return now if alert.severity == Severity.URGENT else company.quiet.next_moment(now, company.zone)
