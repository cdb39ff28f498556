"""From the form, or a short line, to a survey that is on its way."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from commands.core.errors import NotUnderstood, UserError
from commands.core.reply import Invalid, Modal, Reply
from commands.core.request import Request
from commands.core.survey_recurring import recurring
from commands.survey import COMMAND
from commands.ui.blocks import check, check_view
from commands.ui.survey_posting import start
from metrics.asking import Audience, To
from storage.queries.saved_lists import save
from storage.queries.survey_asks import progress
from storage.queries.survey_waves import waves
from storage.queries.survey_wordings import reword
from storage.session import Session
from tests.commands.asking import NOW, ask
from tests.commands.pressing import labels, modal, press, reply
from tests.commands.reachable import with_people

FILLED: dict[str, str | tuple[str, ...] | None] = {
    "survey_kind": "nps",
    "survey_who": "points",
    "survey_name": "beta",
    "survey_place": "direct",
    "survey_repeats": "once",
    "survey_sample": "1",
    "survey_anonymous": (),
}


@pytest.fixture
def people(company: Session) -> Session:
    return with_people(company)


def submit(request: Request, db: Session, view: Modal) -> Modal | Invalid:
    """The modal sent off as it stands, or with what `request.state` says."""
    declared = next(one for one in COMMAND.views if one.id == view.callback_id)
    answer = declared.run(replace(request, text=view.private_metadata, in_modal=True), db)
    assert isinstance(answer, Modal | Invalid), answer
    return answer


def form(db: Session, request: Request | None = None) -> Modal:
    opened = COMMAND.run(request or ask("new"), db)
    assert isinstance(opened, Modal)
    return opened


def fill(db: Session, **given: str | tuple[str, ...] | None) -> Modal | Invalid:
    state = FILLED | {f"survey_{name}": value for name, value in given.items()}
    return submit(replace(ask(), state=state), db, form(db))


def as_view(shown: Modal) -> dict[str, object]:
    text = {"type": "plain_text", "text": shown.title}
    submit_ = {"submit": {"type": "plain_text", "text": shown.submit}} if shown.submit else {}
    metadata = {"private_metadata": shown.private_metadata}
    return {"type": "modal", "title": text, "blocks": list(shown.blocks), **submit_, **metadata}


def test_the_form_is_what_slack_takes_and_stands_for_nps_to_one_account_now(people):
    shown = form(people)
    assert check_view(as_view(shown)) == []
    initial = {block["block_id"]: block["element"] for block in shown.blocks if block["type"] == "input"}
    assert initial["survey_kind"]["initial_option"]["value"] == "nps"
    assert initial["survey_who"]["initial_option"]["value"] == "points"
    assert "initial_date_time" not in initial["survey_start"]
    groups = [group["label"]["text"] for group in initial["survey_who"]["option_groups"]]
    assert groups == ["One account or person", "Everybody", "A segment", "A CSM's accounts"]


def test_before_anything_is_sent_one_sees_who_will_be_asked_and_in_which_words(people):
    seen = fill(people, wording_es="¿Nos recomendarías?")
    assert isinstance(seen, Modal)
    assert check_view(as_view(seen)) == []
    told = str(seen.blocks)
    assert "2 people will be asked" in told
    assert "Bea Ruiz" in told
    assert "¿Nos recomendarías?" in told
    assert "Español, 1 person" in told
    assert seen.submit == "Send to 2"
    assert waves(people) == []


@pytest.mark.parametrize(
    ("wording", "said"),
    [
        ({}, []),
        ({"wording_es": "¿Nos recomendarías?"}, ["1 of them gets the standard question in Русский"]),
        (
            {"wording_en": "Would you recommend us?"},
            [
                "1 of them gets the standard question in Español",
                "1 of them gets the standard question in Русский",
            ],
        ),
        ({"wording_es": "¿Nos recomendarías?", "wording_ru": "Порекомендуете нас?"}, []),
    ],
)
def test_who_gets_the_standard_question_beside_others_own_is_pointed_out(people, wording, said):
    seen = modal(fill(people, **wording))
    assert check_view(as_view(seen)) == []
    told = str(seen.blocks)
    assert told.count("the standard question") == len(said)
    assert all(each in told for each in said)


def test_the_usual_words_of_the_company_count_as_wording_in_the_short_way_too(people):
    reword(people, "nps", "en", "Would you recommend us?")
    told = str(reply(COMMAND.run(ask("nps all"), people)).blocks)
    assert "1 of them gets the standard question in Español" in told
    assert "in English: add" not in told


def test_who_will_not_be_asked_is_told_with_the_reason(people):
    seen = modal(fill(people, who="everybody", name=None))
    assert "4 people will be asked" in str(seen.blocks)
    others = modal(press(COMMAND, seen, "survey.people", replace(ask(), in_modal=True), people))
    told = str(others.blocks)
    assert "Ana Eta" in told
    assert "cannot be reached in Slack" in told
    assert "was asked or answered NPS on 20 Oct 2026: not again within 180 days" in told
    assert others.private_metadata == seen.private_metadata


def test_sending_makes_one_wave_and_says_when_and_where_to_follow_it(people):
    seen = modal(fill(people))
    sent = modal(submit(ask(), people, seen))
    again = modal(submit(ask(), people, seen))
    told = str(sent.blocks)
    assert "2 people will be asked" in told
    assert "`/survey`" in told
    assert str(again.blocks) == told
    (wave,) = waves(people)
    assert (wave.kind, wave.audience, wave.started_by) == ("nps", Audience(To.POINTS, "a3"), "U1")
    assert wave.card_outbox_id is not None
    start(people, wave.id, ask().company, NOW)
    assert progress(people, wave.id).queued == 2


def test_what_was_previewed_is_what_is_asked_even_if_the_usual_words_change(people):
    reword(people, "nps", "es", "¿La pregunta de siempre?")
    submit(ask(), people, modal(fill(people, wording_ru="Своими словами?")))
    (wave,) = waves(people)
    assert wave.wording == {"es": "¿La pregunta de siempre?", "ru": "Своими словами?"}


def test_the_sample_that_was_shown_is_the_one_that_is_asked(people):
    seen = modal(fill(people, who="everybody", name=None, sample="2"))
    submit(ask(), people, seen)
    (wave,) = waves(people)
    asked = start(people, wave.id, ask().company, NOW).asked
    assert f"{asked} {'person' if asked == 1 else 'people'} will be asked" in str(seen.blocks)


def test_back_in_the_form_everything_stands_as_it_was(people):
    later = int((NOW + timedelta(days=3)).timestamp())
    given: dict[str, str | tuple[str, ...] | None]
    given = {"start": str(later), "sample": "3", "title": "Q4", "wording_en": "Why “us”?", "anonymous": ("yes",)}
    seen = modal(fill(people, **given))
    back = modal(press(COMMAND, seen, "survey.edit", replace(ask(), in_modal=True), people))
    initial = {block["block_id"]: block["element"] for block in back.blocks if block["type"] == "input"}
    assert initial["survey_name"]["initial_value"] == "Beta Ltd"
    assert initial["survey_start"]["initial_date_time"] == later
    assert initial["survey_sample"]["initial_option"]["value"] == "3"
    assert initial["survey_title"]["initial_value"] == "Q4"
    assert initial["survey_wording_en"]["initial_value"] == "Why “us”?"
    assert len(initial["survey_anonymous"]["initial_options"]) == 1


@pytest.mark.parametrize(
    ("given", "block", "said"),
    [
        ({"name": None}, "survey_name", "Name the account or the person"),
        ({"name": "acme"}, "survey_name", "Acme UK, Acme Corp"),
        ({"who": "contact", "name": "ana"}, "survey_name", "ana@acme.com"),
        ({"who": "contact", "name": "nobody at all"}, "survey_name", "no contact"),
        ({"who": "contact", "name": "bea", "place": "channel"}, "survey_place", "by direct message"),
        ({"who": "contact", "name": "bea", "anonymous": ("yes",)}, "survey_anonymous", "anonymous"),
        ({"who": "everybody", "place": "thread"}, "survey_place", "one account"),
        ({"name": "Acme Corp", "place": "thread"}, "survey_thread", "Copy link"),
        (
            {"name": "Acme Corp", "place": "thread", "thread": "https://x.slack.com/archives/C0BETA/p1700000000000100"},
            "survey_thread",
            "not in the channel",
        ),
        ({"start": "1700000000"}, "survey_start", "is over"),
    ],
)
def test_what_is_wrong_is_said_at_its_input(people, given, block, said):
    answer = fill(people, **given)
    assert isinstance(answer, Invalid)
    assert list(answer.errors) == [block]
    assert said in answer.errors[block]


def test_a_thread_is_named_by_the_link_of_any_of_its_messages(people):
    link = "https://x.slack.com/archives/C0ACME/p1700000009000200?thread_ts=1700000000.000100&cid=C0ACME"
    submit(ask(), people, modal(fill(people, name="Acme Corp", place="thread", thread=link)))
    (wave,) = waves(people)
    assert wave.thread == "C0ACME 1700000000.000100"


def test_a_survey_that_comes_again_is_a_schedule_and_set_up_once(people):
    first = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
    seen = modal(fill(people, repeats="quarterly", start=str(int(first.timestamp()))))
    assert seen.submit == "Set it up"
    for _ in range(2):
        submit(ask(), people, seen)
    (kept,) = recurring(people)
    assert (kept.rule, kept.next_at) == ("day 1 09:00", first)
    assert waves(people) == []


def test_a_preview_shows_the_message_itself_and_its_buttons_do_nothing(people):
    by = replace(ask(), state=FILLED | {"survey_wording_en": "Would you?"}, in_modal=True)
    seen = modal(press(COMMAND, form(people), "survey.look", by, people))
    assert check_view(as_view(seen)) == []
    assert "Would you?" in str(seen.blocks)
    assert "survey.answer" not in str(seen.blocks)
    assert press(COMMAND, seen, "survey.sample", by, people) is None


@pytest.mark.parametrize(
    ("line", "audience"),
    [
        ("nps Acme Corp", Audience(To.POINTS, "a1")),
        ("NPS beta", Audience(To.POINTS, "a3")),
        ("csat smb", Audience(To.SEGMENT, "smb")),
        ("ces bob@example.com", Audience(To.CSM, "bob@example.com")),
        ("nps @bea@beta.io", Audience(To.CONTACT, "c10")),
        ("nps Bea Ruiz", Audience(To.CONTACT, "c10")),
        ("nps все", Audience(To.EVERYBODY)),
        ("nps pilots", Audience(To.LIST, "1")),
    ],
)
def test_the_short_way_shows_what_would_become_of_it_and_one_press_sends_it(people, line, audience):
    save(people, "Pilots", "U1", [1], now=NOW)
    shown = reply(COMMAND.run(ask(line), people))
    assert check(shown.blocks) == []
    assert waves(people) == []
    if not any(label.startswith("Send") for label in labels(shown.blocks)):
        assert "Nobody would be asked" in shown.text
        return
    sent = reply(press(COMMAND, shown, "survey.send", ask(), people))
    assert sent.replace
    assert [wave.audience for wave in waves(people)] == [audience]


def test_the_short_way_without_anybody_named_opens_the_form_of_that_kind(people):
    opened = COMMAND.run(ask("csat"), people)
    assert isinstance(opened, Modal)
    kind = next(block for block in opened.blocks if block.get("block_id") == "survey_kind")
    assert kind["element"]["initial_option"]["value"] == "csat"


def test_who_is_not_known_is_said_with_lines_that_work(people):
    with pytest.raises(NotUnderstood) as refused:
        COMMAND.run(ask("nps acme"), people)
    assert '/survey nps "Acme Corp"' in refused.value.suggestions


def test_a_button_that_was_made_up_is_refused(people):
    send = next(action for action in COMMAND.actions if action.id == "survey.send")
    for made_up in ("1 0 [1,2]", "1 0 nonsense", "0 0 x"):
        with pytest.raises(UserError):
            send.run(ask(made_up), people)


def test_if_nobody_can_be_asked_there_is_nothing_to_send(people):
    seen = modal(fill(people, name="Eta"))
    assert seen.submit is None
    assert "Nobody would be asked" in str(seen.blocks)


def test_an_anonymous_survey_of_few_people_says_that_no_figure_will_ever_be_seen(people):
    seen = modal(fill(people, anonymous=("yes",)))
    assert "So few will be asked" in str(seen.blocks)


@pytest.mark.parametrize("locale", ["es", "ru"])
def test_everything_is_said_in_the_askers_language(people, locale):
    shown = reply(COMMAND.run(ask("nps все" if locale == "ru" else "nps todos", locale=locale), people))
    assert isinstance(shown, Reply)
    assert check(shown.blocks) == []
