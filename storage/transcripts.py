"""Who said what, in order: for tests, the web page, bug reports and a colleague who takes over."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from typing import Literal

from msgspec import Struct
from sqlalchemy import Connection, text

from flows.engine.conversation import Button
from flows.engine.data import Started
from flows.engine.events import Content, Filled, Pressed, Said, Sent
from flows.engine.outputs import Prompt, Say
from flows.engine.phrases import Copy, Lines, Text, n_
from storage.codec import Message, decode_content, decode_message
from storage.masking import masked_text
from storage.moments import moment

Who = Literal["person", "bot"]

_SAID = text(
    "SELECT id, key, sequence, received_at, content FROM inbox"
    " WHERE conversation = :conversation AND content IS NOT NULL ORDER BY sequence DESC LIMIT :limit"
)
_ANSWERED = text(
    "SELECT id, sequence, created_at, output FROM outbox"
    " WHERE conversation = :conversation AND sequence >= :since AND output IS NOT NULL"
    " AND coalesce(outcome, '') <> 'replaced' ORDER BY sequence, id"
)
_TOLD = text("SELECT output FROM outbox WHERE conversation = :conversation AND id = :id")


class Entry(Struct, frozen=True):
    """One thing that was said. `id` is the row's: of the inbox for the person, of the outbox for the bot.

    `key` is the channel's own key of what the person said.
    """

    id: int
    sequence: int
    at: datetime.datetime
    who: Who
    what: Content | Message
    key: str = ""


class Line(Struct, frozen=True):
    """One thing that was said, in words."""

    at: datetime.datetime
    who: Who
    text: Text


def history(connection: Connection, conversation: str, limit: int = 200) -> list[Entry]:
    """The last `limit` inputs with all that was answered to them, each answer after its input."""
    said = connection.execute(_SAID, {"conversation": conversation, "limit": limit}).all()
    since = said[-1].sequence if len(said) == limit else 0
    answered = connection.execute(_ANSWERED, {"conversation": conversation, "since": since})
    entries = [
        Entry(
            row.id,
            row.sequence,
            moment(row.received_at),
            "person",
            decode_content(row.content),
            row.key.partition("/")[2],
        )
        for row in said
    ] + [
        Entry(row.id, row.sequence, moment(row.created_at), "bot", decode_message(row.output))
        for row in answered
    ]
    return sorted(entries, key=lambda entry: (entry.sequence, entry.who == "bot", entry.id))


def transcript(connection: Connection, conversation: str, limit: int = 40) -> list[Line]:
    """The same in words, accounts masked; what nobody said aloud (a closed prompt, a timer) is left out."""
    return list(in_words(history(connection, conversation, limit)))


def told(connection: Connection, conversation: str, number: int) -> Message | None:
    """What was said under that number of the outbox, if it was said in this conversation."""
    body = connection.execute(_TOLD, {"conversation": conversation, "id": number}).scalar_one_or_none()
    return decode_message(body) if body else None


def in_words(entries: Sequence[Entry]) -> Iterator[Line]:
    """What was said, with the labels of the buttons that were pressed."""
    labels: dict[tuple[str, int], Text] = {}
    for entry in entries:
        match entry.what:
            case Prompt() as prompt:
                labels |= {(prompt.token, button.index): button.label for button in _buttons(prompt)}
                words: Text | None = _asked(prompt)
            case Say(lines):
                words = Lines(lines)
            case Pressed(token, index):
                words = labels.get((token, index))
            case Said(said):
                words = said
            case Filled(values=values):
                given = [value if isinstance(value, str) else ", ".join(value) for value in values.values()]
                words = Lines(tuple(given))
            case Sent(files=files, text=said):
                count = n_("{n} file", "{n} files")(n=len(files))
                words = Lines((said, count)) if said else count
            case Started(flow):
                words = Copy(flow)
            case _:
                words = None
        if words:
            yield Line(entry.at, entry.who, masked_text(words))


def _asked(prompt: Prompt) -> Text:
    facts = tuple(Lines((fact.title, fact.value)) for fact in prompt.facts)
    return Lines((*prompt.lines, *facts, *(field.text for field in prompt.fields)))


def _buttons(prompt: Prompt) -> Iterator[Button]:
    for field in prompt.fields:
        yield from field.options
    yield from prompt.buttons
