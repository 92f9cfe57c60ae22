"""Our types as JSON and back. Newer and older code read each other's rows: what is missing has a default,
what is unknown is ignored, and a part of a conversation that cannot be read never takes the rest with it."""

from __future__ import annotations

import json
import logging
from typing import Any

import msgspec
from msgspec import Struct

from bot.ports import RawFile
from bot.shapes import reader
from flows.engine.conversation import Conversation
from flows.engine.data import File
from flows.engine.events import Content, Event
from flows.engine.outputs import Closed, Finished, Prompt, Say, Unsaid
from flows.engine.work import Reply

log = logging.getLogger(__name__)

VERSION = 1

Message = Say | Prompt | Closed | Unsaid | Finished
"""What the outbox holds: the outputs that a person gets to see."""


class State(Struct, frozen=True):
    """A conversation with the version of the format it was written in."""

    v: int
    conversation: Conversation


_encoder = msgspec.json.Encoder()
_conversation = reader(Conversation)
_state = msgspec.json.Decoder(State)
_event = msgspec.json.Decoder(Event)
_content: msgspec.json.Decoder[Content] = msgspec.json.Decoder(Content)
_message: msgspec.json.Decoder[Message] = msgspec.json.Decoder(Message)
_reply: msgspec.json.Decoder[Reply] = msgspec.json.Decoder(Reply)
_raw_files = msgspec.json.Decoder(tuple[RawFile, ...])
_files = msgspec.json.Decoder(tuple[File, ...])


def encode(value: Struct | tuple[Struct, ...]) -> str:
    """Any of our types as JSON."""
    return _encoder.encode(value).decode()


def encode_state(conversation: Conversation) -> str:
    """A conversation as it is stored."""
    return encode(State(VERSION, conversation))


def decode_state(body: str) -> Conversation:
    """A stored conversation, however old; what cannot be read is dropped and logged."""
    try:
        return _state.decode(body).conversation
    except msgspec.ValidationError:
        return _salvage(json.loads(body)["conversation"])


def decode_event(payload: bytes) -> Event:
    """An event of our own making, such as a timer that ran out."""
    return _event.decode(payload)


def decode_content(stored: str) -> Content:
    """What a person said or pressed."""
    return _content.decode(stored)


def decode_message(stored: str) -> Message:
    """What is or was to be said."""
    return _message.decode(stored)


def decode_reply(stored: str) -> Reply:
    """What the desk answered."""
    return _reply.decode(stored)


def decode_raw_files(stored: str) -> tuple[RawFile, ...]:
    """Files as a channel announced them."""
    return _raw_files.decode(stored)


def decode_files(stored: str) -> tuple[File, ...]:
    """Files as they are after preparing."""
    return _files.decode(stored)


def _salvage(stored: dict[str, Any]) -> Conversation:
    """Everything of a conversation that this code can read, field by field and run by run."""
    kept: dict[str, Any] = {}
    for field in msgspec.structs.fields(Conversation):
        value = stored.get(field.name, msgspec.UNSET)
        if isinstance(value, list):
            value = [item for item in value if _readable(field.name, [item])]
        if value is not msgspec.UNSET and _readable(field.name, value):
            kept[field.name] = value
        else:
            log.error("stored conversation: %s could not be read", field.name)
    return _conversation({"key": stored["key"], **kept})


def _readable(field: str, value: Any) -> bool:
    try:
        _conversation({"key": "", field: value})
    except msgspec.ValidationError:
        return False
    return True
