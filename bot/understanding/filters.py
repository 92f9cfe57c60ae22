"""A sentence as a search in the lists of RMAs and cases: what it filters by, and the words left over.

Pure, and it never raises: what cannot be understood stays a word to look for (ESM-09 to 12, 47, 48).
"""

from __future__ import annotations

import datetime
import re
from typing import Any, Final

from msgspec import Struct, structs

from bot.understanding import words
from bot.understanding.dates import plain, spans
from bot.understanding.fold import fold
from bot.understanding.numbers import numbers
from bot.understanding.phrases import FILLER

LONGEST: Final = 300
MOST_WORDS: Final = 3
ALL: Final = "all"
"""All days, in the place of two of them."""
CUT: Final = " | "


class Filters(Struct, frozen=True, omit_defaults=True):
    """What a list is narrowed to. Days are "2026-07-01/2026-11-20"; `number` is of whatever it fits.

    `words` are names or towns: only the desk knows which. `kind`: "rma", "case", or "" when not said.
    Several statuses have a "+" between them: any of these.
    """

    kind: str = ""
    status: str = ""
    battery: bool = False
    rma: str = ""
    case: str = ""
    system: str = ""
    serial: str = ""
    number: str = ""
    postcode: str = ""
    name: str = ""
    town: str = ""
    state: str = ""
    submitted: str = ""
    changed: str = ""
    words: tuple[str, ...] = ()


_STATUS: Final = {
    "pending_approval": r"(?:in )?(?:afwachting|wacht\w*)(?: (?:van|op) goedkeuring)?|(?:goed )?te keuren"
    r"|en attente(?: d'approbation)?|a approuver|pending(?: approval)?|(?:awaiting|waiting for) approval",
    "approved": r"goedgekeurde?|goedkeuring gekregen|approuvee?s?|acceptee?s?|approved|accepted",
    "shipped": r"verzonden|verstuurde?|verscheept|expediee?s?|envoyee?s?|shipped|sent",
    "cancelled": r"geannuleerde?|ingetrokken|geweigerde?|annulee?s?|retiree?s?|cancell?ed|withdrawn",
    "resolved": r"opgeloste?|afgesloten|gesloten|afgehandelde?|resolue?s?|clotur\w+|fermee?s?|resolved|closed"
    r"|solved",
    "in_progress": r"in (?:uitvoering|behandeling)|bezig|en (?:cours|traitement)|in progress|being handled",
    "new": r"nieuwe?|nouve\w+|new",
    "open": r"open(?:staande?|e)?|lopende?|staan open|ouverte?s?|pas encore \w+s|still open",
}
_STATUSES: Final = {
    status: re.compile(rf"\b(?:{said})\b(?! (?:rma|dossier|case)\b)")
    if status == "new"
    else re.compile(rf"\b(?:{said})\b")
    for status, said in _STATUS.items()
}
_BATTERY: Final = re.compile(
    r"\b(?:(?:thuis)?batterij\w*|batteries?|battery|accu'?s?|encharge)(?: ?(?:retours?|returns?))?\b"
)
_RMA: Final = re.compile(r"\brma(?:'?s)?\b")
_CASE: Final = re.compile(r"\b(?:dossiers?|cases?|cas|zaken|zaak|gevallen|geval|tickets?)\b")
_POSTCODE: Final = re.compile(
    r"\b(?:postcodes?|post code|postal code|code postal|zip(?: code)?|cp|postnr|postnummer)"
    r"\s*[:=]?\s*(\d{4,5}(?: ?[a-z]{2}\b)?)"
)
_BARE_POSTCODE: Final = re.compile(r"(?<![\w/.-])(\d{4}(?: ?[a-z]{2}\b(?!\w))?)(?![\w/-])")
_NO_LETTERS: Final = frozenset(("in", "en", "et", "de", "du", "of", "to", "at", "or", "te", "op"))
_STATE: Final = re.compile(
    r"\b(?:provincie|province|prov|state|departement|etat|region|regio)\s*[:=]?\s*(?:de |du |d'|of |van )?"
    r"([^|,;\d]+)"
)
_CHANGED: Final = re.compile(
    r"\b(?:gewijzigde?|aangepaste?|bijgewerkte?|veranderde?|modifiee?s?|mise?s? a jour|changee?s?|changed"
    r"|modified|updated)\b"
)
_SUBMITTED: Final = re.compile(
    r"\b(?:ingediende?|aangemaakte?|gemaakte?|introduite?s?|creee?s?|soumise?s?|submitted|created|filed)\b"
)
_EVER: Final = re.compile(
    r"\b(?:alle datums|ooit|altijd|sinds altijd|all (?:dates|time)|ever|toutes les dates|depuis toujours)\b"
)
_NAME: Final = re.compile(
    r"\b(?:naam|nom|name|klant|client|customer|systeem|systeme|system|bij|chez|at)\b\s*[:=]?"
)
_PLACE: Final = re.compile(r"\b(?:stad|gemeente|ville|commune|city|town|plaats)\b\s*[:=]?")
_LABELS: Final = re.compile(r"\b(?:nummer|nr|no|n°|numero|number|serie\w*|serial|sn|id)\b\s*[:=]?(?= *\|)")
_SPLIT: Final = re.compile(
    r"[|,;:?!()]|(?<![\w-])(?:in|te|a|en|near|rond|around|et|and|met|avec|with|pour|voor|for)(?![\w-])"
)
_MORE_FILLER: Final = (
    FILLER
    | words.SEARCH
    | words.RMA
    | frozenset(
        fold(
            """hoeveel staan staat lijst overzicht dashboard combien liste apercu tableau bord how many list
            overview number aantal nombre retours returns retour return mijn mes my onze nos our nummer met
            avec with sinds since depuis er ont ete been were was are waren zijn geef donne give status statut
            filter filtre zoeken recherche tonen bekijken wat quels quelles which welke verzoeken demandes
            requests aanvragen request demande aanvraag hebben filteren filtrer tot jusque
            sont etaient toujours encore still nog steeds momenteel actuellement currently now nu total totaal
            combien y il nos leurs onze"""
        ).split()
    )
)


def read(text: str, today: datetime.date) -> Filters:
    """What the sentence filters by."""
    left = plain(text[:LONGEST].strip())
    left, found = _days(left, today)
    left, found["postcode"] = _postcode(left, _POSTCODE)
    left = _numbered(left, found)
    if not found["postcode"]:
        left, found["postcode"] = _postcode(left, _BARE_POSTCODE)
    found["battery"] = bool(_BATTERY.search(left))
    left = _BATTERY.sub(CUT, left)
    left, found["status"] = _status(left)
    left, found["kind"] = _kind(left, found)
    left, state = _take(left, _STATE)
    found["state"] = state.strip()
    return structs.replace(Filters(**found), words=_words(left))


def is_search(found: Filters) -> bool:
    """Whether anything but plain words was said."""
    return structs.replace(found, words=(), kind="") != Filters()


def _days(text: str, today: datetime.date) -> tuple[str, dict[str, Any]]:
    """The days of submission and of the last change."""
    days: dict[str, Any] = {}
    for found in reversed(list(spans(text, today))):
        before = text[: found.start]
        changed = list(_CHANGED.finditer(before))
        submitted = list(_SUBMITTED.finditer(before))
        is_change = bool(changed) and (not submitted or changed[-1].start() > submitted[-1].start())
        days["changed" if is_change else "submitted"] = "/".join(day.isoformat() for day in found.span)
        text = before + CUT + text[found.end :]
    if _EVER.search(text):
        days.setdefault("submitted", ALL)
    return _EVER.sub(CUT, _SUBMITTED.sub(CUT, _CHANGED.sub(CUT, text))), days


def _take(text: str, pattern: re.Pattern[str]) -> tuple[str, str]:
    """The text without what the pattern finds, and that."""
    found = pattern.search(text)
    if not found:
        return text, ""
    return text[: found.start()] + CUT + text[found.end() :], found[1]


def _numbered(text: str, found: dict[str, Any]) -> str:
    """Takes the numbers of RMAs, cases, systems and devices; a shortened one may be of any of them."""
    names = {"sma_serial": "serial", "unknown": "number"}
    for number in reversed(numbers(text)):
        found[names.get(number.kind, number.kind)] = number.digits
        text = text[: number.start] + CUT + text[number.end :]
    return text


def _postcode(text: str, pattern: re.Pattern[str]) -> tuple[str, str]:
    """The text without a postcode, and that; the "en" of "3000 en" belongs to the sentence."""
    found = pattern.search(text)
    if not found:
        return text, ""
    kept = found[1][:4] if found[1][4:].strip() in _NO_LETTERS else found[1]
    return text[: found.start()] + CUT + text[found.start(1) + len(kept) :], kept.replace(" ", "")


def _status(text: str) -> tuple[str, str]:
    """Those that are named; beside another one "open" says nothing more."""
    said = []
    for status, pattern in _STATUSES.items():
        if pattern.search(text):
            text = pattern.sub(CUT, text)
            said.append(status)
    return text, "+".join(status for status in said if status != "open" or len(said) == 1)


def _kind(text: str, found: dict[str, Any]) -> tuple[str, str]:
    """Whether RMAs or cases are meant; a number or a status may say it too."""
    said = "rma" if _RMA.search(text) else "case" if _CASE.search(text) else ""
    named = set(found.get("status", "").split("+"))
    if not said and named & {"resolved", "new"}:
        said = "case"
    if not said and named & {"approved", "shipped", "cancelled", "pending_approval"}:
        said = "rma"
    return _CASE.sub(CUT, _RMA.sub(CUT, text)), said


def _words(text: str) -> tuple[str, ...]:
    """The names and towns that are left, each without the small words around it."""
    text = _PLACE.sub(CUT, _NAME.sub(CUT, _LABELS.sub(CUT, text)))
    parts = (_bare(part.replace("'", " ").split()) for part in _SPLIT.split(text))
    return tuple(dict.fromkeys(part for part in parts if len(part) > 1))[:MOST_WORDS]


def _bare(said: list[str]) -> str:
    """Without the words around it that carry nothing; "de" before a name may belong to it."""
    said = [word.strip('."“”«»*#') for word in said]
    while said and said[-1] in _MORE_FILLER:
        said = said[:-1]
    while said and said[0] in _MORE_FILLER and not _begins_name(said):
        said = said[1:]
    return " ".join(word for word in said if word)


def _begins_name(said: list[str]) -> bool:
    return len(said) > 1 and said[0] in words.PARTICLES and said[1] not in _MORE_FILLER
