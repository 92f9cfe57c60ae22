"""Files on their way in: streamed to disk under a name nobody can guess, until they are prepared."""

from __future__ import annotations

import asyncio
import os
import re
import secrets
import time
from collections.abc import AsyncIterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, Final

from bot.ports import Nowhere
from storage.attachments import flush_folder

LARGEST: Final = 30 * 1024 * 1024
PATIENCE: Final = 4 * LARGEST
KEPT_FOR: Final = 7 * 24 * 3600.0
_NAME: Final = re.compile(r"[0-9a-f]{64}\Z")


class TooBig(Exception):
    """More bytes than may be sent."""


class Uploads:
    """A folder of files announced but not prepared yet."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    async def take(self, ref: str, parts: AsyncIterator[bytes]) -> int:
        """Store the bytes under `ref`, whole or not at all; returns how many. Raises TooBig.

        On return they survive a power cut, as what announces them does.

        What is too big is still read (up to a limit) and thrown away: a browser that is cut off in the
        middle of sending never sees the answer.
        """
        draft = self._folder / f"{secrets.token_hex(16)}.part"
        size = 0
        try:
            with draft.open("xb") as file:
                async for part in parts:
                    size += len(part)
                    if size <= LARGEST:
                        await asyncio.to_thread(file.write, part)
                    elif size > PATIENCE:
                        break
                if size > LARGEST:
                    raise TooBig
                await asyncio.to_thread(_flush, file)
            draft.rename(self._path(ref))
            await asyncio.to_thread(flush_folder, self._folder)
        finally:
            draft.unlink(missing_ok=True)
        return size

    def size(self, ref: str) -> int | None:
        """How large the file is, or None when it is not here."""
        path = self._path(ref)
        return path.stat().st_size if path.exists() else None

    async def fetch(self, ref: str) -> bytes:
        """The bytes. Raises Nowhere."""
        try:
            return await asyncio.to_thread(self._path(ref).read_bytes)
        except FileNotFoundError:
            raise Nowhere("no such upload") from None

    def sweep(self) -> None:
        """Forget what came in a week ago, by the clock that stamps files: it was prepared long ago."""
        now = time.time()
        for path in self._folder.iterdir():
            with suppress(FileNotFoundError):  # what comes in meanwhile gets its name just now
                if path.stat().st_mtime < now - KEPT_FOR:
                    path.unlink()

    def _path(self, ref: str) -> Path:
        if not _NAME.match(ref):
            raise Nowhere("not a name of an upload")
        return self._folder / ref


def _flush(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())


def ref_of(conversation: str, file: str) -> str:
    """The name of an upload: the same when it is sent again, and different for every conversation."""
    return sha256(f"{conversation}/{file}".encode()).hexdigest()
