"""What type the devices of an RMA are, and which go back under the rules for batteries (PORTAL-35)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

from msgspec import Struct
from sqlalchemy import Connection

from bot.shapes import reader
from flows.engine.parsers import well_formed
from flows.engine.phrases import Phrase, Text, _
from storage import systems
from storage.returns import Line
from storage.systems import folded

TYPES: Final[Mapping[str, Phrase]] = {
    "microinverter": _("Microinverters"),
    "ac_battery": _("AC Batteries"),
    "system_controller": _("IQ System Controllers"),
    "battery": _("IQ Batteries"),
    "battery_pcu": _("IQ Battery PCUs"),
}
_CALLED: Final = {
    "battery_pcu": re.compile(r"\bpcu"),
    "ac_battery": re.compile(r"\bac (?:batter\w*|accu)\b|\bacb"),
    "system_controller": re.compile(r"\b(?:system ?controll?er|systeemcontroller|controleur|enpower)"),
    "battery": re.compile(r"batter|\baccu|\bencharge"),
    "microinverter": re.compile(r"\bmicro|\biq\d|\bm2\d\d\b"),
}
"""What is printed on it or typed, most telling first: an "IQ Battery PCU" is a PCU."""
_BATTERIES: Final = ("battery", "ac_battery", "battery_pcu")
_DEFAULT: Final = _(
    "A battery goes in its original box, or in one that a carrier accepts for lithium.\n"
    "Is it swollen, wet or hot? Do not pack it, and call us first.\n"
    "It is only collected, never dropped off."
)
LANGUAGES: Final = ("nl", "fr", "en")


class BatteryRules(Struct, frozen=True, forbid_unknown_fields=True):
    """How batteries go back. `products`: names of more that are batteries; `rules`: by language, or ours."""

    products: tuple[str, ...] = ()
    rules: Mapping[str, str] = {}

    def __post_init__(self) -> None:
        """Whoever reads another language must not read other rules."""
        if self.rules and not all(self.rules.get(language, "").strip() for language in LANGUAGES):
            raise ValueError(f"[rules] needs {', '.join(LANGUAGES)}")

    def are_for(self, connection: Connection, lines: Sequence[Line]) -> bool:
        """Whether there is a battery among these devices."""
        names = [folded(name) for name in self.products]
        return any(type in _BATTERIES for type in types_of(connection, lines).values()) or any(
            name in folded(line.product) for line in lines for name in names
        )

    def said(self, language: str) -> Text:
        """The rules, in that language."""
        return self.rules[language].strip() if self.rules else _DEFAULT


_rules = reader(BatteryRules)


def read(path: Path | None) -> BatteryRules:
    """The rules in a file, or ours without one. Raises ValueError, which says what is wrong where."""
    if path is None:
        return BatteryRules()
    try:
        return _rules(tomllib.loads(path.read_text("utf-8")))
    except (OSError, ValueError) as error:
        raise ValueError(f"{path}: {error}") from error


def types_of(connection: Connection, lines: Iterable[Line]) -> dict[int, str]:
    """By place on the RMA: the type, by its name or by its serial; a battery when either says so."""
    lines = list(lines)
    serials = [line.serial for line in lines if well_formed(line.serial)]
    known = systems.with_serials(connection, serials) if serials else {}
    found = {}
    for line in lines:
        device = known.get(line.serial)
        kind, named = device.kind if device else "", types_called(line.product)
        type = named[0] if named else kind
        found[line.position] = kind if kind in _BATTERIES and type not in _BATTERIES else type
    return found


def types_called(words: str) -> list[str]:
    """The types that these words name."""
    said = folded(words)
    return [type for type, pattern in _CALLED.items() if pattern.search(said)]
