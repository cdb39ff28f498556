"""/latido digests: the list, the form, the preview, and who may change what."""

from dataclasses import replace
from datetime import timedelta

import pytest

from commands.core.digest_plan import digests
from commands.core.errors import NotAllowed, UserError
from commands.core.reply import Invalid, Modal, Reply
from commands.core.request import Actor, Audience, Request, Role
from commands.digests import COMMAND, show, take
from commands.ui.blocks import check
from storage.queries.claiming import claim
from storage.queries.people_known import Person, remember
from storage.session import Session
from tests.commands.asking import NOW, ask
from tests.commands.pressing import labels, modal, press, reply

FILLED: dict[str, str | tuple[str, ...] | None] = {
    "digest_book": "all",
    "digest_where": "C1",
    "digest_days": "mon",
    "digest_time": "09:00",
    "digest_zone": "madrid",
    "digest_language": "es",
}
INSIDE = {"C1": Audience("C1", external=False)}


def fill(request: Request, **given: str | None) -> Request:
    """The form as it is sent off: a new digest unless `request.text` says otherwise."""
    text = request.text or "1 0 0"
    return replace(request, text=text, state=FILLED | given, conversations=INSIDE)


def set_up(db: Session, **given: str | None) -> Modal:
    answer = take(fill(ask(), **given), db)
    assert isinstance(answer, Modal), answer
    return answer


def somebody(request: Request, user: str, role: Role = Role.MEMBER) -> Request:
    return replace(request, actor=Actor(user, "T1", role, "Bob", "bob@example.com"))


def test_the_form_begins_with_the_askers_own_clock_and_language(company):
    asker = ask(locale="es")
    remember(company, Person(asker.actor.user_id, None, "Ana", "es", "Atlantic/Canary"), now=asker.now)
    form = modal(press(COMMAND, show(asker, company), "digests.new", asker, company))
    initial = {block["block_id"]: block["element"] for block in form.blocks if block["type"] == "input"}
    assert initial["digest_zone"]["initial_value"] == "Atlantic/Canary"
    assert initial["digest_language"]["initial_option"]["value"] == "es"


def test_without_any_the_list_says_what_a_digest_is(company):
    shown = show(ask(), company)
    assert shown.text.startswith("No digests yet")
    assert labels(shown.blocks) == ["New digest"]


def test_the_form_stands_for_monday_at_nine_in_the_companys_zone(company):
    form = modal(press(COMMAND, show(ask(), company), "digests.new", ask(), company))
    initial = {block["block_id"]: block["element"] for block in form.blocks if block["type"] == "input"}
    assert "initial_conversation" not in initial["digest_where"]
    assert initial["digest_days"]["initial_option"]["value"] == "mon"
    assert (initial["digest_time"]["initial_time"], initial["digest_zone"]["initial_value"]) == ("09:00", "UTC")
    assert check(form.blocks, surface="modal") == []
    groups = initial["digest_book"]["option_groups"]
    assert [group["label"]["text"] for group in groups] == ["Everybody", "A segment", "A CSM"]


def test_what_is_set_up_is_listed_with_its_next_moment(company):
    said = set_up(company)
    assert "next on 30 Nov 2026, 09:00" in str(said.blocks)
    (kept,) = digests(company)
    assert (kept.destination, kept.owner, kept.rule, kept.zone) == ("C1", "U1", "mon 09:00", "Europe/Madrid")
    assert (kept.language, kept.next_slot.isoformat()) == ("es", "2026-11-30T09:00:00")
    shown = show(ask(), company)
    assert "1 digest" in shown.text
    assert check(shown.blocks) == []


@pytest.mark.parametrize(
    ("given", "block", "said"),
    [
        ({"digest_zone": "Madird"}, "digest_zone", "Europe/Madrid"),
        ({"digest_zone": "nowhere at all"}, "digest_zone", "I know no time zone"),
        ({"digest_time": "25:00"}, "digest_time", "no time of day"),
        ({"digest_where": "C2"}, "digest_where", "/invite"),
        ({"digest_book": "each"}, "digest_where", "leave the channel empty"),
    ],
)
def test_what_is_wrong_is_said_at_its_input(company, given, block, said):
    answer = take(fill(ask(), **given), company)
    assert isinstance(answer, Invalid)
    assert list(answer.errors) == [block]
    assert said in answer.errors[block]
    assert digests(company) == []


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (Audience("C1", external=True), "outside the company"),
        (Audience("C1", external=True, known=False), "/invite"),
        (Audience("C1", external=False, member=False), "/invite"),
    ],
)
def test_it_goes_only_where_the_bot_is_and_nobody_else_reads(company, place, said):
    answer = take(replace(fill(ask()), conversations={"C1": place}), company)
    assert isinstance(answer, Invalid)
    assert said in answer.errors["digest_where"]


def test_the_same_one_twice_is_refused(company):
    set_up(company)
    again = take(fill(ask()), company)
    assert isinstance(again, Invalid)
    assert "already" in again.errors["digest_where"]
    set_up(company, digest_book="segment:enterprise")
    set_up(company, digest_where=None)
    assert [one.destination for one in digests(company)] == ["C1", "C1", "U1"]


def test_the_preview_is_the_real_thing_in_the_form(company):
    form = modal(press(COMMAND, show(ask(), company), "digests.new", ask(), company))
    by = replace(ask(), state=FILLED | {"digest_book": "csm:ana@example.com", "digest_language": "en"}, in_modal=True)
    seen = modal(press(COMMAND, form, "digests.look", by, company))
    assert "MRR $1,570" in str(seen.blocks)
    assert seen.callback_id == form.callback_id
    assert check(seen.blocks, surface="modal") == []
    chosen = next(block for block in seen.blocks if block.get("block_id") == "digest_book")
    assert chosen["element"]["initial_option"]["value"] == "csm:ana@example.com"


def test_the_preview_in_the_list_brings_its_picture(company):
    set_up(company)
    seen = reply(press(COMMAND, show(ask(), company), "digests.preview", ask(), company))
    assert seen.chart is not None
    assert seen.text.startswith("MRR $2,760")


def test_sending_it_now_reaches_the_asker_alone(company):
    set_up(company)
    said = reply(press(COMMAND, show(ask(), company), "digests.send", somebody(ask(), "U0BOB"), company))
    assert "direct message" in said.text
    letter = claim(company, now=NOW, owner="me", lease=timedelta(minutes=2))
    assert letter is not None
    assert letter.destination == "U0BOB"


def test_a_paused_one_is_resumed_for_its_next_moment(company):
    set_up(company)
    paused = reply(press(COMMAND, show(ask(), company), "digests.pause", ask(), company))
    assert "⏸ paused" in paused.text
    assert digests(company)[0].paused
    later = replace(ask(), now=NOW.replace(month=12, day=9))
    resumed = reply(press(COMMAND, paused, "digests.resume", later, company))
    assert "next on 14 Dec 2026, 09:00" in resumed.text


def test_one_is_edited_and_removed(company):
    set_up(company)
    form = modal(press(COMMAND, show(ask(), company), "digests.edit", ask(), company))
    changed = fill(replace(ask(), text=form.private_metadata), digest_days="mon-fri", digest_time="08:30")
    assert isinstance(take(changed, company), Modal)
    (kept,) = digests(company)
    assert kept.rule == "mon,tue,wed,thu,fri 08:30"
    form = modal(press(COMMAND, show(ask(), company), "digests.edit", ask(), company))
    days = next(block for block in form.blocks if block.get("block_id") == "digest_days")
    assert days["element"]["initial_option"]["value"] == "mon-fri"
    press(COMMAND, show(ask(), company), "digests.remove", ask(), company)
    assert digests(company) == []


def test_others_may_try_it_but_not_change_it(company):
    set_up(company)
    bob = somebody(ask(), "U0BOB")
    assert labels(show(bob, company).blocks) == ["Preview", "Send it to me now", "New digest"]
    mine = show(ask(), company)
    for action in ("digests.edit", "digests.pause", "digests.remove"):
        with pytest.raises(NotAllowed, match="Only who set"):
            press(COMMAND, mine, action, bob, company)
    press(COMMAND, mine, "digests.pause", somebody(ask(), "U0EVA", Role.ADMIN), company)
    assert digests(company)[0].paused


def test_buttons_of_one_that_is_gone_say_so(company):
    set_up(company)
    shown = show(ask(), company)
    press(COMMAND, shown, "digests.remove", ask(), company)
    with pytest.raises(UserError, match="no longer there"):
        press(COMMAND, shown, "digests.preview", ask(), company)


def test_how_it_is_computed_is_told_with_its_days(company):
    set_up(company)
    seen = reply(press(COMMAND, show(ask(), company), "digests.preview", ask(), company))
    why = modal(press(COMMAND, seen, "digests.explain", ask(), company))
    assert "16 Nov to 22 Nov 2026" in str(why.blocks)


def test_many_digests_have_pages(company):
    for hour in range(8, 16):
        set_up(company, digest_time=f"{hour:02}:00")
    first = show(ask(), company)
    second = reply(press(COMMAND, first, "digests.next", ask(), company))
    assert labels(second.blocks)[-1] == "‹ Previous"
    assert isinstance(press(COMMAND, second, "digests.back", ask(), company), Reply)
