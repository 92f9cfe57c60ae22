"""Which system is meant by typed words: forgiving with spelling, asking where two are alike (ESM-34)."""

from __future__ import annotations

import heapq
import itertools
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rapidfuzz import fuzz, process

from storage.systems import Entry, folded

LISTED = 62
"""A system that fits less well than this is not shown."""
CLEAR = 80
"""The best one is taken as meant from here on,"""
MARGIN = 3
"""when it is this much better than the next."""
AT_MOST = 10
LONGEST = 150
"""Signs of a search that are looked at."""
LIKELY = 30
"""So many are looked at more closely."""
WHOLE_NAME = 4
"""What it is worth that the words are exactly the name, in whatever order."""
TOGETHER = 86
"""Words this alike without their spaces are the same words."""
UNKNOWN_WORDS = 15
"""What typed words cost that are not on the system at all."""
WRONG_NUMBER = 12
"""What each typed number that is nowhere on the system costs."""

_NUMBER = re.compile(r"\d")
_LETTERS_AFTER = re.compile(r"(?<=\d)[a-z]+$")
_IDLE = re.compile(r"\b(?:bij|in|te|a|at|chez|systeem|systeme?|site|installatie)\b")


class Found(NamedTuple):
    """Systems that fit, best first; `clear`: the first is meant."""

    systems: tuple[Entry, ...]
    clear: bool


class Fit(NamedTuple):
    """How well a system fits, and whether every typed number is on it."""

    score: float
    numbers_fit: bool
    system: Entry


def search(text: str, systems: Sequence[Entry]) -> Found:
    """The systems that the words may mean, by name, owner, address, postcode or reference."""
    words = _words(text)
    if not words or not systems:
        return Found((), clear=False)
    likely = heapq.nlargest(LIKELY, _fits(words, systems), key=lambda fit: fit.score)
    fits = sorted((_covered(words, fit) for fit in likely), key=lambda fit: -fit.score)
    listed = [fit for fit in fits[:AT_MOST] if fit.score >= LISTED and fit.score >= fits[0].score - 25]
    if not listed:
        return Found((), clear=False)
    alone = len(fits) == 1 or fits[0].score - fits[1].score > MARGIN
    clear = alone and listed[0].score >= CLEAR and listed[0].numbers_fit
    return Found(tuple(fit.system for fit in listed), clear)


def likenesses(query: str, fields: Sequence[str]) -> list[float]:
    """How alike each field is to the words, 0 to 100 (measured in understanding.md, item 10).

    What has too little in common counts as nothing, and what stands on many systems is compared once.
    """
    different = list(dict.fromkeys(fields))
    likeness = dict(zip(different, _likenesses(query, different), strict=True))
    return [likeness[field] for field in fields]


def _likenesses(query: str, fields: Sequence[str]) -> list[float]:
    bare, bare_fields = query.replace(" ", ""), [field.replace(" ", "") for field in fields]
    likeness = [0.0] * len(fields)
    for _field, score, place in process.extract(
        bare, bare_fields, scorer=fuzz.ratio, score_cutoff=70, limit=None
    ):
        likeness[place] = score
    for field, tokens, place in process.extract(
        query, fields, scorer=fuzz.token_set_ratio, score_cutoff=50, limit=None
    ):
        in_order = fuzz.token_sort_ratio(query, field)
        partly = fuzz.partial_ratio(bare, bare_fields[place])
        likeness[place] = max(likeness[place], 0.5 * tokens + 0.2 * in_order + 0.3 * partly)
    return likeness


def _words(text: str) -> str:
    words = folded(text[:LONGEST])
    return " ".join((_IDLE.sub("", words).strip() or words).split())


def _fits(query: str, systems: Sequence[Entry]) -> Iterator[Fit]:
    split = [system.words.split("\n") for system in systems]
    each = iter(likenesses(query, [field for *fields, _reference in split for field in fields]))
    bare = query.replace(" ", "")
    numbers = _numbers(query)
    for system, (*fields, reference) in zip(systems, split, strict=True):
        score = max(itertools.islice(each, len(fields)))
        if reference and bare == reference.replace(" ", ""):
            yield Fit(100, True, system)
        elif score:
            missing = sum(
                not number.search(system.words, 0, len(system.words) - len(reference)) for number in numbers
            )
            yield Fit(score - WRONG_NUMBER * missing, not missing, system)


def _numbers(query: str) -> list[re.Pattern[str]]:
    """Each typed number, as it can stand on a system; "14b" counts as 14."""
    bare = [_LETTERS_AFTER.sub("", token) for token in query.split() if _NUMBER.search(token)]
    return [re.compile(rf"(?<!\S){re.escape(number)}[a-z]*(?!\S)") for number in bare]


def _covered(query: str, fit: Fit) -> Fit:
    """The fit, less what was typed and is nowhere on the system: "Maes-Claes" is not Maes."""
    fields = fit.system.words.split("\n")
    if sorted(query.split()) == sorted(fields[0].split()):
        return fit._replace(score=100 + WHOLE_NAME)
    bare = query.replace(" ", "")
    if any(fuzz.ratio(bare, field.replace(" ", ""), score_cutoff=TOGETHER) for field in fields):
        return fit
    words = {word for field in fields for word in field.split()}
    typed = query.split()
    found = sum(len(token) * max(fuzz.ratio(token, word) for word in words) for token in typed)
    missing = 1 - found / 100 / sum(map(len, typed))
    return fit._replace(score=fit.score - UNKNOWN_WORDS * missing)
