"""What people do in Slack, over real sockets, and what they see of it."""

import json
import time
from collections.abc import Callable
from typing import Any

import pytest
import urllib3
from slack_sdk.signature import SignatureVerifier

from bot.build import Sizes
from bot.playground.double import (
    ApiError,
    DropAfterAccepting,
    FileNotReady,
    Message,
    RateLimited,
    ServerError,
    SlackDouble,
)
from bot.playground.double.faults import Fault
from commands.core.reply import Reply
from tests.bot.conftest import SECRET_NAME, TEAM, Served, Stage, card, chart

pytestmark = pytest.mark.usefixtures("served")


def seen(slack: SlackDouble, count: int = 1, channel: str = "C0CS", viewer: str = "U0ANA") -> list[Message]:
    """What the viewer sees once there are so many messages."""
    slack.wait_until(lambda: len(slack.messages(channel, viewer)) >= count)
    return slack.messages(channel, viewer)


def the_message(slack: SlackDouble, text: str, channel: str = "C0CS", viewer: str = "U0ANA") -> Message:
    """The first message that says so, once it is there."""
    return slack.wait_until(lambda: [m for m in slack.messages(channel, viewer) if text in m.text])[0]


def ask(slack: SlackDouble, text: str = "/test acme", channel: str = "C0CS", user: str = "U0ANA") -> Message:
    """What a typed command is answered with."""
    before = {message.ts for message in slack.messages(channel, user)}
    assert slack.command(user, channel, text).acked
    return slack.wait_until(lambda: [m for m in slack.messages(channel, user) if m.ts not in before])[0]


def view(slack: SlackDouble, text: str, user: str = "U0ANA") -> dict[str, Any]:
    """The modal on top once it says that."""

    def shown() -> list[dict[str, Any]]:
        return [top for top in slack.views(user)[-1:] if text in json.dumps(top["blocks"], ensure_ascii=False)]

    return slack.wait_until(shown)[0]


def home_of(slack: SlackDouble, user: str = "U0ANA") -> dict[str, Any]:
    """A person's App Home once it is opened and published."""
    slack.open_home(user)
    return slack.wait_until(lambda: slack.home(user) or {})


class TestCommands:
    def test_the_answer_comes_to_the_asker_alone(self, slack: SlackDouble) -> None:
        message = ask(slack)
        assert message.text == f"{SECRET_NAME} said acme"
        assert message.blocks
        assert message.ephemeral_to == "U0ANA"
        assert slack.messages("C0CS", "U0OLGA") == []

    def test_a_sub_command_is_the_same(self, slack: SlackDouble, stage: Stage) -> None:
        ask(slack, "/test acme <b> & co")
        assert stage.runs[-1].text == "acme <b> & co"
        assert stage.runs[-1].actor.email == "ana@us.example"

    def test_a_mention_is_the_persons_address(self, slack: SlackDouble, stage: Stage) -> None:
        ask(slack, "/test csm:@olga")
        assert stage.runs[-1].text == "csm:@olga@us.example"

    def test_an_unknown_command_offers_the_nearest(self, slack: SlackDouble) -> None:
        message = ask(slack, "/tset acme")
        assert "/tset" in message.text
        slack.click("U0ANA", message, "latido.ask", "/test acme")
        the_message(slack, "said acme")

    def test_a_refusal_is_its_sentence_with_what_would_have_worked(self, slack: SlackDouble) -> None:
        message = ask(slack, "/refuse")
        assert message.text == "I know no account called “acne”."
        slack.click("U0ANA", message, "latido.ask", "/test acme")
        the_message(slack, "said acme")

    def test_a_crash_is_a_reference_that_the_log_knows(
        self, slack: SlackDouble, caplog: pytest.LogCaptureFixture
    ) -> None:
        message = ask(slack, "/fail")
        reference = message.text.split()[-1].strip(".")
        assert "machine" not in message.text
        assert f"reference {reference}" in caplog.text
        assert "the inside of the machine" in caplog.text

    def test_a_typed_command_may_open_a_modal(self, slack: SlackDouble) -> None:
        slack.command("U0ANA", "C0CS", "/form")
        assert view(slack, "Name")["callback_id"] == "test.save"

    def test_blocks_that_slack_refuses_leave_the_text(self, slack: SlackDouble, stage: Stage) -> None:
        stage.reply = Reply("In words", ({"type": "nonsense"},))
        message = ask(slack)
        assert (message.text, message.blocks) == ("In words", [])

    def test_a_response_url_that_is_gone_leaves_the_direct_message(self, slack: SlackDouble) -> None:
        slack.faults.next("response_url", ApiError("expired_url"), times=2)
        slack.command("U0ANA", "C0CS", "/test acme")
        the_message(slack, "said acme", channel="D0ANA")

    def test_an_answer_that_slack_did_not_confirm_is_said_to_be_so(self, slack: SlackDouble) -> None:
        slack.faults.next("response_url", DropAfterAccepting())
        slack.command("U0ANA", "C0CS", "/test acme")
        the_message(slack, "did not confirm")
        assert len([m for m in slack.messages("C0CS", "U0ANA") if "said acme" in m.text]) == 1

    def test_an_answer_after_which_slacks_server_failed_is_not_sent_again(self, slack: SlackDouble) -> None:
        slack.faults.next("response_url", ServerError(500))
        slack.command("U0ANA", "C0CS", "/test acme")
        the_message(slack, "did not confirm")
        assert _sent_to_response_urls(slack, "said acme") == 1

    def test_while_response_urls_fail_the_direct_message_says_so(self, slack: SlackDouble) -> None:
        slack.faults.next("response_url", ServerError(500), times=2)
        slack.command("U0ANA", "C0CS", "/test acme")
        the_message(slack, "did not confirm", channel="D0ANA")

    def test_a_response_url_that_is_rate_limited_is_not_asked_again(self, slack: SlackDouble) -> None:
        slack.faults.next("response_url", RateLimited())
        slack.command("U0ANA", "C0CS", "/test acme")
        assert the_message(slack, "said acme", channel="D0ANA").blocks
        assert _sent_to_response_urls(slack, "said acme") == 1


class TestWhoSeesIt:
    @pytest.mark.parametrize("text", ["/test acme", "/boss acme"])
    def test_guests_are_refused_without_names(self, slack: SlackDouble, stage: Stage, text: str) -> None:
        message = ask(slack, text, channel="C0ALL", user="U0GUEST")
        assert SECRET_NAME not in json.dumps(message.as_slack())
        assert stage.runs == []

    def test_only_admins_may_do_what_is_theirs(self, slack: SlackDouble, stage: Stage) -> None:
        assert "admins" in ask(slack, "/boss acme").text
        assert stage.runs == []
        assert SECRET_NAME in ask(slack, "/boss acme", user="U0ADA").text

    def test_where_outsiders_read_nothing_is_said(self, slack: SlackDouble, stage: Stage) -> None:
        message = ask(slack, channel="C0SHARED")
        assert "direct message" in message.text
        assert stage.runs == []

    def test_where_the_bot_cannot_look_nothing_is_said(self, slack: SlackDouble, stage: Stage) -> None:
        assert "direct message" in ask(slack, channel="C0SECRET").text
        assert stage.runs == []

    def test_in_the_direct_message_it_answers(self, slack: SlackDouble, stage: Stage) -> None:
        assert SECRET_NAME in ask(slack, channel="D0ANA").text
        assert stage.runs[-1].audience.direct

    def test_somebody_slack_does_not_know_is_refused(self, slack: SlackDouble, stage: Stage) -> None:
        slack.faults.next("users.info", ApiError("user_not_found"))
        assert "could not find out who you are" in ask(slack).text
        assert stage.runs == []

    def test_an_outsider_who_presses_a_button_is_refused(
        self, slack: SlackDouble, stage: Stage, served: Served
    ) -> None:
        posted = served.bot.slack.posts.chat_postMessage(channel="C0SHARED", text="old", blocks=list(card()))
        message = next(m for m in slack.messages("C0SHARED") if m.ts == posted["ts"])
        slack.click("U0OUT", message, "test.why")
        told = slack.wait_until(lambda: [m for m in slack.messages("C0SHARED", "U0OUT") if m.ephemeral_to])
        assert SECRET_NAME not in told[0].text
        assert stage.runs == []
        assert slack.views("U0OUT") == []

    def test_the_readers_language_is_kept(self, slack: SlackDouble, stage: Stage) -> None:
        ask(slack, user="U0OLGA")
        assert stage.runs[-1].actor.locale == stage.runs[-1].t.locale == "ru"


class TestButtons:
    def test_a_modal_waits_at_once_and_is_filled(self, slack: SlackDouble) -> None:
        slack.click("U0ANA", ask(slack), "test.why")
        view(slack, "because of acme")
        opened = [call.method for call in slack.calls if call.method.startswith("views.")]
        assert opened == ["views.open", "views.update"]

    def test_a_page_takes_the_place_of_the_one_before(self, slack: SlackDouble) -> None:
        slack.click("U0ANA", ask(slack), "test.next")
        the_message(slack, "Page 2")
        assert len(slack.messages("C0CS", "U0ANA")) == 1

    def test_in_a_shared_message_a_page_is_the_readers_own(self, slack: SlackDouble) -> None:
        slack.click("U0ANA", ask(slack), "test.share")
        shared = the_message(slack, "for all")
        slack.click("U0OLGA", shared, "test.next")
        assert the_message(slack, "Page 2", viewer="U0OLGA").ephemeral_to == "U0OLGA"
        assert the_message(slack, "for all").text == shared.text

    def test_a_file_comes_by_direct_message(self, slack: SlackDouble) -> None:
        slack.click("U0ANA", ask(slack), "test.file")
        the_message(slack, "accounts.csv")
        assert [file.content for file in slack.files] == [b"account,mrr\nacme,1\n"]
        assert slack.files[0].channels == ("D0ANA",)

    def test_a_failing_button_leaves_a_reference(self, slack: SlackDouble) -> None:
        slack.click("U0ANA", ask(slack), "test.fail")
        the_message(slack, "reference")

    def test_a_button_of_an_older_version_is_answered(self, slack: SlackDouble, stage: Stage) -> None:
        stage.reply = Reply("Old", (card()[1] | {"elements": [card()[1]["elements"][0] | {"action_id": "gone.long"}]},))
        slack.click("U0ANA", ask(slack), "gone.long")
        the_message(slack, "older version")

    def test_a_button_can_stand_for_a_command(self, slack: SlackDouble) -> None:
        slack.click("U0ANA", ask(slack), "latido.ask")
        the_message(slack, "said from a button")

    def test_a_trigger_that_is_too_old_is_said_to_be_so(self, slack: SlackDouble) -> None:
        slack.faults.next("views.open", ApiError("expired_trigger_id"))
        slack.click("U0ANA", ask(slack), "test.why")
        the_message(slack, "took too long to open")

    def test_a_modal_that_was_closed_meanwhile_is_no_failure(
        self, slack: SlackDouble, caplog: pytest.LogCaptureFixture
    ) -> None:
        slack.faults.next("views.update", ApiError("not_found"))
        slack.click("U0ANA", ask(slack), "test.why")
        slack.wait_until(lambda: [call for call in slack.calls if call.method == "views.update"])
        assert "reference" not in caplog.text


class TestSharing:
    def test_everybody_in_the_channel_sees_it(self, slack: SlackDouble) -> None:
        slack.click("U0ANA", ask(slack), "test.share")
        assert the_message(slack, "for all", viewer="U0OLGA").ephemeral_to is None

    def test_a_double_click_shares_once(self, slack: SlackDouble, stage: Stage) -> None:
        message = ask(slack)
        slack.click("U0ANA", message, "test.share")
        slack.click("U0ANA", message, "test.share")
        the_message(slack, "for all")
        the_message(slack, "done this already")
        assert len([m for m in slack.messages("C0CS") if "for all" in m.text]) == 1

    def test_a_channel_that_has_become_external_gets_nothing(
        self, slack: SlackDouble, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        message = ask(slack)
        external = slack._state.channels["C0CS"].__class__("C0CS", "cs", members=["U0ANA", "U0OUT"], is_ext_shared=True)
        monkeypatch.setitem(slack._state.channels, "C0CS", external)
        slack.click("U0ANA", message, "test.share")
        the_message(slack, "reading along")
        assert not any("for all" in m.text for m in slack.messages("C0CS"))

    def test_where_a_guest_reads_along_nothing_is_posted(self, slack: SlackDouble) -> None:
        slack.click("U0ANA", ask(slack, channel="C0ALL"), "test.share")
        the_message(slack, "a guest may be reading along", channel="C0ALL")
        assert not any("for all" in m.text for m in slack.messages("C0ALL"))

    def test_where_the_bot_may_not_post_it_says_so_and_can_be_tried_again(self, slack: SlackDouble) -> None:
        message = ask(slack)
        slack.faults.next("chat.postMessage", ApiError("not_in_channel"))
        slack.click("U0ANA", message, "test.share")
        the_message(slack, "/invite")
        slack.click("U0ANA", message, "test.share")
        the_message(slack, "for all")

    def test_a_post_that_slack_refused_can_be_tried_again(self, slack: SlackDouble) -> None:
        message = ask(slack)
        slack.faults.next("chat.postMessage", ApiError("msg_too_long"))
        slack.click("U0ANA", message, "test.share")
        the_message(slack, "try again")
        slack.click("U0ANA", message, "test.share")
        the_message(slack, "for all")

    def test_a_repeat_that_could_not_be_told_of_shares_nothing(self, slack: SlackDouble) -> None:
        message = ask(slack)
        slack.click("U0ANA", message, "test.share")
        the_message(slack, "for all")
        slack.faults.next("response_url", ApiError("expired_url"))
        slack.faults.next("chat.postMessage", ApiError("msg_too_long"))
        slack.click("U0ANA", message, "test.share")
        the_message(slack, "try again")
        slack.click("U0ANA", message, "test.share")
        the_message(slack, "done this already")

    @pytest.mark.parametrize("fault", [DropAfterAccepting(), ServerError(503), ApiError("internal_error")])
    def test_a_post_that_may_have_arrived_is_not_repeated_and_the_next_press_says_so(
        self, slack: SlackDouble, fault: Fault
    ) -> None:
        message = ask(slack)
        slack.faults.next("chat.postMessage", fault)
        slack.click("U0ANA", message, "test.share")
        the_message(slack, "look whether it is there")
        slack.click("U0ANA", message, "test.share")
        the_message(slack, "done this already")
        assert len([call for call in slack.calls if call.method == "chat.postMessage"]) == 1

    def test_a_post_that_was_not_confirmed_is_not_repeated(self, slack: SlackDouble) -> None:
        message = ask(slack)
        slack.faults.next("chat.postMessage", DropAfterAccepting())
        slack.click("U0ANA", message, "test.share")
        the_message(slack, "did not confirm")
        assert len([m for m in slack.messages("C0CS") if "for all" in m.text]) == 1


class TestForms:
    def test_wrong_inputs_are_said_at_the_input_and_can_be_mended(self, slack: SlackDouble, stage: Stage) -> None:
        form = self._open(slack)
        assert slack.submit("U0ANA", form, {"name": "bad"}).errors == {"name": "That is not a name."}
        slack.submit("U0ANA", form, {"name": "Bo"})
        view(slack, "Saved Bo")
        assert [run.state["name"] for run in stage.runs] == ["bad", "Bo"]

    def test_closing_one_is_acknowledged(self, slack: SlackDouble) -> None:
        assert slack.close("U0ANA", self._open(slack)).error is None

    def _open(self, slack: SlackDouble) -> dict[str, Any]:
        slack.command("U0ANA", "C0CS", "/form")
        return view(slack, "Name")


class TestPictures:
    def test_the_text_goes_first_and_the_picture_follows(self, slack: SlackDouble, stage: Stage) -> None:
        stage.reply = Reply("With a picture", card(), chart())
        ask(slack)
        picture = the_message(slack, "The line goes up")
        assert picture.ephemeral_to == "U0ANA"
        assert picture.blocks[0]["type"] == "image"
        methods = [call.method for call in slack.calls if call.method.startswith(("files", "upload", "response"))]
        assert methods == [
            "response_url",
            "files.getUploadURLExternal",
            "upload",
            "files.completeUploadExternal",
            "response_url",
        ]

    def test_in_a_shared_answer_it_is_put_into_the_message(self, slack: SlackDouble, stage: Stage) -> None:
        message = ask(slack)
        stage.reply = Reply("Shared", card(), chart(), chart_at=1, shared=True)
        slack.click("U0ANA", message, "test.share")
        shared = slack.wait_until(lambda: [m for m in slack.messages("C0CS") if len(m.blocks) == 3])[0]
        assert [block["type"] for block in shared.blocks] == ["section", "image", "actions"]

    def test_equal_pictures_are_uploaded_once(self, slack: SlackDouble, stage: Stage) -> None:
        stage.reply = Reply("With a picture", card(), chart())
        ask(slack)
        the_message(slack, "The line goes up")
        ask(slack)
        slack.wait_until(lambda: len([m for m in slack.messages("C0CS") if "goes up" in m.text]) == 2)
        assert len(slack.files) == 1

    def test_a_file_that_is_not_ready_is_waited_for(self, slack: SlackDouble, stage: Stage) -> None:
        message = ask(slack)
        stage.reply = Reply("Shared", card(), chart(), shared=True)
        slack.faults.next("chat.update", FileNotReady())
        slack.click("U0ANA", message, "test.share")
        slack.wait_until(lambda: [m for m in slack.messages("C0CS") if len(m.blocks) == 3])
        assert [call.ok for call in slack.calls if call.method == "chat.update"] == [False, True]

    def test_what_cannot_be_shown_in_a_private_answer_comes_as_a_file(self, slack: SlackDouble, stage: Stage) -> None:
        stage.reply = Reply("With a picture", card(), chart())
        slack.faults.next("upload", ApiError("upload_failed"))
        ask(slack)
        files = slack.wait_until(lambda: [file for file in slack.files if file.channels])
        assert files[0].channels == ("D0ANA",)

    def test_what_cannot_be_shown_in_a_shared_answer_comes_in_its_thread(
        self, slack: SlackDouble, stage: Stage
    ) -> None:
        message = ask(slack)
        stage.reply = Reply("Shared", card(), chart(), shared=True)
        slack.faults.next("chat.update", ApiError("cant_update_message"))
        slack.click("U0ANA", message, "test.share")
        files = slack.wait_until(lambda: [m for m in slack.messages("C0CS") if m.files])
        assert files[0].thread_ts == the_message(slack, "Shared").ts

    def test_a_chart_that_cannot_be_drawn_leaves_the_text(
        self, slack: SlackDouble, stage: Stage, served: Served, caplog: pytest.LogCaptureFixture
    ) -> None:
        stage.reply = Reply("Without a picture", card(), chart(**{"raise": True}))
        assert ask(slack).text == "Without a picture"
        assert served.bot.answers.wait_idle(5)
        assert served.bot.pictures.wait_idle(20)
        assert "could not be drawn" in caplog.text
        assert slack.files == []


class TestHome:
    def test_it_teaches_whoever_has_no_accounts(self, slack: SlackDouble) -> None:
        home = home_of(slack, "U0ANA")
        assert "csm_email" in json.dumps(home)

    def test_its_buttons_answer_in_a_modal(self, slack: SlackDouble) -> None:
        home = home_of(slack, "U0ANA")
        slack.click("U0ANA", home, "latido.ask", "/test acme")
        view(slack, SECRET_NAME)

    def test_a_button_in_a_modal_answers_there(self, slack: SlackDouble) -> None:
        home = home_of(slack, "U0ANA")
        slack.click("U0ANA", home, "latido.ask", "/test acme")
        slack.click("U0ANA", view(slack, SECRET_NAME), "test.next")
        view(slack, "Page 2")

    def test_a_guest_sees_why_it_is_empty(self, slack: SlackDouble) -> None:
        home = home_of(slack, "U0GUEST")
        assert "actions" not in {block["type"] for block in home["blocks"]}

    def test_the_messages_tab_and_other_events_are_acknowledged(self, slack: SlackDouble) -> None:
        assert slack.open_home("U0ANA", tab="messages").acked
        assert slack.event({"type": "member_joined_channel", "user": "U0ANA", "channel": "C0CS", "team": TEAM}).acked
        assert slack.home("U0ANA") is None

    def test_a_delivery_that_is_repeated_has_one_effect(self, slack: SlackDouble, served: Served) -> None:
        event = {"type": "app_home_opened", "user": "U0ANA", "tab": "home", "channel": "D0ANA"}
        slack.event(event, "U0ANA", event_id="Ev1")
        slack.event(event, "U0ANA", event_id="Ev1")
        assert served.bot.answers.wait_idle(5)
        assert len([call for call in slack.calls if call.method == "views.publish"]) == 1


class TestRoom:
    def test_who_does_not_fit_is_told_so(
        self, slack: SlackDouble, stage: Stage, serving: Callable[..., Served]
    ) -> None:
        message = ask(slack)
        serving(Sizes(answer_threads=1, answer_backlog=0))
        slack.command("U0ANA", "C0CS", "/wait")
        assert "busy" in slack.command("U0ANA", "C0CS", "/test acme").body["text"]
        slack.click("U0ANA", message, "test.next")
        assert len([m for m in seen(slack, 3) if "busy" in m.text]) == 2
        assert slack.open_home("U0ANA").status == 503
        stage.go_on.set()
        the_message(slack, "At last")


class TestSignatures:
    @pytest.mark.parametrize(
        ("secret", "age_seconds", "status"), [(None, 0, 200), ("wrong", 0, 401), (None, 3600, 401)]
    )
    def test_only_slack_is_believed(
        self, slack: SlackDouble, served: Served, secret: str | None, age_seconds: int, status: int
    ) -> None:
        body = f"command=%2Ftest&text=acme&user_id=U0ANA&team_id={TEAM}&channel_id=C0CS"
        signer = SignatureVerifier(secret or slack.signing_secret)
        moment = str(int(time.time()) - age_seconds)
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "X-Slack-Request-Timestamp": moment,
            "X-Slack-Signature": signer.generate_signature(timestamp=moment, body=body) or "",
        }
        assert _post(f"{served.url}/slack/events", body, headers).status == status

    def test_slacks_question_at_set_up_is_answered(self, slack: SlackDouble, served: Served) -> None:
        body = json.dumps({"type": "url_verification", "challenge": "c4"})
        moment = str(int(time.time()))
        signature = SignatureVerifier(slack.signing_secret).generate_signature(timestamp=moment, body=body) or ""
        headers = {
            "Content-Type": "application/json",
            "X-Slack-Request-Timestamp": moment,
            "X-Slack-Signature": signature,
        }
        answer = _post(f"{served.url}/slack/events", body, headers)
        assert (answer.status, json.loads(answer.data)) == (200, {"challenge": "c4"})

    def test_no_request_asks_slack_who_we_are(self, slack: SlackDouble) -> None:
        ask(slack)
        ask(slack)
        assert len([call for call in slack.calls if call.method == "auth.test"]) == 1


def _sent_to_response_urls(slack: SlackDouble, text: str) -> int:
    """How often that was sent, whatever came of it."""
    return len([call for call in slack.calls if call.method == "response_url" and text in str(call.args.get("text"))])


def _post(url: str, body: str, headers: dict[str, str]) -> urllib3.BaseHTTPResponse:
    with urllib3.PoolManager() as pool:
        return pool.request("POST", url, body=body.encode(), headers=headers, retries=False)
