"""Sample data, made once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conversations.conftest import filled, seeded
from tests.slack.process import WAYS
from tests.telegram.process import make_sample

__all__ = ["filled", "seeded"]


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sample data."""
    return make_sample(tmp_path_factory.mktemp("sample"))


@pytest.fixture(params=WAYS)
def way(request: pytest.FixtureRequest) -> str:
    """How Slack and the process reach each other: what is proven of one is proven of both."""
    return str(request.param)
