"""What Faro has asked its customers: two quarterly NPS waves, a CSAT wave, and two that begin in a minute."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Final, NamedTuple

from sqlalchemy import Engine

from bot.playground.company.people import OUTSIDERS
from commands.core.request import Company
from commands.ui.survey_posting import start
from metrics.asking import Audience, To
from metrics.quiet_hours import NONE, quiet_hours_of
from storage.queries import survey_answers, survey_asks, survey_waves
from storage.queries.claiming import claim
from storage.queries.delivering import sent
from storage.queries.lanes import lanes
from storage.queries.saved_lists import contacts_called, save, saved_lists
from storage.queries.survey_asks import Ask
from storage.queries.survey_optouts import opt_out
from storage.queries.survey_waves import NewWave, add_wave
from storage.session import Session, transaction

OWNER: Final = "U0ANA"
EVERYBODY: Final = "In our Slack"
HELPED: Final = "Helped in autumn"
QUARTERLY: Final = "NPS this quarter"
LISTS: Final = {
    EVERYBODY: tuple(user.id for user in OUTSIDERS),
    HELPED: ("U0PAUL", "U0SIMON", "U0JORGE", "U0PYOTR"),
    QUARTERLY: ("U0PRIYA", "U0JON", "U0NURIA", "U0JORGE", "U0DARYA", "U0PYOTR", "U0PAUL", "U0ANNE"),
}
"""Who is on which saved list, by Slack user; Mindy Crane of Globex is left to be asked by whoever tries it."""
SOON: Final = timedelta(minutes=1)
_HOUR: Final = timedelta(hours=1)
_TEN: Final = time(10)


class Said(NamedTuple):
    """What somebody answered."""

    score: int | None
    """None: they want no questions."""
    after: int
    """Hours."""
    comment: str = ""


class Past(NamedTuple):
    """A wave that is over; whoever is asked and says nothing let it expire."""

    kind: str
    ago: int
    """Days."""
    whom: str
    """One of LISTS."""
    said: Mapping[str, Said]
    """By Slack user."""


PAST: Final = (
    Past(
        "nps",
        186,
        EVERYBODY,
        {
            "U0PRIYA": Said(9, 3),
            "U0NURIA": Said(8, 26),
            "U0JORGE": Said(6, 5, "Nos faltan informes en español."),
            "U0DARYA": Said(9, 2),
            "U0PAUL": Said(7, 50, "Good. Exports could be faster."),
            "U0SIMON": Said(10, 1),
            "U0ANNE": Said(7, 30),
            "U0LARS": Said(8, 20),
        },
    ),
    Past(
        "nps",
        95,
        EVERYBODY,
        {
            "U0PRIYA": Said(8, 4, "Solid. We would like more API limits."),
            "U0NURIA": Said(9, 22, "Muy útil para el equipo."),
            "U0JORGE": Said(8, 7),
            "U0DARYA": Said(10, 1, "Работает как часы."),
            "U0PYOTR": Said(6, 45, "Отчёты открываются медленно."),
            "U0PAUL": Said(9, 6, "The new exports are quick."),
            "U0SIMON": Said(9, 2),
            "U0MINDY": Said(9, 70),
            "U0ANNE": Said(None, 5),
        },
    ),
    Past(
        "csat",
        25,
        HELPED,
        {
            "U0PAUL": Said(5, 2, "Solved on the phone within the hour."),
            "U0SIMON": Said(5, 27),
            "U0JORGE": Said(2, 6, "Tardaron dos días en contestar."),
        },
    ),
)


def ask_in_the_past(engine: Engine, company: Company, now: datetime) -> None:
    """Go through the waves that are over as they went: planned, sent, answered or left to expire at their moments."""
    awake = replace(company, quiet=quiet_hours_of(NONE, NONE))  # whatever day of the week that was
    with transaction(engine) as db:
        for name, users in LISTS.items():
            people = {contact_id for found in contacts_called(db, users).values() for contact_id in found}
            save(db, name, OWNER, people, now=now - timedelta(days=PAST[0].ago))
        for past in PAST:
            _live_through(db, past, awake, now)


def ask_soon(engine: Engine, company: Company, now: datetime) -> None:
    """A quarterly NPS in direct messages and a CSAT in a shared channel, for whoever tries the bot to answer."""
    at = now + SOON
    with transaction(engine) as db:
        nps = NewWave("demo nps", "nps", _to(db, QUARTERLY), at, _name(at, company), started_by=OWNER)
        iberia = Audience(To.ACCOUNT, "globex-iberia")
        csat = NewWave("demo csat", "csat", iberia, at, _name(at, company), place="channel", started_by=OWNER)
        for new in (nps, csat):
            add_wave(db, new, now)


def _live_through(db: Session, past: Past, company: Company, now: datetime) -> None:
    at = datetime.combine(now.astimezone(company.zone).date() - timedelta(days=past.ago), _TEN, company.zone)
    occurrence = f"demo {past.kind} {past.ago}"
    new = NewWave(occurrence, past.kind, _to(db, past.whom), at, _name(at, company), started_by=OWNER)
    wave_id = add_wave(db, new, at)
    start(db, wave_id, company, at)
    for ask in _delivered(db, company, at):
        if ask.destination in past.said:
            _say(db, ask, past.said[ask.destination], company, at)
    over = at + company.surveys.expire_after + _HOUR
    survey_asks.expire(db, now=over, most=len(OUTSIDERS))
    survey_waves.finish(db, wave_id)


def _delivered(db: Session, company: Company, at: datetime) -> list[Ask]:
    """Say of everything that waits that Slack has it, at the pace that is kept; the questions of it."""
    asks: list[Ask] = []
    ways = lanes(company.surveys.an_hour)
    pace = timedelta(hours=1) / company.surveys.an_hour
    while letter := claim(db, now=at, owner="demo", lease=_HOUR, lanes=ways):
        sent(db, letter, channel_id=f"D{letter.destination[1:]}", ts=f"{at.timestamp():.6f}", now=at, pace=pace)
        ask = survey_asks.of_message(db, letter.id)
        if ask is not None:
            asks.append(ask)
        at += pace
    return asks


def _say(db: Session, ask: Ask, said: Said, company: Company, since: datetime) -> None:
    at = since + said.after * _HOUR
    asked = survey_answers.asked_of(db, ask.token, lock=True)
    if asked is None:
        raise LookupError(ask.id)
    if said.score is None:
        opt_out(db, ask.destination, ask.contact_id, now=at)
        survey_answers.decline(db, asked, now=at)
        return
    today = at.astimezone(company.zone).date()
    survey_answers.answer(db, asked, ask.destination, said.score, language=ask.language, today=today, now=at)
    if said.comment:
        survey_answers.comment(db, asked, ask.destination, said.comment, now=at)


def _to(db: Session, name: str) -> Audience:
    (found,) = (one for one in saved_lists(db) if one.name == name)
    return Audience(To.LIST, str(found.id))


def _name(at: datetime, company: Company) -> str:
    """Its month, as it is written in every language."""
    return f"{at.astimezone(company.zone):%Y-%m}"
