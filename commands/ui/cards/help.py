"""Help: what can be asked, each with something to try at once."""

from collections.abc import Iterable, Sequence

from commands.core.registry import shown
from commands.core.reply import Block, Markup, Reply
from commands.core.request import Translator
from commands.core.spec import ASK, Command
from commands.ui.blocks import bold, button, context, divider, join, section
from metrics.types import Sentence, msg

INTRODUCTION = msg("Ask me about your customers and your recurring revenue. I can explain every figure.")
MORE = msg("And more")
PRIVATE = msg("Only you see my answers, until you share one.")
WORDS = msg(
    "Write periods as you speak, in English, Spanish or Russian: last month, Q3, octubre, 12m. "
    "Names may be short or misspelt."
)


def help_card(commands: Iterable[Command], t: Translator, prefix: str) -> Reply:
    """Every command with a name of its own with its first example as a button, then the others, a line each."""
    listed = tuple(commands)
    own, others = [one for one in listed if one.own_name], [one for one in listed if not one.own_name]
    blocks: list[Block] = [section(join("\n", (bold(t(INTRODUCTION)), t(PRIVATE)))), divider()]
    blocks += [_entry(command, t, prefix) for command in own]
    if others:
        blocks += [divider(), section(join("\n", (bold(t(MORE)), *(_short(command, t, prefix) for command in others))))]
    also = Sentence("Everything also works as {command}.", {"command": _sub_command(own, prefix)})
    blocks.append(context(t(WORDS), t(also)))
    lines = [t(INTRODUCTION), *(_line(command, t, prefix) for command in listed), t(PRIVATE), t(WORDS), t(also)]
    return Reply("\n".join(lines), tuple(blocks))


def _short(command: Command, t: Translator, prefix: str) -> Markup:
    return join(" ", (_code(shown(command, prefix=prefix)), t(command.summary)))


def _entry(command: Command, t: Translator, prefix: str) -> Block:
    usage = t(command.usage)
    name = join(" ", (bold(shown(command, prefix=prefix)), usage) if usage else (bold(shown(command, prefix=prefix)),))
    examples = [_code(shown(command, example, prefix)) for example in command.examples]
    text = join("\n", (name, t(command.summary), *([join(" · ", examples)] if examples else [])))
    return section(text, accessory=_example(command, prefix))


def _example(command: Command, prefix: str) -> Block:
    """A button that asks the command's first example."""
    text = command.examples[0] if command.examples else ""
    return button(shown(command, text, prefix), ASK, shown(command, text))


def _line(command: Command, t: Translator, prefix: str) -> str:
    typed = shown(command, t(command.usage), prefix)
    return f"{typed}: {t(command.summary)}"


def _sub_command(commands: Sequence[Command], prefix: str) -> str:
    """A slash command's example as a sub-command, one with something to type after the name if there is any."""
    examples = [(command.id, example) for command in commands for example in command.examples[:1]]
    name, typed = next((each for each in examples if each[1]), examples[0] if examples else ("help", ""))
    return f"/{prefix}latido {name} {typed}".strip()


def _code(text: str) -> Markup:
    return Markup(f"`{text.replace('`', '').replace('&', '&amp;').replace('<', '&lt;').replace('>', '&gt;')}`")
