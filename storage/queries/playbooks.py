"""Playbooks as the company has written them in Slack, beside or in the place of those that come with Latido."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite

from metrics.checklists import Playbook, Step
from storage.queries.tables import playbook
from storage.session import Session

_c = playbook.c
_OWN = re.compile(r"own_(\d{1,6})")


class Kept(NamedTuple):
    """A playbook of the company's own, or its words in the place of a declared one."""

    playbook: Playbook
    edited_by: str
    """A Slack user."""
    edited_at: datetime
    removed: bool
    """It is not offered any more."""


def kept(db: Session) -> dict[str, Kept]:
    """Every playbook that was written or changed in Slack, by its id."""
    rows = db.execute(select(_c.id, _c.title, _c.rule_ids, _c.steps, _c.edited_by, _c.edited_at, _c.removed))
    return {
        row.id: Kept(
            Playbook(row.id, row.title, tuple(row.rule_ids), tuple(_step(one) for one in row.steps)),
            row.edited_by,
            row.edited_at,
            row.removed,
        )
        for row in rows.all()
    }


def keep(db: Session, changed: Playbook, *, by: str, now: datetime, removed: bool = False) -> None:
    """Write a playbook, or write it anew."""
    row: dict[str, Any] = {
        "title": changed.title,
        "rule_ids": list(changed.rules),
        "steps": [step._asdict() for step in changed.steps],
        "edited_by": by,
        "edited_at": now,
        "removed": removed,
    }
    insert = postgresql.insert if db.get_bind().dialect.name == "postgresql" else sqlite.insert
    db.execute(insert(playbook).values(id=changed.id, **row).on_conflict_do_update(index_elements=[_c.id], set_=row))


def forget(db: Session, playbook_id: str) -> None:
    """Drop what the company wrote under this id; a declared playbook is what it was."""
    db.execute(delete(playbook).where(_c.id == playbook_id))


def free_id(db: Session) -> str:
    """An id for a playbook of the company's own that no other one has: "own_1" and so on."""
    ids = db.execute(select(_c.id).where(_c.id.startswith("own", autoescape=True))).scalars()
    taken = [int(found[1]) for found in map(_OWN.fullmatch, ids) if found]
    return f"own_{max(taken, default=0) + 1}"


def _step(plain: Mapping[str, Any]) -> Step:
    return Step(plain["text"], plain["days"])
