"""What is logged of an error: where and of what kind, never what it was about, which may be personal."""

from __future__ import annotations

import secrets
import traceback

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


def trace(error: BaseException) -> str:
    """The kind of the error and the lines that led to it, the innermost first."""
    frames = reversed(traceback.extract_tb(error.__traceback__))
    places = [f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}" for frame in frames]
    return f"{type(error).__name__} at {' < '.join(places)}"


def reference() -> str:
    """A short name for one fault, easy to read aloud: in the log, and told to the person."""
    return "".join(secrets.choice(LETTERS) for _ in range(6))
