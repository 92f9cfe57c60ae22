"""Faults that a test can order."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal[
    "429", "500", "html", "truncated", "hang", "drop before", "drop after", "hang after", "first", "then",
    "refused",
]  # fmt: skip


@dataclass
class Fault:
    """What happens to the next calls that match.

    429: wait `seconds`; 500: refused as JSON; html: a page of a proxy instead of an answer; truncated: half
    an answer, after the effect; hang: no answer for `seconds`, no effect; hang after: the same with the
    effect; drop before, drop after: the connection is cut without or with the effect; first, then: `does` is
    called without or with the effect, before any answer; refused: the platform says `error`.
    """

    kind: Kind
    method: str = ""
    chat: int = 0
    times: int = 1
    seconds: float = 1.0
    skip: int = 0
    does: Callable[[], Any] | None = None
    error: str = ""

    def fits(self, method: str, params: dict[str, Any]) -> bool:
        """Is this call meant?"""
        return method.startswith(self.method) and self.chat in (0, number(params.get("chat_id")))


class Faults:
    """The faults that wait for their call."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []
        self._lock = threading.Lock()

    def order(self, kind: Kind, method: str = "", **more: Any) -> Fault:
        """Let something go wrong."""
        fault = Fault(kind, method, **more)
        with self._lock:
            self._waiting.append(fault)
        return fault

    def waiting(self) -> list[Fault]:
        """Those that did not happen yet, or not often enough."""
        with self._lock:
            return [fault for fault in self._waiting if fault.times > 0]

    def clear(self) -> None:
        """Let everything go well again."""
        with self._lock:
            self._waiting.clear()

    def next(self, method: str, params: dict[str, Any]) -> Fault | None:
        """What goes wrong with this call."""
        with self._lock:
            for fault in self._waiting:
                if fault.times > 0 and fault.fits(method, params):
                    if fault.skip > 0:
                        fault.skip -= 1
                        return None
                    fault.times -= 1
                    return fault
            return None


def number(chat: Any) -> int:
    """The id of a chat as a number, or 0."""
    return int(chat) if str(chat).lstrip("-").isdigit() else 0
