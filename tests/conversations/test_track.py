"""Following an RMA: by its number, block by block, with a note."""

from __future__ import annotations

import pytest

from tests.conversations.chats import World
from tests.conversations.journeys import HOME, NOTE, STATUS
from tests.conversations.sample import Sample

LOCALES = pytest.mark.parametrize("locale", ["nl", "fr", "en"])
BLOCKS = {
    "History": ("Filed",),
    "Notes": (),
    "Addresses": ("Delivery address: {address}", "Return address: {address}", "Venlo"),
    "Devices": (),
    "Description": ("Subject: {subject}",),
    "Contact": ("On site: {contact}.\nCase {case}, from {origin}.", "Solardesk chat"),
}


@pytest.mark.row("ESM-09", "ESM-13", "ESM-48")
@LOCALES
@pytest.mark.parametrize("zeros", [True, False])
def test_an_rma_is_found_by_its_number_with_or_without_zeros(
    readings: World, locale: str, zeros: bool
) -> None:
    """Status, who holds it, system, subject, dates and who works on it, at once."""
    rma = Sample(readings, locale).rmas("approved")[0]
    number = rma.number if zeros else rma.number.lstrip("0")
    chat = readings.chat(locale, name=f"{locale} {number}").says(STATUS[locale].format(number))
    chat.sees(rma.number, "Approved", "entered at Enphase under {number}", rma.manufacturer_number)
    chat.sees(str(rma.system_name), str(rma.system), rma.subject, "Support Benelux")
    chat.sees("Created {created}, last updated {updated}.")


@pytest.mark.row("ESM-13", "ESM-14", "ESM-33")
@LOCALES
def test_every_block_of_an_rma_is_one_tap_away(readings: World, locale: str) -> None:
    """Contact, description, both addresses with their names, notes, devices, history."""
    sample = Sample(readings, locale)
    rma = sample.rmas("approved")[0]
    chat = readings.chat(locale).says(rma.number)
    for block, words in BLOCKS.items():
        chat.presses(block).sees(*words)
        assert block not in chat.labels()
        assert "Summary" in chat.labels()
    chat.presses("Devices").sees(*sample.serials_of(rma.number))
    chat.presses("Description").sees(rma.description)
    chat.presses("Contact").sees(rma.company_name, rma.installer_email, rma.installer_phone, rma.case_number)
    chat.presses("Addresses").sees(rma.shipping_address, rma.return_address)


@pytest.mark.row("ESM-14", "ESM-33")
@pytest.mark.parametrize(
    ("locale", "words"),
    [("nl", "adres retour van {}?"), ("fr", "adresse de retour de {} ?"), ("en", "return address of {}")],
)
def test_one_block_is_asked_for_in_words(readings: World, locale: str, words: str) -> None:
    """Only that one is said."""
    rma = Sample(readings, locale).rmas("approved")[0]
    chat = readings.chat(locale, name=words).says(words.format(rma.number))
    chat.sees("Return address: {address}", rma.return_address).sees_not("Created {created}")
    chat.presses("Summary").sees("Created {created}")


@pytest.mark.row("ESM-33")
def test_a_return_address_that_is_not_known_yet_is_said_so(readings: World) -> None:
    """It comes with the approval."""
    chat = readings.chat("nl", name="return").says("00517624").presses("Addresses")
    chat.sees("not known yet, it comes with the approval")


@pytest.mark.parametrize("by", ["serial", "system name", "system id"])
def test_an_rma_is_found_by_serial_or_system(readings: World, by: str) -> None:
    """Typed where an RMA is asked for."""
    sample = Sample(readings, "fr")
    rma = sample.rmas("shipped")[0]
    words = {
        "serial": sample.serials_of(rma.number)[0],
        "system name": str(rma.system_name),
        "system id": str(rma.system),
    }[by]
    chat = readings.chat("fr", name=by).starts("track_rma").says(words)
    if "RMA {rma}" not in chat.msgids():
        chat.presses(rma.number)
    chat.sees("RMA {rma}", rma.number)


@pytest.mark.row("ESM-15")
@LOCALES
def test_a_note_in_one_sentence_is_shown_before_it_is_added(world: World, locale: str) -> None:
    """And is on the card afterwards, with its author."""
    rma = Sample(world, locale).rmas("in_progress")[0]
    chat = world.chat(locale).says(NOTE[locale].format(rma.number, HOME[locale]))
    assert chat.facts() == {"RMA": rma.number, "Note": HOME[locale]}
    chat.presses("Cancel").sees("Stopped. Nothing was sent.")
    chat.says(NOTE[locale].format(int(rma.number), HOME[locale])).presses("Add")
    chat.presses("Track").presses("Notes").sees(HOME[locale], "{moment}, {name}: {note}")


@pytest.mark.row("ESM-15")
def test_a_note_is_asked_for_in_two_questions(world: World) -> None:
    """From the menu, or from the card, where the RMA is known."""
    chat = world.chat("en").says("menu").presses("Add a note").sees("To which RMA?")
    number = chat._words(chat.prompt.fields[0].options[0].label)
    chat.presses(number).sees("What should the note say?").says("x" * 2001)
    chat.sees("That is {length} characters; at most {most} fit. Please make it shorter.")
    chat.says("call first").presses("Add").sees("The note is with RMA {number}.", number)
    chat.presses("Track").presses("Add a note").sees("What should the note say?")


@LOCALES
def test_an_rma_of_another_company_is_answered_like_an_unknown_one(readings: World, locale: str) -> None:
    """Word for word, wherever a number is typed; also with what may be done next."""
    foreign = Sample(readings, "nl" if locale != "nl" else "fr").rmas("approved")[0].number
    unknown = "00999999"
    for words in ("{}", STATUS[locale], NOTE[locale].format("{}", "x")):
        answers = []
        for number in (foreign, unknown):
            chat = readings.chat(locale, name=f"{locale} {words} {number}").says(words.format(number))
            answers.append((chat.text().replace(number, "NUMBER"), chat.labels()))
        assert answers[0] == answers[1]
        assert "NUMBER" not in answers[0][0].replace("NUMBER`", "")


def test_a_card_that_was_shown_before_acts_on_its_own_rma(world: World) -> None:
    """Two cards on screen: the button of the older one is about the older one."""
    first, second = Sample(world, "nl").rmas("in_progress")[:2]
    chat = world.chat("nl").says(first.number)
    token = chat.prompt.token
    index = next(b.index for b in chat.prompt.buttons if chat._words(b.label) == "Nota toevoegen")
    chat.says(second.number)
    chat.press_at(token, index).says("for the first").sees("Add this note?")
    assert chat.facts()["RMA"] == first.number
