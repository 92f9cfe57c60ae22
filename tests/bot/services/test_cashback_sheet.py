"""The rows of Excel files as people make them: names of columns, days, sheets that are not the first."""

from __future__ import annotations

import datetime
import io

import openpyxl
import pytest

from bot.services.cashback_campaign import read
from bot.services.cashback_sheet import Checked, check_rows
from bot.sheet import Line, Sheet, read_sheet
from locales.speaker import Speaker
from storage.people import Installer

ELS = Installer(1, 1, "Zonnebouw", "Els", "els@company.example", "", "technician", "nl", "", "", "")
NOW = datetime.datetime(2026, 11, 20, 9, 30, tzinfo=datetime.UTC)
STP, HOME_MANAGER = "3012345678", "3009871122"


def checked(*rows: tuple[str, ...]) -> Checked:
    """What comes of these rows."""
    return check_file(Sheet(tuple(Line(number, cells) for number, cells in enumerate(rows, 1))))


def check_file(sheet: Sheet) -> Checked:
    """What comes of a file that Els sent."""
    speaker = Speaker("nl", "Europe/Brussels", NOW.date())
    return check_rows(read(), sheet, "list.xlsx", {}, ELS, NOW, speaker)


@pytest.mark.row("SMA-05")
@pytest.mark.parametrize(
    "name",
    ["S/N", "SN:", "N° série", "Nº de série", "Numéro série", "Numéros de série", "Serial #", "Serial-nr",
     "Serial numbers", "Serienummers", "SERIENUMMER *", "Serienummer (10 cijfers)", "Serie nr.",
     "Device serial number", "Serial Number / Serienummer", "Numéro de série de l’appareil"],
)  # fmt: skip
def test_the_column_with_serials_is_known_by_what_people_call_it(name: str) -> None:
    """In one number or many, short or with more words beside it; the model is found beside it."""
    found = checked(
        ("Lijst van Zonnebouw",), ("Klant", "Type omvormer", name), ("Peeters", "Home Manager", STP)
    )
    assert found.problems
    assert checked(("Klant", name), ("Peeters", STP)).devices == (STP,)


@pytest.mark.row("SMA-05")
@pytest.mark.parametrize(
    "name",
    ["Datum van installatie", "Installatie datum", "Datum inbedrijfstelling", "Date de mise en service"],
)
def test_the_column_with_days_is_known_by_what_people_call_it(name: str) -> None:
    """Another date in the file is none of ours."""
    rows = (("Factuurdatum", "Serienummer", name), ("1/2/2026", STP, "3/11/2026"))
    assert checked(*rows).day == "2026-11-03"


@pytest.mark.row("SMA-05")
def test_one_day_in_several_notations_is_one_day() -> None:
    """Typed, as Excel keeps it, and as the number that is left when a cell is no longer a date."""
    found = checked(
        ("SN", "Datum"), (STP, "3/11/2026"), (HOME_MANAGER, "2026-11-03"), ("3021112223", "46329")
    )
    assert (found.day, found.problems) == ("2026-11-03", ())


@pytest.mark.row("SMA-05")
@pytest.mark.parametrize("cell", ["3.0E+09", "3,01E+09", "3.012E9", "3000000000"])
def test_a_rounded_number_is_refused_with_the_reason(cell: str) -> None:
    """Also where only its zeros are left of the rounding."""
    found = checked(("Serienummer",), (cell,), (STP,))
    assert found.devices == (STP,)
    assert any("was rounded by a spreadsheet" in repr(problem) for problem in found.problems)


def test_a_serial_is_no_name_of_a_column() -> None:
    """Also with its label before it."""
    assert checked(("Serienummer\n(S/N)",), (f"SN: {STP}",), (HOME_MANAGER,)).devices == (STP, HOME_MANAGER)


def test_a_file_with_names_of_columns_and_nothing_else_has_no_rows() -> None:
    """As our own empty one, sent back as it was."""
    (problem,) = checked(("Model", "Serienummer", "Installatiedatum")).problems
    assert getattr(problem, "msgid", "") == "{name} has no rows."


@pytest.mark.row("SMA-05")
@pytest.mark.parametrize("hidden", [True, False])
def test_devices_may_stand_on_another_sheet_than_the_first(hidden: bool) -> None:
    """After a page of instructions, or behind one that nobody sees."""
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["Vul het blad met uw toestellen in"])
    if hidden:
        book.active.append(["Serienummer", HOME_MANAGER])
        book.active.sheet_state = "hidden"
    sheet = book.create_sheet("Toestellen")
    sheet.append(["Serienummer"])
    sheet.append([STP])
    out = io.BytesIO()
    book.save(out)
    assert check_file(read_sheet(out.getvalue())).devices == (STP,)
