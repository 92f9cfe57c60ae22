"""Addresses to deliver to and people to call."""

from __future__ import annotations

import pytest

from bot.services.places import address_problem, contact_problem
from flows.engine.phrases import Copy, _
from flows.engine.work import Page, Row
from flows.requests import CollectionAddresses, CollectionContacts, DeliveryAddresses, SiteContacts
from locales.speaker import Speaker
from storage import erasing, people, returns
from storage.moments import micros
from storage.returns import Line
from tests.bot.services.conftest import AMELIE, ELS, JAN, NOW, Counter


@pytest.mark.row("PORTAL-34")
@pytest.mark.parametrize(
    "typed",
    [
        "Postbus 12, 3000 Leuven",
        "POSTBUS 12 3000 Leuven",
        "PB 45, 4381 AB Vlissingen",
        "BP 12, 59300 Valenciennes",
        "B.P. 12 - 59300 Valenciennes",
        "Boîte postale 4, 5590 Ciney",
        "boite postale 4, 5590 Ciney",
        "Case postale 7, 6600 Bastogne",
        "PO Box 9, 9010 Ettelbruck",
        "P.O. Box 9, Ettelbruck 9010",
        "Post office box 12, Mersch",
        "postbus12, 3000 Leuven",
        "Postbusnr. 12, 3000 Leuven",
        "P o s t b u s 12, 3000 Leuven",
        "Post\u200bbus 12, 3000 Leuven",
        "📮 Postbus: 12, 3000 Leuven",
        "Kerkstraat 1 / postb. 5, 3000 Leuven",
        "Antwoordnummer 1234, 4380 VB Vlissingen",
        "BP n° 12, 5590 Ciney",
        "B.P. n°12, 5590 Ciney",
        "BP no 12, 59300 Valenciennes",
        "bte postale 12, 5590 Ciney",
        "B. Postale 12, 5590 Ciney",
        "CS 12345, 59307 Valenciennes CEDEX",
        "CP 12, 6600 Bastogne",
        "POB 12, 9010 Ettelbruck",
        "P.O.B. 12, 9010 Ettelbruck",
        "Post box 12, 9010 Ettelbruck",
        "P0 Box 12, 9010 Ettelbruck",
    ],
)
def test_a_po_box_is_refused(typed: str) -> None:
    """In three languages and any spelling."""
    problem = address_problem(typed)
    assert problem
    assert problem.msgid == "A carrier cannot deliver to a PO box. Please give a street address."


@pytest.mark.parametrize(
    "typed",
    [
        "Kerkstraat 12 bus 3, 3000 Leuven",
        "Rue Haute 12 boîte 3, 5590 Ciney",
        "Rue Haute 12 bte 3, 5590 Ciney",
        "12 Rue de la Poste, 59300 Valenciennes",
        "Busstraat 4, 3000 Leuven",
        "Postbaan 4, 3290 Diest",
        "Rue Haute 12, CP 5590 Ciney",
        "Kerkstraat 12 PB, 3000 Leuven",
        "BP station, Leuvensesteenweg 12, 3290 Diest",
        "8 Zone Artisanale, 9085 Ettelbruck",
    ],
)
def test_a_street_address_is_taken(typed: str) -> None:
    """A flat's "bus" or "boîte" is no PO box."""
    assert address_problem(typed) is None


@pytest.mark.parametrize("typed", ["Leuven", "bij mij", "12345", "x" * 400 + " 1", "Kerkstraat Leuven"])
def test_what_is_no_address_is_explained(typed: str) -> None:
    """Street, number, postcode and town are needed."""
    assert address_problem(typed) is not None


@pytest.mark.parametrize(
    ("typed", "fine"),
    [
        ("Jan 0470 12 34 56", True),
        ("Mme Lambert, +32 (0)83 21 00 00", True),
        ("0470 12 34 56", False),
        ("Jan", False),
        ("", False),
    ],
)
def test_a_contact_has_a_name_and_a_number(typed: str, fine: bool) -> None:
    """Somebody on site must be reachable."""
    assert (contact_problem(typed) is None) == fine


def test_the_main_address_and_oneself_are_the_defaults(counter: Counter) -> None:
    """Before the first request: the company's main address, the person themselves."""
    addresses, contacts = counter.page(DeliveryAddresses()), counter.page(SiteContacts())
    assert addresses.rows[0].label == Copy("Nijverheidsweg 12, 3200 Aarschot")
    assert addresses.default == addresses.rows[0].id
    assert contacts.rows[0] == Row(
        "me", _("{name} {phone}")(name="Els Wouters,", phone=Copy("+32 470 55 01 02"))
    )
    assert contacts.default == "me"


def test_each_company_sees_its_own(counter: Counter) -> None:
    """No address or contact of another company is offered."""
    ours, theirs = counter.page(DeliveryAddresses()), counter.page(DeliveryAddresses(), AMELIE)
    assert not {row.id for row in ours.rows} & {row.id for row in theirs.rows}
    ours, theirs = counter.page(SiteContacts()), counter.page(SiteContacts(), AMELIE)
    assert {row.id for row in ours.rows} & {row.id for row in theirs.rows} == {"me"}


def test_a_new_one_is_taken_as_it_is(counter: Counter) -> None:
    """Its words are its id, with spaces tidied."""
    page = counter.page(DeliveryAddresses("  Kerkstraat 12,\n3000  Leuven "))
    assert page == Page((Row("Kerkstraat 12, 3000 Leuven", Copy("Kerkstraat 12, 3000 Leuven")),), exact=True)


def test_a_known_one_is_recognised_when_typed(counter: Counter) -> None:
    """Its words or its id give the stored one, not a second one."""
    stored = counter.page(DeliveryAddresses()).rows[1]
    assert isinstance(stored.label, Copy)
    assert counter.page(DeliveryAddresses(stored.label.text.lower())).rows == (stored,)
    assert counter.page(DeliveryAddresses(stored.id)).rows == (stored,)


def sent_back(counter: Counter, number: str, at: int, address: str, contact: str) -> None:
    """A return of the company of Els, as it was announced then."""
    me = people.known(counter.connection, [ELS])[ELS]
    row = {
        "number": number,
        "key": number,
        "company": me.company,
        "installer": me.id,
        "rma": "00517624",
        "status": "received",
        "way": "pickup",
        "address": address,
        "goes_to": "Depot 1, 5928 SX Venlo",
        "contact": contact,
        "created_at": at,
        "updated_at": at,
    }
    returns.add(counter.connection, row, [Line(9, number, "IQ7+")])


def words_of(page: Page) -> list[str]:
    """The rows as they are read."""
    return [Speaker("en", "Europe/Brussels", NOW.date()).say(row.label).replace("`", "") for row in page.rows]


@pytest.mark.row("PORTAL-34")
def test_a_return_offers_where_and_who_of_earlier_ones(counter: Counter) -> None:
    """After those on file the latest five, each once, and no PO box of the old days; to nobody else."""
    now = micros(NOW)
    for place in range(7):
        street, name = f"Kerkstraat {place}, 3000 Leuven", f"Magda {place}a, 0470 00 11 2{place}"
        sent_back(counter, f"0009800{place}", now + place, street, name)
    sent_back(counter, "00098008", now + 8, "kerkstraat 6,  3000 leuven", "Els Wouters, +32 470 55 01 02")
    sent_back(counter, "00098009", now + 9, "Postbus 12, 3000 Leuven", "")
    on_file = len(counter.page(DeliveryAddresses()).rows)
    offered = words_of(counter.page(CollectionAddresses()))
    latest = [f"Kerkstraat {place}, 3000 Leuven" for place in (5, 4, 3, 2)]
    assert offered[on_file:] == ["kerkstraat 6,  3000 leuven", *latest]
    assert counter.page(CollectionAddresses()).default == counter.page(DeliveryAddresses()).default
    known = len(counter.page(SiteContacts()).rows)
    magdas = [f"Magda {place}a, 0470 00 11 2{place}" for place in (6, 5, 4, 3, 2)]
    assert words_of(counter.page(CollectionContacts()))[known:] == magdas
    assert not any("Kerkstraat" in words for words in words_of(counter.page(CollectionAddresses(), AMELIE)))
    assert words_of(counter.page(CollectionAddresses("Kerkstraat 5, 3000 Leuven"))) == [latest[0]]


def test_who_is_forgotten_is_offered_to_nobody(counter: Counter) -> None:
    """Their name leaves the returns too."""
    sent_back(counter, "00098001", micros(NOW), "Kerkstraat 1, 3000 Leuven", "Els Wouters, 0499 99 99 99")
    me = people.known(counter.connection, [ELS])[ELS]
    erasing.people(counter.connection, [me.id])
    assert not any("Els" in words for words in words_of(counter.page(CollectionContacts(), JAN)))
