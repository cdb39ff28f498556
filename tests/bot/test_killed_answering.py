"""The bot is killed at any moment while customers answer: what Slack heard has arrived is there, and there once."""

import os
import random
import signal
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from threading import Thread
from typing import Any

import pytest
from slack_sdk import WebClient
from sqlalchemy import Engine, select

from bot.playground.double import Channel, SlackDouble, Team, User, World
from bot.playground.double.deliveries import HttpRoute, Kind
from commands.ui.cards.survey_answer import SAVE_COMMENT
from commands.ui.cards.survey_question import ANSWER, question_card
from commands.ui.text import translator
from metrics.asking import SurveyPolicy
from metrics.surveys import all_surveys
from storage.queries.tables import anonymous_answer, survey_ask, survey_response
from storage.session import reading, transaction
from tests.bot.killed import KILLS, Mother, mother_of
from tests.storage.queries import rows

PEOPLE = [f"U0{number:03}" for number in range(8)]
WORLD = World(
    team=Team("T0US", "Us"),
    users=[User(each, each.lower(), each, f"{each}@them.example", team_id="T0THEM") for each in PEOPLE],
    channels=[Channel("C0SHARED", "us-and-them", members=PEOPLE, is_ext_shared=True, connected_team_ids=["T0THEM"])],
)
PATIENCE_SECONDS = 60
NPS = all_surveys()["nps"]


@pytest.fixture(scope="module")
def mother() -> Iterator[Mother]:
    """Of bots that answer."""
    with mother_of("tests.bot.answering_process") as process:
        yield process


class Victim:
    """A bot that takes requests at one address, and is started again whenever it was killed."""

    def __init__(self, start: Callable[[], int], port: int) -> None:
        self._start = start
        self._port = port
        self._alive = self._started()

    def kill(self) -> None:
        """Kill −9 it and wait until the next one takes requests."""
        os.kill(self._alive, signal.SIGKILL)  # an error if it was not alive
        self._alive = self._started()

    def stop(self) -> None:
        with suppress(ProcessLookupError):
            os.kill(self._alive, signal.SIGKILL)

    def _started(self) -> int:
        started = self._start()
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            with suppress(OSError), closing(socket.create_connection(("127.0.0.1", self._port), 0.2)):
                return started
            time.sleep(0.01)
        raise TimeoutError("the bot does not start")


@contextmanager
def victim(mother: Mother, engine: Engine, double: SlackDouble) -> Iterator[tuple[Victim, HttpRoute]]:
    """A bot, and the way to it."""
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    store = engine.url.render_as_string(hide_password=False)
    told = [store, double.api_url, double.bot_token, double.signing_secret, str(port)]
    bot = Victim(lambda: mother.fork(*told), port)
    url = f"http://127.0.0.1:{port}/slack/events"
    double.connect_http(url)
    try:
        yield bot, HttpRoute(url, double.signing_secret, ack_seconds=20, now=time.time)
    finally:
        bot.stop()


def put_questions(engine: Engine, double: SlackDouble, *, anonymous: bool) -> dict[str, str]:
    """A question to each person, as it stands in Slack; their tokens."""
    now = datetime.now(UTC)
    slack = WebClient(double.bot_token, base_url=double.api_url)
    tokens = {}
    with transaction(engine) as db:
        account_id = rows.account(db)
        secret = b"s" * 32 if anonymous else None
        wave_id = rows.survey_wave(db, start_at=now, created_at=now, anonymous=anonymous, secret=secret)
        for user in PEOPLE:
            contact_id = rows.contact(db, account_id, user, slack_user_id=user)
            tokens[user] = f"token-{user}"
            about = {"contact_id": contact_id, "destination": user, "token": tokens[user]}
            rows.survey_ask(db, wave_id, account_id, asked_at=now, expires_at=now + timedelta(days=7), **about)
    for user, token in tokens.items():
        card = question_card(NPS, "", token, translator("en"), SurveyPolicy())
        channel = slack.conversations_open(users=user)["channel"]["id"]
        slack.chat_postMessage(channel=channel, text=card.text, blocks=list(card.blocks))
    return tokens


def taps(double: SlackDouble) -> dict[str, dict[str, Any]]:
    """What Slack sends when each person taps their button 0."""
    found = {}
    for user in PEOPLE:
        (message,) = double.messages(double.direct_channel(user), user)
        found[user] = double.click(user, message, ANSWER, f"token-{user} 0").payload
    return found


class Sent(Thread):
    """One request on its way; `arrived` once Slack heard so."""

    def __init__(self, route: HttpRoute, payload: dict[str, Any]) -> None:
        super().__init__()
        self._route, self._payload = route, payload
        self.arrived = False

    def run(self) -> None:
        self.arrived = self._route.deliver(Kind.INTERACTION, self._payload, None).failure is None


def answered(tapped: dict[str, Any], score: int) -> dict[str, Any]:
    """The tap on another button."""
    payload = deepcopy(tapped)
    action = payload["actions"][0]
    action["value"] = f"{action['value'].rpartition(' ')[0]} {score}"
    return payload


def commented(tapped: dict[str, Any], words: str) -> dict[str, Any]:
    """The modal for a comment, sent off; its id is a new one each time."""
    token = tapped["actions"][0]["value"].partition(" ")[0]
    view = {
        "id": f"V{abs(hash(words))}",
        "type": "modal",
        "callback_id": SAVE_COMMENT,
        "private_metadata": token,
        "blocks": [],
        "state": {"values": {"survey_comment": {"comment": {"type": "plain_text_input", "value": words}}}},
    }
    about = {name: value for name, value in tapped.items() if name in {"user", "team", "api_app_id", "token"}}
    return {**about, "type": "view_submission", "view": view}


def kept(engine: Engine, *, anonymous: bool) -> list[tuple[Any, ...]]:
    """Every answer that there is: who gave it, the score, the words."""
    table = anonymous_answer if anonymous else survey_response
    whose = table.c.mark if anonymous else table.c.responder
    with reading(engine) as db:
        return [tuple(row) for row in db.execute(select(whose, table.c.score, table.c.comment))]


@pytest.mark.slow
@pytest.mark.parametrize("anonymous", [False, True], ids=["named", "anonymous"])
def test_kills_at_any_moment_cost_no_answer_and_double_none(mother: Mother, engine: Engine, anonymous: bool) -> None:
    """Who sees that a tap has not arrived taps again; what has arrived is never sent a second time."""
    chance = random.Random(5)
    latest: dict[str, tuple[int, str | None]] = dict.fromkeys(PEOPLE, (0, None))
    again = 0
    with SlackDouble(WORLD) as double:
        put_questions(engine, double, anonymous=anonymous)
        with victim(mother, engine, double) as (bot, route):
            tapped = taps(double)
            for number in range(KILLS):
                user = chance.choice(PEOPLE)
                score, words = latest[user]
                if number % 3 == 2:
                    words = f"Words {number}"
                    payload = commented(tapped[user], words)
                else:
                    score = chance.randrange(11)
                    payload = answered(tapped[user], score)
                sent = Sent(route, payload)
                sent.start()
                time.sleep(chance.uniform(0, 0.06))
                bot.kill()
                sent.join()
                again += not sent.arrived
                while not sent.arrived:
                    time.sleep(0.02)
                    sent = Sent(route, payload)
                    sent.start()
                    sent.join()
                latest[user] = (score, words)
        answers = kept(engine, anonymous=anonymous)
    print(f"{KILLS} kills, {again} sent again, {len(answers)} answers")  # noqa: T201
    assert len(answers) == len(PEOPLE)
    if anonymous:
        assert sorted(str(one[1:]) for one in answers) == sorted(str(one) for one in latest.values())
    else:
        assert {one[0]: one[1:] for one in answers} == latest
    with reading(engine) as db:
        assert set(db.execute(select(survey_ask.c.state)).scalars()) == {"answered"}
