"""Pictures come after the text: drawn elsewhere, uploaded once, then shown in the answer that already stands."""

import hashlib
import json
import logging
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Protocol

from bot.landings import Landing, Swap
from bot.people import People
from bot.slack_client import SLACK_FAULTS, Slack, code_of
from bot.uploads import Shared, upload
from commands.core.reply import Chart, Reply
from commands.ui.blocks import image, message_text

logger = logging.getLogger(__name__)

MOST_KEPT = 500


class Draws(Protocol):
    """What turns a chart into a picture: bot.drawing.Drawing."""

    def png(self, chart: Chart) -> bytes | None:
        """The picture; None if it could not be drawn."""
        ...


class Pictures:
    """Gives answers their charts. Nothing that goes wrong here touches the text."""

    def __init__(self, slack: Slack, people: People, drawing: Draws, wait: Callable[[float], object]) -> None:
        """`wait` sleeps for so many seconds, or less when the bot is to stop."""
        self._slack = slack
        self._people = people
        self._drawing = drawing
        self._wait = wait
        self._files = _Files()

    def add(self, landing: Landing, reply: Reply, user_id: str) -> None:
        """Draw the reply's chart and show it where the reply landed, else as a file, else not at all."""
        if reply.chart is None:
            return
        try:
            shown = self._show(landing, reply, reply.chart)
        except SLACK_FAULTS as error:
            logger.warning("the chart %s could not be shown in its place: %s", reply.chart.id, code_of(error))
            shown = False
        if shown:
            return
        try:
            self._share_file(landing, reply.chart, user_id)
        except SLACK_FAULTS as error:
            logger.warning("the chart %s stays unseen: %s", reply.chart.id, code_of(error))

    def _show(self, landing: Landing, reply: Reply, chart: Chart) -> bool:
        """True also where there is nothing to show; SlackApiError or OSError if the upload fails."""
        key = content_key(chart)
        file_id = self._files.find(key)
        if file_id is None:
            png = self._drawing.png(chart)
            if png is None:
                return True
            file_id = upload(self._slack, f"{chart.id}.png", png, title=chart.title)
            self._files.keep(key, file_id)
        if self._swap(landing, reply, chart, file_id):
            return True
        self._files.drop(key)
        return False

    def _swap(self, landing: Landing, reply: Reply, chart: Chart, file_id: str) -> bool:
        """Show the uploaded file, waiting for Slack to know it; on an unknown outcome it is taken as shown."""
        picture = image(file_id, chart.alt)
        try:
            swap = landing.show(reply, picture)
            for seconds in landing.waits:
                if swap is not Swap.NOT_READY:
                    break
                self._wait(seconds)
                swap = landing.show(reply, picture)
        except OSError as error:
            logger.warning("whether the chart %s is shown is not known: %s", chart.id, error)
            return True
        return swap is Swap.DONE

    def _share_file(self, landing: Landing, chart: Chart, user_id: str) -> None:
        """Below a shared answer, if nobody from outside reads there now; for a private one by direct message."""
        thread = landing.thread()
        if thread is not None:
            if self._people.audience(thread[0], user_id, fresh=True).external:
                return
            to = Shared(thread[0], thread_ts=thread[1])
        else:
            channel_id = self._people.direct_channel(user_id)
            if channel_id is None:
                return
            to = Shared(channel_id, comment=message_text(chart.alt))
        png = self._drawing.png(chart)
        if png is not None:
            upload(self._slack, f"{chart.id}.png", png, title=chart.title, to=to)


def content_key(chart: Chart) -> str:
    """Equal for charts that look the same, so that each is uploaded once."""
    content = json.dumps([chart.id, chart.title, chart.data], sort_keys=True, default=dict)
    return hashlib.sha256(content.encode()).hexdigest()


class _Files:
    """The ids of the pictures uploaded last, by content."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._ids: OrderedDict[str, str] = OrderedDict()

    def find(self, key: str) -> str | None:
        with self._lock:
            file_id = self._ids.get(key)
            if file_id is not None:
                self._ids.move_to_end(key)
            return file_id

    def keep(self, key: str, file_id: str) -> None:
        with self._lock:
            self._ids[key] = file_id
            if len(self._ids) > MOST_KEPT:
                self._ids.popitem(last=False)

    def drop(self, key: str) -> None:
        with self._lock:
            self._ids.pop(key, None)
