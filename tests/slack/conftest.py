"""Sample data, made once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conversations.conftest import filled, seeded
from tests.telegram.process import make_sample

__all__ = ["filled", "seeded"]


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sample data."""
    return make_sample(tmp_path_factory.mktemp("sample"))
