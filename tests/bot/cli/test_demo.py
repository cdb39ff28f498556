import re
import signal
import socket
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.bot.cli.conftest import Latido

ROOT = Path(__file__).parents[3]


def test_a_port_that_is_taken_is_one_sentence(latido: Latido) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        said = latido("demo", "--port", str(port))
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith(f"latido demo: port {port} cannot be used")


@pytest.mark.slow
def test_it_says_where_it_is_answers_there_and_ends_when_told() -> None:
    command = [sys.executable, "-m", "bot", "demo", "--port", "0"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as demo:
        assert demo.stdout is not None
        lines = [demo.stdout.readline(), demo.stdout.readline()]
        assert lines[1].startswith("Ready: type /health acme"), lines
        found = re.search(r"http://127\.0\.0\.1:\d+", lines[0])
        assert found is not None
        with urlopen(found[0], timeout=10) as page:
            assert b"Latido playground" in page.read()
        demo.send_signal(signal.SIGTERM)
        _, errors = demo.communicate(timeout=60)
    assert (demo.returncode, errors) == (0, "")
