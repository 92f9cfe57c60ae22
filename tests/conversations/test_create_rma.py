"""Creating an RMA, as it is said."""

from __future__ import annotations

import pytest

from tests.conversations.chats import Chat, World
from tests.conversations.journeys import NEW_RMA, SAME, SILENT
from tests.conversations.sample import PEETERS, PEETERS_SERIAL, TINE, Sample, mails_to, photo

WHICH_DEVICES = "{system}: which devices? Tap them, type the serial numbers, or photograph the labels."
WHAT_DO_YOU_SEE = "What do you see?"
LOCALES = pytest.mark.parametrize("locale", ["nl", "fr", "en"])


def reviewed(chat: Chat, system: str = PEETERS, device: str = "122412346704") -> Chat:
    """An RMA up to its review, in as few taps as there can be."""
    chat.starts("create_rma", system=system).says(device)
    if "New anyway" in chat.labels():
        chat.presses("New anyway")
    return chat.presses("Not reporting").presses("Skip").presses("Skip")


@pytest.mark.row("ESM-19", "ESM-21", "ESM-22", "ESM-25", "ESM-26", "ESM-27")
@LOCALES
def test_an_rma_is_filed_from_words_taps_and_one_look(world: World, locale: str) -> None:
    """From "new RMA" to a number and a mail, in each language, in as many taps as the sketch has."""
    chat, site = world.chat(locale), Sample(world, locale).sites()[0]
    chat.says(NEW_RMA[locale]).says(site.system.name).sees(WHICH_DEVICES)
    chat.says(site.faulty[0]).sees(WHAT_DO_YOU_SEE).presses("Not reporting").says(SILENT[locale])
    chat.presses("Skip")
    chat.sees(
        "Handling takes time", "Common faults and fixes: https://support.enphase.com"
    ) if locale == "en" else None
    facts = chat.facts()
    assert facts["System"] == f"{site.system.name}, {site.system.town}"
    assert site.faulty[0] in facts["Devices"]
    assert facts["Description"] == SILENT[locale]
    assert facts["Subject"] == "Microinverter Reporting"
    chat.presses("Send").sees("with our desk, not yet with Enphase")
    assert chat.number() == "00517625"
    assert [label for label in chat.labels() if label != "Menu"] == [
        "Track", "Add photo or serial", "Correct the address", "Withdraw", "Another for this system",
    ]  # fmt: skip
    assert any("RMA {number} received" in subject for subject in mails_to(world, world.people[locale]))


@pytest.mark.row("ESM-20")
@LOCALES
def test_a_request_is_an_rma_or_another_question(world: World, locale: str) -> None:
    """Two buttons; the other question is filed as a case, with its subject, and confirmed by mail."""
    chat = world.chat(locale)
    chat.says({"nl": "nieuwe aanvraag", "fr": "nouvelle demande", "en": "new request"}[locale])
    assert chat.labels()[:2] == ["RMA request", "Other request"]
    chat.presses("Other request").presses("Without a system").says("IQ Battery: manual?").presses("Skip")
    assert chat.facts()["Subject"] in ("IQ Battery", "Documentation")
    chat.presses("Send").sees("Case {number} is {holder}.\n{mail}")
    assert chat.number().startswith("0366")
    assert any("Case {number} received" in subject for subject in mails_to(world, world.people[locale]))


@pytest.mark.row("ESM-21")
@pytest.mark.parametrize(
    "words",
    [
        PEETERS, "Peeters", "peters", "PEETERS!", "dorpsstraat 14", "dorpstraat 14 arschot", "An Peeters",
        "P-2291", "p 2291",
    ],
)  # fmt: skip
def test_a_system_is_found_by_whatever_is_typed(readings: World, words: str) -> None:
    """Id, name, slips, address, owner, reference: at most one tap on what is found."""
    chat = readings.chat("nl", name=words)
    chat.starts("create_rma").says(words)
    if WHICH_DEVICES not in chat.msgids():
        chat.presses("Peeters")
    chat.sees(WHICH_DEVICES, PEETERS_SERIAL)


@pytest.mark.row("ESM-21")
@pytest.mark.parametrize(
    ("locale", "words"),
    [
        ("nl", "micro kapot bij {} sinds gisteren"),
        ("fr", "micro en panne chez {}"),
        ("en", "broken micro at {}"),
    ],
)
def test_a_system_named_with_the_first_words_is_not_asked_for(
    readings: World, locale: str, words: str
) -> None:
    """Never ask for what is already known."""
    name = Sample(readings, locale).sites()[0].system.name
    readings.chat(locale, name=words).says(words.format(name)).sees(WHICH_DEVICES).sees_not(
        "Which system is it?"
    )


@pytest.mark.row("ESM-21")
@LOCALES
def test_the_nearest_system_is_the_first_of_those_around_a_shared_place(readings: World, locale: str) -> None:
    """With its distance; a place far from everything is said so."""
    system = Sample(readings, locale).sites()[-1].system
    chat = readings.chat(locale, name=f"place {locale}").starts("create_rma")
    chat.says("geo:0.5,0.5").sees("None of your systems is within 2 km of this place.")
    chat.says(f"geo:{system.latitude},{system.longitude}")
    assert chat.labels()[0] == f"{system.name}, {system.town}"
    chat.presses(system.name).sees(WHICH_DEVICES)


@pytest.mark.parametrize("words", ["3200", "Aarschot", "arschot"])
def test_a_postcode_or_a_town_lists_the_systems_there(readings: World, words: str) -> None:
    """Several, each with its town and street."""
    chat = readings.chat("nl", name=words)
    chat.starts("create_rma").says(words)
    rows = [row for row in chat.prompt.fields[0].options if row.detail]
    assert len(rows) > 2
    assert all("Aarschot" in chat._words(row.label) for row in rows[:3])


@pytest.mark.row("ESM-21")
@LOCALES
def test_the_system_may_be_the_same_as_last_time(world: World, locale: str) -> None:
    """In words; and it stands first in the list."""
    site = Sample(world, locale).sites()[0]
    chat = reviewed(world.chat(locale), site.system.id, site.faulty[0]).presses("Send")
    chat.says(NEW_RMA[locale])
    assert chat.labels()[0] == f"{site.system.name}, {site.system.town}"
    chat.says(SAME[locale]).sees(WHICH_DEVICES, site.faulty[1])


def test_another_for_this_system_asks_only_the_rest(world: World) -> None:
    """The system is known."""
    reviewed(world.chat("nl")).presses("Send").presses("Another for this system").sees(WHICH_DEVICES)


def test_faulty_devices_come_first_with_their_dates(readings: World) -> None:
    """Status, installation and end of warranty as the desk has them."""
    chat = readings.chat("en", email=TINE).starts("create_rma", system=PEETERS)
    first, second, third = chat.prompt.fields[0].options[:3]
    assert "Not reporting · 3 Dec 2021" in chat._words(first.detail)
    assert "Not reporting" in chat._words(second.detail)
    assert "Working" in chat._words(third.detail)


def test_more_devices_are_a_page_away_and_picks_stay(readings: World) -> None:
    """A tap on "more" does not lose what was picked before."""
    chat = readings.chat("nl").starts("create_rma", system=PEETERS)
    chat.presses(PEETERS_SERIAL).presses("More").presses(chat.prompt.fields[0].options[1].label)
    assert sum(button.picked for button in chat.prompt.fields[0].options) == 2


def test_serials_pasted_at_once_are_accepted_or_explained_one_by_one(readings: World) -> None:
    """Each wrong one has a line of its own; the right ones are picked already."""
    chat = readings.chat("en", email=TINE).starts("create_rma", system=PEETERS)
    chat.says(f"{PEETERS_SERIAL}, 122412346704\n12345678901;122299123456\t1.22145E+11 123456789012")
    said = chat.text()
    assert "`12345678901` has 11 digits, it should have 12" in said
    assert "`122299123456` looks unusual" in said
    assert "1.22145E+11 was rounded by a spreadsheet" in said
    assert f"`{PEETERS_SERIAL}` " not in said
    picked = [chat._words(row.label)[-12:] for row in chat.prompt.fields[0].options if row.picked]
    assert {PEETERS_SERIAL, "122412346704", "122299123456"} <= set(picked)
    chat.presses("Done").sees("For this, a request is open already:")


def test_a_serial_of_another_company_is_answered_like_an_unknown_one(readings: World) -> None:
    """Word for word, but for the number itself."""
    foreign, unknown = Sample(readings, "fr").sites()[0].faulty[0], "122334999999"

    def answer(serial: str) -> str:
        chat = readings.chat("nl", name=f"serial {serial}").starts("create_rma", system=PEETERS)
        return chat.says(serial).text().replace(serial, "SERIAL")

    assert answer(foreign) == answer(unknown)


def test_a_label_that_cannot_be_read_is_sent_as_a_photo(world: World) -> None:
    """Beside devices that were picked; the card shows both."""
    chat = world.chat("en", email=TINE).starts("create_rma", system=PEETERS)
    chat.presses("122412346704").presses("Label unreadable")
    chat.sees("Please send a photo of the label, and one of the device in its place.")
    chat.says("I have none").sees("Please send a photo or a document here.")
    chat.sends(("label.jpg", photo())).sees(WHAT_DO_YOU_SEE)
    chat.presses("Damaged").presses("Skip").presses("Skip")
    assert chat.facts()["Photo of the label"].startswith("1 file")
    chat.presses("Send").presses("Track").presses("Devices")
    chat.sees("122412346704", "label not readable, see the photo")


@pytest.mark.row("ESM-23")
def test_exactly_the_17_subjects_can_be_paged_through(readings: World) -> None:
    """The three that fit come first; the rest are pages away, as the manufacturer writes them."""
    chat = readings.chat("fr").starts("create_rma", system="none")
    chat.says("122145001234").presses("Not reporting").presses("Skip").presses("Skip")
    chat.presses("Change").presses("Subject")
    seen = [chat._words(row.label) for row in chat.prompt.fields[0].options]
    assert seen[0] == "Microinverter Reporting"
    assert len(seen) == 3
    chat.presses("All subjects")
    while True:
        seen += [chat._words(row.label) for row in chat.prompt.fields[0].options]
        if "More" not in chat.labels():
            break
        chat.presses("More")
    assert sorted(seen) == sorted(
        [
            "Documentation", "Enlighten - General", "Enphase Installer App", "Enphase installer Portal",
            "EV Charger", "Gateway", "Energy Meter IQ Energy Router+", "IQ Energy Router",
            "SG Ready relay IQ Energy Router+", "Installation", "IQ Battery", "IQ System Controller",
            "Legacy Upgrade Program", "Microinverter Reporting", "MyEnphase - web", "Networking",
            "Production Issue",
        ]
    )  # fmt: skip


@pytest.mark.row("ESM-22", "ESM-23")
@pytest.mark.parametrize(
    ("locale", "words", "subject"),
    [
        ("nl", "de batterij laadt niet op", "IQ Battery"),
        ("fr", "la passerelle n'a plus de wifi", "Gateway"),
        ("en", "no production on panel 7", "Production Issue"),
    ],
)
def test_the_subject_is_suggested_from_the_description(
    readings: World, locale: str, words: str, subject: str
) -> None:
    """And not asked for, because the review shows it."""
    chat = readings.chat(locale, name=subject).starts("create_rma", system="none")
    chat.says("122145999999").presses("Something else").says(words)
    if "Which subject fits best?" in chat.msgids():
        assert subject in chat.labels()[:3]
        return
    assert chat.presses("Skip").facts()["Subject"] == subject


def test_address_and_contact_are_the_last_used(world: World) -> None:
    """Chosen once, known the next time; a new one may be typed and is checked."""
    chat = reviewed(world.chat("nl"))
    assert chat.facts()["Deliver to"] == "Nijverheidsweg 12, 3200 Aarschot"
    assert chat.facts()["On-site contact"] == "Els Wouters, +32 470 55 01 02"
    chat.presses("Change").presses("Deliver to").says("postbus 12, 3000 Leuven")
    chat.sees("A carrier cannot deliver to a PO box. Please give a street address.")
    chat.says("Werf Zuid, Bondgenotenlaan 101, 3000 Leuven")
    chat.presses("Change").presses("On-site contact").says("Bart").sees(
        "Please give a name and a phone number."
    )
    chat.says("Bart Peeters 0470 12 34 56").presses("Send")
    facts = reviewed(chat, device="122412056113").facts()
    assert facts["Deliver to"] == "Werf Zuid, Bondgenotenlaan 101, 3000 Leuven"
    assert facts["On-site contact"] == "Bart Peeters 0470 12 34 56"


def test_every_answer_can_be_changed_at_review_and_the_others_stay(world: World) -> None:
    """Only what depends on it is asked again."""
    chat = reviewed(world.chat("nl"))
    before = chat.facts()
    assert set(before) == {
        "System", "Devices", "Fault", "Description", "Subject", "Photos", "Deliver to", "On-site contact",
    }  # fmt: skip
    chat.presses("Change").presses("Fault").presses("No production")
    after = chat.facts()
    assert after["Fault"] == chat._words(chat._button("No production")[1].label)
    assert after["Subject"] == "Production Issue"
    assert {name for name in before if before[name] != after[name]} == {"Fault", "Subject"}


def test_an_rma_may_be_filed_without_a_system(world: World) -> None:
    """The serial says enough."""
    chat = world.chat("en").starts("create_rma").presses("Without a system").says("122145999999")
    chat.presses("Damaged").presses("Skip").presses("Skip").presses("Send")
    chat.presses("Track").sees("No system given")


@pytest.mark.row("ESM-22")
@LOCALES
def test_words_beside_the_buttons_are_the_description(world: World, locale: str) -> None:
    """Told first, tapped after: not asked for a second time."""
    chat = world.chat(locale).starts("create_rma", system="none").says("122145999999").says(SILENT[locale])
    chat.sees("I keep these words. Please use one of the buttons too.", WHAT_DO_YOU_SEE)
    chat.says("x" * 2001).sees("That is {length} characters; at most {most} fit.")
    chat.presses("Something else").sees("Photos help the desk decide.").presses("Skip")
    assert chat.facts()["Description"] == SILENT[locale]


@LOCALES
def test_one_bad_serial_leaves_the_devices_on_screen(readings: World, locale: str) -> None:
    """What is wrong is said, the system is still named, and a tap goes on."""
    site = Sample(readings, locale).sites()[0]
    chat = readings.chat(locale, name=f"bad {locale}").starts("create_rma", system=site.system.id)
    chat.sees(site.system.name, site.system.town).says("12345").sees("{typed} has {n} digit")
    chat.presses(site.faulty[0]).presses("Done").sees(WHAT_DO_YOU_SEE)


def test_without_a_system_there_is_no_other_for_it(world: World) -> None:
    """After filing, only what exists is offered."""
    chat = world.chat("en").starts("create_rma", system="none").says("3012345678")
    chat.presses("Not reporting").presses("Skip").presses("Skip").presses("Send")
    assert "Track" in chat.labels()
    assert "Another for this system" not in chat.labels()
