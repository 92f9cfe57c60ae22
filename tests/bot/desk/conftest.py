"""The whole product on sample data, with its desk."""

from __future__ import annotations

from tests.conversations.conftest import filled, seeded, world

__all__ = ["filled", "seeded", "world"]
