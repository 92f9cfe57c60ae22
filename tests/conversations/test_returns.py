"""Devices go back: offered when the RMA allows it, announced once, with a label, followed until received."""

from __future__ import annotations

import io

import pypdfium2
import pytest
import zxingcpp
from PIL import Image
from sqlalchemy import Connection

from bot.services.return_parcels import pass_to
from storage import request_tables, returns
from storage.moments import micros
from storage.rmas import Rma
from tests.conversations.chats import Chat, World
from tests.conversations.journeys import ADMINS, RETURN
from tests.conversations.sample import Sample

LOCALES = pytest.mark.parametrize("locale", ["nl", "fr", "en"])
PO_BOX = {"nl": "Postbus 12, 3000 Leuven", "fr": "B.P. 12, 4000 Liège", "en": "PO Box 12, 3000 Leuven"}


def begun(world: World, locale: str, name: str = "", status: str = "approved") -> tuple[Chat, Rma]:
    """Somebody wants to send back what is on an RMA."""
    rma = Sample(world, locale).rmas(status)[0]
    return world.chat(locale, name=name).says(RETURN[locale].format(rma.number.lstrip("0"))), rma


def collected(chat: Chat) -> Chat:
    """All devices, collected on the first day offered."""
    chat.presses("All of them").presses("Pick-up")
    chat.presses(chat.prompt.fields[0].options[0].label).presses("8:00 to 12:00").says("2")
    return chat


def parcels(world: World, rma: Rma) -> list[returns.Return]:
    """The returns of an RMA."""
    return world.run(world.app.uow.read(lambda connection: returns.of_rma(connection, rma.number)))


@pytest.mark.row("ESM-32", "ESM-33", "PORTAL-34")
@LOCALES
def test_a_return_is_announced_and_collected(world: World, locale: str) -> None:
    """Both addresses are shown with what they are; what is announced is what was reviewed."""
    chat, rma = begun(world, locale)
    chat.presses("All of them").sees("To: {address}", rma.return_address)
    chat.presses("Pick-up").presses(chat.prompt.fields[0].options[0].label)
    chat.presses("8:00 to 12:00").says("2")
    facts = chat.facts()
    assert facts["Boxes"] == "2"
    assert {"RMA", "Devices", "From", "How", "Day", "Time", "Hands them over"} <= set(facts)
    assert facts["To"] == rma.return_address
    chat.sees("Packing: each device").presses("Announce").sees("Return {number} is announced.")
    [parcel] = parcels(world, rma)
    assert (parcel.status, parcel.way, parcel.boxes, parcel.part) == ("announced", "pickup", 2, "morning")
    assert parcel.goes_to == rma.return_address
    chat.presses("Status").sees("Announced", rma.return_address, parcel.address)


@pytest.mark.row("ESM-32")
@LOCALES
@pytest.mark.parametrize("status", ["in_progress", "pending_approval", "cancelled"])
def test_an_rma_that_cannot_go_back_says_what_must_happen_first(
    readings: World, locale: str, status: str
) -> None:
    """And offers to say when it can."""
    chat, _rma = begun(readings, locale, f"{locale} {status}", status)
    first = "It was cancelled." if status == "cancelled" else "A return opens after approval."
    chat.sees("RMA {rma} cannot go back now.", first).sees_not("Which devices of RMA")
    assert "See the RMA" in chat.labels()


@pytest.mark.row("ESM-32")
def test_the_number_of_a_return_is_as_good_as_that_of_its_rma(world: World) -> None:
    """What can be done next is offered; another company finds nothing under it."""
    chat, rma = begun(world, "nl")
    collected(chat).presses("Announce")
    number = parcels(world, rma)[0].number.lstrip("0")
    chat.says(f"retour {number}").sees("All its devices are on their way").presses("See the returns")
    chat.sees("Announced", rma.number)
    world.chat("fr").says(f"retour {number}").sees("Not found in your RMAs.")


@pytest.mark.row("PORTAL-34")
@LOCALES
def test_a_po_box_is_refused_and_a_flat_is_not(world: World, locale: str) -> None:
    """In the words of each country; "bus 3" is a flat."""
    chat, rma = begun(world, locale)
    collected(chat).presses("Change").presses("From").says(PO_BOX[locale])
    chat.sees("A carrier cannot deliver to a PO box.")
    chat.says("Kerkstraat 1 bus 3, 3000 Leuven").presses("Announce")
    assert parcels(world, rma)[0].address == "Kerkstraat 1 bus 3, 3000 Leuven"


@pytest.mark.row("PORTAL-34")
@LOCALES
def test_where_and_with_whom_of_before_is_one_tap(world: World, locale: str) -> None:
    """A colleague finds what was typed for an earlier return; a new one can still be typed."""
    chat, _rma = begun(world, locale)
    collected(chat).presses("Change").presses("From").says("Kerkstraat 1 bus 3, 3000 Leuven")
    chat.presses("Change").presses("Hands them over").says("Magda Peeters, 0470 00 11 22")
    chat.presses("Announce").sees("Return {number} is announced.")
    again = Sample(world, locale).rmas("approved")[1]
    other = world.chat(locale, ADMINS[locale]).says(RETURN[locale].format(again.number))
    collected(other).presses("Change").presses("From").presses("Kerkstraat 1 bus 3, 3000 Leuven")
    other.presses("Change").presses("Hands them over").presses("Magda Peeters").presses("Announce")
    [parcel] = parcels(world, again)
    assert parcel.address == "Kerkstraat 1 bus 3, 3000 Leuven"
    assert parcel.contact == "Magda Peeters, 0470 00 11 22"


@pytest.mark.row("ESM-32")
def test_devices_are_sent_back_once(world: World) -> None:
    """A second return is not offered, and one that was begun before is refused."""
    first, rma = begun(world, "nl", "first")
    second = world.chat("nl", Sample(world, "nl").email, "second").says(f"retour {rma.number}")
    collected(second)
    collected(first).presses("Announce").sees("Return {number} is announced.")
    second.presses("Announce").sees("A colleague announced these devices")
    world.chat("nl", name="third").says(f"retour {rma.number}").sees("All its devices are on their way")
    assert len(parcels(world, rma)) == 1


def test_another_company_finds_neither_the_rma_nor_the_return(world: World) -> None:
    """As if they did not exist."""
    chat, rma = begun(world, "nl")
    collected(chat).presses("Announce")
    number = parcels(world, rma)[0].number
    stranger = world.chat("fr")
    stranger.says(f"renvoyer {rma.number}").sees("Not found in your RMAs.")
    stranger.starts("track_return", parcel=number).sees("Not found in your returns.")
    stranger.starts("return_label", parcel=number, format="a6").sees("Not found in your returns.")


@pytest.mark.row("PORTAL-35")
@LOCALES
def test_of_several_types_one_is_chosen_in_one_tap_or_in_a_word(world: World, locale: str) -> None:
    """Each with how many there are; what is then asked is about those."""
    rma = Sample(world, locale).rmas("approved")[0]

    def two_types(connection: Connection) -> None:
        lines = request_tables.rma_lines
        connection.execute(lines.delete().where(lines.c.rma == rma.number))
        products = ("IQ8+", "IQ8+", "IQ Battery 5P")
        rows = [
            {"rma": rma.number, "position": place, "serial": "", "product": product}
            for place, product in enumerate(products, start=1)
        ]
        connection.execute(lines.insert(), rows)

    world.run(world.app.uow.write(two_types))
    chat = world.chat(locale).says(RETURN[locale].format(rma.number))
    chat.sees("Microinverters", "(2)", "IQ Batter", "(1)").says("micro")
    assert "Drop-off" in chat.labels()
    chat.presses("Back").presses("IQ Batter").presses("Done").sees("There is a battery among them:")
    chat.presses("Understood")
    assert "Drop-off" not in chat.labels()


@pytest.mark.row("PORTAL-35")
def test_a_battery_is_only_collected_under_rules_of_its_own(world: World) -> None:
    """They are shown before anything is packed, and drop-off is not there."""
    rma = Sample(world, "nl").rmas("approved")[0]

    def now_a_battery(connection: Connection) -> None:
        lines = request_tables.rma_lines
        connection.execute(lines.update().where(lines.c.rma == rma.number).values(product="IQ Battery 5P"))

    world.run(world.app.uow.write(now_a_battery))
    chat = world.chat("nl").says(f"retour {rma.number}").presses("All of them")
    chat.sees("There is a battery among them:", "A battery goes in its original box")
    chat.presses("Understood")
    assert "Pick-up" in chat.labels()
    assert "Drop-off" not in chat.labels()


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("morgen", "{day} is in the weekend"),
        ("zondag", "{day} is in the weekend"),
        ("25/12", "{day} is a public holiday"),
        ("1 januari", "{day} is a public holiday"),
        ("1/1/2020", "Choose a day between"),
        ("gisteren", "Choose a day between"),
        ("vandaag", "Choose a day between"),
        ("31/2", "I do not recognise a date"),
        ("🙂", "I do not recognise a date"),
    ],
)
def test_a_day_on_which_nobody_comes_is_said_so(readings: World, typed: str, says: str) -> None:
    """And asked again; it is a Friday."""
    chat, _rma = begun(readings, "nl", f"day {typed}")
    chat.presses("All of them").presses("Pick-up").says(typed).sees(says, "On which day?")
    assert len(chat.prompt.fields[0].options) == 5


@pytest.mark.parametrize(
    "typed", ["maandag", "volgende maandag", "over 3 dagen", "ma 23 nov", "lun. 23 nov.", "23/11"]
)
@pytest.mark.row("ESM-47")
def test_a_day_is_typed_in_any_usual_way(readings: World, typed: str) -> None:
    """All of them are the same Monday."""
    chat, _rma = begun(readings, "nl", f"any {typed}")
    chat.presses("All of them").presses("Pick-up").says(typed).sees("At what time?")


@pytest.mark.row("ESM-32")
@LOCALES
def test_the_label_can_be_printed_or_shown(world: World, locale: str) -> None:
    """A PDF of A6 or A4, one page per box, or a QR; scanners read the return on each."""
    chat, rma = begun(world, locale)
    collected(chat).presses("Announce")
    code = f"R{parcels(world, rma)[0].number}-{rma.number}"
    for width in (105, 210):
        chat.starts("track_return", parcel=parcels(world, rma)[0].number).presses("Label")
        chat.presses("A6, label printer" if width == 105 else "A4, plain paper")
        chat.sees("The label of return {name}.")
        document = pypdfium2.PdfDocument(handed(chat))
        assert len(document) == 2
        assert round(document[0].get_width() / 72 * 25.4) == width
        picture = document[0].render(scale=3).to_pil()
        assert {found.text for found in zxingcpp.read_barcodes(picture)} == {code}
        assert rma.return_address.split(",")[0] in document[0].get_textpage().get_text_bounded()
        document.close()
    chat.presses("Another format").presses("QR, no printer")
    assert [found.text for found in zxingcpp.read_barcodes(Image.open(io.BytesIO(handed(chat))))] == [code]


def handed(chat: Chat) -> bytes:
    """The last file that was handed out."""
    return next(out.enclosed.content for out in reversed(chat.answer) if out.enclosed)


@pytest.mark.row("ESM-32")
@LOCALES
def test_who_announced_it_hears_how_it_goes_on_until_it_is_received(world: World, locale: str) -> None:
    """Each step once, with its history; then there is no label any more."""
    chat, rma = begun(world, locale)
    collected(chat).presses("Announce")
    for status, shown in (("collected", "Collected"), ("in_transit", "On its way"), ("received", "Received")):
        [parcel] = parcels(world, rma)

        def move(connection: Connection, parcel: returns.Return = parcel, status: str = status) -> None:
            pass_to(connection, parcel, status, key=f"test:{status}", now=micros(world.clock.now()))

        world.run(world.app.uow.write(move))
        chat.hears().sees("Return {number} of RMA {rma}: {status}.", shown)
    chat.starts("track_return", parcel=parcels(world, rma)[0].number).sees("Received")
    assert "Label" not in chat.labels()
    chat.presses("History").sees("Announced", "Collected", "On its way", "Received")
    chat.starts("return_label", parcel=parcels(world, rma)[0].number, format="a6")
    chat.sees("This return was received already")


def test_it_goes_on_after_a_restart_and_a_second_tap_announces_nothing_more(world: World) -> None:
    """What was answered is still there."""
    chat, rma = begun(world, "en")
    collected(chat)
    world.restart()
    prompt = chat.prompt
    send = next(button for button in prompt.buttons if button.style == "primary")
    chat.press_at(prompt.token, send.index).sees("Return {number} is announced.")
    chat.press_at(prompt.token, send.index)
    assert len(parcels(world, rma)) == 1
