"""What can still be done with an RMA that was filed: by whom, and until when."""

from __future__ import annotations

import pytest

from tests.conversations.chats import Chat, World
from tests.conversations.sample import JAN, TINE, Sample, mails_to, photo


def filed(world: World, locale: str = "en") -> Chat:
    """Just filed."""
    site = Sample(world, locale).sites()[0]
    chat = world.chat(locale).starts("create_rma", system=site.system.id).says(site.faulty[0])
    return chat.presses("Damaged").presses("Skip").presses("Skip").presses("Send")


@pytest.mark.parametrize("locale", ["nl", "fr", "en"])
def test_a_photo_is_added(world: World, locale: str) -> None:
    """Which RMA is known."""
    chat = filed(world, locale).presses("Add photo or serial").presses("Photos")
    chat.sends(("more.jpg", photo())).presses("Add").sees("Added to RMA {number}.")
    chat.presses("Track").presses("History").sees("Photos or devices added")


def test_a_photo_is_added_with_a_note(world: World) -> None:
    """One look at both before they go."""
    chat = filed(world).presses("Add photo or serial").presses("Photos with a note")
    chat.sends(("more.jpg", photo())).sees("What should the note say?").says("Mind the dog")
    assert chat.facts()["Note"] == "Mind the dog"
    chat.presses("Add").presses("Track").presses("Notes").sees("Mind the dog")


def test_a_photo_sent_with_nothing_open_can_go_to_an_rma(world: World) -> None:
    """The most usual reason to send one after filing."""
    chat = filed(world)
    number = chat.number()
    chat.sends(("more.jpg", photo())).sees("I have your file. What is it for?")
    chat.presses("Add photo or serial").says(number)
    assert chat.facts()["Photos"].startswith("1")
    chat.presses("Add").sees("Added to RMA {number}.", number)


def test_a_serial_is_added_once(world: World) -> None:
    """The same one again is said so."""
    chat = filed(world).presses("Add photo or serial").presses("Serial numbers")
    chat.says("what?").sees("I see no serial number in that. It has 12 digits (Enphase) or 10 (SMA).")
    chat.says("122145777777").presses("Add").sees("Added to RMA {number}.")
    chat.presses("Track").presses("Devices").sees("122145777777")
    chat.presses("Add photo or serial").presses("Serial numbers").says("122145777777").presses("Add")
    chat.sees("These serial numbers are in the RMA already.", "What do you want to add?")


@pytest.mark.parametrize("locale", ["nl", "fr", "en"])
def test_the_address_is_corrected(world: World, locale: str) -> None:
    """The new one is said, and shown on the card."""
    chat = filed(world, locale).presses("Correct the address")
    other = chat._words(chat.prompt.fields[0].options[1].label)
    chat.presses(other).presses("Use this address").sees(other)
    chat.presses("Track").presses("Addresses").sees(other)


def test_the_address_of_what_is_shipped_is_fixed(world: World) -> None:
    """The button is not there, and asking for it in words says why."""
    rma = Sample(world, "nl").rmas("shipped")[0]
    chat = world.chat("nl").says(rma.number)
    assert "Correct the address" not in chat.labels()
    chat.starts("correct_address", rma=rma.number).presses(chat.prompt.fields[0].options[0].label)
    chat.presses("Use this address")
    chat.sees("This RMA is on its way or closed; its address is fixed.")


@pytest.mark.parametrize("locale", ["nl", "fr", "en"])
def test_it_is_withdrawn_while_in_progress(world: World, locale: str) -> None:
    """And not twice."""
    chat = filed(world, locale)
    number = chat.number()
    chat.presses("Withdraw").sees("Withdraw this RMA? It cannot be opened again.").presses("Withdraw")
    chat.sees("RMA {number} is withdrawn. Its status is now Cancelled.")
    chat.starts("withdraw_rma", rma=number).presses("Withdraw")
    chat.sees("This RMA is past the point where you can withdraw it. The desk can help.")


def test_a_technician_withdraws_only_their_own(world: World) -> None:
    """The office withdraws any."""
    chat = world.chat("nl").starts("withdraw_rma", rma="00517624").presses("Withdraw")
    chat.sees("Only your office, or the person who filed it, can withdraw this RMA.")
    office = world.chat("nl", email=TINE).says("00517624").presses("Withdraw").presses("Withdraw")
    office.sees("RMA {number} is withdrawn. Its status is now Cancelled.")
    assert any("RMA {number}: {status}" in subject for subject in mails_to(world, JAN))


def test_a_note_is_read_by_colleagues(world: World) -> None:
    """With who wrote it."""
    number = filed(world, "nl").number()
    jan = world.chat("nl", email=JAN).says(f"noteer bij {number}: bel eerst").presses("Add")
    jan.sees("The note is with RMA {number}.")
    els = world.chat("nl", name="els").says(number).presses("Notes")
    els.sees("Jan Mertens", "bel eerst")
