"""Ways into the bot, each a story: lists in any chat, links, things that are shared, commands, settings."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from tests.telegram.chats import Room
from tests.telegram.journeys import LANGUAGES, at_once, words
from tests.telegram.phone import Phone, screen
from tests.telegram.process import World

SLOW = 11


def link_in(result: dict[str, Any]) -> str:
    """The link of what is posted."""
    [entity] = result["input_message_content"]["entities"]
    return str(entity["url"])


def menu_of(world: World, phone: Phone) -> list[str]:
    """The commands that this chat lists for itself."""
    menus = list(world.service.commands.items())
    return [each["command"] for (scope, _), menu in menus if str(phone.id) in scope for each in menu]


def a_system_is_picked_by_typing_its_name_in_any_chat(world: World) -> None:
    """In each language: the list is for who types it; what is posted says nothing, and opens the system."""

    def whole(language: str) -> None:
        phone, (name, _serial) = world.linked(language), world.site(language)
        listed = phone.types(name)
        assert (listed["is_personal"], listed["cache_time"]) == (True, 0)
        result = listed["results"][0]
        assert name in result["title"]
        street = world.rows("SELECT street FROM systems WHERE id = ?", result["id"])[0][0]
        assert result["description"] == street
        public = json.dumps(result["input_message_content"], ensure_ascii=False)
        assert result["id"] in public
        assert all(private not in public for private in (name, street, "@"))
        phone.opens(link_in(result)).sees(name)

    at_once(whole, LANGUAGES)


def nothing_typed_lists_all_of_ones_systems_page_by_page(world: World) -> None:
    """Each once, and nobody else's."""
    phone, firm = world.linked("nl"), world.firm("nl")
    offset, found = "", []
    while True:
        listed = phone.types("", offset)
        found += [result["id"] for result in listed["results"]]
        offset = listed.get("next_offset", "")
        if not offset:
            break
    assert sorted(found) == sorted(system["id"] for system in firm["systems"])


def a_stranger_is_shown_no_system_but_the_way_to_link(world: World) -> None:
    """In any chat, with any words; the button opens the private chat, where linking begins."""
    phone, (name, _serial) = world.phone("fr"), world.site("fr")
    for typed in ("", name, "problem"):
        listed = phone.types(typed)
        assert listed["results"] == []
        assert listed["button"]["text"] == words("fr", "Link our private chat first")
    start = listed["button"]["start_parameter"]
    phone.says(f"/start {start}").sees(words("fr", "Please type the code from your invitation."))


def another_company_learns_nothing_from_a_link(world: World) -> None:
    """It is answered exactly like a link that nobody ever made."""
    link = link_in(world.linked("nl").types("")["results"][0])
    unknown = link[:-32] + "0" * 32
    not_found = words("fr", "Not found in your systems.")
    phone = world.linked("fr")
    theirs = screen(phone.opens(link).sees(not_found).last())
    phone.says("annuler").sees(words("fr", "Menu"))
    assert screen(phone.opens(unknown).sees(not_found).last()) == theirs


def a_system_picked_in_the_private_chat_is_the_answer(world: World) -> None:
    """Where a system is asked for; else it is shown, whatever is open."""
    phone, (name, serial) = world.linked("en"), world.site("en")
    result = phone.types(name)["results"][0]
    phone.says("new rma").sees("Which system")
    phone.picks(result).sees(serial).taps(serial).taps("Done").taps("Damaged").sees("In a few words")
    phone.picks(result).sees(f"System {result['id']}")
    phone.says("cancel").hears()


def a_list_posted_in_a_group_is_none_of_our_business(world: World) -> None:
    """The bot says nothing to it."""
    phone = world.linked("en")
    room = Room({"id": -100_200_400, "type": "supergroup", "title": "Roof team"})
    in_group = Phone(world.service, phone.id, room=room)
    in_group.picks(phone.types("")["results"][0]).hears_nothing(0.7)


def a_link_that_nobody_knows_says_so_and_shows_the_menu(world: World) -> None:
    """In each language: garbled, too old, or never made."""

    def whole(language: str) -> None:
        phone = world.linked(language)
        for payload in ("nonsense", "-_-", "x" * 64):
            phone.says(f"/start {payload}").sees(words(language, "This link does not work, or not any more."))
            phone.sees(words(language, "Track an RMA"))

    at_once(whole, LANGUAGES)


def a_link_opens_an_rma_only_for_its_company(world: World) -> None:
    """For another it is one that does not exist."""
    number = world.firm("nl")["rmas"][0]["number"]
    world.linked("nl").says(f"/start track_{number}").sees(f"RMA {number}")
    asked = words("fr", "Which RMA?")
    phone = world.linked("fr")
    theirs = screen(phone.says(f"/start track_{number}").sees(asked).last())
    phone.says("annuler").sees(words("fr", "Menu"))
    unknown = screen(phone.says("/start track_09999999").sees(asked).last())
    assert unknown.replace("09999999", "") == theirs.replace(number, "")


def linking_by_a_link_shows_the_company_and_asks(world: World) -> None:
    """In each language; nothing is linked before the tap, and the same link does not work again (UX 16)."""

    def whole(language: str) -> None:
        phone, person = world.phone(language), world.firm(language)["people"][0]
        code = world.code(person["email"])
        phone.says(f"/start {code}").sees(world.firm(language)["name"], words(language, "Link this chat to"))
        linked = "SELECT count(*) FROM chat_identities WHERE sender = ?"
        assert world.rows(linked, f"telegram:{phone.id}") == [(0,)]
        phone.taps({"nl": "Koppelen", "fr": "Lier", "en": "Link"}[language]).hears()
        world.until(lambda: world.rows(linked, f"telegram:{phone.id}") == [(1,)], "linked")
        world.phone(language).says(f"/start {code}").sees(words(language, "This code is not right,"))

    at_once(whole, LANGUAGES)


def a_place_is_shared_with_a_button_that_goes_away(world: World) -> None:
    """In each language; the chat keeps the question, the place and the answer."""

    def whole(language: str) -> None:
        phone = world.linked(language)
        name, latitude, longitude = world.place(language)
        label = words(language, "Share my location")
        phone.says({"nl": "zoek systeem", "fr": "mes systèmes", "en": "my systems"}[language])
        phone.taps(label).sees(words(language, "Tap the button below the chat to share where you are."))
        assert phone.asked_to_share() == {"text": label, "request_location": True}
        phone.shares_place(latitude, longitude).sees(name)
        world.until(lambda: phone.room.keyboard is None, "the keyboard is gone")
        said = words(language, "Tap the button below the chat to share where you are.")
        world.until(lambda: said not in phone.chat() and "✓" not in phone.last().text, "nothing left of it")

    at_once(whole, LANGUAGES)


def a_number_is_shared_where_one_is_asked_for(world: World) -> None:
    """Somebody unknown gives their own with two taps; that of somebody else is refused."""
    phone = world.phone("nl")
    phone.says("/mens").taps(words("nl", "Share my number"))
    assert phone.asked_to_share() == {"text": words("nl", "Share my number"), "request_contact": True}
    phone.shares_contact("+32470550199", 99).sees(words("nl", "This is somebody else's contact card."))
    phone.shares_contact("+32470550199").sees("Els +32470550199")
    world.until(lambda: phone.room.keyboard is None, "the keyboard is gone")


def a_keyboard_that_is_not_used_goes_away_too(world: World) -> None:
    """With the next thing that is said."""
    phone = world.linked("en")
    phone.says("my systems").taps("Share my location")
    phone.asked_to_share()
    phone.says("cancel").hears()
    world.until(lambda: phone.room.keyboard is None, "the keyboard is gone")


def the_menu_of_a_chat_follows_its_language(world: World) -> None:
    """At once, and back to that of the phone."""
    phone = world.phone("nl")

    def names() -> list[str]:
        return menu_of(world, phone)

    phone.says("/help").hears()
    world.service.faults.order("500", "setMyCommands")
    phone.says("/language fr").hears()

    def after_other_words() -> bool:
        """One that could not be set is set with what is said next, whenever it turns out to have failed."""
        phone.says("/aide").hears()
        return "nouveau" in names()

    world.until(after_other_words, "a French menu")
    assert len(names()) <= 7
    phone.says("english").hears()
    world.until(lambda: "new" in names(), "an English menu")
    phone.says("nederlands").hears()
    world.until(lambda: names() == [], "the menu of the phone")


def settings_work_in_every_state(world: World) -> None:
    """Known or not, also in the middle of a question: the language, and whom the chat belongs to."""
    stranger, phone = world.phone("fr"), world.linked("en")
    stranger.says("/settings").sees(words("fr", "The settings of this chat:"))
    assert words("fr", "Link this chat") in stranger.labels()
    phone.says("new rma").sees("Which system")
    phone.says("/settings").sees(world.firm("en")["name"])
    assert {"Language", "Unlink this chat"} <= set(phone.labels())


def what_takes_long_is_announced_again_and_again(world: World) -> None:
    """Until it is said; a search near a place looks like one (UX 13)."""
    phone = world.linked("en")

    def announced() -> list[Any]:
        calls = list(world.service.calls)
        return [call for call in calls if call.method == "sendChatAction" and call.chat == phone.id]

    said = "SELECT count(*) FROM outbox WHERE sent_at IS NULL AND conversation LIKE ?"
    world.until(lambda: world.rows(said, f"%:{phone.id}") == [(0,)], "all said")
    before = len(announced())
    world.service.faults.order("hang", "sendMessage", chat=phone.id, seconds=SLOW)
    phone.says("/help").sees("Menu")
    seen = announced()[before:]
    assert 2 <= len(seen) <= 2 + SLOW // 4
    assert {call.params["action"] for call in seen} == {"typing"}
    world.service.faults.order("hang", "sendMessage", chat=phone.id, seconds=2)
    phone.shares_place(50.98, 4.83).sees(words("en", "Which system?"))
    assert announced()[-1].params["action"] == "find_location"


def a_press_that_comes_twice_is_answered_once(world: World) -> None:
    """And one that is not ours is told so at once (UX 7)."""
    phone = world.phone("fr")
    phone.says("/help").sees("Menu").taps("Menu").hears()
    update = next(u for u in reversed(world.service.history) if "callback_query" in u)
    world.service.put_again(update)
    phone.says("/help").sees("Menu")
    phone.taps_on(phone.last(), {"callback_data": "forged"})
    query = phone.pressed[-1]
    world.until(lambda: query.answered, "an answer")
    assert query.text == words("fr", "This button no longer works.")


def a_press_in_a_group_says_where_to_go(world: World) -> None:
    """Nobody waits for the spinner."""
    phone = world.phone("nl")
    room = Room({"id": -100_200_401, "type": "supergroup", "title": "Dakploeg"})
    in_group = Phone(world.service, phone.id, language="nl", room=room)
    in_group.says(f"@{world.service.bot['username']} hallo").hears()
    in_group.taps_on(in_group.last(), {"callback_data": "a1.0"})
    query = in_group.pressed[-1]
    world.until(lambda: query.answered, "an answer")
    assert query.text == words("nl", "Others read along here.")[: len(query.text)] or "privé" in query.text


UNUSUAL: tuple[dict[str, Any], ...] = (
    {"poll": {"id": "1", "question": "?", "options": []}},
    {"dice": {"emoji": "🎲", "value": 3}},
    {"game": {"title": "x", "description": "x", "photo": []}},
    {"story": {"id": 1, "chat": {"id": 5, "type": "private"}}},
    {"checklist": {"title": "x", "tasks": []}},
    {"invented_in_2027": {"x": 1}},
)


def whatever_is_sent_is_answered(world: World) -> None:
    """A poll, dice, a game, a story, a list, and what nobody has heard of yet (UX 18)."""

    def whole(language: str) -> None:
        phone = world.phone(language)
        for content in UNUSUAL:
            phone.sends(content).sees(words(language, "I cannot read this kind of message."))

    at_once(whole, LANGUAGES)


WAYS_IN: tuple[Callable[[World], None], ...] = (
    a_system_is_picked_by_typing_its_name_in_any_chat,
    nothing_typed_lists_all_of_ones_systems_page_by_page,
    a_stranger_is_shown_no_system_but_the_way_to_link,
    another_company_learns_nothing_from_a_link,
    a_system_picked_in_the_private_chat_is_the_answer,
    a_list_posted_in_a_group_is_none_of_our_business,
    a_link_that_nobody_knows_says_so_and_shows_the_menu,
    a_link_opens_an_rma_only_for_its_company,
    linking_by_a_link_shows_the_company_and_asks,
    a_place_is_shared_with_a_button_that_goes_away,
    a_number_is_shared_where_one_is_asked_for,
    a_keyboard_that_is_not_used_goes_away_too,
    the_menu_of_a_chat_follows_its_language,
    settings_work_in_every_state,
    what_takes_long_is_announced_again_and_again,
    a_press_that_comes_twice_is_answered_once,
    a_press_in_a_group_says_where_to_go,
    whatever_is_sent_is_answered,
)
