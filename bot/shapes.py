"""Data from elsewhere, read into a shape of ours."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

import msgspec

T = TypeVar("T")


def reader(shape: type[T]) -> Callable[[Any], T]:
    """Reads plain data into this shape, or raises msgspec.ValidationError. Made where a module begins.

    msgspec 0.22 studies a shape when it is first read, and a second thread that reads it meanwhile meets half
    of what it found: the process ends with SIGSEGV. Here it is studied at once, while nothing else runs.
    """
    msgspec.json.Decoder(shape)
    return partial(msgspec.convert, type=shape)
