"""Logging: one line an event on stderr, quiet libraries, nothing that Slack sent us."""

import logging

_QUIET = ("slack_bolt", "slack_sdk", "apscheduler", "uvicorn.access", "matplotlib", "alembic")


def set_up_logging(level: int = logging.INFO) -> None:
    """Called by the terminal once. The libraries below log whole requests when asked for detail, so they stay quiet."""
    logging.basicConfig(level=level, format="%(asctime)s %(levelname)s %(name)s: %(message)s", force=True)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
