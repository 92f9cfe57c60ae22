"""Time zones by their city, in the language of the reader; and found by what somebody calls that city."""

from __future__ import annotations

import zoneinfo
from functools import cache
from typing import Final

from babel import Locale

from locales.speaker import FORMATS

_WHERE: Final = (
    "Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"
)  # fmt: skip
"""Where zones are named after cities."""


def city(zone: str, language: str) -> str:
    """The city of a zone: "Lissabon" for Europe/Lisbon, in Dutch."""
    known = Locale.parse(FORMATS.get(language, "en")).time_zones.get(zone, {}).get("city")
    return str(known) if known else zone.rpartition("/")[2].replace("_", " ")


@cache
def zones() -> frozenset[str]:
    """Every zone there is that has a city."""
    return frozenset(zone for zone in zoneinfo.available_timezones() if zone.partition("/")[0] in _WHERE)
