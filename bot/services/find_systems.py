"""Finding a system by whatever is typed, by place, or among the latest ones (ESM-09, 21, 34)."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence

from sqlalchemy import Connection

from bot.services.asking import AT_MOST, Ask, nothing, part, start_of
from bot.services.search import Found, search
from bot.services.serials import serials_in
from bot.services.words import SYSTEM_STATUS
from flows.engine.phrases import Phrase, Text, _
from flows.engine.work import Page, Reply, Row, Turn
from flows.requests import FindSystems
from storage import systems
from storage.systems import Entry, System, folded

NEAR_METRES = 2_000
METRES_PER_DEGREE = 111_195

_PLACE = re.compile(r"geo:(-?\d{1,3}(?:\.\d+)?),(-?\d{1,3}(?:\.\d+)?)")
_SERIALS = re.compile(r"\d(?:[ .\-]?\d){9,}")
_LINK = re.compile(r"[0-9a-f]{32}")
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[ .\-](?=\d)")
_NOT_FOUND = nothing(_("Not found in your systems."))
_NONE_YET = nothing(_("Your company has no systems on file yet."))
_SAME = "last|same|previous|zelfde|dezelfde|hetzelfde|vorige|laatste|meme|derniere|precedent"
_AROUND = "as|the|one|time|system|site|als|de|het|keer|systeem|installatie|que|comme|la|le|au|fois|celui"
_LAST = re.compile(rf"(?=.*\b(?:{_SAME})\b)(?:(?:{_SAME}|{_AROUND})\b ?)+")
_PROBLEMS = "problems?|probleem|problemen|problemes?|storing|panne|defaut|fout"
_WITH = "met|een|in|avec|un|en|with|a|mijn|systemen|mes|systemes|my|systems"
_TROUBLED = re.compile(rf"(?=.*\b(?:{_PROBLEMS})\b)(?:(?:{_PROBLEMS}|{_WITH})\b ?)+")
PROBLEM = "problem"
"""The view of the systems that report one."""

SystemsAsk = Ask[FindSystems]
Answer = Callable[[SystemsAsk], Page | None]
"""The page, or None when the words are not of this kind."""


def find_systems(connection: Connection, asks: Sequence[SystemsAsk]) -> list[Reply]:
    """The systems each person means; what names exactly one is found for the whole batch at once."""
    latest = _latest(connection, asks)
    by_link = _by_link(connection, asks)
    by_number = _by_number(connection, asks)
    by_serials = _by_serials(connection, asks)
    by_name = _by_name(connection, asks)
    whole: dict[int, list[Entry]] = {}

    def alike(ask: SystemsAsk) -> Page:
        company = ask.by.company
        if company not in whole:
            whole[company] = systems.entries_of(connection, company)
        found = search(_words_of(ask), whole[company])
        return _alike(_named(connection, found), clear=found.clear)

    return [
        _near(connection, ask)
        or _troubled(connection, ask)
        or latest(ask)
        or by_link(ask)
        or by_serials(ask)
        or by_number(ask)
        or by_name(ask)
        or alike(ask)
        for ask in asks
    ]


def name_of(system: System) -> str:
    """What a system is called wherever it is chosen, asked about and looked over."""
    return f"{system.name}, {system.town}"


def row_of(system: System) -> Row:
    """A system to choose."""
    return Row(system.id, name_of(system), system.street)


def resolved(connection: Connection, company: int, text: str) -> list[System]:
    """The systems that words may mean, without asking: for lists of requests.

    A whole name also means the longer ones that begin with it ("Lefèvre", "Lefèvre Henri").
    """
    found = search(text, systems.entries_of(connection, company))
    named, said = _named(connection, found), folded(text)
    if not found.clear:
        return named
    longer = [other for other in named[1:] if other.folded.startswith(f"{said} ")]
    return [named[0], *(longer if named[0].folded == said else [])]


def _named(connection: Connection, found: Found) -> list[System]:
    """What was found, with all that is known of it."""
    known = systems.with_ids(connection, [entry.id for entry in found.systems]) if found.systems else {}
    return [known[entry.id] for entry in found.systems]


def _latest(connection: Connection, asks: Sequence[SystemsAsk]) -> Answer:
    """Nothing typed: the systems of the latest requests, then all others by name."""
    silent = [ask for ask in asks if not ask.request.text]
    recent = {id for ask in silent for id in ask.by.systems_used}
    used = systems.with_ids(connection, recent) if recent else {}
    wanted: dict[int, int] = {}
    for ask in silent:
        # Those used are shown first, so as many more of the others are needed to fill a page.
        count = start_of(ask.request.cursor) + AT_MOST + 1 + len(ask.by.systems_used)
        wanted[ask.by.company] = max(count, wanted.get(ask.by.company, 0))
    named = {company: systems.first_by_name(connection, company, count) for company, count in wanted.items()}

    def answer(ask: SystemsAsk) -> Page | None:
        if ask.request.text:
            return None
        first = [used[id] for id in ask.by.systems_used if id in used and used[id].company == ask.by.company]
        found = first + [system for system in named[ask.by.company] if system not in first]
        start = start_of(ask.request.cursor)
        shown, turns = part(found[start : start + AT_MOST + 1], start)
        if turns and not start:
            turns = (*turns, Turn(_("With a problem"), PROBLEM))
        return Page(tuple(map(row_of, shown)), turns=turns) if found else _NONE_YET

    return answer


def _troubled(connection: Connection, ask: SystemsAsk) -> Page | None:
    """ "mijn systemen met probleem": those that report one, with what it is (ESM-34, 35)."""
    view, _colon, place = ask.request.cursor.partition(":")
    if view != PROBLEM and not _TROUBLED.fullmatch(folded(ask.request.text[:60])):
        return None
    found = systems.troubled(connection, ask.by.company)
    if not found:
        return nothing(_("None of your systems reports a problem."))
    start = start_of(place)
    shown, turns = part(found[start:], start, PROBLEM)
    rows = (Row(one.id, name_of(one), _wrong_with(one)) for one in shown)
    return Page(tuple(rows), turns=(*turns, Turn(_("Show all"), "~all")))


def _wrong_with(system: System) -> Text:
    """What is wrong, and where."""
    status = SYSTEM_STATUS.get(system.status, _("Another status"))
    return _("{status}, {street}")(status=status, street=system.street)


def _by_link(connection: Connection, asks: Sequence[SystemsAsk]) -> Answer:
    """A link that was posted in a chat; that of another company's system is like one that nobody knows."""
    links = {ask.request.text for ask in asks if _LINK.fullmatch(ask.request.text)}
    found = systems.with_links(connection, links) if links else {}

    def answer(ask: SystemsAsk) -> Page | None:
        if not _LINK.fullmatch(ask.request.text):
            return None
        system = found.get(ask.request.text)
        mine = system and system.company == ask.by.company
        return Page((row_of(system),), exact=True) if system and mine else _NOT_FOUND

    return answer


def _is_last(text: str) -> bool:
    """ "zelfde als vorige keer", "comme la dernière fois", "same as last time"."""
    return _LAST.fullmatch(folded(text[:60])) is not None


def _number_of(ask: SystemsAsk) -> str:
    """The id typed, "last" as the system of the latest request, or nothing."""
    text = ask.request.text.strip()
    if _is_last(text):
        return next(iter(ask.by.systems_used), "")
    digits = _BETWEEN_DIGITS.sub("", text)
    return digits if digits.isascii() and digits.isdecimal() and len(digits) >= 5 else ""


def _by_number(connection: Connection, asks: Sequence[SystemsAsk]) -> Answer:
    numbers = {number for ask in asks if (number := _number_of(ask))}
    found = systems.with_ids(connection, numbers) if numbers else {}

    def answer(ask: SystemsAsk) -> Page | None:
        number = _number_of(ask)
        if not number:
            return nothing(_("You have no earlier request yet.")) if _is_last(ask.request.text) else None
        system = found.get(number)
        if system and system.company == ask.by.company:
            return Page((row_of(system),), exact=True)
        # Short numbers may still be a postcode or a reference; long ones are what they are.
        return None if len(number) < 7 else _NOT_FOUND

    return answer


def _by_serials(connection: Connection, asks: Sequence[SystemsAsk]) -> Answer:
    """The systems that the devices with these serials are on; the words around them, if they are on none."""
    said = {ask: serials_in(ask.request.text).found for ask in asks if _SERIALS.search(ask.request.text)}
    every = {serial for serials in said.values() for serial in serials}
    devices = systems.with_serials(connection, every) if every else {}
    found = systems.with_ids(connection, {device.system for device in devices.values()}) if devices else {}

    def answer(ask: SystemsAsk) -> Page | None:
        if not said.get(ask):
            return None
        mine = [
            device
            for serial in said[ask]
            if (device := devices.get(serial)) and device.company == ask.by.company
        ]
        if not mine:
            return None if _words_of(ask) else _NOT_FOUND
        on = dict.fromkeys(device.system for device in mine)
        about = " ".join(device.serial for device in mine)
        rows = tuple(row_of(found[system]) for system in on)[:AT_MOST]
        return Page(rows, exact=len(rows) == 1, besides={"devices": about})

    return answer


def _words_of(ask: SystemsAsk) -> str:
    """What was typed, without the serials in it."""
    return _SERIALS.sub(" ", ask.request.text).strip()


def _by_name(connection: Connection, asks: Sequence[SystemsAsk]) -> Answer:
    """By its whole name; where longer ones begin with it ("Lefèvre", "Lefèvre Henri"), all are shown."""
    names = {name for ask in asks if not _number_of(ask) and (name := folded(_words_of(ask)))}
    companies = {ask.by.company for ask in asks}
    found: dict[tuple[int, str], list[System]] = {}
    if names:
        for system in systems.named(connection, companies, names):
            found.setdefault((system.company, system.folded), []).append(system)

    def answer(ask: SystemsAsk) -> Page | None:
        name = folded(_words_of(ask))
        same = found.get((ask.by.company, name), [])
        if not same:
            return None
        meant = [*same, *systems.beginning_with(connection, ask.by.company, name, AT_MOST)][:AT_MOST]
        return Page(tuple(map(row_of, meant)), exact=len(meant) == 1)

    return answer


def _alike(found: Sequence[System], *, clear: bool) -> Page:
    if clear:
        return Page((row_of(found[0]),), exact=True)
    return Page(tuple(map(row_of, found))) if found else _NOT_FOUND


def _near(connection: Connection, ask: SystemsAsk) -> Page | None:
    place = _PLACE.match(ask.request.text)
    if not place:
        return None
    north, east = float(place[1]), float(place[2])
    high = NEAR_METRES / METRES_PER_DEGREE
    wide = high / max(math.cos(math.radians(north)), 0.01)
    inside = systems.between(connection, ask.by.company, north - high, north + high, east - wide, east + wide)
    near = sorted((_metres(north, east, system), system.id, system) for system in inside)
    rows = tuple(
        Row(
            system.id,
            name_of(system),
            _away(metres)(street=system.street),
        )
        for metres, _id, system in near[:AT_MOST]
        if metres <= NEAR_METRES
    )
    return Page(rows) if rows else nothing(_("None of your systems is within 2 km of this place."))


def _away(metres: int) -> Phrase:
    """How far, as people say it."""
    if metres < 1_000:
        return _("{street}, {metres} m away")(metres=round(metres, -1))
    whole, tenth = divmod(round(metres / 100), 10)
    return _("{street}, {whole}.{tenth} km away")(whole=whole, tenth=tenth)


def _metres(north: float, east: float, system: System) -> int:
    """How far a system is; the earth is flat enough for two kilometres."""
    up = (system.latitude - north) * METRES_PER_DEGREE
    across = (system.longitude - east) * METRES_PER_DEGREE * math.cos(math.radians(north))
    return round(math.hypot(up, across))
