"""Three customers' answers to surveys, small enough to do the sums by hand; today is 23 November 2026.

October: NPS 9, 9, 10, 10 and 3, 6; CSAT 5, 4, 3, 1; CES 5, 5, 4, 3, 2. September: one NPS of 9.
"""

from datetime import UTC, date, datetime

from storage.session import Session
from tests.commands.asking import NOW
from tests.storage.queries import rows

ANSWERS = (
    ("ana", "nps", 8, "2026-10-02", "Not bad"),
    ("ana", "nps", 3, "2026-10-12", "Too *slow*"),
    ("ann", "nps", 9, "2026-10-13", None),
    ("bob", "nps", 6, "2026-10-14", None),
    ("", "nps", 10, "2026-10-15", None),
    ("gus", "nps", 9, "2026-10-16", "Great"),
    ("gil", "nps", 10, "2026-10-17", None),
    ("ana", "nps", 9, "2026-09-10", None),
    ("ana", "csat", 1, "2026-10-20", "Awful"),
    ("bob", "csat", 5, "2026-10-20", None),
    ("gus", "csat", 4, "2026-10-20", None),
    ("gil", "csat", 3, "2026-10-20", "So so"),
    ("ana", "ces", 3, "2026-10-21", None),
    ("ann", "ces", 5, "2026-10-21", None),
    ("bob", "ces", 2, "2026-10-21", "Many clicks"),
    ("gus", "ces", 5, "2026-10-21", None),
    ("gil", "ces", 4, "2026-10-21", None),
)
"""Who (nobody: ""), what, which score, when and in which words."""


def fill(db: Session, kinds: tuple[str, ...] = ("nps", "csat", "ces")) -> Session:
    """The answers of these kinds, with their accounts."""
    accounts = {"A": ("Acme", "smb", 120_000), "B": ("Beta", "smb", 30_000), "G": ("Gamma", "enterprise", 500_000)}
    ids = {}
    for letter, (name, segment, amount) in accounts.items():
        ids[letter] = rows.account(db, name, segment=segment, csm_email="ana@example.com")
        rows.subscribe(db, ids[letter], rows.paid(date(2025, 1, 1), amount=amount))
    people = {
        name: (ids[name[0].upper()], rows.contact(db, ids[name[0].upper()], name.title()))
        for name in ("ana", "ann", "bob", "gus", "gil")
    }
    people[""] = (ids["B"], 0)
    for number, (who, kind, score, day, comment) in enumerate(ANSWERS):
        if kind in kinds:
            account, contact = people[who]
            rows.add(
                db,
                "survey_response",
                key=f"r-{number}",
                account_id=account,
                contact_id=contact or None,
                kind=kind,
                score=score,
                comment=comment,
                responded_at=datetime.fromisoformat(day).replace(hour=12, tzinfo=UTC),
            )
    rows.add(db, "data_load", entity="survey_responses", loaded_at=NOW)
    return db
