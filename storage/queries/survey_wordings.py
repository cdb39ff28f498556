"""The usual questions in the company's own words, where it has any."""

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite

from storage.queries.tables import survey_wording
from storage.session import Session

_c = survey_wording.c


def wordings(db: Session, kind: str) -> dict[str, str]:
    """The question of a kind by language; languages in which it is the one that comes with Latido are left out."""
    rows = db.execute(select(_c.language, _c.question).where(_c.kind == kind).order_by(_c.language))
    return {language: question for language, question in rows}  # noqa: C416 - rows are no pairs


def reword(db: Session, kind: str, language: str, question: str) -> None:
    """From now on the question of a kind is this one in the language; empty: again the one that comes with Latido."""
    if not question.strip():
        db.execute(delete(survey_wording).where(_c.kind == kind, _c.language == language))
        return
    insert = postgresql.insert if db.get_bind().dialect.name == "postgresql" else sqlite.insert
    row = insert(survey_wording).values(kind=kind, language=language, question=question.strip())
    keys = [_c.kind, _c.language]
    db.execute(row.on_conflict_do_update(index_elements=keys, set_={"question": question.strip()}))
