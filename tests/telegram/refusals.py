"""What the service says when it does not do what was asked, in its own words."""

from __future__ import annotations

from typing import Any

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same"
    " as a current content and reply markup of the message"
)
QUERY_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
OTHER_POLLER = (
    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
)
WEBHOOK_ACTIVE = (
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the"
    " webhook first"
)


class Refused(Exception):
    """An answer that is not ok. `ours`: the caller broke a rule of the Bot API, which no test forgives."""

    def __init__(self, code: int, description: str, *, ours: bool = False, **parameters: Any) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.ours = ours
        self.parameters = parameters


def broken(description: str) -> Refused:
    """A call that a careful bot never makes."""
    return Refused(400, f"Bad Request: {description}", ours=True)


def unlucky(description: str) -> Refused:
    """A call that a careful bot can make: the world changed meanwhile."""
    return Refused(400, f"Bad Request: {description}")


def too_many(seconds: int) -> Refused:
    """Come back in so many seconds."""
    return Refused(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)
