"""Names of systems and people inside a message: what is left when the words of the wish are taken off."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import Final, NamedTuple

from bot.understanding import words
from bot.understanding.fold import fold
from bot.understanding.phrases import FILLER

LONGEST_NAME: Final = 7
_AT: Final = re.compile(r"\b(?:bij|chez|at)\s+(.+)", re.IGNORECASE)
LONGEST_HOUSE_NUMBER: Final = 4


class Word(NamedTuple):
    """A word of the text, folded, and where it stands; "D'Hondt" folds to two."""

    folded: str
    start: int


def wish_and_name(text: str) -> tuple[frozenset[str], str]:
    """The words that lead to a name, and the name as it was typed: "nieuwe rma voor" and "Peeters, Aarschot".

    The name is empty when what is left are words we know.
    """
    said = [Word(fold(word.group()), word.start()) for word in re.finditer(r"\S+", text)]
    first = 0
    while first < len(said) and set(said[first].folded.split()) <= words.LEAD:
        first += 1
    while 0 < first < len(said) and _begins_name(text, said, first - 1):
        first -= 1
    while len(said) > first and said[-1].folded in words.POLITE | words.SEARCH:
        text, said = text[: said[-1].start], said[:-1]
    wish = frozenset(" ".join(word.folded for word in said[:first]).split())
    name = set(" ".join(word.folded for word in said[first:]).split())
    if not name or len(said) - first > LONGEST_NAME or name & words.NO_NAME:
        return wish, ""
    return wish, text[said[first].start :].strip(" ,.;:?\"'")


def name_after(text: str) -> str:
    """The name in "micro kapot bij Peeters in Aarschot sinds gisteren": up to a word we know."""
    found = _AT.search(text)
    if not found:
        return ""
    name = list(takewhile(lambda word: not set(fold(word).split()) & words.NO_NAME, found[1].split()))
    return " ".join(name[:LONGEST_NAME]).strip(" ,.;:?")


def is_name(folded: str) -> bool:
    """A few words that mean nothing to us may be the name of a system; a phone number is none."""
    said = set(folded.split())
    digits = sum(sign.isdigit() for sign in folded)
    if not 0 < len(said) <= LONGEST_NAME or digits > LONGEST_HOUSE_NUMBER or not folded.isascii():
        return False
    return not said & (words.NO_NAME | words.SMALL_TALK | (FILLER - words.PARTICLES))


def _begins_name(text: str, said: list[Word], place: int) -> bool:
    """Whether a small word before a name belongs to it: "De Smet", "van der Linden"."""
    word, start = said[place]
    if word not in words.PARTICLES:
        return False
    return text[start].isupper() or said[place + 1].folded in ("der", "den", "de")
