"""Numbers by their shape (requirements section 6, ESM-48): text always, leading zeros kept."""

from __future__ import annotations

import re
from typing import Final, Literal, NamedTuple

Kind = Literal["serial", "sma_serial", "rma", "case", "system", "unknown"]

_RUN: Final = re.compile(r"(?<!\w)\d[\d .\-/]*\d(?!\w)")
_NEVER: Final = re.compile(
    r"\b[A-Z]{2}\d{2}(?:[ .-]?\w{4}){2,7}\b|\+\d[\d ./()-]{6,}\d|\b(?:BE|NL|FR|LU)[ .]?\d[\d.]{7,}\w*", re.I
)
"""Bank accounts, phone numbers and VAT numbers: never one of ours, and no part of them is."""
_LABEL: Final = re.compile(
    r"(?:\b(?P<rma>rma|return|retour)|(?P<case>dossier|case|ticket|zaak|geval|cas)"
    r"|(?P<system>syst[eè]e?me?|system|site|sid|installatie|installation|plant)"
    r"|(?P<serial>sn|s/n|serie\w*|s[eé]rie\w*|serial\w*))"
    r"[\s:.#-]*(?:nummer|nr|no|n°|num[eé]ro|number|id)?[\s:.#°-]*$",
    re.I,
)


class Number(NamedTuple):
    """A number in a text: its digits, what it names, and where it stands."""

    digits: str
    kind: Kind
    start: int
    end: int


def numbers(text: str) -> tuple[Number, ...]:
    """The numbers that name something of ours."""
    found = []
    text = _NEVER.sub(lambda veto: "_" * len(veto.group()), text)
    for run in _RUN.finditer(text):
        for digits, start, end in _parts(run.group(), run.start()):
            kind = _kind(digits, text[:start])
            if kind:
                found.append(Number(digits, kind, start, end))
    return tuple(found)


def shape(digits: str) -> Kind | None:
    """What a bare number is; none when it cannot be an identifier of ours."""
    match len(digits), digits[:2]:
        case 12, _:
            return "serial"
        case 10, lead if lead[0] != "0":
            return "sma_serial"
        case 8, "00":
            return "rma"
        case 8, "03":
            return "case"
        case 9, lead if lead[0] == "7":
            return "system"
        case 5 | 6 | 7 | 8 | 9 | 11 | 13, lead if lead[0] != "0":
            return "unknown"
        case _:
            return None


def _parts(run: str, start: int) -> list[tuple[str, int, int]]:
    """One number typed with spaces in it, or several numbers with spaces between them."""
    joined = re.sub(r"\D", "", run)
    if len(joined) in (8, 12) and shape(joined) in ("serial", "rma", "case"):
        return [(joined, start, start + len(run))]
    return [(part.group(), start + part.start(), start + part.end()) for part in re.finditer(r"\d+", run)]


def _kind(digits: str, before: str) -> Kind | None:
    """By its label, else by its shape; what looks like a serial is no RMA ("new rma 122045001234")."""
    by_shape = shape(digits)
    if by_shape in ("serial", "sma_serial") and _labelled(before) in ("rma", "case"):
        return by_shape
    return (_labelled(before) if len(digits) >= 5 else None) or by_shape


def _labelled(before: str) -> Kind | None:
    label = _LABEL.search(before)
    if label is None:
        return None
    kinds: dict[str, Kind] = {"rma": "rma", "case": "case", "system": "system", "serial": "serial"}
    return kinds.get(label.lastgroup or "")
