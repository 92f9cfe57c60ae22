"""What a sentence says about the cashback of SMA: its words, its devices, its serials (SMA-05 to 11)."""

from __future__ import annotations

import re
from typing import Final

from bot.understanding.dates import plain, spans
from bot.understanding.fold import fold
from bot.understanding.lists import SOME_DAY
from bot.understanding.words import CONNECT, IDLE, STATUS

_DEVICE: Final = re.compile(
    r"\b(?:sunny (?:tripower|home manager|boy)|home manager|tripower|stp ?\d+|smart energy|core ?2|ev charger"
    r"|sma)\b"
)
_SERIAL: Final = re.compile(r"\d{10,}")
_DOCUMENTS: Final = frozenset(
    fold(
        """factuur facturen facture factures invoice invoices document documenten documents protocol protocole
        protocoll inbedrijfstellingsprotocol upload uploaden opladen televerser bewijs preuve proof"""
    ).split()
)
_REGISTER: Final = frozenset(
    fold(
        """registreer registreren registratie aanmelden enregistrer enregistre enregistrez inscrire register
        registering geplaatst geinstalleerd installe installes pose poses installed placed aanvragen
        demander claim apply"""
    ).split()
)
_FIRST: Final = frozenset(
    ["registreer", "registreren", "enregistrer", "enregistre", "enregistrez", "register"]
)
"""A device is registered before its documents are sent, whatever is said of both."""
_SHEET: Final = frozenset(fold("excel xlsx spreadsheet tableur sjabloon modele template").split())
_DEVICES: Final = frozenset(
    fold("toestellen toestel apparaat appareils appareil devices device omvormers omvormer").split()
)
_REPORT: Final = frozenset(fold("rapport rapporten report reports export exporteer exporter").split())


_MYSELF: Final = frozenset(("zelf", "myself", "ourselves", "meme", "memes"))
_VISIBLE: Final = frozenset(["zichtbaar", "visible", "visibles", "verschenen"])
_NOT: Final = frozenset(["niet", "not", "pas"])
_PORTAL: Final = frozenset(["portal", "sunny", "cashback", "sma"])


def block(folded: str) -> str:
    """The part of the guide that answers a question: who registers what, and when it is seen (SMA-03, 16)."""
    said = set(folded.split())
    if said & _MYSELF and said & _REGISTER:
        return "devices"
    if said & _VISIBLE and said & _NOT and said & _PORTAL:
        return "automatic"
    return ""


def wish(folded: str, serials: tuple[str, ...]) -> str:
    """The flow that is meant: nothing when it is none of the cashback, "?" when only its device is named."""
    said = set(folded.split())
    campaign = "cashback" in said or bool(_DEVICE.search(folded))
    if said & _SHEET and not said & _REPORT and said & _DEVICES:
        return "register_sheet"
    if not (campaign or serials):
        return ""
    if said & _DOCUMENTS and serials and not said & _FIRST:
        return "cashback_documents"
    if said & _REGISTER and serials:
        return "register_device"
    if serials and ("cashback" in said or (said & STATUS and not said - STATUS - CONNECT - IDLE)):
        return "cashback_status"
    return "?" if serials and (campaign or not said) else ""


def devices(text: str) -> str:
    """The devices as they were typed, without the words of the wish and of the day."""
    gone = _REGISTER | CONNECT | {"cashback"} | set(installed_on(text).split())
    return " ".join(word for word in text.split() if not set(plain(word).split()) & gone)


def installed_on(text: str) -> str:
    """The words for the one day that is named: "registreer 3012345678, gisteren geplaatst"."""
    said = plain(_SERIAL.sub(" ", text))
    found = list(spans(said, SOME_DAY))
    one = len(found) == 1 and found[0].span.since == found[0].span.until
    return said[found[0].start : found[0].end] if one else ""
