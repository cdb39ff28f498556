"""What the example company does itself: leads, campaigns, costs, targets; and what its currencies are worth."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random

from bot.playground.company.customers import Customer
from bot.playground.company.people import CSMS

Row = dict[str, str]

DAYS = 730
_RATES_FOR = 1600
"""Days for which exchange rates are known: longer than anybody has been a customer."""
_SOURCES = ("search", "webinar", "referral", "review site", "event")
_CONTENTS = ("pricing guide", "health score template", "churn calculator", "case study")


def fx_rates(random: Random, today: date) -> Iterator[Row]:
    """Weekly rates that wander."""
    worth = {"EUR": 108_000, "GBP": 126_000}
    for ago in range(_RATES_FOR, -1, -7):
        for currency in worth:
            worth[currency] += random.randint(-700, 700)
            rate = worth[currency]
            day = (today - timedelta(days=ago)).isoformat()
            yield {"currency": currency, "day": day, "rate": f"{rate // 100_000}.{rate % 100_000:05}"}


def leads(customers: Sequence[Customer], random: Random, today: date) -> Iterator[Row]:
    """The leads that became customers, and three times as many that did not."""
    for customer in customers:
        created = customer.started + random.randint(10, 50)
        yield _lead(random, f"lead-{customer.key}", today, created, customer)
    for place in range(3 * len(customers)):
        yield _lead(random, f"lead-{place:04}", today, random.randint(1, DAYS), None)


def _lead(random: Random, key: str, today: date, created: int, customer: Customer | None) -> Row:
    mql = created - random.randint(1, 6) if customer or random.random() < 0.5 else None
    sql = mql - random.randint(1, 6) if mql is not None and (customer or random.random() < 0.4) else None
    return {
        "lead_id": key,
        "created_on": _day(today, created),
        "source": random.choice(_SOURCES),
        "content": random.choice(_CONTENTS),
        "mql_on": "" if mql is None or mql < 0 else _day(today, mql),
        "sql_on": "" if sql is None or sql < 0 else _day(today, sql),
        "converted_on": _day(today, customer.started) if customer else "",
        "account_id": customer.key if customer else "",
    }


def campaigns(customers: Sequence[Customer], random: Random, today: date) -> Iterator[Row]:
    """A newsletter every four weeks, an account a row."""
    for number, ago in enumerate(range(7, 365, 28)):
        for customer in customers:
            if customer.started < ago:
                continue
            sent = len(customer.people) + 2
            opened = sum(random.random() < 0.45 * min(1.0, customer.story.activity(ago) + 0.2) for _ in range(sent))
            yield {
                "campaign_id": f"newsletter-{number:02}",
                "day": _day(today, ago),
                "account_id": customer.key,
                "name": "What is new in Faro",
                "kind": "newsletter",
                "sent": str(sent),
                "opened": str(opened),
                "clicked": str(sum(random.random() < 0.3 for _ in range(opened))),
            }


def costs(today: date) -> Iterator[Row]:
    """What keeping customers costs, on the first of each month."""
    amounts = {"people": "14500.00", "tools": "1200.00", "programme": "1800.00"}
    for day in _firsts(today, 24):
        for category, amount in amounts.items():
            key = f"cost-{day:%Y-%m}-{category}"
            yield {
                "cost_id": key,
                "day": day.isoformat(),
                "category": category,
                "amount": amount,
                "currency": "USD",
                "account_id": "",
            }


def targets(today: date) -> Iterator[Row]:
    """For the team and each CSM, the running and the last month."""
    for first in _firsts(today, 2):
        period = f"{first:%Y-%m}"
        for who in ("team", *CSMS):
            yield {"csm_email": who, "metric": "logo_churn", "period": period, "target": "0.02"}
            yield {"csm_email": who, "metric": "nrr", "period": period, "target": "1.01"}


def _firsts(today: date, months: int) -> list[date]:
    """The first day of this month and of those before it."""
    month = today.year * 12 + today.month - 1
    return [date((month - back) // 12, (month - back) % 12 + 1, 1) for back in range(months)]


def _day(today: date, ago: int) -> str:
    return (today - timedelta(days=ago)).isoformat()
