"""Words on messages: the one escaper, what Telegram counts, and where a long text is cut. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from html import escape as html_escape
from typing import Any, Final

from msgspec import Struct

LONGEST: Final = 4096
MARKS: Final = 100
"""Telegram forgets what is marked after that."""
SEAMS: Final = ("\n\n", "\n", " ")
JOINER: Final = "\u200d"

Keyboard = list[list[dict[str, Any]]]


class Piece(Struct, frozen=True):
    """A line as HTML, and the same without marks; `apart` leaves a blank line before it.

    `masked`: it is nobody else's business, so whatever becomes of it is under a spoiler.
    """

    html: str
    plain: str
    apart: bool = False
    masked: bool = False


class Sheet(Struct, frozen=True):
    """What one output looks like: its text in as many parts as needed, the buttons under the last.

    `share`: the keyboard that hands something over, in the place of the phone's own.
    """

    html: tuple[str, ...]
    plain: tuple[str, ...]
    keyboard: Keyboard = []
    share: dict[str, Any] = {}


def escape(text: str) -> str:
    """Whatever it says, it is words and no marks."""
    return html_escape(text, quote=False)


def copyable(text: str) -> str:
    """One tap copies it."""
    return f"<code>{escape(text)}</code>" if text.strip() else escape(text)


def spoiler(text: str) -> str:
    """Shown at a tap, and never in a notification."""
    return f"<tg-spoiler>{escape(text)}</tg-spoiler>" if text.strip() else escape(text)


def composed(pieces: Sequence[Piece], buttons: Keyboard) -> Sheet:
    """As many pieces on each part as fit."""
    parts: list[Piece] = []
    for piece in _fitting(pieces):
        last = parts[-1] if parts else None
        gap = "\n\n" if piece.apart else "\n"
        if last and _fit(last, gap, piece):
            parts[-1] = Piece(f"{last.html}{gap}{piece.html}", f"{last.plain}{gap}{piece.plain}")
        else:
            parts.append(piece)
    shown = [part for part in parts if part.plain.strip()] or [Piece("…", "…")]
    return Sheet(tuple(part.html for part in shown), tuple(part.plain for part in shown), buttons)


def _fit(part: Piece, gap: str, piece: Piece) -> bool:
    size_together = size(part.plain) + size(gap) + size(piece.plain)
    return size_together <= LONGEST and _marks(part) + _marks(piece) <= MARKS


def _marks(piece: Piece) -> int:
    return piece.html.count("</")


def _fitting(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Pieces that each fit in a message; what is too much for one loses its marks."""
    for piece in pieces:
        if size(piece.plain) <= LONGEST and _marks(piece) <= MARKS:
            yield piece
            continue
        rest, apart = piece.plain, piece.apart
        while rest:
            start = _start(rest)
            yield Piece((spoiler if piece.masked else escape)(start), start, apart)
            rest, apart = rest[len(start) :], False


def _start(text: str) -> str:
    """The start of a text that fits: whole paragraphs, lines or words, unless it is half empty then."""
    start = cut(text, LONGEST, "")
    if len(start) == len(text):
        return start
    for seam in SEAMS:
        place = start.rfind(seam)
        if place > len(start) // 2:
            return start[: place + len(seam)]
    return start


def size(text: str) -> int:
    """The length as Telegram counts it: in UTF-16 units."""
    return len(text) + sum(letter > "\uffff" for letter in text)


def cut(text: str, longest: int, mark: str = "…") -> str:
    """The start of a text that fits, with a mark when something was cut off; what is one sign stays whole."""
    if size(text) <= longest:
        return text
    longest -= size(mark)
    used = 0
    for place, letter in enumerate(text):
        used += size(letter)
        if used > longest:
            return text[: _between_signs(text, place)] + mark
    return text


def _between_signs(text: str, place: int) -> int:
    """The last place up to here where a new sign begins; a sign without end is cut anyhow."""
    for back in range(place, max(place - 64, 0), -1):
        if not _belong_together(text, back):
            return back
    return place


def _belong_together(text: str, place: int) -> bool:
    """Whether the letter here is part of the same sign as the one before: an accent, an emoji of several."""
    before, after = text[place - 1], text[place]
    if JOINER in (before, after) or unicodedata.category(after) in ("Mn", "Me", "Mc"):
        return True
    if "\U0001f3fb" <= after <= "\U0001f3ff" or "\U000e0020" <= after <= "\U000e007f":  # a skin, a flag
        return True
    flags = 0
    while place - flags > 0 and "\U0001f1e6" <= text[place - flags - 1] <= "\U0001f1ff":
        flags += 1
    return "\U0001f1e6" <= after <= "\U0001f1ff" and flags % 2 == 1
