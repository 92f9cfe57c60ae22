"""Devices for the cashback from an Excel file: the good rows are registered, the rest comes back to mend."""

from __future__ import annotations

import io
import itertools

import openpyxl
import pytest

from bot.sheet import read_sheet
from flows.engine.enclosures import Kept, SheetToFill
from flows.engine.outputs import Say
from storage import cashback, people
from storage.cashback import Device
from storage.unit_of_work import Connection
from tests.conversations.chats import Chat, World
from tests.conversations.sample import JAN, excel

LOCALES = pytest.mark.parametrize("locale", ["nl", "fr", "en"])
STP, HOME_MANAGER, CORE2 = "3012345678", "3009871122", "3021112223"
HEADS = {
    "nl": ("Klant", "Installatiedatum", "Serienummer", "Toestel"),
    "fr": ("Modèle", "N° de série", "Client", "Date d’installation"),
    "en": ("Serial number", "Model", "Installed on", "Customer"),
}
OF = {
    "Serienummer": 0, "Toestel": 1, "Installatiedatum": 2, "Klant": 3,
    "N° de série": 0, "Modèle": 1, "Date d’installation": 2, "Client": 3,
    "Serial number": 0, "Model": 1, "Installed on": 2, "Customer": 3,
}  # fmt: skip


def ordered(locale: str, *rows: tuple[str | int | float, ...]) -> bytes:
    """The rows (serial, model, date, customer) under the names and in the order of one language."""
    heads = HEADS[locale]
    return excel(heads, *(tuple((*row, "", "", "")[OF[head]] for head in heads) for row in rows))


def devices(world: World, locale: str) -> dict[str, Device]:
    """What the company has registered, by serial."""

    def find(connection: Connection) -> list[Device]:
        known = people.with_email(connection, world.people[locale])
        assert known
        return cashback.of_company(connection, known.company, 0, 100)

    return {device.serial: device for device in world.run(world.app.uow.read(find))}


WANTED = {"nl": "excel bestand", "fr": "fichier excel", "en": "excel file"}


@pytest.mark.row("SMA-05")
@LOCALES
def test_another_file_where_an_excel_file_is_asked_is_answered_with_what_is_wanted(
    world: World, locale: str
) -> None:
    """Not with photos and PDFs; the question stays open, and a good file answers it."""
    chat = world.chat(locale).says(WANTED[locale]).sees("Please send your Excel file with the devices.")
    for name, content in (("list.csv", b"Serial;Model"), ("cut.xlsx", b"PK\x03\x04xl/cut"), ("x.xlsx", b"x")):
        chat.sends((name, content)).sees("{name} cannot be read as an Excel file.", name)
        chat.sees_not("{name} is not a photo or PDF, so I did not keep it.")
    chat.sees("Please send your Excel file with the devices.")
    chat.sends(("a.xlsx", ordered(locale, (STP, "", "")))).sees("When were they installed?")


def handed_out(world: World, chat: Chat) -> list[list[str]]:
    """The rows of the Excel file that came with the last answer."""
    [kept] = [
        out.output.enclosed
        for out in chat.answer
        if isinstance(out.output, Say) and isinstance(out.output.enclosed, Kept)
    ]
    sheet = read_sheet(world.app.folder.path(kept.id).read_bytes())
    return [list(line.cells) for line in sheet.lines]


@pytest.mark.row("SMA-05")
@LOCALES
def test_a_file_registers_its_good_rows_and_the_rest_comes_back(world: World, locale: str) -> None:
    """Names of columns in each language, in any order; a corrected file is sent again as it is."""
    chat = world.chat(locale).starts("register_sheet")
    rows: list[tuple[str | int | float, ...]] = [
        (STP, "STP 10.0 SE", "3/11/2026", "Peeters"),
        (3009871122, "Home Manager", "3/11/2026", "=1+1"),
        ("3.0E+09", "CORE2", "3/11/2026", "@Claes"),
        (CORE2, "Home Manager", "3/11/2026", "Baert"),
        (STP, "", "3/11/2026", "Peeters"),
    ]
    chat.sends(("lijst.xlsx", ordered(locale, *rows)))
    chat.sees("Ready to register: {good}. Not yet: {bad}.", "Row {row}: {remark}")
    chat.sees("{typed} was rounded by a spreadsheet.", "{serial} does not fit {model}.")
    chat.sees("The same serial number stands in row {row}.", "The rows that could not be taken")
    assert chat.facts()["File"].startswith("lijst.xlsx")
    rest = handed_out(world, chat)
    chat.presses("Register").sees("{count} with our desk, not yet with SMA.", "{n} device is registered")
    found = devices(world, locale)
    assert set(found) == {STP, HOME_MANAGER}
    assert {device.installed_on for device in found.values()} == {"2026-11-03"}
    assert [len(row) for row in rest] == [5, 5, 5, 5]
    assert not any(cell[:1] in tuple("=+-@") for row in rest for cell in row)

    serial = HEADS[locale].index(next(head for head in HEADS[locale] if OF[head] == 0))
    model = HEADS[locale].index(next(head for head in HEADS[locale] if OF[head] == 1))
    mended = [rest[0], *rest[2:3]]
    mended[1][serial], mended[1][model] = CORE2, "CORE2"
    chat.sends(("lijst.xlsx", excel(*(tuple(row) for row in mended))))
    chat.sees_not("Row {row}: {remark}").presses("Register")
    assert set(devices(world, locale)) == {STP, HOME_MANAGER, CORE2}


@pytest.mark.row("SMA-05")
@LOCALES
def test_a_mended_file_that_comes_before_the_first_is_registered_loses_nothing(
    world: World, locale: str
) -> None:
    """The first waits under it, and is asked about once more."""
    chat = world.chat(locale)
    chat.sends(("a.xlsx", ordered(locale, (STP, "", "3/11/2026"), ("3.0E+09", "", "3/11/2026"))))
    chat.sends(("b.xlsx", ordered(locale, (HOME_MANAGER, "", "3/11/2026")))).presses("Register")
    assert chat.facts()["File"].startswith("a.xlsx")
    chat.presses("Register")
    assert set(devices(world, locale)) == {STP, HOME_MANAGER}


def test_what_was_said_waits_under_a_file(world: World) -> None:
    """Devices of a first sentence are not forgotten."""
    chat = world.chat("nl").says(f"registreer {HOME_MANAGER}")
    chat.sends(("a.xlsx", ordered("nl", (STP, "", "3/11/2026")))).presses("Register")
    chat.sees("When were they installed?").presses("Today").presses("Register")
    assert set(devices(world, "nl")) == {STP, HOME_MANAGER}


def test_of_two_files_at_once_the_first_is_taken_and_that_is_said(world: World) -> None:
    """The other can be sent after it."""
    both = (("a.xlsx", ordered("nl", (STP, "", ""))), ("b.xlsx", ordered("nl", (HOME_MANAGER, "", ""))))
    world.chat("nl").sends(*both).sees("I take one Excel file at a time: {name}.", "a.xlsx")


@pytest.mark.row("SMA-05")
def test_an_excel_file_is_taken_at_any_moment(world: World) -> None:
    """Without a word, instead of typed serials, and beside other work, which goes on after it."""
    content = ordered("nl", (STP, "", ""))
    chat = world.chat("nl").sends(("a.xlsx", content)).sees("When were they installed?")
    chat.says("annuleer")
    chat.starts("register_device").sends(("b.xlsx", content)).sees("When were they installed?")
    chat.presses("Yesterday").presses("Register").sees_not("Which devices?")
    assert set(devices(world, "nl")) == {STP}


@pytest.mark.row("SMA-05")
def test_a_file_is_practised_apart_from_what_is_real(world: World) -> None:
    """What is registered for practice is free in real life, and what is real is free in practice."""
    content = ordered("nl", (STP, "", "3/11/2026"))
    chat = world.chat("nl")
    for way in ("oefenen", "oefenen stoppen"):
        chat.says(way).starts("register_sheet").sends(("a.xlsx", content)).presses("Register")
        chat.sees("{n} device is registered")
    chat.says("oefenen").starts("register_sheet").sends(("a.xlsx", content))
    chat.sees("{serial} was registered already by {name}, on {day}.")
    assert set(devices(world, "nl")) == {STP}


@pytest.mark.row("SMA-05")
def test_an_empty_file_is_handed_out_to_fill(world: World) -> None:
    """In the language of the person; what is filled in comes back readable."""
    chat = world.chat("fr").starts("register_device").presses("Excel file").presses("Empty file")
    assert [out.output.enclosed.columns for out in chat.answer if isinstance(out.output, Say)
            and isinstance(out.output.enclosed, SheetToFill)]  # fmt: skip
    [made] = [out.enclosed for out in chat.answer if out.enclosed]
    book = openpyxl.load_workbook(io.BytesIO(made.content))
    assert book.active is not None
    assert [cell.value for cell in next(book.active.iter_rows())] == [
        "Modèle", "Numéro de série", "Date d'installation",
    ]  # fmt: skip
    book.active["B2"] = STP
    out = io.BytesIO()
    book.save(out)
    chat.sends(("rempli.xlsx", out.getvalue())).sees("When were they installed?")


@pytest.mark.row("SMA-05", "SMA-06")
def test_what_is_registered_already_says_by_whom(world: World) -> None:
    """A colleague by name; of another company only that it is."""
    world.chat("nl").starts("register_device").says(STP).presses("Today").presses("Register")
    file = ("a.xlsx", ordered("nl", (STP, "", "")))
    jan = world.chat("nl", email=JAN, name="jan").sends(file)
    jan.sees("{serial} was registered already by {name}", "Els")
    world.chat("fr").sends(file).sees("{serial} is registered already.").sees_not(
        "{serial} was registered already by {name}"
    )


def test_a_file_of_another_chat_is_like_one_that_does_not_exist(world: World) -> None:
    """Its name opens nothing for anybody else, also not for a colleague."""
    chat = world.chat("nl").sends(("a.xlsx", ordered("nl", (STP, "", ""))))
    [run] = world.run(world.app.uow.read(lambda c: conversations_of(c, chat.key)))
    answers = []
    for number, (email, sheet) in enumerate(itertools.product((JAN, world.people["fr"]), (run, "0" * 40))):
        other = world.chat("nl", email=email, name=f"other {number}").starts("register_sheet", sheet=sheet)
        answers.append(other.text())
    assert answers[0] == answers[1]
    assert answers[2] == answers[3]
    assert devices(world, "nl") == {}


def conversations_of(connection: Connection, key: str) -> list[str]:
    """The file that the open work of a chat is about."""
    from storage import conversations

    known = conversations.load(connection, key)
    return [str(run.answers["sheet"].value) for run in known.runs] if known else []


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"PK\x03\x04 xl/ nothing", "{name} cannot be read as an Excel file."),
        (excel(("Klant",), ("Peeters",)), "I see no column with serial numbers in {name}."),
        (excel(), "{name} has no rows."),
    ],
    ids=["nonsense", "no serials", "empty"],
)
def test_a_file_of_no_use_says_why(world: World, content: bytes, why: str) -> None:
    """And asks for another one."""
    world.chat("en").sends(("a.xlsx", content)).sees(why, "Please send your Excel file")
