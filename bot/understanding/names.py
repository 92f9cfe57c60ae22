"""Names of systems and people inside a message: what is left when the words of the wish are taken off."""

from __future__ import annotations

import re
from itertools import dropwhile, takewhile
from typing import Final, NamedTuple

from bot.understanding import words
from bot.understanding.fold import fold
from bot.understanding.phrases import FILLER

LONGEST_NAME: Final = 7
LONGEST_WITH_NAME: Final = 8
"""Words of a sentence in which a name may stand unmarked; a longer one tells a story."""
_AT: Final = re.compile(r"\b(?:bij|chez|at)\s+(.+)", re.IGNORECASE)
_BREAK: Final = re.compile(r"\s*[,:;–—]\s*|\s+-\s+")
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


def name_before(text: str) -> str:
    """The name in "peeters, micro kapot", or what is left of "micro peeters kapot sinds gisteren"."""
    parts = _BREAK.split(text)
    from_name = dropwhile(lambda part: not is_name(fold(part)), parts)
    cut_off = ", ".join(takewhile(lambda part: is_name(fold(part)), from_name))
    return cut_off if cut_off and len(parts) > 1 else _name_among(text)


def _name_among(text: str) -> str:
    """The words that are no device, no fault and no small word, if they stand together."""
    if len(text.split()) > LONGEST_WITH_NAME:
        return ""
    found: list[list[str]] = [[]]
    for word in re.findall(r"[^\s,:;–—]+", words.PHRASES_FOR_BROKEN.sub(" is ", text)):
        said = set(fold(word).split())
        if said & words.SINCE:
            break
        if not said or said & (words.DEVICE | words.BROKEN | words.LAMP | (FILLER - words.PARTICLES)):
            found.append([])
        else:
            found[-1].append(word)
    names = [name for name in map(_without_small_words, found) if is_name(fold(" ".join(name)))]
    return " ".join(names[0]).strip(" .?!\"'") if len(names) == 1 else ""


def _without_small_words(name: list[str]) -> list[str]:
    """Without "van" before it, unless it is written like a part of it: "Van den Berg"; nor "de" behind it."""
    while name and fold(name[-1]) in words.PARTICLES:
        name = name[:-1]
    while name and fold(name[0]) in words.PARTICLES and not (name[1:] and name[0][0].isupper()):
        name = name[1:]
    return name


def is_name(folded: str) -> bool:
    """A few words that mean nothing to us may be the name of a system; a phone number is none."""
    said = set(folded.split())
    digits = sum(sign.isdigit() for sign in folded)
    if not 0 < len(said) <= LONGEST_NAME or digits > LONGEST_HOUSE_NUMBER or not folded.isascii():
        return False
    return not said & (
        words.NO_NAME | words.SINCE | words.LAMP | words.SMALL_TALK | (FILLER - words.PARTICLES)
    )


def _begins_name(text: str, said: list[Word], place: int) -> bool:
    """Whether a small word before a name belongs to it: "De Smet", "van der Linden"."""
    word, start = said[place]
    if word not in words.PARTICLES:
        return False
    return text[start].isupper() or said[place + 1].folded in ("der", "den", "de")
