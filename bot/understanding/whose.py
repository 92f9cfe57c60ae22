"""Whose RMA, return or claim a sentence is about: "label voor de retour van visser"."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, NamedTuple

from bot.understanding import words
from bot.understanding.fold import fold
from bot.understanding.names import is_name

LONGEST: Final = 5
LONGEST_SENTENCE: Final = 20
"""Words from which it is a story."""
_BEFORE: Final = frozenset(
    fold(
        """van voor bij vd chez de du des d pour of for at from on over about sur concernant betreffende re
        klant client customer systeem systeme system site werf chantier installatie installation
        familie famille family"""
    ).split()
)
"""Words that a name follows."""
_WORD: Final = re.compile(r"[^\s,;:.?!()\"]+")
_ELISION: Final = re.compile(r"(?:d|l|qu)['’](?=\w)", re.IGNORECASE)


class Whose(NamedTuple):
    """A sentence without the name in it, and the name as it was typed; `marked`: a word led to the name."""

    rest: str
    name: str
    marked: bool


def whose(text: str, is_known: Callable[[str], bool]) -> Whose | None:
    """The last few words that mean nothing to us and stand together, where a name can stand."""
    text = _ELISION.sub(lambda elided: f"{elided.group()[:-1]} ", text)
    said = list(_WORD.finditer(text))
    if len(said) > LONGEST_SENTENCE:
        return None
    strange = [not is_known(fold(word.group())) for word in said]
    last = max((place for place, odd in enumerate(strange) if odd), default=-1)
    first = last
    while first > 0 and (strange[first - 1] or _is_particle(said[first - 1].group())):
        first -= 1
    while first < last and not strange[first] and not _begins(said, first):
        first += 1
    if last < 0 or last - first >= LONGEST:
        return None
    start, end = said[first].start(), said[last].end()
    name = text[start:end]
    if not is_name(fold(name)):
        return None
    marked = first > 0 and fold(said[first - 1].group()) in _BEFORE
    behind = {part for word in said[last + 1 :] for part in fold(word.group()).split()}
    if not marked and first > 0 and behind - words.RMA:
        return None
    before = text[: said[first - 1].start()] if marked else text[:start]
    return Whose(f"{before} {text[end:]}".strip(), name, marked)


def _is_particle(word: str) -> bool:
    return fold(word) in words.PARTICLES


def _begins(said: list[re.Match[str]], place: int) -> bool:
    """Whether a small word belongs to the name behind it: another word leads to it, or it is capital."""
    capital = said[place].group()[0].isupper() and place > 0
    return capital or (place > 0 and fold(said[place - 1].group()) in _BEFORE)
