"""When a chat changes hands, nothing of the company before stays in it."""

from __future__ import annotations

from bot.services.invite import invite
from storage import conversations
from tests.conversations.chats import Chat, World


def _code(world: World, locale: str) -> str:
    work = world.app.uow.write(lambda c: invite(c, world.people[locale], world.clock.now()))
    return world.run(work) or ""


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
