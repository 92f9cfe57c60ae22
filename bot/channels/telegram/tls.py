"""The certificates that the platform is checked with."""

from __future__ import annotations

import ssl
from functools import cache

import httpx


@cache
def trusted() -> ssl.SSLContext:
    """One for all connections: to read them takes 40 ms of every start."""
    return httpx.create_ssl_context()
