"""When a chat changes hands, nothing of the company before stays in it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import text

from bot.channels.web.memory import StoredMemory
from bot.services.invite import invite
from flows.engine.outputs import Say
from locales.speaker import Speaker
from storage import conversations
from tests.conversations.chats import Chat, World
from tests.conversations.sample import ELS, Sample, photo
from tests.conversations.test_people import employ_elsewhere
from tests.conversations.test_profile import handed_out


def _code(world: World, locale: str) -> str:
    work = world.app.uow.write(lambda c: invite(c, world.people[locale], world.clock.now()))
    return world.run(work) or ""


def _files(chat: Chat) -> list[str]:
    """The photos of this chat."""
    query = text("SELECT id FROM attachments WHERE conversation = :chat")
    world = chat.world
    return list(world.run(world.app.uow.read(lambda c: c.execute(query, {"chat": chat.key}).scalars().all())))


def _state(chat: Chat) -> str:
    world = chat.world
    return str(world.run(world.app.uow.read(lambda c: conversations.load(c, chat.key))))


def test_unlinking_drops_drafts_and_cards_of_the_company(world: World) -> None:
    """The open RMA with its list of systems is gone, from the screen and from what is remembered."""
    chat = world.chat("nl")
    chat.says("nieuwe rma")
    system = chat._words(chat.prompt.fields[0].options[0].label)
    chat.presses(system).starts("unlink").presses("Unlink")
    chat.sees("This chat is unlinked. Your requests stay with your company.")
    assert system not in chat.text()
    assert system not in _state(chat)


def test_linking_to_another_company_drops_the_drafts_of_the_first(world: World) -> None:
    """A draft with systems of one company is never shown to another."""
    chat = world.chat("nl")
    chat.says("nieuwe rma")
    system = chat._words(chat.prompt.fields[0].options[0].label)
    chat.presses(system).starts("link", code=_code(world, "fr")).presses("Link")
    chat.sees("This chat now belongs to {name}, {company}.")
    assert system not in chat.text()
    assert system not in _state(chat)


def test_linking_for_the_first_time_goes_on_with_what_was_begun(world: World) -> None:
    """A stranger who wanted an RMA is asked for the system as soon as we know them."""
    chat = world.stranger(locale="fr")
    chat.says("nouveau rma").says(_code(world, "fr")).presses("Link")
    chat.sees(
        "This chat now belongs to {name}, {company}.",
        "Which system is it? Type a name, street, town, number or serial.",
    )


def _unlinks(chat: Chat) -> None:
    chat.says("/profile").presses("Sign out").presses("Unlink")
    chat.starts("link", code=_code(chat.world, "fr")).presses("Link")


def _links_another(chat: Chat) -> None:
    chat.starts("link", code=_code(chat.world, "fr")).presses("Link")


def _chooses(chat: Chat) -> None:
    _here, there = employ_elsewhere(chat.world, ELS)
    chat.says("/profile").presses("Choose a company").presses(there).presses("Go on")


@pytest.mark.parametrize("changes_hands", [_unlinks, _links_another, _chooses])
def test_nothing_said_sent_or_handed_out_before_is_left_for_the_next(
    world: World, changes_hands: Callable[[Chat], None]
) -> None:
    """Not on the page of the chat, not by the number of a message or file, not in what is kept about them."""
    chat, rma = world.chat("nl", email=ELS), Sample(world, ELS).rmas("in_progress", mine=True)[0].number
    chat.says("zxqv door code").sends(("zxqv-kitchen.jpg", photo())).says("/cancel").says("mijn gegevens")
    chat.starts("add_to_rma", rma=rma, what="photos").sends(("zxqv-roof.jpg", photo())).presses("Add")
    files = _files(chat)
    handed = [out.id for out in chat._all() if isinstance(out.output, Say) and out.output.enclosed]
    changes_hands(chat)
    memory, speaker = (
        StoredMemory(world.app.uow, world.app.folder),
        Speaker("nl", "UTC", world.clock.now().date()),
    )
    assert files
    assert handed
    assert [world.run(memory.file(chat.key, file)) for file in files] == [None] * len(files)
    assert [world.run(memory.enclosed(chat.key, one, speaker)) for one in handed] == [None] * len(handed)
    assert "zxqv" not in str(world.run(memory.lines(chat.key)))
    chat.says("my data")
    assert "zxqv" not in handed_out(chat)
