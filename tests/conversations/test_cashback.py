"""The cashback of SMA: registering devices, what became of them, documents in time."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.services import office
from bot.settings import Settings
from storage import cashback, people
from storage.cashback import Device
from storage.moments import micros
from storage.office_tables import news
from storage.unit_of_work import Connection
from tests.conversations.chats import Chat, World
from tests.conversations.desk import deed
from tests.conversations.journeys import label_of
from tests.conversations.sample import JAN, photo

LOCALES = pytest.mark.parametrize("locale", ["nl", "fr", "en"])
STP, HOME_MANAGER, OTHER = "3012345678", "3009871122", "3021112223"
PASTED = f"STP 10.0 SE {STP}\nHome Manager {HOME_MANAGER}"
NOT_ENROLLED = "camille.fontenoy@solairesdunord.example"


def devices(world: World, email: str) -> list[Device]:
    """What the company of this person has registered, the latest first."""

    def find(connection: Connection) -> list[Device]:
        known = people.with_email(connection, email)
        assert known
        return cashback.of_company(connection, known.company, 0, 100)

    return world.run(world.app.uow.read(find))


def registered(world: World, locale: str, text: str = PASTED) -> Chat:
    """A chat in which these devices were just registered."""
    chat = world.chat(locale).starts("register_device").says(text)
    return chat.presses("Today").presses("Register")


def becomes(world: World, device: Device, status: str) -> None:
    """The desk gives a device another status."""

    def work(connection: Connection) -> None:
        office.pass_to(connection, deed(world, connection, device.about), device.status, status)

    world.run(world.app.uow.write(work))


def reminders(world: World, device: Device) -> list[str]:
    """The keys under which somebody was reminded of this device, once the loop has looked."""

    async def reminded() -> list[str]:
        async with asyncio.timeout(60):
            while await world.app.uow.read(lambda connection: cashback.due(connection, now, 1)):  # noqa: ASYNC110 - only the database knows
                await asyncio.sleep(0.02)
        return await world.app.uow.read(told)

    def told(connection: Connection) -> list[str]:
        query = select(news.c.key).where(news.c.key.like(f"{device.about} %"))
        return list(connection.execute(query).scalars())

    now = micros(world.clock.now())
    return world.run(reminded())


def will_remind(world: World) -> bool:
    """Whether somebody will ever be reminded of a device."""
    return bool(world.run(world.app.uow.read(lambda connection: cashback.due(connection, 2**62, 1))))


def waiting(world: World, locale: str) -> tuple[Chat, Device]:
    """A chat in which it was just told that documents are needed."""
    chat = registered(world, locale, f"STP 10.0 SE {STP}")
    device = devices(world, world.people[locale])[0]
    becomes(world, device, "more_info")
    return chat.hears(), device


@pytest.mark.row("SMA-05", "SMA-06", "SMA-18")
@LOCALES
def test_several_devices_are_pasted_and_registered_at_once(world: World, locale: str) -> None:
    """Model and serial line by line, one date for all; each is an item of its own, at our desk."""
    chat = world.chat(locale).starts("register_device").says(PASTED)
    chat.sees("When were they installed?").presses("Yesterday")
    chat.sees("Please check everything.", STP, HOME_MANAGER).presses("Register")
    chat.sees("{count} with our desk, not yet with SMA.", "{n} device is registered")
    found = devices(world, world.people[locale])
    assert {(each.serial, each.product, each.status) for each in found} == {
        (STP, "stp-se", "with_us"),
        (HOME_MANAGER, "shm", "with_us"),
    }
    assert {each.installed_on for each in found} == {"2026-11-19"}


@pytest.mark.row("SMA-05")
def test_photos_of_labels_register_devices(world: World) -> None:
    """Several at once; the model follows from the serial. One on which nothing was read is said."""
    chat = world.chat("nl").starts("register_device")
    chat.sends(("a.jpg", label_of(STP)), ("b.jpg", label_of(HOME_MANAGER)), ("c.jpg", photo(9)))
    chat.sees("On {n} photo I see no serial number.").presses("Done").presses("Today").presses("Register")
    assert {each.serial for each in devices(world, world.people["nl"])} == {STP, HOME_MANAGER}


@pytest.mark.row("SMA-11", "SMA-15")
@LOCALES
def test_a_serial_that_does_not_fit_its_model_is_said_at_once(world: World, locale: str) -> None:
    """The others are taken; rounded numbers and short ones are explained."""
    chat = world.chat(locale).starts("register_device")
    chat.says(f"Home Manager {STP}\n3.0E+09\n30123456\nSTP 10.0 SE {STP}\nSunny Boy 5.0 {OTHER}")
    chat.sees("{serial} does not fit {model}.", "{typed} was rounded by a spreadsheet.")
    chat.sees("“{model}” is not one of the devices of this promotion.")


@pytest.mark.row("SMA-05", "SMA-11")
@pytest.mark.parametrize("words", ["Sunny Tripower", "omvormer", "onduleur SMA", "inverter"])
def test_a_family_of_models_or_just_a_device_says_nothing_against_a_serial(
    readings: World, words: str
) -> None:
    """Only one model of that family can have it."""
    chat = readings.chat("nl", name=words).starts("register_device").says(f"{words} {STP}")
    chat.sees("When were they installed?", "Sunny Tripower Smart Energy")


@pytest.mark.row("SMA-05")
@pytest.mark.parametrize(
    "pasted",
    [f"STP SE {STP}\tHome Manager {HOME_MANAGER}", f"{STP} STP SE, {HOME_MANAGER} home manager",
     f"Model;Serienummer\nSTP SE;{STP}\nHM 2.0;{HOME_MANAGER}"],
)  # fmt: skip
def test_each_serial_of_a_line_has_the_model_beside_it(readings: World, pasted: str) -> None:
    """Before it or after it; the names of columns that were copied along are no device."""
    chat = readings.chat("nl", name=pasted).starts("register_device").says(pasted)
    chat.sees("When were they installed?", "Sunny Tripower Smart Energy", "Sunny Home Manager")


@pytest.mark.row("SMA-06")
@LOCALES
def test_a_device_is_registered_once(world: World, locale: str) -> None:
    """A colleague hears by whom and when; another company hears only that it is."""
    registered(world, locale)
    chat = world.chat(locale, name="again").starts("register_device").says(STP)
    chat.sees("{serial} was registered already by {name}, on {day}.")
    other = "nl" if locale != "nl" else "fr"
    stranger = world.chat(other, name="other").starts("register_device").says(STP)
    stranger.sees("{serial} is registered already.").sees_not("{serial} was registered already by {name}")


@pytest.mark.row("SMA-01")
@LOCALES
def test_a_date_outside_the_period_is_refused(world: World, locale: str) -> None:
    """Also one that is still to come; any usual notation will do."""
    chat = world.chat(locale).starts("register_device").says(PASTED)
    chat.says("24/12/2025").sees("{day} is not in the period of the promotion.")
    assert "Show all" not in chat.labels()
    chat.sees("Today")
    chat.says("2026-12-24").sees("{day} is still to come.")
    chat.says("whenever").sees("I do not see a date in that.")
    chat.says("3/11/2026").sees("Please check everything.").presses("Register")
    assert {each.installed_on for each in devices(world, world.people[locale])} == {"2026-11-03"}


@pytest.mark.row("SMA-01")
@LOCALES
def test_when_the_period_has_ended_only_registration_closes(world: World, locale: str) -> None:
    """Statuses and documents keep working."""
    chat = registered(world, locale)
    world.clock.pass_(days=500)
    chat.starts("register_device").sees("You cannot register devices now:", "The promotion does not run now.")
    becomes(world, devices(world, world.people[locale])[0], "more_info")
    chat.hears().starts("cashback_status").sees("{status}: {n}")
    chat.starts("cashback_documents").sends(("invoice.jpg", photo(10)))
    chat.sees("Your documents for {number} are with our desk.")


@pytest.mark.row("SMA-01", "SMA-03", "SMA-15")
@LOCALES
def test_who_may_take_part_is_checked_in_three_lines(world: World, locale: str) -> None:
    """The company, the period, the devices; amounts that nobody confirmed are said to be so."""
    words = {"nl": "kom ik in aanmerking", "fr": "action cashback", "en": "am i eligible"}
    chat = world.chat(locale).says(words[locale])
    chat.sees("✓ {company} is enrolled.", "✓ Install and register from {first} to {last}.")
    chat.presses("Which devices").sees("{product}: {amount}, {how}", "Sunny Tripower CORE2", "not confirmed")
    chat.sees("registered automatically in Sunny Portal", "register it yourself")


@pytest.mark.row("SMA-03", "SMA-16")
@LOCALES
def test_questions_about_the_guide_open_their_part_of_it(readings: World, locale: str) -> None:
    """Who registers what, and when it is seen: asked with the words of the requirement."""
    myself, unseen = {
        "nl": ("Moet ik dit apparaat zelf registreren?", "mijn cashback is nog niet zichtbaar"),
        "fr": ("Dois-je enregistrer cet appareil moi-même ?", "pas encore visible dans sunny portal"),
        "en": ("Do I have to register this device myself?", "not visible yet in the cashback"),
    }[locale]
    chat = readings.chat(locale, name=f"asks {locale}").says(myself)
    chat.sees("registered automatically in Sunny Portal", "register it yourself")
    chat.says(unseen).sees("Not visible yet? SMA takes the data over once a day.")


@pytest.mark.row("SMA-01")
def test_a_company_that_is_not_enrolled_hears_so(world: World) -> None:
    """Before anything is asked; nothing can be registered."""

    chat = world.chat("fr", email=NOT_ENROLLED)
    chat.starts("register_device").sees("Your company is not enrolled in this promotion.")
    chat.starts("cashback").sees("✗ {company} is not enrolled.")
    assert "Register devices" not in chat.labels()


@pytest.mark.row("SMA-02", "SMA-04", "SMA-12", "SMA-14", "SMA-16", "SMA-17")
@LOCALES
def test_the_ways_and_the_automatic_registration_are_explained(world: World, locale: str) -> None:
    """With the links, the number of the company, and what does not come along, or not here."""
    chat = world.chat(locale).starts("cashback").presses("Two ways")
    chat.sees("tinyurl.com/22gmwe6k", "In Sunny Portal, also the one powered by ennexOS")
    assert any("under the customer number of your company" in msgid for msgid in chat.msgids())
    chat.presses("Automatically").sees(
        "files.sma.de/assets/294771.pdf", "Not visible yet? SMA takes the data over once a day."
    )
    chat.sees("Enter the SMA customer number")
    chat.sees("The number must be the same for the devices to come across.")
    world.run(world.app.runner._daily.step())
    chat.starts("cashback").presses("Automatically").sees("No overview of SMA is connected here")


@pytest.mark.row("SMA-12", "SMA-13")
@LOCALES
def test_each_colleague_compares_their_customer_number(world: World, locale: str) -> None:
    """The list says who has the right one, another one, or did not look yet."""
    number = {"nl": "4100123", "fr": "4100124", "en": "4100126"}[locale]
    chat = world.chat(locale).starts("cashback_number").says("999").sees("This is not the number")
    chat.starts("cashback").presses("Colleagues").sees(
        "✗ {name}: another number", "… {name}: not checked yet"
    )
    chat.presses("Check my number").says(f"{number[:3]} {number[3:]}").sees(
        "That is the number of your company."
    )
    chat.starts("cashback").presses("Colleagues").sees("✓ {name}: the right number")


@pytest.mark.row("SMA-12", "SMA-13", "SMA-16")
def test_the_overview_of_sma_is_taken_over_every_day(tmp_path: Path) -> None:
    """By itself, once a day across restarts; who looks sees when, and the way for what came before."""
    file = tmp_path / "overview.csv"
    world = World(tmp_path, settings=Settings(data_dir=tmp_path, portal_file=file))
    chat = world.chat("nl").starts("cashback_number").says("4100124").sees("This is not the number")
    chat.starts("cashback_number").says("4100123").sees("That is the number of your company. New")
    rows = "serial,customer_number,registered_on,status\n3012345678,4100123,2026-11-21,accepted\n"
    file.write_text(rows, "utf-8")
    world.clock.pass_(days=1)
    for _start in range(2):
        world.restart()
        world.run(world.app.runner._daily.step())
    assert [each.serial for each in devices(world, world.people["nl"])] == [STP]
    chat.starts("cashback").presses("Automatically").sees("The overview of SMA was taken over last on {day}.")
    assert "Devices from Excel" in chat.labels()
    world.close()


@pytest.mark.row("SMA-06", "SMA-07", "SMA-10")
@LOCALES
def test_each_status_is_told_once_with_its_meaning(world: World, locale: str) -> None:
    """In the chat, on the card, and in the table with what was paid."""
    chat = registered(world, locale)
    device = next(d for d in devices(world, world.people[locale]) if d.serial == STP)
    becomes(world, device, "accepted")
    chat.hears().sees("Registration succeeded, not yet paid", STP)
    becomes(world, device._replace(status="accepted"), "paid")
    chat.hears().sees("Registered, paid")
    chat.starts("cashback_status").sees("{status}: {n}", "Paid in total: {euros} euros", "200")
    chat.says(STP).sees("Registered, paid", "SMA paid the cashback", "Amount: {euros} euros.")
    assert not {"Send documents", "Correct the device"} & set(chat.labels())


@pytest.mark.row("SMA-08", "SMA-09")
@LOCALES
def test_documents_are_asked_for_with_the_last_day(world: World, locale: str) -> None:
    """A photo in the chat is enough; nobody is reminded after it."""
    chat, _device = waiting(world, locale)
    chat.sees("SMA needs more for {item}", "Documents are needed by the end of {day}", "14")
    chat.starts("cashback_status").sees("{status}, {n} day left", "14").says(STP)
    chat.sees("More information needed", "SMA recognised the device")
    chat.starts("cashback_documents")
    chat.sends(("invoice.jpg", photo(20))).sees("Your documents for {number} are with our desk.", STP)
    assert devices(world, world.people[locale])[0].deadline == "2026-12-04"
    assert not will_remind(world)
    chat.starts("cashback_status").sees("{status}, documents sent").says(STP).sees(
        "Your documents are with our desk since {day}."
    )


@pytest.mark.row("SMA-08", "SMA-09")
def test_reminders_come_once_each_across_restarts(world: World) -> None:
    """With 7, 2 and 1 days left, and the day after; the clock moves over all of it, with restarts."""
    _chat, device = waiting(world, "nl")
    counts = []
    for days, restarts in ((6, False), (1, True), (5, False), (1, False), (1, True), (1, False), (1, False)):
        world.clock.pass_(days=days)
        if restarts:
            world.restart()
        counts.append(len(reminders(world, device)))
    assert counts == [0, 1, 2, 3, 3, 4, 4]
    assert not will_remind(world)


@pytest.mark.row("SMA-11")
@LOCALES
def test_the_causes_are_walked_through_in_order(world: World, locale: str) -> None:
    """The serial, the model, the period; a corrected serial starts again at our desk."""
    chat = registered(world, locale, f"STP 10.0 SE {STP}")
    device = devices(world, world.people[locale])[0]
    becomes(world, device, "not_registrable")
    chat.hears().starts("cashback_status", item=device.number).sees("Not registrable", "First: is {serial}")
    chat.presses("Yes, it is right").sees("Second: is {serial} really a {product}?")
    chat.presses("Yes, that is right").sees("Third: it was installed on {day}.")
    chat.presses("Correct the device").says(f"Home Manager {HOME_MANAGER}").presses("Correct")
    chat.sees("Corrected: {number} is with our desk, not yet with SMA.", HOME_MANAGER)
    assert [(d.serial, d.product, d.status) for d in devices(world, world.people[locale])] == [
        (HOME_MANAGER, "shm", "with_us")
    ]


@pytest.mark.row("SMA-11")
@LOCALES
def test_after_the_last_cause_the_desk_can_be_asked(world: World, locale: str) -> None:
    """A case with the device and why; the button is not there before the last cause."""
    chat = registered(world, locale, f"STP 10.0 SE {STP}")
    device = devices(world, world.people[locale])[0]
    becomes(world, device, "not_registrable")
    chat.hears().starts("cashback_status", item=device.number).presses("Yes, it is right")
    assert "Ask the desk" not in chat.labels()
    chat.presses("Yes, that is right").presses("Ask the desk").says("zxqv on the label")
    chat.presses("Ask the desk").sees("Case {number} is {holder}.")
    chat.presses("Show the case").presses("Description").sees(STP, "zxqv on the label")


@LOCALES
def test_a_device_of_another_company_is_like_one_that_does_not_exist(world: World, locale: str) -> None:
    """In every flow that takes one."""
    other = "nl" if locale != "nl" else "fr"
    _chat, device = waiting(world, other)
    for flow in ("cashback_status", "cashback_documents", "cashback_correct", "cashback_ask"):
        answers = []
        for number in (device.number, "00999999"):
            mine = world.chat(locale, name=f"{flow} {number}").starts(flow, item=number)
            answers.append((mine.text().replace(number, ""), mine.labels()))
        assert answers[0] == answers[1]


def test_pressing_register_twice_registers_once(world: World) -> None:
    """The second press finds it done."""
    chat = world.chat("nl").starts("register_device").says(PASTED).presses("Today")
    token = chat.prompt.token
    index = next(button.index for button in chat.prompt.buttons if button.press.kind == "done")
    chat.press_at(token, index).press_at(token, index)
    assert len(devices(world, world.people["nl"])) == 2


def test_a_technician_of_the_company_sees_what_a_colleague_registered(world: World) -> None:
    """The table is of the company."""
    registered(world, "nl")
    world.chat("nl", email=JAN, name="jan").starts("cashback_status").sees("{status}: {n}").says(STP)
