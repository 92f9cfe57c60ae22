"""Where to deliver and whom to call: the company's own, the last one used first, or a new one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection

from bot.services.asking import AT_MOST, Ask, nothing
from flows.engine.phrases import Copy, Phrase, Text, _
from flows.engine.work import Page, Reply, Row
from flows.requests import CollectionAddresses, CollectionContacts, DeliveryAddresses, SiteContacts
from flows.requests.claims import RegisteredAddresses
from storage import people, returns
from storage.people import Entry, Installer
from storage.systems import folded

LONGEST = 300
EARLIER = 5

_PHONE = re.compile(r"(.*[^\W\d_].*?) *(\+?\(?\d[\d ./()\-]{6,}\d)")

# Read part by part, so that the postcode after "12 PB," is not the number of a box. A Belgian "bus 3" or
# "boîte 3" is a flat; "CP 5000" is a postcode, where "CP 12" is a case postale.
_PO_BOX = re.compile(
    r"\b(?:(?:post ?bus+|postb)(?:nr|nummer)?(?: ?\d+)?|g?p[o0] ?bo?x|post(?: office)? ?box|postfach|postvak"
    r"|antwoordnummer|(?:boite|bte|b) post(?:ale)?|case postale|(?:cs|tsa) ?\d{5}"
    r"|(?:bp|pb|pob|cp(?!n?(?: n\w*)? ?\d{4}))n?(?: (?:n|no|nr|num|numero|nummer))? ?\d+)\b"
)
_PARTS = re.compile(r"[,;\n|]")
_LETTER_BY_LETTER = re.compile(r"\b([a-z]) (?=[a-z]\b)")


def delivery_addresses(connection: Connection, asks: Sequence[Ask[DeliveryAddresses]]) -> list[Reply]:
    """The addresses each person can choose from, or the one they typed."""
    stored = people.addresses_of(connection, {ask.by.company for ask in asks})
    return [
        _offered(_address_rows(ask.by, stored.get(ask.by.company, [])), ask.request, address_problem, Copy)
        for ask in asks
    ]


def site_contacts(connection: Connection, asks: Sequence[Ask[SiteContacts]]) -> list[Reply]:
    """Who each person can name, or the one they typed."""
    stored = people.contacts_of(connection, {ask.by.company for ask in asks})
    return [
        _offered(
            _contact_rows(ask.by, stored.get(ask.by.company, [])),
            ask.request,
            contact_problem,
            with_number_to_copy,
        )
        for ask in asks
    ]


def collection_addresses(connection: Connection, ask: Ask[CollectionAddresses]) -> Reply:
    """The addresses on file, then those where something was collected or delivered lately (PORTAL-34)."""
    stored = people.addresses_of(connection, [ask.by.company]).get(ask.by.company, [])
    used = [place.address for place in returns.places_used(connection, ask.by.company)]
    rows = _and_earlier(_address_rows(ask.by, stored), used, address_problem)
    return _offered(rows, ask.request, address_problem, Copy)


def collection_contacts(connection: Connection, ask: Ask[CollectionContacts]) -> Reply:
    """Who is on file, then who handed over or received something lately (PORTAL-34)."""
    stored = people.contacts_of(connection, [ask.by.company]).get(ask.by.company, [])
    used = [place.contact for place in returns.places_used(connection, ask.by.company)]
    rows = _and_earlier(_contact_rows(ask.by, stored), used, contact_problem)
    return _offered(rows, ask.request, contact_problem, with_number_to_copy)


def registered_addresses(connection: Connection, asks: Sequence[Ask[RegisteredAddresses]]) -> list[Reply]:
    """The addresses of each company, its main one first (ESM-30), or the one they typed."""
    stored = people.addresses_of(connection, {ask.by.company for ask in asks})

    def rows(ask: Ask[RegisteredAddresses]) -> list[Row]:
        return [Row(f"a:{entry.id}", entry.text) for entry in stored.get(ask.by.company, [])]

    return [_offered(rows(ask), ask.request, address_problem, Copy) for ask in asks]


def address_text(chosen: str, by: Installer, stored: Mapping[int, Sequence[Entry]]) -> str | None:
    """The words of a chosen address; None for one that is not this company's, or no address."""
    return _text_of(chosen, "a", _address_rows(by, stored.get(by.company, [])), address_problem)


def contact_text(chosen: str, by: Installer, stored: Mapping[int, Sequence[Entry]]) -> str | None:
    """The words of a chosen contact; None for one that is not this company's, or no contact."""
    return _text_of(chosen, "c", _contact_rows(by, stored.get(by.company, [])), contact_problem)


def with_number_to_copy(contact: str) -> Text:
    """A name and a phone number; one tap copies the number."""
    found = _PHONE.fullmatch(contact)
    return _("{name} {phone}")(name=found[1], phone=Copy(found[2])) if found else contact


def address_problem(text: str) -> Phrase | None:
    """Why nothing can be delivered there, if so."""
    if any(_PO_BOX.search(_LETTER_BY_LETTER.sub(r"\1", folded(part))) for part in _PARTS.split(_seen(text))):
        return _("A carrier cannot deliver to a PO box. Please give a street address.")
    if len(text) > LONGEST:
        return _("That is too long for an address. Please give street, number, postcode and town.")
    if len(text) < 10 or not re.search(r"\d", text) or len(re.findall(r"[^\W\d_]", text)) < 4:
        return _("Please give street, number, postcode and town.")
    return None


def _seen(text: str) -> str:
    """Without the signs that nobody sees: some keyboards put them between letters."""
    return "".join(sign for sign in text if unicodedata.category(sign) != "Cf")


def contact_problem(text: str) -> Phrase | None:
    """Why nobody can be called there, if so."""
    if len(text) > LONGEST:
        return _("That is too long. Please give a name and a phone number.")
    if len(re.findall(r"\d", text)) < 8 or len(re.findall(r"[^\W\d_]", text)) < 2:
        return _("Please give a name and a phone number.")
    return None


def _address_rows(by: Installer, stored: Sequence[Entry]) -> list[Row]:
    return _last_first(by.last_address, [Row(f"a:{entry.id}", entry.text) for entry in stored])


def _contact_rows(by: Installer, stored: Sequence[Entry]) -> list[Row]:
    me = Row("me", f"{by.name}, {by.phone}" if by.phone else by.name)
    return _last_first(by.last_contact, [me, *(Row(f"c:{entry.id}", entry.text) for entry in stored)])


def _last_first(last: str, rows: list[Row]) -> list[Row]:
    used = [row for row in rows if row.id == last]
    if last and not used and not re.fullmatch(r"[ac]:\d+|me", last):
        used = [Row(last, last)]
    return [*used, *(row for row in rows if row.id != last)]


def _and_earlier(
    rows: list[Row], used: Sequence[str], problem_of: Callable[[str], Phrase | None]
) -> list[Row]:
    """With what was used before and is not among them, the latest first; a PO box of then is none now."""
    every = {folded(str(row.label)): row for row in rows}
    for words in used:
        if len(every) < len(rows) + EARLIER and not problem_of(words):
            every.setdefault(folded(words), Row(words, words))
    return list(every.values())


def _offered(
    rows: list[Row],
    request: DeliveryAddresses | SiteContacts | RegisteredAddresses,
    problem_of: Callable[[str], Phrase | None],
    shown: Callable[[str], Text],
) -> Page:
    def page(*rows: Row, **more: Any) -> Page:
        return Page(tuple(Row(row.id, shown(str(row.label))) for row in rows), **more)

    text = " ".join(request.text.split())
    if not text:
        return page(*rows[:AT_MOST], default=rows[0].id if rows else "")
    same = [row for row in rows if text == row.id or folded(text) == folded(str(row.label))]
    if same:
        return page(same[0], exact=True)
    problem = problem_of(text)
    return nothing(problem) if problem else page(Row(text, text), exact=True)


def _text_of(
    chosen: str, prefix: str, rows: Sequence[Row], problem_of: Callable[[str], Phrase | None]
) -> str | None:
    known = next((row for row in rows if row.id == chosen), None)
    if known:
        return str(known.label)
    stored_elsewhere = re.fullmatch(rf"{prefix}:\d+|me", chosen)
    return None if stored_elsewhere or problem_of(chosen) else chosen.strip()
