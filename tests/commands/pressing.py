"""Buttons on cards: found on what was answered and pressed as the wiring would."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from commands.core.reply import Answer, Block, Modal, Reply
from commands.core.request import Request
from commands.core.spec import Command
from storage.session import Session


def buttons(blocks: Sequence[Block]) -> Iterator[Block]:
    """Every button of a card or modal."""
    for block in blocks:
        for element in (*block.get("elements", ()), block.get("accessory", {})):
            if element.get("type") == "button":
                yield element


def labels(blocks: Sequence[Block]) -> list[str]:
    return [element["text"]["text"] for element in buttons(blocks)]


def press(command: Command, given: Reply | Modal, action_id: str, by: Request, db: Session, number: int = 0) -> Answer:
    """What the button of that action says, the first unless `number` is given."""
    pressed = [one for one in buttons(given.blocks) if one["action_id"].partition("#")[0] == action_id][number]
    action = next(action for action in command.actions if action.id == action_id)
    return action.run(replace(by, text=pressed.get("value", "")), db)


def reply(answer: Answer) -> Reply:
    assert isinstance(answer, Reply)
    return answer


def modal(answer: Answer) -> Modal:
    assert isinstance(answer, Modal)
    return answer
