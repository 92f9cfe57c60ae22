"""Ports for processes that are told theirs, and get the same one when they are started again."""

from __future__ import annotations

import random
import socket

OURS = range(20_000, 30_000)
"""Below those that the system hands out by itself, to whoever opens a connection."""


def free_port() -> int:
    """A port of this machine that nobody uses."""
    for port in random.SystemRandom().sample(OURS, 100):
        try:
            socket.create_server(("127.0.0.1", port)).close()
        except OSError:
            continue
        return port
    raise AssertionError("no port is free")
