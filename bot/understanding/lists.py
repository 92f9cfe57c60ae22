"""Whether a sentence asks for a list of RMAs or cases, and not for one of them or for a new one."""

from __future__ import annotations

import datetime
import re
from typing import Final

from bot.understanding import filters, words
from bot.understanding.dates import plain
from bot.understanding.fold import fold

SOME_DAY: Final = datetime.date(2026, 1, 1)
"""Whether a day is said does not depend on which day it is."""
_ALL_OF: Final = r"(?:mes|nos|les|des|tous les|tes|vos|combien de|alle|hoeveel|liste (?:de|des))"
_RMAS: Final = re.compile(
    rf"\brma'?s\b|\b{_ALL_OF} rma\b|\b(?:batterijretours|batterij ?retouren|battery returns)\b"
    r"|\bretours (?:de )?batteries?\b"
)
_CASES: Final = re.compile(r"\b(?:dossiers|cases|zaken|gevallen)\b|\b" + _ALL_OF + r" cas\b|\bcas\b")
_ONE: Final = re.compile(
    r"\b(?:mijn|mon|my|onze|notre|our|le|de|the|deze|dit|ce|cet|this|een|un|une|an?|l')"
    r" ?(?:[a-z]+ )?(?:rma|dossier|case|cas)\b(?!'?s)"
)
_ANEW: Final = frozenset(
    fold(
        """maak maken aanmaken indienen créer créez create introduire faire start starten ouvrir registreren
        doe toevoegen voeg ajouter ajoute ajoutez add wijzig wijzigen intrek intrekken annuleer annuleren
        annuler cancel withdraw retirer supprimer delete schrappen stop zetten"""
    ).split()
)
_NOT_A_LIST: Final = re.compile(
    r"\b(?:nieuwe?|nouveau|nouvelle|new) (?:rma|dossier|case|cas)\b(?!'?s)"
    r"|\b(?:dit|deze|ce|cet|cette|this) (?:syst\w+|site|klant|client|customer|installation|installatie)\b"
)
_STATUSES: Final = frozenset(("approved", "shipped", "cancelled", "pending_approval", "resolved"))


def list_meant(text: str, *, numbered: bool) -> str:
    """The flow of the list that is asked for; nothing where it is one thing or something new."""
    said, sentence = set(fold(text).split()), plain(text)
    if said & (_ANEW | words.BROKEN | words.WHEN_OR_WHERE) or _NOT_A_LIST.search(sentence):
        return ""
    if _RMAS.search(sentence):
        return "list_rmas"
    if _CASES.search(sentence):
        return "list_cases"
    found = filters.read(text, SOME_DAY)
    if numbered or _ONE.search(sentence):
        return ""
    narrow = bool(found.submitted or found.changed or found.postcode)
    named = bool(words.RMA & said) or "dossier" in said
    known = not _STATUSES.isdisjoint(found.status.split("+"))
    if (named and (found.status not in ("", "new") or narrow)) or (known and narrow):
        return "list_cases" if found.kind == "case" else "list_rmas"
    return ""
