"""What running the demo needs is installed with it; the rest comes with the channel that needs it."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import packages_distributions, requires

import pytest

EXTRAS = ("aiohttp", "httpx", "psycopg", "slack_bolt", "slack_sdk", "telegram")
STARTS = ("bot.serve", "bot.demo_people", "bot.terminal", "bot.desk_commands", "bot.desk_work", "bot.doctor")


def test_the_names_are_those_of_packages_that_only_extras_bring() -> None:
    """Else the next test would prove nothing."""
    always = {
        line.split(";")[0].split(">")[0] for line in requires("solardesk") or () if "extra ==" not in line
    }
    for name in EXTRAS:
        assert not always & set(packages_distributions()[name])


@pytest.mark.parametrize("module", STARTS)
def test_what_starts_the_product_needs_no_extra(module: str) -> None:
    """As on a machine where they are not installed."""
    missing = "; ".join(f"sys.modules[{name!r}] = None" for name in EXTRAS)
    program = f"import sys; {missing}; import {module}"
    made = subprocess.run([sys.executable, "-c", program], check=False, capture_output=True, text=True)
    assert made.returncode == 0, made.stderr
