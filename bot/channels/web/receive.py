"""From what the browser sent to an event: pure, and forgiving of everything but nonsense."""

from __future__ import annotations

import json
from typing import Final

import msgspec
from msgspec import Struct, structs

from bot.channels.web.words import LANGUAGES
from bot.ports import Malformed, Received
from bot.shapes import reader
from bot.storable import storable
from flows.engine.data import File, Started
from flows.engine.events import Event, Filled, Pressed, Said, Sent, Spoke

Deed = Said | Pressed | Filled | Sent | Started | Spoke
"""What a person can do on the page."""

NAME_LENGTH: Final = 120
FILES_AT_ONCE: Final = 30


class Payload(Struct, frozen=True, omit_defaults=True):
    """One deed, as stored in the inbox. `locale` is the language of the page at that moment."""

    content: Deed
    locale: str = ""


_payload = reader(Payload)


def read(body: bytes) -> Payload:
    """The deed in the body of a request, or in a stored payload. Raises Malformed."""
    try:
        data = json.loads(body.decode("utf-8", "replace"))
        return _checked(_payload(storable(data)))
    except (ValueError, RecursionError) as problem:
        raise Malformed(type(problem).__name__) from None


def event(received: Received) -> Event:
    """The event in a stored payload. Raises Malformed."""
    payload = read(received.payload)
    return Event(
        id=received.key,
        conversation=received.conversation,
        sender=received.conversation,
        at=received.at,
        content=payload.content,
        locale=payload.locale,
    )


def write(payload: Payload) -> bytes:
    """What is stored in the inbox."""
    return msgspec.json.encode(payload)


def _checked(payload: Payload) -> Payload:
    content = payload.content
    if payload.locale not in LANGUAGES:
        payload = structs.replace(payload, locale="")
    if isinstance(content, Spoke) and content.locale not in LANGUAGES:
        raise Malformed("unknown language")
    if isinstance(content, Started) and content.files:
        # Only the desk's own buttons may hand over stored files; a browser could name somebody else's.
        return structs.replace(payload, content=structs.replace(content, files=()))
    if isinstance(content, Sent):
        if not 1 <= len(content.files) <= FILES_AT_ONCE:
            raise Malformed("number of files")
        files = tuple(_announced(file) for file in content.files)
        return structs.replace(payload, content=Sent(files, content.text))
    return payload


def _announced(file: File) -> File:
    """A browser can only announce a file; what is in it is found out when it is prepared."""
    name = "".join(letter for letter in file.name if letter.isprintable() and letter not in "/\\")
    return File(file.id, file.kind, name[-NAME_LENGTH:] or "file", max(file.size, 0))
