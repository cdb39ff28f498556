"""Why somebody was asked or not, and whether they would be today."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from commands.core.request import Company
from metrics.asking import Candidate, Decision, decide
from metrics.surveys import all_surveys
from storage.errors import NotFound
from storage.queries.survey_candidates import candidates_of
from storage.queries.survey_decisions import Told, decisions_about
from storage.session import Session


class Why(NamedTuple):
    """One contact, and all that is known about asking them."""

    who: Candidate
    today: Mapping[str, Decision | None]
    """By kind why they would not be asked now; None: they might be."""
    past: list[Told]
    """What was decided, the latest first."""


def why(db: Session, contact_id: int, company: Company, now: datetime) -> Why:
    """What is known about asking a contact at the aware moment; NotFound where there is no such contact."""
    today: dict[str, Decision | None] = {}
    who: Candidate | None = None
    for kind in all_surveys():
        found = candidates_of(db, [contact_id], kind=kind, now=now, zone=company.zone)
        if not found:
            raise NotFound(f"no contact has the id {contact_id}")
        who = who or found[0]
        today[kind] = decide(found[0], company.surveys, kind, now)
    assert who is not None  # noqa: S101 - there are kinds
    return Why(who, today, decisions_about(db, contact_id))
