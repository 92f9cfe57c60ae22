"""The subject of a request: the 17 of the manufacturer, those that fit what was said first (ESM-23)."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz
from sqlalchemy import Connection

from bot.services.asking import Ask, nothing, start_of
from flows.engine.phrases import _
from flows.engine.work import Page, Reply, Row, Turn
from flows.requests import Subjects
from storage import systems
from storage.systems import folded

SUBJECTS = (
    "Documentation",
    "Enlighten - General",
    "Enphase Installer App",
    "Enphase installer Portal",
    "EV Charger",
    "Gateway",
    "Energy Meter IQ Energy Router+",
    "IQ Energy Router",
    "SG Ready relay IQ Energy Router+",
    "Installation",
    "IQ Battery",
    "IQ System Controller",
    "Legacy Upgrade Program",
    "Microinverter Reporting",
    "MyEnphase - web",
    "Networking",
    "Production Issue",
)
"""As the manufacturer writes them; never translated."""

USUAL = ("Microinverter Reporting", "Production Issue", "Gateway", "IQ Battery")
"""What comes first when nothing that was said tells them apart."""
SUGGESTED = 3
LONGEST = 300
"""Words of a description, or signs of a search, that are looked at."""
_PER_PAGE = 8

# Beginnings of folded words in nl, fr and en, and how much each says about a subject.
_SIGNS: dict[str, dict[str, int]] = {
    "Documentation": {"handleiding": 4, "document": 4, "manuel": 4, "manual": 4, "datasheet": 4, "fiche": 2},
    "Enlighten - General": {"enlighten": 5},
    "Enphase Installer App": {"app": 4, "toolkit": 5, "itk": 5, "application": 4},
    "Enphase installer Portal": {"portaal": 5, "portail": 5, "portal": 5},
    "EV Charger": {"laadpaal": 5, "lader": 4, "borne": 5, "charger": 5, "wallbox": 5, "ev": 3, "chargeur": 5},
    "Gateway": {"gateway": 5, "envoy": 5, "passerelle": 5, "kastje": 4, "boitier": 4, "ecu": 3},
    "Energy Meter IQ Energy Router+": {"meter": 4, "compteur": 4, "ct": 3, "pince": 3, "klem": 3, "clamp": 3},
    "IQ Energy Router": {"router": 4, "routeur": 4},
    "SG Ready relay IQ Energy Router+": {"warmtepomp": 5, "sg": 4, "pac": 4, "heat": 3, "pompe": 3},
    "Installation": {"install": 2, "montage": 3, "plaats": 2, "monter": 3},
    "IQ Battery": {"batter": 5, "accu": 5, "encharge": 5, "opslag": 3, "stockage": 4, "storage": 4},
    "IQ System Controller": {"controller": 5, "enpower": 5, "controleur": 5, "systeemcontroller": 6},
    "Legacy Upgrade Program": {"upgrade": 4, "legacy": 5, "m215": 5, "m250": 5, "oude": 1},
    "Microinverter Reporting": {
        "micro": 3, "rapporteer": 4, "meldt": 4, "reporting": 4, "report": 3, "paneel": 2, "panneau": 2,
        "panel": 2, "communi": 2, "silent": 3, "muet": 3, "omvormer": 3, "onduleur": 3, "inverter": 3,
        "dood": 2, "mort": 2,
    },
    "MyEnphase - web": {"myenphase": 5, "website": 3, "login": 3, "wachtwoord": 3, "password": 3},
    "Networking": {"wifi": 5, "internet": 5, "netwerk": 5, "network": 5, "reseau": 4, "ethernet": 5, "4g": 4},
    "Production Issue": {
        "productie": 4, "production": 4, "opbrengst": 5, "produceer": 4, "produit": 4, "producing": 4,
        "output": 3, "rendement": 4, "yield": 4, "kwh": 3, "watt": 2,
    },
}  # fmt: skip
_SUBJECTS_BY_SIGN: dict[str, list[tuple[str, int]]] = {}
for _subject, _signs in _SIGNS.items():
    for _sign, _weight in _signs.items():
        _SUBJECTS_BY_SIGN.setdefault(_sign, []).append((_subject, _weight))
_FAULTS = {
    "not_reporting": ("Microinverter Reporting", 3),
    "no_production": ("Production Issue", 3),
    # Damage says little about the subject: the device does.
    "damaged": ("Microinverter Reporting", 1),
}
_KINDS = {
    "microinverter": ("Microinverter Reporting", 2),
    "gateway": ("Gateway", 4),
    "battery": ("IQ Battery", 5),
    "ac_battery": ("IQ Battery", 5),
    "system_controller": ("IQ System Controller", 5),
    "meter": ("Energy Meter IQ Energy Router+", 4),
    "relay": ("IQ System Controller", 3),
    "ev_charger": ("EV Charger", 5),
    "inverter": ("Production Issue", 2),
}


def subjects(connection: Connection, asks: Sequence[Ask[Subjects]]) -> list[Reply]:
    """The subjects for each person, the likely ones first."""
    serials = {serial for ask in asks for serial in ask.request.devices}
    known = systems.with_serials(connection, serials) if serials else {}

    def kinds(ask: Ask[Subjects]) -> list[str]:
        found = (known.get(serial) for serial in ask.request.devices)
        return [device.kind for device in found if device and device.company == ask.by.company]

    return [_page(ask.request, kinds(ask)) for ask in asks]


def ranked(fault: str, description: str, kinds: Sequence[str] = ()) -> list[tuple[int, str]]:
    """All subjects with what speaks for each, the likeliest first."""
    weights = dict.fromkeys(SUBJECTS, 0)
    for word in dict.fromkeys(folded(description).split()[:LONGEST]):
        for subject, weight in _said_by(word).items():
            weights[subject] += weight
    if fault in _FAULTS:
        subject, weight = _FAULTS[fault]
        weights[subject] += weight
    for kind in dict.fromkeys(kinds):
        if kind in _KINDS:
            subject, weight = _KINDS[kind]
            weights[subject] += weight
    usual = {subject: place for place, subject in enumerate(USUAL)}
    return sorted(
        ((weight, subject) for subject, weight in weights.items()),
        key=lambda pair: (-pair[0], usual.get(pair[1], len(usual))),
    )


def _said_by(word: str) -> dict[str, int]:
    """What one word says: the strongest sign it begins with, per subject. Short signs are whole words."""
    said: dict[str, int] = {}
    for length in range(2, len(word) + 1):
        if length == len(word) or length >= 4:
            for subject, weight in _SUBJECTS_BY_SIGN.get(word[:length], ()):
                said[subject] = max(weight, said.get(subject, 0))
    return said


def _page(request: Subjects, kinds: Sequence[str]) -> Page:
    if request.text:
        return _searched(request.text[:LONGEST])
    order = ranked(request.fault, request.description, kinds)
    names = [subject for _weight, subject in order]
    start = start_of(request.cursor)
    if start < SUGGESTED:
        rows = _rows(names[:SUGGESTED])
        default = names[0] if order[0][0] > order[1][0] else ""
        return Page(rows, turns=(Turn(_("All subjects"), str(SUGGESTED)),), default=default)
    rest = [subject for subject in SUBJECTS if subject not in names[:SUGGESTED]]
    after = start - SUGGESTED + _PER_PAGE
    ways = [Turn(_("More"), str(start + _PER_PAGE))] if after < len(rest) else []
    ways.append(Turn(_("Likely subjects"), ""))
    return Page(_rows(rest[start - SUGGESTED : after]), turns=tuple(ways))


def _searched(text: str) -> Page:
    words = folded(text)
    fits = sorted(
        ((fuzz.token_set_ratio(words, folded(subject)), subject) for subject in SUBJECTS), reverse=True
    )
    if words == folded(fits[0][1]):
        return Page(_rows([fits[0][1]]), exact=True)
    good = [subject for score, subject in fits if score >= 60][:5]
    weighed = [subject for weight, subject in ranked("", text) if weight]
    found = list(dict.fromkeys([*good, *weighed]))[:5]
    if not found:
        return nothing(_("None of the subjects is called that. Please use one of the buttons."))
    clear = fits[0][0] >= 90 and fits[0][0] - fits[1][0] > 3
    return Page(_rows(found[:1] if clear else found), exact=clear)


def _rows(names: Sequence[str]) -> tuple[Row, ...]:
    return tuple(Row(subject, subject) for subject in names)
