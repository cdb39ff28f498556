import logging
from collections.abc import Iterator

import pytest

from bot.logs import set_up_logging


@pytest.fixture(autouse=True)
def _logging_as_it_was() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = handlers, level


def test_our_lines_are_shown_and_the_libraries_details_are_not(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logging()
    logging.getLogger("bot.anything").info("hello")
    logging.getLogger("slack_sdk.web").info("a whole request")
    said = capsys.readouterr().err
    assert "INFO bot.anything: hello" in said
    assert "a whole request" not in said
