"""Comments flow to the channels that read them, and change there as the answer does; on both databases."""

from dataclasses import replace
from datetime import UTC, date, datetime

from sqlalchemy import update

from commands.ui.verbatim_posting import flow
from storage.queries.tables import outbox, survey_response
from storage.queries.verbatim_routes import VerbatimRoute, add
from storage.session import Session
from tests.commands.alerted import COMPANY, NOW, Posted, alive, known, posted
from tests.storage.queries import rows

EVERY = VerbatimRoute("C0ALL", None, None, None, None, "U0ADA")
LOW = EVERY._replace(channel_id="C0LOW", kind="nps", highest=6)
NIGHT = datetime(2026, 11, 23, 22, 0, tzinfo=UTC)
LATER, LATEST = (datetime(2026, 11, 23, 9, minute, tzinfo=UTC) for minute in (40, 50))


def answered(db: Session, score: int = 3, comment: str | None = "Too slow", segment: str | None = None) -> int:
    account_id = rows.account(db, "Acme", segment=segment, csm_email="ana@example.com")
    ana = rows.contact(db, account_id, "Maria")
    values = {"account_id": account_id, "contact_id": ana, "kind": "nps", "responded_at": NOW}
    return rows.add(db, "survey_response", key=f"r-{account_id}", score=score, comment=comment, **values)


def now_says(db: Session, answer: int, **values: object) -> None:
    db.execute(update(survey_response).where(survey_response.c.id == answer).values(**values))


def say(db: Session, answer: int, now: datetime = NOW) -> int:
    return flow(db, answer, company=COMPANY, now=now)


def sent(db: Session) -> None:
    values = {"state": "sent", "channel_id": "C0ALL", "ts": "1.0", "attempts": 1}
    db.execute(update(outbox).where(outbox.c.state == "pending").values(values))


def last(db: Session) -> Posted:
    return posted(db)[-1]


def test_a_comment_goes_once_to_each_channel_that_wants_it(db: Session) -> None:
    known(db)
    for route in (EVERY, EVERY._replace(kind="nps"), LOW, EVERY._replace(channel_id="C0SMB", segment="SMB")):
        add(db, route)
    answer = answered(db)
    assert say(db, answer) == 2
    assert {one.destination for one in posted(db)} == {"C0ALL", "C0LOW"}
    assert posted(db)[0].text == "🔴 Acme · Maria · NPS 3 of 10\n“Too slow”\nMRR $0 · CSM Ana Ruiz"
    assert say(db, answer) == 0
    assert say(db, answered(db, 9)) == 1
    assert say(db, answered(db, 9, segment="smb")) == 2


def test_without_words_a_channel_or_an_answer_nothing_goes(db: Session) -> None:
    assert say(db, answered(db)) == 0
    add(db, EVERY)
    assert say(db, answered(db, comment=None)) == 0
    assert say(db, 999) == 0


def test_quiet_hours_are_kept(db: Session) -> None:
    add(db, EVERY)
    say(db, answered(db), NIGHT)
    assert last(db).due_at > NIGHT


def test_a_changed_answer_changes_what_stands_there(db: Session) -> None:
    add(db, LOW)
    answer = answered(db)
    say(db, answer)
    now_says(db, answer, comment="Slow")
    assert say(db, answer) == 1
    assert ["“Slow”" in one.text for one in posted(db)] == [True], "nobody has seen it yet"
    sent(db)
    now_says(db, answer, score=9, comment="All well")
    assert say(db, answer, LATER) == 1
    assert (last(db).purpose, last(db).edits, last(db).destination) == ("verbatim edit", posted(db)[0].id, "C0LOW")
    assert last(db).text.startswith("🟢 Acme · Maria · NPS 9 of 10\n“All well”")
    assert say(db, answer, LATEST) == 0, "the same again"


def test_words_taken_away_are_taken_back(db: Session) -> None:
    add(db, EVERY)
    unseen, seen = answered(db), answered(db)
    say(db, seen)
    sent(db)
    say(db, unseen)
    for answer in (unseen, seen):
        now_says(db, answer, comment=None)
        say(db, answer, LATER)
    assert [one.destination for one in alive(db) if one.purpose == "verbatim"] == ["C0ALL"]
    assert last(db).text.endswith("The comment was taken back.")
    now_says(db, unseen, comment="After all")
    assert say(db, unseen, LATEST) == 1
    assert "After all" in last(db).text


def test_a_voided_answer_is_not_read_any_more(db: Session) -> None:
    add(db, EVERY)
    answer = answered(db)
    say(db, answer)
    sent(db)
    now_says(db, answer, voided_at=LATER)
    assert say(db, answer, LATER) == 1
    assert last(db).text.endswith("The answer was voided.")


def test_a_missing_rate_is_no_reason_to_be_silent(db: Session) -> None:
    add(db, EVERY)
    answer = answered(db)
    account_id = db.execute(survey_response.select().where(survey_response.c.id == answer)).one().account_id
    rows.subscribe(db, account_id, rows.paid(date(2025, 1, 1), currency="EUR"))
    assert flow(db, answer, company=replace(COMPANY, currency="USD"), now=NOW) == 1
    assert "MRR" not in last(db).text
