"""Opinions on an account: the one that counts, giving one, and what either does to the score."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from typing import Final, NamedTuple

from commands.core.errors import UserError
from commands.core.health_question import no_customer, standing
from commands.core.reply import Invalid
from commands.core.request import Request
from metrics.factors import all_factors
from metrics.health import points_of
from metrics.types import Account, HealthScore, Sentence, msg
from storage.queries.opinions import NAME_MOST, NOTE_MOST, Opinion, current, give, history, last_id, withdraw
from storage.session import Session

FACTOR: Final = "opinion"
"""The id of the factor that an opinion is."""

SCORES: Final[Mapping[str, str]] = {
    "5": msg("5 · I would bet on them"),
    "4": msg("4 · They are fine, small doubts"),
    "3": msg("3 · It could go either way"),
    "2": msg("2 · I am worried"),
    "1": msg("1 · I expect to lose them"),
}
"""What can be thought of an account, best first; 5 earns all points, 1 none."""

EARLIER_MOST: Final = 5

SCORE: Final = "opinion_score"
NOTE: Final = "opinion_note"
HOLDS: Final = "opinion_holds"
"""Ids of the form's inputs; frozen."""


class Span(NamedTuple):
    """How long an opinion holds."""

    title: str
    days: int = 0
    months: int = 0

    def after(self, day: date) -> date:
        """The first day on which what is said on `day` no longer holds; the 31st is the last day of a shorter month."""
        year, month = divmod(day.year * 12 + day.month - 1 + self.months, 12)
        last = monthrange(year, month + 1)[1]
        return date(year, month + 1, min(day.day, last)) + timedelta(days=self.days)


SPANS: Final[Mapping[str, Span]] = {
    "2w": Span(msg("2 weeks"), days=14),
    "1m": Span(msg("1 month"), months=1),
    "3m": Span(msg("3 months"), months=3),
}
USUAL_SPAN: Final = "1m"


@dataclass(frozen=True, slots=True)
class OpinionAnswer:
    """What is thought of an account today."""

    account: Account
    health: HealthScore
    present: Opinion | None
    """The one that counts."""
    earlier: tuple[Opinion, ...]
    """Those before it, newest first; EARLIER_MOST at most."""
    version: int
    """Another one after each opinion that is given: a form opened since is another form."""
    today: date
    zone: tzinfo
    before: HealthScore | None = None
    """The score before what was just done; None: nothing was."""

    def day_of(self, moment: datetime) -> date:
        """The company's day on which a moment falls."""
        return moment.astimezone(self.zone).date()


def opinion_of(request: Request, db: Session, account: Account, before: HealthScore | None = None) -> OpinionAnswer:
    """What is thought of `account` today; UserError where the company gives opinions no weight."""
    if FACTOR not in points_of(account.segment, all_factors(), request.company.health):
        raise UserError(Sentence("Opinions weigh nothing here: LATIDO_HEALTH_POINTS gives them no points."))
    present = current(db, account.id, as_of=request.today, zone=request.company.zone)
    known = history(db, account.id, now=request.now, most=EARLIER_MOST + 1)
    earlier = tuple(one for one in known if present is None or one.id != present.id)
    return OpinionAnswer(
        account=account,
        health=_health(request, db, account),
        present=present,
        earlier=earlier[:EARLIER_MOST],
        version=last_id(db, account.id),
        today=request.today,
        zone=request.company.zone,
        before=before,
    )


def opinion_in(request: Request) -> Opinion | Invalid:
    """The opinion in a submitted form; Invalid says at which input what is wrong."""
    chosen, note, span = (request.state.get(name) for name in (SCORE, NOTE, HOLDS))
    why = note.strip() if isinstance(note, str) else ""
    wrong = {}
    if not isinstance(chosen, str) or chosen not in SCORES:
        wrong[SCORE] = request.t("Choose one of these, please.")
    if len(why) > NOTE_MOST:
        wrong[NOTE] = request.t("At most {count} characters, please.", count=NOTE_MOST)
    if not isinstance(span, str) or span not in SPANS:
        wrong[HOLDS] = request.t("Choose one of these, please.")
    if wrong:
        return Invalid(wrong)
    return Opinion(
        author=request.actor.user_id,
        author_name=(request.actor.name or request.actor.email or request.actor.user_id)[:NAME_MOST],
        score=int(str(chosen)),
        note=why or None,
        given_at=request.now,
        expires_on=SPANS[str(span)].after(request.today),
    )


def give_opinion(request: Request, db: Session, account: Account, opinion: Opinion) -> OpinionAnswer:
    """Store an opinion; the answer has the score before it and with it."""
    before = _health(request, db, account)
    give(db, account.id, opinion)
    return opinion_of(request, db, account, before)


def withdraw_opinion(request: Request, db: Session, account: Account, opinion_id: int) -> OpinionAnswer:
    """Take an opinion back; what was taken back before stays so."""
    before = _health(request, db, account)
    withdraw(db, account.id, opinion_id, now=request.now)
    return opinion_of(request, db, account, before)


def _health(request: Request, db: Session, account: Account) -> HealthScore:
    """The account's score as it is at this moment; UserError for one that is no customer any more."""
    now = standing(request, db, account)
    if now.gone_since is not None:
        raise no_customer(account, now.gone_since)
    return now.health
