"""Which answers a line of the routing of comments is for."""

import pytest

from storage.queries.verbatim_routes import VerbatimRoute, add, change, remove, verbatim_routes
from storage.session import Session

EVERY = VerbatimRoute("C0CS", None, None, None, None, "U1")


@pytest.mark.parametrize(
    ("route", "score", "segment", "fits"),
    [
        (EVERY, 3, None, True),
        (EVERY, None, None, True),
        (EVERY._replace(kind="nps"), 3, None, True),
        (EVERY._replace(kind="csat"), 3, None, False),
        (EVERY._replace(highest=3), 3, None, True),
        (EVERY._replace(highest=2), 3, None, False),
        (EVERY._replace(lowest=3), 3, None, True),
        (EVERY._replace(lowest=4), 3, None, False),
        (EVERY._replace(lowest=0), None, None, False),
        (EVERY._replace(segment="SMB"), 3, "smb", True),
        (EVERY._replace(segment="SMB"), 3, None, False),
    ],
)
def test_every_condition_must_hold(route: VerbatimRoute, score: int | None, segment: str | None, fits: bool) -> None:
    assert route.fits("nps", score, segment) is fits


def test_lines_are_kept_changed_and_removed(db: Session) -> None:
    number = add(db, EVERY)
    changed = EVERY._replace(kind="nps", id=number)
    assert change(db, changed)
    assert verbatim_routes(db) == (changed,)
    assert remove(db, number)
    assert not remove(db, number)
    assert not change(db, changed)
