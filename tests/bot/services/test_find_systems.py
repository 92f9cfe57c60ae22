"""Finding a system by what an installer types on a roof."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.services.search import search
from flows.engine.phrases import Phrase, _
from flows.requests import FindSystems
from storage import desk_tables
from storage.systems import Entry, folded_words
from tests.bot.services.conftest import AMELIE, ELS, JAN, PEETERS, Counter
from tests.bot.services.test_create_rma import request

SITES = (
    # id, name, owner, street, postcode, town, reference
    ("700000001", "Peeters", "An Peeters", "Dorpsstraat 14", "3200", "Aarschot", "P-2291"),
    ("700000002", "Peeters", "Luc Peeters", "Kerkstraat 3", "3150", "Haacht", ""),
    ("700000003", "Peters-Maes", "Jos Peters", "Molenweg 8", "3010", "Kessel-Lo", "W22 17"),
    ("700000004", "Janssens", "Rita Janssens", "Dorpstraat 14", "3150", "Haacht", ""),
    ("700000005", "Janssen", "Wim Janssen", "Dorpstraat 41", "3150", "Haacht", ""),
    ("700000006", "Vermeulen", "Els Vermeulen", "Beekstraat 2", "3000", "Leuven", ""),
    ("700000007", "Vermeiren", "Tom Vermeiren", "Beekstraat 20", "3000", "Leuven", ""),
    ("700000008", "Bakkerij De Smet", "Koen De Smet", "Markt 1", "3290", "Diest", ""),
    ("700000009", "De Smedt", "Ann De Smedt", "Veldweg 77", "3290", "Diest", ""),
    ("700000010", "Van den Broeck", "Piet Van den Broeck", "Lindelaan 9", "3300", "Tienen", "REF/88"),
    ("700000011", "Van den Bosch", "Mia Van den Bosch", "Lindelaan 90", "3300", "Tienen", ""),
    ("700000012", "Garage Noël", "Eric Noël", "Rue de l'Église 5", "4500", "Huy", ""),
    ("700000013", "Crèche Les Œillets", "Ville de Huy", "Rue du Pont 11", "4500", "Huy", ""),
    ("700000014", "Goossens", "Bart Goossens", "Stationsstraat 100", "3200", "Aarschot", ""),
    ("700000015", "Hendrickx", "Sara Hendrickx", "Bosstraat 12", "3220", "Holsbeek", ""),
    ("700000016", "Frituur 't Hoekske", "Guy Aerts", "Kerkplein 1", "3110", "Rotselaar", ""),
)


SYSTEMS = [
    Entry(id, folded_words(name, owner, road, postcode, town, reference))
    for id, name, owner, road, postcode, town, reference in SITES
]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("vermeulen", "700000006"),
        ("Vermeullen", "700000006"),
        ("vermuelen", "700000006"),
        ("vermeiren", "700000007"),
        ("janssens", "700000004"),
        ("janssen", "700000005"),
        ("peeters haacht", "700000002"),
        ("peeters aarschot", "700000001"),
        ("bij peeters in haacht", "700000002"),
        ("dorpsstraat 14 aarschot", "700000001"),
        ("dorpstraat 14 haacht", "700000004"),
        ("dorpstraat 41", "700000005"),
        ("an peeters", "700000001"),
        ("luc peeters", "700000002"),
        ("P-2291", "700000001"),
        ("p 2291", "700000001"),
        ("ref88", "700000010"),
        ("w22-17", "700000003"),
        ("de smedt", "700000009"),
        ("desmedt", "700000009"),
        ("bakkerij desmet", "700000008"),
        ("bakerij de smet", "700000008"),
        ("garage noel", "700000012"),
        ("creche les oeillets", "700000013"),
        ("rue de l eglise 5", "700000012"),
        ("gosens", "700000014"),
        ("hendriks", "700000015"),
        ("hoekske", "700000016"),
        ("van den bosch", "700000011"),
        ("vandenbroeck", "700000010"),
        ("kerkplein 1", "700000016"),
        ("sara hendrickx holsbeek", "700000015"),
    ],
)
@pytest.mark.row("ESM-21", "ESM-34")
def test_what_names_one_system_finds_that_one(typed: str, meant: str) -> None:
    """Typing errors, missing accents, half names and addresses still mean one system, without a question."""
    found = search(typed, SYSTEMS)
    assert found.systems[0].id == meant
    assert found.clear


@pytest.mark.parametrize(
    ("typed", "among"),
    [
        ("peeters", {"700000001", "700000002"}),
        ("beekstraat", {"700000006", "700000007"}),
        ("haacht", {"700000002", "700000004", "700000005"}),
        ("3290", {"700000008", "700000009"}),
        ("lindelaan", {"700000010", "700000011"}),
        ("dorpstraat haacht", {"700000004", "700000005"}),
        ("huy", {"700000012", "700000013"}),
        ("beekstraat 22", {"700000006", "700000007"}),
    ],
)
def test_what_fits_several_is_asked(typed: str, among: set[str]) -> None:
    """Where two systems fit alike, both are shown and none is taken."""
    found = search(typed, SYSTEMS)
    assert not found.clear
    assert among <= {system.id for system in found.systems}


@pytest.mark.parametrize("typed", ["xyzzy", "999999999", "brussel", "!!!", "0", "🙂", "a", "micro kapot"])
def test_what_fits_nothing_is_not_found(typed: str) -> None:
    """No system is better than a wrong one."""
    assert search(typed, SYSTEMS).systems == ()


@pytest.mark.parametrize("typed", [PEETERS, "700 457 343", "700.457.343", " 700457343 "])
def test_an_id_is_enough(counter: Counter, typed: str) -> None:
    """Spaces and dots do not matter."""
    page = counter.page(FindSystems(typed))
    assert [row.id for row in page.rows] == [PEETERS]
    assert page.exact


@pytest.mark.row("ESM-34")
@pytest.mark.parametrize("typed", ["Peeters", "peeters", "PEETERS "])
def test_a_name_with_which_longer_ones_begin_is_asked_about(counter: Counter, typed: str) -> None:
    """It comes first, and none is taken in silence."""
    page = counter.page(FindSystems(typed))
    first, *others = [str(row.label) for row in page.rows]
    assert page.rows[0].id == PEETERS
    assert first == "Peeters, Aarschot"
    assert others
    assert all(label.startswith("Peeters ") for label in others)
    assert not page.exact


def test_similar_words_find_it_at_the_desk_too(counter: Counter) -> None:
    """The address of a system, typed in haste."""
    page = counter.page(FindSystems("dorpstraat 14 aarschot"))
    assert [row.id for row in page.rows] == [PEETERS]
    assert page.exact


@pytest.mark.row("ESM-09")
def test_a_serial_finds_its_system(counter: Counter) -> None:
    """The number on a label is enough."""
    page = counter.page(FindSystems("1221 4500 1234"))
    assert [row.id for row in page.rows] == [PEETERS]
    assert page.exact


def test_a_system_of_another_company_is_not_found(counter: Counter) -> None:
    """By id, serial or name: the same answer as for what does not exist."""
    foreign = counter.system_of(AMELIE)
    unknown = counter.page(FindSystems("709999999"))
    assert counter.page(FindSystems(foreign)) == unknown
    assert counter.page(FindSystems(counter.serials_of(foreign)[0])) == unknown
    assert PEETERS not in {row.id for row in counter.page(FindSystems("peeters"), AMELIE).rows}


def test_nothing_typed_gives_the_latest_systems_first(counter: Counter) -> None:
    """The systems of one's own latest requests come first, page by page, each once."""
    first = counter.page(FindSystems(), JAN)
    assert first.rows[0].id == PEETERS
    assert len(first.rows) == 5
    seen = [row.id for row in first.rows]
    turn = first.turns[0]
    while turn.label == _("More"):
        page = counter.page(FindSystems(cursor=turn.cursor), JAN)
        seen += [row.id for row in page.rows]
        turn = page.turns[0]
    assert len(seen) == len(set(seen)) == 80


@pytest.mark.parametrize(
    "typed", ["last", "zelfde als vorige keer", "comme la dernière fois", "same as last time"]
)
def test_last_is_the_system_of_the_latest_request(counter: Counter, typed: str) -> None:
    """In people's own words too."""
    page = counter.page(FindSystems(typed), JAN)
    assert [row.id for row in page.rows] == [PEETERS]
    assert page.exact


def test_without_an_earlier_request_there_is_no_last_system(counter: Counter) -> None:
    """It says so, and takes nothing."""
    counter.connection.execute(desk_tables.installers.update().values(last_systems=""))
    assert counter.page(FindSystems("last")).problems == (_("You have no earlier request yet."),)


def test_a_new_request_puts_its_system_first(counter: Counter) -> None:
    """The last five systems of this person come first, each once."""
    used = [counter.system_of(ELS, place) for place in (3, 4, 5, 6, 7, 8, 3)]
    for place, system in enumerate(used):
        counter.done(request((str(122145100000 + place),), system=system))
    shown = [row.id for row in counter.page(FindSystems()).rows]
    assert shown == [used[n] for n in (6, 5, 4, 3, 2)]


def test_a_location_finds_the_nearest_systems(counter: Counter) -> None:
    """Within two kilometres, the nearest first, with how far it is."""
    systems = desk_tables.systems.c
    query = select(systems.latitude, systems.longitude).where(systems.id == PEETERS)
    latitude, longitude = counter.connection.execute(query).one()
    page = counter.page(FindSystems(f"geo:{latitude + 0.0009},{longitude}"))
    assert page.rows[0].id == PEETERS
    detail = page.rows[0].detail
    assert isinstance(detail, Phrase)
    assert detail.gaps["metres"] == 100
    assert not page.exact


def test_a_location_far_from_everything_finds_nothing(counter: Counter) -> None:
    """In the middle of the sea there is no system."""
    page = counter.page(FindSystems("geo:53.5,3.0"))
    assert page.problems == (_("None of your systems is within 2 km of this place."),)


def test_a_location_never_shows_systems_of_others(counter: Counter) -> None:
    """Standing beside a system of another company shows nothing of it."""
    systems = desk_tables.systems.c
    foreign = counter.system_of(AMELIE)
    place = select(systems.latitude, systems.longitude).where(systems.id == foreign)
    latitude, longitude = counter.connection.execute(place).one()
    assert counter.page(FindSystems(f"geo:{latitude},{longitude}"), ELS).rows == ()
