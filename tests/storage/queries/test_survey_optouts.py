from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from storage.queries.survey_optouts import opt_in, opt_out
from storage.queries.tables import survey_optout
from storage.session import Session

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


def test_a_no_holds_from_its_first_moment_until_it_is_taken_back(db: Session) -> None:
    opt_out(db, "U1", None, now=NOW)
    opt_out(db, "U1", None, now=NOW + timedelta(days=3))
    opt_out(db, "U2", None, now=NOW)
    said = select(survey_optout.c.user_id, survey_optout.c.said_at).order_by(survey_optout.c.user_id)
    assert db.execute(said).all() == [("U1", NOW), ("U2", NOW)]
    opt_in(db, "U1")
    assert db.execute(said).all() == [("U2", NOW)]
