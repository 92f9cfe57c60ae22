"""What the desk pays, in euros: read as it is typed, kept as "120.50", said in the reader's notation."""

from __future__ import annotations

import re
from typing import Final

from flows.engine.phrases import Euros, Text

MOST: Final = Euros(1_000_000)
"""What lies above it was typed wrong: it is for the labour of one RMA."""
_TYPED: Final = re.compile(r"(?:€|eur)?\s*(\d{1,9})(?:[.,](\d{1,2}))?\s*(?:€|eur)?", re.IGNORECASE)
_KEPT: Final = re.compile(r"(\d+)\.(\d\d)")


def kept_amount(typed: str) -> str | None:
    """The amount as it is kept; None when it is no positive amount, or a far too large one."""
    found = _TYPED.fullmatch(typed.strip())
    if found is None:
        return None
    cents = 100 * int(found[1]) + int((found[2] or "").ljust(2, "0"))
    return f"{cents // 100}.{cents % 100:02}" if 0 < cents <= MOST.cents else None


def amount_text(kept: str) -> Text:
    """A kept amount in words; one of before amounts were checked stays as the desk wrote it."""
    found = _KEPT.fullmatch(kept)
    return Euros(100 * int(found[1]) + int(found[2])) if found else kept
