"""Which system is meant by typed words: forgiving with spelling, asking where two are alike (ESM-34)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from rapidfuzz import fuzz

from storage.systems import System, folded

LISTED = 62
"""A system that fits less well than this is not shown."""
CLEAR = 80
"""The best one is taken as meant from here on,"""
MARGIN = 3
"""when it is this much better than the next."""
AT_MOST = 10
WRONG_NUMBER = 12
"""What each typed number that is nowhere on the system costs."""

_NUMBER = re.compile(r"\d")
_LETTERS_AFTER = re.compile(r"(?<=\d)[a-z]+$")
_IDLE = re.compile(r"\b(?:bij|in|te|a|at|chez|het|de|le|la|the|systeem|systeme?|site|installatie)\b")


class Found(NamedTuple):
    """Systems that fit, best first; `clear`: the first is meant."""

    systems: tuple[System, ...]
    clear: bool


class Fit(NamedTuple):
    """How well a system fits, and whether every typed number is on it."""

    score: float
    numbers_fit: bool
    system: System


def search(text: str, systems: Sequence[System]) -> Found:
    """The systems that the words may mean, by name, owner, address, postcode or reference."""
    words = _words(text)
    if not words:
        return Found((), clear=False)
    fits = sorted((_fit(words, system) for system in systems), key=lambda fit: -fit.score)
    listed = [fit for fit in fits[:AT_MOST] if fit.score >= LISTED and fit.score >= fits[0].score - 25]
    if not listed:
        return Found((), clear=False)
    alone = len(fits) == 1 or fits[0].score - fits[1].score > MARGIN
    clear = alone and listed[0].score >= CLEAR and listed[0].numbers_fit
    return Found(tuple(fit.system for fit in listed), clear)


def likeness(query: str, words: str) -> float:
    """How alike two folded texts are, 0 to 100 (measured in understanding.md, item 10)."""
    bare, bare_words = query.replace(" ", ""), words.replace(" ", "")
    together = fuzz.ratio(bare, bare_words, score_cutoff=70)
    tokens = fuzz.token_set_ratio(query, words)
    if tokens < 50:
        return max(together, tokens / 2)
    in_order = fuzz.token_sort_ratio(query, words)
    partly = fuzz.partial_ratio(bare, bare_words)
    return max(together, 0.5 * tokens + 0.2 * in_order + 0.3 * partly)


def _words(text: str) -> str:
    words = folded(text)
    return " ".join((_IDLE.sub("", words).strip() or words).split())


def _fit(query: str, system: System) -> Fit:
    *fields, reference = system.words.split("\n")
    if reference and query.replace(" ", "") == reference.replace(" ", ""):
        return Fit(100, True, system)
    score = max(likeness(query, field) for field in fields)
    numbers = [token for token in query.split() if _NUMBER.search(token)]
    if not numbers:
        return Fit(score, True, system)
    known = {_LETTERS_AFTER.sub("", token) for field in fields for token in field.split()}
    missing = sum(_LETTERS_AFTER.sub("", token) not in known for token in numbers)
    return Fit(score - WRONG_NUMBER * missing, not missing, system)
