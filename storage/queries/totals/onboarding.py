"""Accounts and users on their way to using the product: who started, who got there, who is still on it."""

from sqlalchemy import case, func, select

from metrics.facts import OnboardingTotals
from storage.queries.books import accounts_of
from storage.queries.onboarding import completed, under_way
from storage.queries.tables import account, contact
from storage.queries.totals import Scope, Totals
from storage.session import Session

_a, _c = account.c, contact.c


def load(db: Session, scope: Scope) -> OnboardingTotals:
    """The onboardings of the book's accounts in the period; those under way at the end of its last day."""
    period = scope.period
    accounts = accounts_of(db, scope.book)
    of_account = () if accounts is None else (_a.id.in_(accounts),)
    of_contact = () if accounts is None else (_c.account_id.in_(accounts),)
    started, activated = db.execute(
        select(func.count(), func.count(case((_c.activated_on < period.end, 1)))).where(
            _c.started_on >= period.start, _c.started_on < period.end, *of_contact
        )
    ).one()
    finished = db.execute(
        select(_a.onboarding_started_on, _a.activated_on).where(completed(period.start, period.end), *of_account)
    )
    now = under_way(db, scope.book, period.last, scope.definitions)
    begun = select(_a.id).where(_a.onboarding_started_on < period.end, *of_account).limit(1)
    return OnboardingTotals(
        users_started=started,
        users_activated=activated,
        days=tuple(sorted((activated_on - started_on).days for started_on, activated_on in finished)),
        in_progress=now.in_progress,
        stalled=now.stalled,
        known=db.execute(begun).first() is not None,
    )


TOTALS = Totals(id="onboarding", facts=OnboardingTotals, load=load, rests_on=("account", "contact"), in_money=False)
