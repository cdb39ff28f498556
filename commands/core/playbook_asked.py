"""What the buttons and forms about playbooks carry, and what their inputs say."""

from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from commands.core.access import account_known
from commands.core.button_values import packed, unpacked
from commands.core.errors import UserError
from commands.core.playbook_question import Entry, entries
from commands.core.playbook_work import GONE, NOTE_MOST
from commands.core.reply import Invalid
from commands.core.request import Request
from metrics.checklists import TITLE_MOST, Misread, Playbook, steps_of
from metrics.rules import all_rules
from metrics.types import Account, Sentence
from storage.queries import alerts
from storage.queries.alerts import Alert, Outcome
from storage.session import Session

PLAYBOOK: Final = "playbook"
OWNER: Final = "owner"
WHERE: Final = "where"
HERE: Final = "here"
DIRECT: Final = "direct"
OUTCOME: Final = "outcome"
NOTE: Final = "note"
TITLE: Final = "title"
SIGNALS: Final = "signals"
STEPS: Final = "steps"
"""Ids of the forms' inputs, and what some of them say."""

NEW: Final = "new"
"""Stands for the playbook that is being written."""
_NOWHERE: Final = "-"
_GONE_ALERT = Sentence("This alert is no longer there.")


class Target(NamedTuple):
    """What a playbook is to be begun for."""

    account: Account
    alert: Alert | None = None
    channel: str = ""
    """Where it was asked for; empty in direct messages and modals."""

    def __str__(self) -> str:
        kind, key = ("account", self.account.key) if self.alert is None else ("alert", str(self.alert.id))
        return packed(f"{kind} {self.channel or _NOWHERE} {key}")


def target_of(request: Request, db: Session) -> Target:
    """What the pressed button or the submitted form is about: an alert by its number, or an account.

    UserError if it is gone.
    """
    text = request.text if request.text.isdecimal() else unpacked(request.text).text
    if text.isdecimal():
        return _alert(request, db, text, _here(request))
    kind, channel, key = (*text.split(" ", 2), "", "")[:3]
    channel = "" if channel == _NOWHERE else channel
    if kind == "alert":
        return _alert(request, db, key, channel)
    return Target(account_known(request, db, key), None, channel or _here(request))


def _here(request: Request) -> str:
    return "" if request.audience.direct else request.audience.channel_id


def _alert(request: Request, db: Session, number: str, channel: str) -> Target:
    alert = alerts.by_id(db, int(number)) if number.isdecimal() and len(number) <= 9 else None
    if alert is None:
        raise UserError(_GONE_ALERT)
    return Target(account_known(request, db, alert.account_key), alert, channel)


def entry_known(db: Session, playbook_id: str) -> Entry:
    """The playbook that a button or form stands for; UserError if it is gone."""
    found = entries(db).get(playbook_id)
    if found is None:
        raise UserError(GONE)
    return found


def run_id_of(text: str) -> int:
    """The run that a button or a row stands for; UserError for one made up."""
    if not text.isdecimal() or len(text) > 9:
        raise UserError(GONE)
    return int(text)


class Ending(NamedTuple):
    """What the form about the end says."""

    outcome: Outcome
    note: str | None


def ending_of(request: Request) -> Ending | Invalid:
    """How it ended, as the form says."""
    chosen, written = request.state.get(OUTCOME), request.state.get(NOTE)
    if not isinstance(chosen, str) or chosen not in set(Outcome):
        return Invalid({OUTCOME: request.t("Choose one of these, please.")})
    note = written.strip() if isinstance(written, str) else ""
    if len(note) > NOTE_MOST:
        return Invalid({NOTE: request.t("At most {most} characters, please.", most=NOTE_MOST)})
    return Ending(Outcome(chosen), note or None)


@dataclass(frozen=True, slots=True)
class Edited:
    """What the form about a playbook says."""

    entry: Entry | None
    """The one that is changed; None: a new one."""
    playbook: Playbook
    """Its id is empty for a new one."""

    def named(self, playbook_id: str) -> Playbook:
        """The playbook with its id."""
        return replace(self.playbook, id=playbook_id)


def edited_of(request: Request, db: Session) -> Edited | Invalid:
    """The playbook as the form says; Invalid where a line is no step, or somebody changed it meanwhile."""
    playbook_id, _, stamp = unpacked(request.text).text.partition(" ")
    entry = None if playbook_id == NEW else entry_known(db, playbook_id)
    wrong = {}
    if entry is not None and entry.stamp != stamp:
        wrong[TITLE] = request.t("Somebody has changed this playbook meanwhile. Close this form and open it again.")
    title = " ".join(str(request.state.get(TITLE) or "").split())
    if not title or len(title) > TITLE_MOST:
        wrong[TITLE] = request.t("From 1 to {most} characters, please.", most=TITLE_MOST)
    steps = steps_of(str(request.state.get(STEPS) or ""))
    if isinstance(steps, Misread):
        wrong[STEPS] = _misread(request, steps)
        steps = ()
    if wrong:
        return Invalid(wrong)
    return Edited(entry, Playbook("" if entry is None else playbook_id, title, _signals(request), steps))


def _signals(request: Request) -> tuple[str, ...]:
    chosen = request.state.get(SIGNALS) or ()
    return tuple(rule for rule in all_rules() if rule in chosen)


def _misread(request: Request, wrong: Misread) -> str:
    if not wrong.line:
        return request.t(wrong.what)
    return request.t("Line {line}: {what}", line=wrong.line, what=wrong.what)
