"""Something odd in each place of a payload: missing, empty, of another type, too large, too deep."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any


def _deep() -> Any:
    value: Any = "x"
    for _ in range(500):
        value = [value]
    return value


GONE = object()
ODD: tuple[Any, ...] = (
    GONE, None, True, 0, -1, 2**63, -(2**70), 1.5, 1e308,
    "", "x" * 5000, "\ud800\0", [], [None], {}, {"id": {}}, _deep(),
)  # fmt: skip


def spoilt(value: Any) -> Iterator[Any]:
    """The same with one thing in it replaced by something odd, for each thing and each oddity."""
    places = value.items() if isinstance(value, dict) else enumerate(value)
    for place, inner in list(places):
        for odd in ODD:
            other = copy.copy(value)
            other[place] = odd
            if odd is GONE:
                del other[place]
            yield other
        if isinstance(inner, dict | list):
            for within in spoilt(inner):
                other = copy.copy(value)
                other[place] = within
                yield other
