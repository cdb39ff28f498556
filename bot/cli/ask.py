"""latido ask "/health acme": any command, answered on the terminal."""

import argparse
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.answering import Answering
from bot.asking import ask
from bot.cli import Verb
from bot.opening import keep_up, open_store
from bot.settings import load_settings
from commands.core.registry import all_commands
from commands.core.reply import Answer, Chart, Document, Modal, Reply
from commands.core.spec import ASK, REPEATED
from commands.ui.charts import draw_png
from commands.ui.text import LOCALES


def configure(parser: argparse.ArgumentParser) -> None:
    """What to ask, and how to show it."""
    parser.add_argument("question", nargs="+", help='a command as typed in Slack, for example "/health acme"')
    parser.add_argument("--json", action="store_true", help="print text, blocks and the paths of the charts")
    parser.add_argument("--charts", type=Path, metavar="DIR", help="draw the charts into this folder (made if needed)")
    parser.add_argument("--language", default="en", choices=LOCALES, help="en, es or ru")
    parser.add_argument("--email", help="whose accounts are meant where a command asks for your own")


def run(arguments: argparse.Namespace) -> int:
    """Print the answer's text, or all of it as JSON; with --json the charts go to --charts or into this folder.

    Exit code 1 where there is no answer: the question was refused, or something failed.
    """
    settings = load_settings()
    engine = open_store(settings.database_url)
    keep_up(engine, settings.company(), datetime.now(UTC))
    answering = Answering(engine, all_commands(), settings.company(), lambda: datetime.now(UTC))
    settled = ask(answering, " ".join(arguments.question), locale=arguments.language, email=arguments.email)
    answer = settled.answer
    engine.dispose()
    folder = arguments.charts or (Path() if arguments.json else None)
    charts = _draw(answer.chart, folder) if isinstance(answer, Reply) and answer.chart and folder is not None else []
    if arguments.json:
        print(json.dumps(shown(answer) | {"charts": [str(path) for path in charts]}, indent=2, ensure_ascii=False))
    else:
        print("\n".join((shown(answer)["text"], *offered(answer), *map(str, charts))))
    return 0 if settled.outcome == "answered" else 1


def shown(answer: Answer) -> dict[str, Any]:
    """An answer as text and blocks; a command answers with a Reply, so the others have only what they are called."""
    match answer:
        case Reply():
            return {"text": answer.text, "blocks": list(answer.blocks)}
        case Modal():
            return {"text": answer.title, "blocks": list(answer.blocks)}
        case Document():
            return {"text": answer.text, "blocks": []}
        case _:
            return {"text": "", "blocks": []}


def offered(answer: Answer) -> list[str]:
    """The questions that an answer offers as buttons, as they can be typed."""
    if not isinstance(answer, Reply):
        return []
    buttons = (element for block in answer.blocks if block["type"] == "actions" for element in block["elements"])
    return [button["value"] for button in buttons if button.get("action_id", "").partition(REPEATED)[0] == ASK]


def _draw(chart: Chart, folder: Path) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{chart.id}.png"
    path.write_bytes(draw_png(chart.id, chart.title, chart.data))
    return [path.resolve()]


VERB = Verb("ask", "Answer a command on the terminal", configure, run)
