"""Looking up systems: found by what is typed, seen block by block, asked for when they are not ours."""

from __future__ import annotations

import pytest

from tests.conversations.chats import World
from tests.conversations.journeys import SEARCH
from tests.conversations.sample import PEETERS, PEETERS_SERIAL, Sample, mails_to

LOCALES = pytest.mark.parametrize("locale", ["nl", "fr", "en"])
BY_STATUS = [
    ("micro", "Microinverters are not reporting"),
    ("comm", "The gateway is not reporting"),
    ("battery", "The battery is not communicating"),
    ("normal", "Everything is reporting"),
]


@pytest.mark.row("ESM-34")
@LOCALES
def test_systems_are_listed_by_pages_and_narrowed_by_words(readings: World, locale: str) -> None:
    """Name, street and town; the next page; then a name."""
    site = Sample(readings, locale).sites()[0]
    chat = readings.chat(locale, name=f"list {locale}").says(SEARCH[locale])
    first = chat.prompt.fields[0].options
    assert len(first) == 5
    assert all(row.label and row.detail for row in first)
    chat.presses("More")
    assert not {row.press for row in first} & {row.press for row in chat.prompt.fields[0].options}
    chat.presses("Previous")
    assert chat.prompt.fields[0].options == first
    chat.says(site.system.name).sees(site.system.id)


@pytest.mark.row("ESM-09", "ESM-36")
@LOCALES
@pytest.mark.parametrize("words", [PEETERS, PEETERS_SERIAL, "1221 4500 1234"])
def test_a_number_typed_with_nothing_open_is_known_by_its_shape(
    readings: World, locale: str, words: str
) -> None:
    """A system id or a serial leads to the system, an own one."""
    site = Sample(readings, locale).sites()[0]
    number = site.system.id if words == PEETERS else site.serials[0]
    typed = f"{number[:4]} {number[4:8]} {number[8:]}" if " " in words else number
    chat = readings.chat(locale, name=f"{locale} {words}").says(typed)
    if site.system.id not in chat.text():
        chat.presses("Search systems")
    chat.sees(site.system.name, site.system.id)


@pytest.mark.row("ESM-35", "ESM-36")
@pytest.mark.parametrize(("status", "words"), BY_STATUS)
def test_the_status_is_said_in_words_with_its_code(readings: World, status: str, words: str) -> None:
    """Beside the name, the id, the installation date and the date of creation."""
    system = Sample(readings, "en").with_status(status)
    chat = readings.chat("en", name=status).says(system.id)
    chat.sees(words, system.name, system.id, "Installed {installed}, created at Enphase {created}.")
    chat.presses("Details").sees(f"status code {status}")


@pytest.mark.row("ESM-37")
@LOCALES
def test_details_name_owner_installer_maintainer_address_and_stage(readings: World, locale: str) -> None:
    """One tap from the card."""
    system = Sample(readings, locale).sites()[1].system
    chat = readings.chat(locale, name=f"details {locale}").says(system.id).presses("Details")
    chat.sees("Owner: {owner}. Installed by {installer}, maintained by {maintainer}.", system.owner)
    chat.sees(
        system.maintainer, system.street, system.town, str(system.stage), "Stage {stage}, status code {code}."
    )


@pytest.mark.row("ESM-38")
@LOCALES
def test_requests_on_a_system_are_listed_with_their_status(readings: World, locale: str) -> None:
    """Number, subject, created, status, changed."""
    rma = Sample(readings, locale).rmas()[0]
    chat = readings.chat(locale, name=f"requests {locale}").says(str(rma.system)).presses("Requests")
    chat.sees(
        rma.number, rma.subject, "RMA {number}: {subject}, {status}. Created {created}, changed {updated}."
    )


@LOCALES
def test_a_new_rma_starts_from_the_card(readings: World, locale: str) -> None:
    """The system is known."""
    site = Sample(readings, locale).sites()[0]
    chat = readings.chat(locale, name=f"card {locale}").says(site.system.id).presses("Devices")
    chat.sees(site.serials[0]).presses("New RMA").sees("{system}: which devices?", site.serials[0])


@LOCALES
def test_one_tap_reports_all_that_is_silent(readings: World, locale: str) -> None:
    """Their serials are listed to copy; a working one is not among them."""
    site = Sample(readings, locale).sites()[0]
    chat = readings.chat(locale, name=f"silent {locale}").says(site.system.id)
    chat.presses("{n} not reporting").sees(*site.faulty)
    chat.sees_not(*(serial for serial in site.serials if serial not in site.faulty))
    chat.presses("RMA for these").sees("What do you see?")
    chat.presses("Damaged").presses("Skip").presses("Skip").sees(*site.faulty)


@LOCALES
def test_a_system_of_another_company_is_answered_like_an_unknown_one(readings: World, locale: str) -> None:
    """Word for word, by id, serial, name and address; typed with nothing open or where a system is asked."""
    other = Sample(readings, "fr" if locale != "fr" else "nl").sites()[0]
    pairs = [(other.system.id, "799999999"), (other.serials[0], "122399999999")]
    for flow in ("", "search_systems", "create_rma"):
        for foreign, unknown in pairs:
            answers = []
            for words in (foreign, unknown):
                chat = readings.chat(locale, name=f"{locale} {flow} {words}")
                (chat.starts(flow) if flow else chat).says(words)
                if not flow and "Search systems" in chat.labels():
                    chat.presses("Search systems")
                answers.append((chat.text().replace(words, "NUMBER"), chat.labels()))
            assert answers[0] == answers[1]
            assert "Request access" in answers[0][1]


@LOCALES
def test_access_to_a_system_is_requested_with_what_was_typed(world: World, locale: str) -> None:
    """A case at the desk; nothing says whether the system exists."""
    chat = world.chat(locale).starts("search_systems").says("799999999").sees("Not found in your systems.")
    chat.presses("Request access")
    assert chat.facts() == {"System wanted": "799999999"}
    chat.presses("Ask the desk").sees("Case {number} is {holder}.")
    assert chat.number().startswith("0366")
    assert any("Case {number} received" in subject for subject in mails_to(world, world.people[locale]))
    chat.presses("Ask without a system").sees("What is your question?")


def test_an_rma_goes_on_without_a_system_that_is_not_found(world: World) -> None:
    """Nothing typed before is lost."""
    chat = world.chat("nl").starts("create_rma").says("799999999").presses("Without a system")
    chat.sees("{system}: which devices?")


@pytest.mark.row("ESM-34", "ESM-35")
@pytest.mark.parametrize(
    ("locale", "words"),
    [
        ("nl", "mijn systemen met probleem"),
        ("fr", "mes systèmes avec un problème"),
        ("en", "my systems with a problem"),
    ],
)
def test_only_systems_with_a_problem_are_listed(readings: World, locale: str, words: str) -> None:
    """Each with what it is; by words or by a button; all others are one tap away."""
    chat = readings.chat(locale, name=words).says(words)
    rows = chat.prompt.fields[0].options
    assert len(rows) == 5
    chat.sees("{status}, {street}").sees_not("Everything is reporting")
    chat.presses("Show all").presses("With a problem")
    assert chat.prompt.fields[0].options == rows


@pytest.mark.row("ESM-09")
@LOCALES
def test_the_number_of_an_rma_is_known_where_a_system_is_asked(readings: World, locale: str) -> None:
    """It cannot be a system; what was being filed goes on."""
    rma = Sample(readings, locale).rmas()[0]
    chat = readings.chat(locale, name=f"else {locale}").starts("create_case").says(rma.number)
    chat.sees("RMA {rma}", rma.number).presses("Go on: {draft}").sees("Which system")
    chat.says("/cancel").says("/cancel").says(SEARCH[locale]).says(rma.number).sees("RMA {rma}", rma.number)


@pytest.mark.row("ESM-38")
@pytest.mark.parametrize(
    ("locale", "words"),
    [
        ("nl", "dossiers van dit systeem"),
        ("fr", "les demandes de ce système"),
        ("en", "requests for this system"),
    ],
)
def test_requests_of_this_system_are_asked_for_in_words(readings: World, locale: str, words: str) -> None:
    """With its card on screen."""
    rma = Sample(readings, locale).rmas()[0]
    chat = readings.chat(locale, name=words).says(str(rma.system)).says(words)
    chat.sees("RMA {number}: {subject}, {status}. Created", rma.number)


@LOCALES
def test_a_serial_typed_with_nothing_open_is_the_device_of_the_rma(world: World, locale: str) -> None:
    """Its system is shown; one tap later the question is what is wrong with it."""
    site = Sample(world, locale).sites()[0]
    chat = world.chat(locale).says(site.serials[0]).sees(site.system.name, site.system.id)
    chat.presses("New RMA").sees("What do you see?")
    chat.presses("Damaged").presses("Skip").presses("Skip")
    assert site.serials[0] in chat.facts()["Devices"]


@pytest.mark.row("ESM-34")
@pytest.mark.parametrize(
    ("locale", "words", "name"),
    [("nl", "nieuwe rma voor peeters", "Peeters"), ("fr", "nouvelle rma pour lefevre", "Lefèvre")],
)
def test_a_name_that_longer_ones_begin_with_is_asked_about(
    readings: World, locale: str, words: str, name: str
) -> None:
    """The one that was said comes first; a tap chooses it."""
    chat = readings.chat(locale, name=words).says(words)
    chat.sees("Which system is it?").sees_not("{system}: which devices?")
    rows = [label for label in chat.labels() if label.startswith(name)]
    assert len(rows) > 1
    assert rows[0].startswith(f"{name},")
    chat.presses(rows[0]).sees("{system}: which devices?", rows[0])
