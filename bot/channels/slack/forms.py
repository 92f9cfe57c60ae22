"""What comes out of a modal, and what goes back into it with the acknowledgement: pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from bot.channels.slack import views
from bot.channels.slack.payloads import Payload, SlackFile
from bot.ports import Aside, Outgoing, Told
from flows.engine.model import Content, Left, Prompt, Say
from locales.speaker import Speaker


def content(payload: Payload) -> Content:
    """What was sent in, pressed or closed. Raises Aside."""
    if payload.type == "view_closed" and payload.view:
        return Left(payload.view.external_id)
    raise Aside


def files(_payload: Payload) -> Iterator[SlackFile]:
    """The files in a form."""
    yield from ()


def answer(
    said: Sequence[Outgoing], form: str, speaker: Callable[[Outgoing], Speaker]
) -> tuple[dict[str, Any], list[Told]]:
    """What the acknowledgement of a form says, and what is told with that."""
    shown = [each for each in said if isinstance(each.output, Prompt | Say) and each.output.form == form]
    if not shown:
        return {"response_action": "clear"}, []
    output = shown[-1].output
    assert isinstance(output, Prompt | Say)
    view = views.view(output, speaker(shown[-1]), form)
    return {"response_action": "update", "view": view}, [Told(each) for each in shown]
