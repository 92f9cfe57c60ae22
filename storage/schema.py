"""All tables together: importing this is what makes `metadata` complete."""

from __future__ import annotations

from storage.tables import metadata

__all__ = ["metadata"]
