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

from bot.label import Label, read
from bot.sheet import Sheet, is_sheet, read_sheet

Problem = Literal["", "too_big", "not_readable", "kind", "slow", "out_of_reach"]

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LARGEST = 30 * 1024 * 1024
MOST_PIXELS = 40_000_000
MEMORY = 1024 * 1024 * 1024
CPU_SECONDS = 20
KEPT_AS_THEY_ARE = ("voice", "video", "sticker")
NAME_LENGTH = 100

PLAIN, HEIC = ("JPEG", "PNG", "WEBP", "GIF"), "HEIF"
KEPT_AS = {"JPEG": "JPEG", HEIC: "JPEG", "WEBP": "WEBP"}
"""As a PNG where nothing is said."""
UNREADABLE = (OSError, ValueError, SyntaxError, EOFError, IndexError, RuntimeError)
"""What Pillow and the decoder of HEIC raise for a file that is cut or full of nonsense."""


class Looked(Struct, frozen=True):
    """What a look at a file gave. No content when there is a problem."""

    kind: Literal["image", "document", "sheet", "voice", "video", "sticker", "other"]
    media_type: str = ""
    content: bytes = b""
    problem: Problem = ""
    label: Label = Label()
    sheet: Sheet = Sheet()


def end_with_parent() -> None:
    """A worker whose parent was killed would wait for ever."""
    parent = multiprocessing.parent_process()

    def watch() -> None:
        if parent:
            parent.join()
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def look_apart(content: bytes, announced: str, labels: bool = True) -> Looked:
    """`look` in a worker process: too much memory is a problem, too much time ends the worker."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime) + CPU_SECONDS
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, resource.RLIM_INFINITY))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, resource.RLIM_INFINITY))
    try:
        return look(content, announced, labels)
    except MemoryError:
        return Looked("image", problem="too_big")


def look(content: bytes, announced: str, labels: bool = True) -> Looked:
    """The kind by content; pictures come back without EXIF, the right way up, with what their label says."""
    if len(content) > LARGEST:
        return Looked("other", problem="too_big")
    if content.startswith(b"%PDF-"):
        return Looked("document", "application/pdf", content)
    if is_sheet(content):
        return Looked("sheet", XLSX, content, sheet=read_sheet(content))
    if announced in KEPT_AS_THEY_ARE:
        return Looked(announced, "application/octet-stream", content)  # type: ignore[arg-type]
    return _picture(content, labels)


def _picture(content: bytes, labels: bool) -> Looked:
    heic = content[4:8] == b"ftyp"
    if heic:
        _can_open_heic()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # we look at the size ourselves
            image = Image.open(io.BytesIO(content), formats=[HEIC] if heic else PLAIN)
    except Image.DecompressionBombError:
        return Looked("image", problem="too_big")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, RuntimeError):
        return Looked("other", problem="kind")
    if image.width * image.height > MOST_PIXELS:
        return Looked("image", problem="too_big")
    kept_as = KEPT_AS.get(image.format or "", "PNG")
    try:
        upright = ImageOps.exif_transpose(image)
        clean = _clean_copy(upright, kept_as)
        return Looked("image", f"image/{kept_as.lower()}", clean, label=read(upright) if labels else Label())
    except UNREADABLE:
        return Looked("image", problem="not_readable")


def _can_open_heic() -> None:
    """Photos of an iPhone. Deferred: its decoder is large, and only the workers need it."""
    import pillow_heif

    pillow_heif.options.DECODE_THREADS = 1  # each thread claims memory of the limit
    pillow_heif.register_heif_opener()


def _clean_copy(upright: Image.Image, kept_as: str) -> bytes:
    """The first frame, drawn anew: nothing of what travelled with it remains."""
    out = io.BytesIO()
    if kept_as == "JPEG":
        clean = upright.convert("RGB")
        clean.info.clear()
        clean.save(out, "JPEG", quality=88)
    else:
        clean = upright.convert("RGBA" if "transparency" in upright.info or "A" in upright.mode else "RGB")
        clean.info.clear()
        clean.save(out, kept_as)
    return out.getvalue()


def display_name(name: str, media_type: str = "") -> str:
    """A file name that is safe to show: no folders, nothing invisible or that turns text around.

    It says what the file has become: a HEIC is kept as a JPEG.
    """
    last = name.replace("\\", "/").rpartition("/")[2]
    if media_type == "image/jpeg" and last.lower().endswith((".heic", ".heif")):
        last = f"{last[:-5]}.jpg"
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
