"""Pictures come after the text: drawn elsewhere, uploaded once, then shown in the answer that already stands."""

import logging
from collections.abc import Callable

from bot.chart_files import ChartFiles, Draws
from bot.landings import Landing, Swap
from bot.people import People
from bot.slack_client import SLACK_FAULTS, Slack, code_of
from bot.uploads import Shared, upload
from commands.core.reply import Chart, Paper, Reply
from commands.ui.blocks import image, message_text

logger = logging.getLogger(__name__)


class Pictures:
    """Gives answers their charts. Nothing that goes wrong here touches the text."""

    def __init__(
        self, slack: Slack, people: People, drawing: Draws, files: ChartFiles, wait: Callable[[float], object]
    ) -> None:
        """`wait` sleeps for so many seconds, or less when the bot is to stop."""
        self._slack = slack
        self._people = people
        self._drawing = drawing
        self._files = files
        self._wait = wait

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

    def pdf(self, paper: Paper) -> bytes | None:
        """The pages; None if they could not be laid out."""
        return self._drawing.pdf(paper)

    def _show(self, landing: Landing, reply: Reply, chart: Chart) -> bool:
        """True also where there is nothing to show; SlackApiError or OSError if the upload fails."""
        file_id = self._files.id_of(chart)
        if file_id is None or self._swap(landing, reply, chart, file_id):
            return True
        self._files.drop(chart)
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
