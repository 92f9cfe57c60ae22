"""What a file really is, by its content, and a clean copy of it. Runs apart: pictures can be traps."""

from __future__ import annotations

import io
import multiprocessing
import os
import resource
import threading
import unicodedata
import warnings
from typing import Literal

from msgspec import Struct
from PIL import Image, ImageOps, UnidentifiedImageError

Problem = Literal["", "too_big", "not_readable", "kind", "slow"]

LARGEST = 30 * 1024 * 1024
MOST_PIXELS = 40_000_000
MEMORY = 1024 * 1024 * 1024
CPU_SECONDS = 20
KEPT_AS_THEY_ARE = ("voice", "video", "sticker")
NAME_LENGTH = 100

FORMATS = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp", "GIF": "image/png"}


class Looked(Struct, frozen=True):
    """What a look at a file gave. No content when there is a problem."""

    kind: Literal["image", "document", "voice", "video", "sticker", "other"]
    media_type: str = ""
    content: bytes = b""
    problem: Problem = ""


def end_with_parent() -> None:
    """A worker whose parent was killed would wait for ever."""
    parent = multiprocessing.parent_process()

    def watch() -> None:
        if parent:
            parent.join()
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def look_apart(content: bytes, announced: str) -> Looked:
    """`look` in a worker process: too much memory is a problem, too much time ends the worker."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime) + CPU_SECONDS
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, resource.RLIM_INFINITY))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, resource.RLIM_INFINITY))
    try:
        return look(content, announced)
    except MemoryError:
        return Looked("image", problem="too_big")


def look(content: bytes, announced: str) -> Looked:
    """The kind by content; pictures come back without EXIF, the right way up."""
    if len(content) > LARGEST:
        return Looked("other", problem="too_big")
    if content.startswith(b"%PDF-"):
        return Looked("document", "application/pdf", content)
    if announced in KEPT_AS_THEY_ARE:
        return Looked(announced, "application/octet-stream", content)  # type: ignore[arg-type]
    return _picture(content)


def _picture(content: bytes) -> Looked:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # we look at the size ourselves
            image = Image.open(io.BytesIO(content), formats=list(FORMATS))
    except Image.DecompressionBombError:
        return Looked("image", problem="too_big")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        return Looked("other", problem="kind")
    if image.width * image.height > MOST_PIXELS:
        return Looked("image", problem="too_big")
    try:
        return Looked("image", FORMATS[image.format or ""], _clean_copy(image))
    except (OSError, ValueError, SyntaxError, EOFError, IndexError):
        return Looked("image", problem="not_readable")


def _clean_copy(image: Image.Image) -> bytes:
    """The first frame, drawn anew: nothing of what travelled with it remains."""
    kind = image.format or ""
    upright = ImageOps.exif_transpose(image)
    out = io.BytesIO()
    if kind == "JPEG":
        clean = upright.convert("RGB")
        clean.info.clear()
        clean.save(out, "JPEG", quality=88)
    else:
        clean = upright.convert("RGBA" if "transparency" in upright.info or "A" in upright.mode else "RGB")
        clean.info.clear()
        clean.save(out, "WEBP" if kind == "WEBP" else "PNG")
    return out.getvalue()


def display_name(name: str) -> str:
    """A file name that is safe to show: no folders, nothing invisible or that turns text around."""
    last = name.replace("\\", "/").rpartition("/")[2]
    shown = "".join(
        letter
        for letter in unicodedata.normalize("NFC", last)
        if unicodedata.category(letter)[0] != "C" and letter not in '<>"'
    ).strip(" .")
    if len(shown) > NAME_LENGTH:
        stem, dot, ending = shown.rpartition(".")
        ending = dot + ending if stem and len(ending) < 8 else ""
        shown = shown[: NAME_LENGTH - len(ending)] + ending
    return shown or "file"
