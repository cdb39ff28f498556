"""/latido queue shows what is stuck, and settles it once."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from commands.core.posted import written
from commands.core.reply import Reply
from commands.core.request import Role
from commands.queue import COMMAND
from commands.ui.blocks import check
from commands.ui.text import LOCALES
from storage.queries.claiming import claim, settle_hopeless
from storage.queries.delivering import broken
from storage.queries.outbox import Draft, put
from storage.queries.tables import destination, outbox
from storage.session import Session
from tests.commands.asking import NOW, ask
from tests.commands.pressing import labels, press, reply

SECRET = "Acme pays EUR 400"
NO_LOOKING = "I may not look whether it arrived: a permission to read there is missing"
ADMIN = ask(role=Role.ADMIN)


def message(db: Session, name: str, place: str = "C0CS", **values: Any) -> int:
    given = {"thread_of": values.pop("thread_of", None), "due_at": values.pop("due_at", NOW)}
    outbox_id = put(db, Draft("alert", name, place, written(Reply(SECRET)), **given), now=NOW)
    if values:
        db.execute(update(outbox).where(outbox.c.id == outbox_id).values(values))
    return outbox_id


def in_doubt(db: Session, name: str = "lost", **values: Any) -> int:
    doubt: dict[str, Any] = {"state": "unknown", "settled_at": NOW, "error": "missing_scope", "attempts": 1}
    return message(db, name, **(doubt | values))


def break_it(db: Session, place: str = "C0OLD", code: str = "is_archived") -> None:
    letter = claim(db, now=NOW, owner="p", lease=timedelta(minutes=2))
    assert letter is not None
    assert letter.destination == place
    broken(db, letter, code, now=NOW)


def shown(db: Session) -> Reply:
    given = reply(COMMAND.run(ADMIN, db))
    assert check(given.blocks) == []
    return given


def state(db: Session, outbox_id: int) -> tuple[str, str | None]:
    found, error = db.execute(select(outbox.c.state, outbox.c.error).where(outbox.c.id == outbox_id)).one()
    return found, error


def test_it_is_for_admins_only() -> None:
    assert {COMMAND.least_role, *(action.least_role for action in COMMAND.actions)} == {Role.ADMIN}


def test_with_nothing_in_it_all_is_well(db: Session) -> None:
    assert shown(db).text == "All is well: nothing waits"
    assert labels(shown(db).blocks) == []


def test_what_waits_is_told_with_its_purpose_place_and_moment_never_with_what_it_says(db: Session) -> None:
    message(db, "one")
    message(db, "two", "U0ANA", due_at=NOW + timedelta(hours=1), error="ratelimited")
    given = shown(db)
    assert given.text.splitlines() == [
        "All is well: what waits is sent as its time comes",
        "2 messages wait",
        "⚪ Alert to <#C0CS>, 23 Nov 2026, 09:30",
        "⚪ Alert to <@U0ANA>, 23 Nov 2026, 10:30",
        "Slack wants me to wait",
    ]
    assert "Acme" not in str(given)
    assert labels(given.blocks) == ["Drop", "Drop"]


def test_a_broken_destination_comes_first_and_is_tried_again(db: Session) -> None:
    message(db, "one", "C0OLD")
    message(db, "two", "C0OLD")
    break_it(db)
    given = shown(db)
    assert given.text.splitlines()[:4] == [
        "1 destination is broken",
        "2 messages wait",
        "🔴 <#C0OLD>: the channel is archived · since 23 Nov 2026, 09:30 · 2 messages wait",
        "Unarchive it and invite me again, or have these messages sent elsewhere.",
    ]
    answered = reply(press(COMMAND, given, "queue.retry", ADMIN, db))
    assert answered.replace
    assert answered.text.startswith("I try again now.")
    assert db.execute(select(destination.c.broken_since)).scalar_one() is None
    again = reply(press(COMMAND, given, "queue.retry", ADMIN, db))
    assert again.text.startswith("That has been settled meanwhile.")


def test_what_waits_for_a_broken_destination_can_be_dropped(db: Session) -> None:
    one, two = message(db, "one", "C0OLD"), message(db, "elsewhere")
    break_it(db)
    answered = reply(press(COMMAND, shown(db), "queue.clear", ADMIN, db))
    assert answered.text.startswith("1 message dropped.")
    assert (state(db, one)[0], state(db, two)[0]) == ("failed", "pending")
    assert "failed in 7 days" not in answered.text  # an admin wanted it so


@pytest.mark.parametrize(
    ("action", "said", "then"),
    [
        ("queue.there", "Noted: it is there.", ("sent", None)),
        ("queue.send", "I send it now.", ("pending", None)),
        ("queue.drop", "It is not sent any more.", ("failed", "dropped")),
    ],
)
def test_a_message_in_doubt_is_settled_once(db: Session, action: str, said: str, then: tuple[str, str | None]) -> None:
    lost = in_doubt(db)
    given = shown(db)
    assert given.text.splitlines() == [
        "1 message may not have arrived",
        "1 in doubt",
        "🟡 Alert to <#C0CS>, 23 Nov 2026, 09:30",
        f"Slack did not confirm it. Please look whether it is there · {NO_LOOKING}",
    ]
    assert reply(press(COMMAND, given, action, ADMIN, db)).text.startswith(said)
    assert state(db, lost) == then
    for other in ("queue.there", "queue.send"):
        assert reply(press(COMMAND, given, other, ADMIN, db)).text.startswith("That has been settled meanwhile.")
    assert state(db, lost) == then


def test_what_i_am_still_looking_for_cannot_be_settled(db: Session) -> None:
    in_doubt(db, settled_at=None, lease_until=NOW, error="URLError")
    given = shown(db)
    assert given.text.splitlines()[-1] == "Slack did not confirm it: I am looking for it"
    assert labels(given.blocks) == []


def test_what_belongs_to_a_message_is_sent_with_it_after_all(db: Session) -> None:
    lost = in_doubt(db)
    below = message(db, "below", thread_of=lost)
    settle_hopeless(db, now=NOW)
    assert state(db, below) == ("failed", "parent_not_sent")
    press(COMMAND, shown(db), "queue.send", ADMIN, db)
    assert (state(db, lost)[0], state(db, below)[0]) == ("pending", "pending")


def test_under_a_message_that_somebody_has_seen_nothing_is_put(db: Session) -> None:
    """Where it stands is not known: what belongs under it would stand beside it."""
    lost = in_doubt(db)
    below = message(db, "below", thread_of=lost)
    press(COMMAND, shown(db), "queue.there", ADMIN, db)
    assert claim(db, now=NOW, owner="p", lease=timedelta(minutes=2)) is None
    assert state(db, below) == ("failed", "parent_not_sent")


def test_what_is_being_sent_is_not_dropped(db: Session) -> None:
    sending = message(db, "one")
    given = shown(db)
    claim(db, now=NOW, owner="p", lease=timedelta(minutes=2))
    assert reply(press(COMMAND, given, "queue.drop", ADMIN, db)).text.startswith("That has been settled meanwhile.")
    assert state(db, sending)[0] == "sending"
    assert shown(db).text.splitlines()[-1] == "is being sent"
    assert labels(shown(db).blocks) == []


def test_what_failed_in_seven_days_is_told_with_the_reason(db: Session) -> None:
    week = timedelta(days=7)
    message(db, "stale", state="failed", error="expired", settled_at=NOW)
    message(db, "odd", state="failed", error="no_text", settled_at=NOW - timedelta(days=1))
    message(db, "old", state="failed", error="expired", settled_at=NOW - week - timedelta(hours=1))
    assert shown(db).text.splitlines() == [
        "2 messages were not sent",
        "2 failed in 7 days",
        "⚫ Alert to <#C0CS>, 23 Nov 2026, 09:30",
        "its time had passed before it could be sent",
        "⚫ Alert to <#C0CS>, 23 Nov 2026, 09:30",
        "Slack says `no_text`",
    ]


def test_a_long_queue_is_paged_over_all_its_kinds(db: Session) -> None:
    for number in range(7):
        in_doubt(db, f"lost {number}")
    for number in range(8):
        message(db, f"waits {number}", "C0TWO")
    first = shown(db)
    second = reply(press(COMMAND, first, "queue.page", ADMIN, db))
    assert [first.text.count(sign) for sign in "🟡⚪"] == [7, 3]
    assert [second.text.count(sign) for sign in "🟡⚪"] == [0, 5]
    assert labels(first.blocks)[-1:] == ["More"]
    assert labels(second.blocks)[-1:] == ["Back"]
    assert check(second.blocks) == []
    assert second.replace
    assert reply(press(COMMAND, second, "queue.page", ADMIN, db)).text == first.text


@pytest.mark.parametrize("locale", LOCALES)
def test_the_longest_page_fits_in_every_language(db: Session, locale: str) -> None:
    for number in range(12):
        in_doubt(db, f"lost {number}")
    given = reply(COMMAND.run(ask(role=Role.ADMIN, locale=locale), db))
    assert check(given.blocks) == []
