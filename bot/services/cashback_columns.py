"""The columns of an Excel file with devices, by what people call them in three languages (SMA-05)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Final

from bot.sheet import Line

NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "serial": (
        "serienummer", "serienr", "serial number", "serial no", "serial", "sn", "s n", "numero de serie",
        "n de serie", "no de serie", "num serie", "serie", "seriennummer",
    ),
    "model": (
        "model", "modele", "type", "product", "produit", "toestel", "apparaat", "appareil", "device",
        "omvormer", "onduleur", "inverter", "artikel",
    ),
    "day": (
        "installatiedatum", "datum", "datum installatie", "geinstalleerd op", "date d installation",
        "date", "installe le", "installation date", "installed on", "date installed",
    ),
    "remark": ("opmerking", "remarque", "remark"),
}  # fmt: skip
"""What people call the columns, in three languages, without accents and signs."""
ALIKE: Final[Mapping[str, re.Pattern[str]]] = {
    "serial": re.compile(
        r"\b(?:seri(?:al|e) ?(?:nummers?|numbers?|nrs?|nos?)|s n|(?:numeros?|nos?|nr?) (?:de )?series?)\b"
    ),
    "model": re.compile(
        r"\bmodel(?:en|s|naam|name|nr)?\b|\bmodeles?\b"
        r"|\b(?:type|product|produit)\b.*\b(?:toestel|apparaat|omvormer|appareil|onduleur|device|inverter)"
    ),
    "day": re.compile(
        r"\b(?:datum|date)\b.*\b(?:install|inbedrijf|plaatsing|mise en service|commission|pose\b)"
        r"|\b(?:installatie|install\w*|plaatsings|commissioning) ?(?:datum|date)\b"
    ),
}
"""What stands in longer names, in more words than are listed."""
LONGEST_NAME: Final = 60
HEAD_WITHIN: Final = 20


def head_of(lines: Sequence[Line]) -> tuple[int, dict[str, int]] | None:
    """Where the names of the columns stand, and which column is which; a name as listed goes first."""
    for kind_of in (_listed, _alike):
        for place, line in enumerate(lines[:HEAD_WITHIN]):
            if "serial" in map(kind_of, line.cells):
                return place, _columns(line)
    return None


def _columns(line: Line) -> dict[str, int]:
    columns: dict[str, int] = {}
    for kind_of in (_listed, _alike):
        for column, words in enumerate(line.cells):
            kind = kind_of(words)
            if kind and column not in columns.values():
                columns.setdefault(kind, column)
    return columns


def _listed(words: str) -> str:
    name = _plain(words)
    return next((kind for kind, names in NAMES.items() if name in names), "")


def _alike(words: str) -> str:
    name = _plain(words)
    return next((kind for kind, pattern in ALIKE.items() if pattern.search(name)), "")


def _plain(words: str) -> str:
    """The letters of a name; nothing when it has a serial in it or is a sentence."""
    if len(words) > LONGEST_NAME or re.search(r"\d{7}", words):
        return ""
    plain = unicodedata.normalize("NFKD", words.lower().replace("’", " ")).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z]+", " ", plain).strip()


def words_in(line: Line, column: int | None) -> str:
    """What stands in a column of a row; "" in one that is not there."""
    return line.cells[column] if column is not None and column < len(line.cells) else ""
