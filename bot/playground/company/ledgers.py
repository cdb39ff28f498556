"""What the example company's customers pay: subscriptions and invoices."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from bot.playground.company.customers import CORE, SEAT_PRICES, SIGNALS_PRICES, Customer, End, Term
from metrics.money import minor_digits

Row = dict[str, str]

DUE_DAYS = 14


def subscriptions(customer: Customer, today: date) -> Iterator[Row]:
    """Each stretch of each product; a return after an end is a subscription of its own."""
    for product in sorted({term.product for term in customer.story.terms}):
        terms = sorted((t for t in customer.story.terms if t.product == product), key=lambda term: -term.ago)
        for life, (begin, end) in enumerate(_lives(customer)):
            stretch = [term for term in terms if (end.ago if end else -1) < term.ago <= begin]
            for term, following in pairwise([*stretch, None]):
                assert term is not None  # noqa: S101  # only the last of the pairs' second places is
                yield _subscription(
                    customer, term, following, end, f"{customer.key}-{product[5:].lower()}-{life}", today
                )


def monthly_amount(term: Term) -> int:
    """Minor units a month."""
    price = SEAT_PRICES[term.plan] * term.seats if term.product == CORE else SIGNALS_PRICES[term.plan]
    return price * term.percent // 100


def _lives(customer: Customer) -> Iterator[tuple[int, End | None]]:
    """Begin (days ago) and end of each stretch of being a customer."""
    begin = customer.started
    for end in customer.story.ends:
        yield begin, end
        later = [term.ago for term in customer.story.terms if term.ago < end.ago]
        if not later:
            return
        begin = max(later)
    yield begin, None


def _subscription(
    customer: Customer, term: Term, following: Term | None, end: End | None, key: str, today: date
) -> Row:
    ended = following.ago if following else end.ago if end else None
    yearly = customer.segment == "enterprise"
    amount = monthly_amount(term) * (12 if yearly else 1)
    leaves = following is None and end is not None
    return {
        "subscription_id": key,
        "account_id": customer.key,
        "product": term.product,
        "plan": term.plan,
        "quantity": str(term.seats),
        "amount": decimal_text(amount, customer.currency),
        "currency": customer.currency,
        "interval": "year" if yearly else "month",
        "started_on": _day(today, term.ago),
        "ended_on": "" if ended is None else _day(today, ended),
        "end_reason": end.reason if leaves and end else "",
        "end_detail": end.detail if leaves and end else "",
    }


def invoices(customer: Customer, today: date) -> Iterator[Row]:
    """One every 30 days of being a customer; the last `unpaid` ones failed."""
    billed = [
        ago for begin, end in _lives(customer) for ago in range(begin, end.ago if end else 0, -30) if ago >= DUE_DAYS
    ]
    for place, ago in enumerate(billed):
        failed = place >= len(billed) - customer.story.unpaid
        due = ago - DUE_DAYS
        terms = [term for term in customer.story.terms if term.ago >= ago]
        latest = {term.product: term for term in sorted(terms, key=lambda term: -term.ago)}
        amount = sum(monthly_amount(term) for term in latest.values())
        yield {
            "invoice_id": f"inv-{customer.key}-{place:03}",
            "account_id": customer.key,
            "amount": decimal_text(amount, customer.currency),
            "currency": customer.currency,
            "due_on": _day(today, due),
            "paid_on": "" if failed else _day(today, min(ago, due + 2)),
            "status": "failed" if failed else "paid",
            "attempts": "3" if failed else "1",
            "failed_on": _day(today, due) if failed else "",
        }


def decimal_text(minor: int, currency: str) -> str:
    """Money as the data contract has it: a decimal string with a point."""
    return f"{Decimal(minor).scaleb(-minor_digits(currency)):f}"


def _day(today: date, ago: int) -> str:
    return (today - timedelta(days=ago)).isoformat()
