"""The overview in a real browser: the picture is drawn, lists and cards are a tap away."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.installer import Installer
from tests.browser.overview import looks_around

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
@pytest.mark.row("ESM-05", "ESM-12")
def test_from_the_overview_to_an_rma_and_back(installers: Callable[..., Installer], language: str) -> None:
    """On a phone, in each language, and the browser has nothing to complain about."""
    looks_around(installers(language), language)
