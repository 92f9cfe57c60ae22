"""Photos of labels answer every question for a serial, and begin a conversation when nothing is open."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.conversations.chats import Chat, World
from tests.conversations.sample import FREE, PEETERS, PEETERS_SERIAL, Sample, photo
from tests.labels.printed import Shot, label, photographed, saved

LOCALES = pytest.mark.parametrize("locale", ["nl", "fr", "en"])
PART = ("800-00555-r03", "Code 128")
TIP = "I cannot read a serial number on that photo."
READ = "Read on the photo: {serials}"
CARD = "Read on the label:"


def of(*serials: str, kind: str = "QR", angle: float = 12, format: str = "JPEG") -> bytes:
    """A photo of a label with these serials, pressed by the chat."""
    paper = label(*((serial, kind) for serial in serials), PART)
    return saved(photographed(paper, Shot(width=0.5, angle=angle), (1280, 960)), format)


def album(serials: Sequence[str]) -> list[tuple[str, bytes]]:
    """A photo of each."""
    return [(f"{serial[-4:]}.jpg", of(serial)) for serial in serials]


def other_company(world: World) -> str:
    """A serial on a system of people somebody else works for."""
    return Sample(world, "fr").sites()[0].serials[0]


# --- the devices of an RMA -----------------------------------------------------------------------


@pytest.mark.row("ESM-21")
@LOCALES
def test_an_album_of_labels_gives_all_its_devices_in_one_answer(world: World, locale: str) -> None:
    """Shown, ticked, and taken with one tap; the photos go with the request."""
    site = Sample(world, locale).sites()[0]
    chat = world.chat(locale).starts("create_rma", system=site.system.id)
    chat.sends(*album(site.serials[:3])).sees(READ, *site.serials[:3]).sees("{system}: which devices?")
    assert "Done" in chat.labels()
    chat.presses("Done").sees("What do you see?").presses("Damaged").presses("Skip")
    assert all(serial in chat.facts()["Devices"] for serial in site.serials[:3])
    assert chat.facts()["Photos"].startswith("3")
    chat.presses("Send").sees("RMA {number} is {holder}.")
    assert set(Sample(world, locale).serials_of(chat.number())) == set(site.serials[:3])


@LOCALES
def test_what_was_read_can_be_left_out_or_typed_instead(world: World, locale: str) -> None:
    """A tap takes the tick away; a typed serial is added as ever."""
    site = Sample(world, locale).sites()[0]
    wrong, right = site.serials[:2]
    chat = world.chat(locale).starts("create_rma", system=site.system.id).sends(("a.jpg", of(wrong)))
    chat.presses(wrong).says(right)
    chat.presses("Damaged").presses("Skip").presses("Skip")
    assert right in chat.facts()["Devices"]
    assert wrong not in chat.facts()["Devices"]


def test_a_serial_from_elsewhere_is_explained_and_accepted(world: World) -> None:
    """Each on its own line; one of another company in the words of one that nobody knows."""
    site, foreign = Sample(world, "nl").sites()[0], other_company(world)
    chat = world.chat("nl").starts("create_rma", system=site.system.id)
    chat.sends(*album([site.serials[0], FREE, foreign]))
    lines = chat.text().splitlines()
    assert all(any(line.startswith(f"`{serial}` ") for line in lines) for serial in (FREE, foreign))
    chat.presses("Done").sees("What do you see?")


@LOCALES
def test_an_unreadable_label_gets_a_tip_and_three_ways_on(world: World, locale: str) -> None:
    """Another photo, typing, and the button for labels that cannot be read; the photo is kept."""
    site = Sample(world, locale).sites()[0]
    chat = world.chat(locale).starts("create_rma", system=site.system.id).sends(("dark.jpg", photo(10)))
    chat.sees(TIP, "{system}: which devices?")
    assert "Label unreadable" in chat.labels()
    chat.sends(("again.jpg", of(site.serials[1], kind="Code 128", angle=20))).sees(
        READ, site.serials[1]
    ).presses("Done")
    chat.presses("Damaged").presses("Skip")
    assert chat.facts()["Photos"].startswith("2")


def test_words_win_where_they_say_the_serial(world: World) -> None:
    """The photo is kept; what was read on it is not used."""
    site = Sample(world, "en").sites()[0]
    chat = world.chat("en").starts("create_rma", system=site.system.id)
    chat.sends(("a.jpg", of(site.serials[0])), text=f"it is {site.serials[1]}").sees_not(READ)
    chat.presses("Damaged").presses("Skip")
    assert site.serials[1] in chat.facts()["Devices"]
    assert site.serials[0] not in chat.facts()["Devices"]


def test_words_that_say_what_is_wrong_become_the_description(world: World) -> None:
    """They are not taken for a serial, and not asked for again."""
    site = Sample(world, "en").sites()[0]
    chat = world.chat("en").starts("create_rma", system=site.system.id)
    chat.sends(("a.jpg", of(site.serials[0])), text="no light since the storm").sees(READ)
    chat.presses("Done").presses("Not reporting")
    assert chat.facts()["Description"] == "no light since the storm"


def test_a_label_after_the_devices_were_chosen_is_offered_too(world: World) -> None:
    """Done goes on with both, back leaves the request as it was; one that was chosen only adds a photo."""
    one, two, three = Sample(world, "en").sites()[0].serials[:3]
    chat = world.chat("en").starts("create_rma", system=Sample(world, "en").sites()[0].system.id).says(one)
    chat.sends(("one.jpg", of(one))).sees_not(READ).sees("What do you see?")
    chat.sends(("two.jpg", of(two))).sees(READ, "{system}: which devices?").presses("Done")
    chat.sees("What do you see?").sends(("three.jpg", of(three))).sees(READ).presses("Back")
    chat.sees("What do you see?").presses("Damaged").presses("Skip")
    assert one in chat.facts()["Devices"]
    assert two in chat.facts()["Devices"]
    assert three not in chat.facts()["Devices"]
    assert chat.facts()["Photos"].startswith("3")


def test_a_label_that_was_unreadable_and_then_is_not(world: World) -> None:
    """Asked for its photo, the bot reads it after all; no photo is lost."""
    site = Sample(world, "en").sites()[0]
    chat = world.chat("en").starts("create_rma", system=site.system.id).presses("Label unreadable")
    chat.sends(("label.jpg", of(site.serials[0]))).sees(READ).presses("Done").sees("What do you see?")
    chat.presses("Damaged").presses("Skip")
    assert site.serials[0] in chat.facts()["Devices"]
    assert chat.facts()["Photos"].startswith("1")


# --- systems and RMAs by a serial ----------------------------------------------------------------


@LOCALES
def test_the_first_photo_of_an_rma_names_system_and_devices(world: World, locale: str) -> None:
    """Two labels of one system: what is left to say is what is wrong."""
    site = Sample(world, locale).sites()[0]
    chat = world.chat(locale).starts("create_rma").sends(*album(site.serials[:2]))
    chat.sees(READ, site.system.name, "{system}: which devices?").presses("Done").sees("What do you see?")


def test_a_serial_nobody_knows_waits_for_its_system(world: World) -> None:
    """Not found, as if it had been typed; with the system it is shown again."""
    chat = world.chat("nl").starts("create_rma").sends(("a.jpg", of(FREE)))
    chat.sees(READ, "Not found in your systems.").says(PEETERS)
    chat.sees(FREE, "{system}: which devices?").presses("Done").sees("What do you see?")


def test_a_name_beside_the_photo_says_the_system(world: World) -> None:
    """The label is of a new device, the words say where it hangs."""
    site = Sample(world, "nl").sites()[0]
    chat = world.chat("nl").starts("create_rma").sends(("a.jpg", of(FREE)), text=site.system.name)
    chat.sees(site.system.name, FREE, "{system}: which devices?")


@LOCALES
def test_a_system_is_opened_with_a_photo(world: World, locale: str) -> None:
    """And its card starts an RMA for that device, with the photo."""
    site = Sample(world, locale).sites()[0]
    chat = (
        world.chat(locale).starts("search_systems").sends(("a.jpg", of(site.serials[0], kind="DataMatrix")))
    )
    chat.sees(READ, site.system.name).presses("New RMA").sees("What do you see?")
    chat.presses("Damaged").presses("Skip")
    assert chat.facts()["Photos"].startswith("1")


def test_an_rma_is_tracked_with_a_photo(world: World) -> None:
    """By one of its serials."""
    rma = Sample(world, "nl").rmas("approved")[0]
    serial = Sample(world, "nl").serials_of(rma.number)[0]
    world.chat("nl").starts("track_rma").sends(("a.jpg", of(serial))).sees(READ, rma.number)


@pytest.mark.row("ESM-21")
@LOCALES
def test_serials_are_added_to_an_rma_with_photos(world: World, locale: str) -> None:
    """Read, reviewed, added."""
    rma = Sample(world, locale).rmas("in_progress")[0]
    chat = world.chat(locale).starts("add_to_rma", rma=rma.number, what="serials")
    chat.sends(*album([FREE, "122199123457"])).sees(READ, FREE, "122199123457")
    chat.presses("Add").sees("Added to RMA {number}.")
    assert {FREE, "122199123457"} <= set(Sample(world, locale).serials_of(rma.number))


# --- nothing open --------------------------------------------------------------------------------


@LOCALES
def test_a_label_with_nothing_open_says_whose_it_is_and_starts_the_rma(world: World, locale: str) -> None:
    """One photo, one tap, and only the fault is asked; the photo is in the request."""
    site = Sample(world, locale).sites()[0]
    chat = world.chat(locale).sends(("label.jpg", of(site.serials[0])))
    chat.sees(CARD, site.serials[0], site.system.name)
    assert chat.labels() == [
        "New RMA",
        "Open the system",
        "Add photo or serial",
        "Talk to a person",
        "Not this number",
    ]
    chat.presses("New RMA").sees("What do you see?").presses("Damaged").presses("Skip")
    assert site.serials[0] in chat.facts()["Devices"]
    assert chat.facts()["Photos"].startswith("1")


@LOCALES
def test_a_device_with_an_open_rma_leads_to_it(world: World, locale: str) -> None:
    """Its number and status are said; one tap tracks it, one adds the photo to it."""
    rma = Sample(world, locale).rmas("in_progress")[0]
    serial = Sample(world, locale).serials_of(rma.number)[0]
    chat = world.chat(locale).sends(("label.jpg", of(serial))).sees("RMA {number} is open", rma.number)
    assert chat.labels()[:3] == ["New RMA", "Open the system", "Track"]
    chat.presses("Track").sees(rma.number)
    chat.sends(("label.jpg", of(serial))).presses("Add photo or serial").sees("Add this to the RMA?")
    chat.presses("Add").sees("Added to RMA {number}.")


def test_a_label_of_another_company_is_one_that_nobody_knows(world: World) -> None:
    """Word for word the same, and nothing of the other company."""
    foreign = other_company(world)
    answers = []
    for number, serial in enumerate((foreign, FREE)):
        chat = world.chat("nl", name=f"curious{number}").sends(("label.jpg", of(serial)))
        answers.append((chat.text().replace(serial, "#"), chat.labels()))
    assert answers[0] == answers[1]
    assert "Open the system" not in answers[0][1]


@LOCALES
def test_what_was_read_wrongly_is_typed_or_photographed_again(world: World, locale: str) -> None:
    """The card comes again for the right one."""
    site = Sample(world, locale).sites()[0]
    chat = world.chat(locale).sends(("label.jpg", of(FREE))).presses("Not this number")
    chat.sees("Please send a photo of the label").sends(("dark.jpg", photo(5))).sees(TIP)
    chat.sends(("good.jpg", of(site.serials[0]))).sees(CARD, site.system.name)
    chat.presses("Not this number").says(site.serials[1]).sees(CARD, site.serials[1])


def test_several_labels_with_nothing_open_become_one_request(world: World) -> None:
    """An album is one answer."""
    site = Sample(world, "fr").sites()[0]
    chat = world.chat("fr").sends(*album(site.serials[:3])).sees(CARD, *site.serials[:3]).presses("New RMA")
    chat.sees("What do you see?").presses("Damaged").presses("Skip")
    assert all(serial in chat.facts()["Devices"] for serial in site.serials[:3])


def test_a_photo_of_a_roof_is_asked_about_as_ever(world: World) -> None:
    """The tip comes only where a label was seen."""
    chat = world.chat("en").sends(("roof.jpg", photo())).sees("I have your file. What is it for?")
    chat.sees_not(TIP)
    part_only = saved(photographed(label(PART), Shot(width=0.4)))
    chat.sends(("label.jpg", part_only)).sees(TIP, "I have your file. What is it for?")


def test_a_stranger_links_first(world: World) -> None:
    """Nothing is said about the device before."""
    chat = world.stranger("somebody", "nl").sends(("label.jpg", of(PEETERS_SERIAL)))
    chat.sees("I first need to know which company you work for.").sees_not("Peeters")
    chat.says(world.code(world.people["nl"])).presses("Link").sees(CARD, "Peeters")


def test_a_photo_of_an_iphone_is_read_too(world: World) -> None:
    """HEIC, as a file."""
    chat = world.chat("nl").sends(("IMG_1.HEIC", of(PEETERS_SERIAL, format="HEIF")), kind="document")
    assert isinstance(chat, Chat)
    chat.sees(CARD, "Peeters")
