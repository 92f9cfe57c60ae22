"""The 17 subjects, the likely ones first."""

from __future__ import annotations

import pytest

from bot.services.subjects import SUBJECTS, ranked
from flows.engine.phrases import _
from flows.requests import Subjects
from tests.bot.services.conftest import PEETERS, Counter


@pytest.mark.parametrize(
    ("fault", "description", "subject"),
    [
        ("not_reporting", "", "Microinverter Reporting"),
        ("not_reporting", "na storm", "Microinverter Reporting"),
        ("no_production", "", "Production Issue"),
        ("damaged", "stekker kapot", "Microinverter Reporting"),
        ("other", "de batterij laadt niet meer", "IQ Battery"),
        ("other", "la batterie ne charge plus", "IQ Battery"),
        ("other", "battery does not charge", "IQ Battery"),
        ("other", "envoy heeft geen verbinding", "Gateway"),
        ("other", "la passerelle est hors ligne", "Gateway"),
        ("other", "wifi valt weg", "Networking"),
        ("other", "laadpaal start niet", "EV Charger"),
        ("other", "la borne de recharge ne démarre pas", "EV Charger"),
        ("other", "micro meldt niet", "Microinverter Reporting"),
        ("other", "le micro-onduleur ne communique plus", "Microinverter Reporting"),
        ("other", "opbrengst veel te laag", "Production Issue"),
        ("other", "production en baisse", "Production Issue"),
        ("other", "where is the manual", "Documentation"),
        ("other", "compteur de consommation à l'envers", "Energy Meter IQ Energy Router+"),
        ("other", "enpower schakelt niet om", "IQ System Controller"),
    ],
)
@pytest.mark.row("ESM-23")
def test_the_words_suggest_the_subject(fault: str, description: str, subject: str) -> None:
    """In three languages, from what is wrong and what was typed."""
    assert ranked(fault, description)[0][1] == subject


def test_the_devices_count_too(counter: Counter) -> None:
    """A gateway that was picked speaks for Gateway."""
    gateway = next(serial for serial in counter.serials_of(PEETERS) if serial.startswith("20"))
    page = counter.page(Subjects("", "other", (gateway,)))
    assert page.default == "Gateway"


@pytest.mark.row("ESM-23")
def test_all_seventeen_are_reached(counter: Counter) -> None:
    """Three first, the others behind turns, each once."""
    page = counter.page(Subjects("micro meldt niet", "not_reporting"))
    assert len(page.rows) == 3
    seen = [row.id for row in page.rows]
    while page.turns[0].cursor:
        page = counter.page(Subjects("micro meldt niet", "not_reporting", cursor=page.turns[0].cursor))
        seen += [row.id for row in page.rows]
    assert sorted(seen) == sorted(SUBJECTS)
    assert len(SUBJECTS) == 17


def test_nothing_known_means_no_default(counter: Counter) -> None:
    """Without any sign the person is asked."""
    assert counter.page(Subjects()).default == ""


def test_a_typed_subject_is_found(counter: Counter) -> None:
    """By its name in any spelling, or by what it is about."""
    assert [row.id for row in counter.page(Subjects(text="networking")).rows] == ["Networking"]
    assert counter.page(Subjects(text="networking")).exact
    assert "IQ Battery" in [row.id for row in counter.page(Subjects(text="batterij")).rows]
    nothing = counter.page(Subjects(text="qqq"))
    assert nothing.rows == ()
    assert nothing.problems == (_("None of the subjects is called that. Please use one of the buttons."),)


def test_a_very_long_description_is_weighed_quickly() -> None:
    """100 kB of words are no reason to wait."""
    assert ranked("other", "micro " * 17_000)


def test_damage_to_a_micro_is_not_about_installing(counter: Counter) -> None:
    """The device decides, and the usual subjects fill up the rest."""
    page = counter.page(Subjects("schade na hagel", "damaged", (counter.serials_of(PEETERS)[0],)))
    assert [row.id for row in page.rows] == ["Microinverter Reporting", "Production Issue", "Gateway"]
