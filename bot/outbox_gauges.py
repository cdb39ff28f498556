"""What Prometheus sees of the outbox: messages by state, how long the oldest has waited, broken destinations."""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from bot.telemetry import Gauge
from storage.queries.queue import totals
from storage.session import reading

logger = logging.getLogger(__name__)


def outbox_gauges(engine: Engine, clock: Callable[[], datetime]) -> Callable[[], Sequence[Gauge]]:
    """Reads the gauges; none while the store does not answer."""

    def read() -> Sequence[Gauge]:
        now = clock()
        try:
            with reading(engine) as db:
                found = totals(db, now=now)
        except SQLAlchemyError:
            logger.warning("the outbox cannot be counted", exc_info=True)
            return ()
        waited = 0 if found.oldest_due is None else int((now - found.oldest_due).total_seconds())
        return (
            Gauge("outbox_messages", {f'{{state="{state}"}}': count for state, count in sorted(found.states.items())}),
            Gauge("outbox_oldest_pending_seconds", {"": waited}),
            Gauge("outbox_broken_destinations", {"": found.broken}),
        )

    return read
