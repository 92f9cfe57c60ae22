"""Typed words as filters of a list: the desk knows which of them are towns, and whose number it is."""

from __future__ import annotations

import datetime
import re

from msgspec import structs
from sqlalchemy import Connection

from bot.services.find_rmas import rma_number
from bot.services.find_systems import resolved
from bot.services.request_views import PLACING, STATUS, View
from bot.understanding.filters import ALL, Filters, read
from bot.understanding.fold import fold
from bot.understanding.towns import called
from bot.understanding.words import PARTICLES, SEARCH
from flows.engine.phrases import Phrase, _
from storage import cases, request_lists, rmas, systems
from storage.systems import folded

NO_DATE = _("I see no date in that. Type it like {example}.")(example="25/8/2026")
_DATE = re.compile(r"\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?")
"""A day that does not exist is left over as a word."""
SYSTEM_DIGITS = 7
"""A shorter number that nobody knows is taken for an RMA's."""
RESET = frozenset(
    map(
        fold,
        (
            "wis", "wissen", "wis alles", "alles wissen", "wis filters", "wis de filters", "filters wissen",
            "zonder filters", "reset", "reset filters", "reset all", "clear", "clear all", "clear filters",
            "remove filters", "no filters", "effacer", "effacez", "tout effacer", "effacer tout",
            "effacer les filtres", "réinitialiser", "sans filtre",
        ),
    )
)  # fmt: skip
"""Takes all filters away (ESM-10)."""
DIGITS_OF = {"rma": 8, "case": 8}


def narrowed(
    connection: Connection, company: int, view: View, text: str, today: datetime.date, *, fresh: bool
) -> View | Phrase:
    """The view with what the words say, or why they cannot be used. `fresh`: a new search."""
    if view.show == "ask":
        return _answered(view, text, today)
    if fold(text) in RESET:
        return View(Filters(kind=view.kind), "list" if view.show == "list" else "", quiet=True)
    found = read(text, today)
    if any(_DATE.fullmatch(word) for words in found.words for word in words.split()):
        return NO_DATE
    kind = found.kind
    found = _numbered(connection, company, _named(connection, company, found), kind)
    new = {name: value for name, value in structs.asdict(found).items() if value and name != "words"}
    searched = not SEARCH.isdisjoint(fold(text).split()[:1])
    starts_anew = fresh or searched or bool(kind or found.rma or found.case)
    filters = structs.replace(Filters(kind=view.kind) if starts_anew else view.filters, **new)
    known = [one for one in filters.status.split("+") if one in ("open", *STATUS[View(filters).kind])]
    filters = structs.replace(filters, status="+".join(known))
    placed = any(getattr(filters, name) for name in PLACING)
    if starts_anew and placed and not filters.submitted:
        filters = structs.replace(filters, submitted=ALL)
    as_list = placed or filters.status not in ("", "open") or (bool(view.show) and not starts_anew)
    return View(filters, "list" if as_list else "")


def system_ids(connection: Connection, company: int, filters: Filters) -> tuple[str, ...] | None:
    """The systems that are meant by name and id; None: any."""
    if not (filters.name or filters.system):
        return None
    ids = [one.id for one in resolved(connection, company, filters.name)] if filters.name else []
    if filters.system:
        return (filters.system,) if not filters.name or filters.system in ids else ()
    return tuple(ids)


def _answered(view: View, text: str, today: datetime.date) -> View | Phrase:
    """The filter that was asked for."""
    found = read(text, today)
    match view.asked:
        case "submitted" | "changed":
            if not (found.submitted or found.changed):
                return NO_DATE
            return view.narrowed(**{view.asked: found.submitted or found.changed})
        case "postcode" | "rma" | "case" | "system" | "serial":
            value = "".join(sign for sign in text.lower() if sign.isalnum())[:20]
            return view.narrowed(**{view.asked: value.zfill(DIGITS_OF.get(view.asked, 0))})
        case name if name in Filters.__struct_fields__:
            return view.narrowed(**{name: " ".join(text.split())[:80]})
    return view


def _named(connection: Connection, company: int, found: Filters) -> Filters:
    """Which words are towns or provinces of our systems; all others are names."""
    if not found.words:
        return found
    towns, states = request_lists.towns_and_states(connection, company)
    by_name = [({called(town): town for town in towns}, "town"), ({called(s): s for s in states}, "state")]
    filters, names = found, []
    for words in found.words:
        _first, _space, rest = words.partition(" ")
        tries = (words, rest if _first in PARTICLES else words)
        known = next(
            (
                (field, names_of[called(one)])
                for one in tries
                for names_of, field in by_name
                if called(one) in names_of
            ),
            None,
        )
        if known and not getattr(filters, known[0]):
            filters = structs.replace(filters, **{known[0]: known[1]})
        else:
            names.append(_as_named(connection, company, words))
    return structs.replace(filters, name=" ".join(names))


def _as_named(connection: Connection, company: int, words: str) -> str:
    """Without the "van" of "van Peeters", unless a system of ours has it in its name."""
    first, _space, rest = words.partition(" ")
    if not rest or first not in PARTICLES:
        return words
    ours = any(folded(words) in system.words for system in systems.entries_of(connection, company))
    return words if ours else rest


def _numbered(connection: Connection, company: int, found: Filters, kind: str) -> Filters:
    """Whose number it is: an RMA, a case, a system, or a postcode abroad (ESM-09, 48)."""
    if found.rma:
        return structs.replace(found, rma=rma_number(found.rma), kind="rma")
    if found.case:
        return structs.replace(found, case=rma_number(found.case), kind=kind or "case")
    if not found.number:
        return found
    digits, whole = found.number, rma_number(found.number)
    rma = rmas.with_numbers(connection, [whole]).get(whole)
    if rma and rma.company == company:
        return structs.replace(found, number="", rma=whole, kind="rma")
    case = cases.with_number(connection, whole)
    if case and case.company == company:
        return structs.replace(found, number="", case=whole, kind="case")
    system = systems.with_ids(connection, [digits]).get(digits)
    if len(digits) == 5 and not system:
        return structs.replace(found, number="", postcode=found.postcode or digits)
    if len(digits) < SYSTEM_DIGITS and not system:
        return structs.replace(found, number="", rma=whole, kind="rma")
    return structs.replace(found, number="", system=digits)
