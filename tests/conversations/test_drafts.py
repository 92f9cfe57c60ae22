"""Unfinished work goes on in another chat of the same person, or with a colleague who submits it."""

from __future__ import annotations

import asyncio

import msgspec
import pytest
from sqlalchemy import func, select

from bot.channels.console.receive import Payload
from bot.ports import RawFile, Received
from flows.engine.events import Content, Pressed, Sent
from flows.engine.outputs import Prompt
from storage import conversations
from storage.schema import metadata
from storage.unit_of_work import Connection
from tests.conversations.chats import PATIENCE, Chat, World
from tests.conversations.journeys import DRAFTS, SILENT
from tests.conversations.sample import ELS, JAN, Sample, excel, photo

LOCALES = pytest.mark.parametrize("locale", ["nl", "fr", "en"])
COLLEAGUES = {"nl": "Jan Mertens", "fr": "Luc Gillain", "en": "Tom Weiland"}
MAILBOXES = {"nl": JAN, "fr": "luc.gillain@ardennesoleil.example", "en": "tom.weiland@mosellesolar.example"}
FOREIGN = {"nl": "fr", "fr": "en", "en": "nl"}


@LOCALES
def test_work_begun_on_the_phone_is_finished_at_the_desktop(world: World, locale: str) -> None:
    """It is listed with where it is, leaves the first chat, and its photo goes along."""
    phone, desktop = world.chat(locale, name="phone"), world.chat(locale, name="desktop")
    site = begins(phone, locale)
    phone.says("/later")
    desktop.says("menu").presses("Unfinished work").sees(site, "in another chat, {channel}")
    desktop.presses(site).sees("You go on with: {draft}.")
    phone.hears().sees("“{draft}” goes on in another chat.")
    phone.says("menu")
    assert "Go on: {draft}" not in phone.labels()
    desktop.says(SILENT[locale])
    assert desktop.facts()["Photos"].startswith("1 ")
    desktop.presses("Send")
    assert len(photos_on(world, desktop.number())) == 1


def test_what_is_gone_on_with_is_asked_once(world: World) -> None:
    """Here or from elsewhere: one question, not the same one twice."""
    chat = world.chat("nl")
    site = begins(chat, "nl")
    for other in (chat, world.chat("nl", name="desktop")):
        chat.says("/later")
        other.says(DRAFTS["nl"]).presses(site)
        assert sum(isinstance(out.output, Prompt) for out in other.answer) == 1


@LOCALES
def test_a_colleague_submits_what_was_passed_and_the_review_says_who_filled_in_what(
    world: World, locale: str
) -> None:
    """With its photos, in their own name; the giver can no longer send it."""
    giver = world.chat(locale)
    taker = world.chat(locale, email=MAILBOXES[locale])
    site = begins(giver, locale)
    passes(giver, locale)
    taker.hears().sees("{name} passes you unfinished work: {draft}.", site)
    taker.presses(site).says(SILENT[locale])
    facts = taker.facts()
    assert name_of(world, locale) in facts["System"]
    assert name_of(world, locale) not in facts["Description"]
    taker.presses("Send")
    number = taker.number()
    assert filed_by(world, number) == MAILBOXES[locale]
    assert len(photos_on(world, number)) == 1
    giver.says(DRAFTS[locale]).sees("There is no unfinished work.")
    assert giver.labels() == ["Menu", "Talk to a person"]


@pytest.mark.row("SMA-05")
def test_an_excel_file_goes_along_to_another_chat_and_to_a_colleague(world: World) -> None:
    """What came of its rows is registered there, as it would have been where it was sent."""
    phone, desktop = world.chat("nl", name="phone"), world.chat("nl", name="desktop")
    jan = world.chat("nl", email=JAN)
    phone.sends(("list.xlsx", excel(("Serienummer", "Datum"), ("3012345678", "3/11/2026"))))
    phone.says("/later")
    desktop.says("/drafts").presses("list.xlsx").says("/later").presses("Pass to a colleague")
    desktop.presses("list.xlsx").presses("Jan Mertens").presses("Pass it on")
    jan.hears().presses("list.xlsx").presses("Register").sees("{n} device is registered")


def test_work_is_passed_in_a_sentence_where_something_else_is_asked(world: World) -> None:
    """A colleague is no day; the question is there again afterwards."""
    chat = world.chat("nl", email=ELS).starts("register_device").says("3012345678")
    chat.says("doorgeven aan Jan Mertens").sees("Which one do you pass on?")
    chat.says("/cancel").sees("When were they installed?")


def test_what_was_passed_can_be_taken_back_until_somebody_goes_on(world: World) -> None:
    """Then it is theirs, and an old button finds nothing."""
    els, jan = world.chat("nl", email=ELS), world.chat("nl", email=JAN)
    begins(els, "nl")
    passes(els, "nl")
    jan.hears()
    els.says(DRAFTS["nl"]).sees("waits for {name}").presses(els.prompt.fields[0].options[0].label)
    els.sees("You go on with: {draft}.")
    jan.presses(jan.prompt.fields[0].options[0].label)
    jan.sees("This is no longer unfinished, or somebody went on with it.")


def test_nobody_else_takes_or_passes_it(world: World) -> None:
    """Not a colleague it was not passed to, not another company, not with its very name."""
    els, tine = world.chat("nl", email=ELS), world.chat("nl", email="tine.claes@zonnebouw.example")
    foreign = world.chat("fr")
    begins(els, "nl")
    passes(els, "nl")
    draft = world.run(world.app.uow.read(passed))
    for chat in (tine, foreign):
        chat.says("/drafts").sees("There is no unfinished work.").says("/cancel")
        chat.starts("drafts", draft=draft).sees_not("You go on with: {draft}.").says("/cancel")
        chat.starts("pass_draft", draft=draft).sees_not("To whom?").says("/cancel")
    assert world.run(world.app.uow.read(passed)) == draft


def test_work_is_passed_within_the_company_only(world: World) -> None:
    """A name or number of somebody else finds nobody."""
    els = world.chat("nl", email=ELS)
    begins(els, "nl")
    els.says("/later").presses("Pass to a colleague").presses(els.prompt.fields[0].options[0].label)
    for words in ("Amélie", "amelie.lambert@ardennesoleil.example", "Els Wouters"):
        els.says(words).sees("Nobody of that name works here.")


def test_what_is_passed_to_a_removed_colleague_goes_back(world: World) -> None:
    """Who passed it takes it back; who is removed finds nothing."""
    els, jan = world.chat("nl", email=ELS), world.chat("nl", email=JAN)
    admin = world.chat("nl", email="koen.baeten@zonnebouw.example")
    site = begins(els, "nl")
    passes(els, "nl")
    jan.hears()
    admin.starts("remove_colleague", colleague="Jan Mertens").presses("Remove")
    jan.hears().says("/drafts").sees("I first need to know which company you work for.").sees_not(site)
    els.says(DRAFTS["nl"]).presses(els.prompt.fields[0].options[0].label).sees(site)


def test_practice_is_not_real_work_elsewhere(world: World) -> None:
    """Neither is offered on the other side."""
    phone, desktop = world.chat("nl", name="phone"), world.chat("nl", name="desktop")
    site = begins(phone, "nl")
    phone.says("/practice").says("/drafts").sees("There is no unfinished work.").says("/cancel")
    phone.says("nieuwe rma").says("Janssens")
    desktop.says("/drafts").sees(site).sees_not("Janssens")


def test_account_numbers_and_codes_are_no_work_to_pass_on(world: World) -> None:
    """They stay where they were typed, also when nothing else is open."""
    office, desktop = (
        world.chat("en", email="tine.claes@zonnebouw.example", name=name) for name in ("phone", "desktop")
    )
    office.starts("enter_bank_details").says("BE0403170701")
    office.sees("IBAN").starts("pass_draft").sees("There is no unfinished work.")
    desktop.says("/drafts").sees("There is no unfinished work.")


@pytest.mark.parametrize("first", ["taken", "sent"])
def test_work_taken_up_and_sent_at_once_is_sent_once(world: World, first: str) -> None:
    """In one batch: whichever was first, there is one RMA, and nothing is left to send a second time."""
    phone, desktop = world.chat("en", name="phone"), world.chat("en", name="desktop")
    begins(phone, "en")
    phone.says("it hums").sees("Send")
    before = filed(world)
    desktop.says("/drafts")
    both = [taking(desktop), pressing(phone, "Send")]
    at_once(world, *(both if first == "taken" else reversed(both)))
    if first == "taken":
        assert "“New RMA” goes on elsewhere. Nothing was sent from here." in phone._render(phone._all())
        desktop.presses("Change").presses("Description").says("it still hums").presses("Send")
    assert filed(world) == before + 1
    for chat in (phone, desktop):
        chat.says("/drafts").sees("There is no unfinished work.").says("/cancel")


def test_two_chats_that_take_up_one_draft_are_not_both_given_it(world: World) -> None:
    """One goes on with it; the other hears that somebody was first."""
    phone, *others = (world.chat("en", name=name) for name in ("phone", "desktop", "tablet"))
    begins(phone, "en")
    for chat in others:
        chat.says("/drafts")
    at_once(world, *map(taking, others))
    told = [any("You go on with: {draft}." in said for said in map(str, chat._all())) for chat in others]
    assert sorted(told) == [False, True]
    sender = others[told.index(True)]
    before = filed(world)
    sender.says("it hums").presses("Send")
    assert filed(world) == before + 1


def test_what_is_sent_in_from_the_chat_that_it_left_is_not_sent(world: World) -> None:
    """Though that chat did not hear of it yet; a photo that came meanwhile is not lost without a word."""
    phone, desktop = world.chat("en", name="phone"), world.chat("en", name="desktop")
    begins(phone, "en")
    desktop.says("/drafts")
    at_once(world, taking(desktop), sending(phone, "late.jpg"))
    text = phone._render(phone._all())
    assert "1 file came too late and was not added." in text
    assert "“New RMA" in text
    desktop.says("it hums")
    assert desktop.facts()["Photos"].startswith("1 ")


def test_a_photo_is_in_one_draft_and_leaves_only_with_that(world: World) -> None:
    """The card that asked what it is for, pressed a second time: the other one asks for its own."""
    chat = world.chat("en")
    chat.sends(("roof.jpg", photo())).sees("I have your file. What is it for?")
    card, number = chat.prompt.token, Sample(world, "en").rmas("in_progress")[0].number
    chat.presses("New RMA").press_at(card, 1)
    chat.sees("What you sent is with “New RMA” already. Send it again to use it here too.")
    chat.says(number).sees("Please send the photos")


def at_once(world: World, *inputs: Received) -> None:
    """All of them are there before anybody looks."""

    async def receive() -> None:
        await asyncio.gather(*map(world.app.runner.receive, inputs))

    world.run(receive())
    for each in inputs:
        world.run(settled(world, each.conversation))


async def settled(world: World, conversation: str) -> None:
    """Until nothing is left to do or to say there."""
    async with asyncio.timeout(PATIENCE):
        while not await world.app.uow.read(lambda c: conversations.settled(c, conversation)):  # noqa: ASYNC110 - only the database knows
            await asyncio.sleep(0.005)


def taking(chat: Chat) -> Received:
    """Going on with the first draft that is listed."""
    return pressing(chat, chat._words(chat.prompt.fields[0].options[0].label))


def pressing(chat: Chat, label: str) -> Received:
    """A button, as it comes in."""
    token, button = chat._button(label)
    return incoming(chat, Pressed(token, button.index))


def sending(chat: Chat, name: str) -> Received:
    """A photo, as it comes in."""
    chat.world.paper.files[name] = photo()
    return incoming(chat, Sent(()), RawFile(name, name, "", len(photo())))


def incoming(chat: Chat, content: Content, *files: RawFile) -> Received:
    """Something that the person does, before it is handed in."""
    chat.count += 1
    payload = msgspec.json.encode(Payload(content, chat.locale))
    return Received("paper", f"{chat.key}-{chat.count}", chat.key, payload, chat.world.clock.now(), files)


def filed(world: World) -> int:
    """How many RMAs there are."""
    query = select(func.count()).select_from(metadata.tables["rmas"])
    return int(world.run(world.app.uow.read(lambda c: c.execute(query).scalar_one())))


def begins(chat: Chat, locale: str) -> str:
    """A system, a device, a fault, a photo; the description is still open. Gives the system's name."""
    site = Sample(chat.world, locale).sites()[0]
    chat.starts("create_rma", system=site.system.id).presses(site.faulty[0]).presses("Done")
    chat.presses("Damaged").sends(("roof.jpg", photo()))
    return site.system.name


def passes(chat: Chat, locale: str) -> None:
    """Put off, and passed to the colleague."""
    chat.says("/later").presses("Pass to a colleague").presses(chat.prompt.fields[0].options[0].label)
    chat.says(COLLEAGUES[locale]).presses("Pass it on").sees("{colleague} can go on with it now.")


def name_of(world: World, locale: str) -> str:
    """The name of the giver."""
    people = metadata.tables["installers"].c
    query = select(people.name).where(people.email == world.people[locale])
    return str(world.run(world.app.uow.read(lambda connection: connection.execute(query).scalar_one())))


def filed_by(world: World, number: str) -> str:
    """The mailbox of who filed this RMA."""
    rmas, people = metadata.tables["rmas"], metadata.tables["installers"]
    query = select(people.c.email).join_from(rmas, people, rmas.c.installer == people.c.id)
    query = query.where(rmas.c.number == number)
    return str(world.run(world.app.uow.read(lambda connection: connection.execute(query).scalar_one())))


def photos_on(world: World, number: str) -> list[str]:
    """The photos on this RMA."""
    files = metadata.tables["rma_files"].c
    query = select(files.attachment).where(files.rma == number)
    return list(world.run(world.app.uow.read(lambda c: c.execute(query).scalars().all())))


def passed(connection: Connection) -> str:
    """The one draft on its way."""
    return str(connection.execute(select(metadata.tables["drafts"].c.id)).scalar_one())
