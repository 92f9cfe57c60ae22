"""Search among 300 names that look alike: measured, with floors."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import NamedTuple

import pytest

from bot.services.search import search
from bot.services.seed_data import FIRST_NAMES, OWNERS, PREFIXES
from storage.systems import Entry, System, folded, folded_words


class Measured(NamedTuple):
    """Shares of all queries."""

    first: float
    among_three: float
    silently_wrong: float
    needlessly_asked: float


def look_alikes() -> list[System]:
    """Family names alone, with a first name, with a shop, and joined to another: 300 of them."""
    dice = Random(5)
    names: dict[str, None] = {}
    for language, owners in OWNERS.items():
        for owner in owners:
            names[owner] = None
            names[f"{owner} {dice.choice(FIRST_NAMES[language])}"] = None
            names[f"{dice.choice(PREFIXES[language][4:])}{owner}"] = None
            names[f"{owner}-{dice.choice(owners)}"] = None
    return [_system(place, name) for place, name in enumerate(list(names)[:300])]


def _system(place: int, name: str) -> System:
    words = folded_words(name, "", "", "", "", "")
    return System(
        id=str(place),
        company=1,
        name=name,
        folded=folded(name),
        words=words,
        owner="",
        maintainer="",
        street="",
        postcode="",
        town="",
        country="BE",
        latitude=0,
        longitude=0,
        reference="",
        stage=5,
        status="normal",
        installed_on=None,
        created_on="2020-01-01",
    )


def with_a_slip(name: str, dice: Random) -> str:
    """One letter left out, doubled, swapped or wrong."""
    place = dice.randrange(1, max(2, len(name) - 1))
    before, letter, after = name[:place], name[place : place + 1], name[place + 1 :]
    doubled, swapped = before + letter * 2 + after, before + after[:1] + letter + after[1:]
    slips = (before + after, doubled, swapped, before + "e" + after)
    return dice.choice(slips)


def measure(typed: Callable[[str], str]) -> Measured:
    """Search every name, typed like this."""
    systems = look_alikes()
    entries = [Entry(system.id, system.words) for system in systems]
    first = three = wrong = needless = 0
    for system in systems:
        found = search(typed(system.name), entries)
        ids = [other.id for other in found.systems]
        right = ids[:1] == [system.id]
        first += right
        three += system.id in ids[:3]
        wrong += found.clear and not right
        needless += right and not found.clear
    count = len(systems)
    return Measured(first / count, three / count, wrong / count, needless / count)


@pytest.mark.parametrize(
    "typed",
    [
        str,
        folded,
        lambda name: f"bij {name.lower()}",
        lambda name: name.replace(" ", ""),
        lambda name: " ".join(reversed(name.split())),
    ],
    ids=["as it is", "without accents", "with a word before", "without spaces", "turned around"],
)
def test_a_name_written_in_another_way_is_found_and_taken(typed: Callable[[str], str]) -> None:
    """Never a wrong one in silence, hardly ever a question."""
    measured = measure(typed)
    assert measured.first >= 0.99
    assert measured.silently_wrong == 0
    assert measured.needlessly_asked <= 0.02


def test_a_name_with_a_slip_is_found(record_property: Callable[[str, object], None]) -> None:
    """One wrong letter in each: the goals of understanding.md."""
    dice = Random(11)
    measured = measure(lambda name: with_a_slip(name, dice))
    record_property("measured", str(measured))
    assert measured.first >= 0.97
    assert measured.among_three >= 0.99
    assert measured.silently_wrong <= 0.01
    assert measured.needlessly_asked <= 0.10
