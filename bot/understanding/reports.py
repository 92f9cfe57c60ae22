"""What a sentence says about a report: which one, between which days, of which systems (ESM-39 to 41)."""

from __future__ import annotations

import datetime
import re
from typing import Final

from bot.understanding.dates import plain, spans
from bot.understanding.fold import fold

_ORDER: Final = re.compile(
    r"\b(?:rapport(?:en|s|je)?(?! a l)|rapportage|(?:excel|spreadsheet|export)(?! ?template)|exporteer"
    r"|exporter|exportez|reports?(?! (?:a|an|the|it|that|this(?! (?:week|month|year))|my)\b))\b"
)
_KINDS: Final = {
    "cashback": re.compile(r"\bcash ?backs?\b|\bsma\b"),
    "labour": re.compile(
        r"\b(?:(?:arbeids?|werk)?(?:vergoeding\w*|terugbetaling\w*)|arbeids?(?:kosten|loon|uren)?"
        r"|remboursements?|indemnisations?|main d'? ?oe?uvre|labou?r|reimbursements?|claims?)\b"
    ),
    "case": re.compile(r"\b(?:dossiers?|cases?|cas|zaken|gevallen|tickets?)\b"),
    "rma": re.compile(r"\brma'?s?\b"),
}
_MAILBOX: Final = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_IDS: Final = re.compile(r"(?<![\d/.-])\d{6,12}(?![\d/.-]|-)")
_ALL: Final = frozenset(fold("alle all alles tous toutes tout systemen systems systemes sites").split())


_YEAR: Final = re.compile(r"(?<![\d/.-])\b(20[12]\d)\s*$")


def dated(text: str) -> str:
    """The words with their year as one that a sentence can end in: "rapport cashback in 2025"."""
    day = datetime.date(2100, 1, 1)
    return text if any(spans(plain(text), day)) else _YEAR.sub(r"in \1", text)


def is_order(text: str) -> bool:
    """Whether a report is asked for: "rapport vergoedingen augustus", but not "report a fault"."""
    return bool(_ORDER.search(plain(text)))


def kind_of(text: str) -> str:
    """The report that is meant; nothing when it is not said."""
    said = plain(text)
    return next((kind for kind, pattern in _KINDS.items() if pattern.search(said)), "")


def system_ids(text: str) -> tuple[str, ...]:
    """The ids of systems in the words, in whatever way they are listed, each once."""
    return tuple(dict.fromkeys(_IDS.findall(text)))


def mailbox(text: str) -> str:
    """Where it should be mailed; nothing when no address is in the words, or several."""
    found = _MAILBOX.findall(text)
    return found[0] if len(found) == 1 else ""


def is_all(text: str) -> bool:
    """Whether all systems are meant."""
    said = set(fold(text).split())
    return bool(said) and said <= _ALL
