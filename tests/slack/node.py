"""Whether the Slack of others can run here; imports nothing, as the conftest of all tests asks it."""

from __future__ import annotations

import shutil
from pathlib import Path

HERE = Path(__file__).parent


def node() -> str | None:
    """The Node that can run it, when it is installed."""
    return shutil.which("node") if (HERE / "node_modules" / "emulate").is_dir() else None
