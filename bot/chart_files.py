"""Charts as files of Slack's: drawn elsewhere, uploaded once for the same content."""

import hashlib
import json
from collections import OrderedDict
from threading import Lock
from typing import Protocol

from bot.slack_client import Slack
from bot.uploads import upload
from commands.core.reply import Chart, Paper

MOST_KEPT = 500


class Draws(Protocol):
    """What turns a chart into a picture: bot.drawing.Drawing."""

    def png(self, chart: Chart) -> bytes | None:
        """The picture; None if it could not be drawn."""
        ...

    def pdf(self, paper: Paper) -> bytes | None:
        """The pages with their charts; None if they could not be laid out."""
        ...


class ChartFiles:
    """The files of the charts shown last; safe to ask from many threads."""

    def __init__(self, slack: Slack, drawing: Draws) -> None:
        """Nothing is drawn yet."""
        self._slack = slack
        self._drawing = drawing
        self._lock = Lock()
        self._ids: OrderedDict[str, str] = OrderedDict()

    def id_of(self, chart: Chart) -> str | None:
        """The id of the chart's picture at Slack, uploaded now if need be; None if it could not be drawn.

        SlackApiError or OSError if the upload fails.
        """
        key = content_key(chart)
        file_id = self._find(key)
        if file_id is not None:
            return file_id
        png = self._drawing.png(chart)
        if png is None:
            return None
        file_id = upload(self._slack, f"{chart.id}.png", png, title=chart.title)
        self._keep(key, file_id)
        return file_id

    def drop(self, chart: Chart) -> None:
        """Forget the chart's file: Slack does not show it."""
        with self._lock:
            self._ids.pop(content_key(chart), None)

    def _find(self, key: str) -> str | None:
        with self._lock:
            file_id = self._ids.get(key)
            if file_id is not None:
                self._ids.move_to_end(key)
            return file_id

    def _keep(self, key: str, file_id: str) -> None:
        with self._lock:
            self._ids[key] = file_id
            if len(self._ids) > MOST_KEPT:
                self._ids.popitem(last=False)


def content_key(chart: Chart) -> str:
    """Equal for charts that look the same, so that each is uploaded once."""
    content = json.dumps([chart.id, chart.title, chart.data], sort_keys=True, default=dict)
    return hashlib.sha256(content.encode()).hexdigest()
