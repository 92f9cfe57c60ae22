"""People who file RMAs in the chat: each acts on what they were shown, one press at a time."""

from __future__ import annotations

from flows.engine.conversation import Button
from flows.engine.data import File, Started
from flows.engine.events import Content, Pressed, Said, Sent
from flows.engine.outputs import Prompt

FIRST = Started("create_rma")
ROWS = 5
PHOTO = Sent((File("photo", "image", "photo.jpg", 0),))


def answer_to(prompt: Prompt, choice: int) -> Content | None:
    """What somebody does with this prompt; None when the RMA is filed. `choice` varies what they pick."""
    buttons = [*(button for field in prompt.fields for button in field.options), *prompt.buttons]
    done = [button for button in buttons if button.press.kind == "done"]
    if done and (not prompt.fields or prompt.fields[0].kind == "files" or any(b.picked for b in buttons)):
        return _press(prompt, done[0])
    if not prompt.fields:
        return None
    match prompt.fields[0].kind:
        case "files":
            return PHOTO
        case "text":
            return Said("Nothing comes in since the storm; the light is off.")
        case _:
            rows = [button for button in prompt.fields[0].options if button.detail]
            options = rows or list(prompt.fields[0].options)
            place = choice // ROWS if prompt.fields[0].name == "system" else choice
            return _press(prompt, options[place % len(options)])


def _press(prompt: Prompt, button: Button) -> Pressed:
    return Pressed(prompt.token, button.index)
