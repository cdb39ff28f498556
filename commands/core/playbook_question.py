"""Playbooks as they are offered: those that come with Latido, changed and added to by the company."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from commands.core.request import Translator
from metrics.checklists import Playbook, Step
from metrics.judging import Signal
from metrics.playbooks import all_playbooks
from metrics.rules import all_rules
from storage.queries.playbook_runs import Tally, tallies
from storage.queries.playbooks import Kept, kept
from storage.session import Session


@dataclass(frozen=True, slots=True)
class Entry:
    """One playbook, in the words in force."""

    playbook: Playbook
    kept: Kept | None = None
    """What the company wrote; None: as declared."""
    declared: bool = True
    """One of this id comes with Latido, so that it can be restored."""
    tally: Tally = field(default_factory=Tally)

    @property
    def removed(self) -> bool:
        """It is not offered any more."""
        return self.kept is not None and self.kept.removed

    @property
    def stamp(self) -> str:
        """Another one after each change: a form that was opened before it is out of date."""
        return "0" if self.kept is None else str(int(self.kept.edited_at.timestamp() * 1000))

    @property
    def expansion(self) -> bool:
        """It is for reasons to offer more, not for risks."""
        rules = [all_rules()[rule] for rule in self.playbook.rules if rule in all_rules()]
        return bool(rules) and all(rule.signal is Signal.EXPANSION for rule in rules)

    def told(self, t: Translator) -> Playbook:
        """The playbook in the reader's words; the company's own stands as it was written."""
        if self.kept is not None:
            return self.playbook
        steps = tuple(Step(t(step.text), step.days) for step in self.playbook.steps)
        return replace(self.playbook, title=t(self.playbook.title), steps=steps)


def entries(db: Session) -> dict[str, Entry]:
    """Every playbook by its id, removed ones too: those that come with Latido, then the company's own."""
    declared, own, used = all_playbooks(), kept(db), tallies(db)
    ids = [*declared, *sorted(set(own) - set(declared), key=lambda id_: own[id_].edited_at)]
    return {id_: _entry(id_, declared, own.get(id_), used.get(id_, Tally())) for id_ in ids}


def _entry(id_: str, declared: Mapping[str, Playbook], own: Kept | None, tally: Tally) -> Entry:
    return Entry(declared[id_] if own is None else own.playbook, own, id_ in declared, tally)


def rules_with_playbook(db: Session) -> frozenset[str]:
    """The rules that some playbook is offered for."""
    own = kept(db)
    inherited = (one for id_, one in all_playbooks().items() if id_ not in own)
    written = (one.playbook for one in own.values() if not one.removed)
    return frozenset(rule for one in (*inherited, *written) for rule in one.rules)


def offered(found: Iterable[Entry]) -> list[Entry]:
    """Those that have not been removed."""
    return [entry for entry in found if not entry.removed]


def fitting(found: Iterable[Entry], rules: Iterable[str]) -> list[Entry]:
    """Those that are offered for any of the rules; all that are offered where none fits."""
    wanted, there = set(rules), offered(found)
    return [entry for entry in there if wanted & set(entry.playbook.rules)] or there
