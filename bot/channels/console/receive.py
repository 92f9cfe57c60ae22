"""Stored console input back into events; pure."""

from __future__ import annotations

import msgspec
from msgspec import Struct

from bot.ports import Malformed, Received
from flows.engine.events import Content, Event


class Payload(Struct, frozen=True):
    """What a console line became when it was typed."""

    content: Content
    locale: str


_decoder = msgspec.json.Decoder(Payload)


def receive(received: Received) -> Event:
    """The event in a stored line. Raises Malformed."""
    try:
        payload = _decoder.decode(received.payload)
    except msgspec.MsgspecError as error:
        raise Malformed from error
    return Event(
        received.key,
        received.conversation,
        received.conversation,
        received.at,
        payload.content,
        payload.locale,
    )
