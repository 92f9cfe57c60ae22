"""What the edge only reads, as whoever asks, from a connection that cannot change anything."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from msgspec import Struct

from bot.services.glance import Glance
from flows.engine.work import Row


class Lookups(Struct, frozen=True):
    """`glance`: what these people have open. `search`: what somebody (first) may mean in the field of a
    question (second) with words (third), and whether there is more.
    """

    glance: Callable[[Sequence[str]], Awaitable[list[Glance]]]
    search: Callable[[str, str, str], Awaitable[tuple[Sequence[Row], bool]]]
