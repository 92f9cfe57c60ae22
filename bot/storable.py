"""Text that every database keeps and every reader can be shown."""

from __future__ import annotations

from typing import Any, TypeVar, cast

from msgspec import Struct

T = TypeVar("T")


def storable(data: T) -> T:
    """The same without NUL, which PostgreSQL cannot keep, and without half characters, which nothing can."""
    return cast(T, _storable(data))


def _storable(data: Any) -> Any:
    match data:
        case str():
            return data.replace("\0", "").encode("utf-8", "replace").decode()
        case list() | tuple():
            return type(data)(_storable(item) for item in data)
        case dict():
            return {_storable(key): _storable(value) for key, value in data.items()}
        case Struct():
            return type(data)(*(_storable(getattr(data, name)) for name in data.__struct_fields__))
        case _:
            return data
