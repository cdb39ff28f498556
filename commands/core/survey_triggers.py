"""What asks by itself: how it is set, what it asked this month, and what a form says of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from commands.core.button_values import unpacked
from commands.core.conditions import NAMED, name_in
from commands.core.errors import UserError
from commands.core.reply import Invalid
from commands.core.request import Company, Request
from metrics.triggering import FEATURE, Trigger
from metrics.triggers import all_triggers
from metrics.types import Sentence
from storage.queries.survey_asks import Progress, progress
from storage.queries.survey_occasions import Look, seen_today
from storage.queries.survey_triggers import Setting, keep_trigger, switch_off, trigger_setting, trigger_settings
from storage.queries.survey_waves import TRIGGER, waves
from storage.session import Session

DIAL: Final = "trigger_dial_{}"
OF_FEATURE: Final = "trigger_feature"
SEGMENT: Final = "trigger_segment"
"""Ids of the form's inputs; frozen."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A trigger with how it is set and what it did this month."""

    trigger: Trigger
    setting: Setting | None
    """None: nobody has changed it yet."""
    month: Progress | None
    """None: it asked nobody."""
    paused: bool = False
    """Somebody has withdrawn its survey of this month: it asks again in the next."""

    @property
    def on(self) -> bool:
        """Whether it asks."""
        return self.setting is not None and self.setting.enabled

    @property
    def segment(self) -> str | None:
        """Of whom; None: of all."""
        return None if self.setting is None else self.setting.segment

    @property
    def turned(self) -> dict[str, Any]:
        """What is not as delivered."""
        return {} if self.setting is None else dict(self.setting.dials)


def series_of(trigger: Trigger) -> str:
    """What the waves of a trigger have in common."""
    return f"{TRIGGER}{trigger.id}"


def occurrence_of(trigger: Trigger, company: Company, now: datetime) -> str:
    """The wave of a trigger in the company's month."""
    return f"{series_of(trigger)} {now.astimezone(company.zone):%Y-%m}"


def look_of(trigger: Trigger, setting: Setting, company: Company, now: datetime) -> Look:
    """What is to be looked for now."""
    return Look(
        trigger.id,
        trigger.in_force(setting.dials),
        trigger.feature(setting.dials),
        setting.segment,
        setting.since,
        setting.looked_until,
        now,
        company.zone,
    )


def standings(db: Session, company: Company, now: datetime) -> list[Standing]:
    """All triggers."""
    settings = trigger_settings(db)
    return [_standing(db, each, settings.get(each.id), company, now) for each in all_triggers().values()]


def standing_pressed(request: Request, db: Session) -> Standing:
    """The one whose button was pressed, or whose form was submitted; UserError if there is no such any more."""
    trigger = all_triggers().get(unpacked(request.text).text)
    if trigger is None:
        raise UserError(Sentence("This is no longer there."))
    return _standing(db, trigger, trigger_setting(db, trigger.id), request.company, request.now)


def switch(request: Request, db: Session, one: Standing) -> None:
    """On from now on, or off; UserError where it cannot be switched on yet."""
    if one.on:
        switch_off(db, one.trigger.id, by=request.actor.user_id)
        return
    if one.trigger.of_feature and not one.trigger.feature(one.turned):
        raise UserError(Sentence("Choose the feature first: press Tune."))
    _keep(request, db, one.trigger, one.turned, one.segment, on=True)


def tune(request: Request, db: Session, one: Standing) -> Invalid | None:
    """Keep what a submitted form says, from now on; Invalid says at which input what is wrong, None: it is kept."""
    turned, wrong = _turned(request, one)
    if wrong:
        return Invalid({name: request.t(said) for name, said in wrong.items()})
    segment = name_in(request.state.get(SEGMENT))
    if one.setting is None or (turned, segment) != (one.turned, one.segment):
        _keep(request, db, one.trigger, turned, segment, on=one.on)
    return None


def _turned(request: Request, one: Standing) -> tuple[dict[str, Any], dict[str, Sentence]]:
    """The dials that are not at their default, and what is wrong by input."""
    turned: dict[str, Any] = {}
    wrong: dict[str, Sentence] = {}
    for name, dial in one.trigger.dials.items():
        text = _text(request.state.get(DIAL.format(name)))
        days = int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else -1
        if not dial.low <= days <= dial.high:
            values = {"lowest": dial.low, "best": dial.high}
            wrong[DIAL.format(name)] = Sentence("A whole number from {lowest} to {best}, please.", values)
        elif days != dial.default:
            turned[name] = days
    if one.trigger.of_feature:
        turned[FEATURE] = _text(request.state.get(OF_FEATURE)).removeprefix(NAMED)
        if not turned[FEATURE]:
            wrong[OF_FEATURE] = Sentence("Choose a feature, please.")
    return turned, wrong


def _keep(
    request: Request, db: Session, trigger: Trigger, turned: dict[str, Any], segment: str | None, *, on: bool
) -> None:
    """As it is from now on: what happened before is not asked about."""
    now = request.now
    setting = Setting(trigger.id, on, turned, segment, request.actor.user_id, now, now, ())
    seen = seen_today(db, look_of(trigger, setting, request.company, now)) if on else []
    keep_trigger(db, setting._replace(seen=seen))


def _standing(db: Session, trigger: Trigger, setting: Setting | None, company: Company, now: datetime) -> Standing:
    occurrence = occurrence_of(trigger, company, now)
    found = next((one for one in waves(db, series=series_of(trigger)) if one.occurrence == occurrence), None)
    if found is None:
        return Standing(trigger, setting, None)
    return Standing(trigger, setting, progress(db, found.id), paused=found.state == "withdrawn")


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""
