"""Which survey answers count: those that nobody has voided, of kinds that have a scale."""

from typing import Final

from sqlalchemy import and_, or_

from storage.queries.tables import survey_response

_s = survey_response.c

NOT_VOID: Final = _s.voided_at.is_(None)
"""A test or spam is as if it had never been given."""
COUNTED: Final = and_(NOT_VOID, _s.score.is_not(None))
"""Answers that figures are made of: a choice (why somebody leaves) has no score."""
RATED: Final = and_(COUNTED, or_(*(_s.kind == kind for kind in ("nps", "csat", "ces"))))
"""Answers of the kinds that the mood of an account is read from: their scales can be compared."""
