"""What the page shows of the past, read from storage on the connection that only reads."""

from __future__ import annotations

from collections.abc import Sequence

from bot.channels.web.history import Heard, Line, Stored, Told
from bot.enclosures.maker import Maker
from bot.ports import Enclosed
from flows.engine.conversation import Conversation
from flows.engine.outputs import Say
from locales.speaker import Speaker
from storage import attachments, conversations, transcripts
from storage.attachments import Folder
from storage.codec import Message
from storage.transcripts import Entry
from storage.unit_of_work import UnitOfWork


class StoredMemory:
    """Implements `history.Memory`."""

    def __init__(self, work: UnitOfWork, folder: Folder) -> None:
        self._work = work
        self._folder = folder
        self._enclosures = Maker(folder)

    async def lines(self, conversation: str, after: int = 0) -> Sequence[Line]:
        """Who said what, in order; with `after`, only what the bot said after that outbox number."""
        entries = await self._work.read(lambda connection: transcripts.history(connection, conversation))
        return [_line(entry) for entry in entries if not after or (entry.who == "bot" and entry.id > after)]

    async def state(self, conversation: str) -> Conversation | None:
        """The conversation as it is now."""
        return await self._work.read(lambda connection: conversations.load(connection, conversation))

    async def file(self, conversation: str, id: str) -> Stored | None:
        """A stored file of this conversation; None for every other id."""
        found = await self._work.read(lambda connection: attachments.get(connection, id))
        if found is None or found.conversation != conversation:
            return None
        return Stored(self._folder.path(found.id), found.name, found.media_type)

    async def enclosed(self, conversation: str, number: int, speaker: Speaker) -> Enclosed | None:
        """What was handed out with something said in this conversation."""
        said = await self._work.read(lambda connection: transcripts.told(connection, conversation, number))
        if not isinstance(said, Say) or said.enclosed is None:
            return None
        return await self._enclosures.make(said.enclosed, speaker)


def _line(entry: Entry) -> Line:
    if isinstance(entry.what, Message):
        return Told(entry.id, entry.what)
    return Heard(entry.key, entry.what)
