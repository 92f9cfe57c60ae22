"""Serial numbers in typed or pasted words: many at once, in any layout (requirements section 6)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from flows.engine.parsers import ENPHASE, SMA, well_formed
from flows.engine.phrases import Copy, Text, _, n_

AT_MOST = 100
EXPLAINED = 8
"""Lines about what is none; more would fill the screen."""
EXAMPLE = "482105012345"
"""No device has it: an example is not something to copy."""

_LOOK_ALIKE = str.maketrans("OoIlZz", "001122")
_APART = re.compile(r"[,;/+&|\n\r\t]|\b(?:en|et|and)\b", re.IGNORECASE)
_LABEL = re.compile(r"^(?:s/?n|serial|serie|série|serienummer|nr|no|n°|#)[:.#]*(?=\d)", re.IGNORECASE)
_ROUNDED = re.compile(r"\d[.,]\d+e\+?\d+", re.IGNORECASE)


class Serials(NamedTuple):
    """Well-formed serials in order, one line for each thing that is none, and what of that was a number."""

    found: tuple[str, ...]
    problems: tuple[Text, ...]
    wrong: tuple[str, ...] = ()


def serials_in(text: str) -> Serials:
    """Every serial in the words, each once. O, I, l and Z are read as digits only inside a number."""
    words = unicodedata.normalize("NFKC", text)
    rounded = dict.fromkeys(_ROUNDED.findall(words))
    numbers = dict.fromkeys(
        number for chunk in _APART.split(_ROUNDED.sub(",", words)) for number in _numbers(chunk)
    )
    found = [number for number in numbers if well_formed(number)]
    if len(found) > AT_MOST:
        return Serials(
            tuple(found[:AT_MOST]), (_("At most {most} serial numbers fit in one request.")(most=AT_MOST),)
        )
    wrong = tuple(number for number in numbers if not well_formed(number))
    problems = [_rounded(typed) for typed in rounded]
    problems += map(_wrong, wrong)
    if len(problems) > EXPLAINED:
        rest = len(problems) - EXPLAINED
        problems[EXPLAINED:] = [
            n_("{n} more is no serial number.", "{n} more are no serial numbers.")(n=rest)
        ]
    if not found and not problems:
        problems = [
            _("I see no serial number in that. It has 12 digits, for example {example}.")(example=EXAMPLE)
        ]
    return Serials(tuple(found), tuple(problems), wrong[:AT_MOST])


def unusual_week(number: str) -> bool:
    """Whether digits 5 and 6, the week it was made as far as we know, are no week (a soft hint only)."""
    return len(number) == ENPHASE and not 1 <= int(number[4:6]) <= 53


def _numbers(chunk: str) -> Iterator[str]:
    """The numbers of one chunk, put together where they were typed with spaces inside."""
    run: list[str] = []
    for word in [*chunk.split(), ""]:
        digits = _digits(word)
        if digits:
            run.append(digits)
        elif run:
            yield from _joined(run)
            run = []


def _digits(word: str) -> str:
    """The word as digits, or nothing when it is a word."""
    bare = re.sub(r"[.\-_:·()\[\]\"']", "", _LABEL.sub("", word.strip(".,:;()[]\"'")))
    if sum(sign.isdecimal() for sign in bare) * 2 < len(bare):
        return ""
    digits = bare.translate(_LOOK_ALIKE)
    return digits if digits.isascii() and digits.isdecimal() else ""


def _joined(pieces: list[str]) -> Iterable[str]:
    """Pieces typed with spaces between them, as numbers of 12 (or 10) digits where they make such."""
    whole = "".join(pieces)
    if len(whole) in (ENPHASE, SMA) and not well_formed(pieces[0]):
        return [whole]
    if any(len(piece) >= SMA - 1 for piece in pieces):
        return _split(pieces)
    return _gathered(pieces)


def _gathered(pieces: list[str]) -> Iterator[str]:
    """Short pieces collected until they make a serial."""
    gathered = ""
    for piece in pieces:
        if gathered and len(gathered) + len(piece) > ENPHASE:
            yield gathered
            gathered = ""
        gathered += piece
        if len(gathered) == ENPHASE:
            yield gathered
            gathered = ""
    if gathered:
        yield gathered


def _split(pieces: list[str]) -> Iterator[str]:
    """Each piece by itself; a long one without separators is cut into serials."""
    for piece in pieces:
        if len(piece) > ENPHASE and len(piece) % ENPHASE == 0:
            yield from (piece[at : at + ENPHASE] for at in range(0, len(piece), ENPHASE))
        else:
            yield piece


def _rounded(typed: str) -> Text:
    return _("{typed} was rounded by a spreadsheet. Copy it as text, or send a photo of the label.")(
        typed=typed
    )


def _wrong(number: str) -> Text:
    """Why this is no serial."""
    if len(number) in (SMA, ENPHASE):
        return _("{typed} is no serial number we know of. Please compare it with the label.")(
            typed=Copy(number)
        )
    return n_(
        "{typed} has {n} digit, it should have 12. Please compare it with the label.",
        "{typed} has {n} digits, it should have 12. Please compare it with the label.",
    )(n=len(number), typed=Copy(number[:40]))
