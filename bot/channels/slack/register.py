"""What is kept of the channels of Slack; whoever hands it in need not have Slack installed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from msgspec import Struct


class Register(Struct, frozen=True):
    """What is kept of channels. `met`: a channel as it is now (name, whether we are in it, whether others
    are); returns its link. `topic`: the RMA whose thread a message began, "" when it began none.
    """

    met: Callable[[str, str, bool, bool], Awaitable[str]]
    topic: Callable[[str, str], Awaitable[str]]
