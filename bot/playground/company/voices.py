"""The example company's customers as people: accounts, contacts, tickets, answers, advocacy."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from bot.playground.company.activity import is_away, user_key
from bot.playground.company.customers import CORE, Customer
from bot.playground.company.people import OUTSIDERS
from bot.playground.company.renewals import TERM, due_days, renewal_in

Row = dict[str, str]

_SLACK_USERS = {user.real_name: user.id for user in OUTSIDERS}
"""Who of them is in a shared channel, by name."""
_ROLES = ("champion", "decision_maker", "user")


def account(customer: Customer, today: date) -> Row:
    """The customer's master data."""
    story = customer.story
    seats = max((term for term in story.terms if term.product == CORE), key=lambda term: -term.ago).seats
    activated = None if story.activated_after is None else customer.started - story.activated_after
    return {
        "account_id": customer.key,
        "name": customer.name,
        "domain": customer.domain,
        "segment": customer.segment,
        "csm_email": customer.csm,
        "currency": customer.currency,
        "created_on": _day(today, customer.started),
        "lifecycle_stage": _stage(customer, activated),
        "industry": customer.industry,
        "country": customer.country,
        "language": customer.language,
        "seats_purchased": str(seats),
        "renewal_on": "" if is_away(customer, 1) else _day(today, -renewal_in(customer)),
        "onboarding_started_on": _day(today, customer.started),
        "activated_on": "" if activated is None or activated < 0 else _day(today, activated),
        "slack_channel_id": customer.slack_channel_id,
    }


def account_before(customer: Customer, today: date, years: int) -> Iterator[Row]:
    """The same as it was told so many terms of a contract ago, with the renewal that was next; or nothing."""
    for ago in due_days(customer):
        if TERM * (years - 1) < ago <= TERM * years:
            yield account(customer, today) | {"renewal_on": _day(today, ago)}


def contacts(customer: Customer, today: date) -> Iterator[Row]:
    """Points of contact, and who of them left."""
    left = dict(customer.story.left)
    for place, name in enumerate(customer.people):
        given = name.split()[-2].lower() if name.isascii() else f"person{place}"
        yield {
            "contact_id": user_key(customer, place),
            "account_id": customer.key,
            "name": name,
            "email": f"{given}@{customer.domain}",
            "role": _ROLES[place],
            "is_poc": "yes",
            "slack_user_id": _SLACK_USERS.get(name, ""),
            "language": customer.language,
            "started_on": _day(today, customer.started),
            "left_on": _day(today, left[place]) if place in left else "",
        }


def tickets(customer: Customer, today: date) -> Iterator[Row]:
    """Support cases, opened at eleven in the morning."""
    for place, case in enumerate(customer.story.cases):
        opened = _moment(today, case.ago)
        solved = None if case.hours is None else opened + timedelta(hours=case.hours)
        yield {
            "ticket_id": f"t-{customer.key}-{place}",
            "account_id": customer.key,
            "opened_at": opened.isoformat(),
            "first_response_at": (opened + timedelta(hours=min(case.hours or 9, 9) / 3)).isoformat(),
            "resolved_at": "" if solved is None or solved.date() >= today else solved.isoformat(),
            "customer_contacts": str(1 + (case.hours or 90) // 30),
            "escalated": "yes" if case.escalated else "no",
            "priority": case.priority,
            "csm_email": customer.csm,
        }


def survey_responses(customer: Customer, today: date) -> Iterator[Row]:
    """What they answered, by the person who did."""
    for place, answer in enumerate(customer.story.answers):
        yield {
            "response_id": f"r-{customer.key}-{place}",
            "account_id": customer.key,
            "contact_id": user_key(customer, answer.person),
            "kind": answer.kind,
            "score": str(answer.score),
            "comment": answer.comment,
            "responded_at": _moment(today, min(answer.ago, customer.started)).isoformat(),
        }


def advocacy(customer: Customer, today: date) -> Iterator[Row]:
    """What they did for Faro in public."""
    for place, (kind, ago, note) in enumerate(customer.story.advocacy):
        yield {
            "advocacy_id": f"adv-{customer.key}-{place}",
            "account_id": customer.key,
            "kind": kind,
            "day": _day(today, min(ago, customer.started)),
            "note": note,
        }


def _stage(customer: Customer, activated: int | None) -> str:
    if is_away(customer, 1):
        return "churned"
    if activated is None or activated < 0:
        return "onboarding"
    if renewal_in(customer) <= 90:
        return "renewal"
    return "adoption" if customer.started < 180 else "value"


def _day(today: date, ago: int) -> str:
    return (today - timedelta(days=ago)).isoformat()


def _moment(today: date, ago: int) -> datetime:
    return datetime.combine(today - timedelta(days=ago), time(11, 0), UTC)
