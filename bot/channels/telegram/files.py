"""The files of a message."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bot.channels.telegram.updates import Message
from bot.ports import RawFile

_KINDS: Final = (
    ("animation", "video"),  # before the document that says the same
    ("document", "document"),
    ("voice", "voice"),
    ("audio", "voice"),
    ("video", "video"),
    ("video_note", "video"),
    ("sticker", "sticker"),
)
_NAMES: Final = {"image": "photo.jpg", "video": "video.mp4", "voice": "voice.ogg", "sticker": "sticker.webp"}


def has_file(message: Message) -> bool:
    """Whether something is attached to it."""
    return next(files_of(message), None) is not None


def files_of(message: Message) -> Iterator[RawFile]:
    """The file of a message: a photo comes in several sizes, of which the largest is meant."""
    if message.photo:
        best = max(message.photo, key=lambda size: (size.width, size.file_size))
        yield RawFile(best.file_id, _NAMES["image"], "image", max(best.file_size, 0))
        return
    for name, kind in _KINDS:
        if media := getattr(message, name):
            named = media.file_name or _NAMES.get(kind, "document")
            yield RawFile(media.file_id, named, kind, max(media.file_size, 0))
            return
