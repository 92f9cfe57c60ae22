"""Words without what people type differently every time: capitals, accents, punctuation."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

_LIGATURES: Final = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o"})
_NO_WORD: Final = re.compile(r"[\W_]+")


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """Lower case, no accents, words separated by one space. Only for short texts: the result is kept."""
    if not text.isascii():
        plain = unicodedata.normalize("NFKD", text.casefold().translate(_LIGATURES))
        text = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return _NO_WORD.sub(" ", text.lower()).strip()


def phrases(words: str) -> frozenset[str]:
    """Phrases written with commas between them, folded."""
    return frozenset(fold(phrase) for phrase in words.split(","))
