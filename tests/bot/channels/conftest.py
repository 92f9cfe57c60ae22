"""The sample data, made once, for what is shown of it."""

from __future__ import annotations

from tests.conversations.conftest import seeded

__all__ = ["seeded"]
