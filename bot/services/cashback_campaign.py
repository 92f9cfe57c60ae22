"""The campaign as whoever runs the desk configured it: period, companies, devices (SMA-01, 03, 15)."""

from __future__ import annotations

import datetime
import re
import tomllib
from collections.abc import Mapping
from fnmatch import fnmatchcase, translate
from functools import cache
from pathlib import Path
from typing import Final

from msgspec import Struct

from bot.shapes import reader

SAMPLE: Final = Path(__file__).with_name("cashback_sample.toml")


class Product(Struct, frozen=True, forbid_unknown_fields=True):
    """A device that takes part. No `euros`, no word about `automatic`: not confirmed."""

    code: str
    name: str
    models: tuple[str, ...]
    serials: tuple[str, ...]
    euros: int | None = None
    automatic: bool | None = None

    def has_serial(self, serial: str) -> bool:
        """Whether a device of this kind can have this serial."""
        return _any_of(self.serials).match(serial) is not None

    def is_called(self, model: str) -> bool:
        """Whether these words name this kind of device."""
        said = folded(model)
        return any(fnmatchcase(said, f"*{folded(pattern)}*") for pattern in (*self.models, self.name))


class Campaign(Struct, frozen=True, forbid_unknown_fields=True):
    """What is known of the campaign; what is left out is not confirmed."""

    name: str
    products: tuple[Product, ...]
    first: datetime.date | None = None
    last: datetime.date | None = None
    enrolled: Mapping[str, str] = {}

    def covers(self, day: datetime.date) -> bool:
        """Whether a day lies in the period, as far as that is confirmed."""
        return (self.first is None or day >= self.first) and (self.last is None or day <= self.last)

    def takes(self, company: str) -> bool:
        """Whether a company takes part; nobody is turned away where that is not confirmed."""
        return not self.enrolled or company in self.enrolled

    def product(self, code: str) -> Product | None:
        """The device of that code."""
        return next((product for product in self.products if product.code == code), None)

    def named(self, model: str) -> Product | None:
        """The device that these words name."""
        return next((product for product in self.products if product.is_called(model)), None)

    def with_serial(self, serial: str) -> list[Product]:
        """The devices that can have this serial."""
        return [product for product in self.products if product.has_serial(serial)]


@cache
def _any_of(patterns: tuple[str, ...]) -> re.Pattern[str]:
    """All of them in one: a file has thousands of serials, each held against every device."""
    return re.compile("|".join(map(translate, patterns)) or r"(?!)")


def folded(model: str) -> str:
    """A model without what people write in different ways; the signs of patterns stay."""
    return re.sub(r"[^A-Z0-9*?]", "", model.upper())


_campaign = reader(Campaign)


def read(path: Path = SAMPLE) -> Campaign:
    """The campaign in a file. Raises ValueError, which says what is wrong where."""
    try:
        known = tomllib.loads(path.read_text("utf-8"))
        return _campaign(known)
    except (OSError, ValueError) as error:
        raise ValueError(f"{path}: {error}") from error
