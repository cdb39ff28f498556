"""What CSMs, and the team, mean to reach."""

from fractions import Fraction
from typing import Final, NamedTuple

from sqlalchemy import or_, select

from storage.queries.tables import target
from storage.session import Session

TEAM: Final = "team"
"""Stands for everybody where a target names no CSM."""


class Target(NamedTuple):
    """A target for one metric: a number as people write it, 0.05 for five percent, 1250.00 for an amount."""

    metric: str
    target: Fraction
    of_team: bool


def targets_of(db: Session, period_id: str, csm_email: str | None) -> tuple[Target, ...]:
    """The targets set for a period (2026-11, 2026-Q4, 2026) in order of metric: the CSM's own, else the team's."""
    whose = or_(target.c.csm_email == (csm_email or TEAM), target.c.csm_email == TEAM)
    rows = db.execute(
        select(target.c.metric, target.c.target, target.c.csm_email).where(target.c.period == period_id, whose)
    )
    found = {(metric, email == TEAM): Target(metric, Fraction(number), email == TEAM) for metric, number, email in rows}
    names = sorted({metric for metric, _ in found})
    return tuple(found.get((name, False)) or found[name, True] for name in names)
