"""From what a flow encloses to bytes, in the reader's language, at the moment it is sent."""

from __future__ import annotations

import asyncio
import logging
import mimetypes

from bot.faults import trace
from bot.ports import Enclosed
from flows.engine.enclosures import Chart, Enclosure, Kept, ReturnLabel, SheetToFill, Writing
from locales.speaker import Speaker
from storage.attachments import Folder

log = logging.getLogger(__name__)


class Maker:
    """Makes what is enclosed. Drawing is work for a thread; the library is loaded with the first picture."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder

    async def make(self, enclosure: Enclosure, speaker: Speaker) -> Enclosed | None:
        """The same as `made`, beside what else goes on."""
        return await asyncio.to_thread(self.made, enclosure, speaker)

    def made(self, enclosure: Enclosure, speaker: Speaker) -> Enclosed | None:
        """The bytes; None when they cannot be had: the words that go with it say what it was."""
        try:
            return self._make(enclosure, speaker)
        except FileNotFoundError:
            log.warning("a stored file is gone")
        except Exception as error:  # a picture is no reason to leave somebody without an answer
            log.error("an enclosure was not made: %s", trace(error))
        return None

    def _make(self, enclosure: Enclosure, speaker: Speaker) -> Enclosed:
        match enclosure:
            case Kept(id=id, name=name):
                kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
                return Enclosed(name, kind, self._folder.path(id).read_bytes())
            case Chart():
                from bot.enclosures.chart import png

                return Enclosed("chart.png", "image/png", png(enclosure, speaker))
            case Writing(name=name, lines=lines):
                text = "\n".join(map(speaker.say, lines)) + "\n"
                return Enclosed(name, "text/plain; charset=utf-8", text.encode())
            case SheetToFill(name=name, columns=columns):
                from bot.enclosures.sheet_to_fill import empty_sheet

                kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
                return Enclosed(name, kind, empty_sheet([speaker.say(column) for column in columns]))
            case ReturnLabel(code=code, format=format):
                from bot.enclosures import return_label

                if format == "qr":
                    return Enclosed(f"{code}.png", "image/png", return_label.qr(enclosure))
                return Enclosed(f"{code}.pdf", "application/pdf", return_label.pdf(enclosure, speaker))
