"""What installers do on their phones, each a story of its own: told all at the same time to one process."""

from __future__ import annotations

from collections.abc import Callable

from tests.conversations.journeys import HELP, NEW_RMA
from tests.labels.printed import Shot, label, photographed, saved
from tests.telegram.chats import Room
from tests.telegram.journeys import LANGUAGES, at_once, files_rma, photo, searches, tracks, words
from tests.telegram.phone import Phone
from tests.telegram.process import World

AWAY = "SELECT count(*) FROM unreachable WHERE conversation LIKE ?"


def an_rma_is_filed_and_tracked_in_each_language(world: World) -> None:
    """By words, taps and a photo, three people at the same time; each RMA exists once."""

    def whole(language: str) -> tuple[Phone, str]:
        phone = world.linked(language)
        number = files_rma(world, phone, language)
        tracks(phone, language, number)
        return phone, number

    done = at_once(whole, LANGUAGES)
    numbers = [number for _phone, number in done]
    for number in numbers:
        assert world.rows("SELECT count(*) FROM rmas WHERE number = ?", number) == [(1,)]
    for phone, _number in done:
        phone.is_answered()


def a_shared_place_finds_the_systems_near_it(world: World) -> None:
    """In each language; the card has its blocks behind buttons."""
    at_once(lambda language: searches(world, world.linked(language), language), LANGUAGES)


def the_language_is_switched_by_a_word_and_a_tap(world: World) -> None:
    """And everything after it is in that language."""
    phone = world.phone("nl")
    phone.says(HELP["nl"]).sees("Menu")
    phone.says("english").hears()
    phone.says("/help").hears().sees_not("Wat")
    phone.says("/langue").taps("Français").hears()
    phone.says(NEW_RMA["fr"]).sees("entreprise")


def start_help_and_menu_work_in_every_state(world: World) -> None:
    """Also in the middle of a question."""
    phone = world.linked("en")
    phone.says("/start").hears()
    phone.says(NEW_RMA["en"]).sees("Which system")
    for command in ("/help", "/menu", "/start", "/language"):
        phone.says(command).hears()
        assert phone.labels()


def the_menu_has_at_most_seven_commands_in_each_language(world: World) -> None:
    """The default one included."""
    menus = world.service.commands
    world.service.until(lambda: len(menus) > len(LANGUAGES), what="menus")
    shown = {language for _scope, language in menus}
    assert {"", "nl", "fr"} <= shown
    assert all(1 <= len(menu) <= 7 for menu in menus.values())


def a_press_changes_the_message_in_place(world: World) -> None:
    """The pressed choice is shown, the chat does not grow."""
    phone = world.linked("en")
    name, serial = world.site("en")
    phone.says("new rma").sees("Which system")
    phone.says(name).sees(serial)
    before, message = len(phone.room.shown()), phone.last()
    phone.taps(serial).sees(f"✓ IQ7+ {serial}" if f"IQ7+ {serial}" in phone.reads() else serial)
    phone.taps("Done").sees("What do you see")
    assert len(phone.room.shown()) == before
    assert phone.last().id == message.id


def an_old_button_is_answered(world: World) -> None:
    """It says so, and shows where we are; nothing is filed."""
    phone = world.linked("en")
    phone.says("new rma").sees("Which system")
    old = phone.last()
    button = next(b for b in old.buttons if "callback_data" in b)
    phone.says("cancel").hears()
    phone.says("my systems").hears()
    phone.taps_on(old, button).sees("no longer works")


def buttons_that_are_not_ours_change_nothing(world: World) -> None:
    """Forged, empty, from another chat: each is answered like one that is too old."""
    phone, other = world.linked("en"), world.linked("en")
    other.says("new rma").sees("Which system")
    theirs = other.last()
    phone.says("my systems").hears()
    mine = phone.last()
    for data in ("x.1", "..", "1", "a.99999", "é" * 32, theirs.buttons[0]["callback_data"]):
        phone.taps_on(mine, {"callback_data": data})
    phone.is_answered()
    other.says("cancel").hears()


def the_same_button_twice_is_one_press(world: World) -> None:
    """A nervous finger files one RMA."""
    phone = world.linked("en")
    name, serial = world.site("en")
    phone.says("new rma").sees("Which system")
    phone.says(name).taps(serial).taps("Done").taps("Damaged").taps("Skip").taps("Skip").sees("Damaged")
    message = phone.last()
    button = next(b for b in message.buttons if b["text"] == "Send")
    for _ in range(5):
        phone.taps_on(message, button)
    world.settled()
    system = next(s["id"] for s in world.firm("en")["systems"] if s["name"] == name)
    assert world.rows("SELECT count(*) FROM rmas WHERE system = ?", system) == [(1,)]
    phone.is_answered()


def every_kind_of_message_is_answered(world: World) -> None:
    """A voice message, a sticker, somebody else's contact, a place, a file of a strange kind."""
    phone = world.phone("en")
    phone.sends_voice().hears()
    phone.sends_sticker().hears()
    phone.shares_place(50.98, 4.83).hears()
    phone.shares_contact("+32470550102", 99).hears()
    phone.sends_file("virus.exe", b"MZ", "application/octet-stream").hears()
    phone.says("🙃" * 100).hears()


def an_edited_message_is_answered(world: World) -> None:
    """The person is told, or the new words are used; never silence."""
    phone = world.linked("en")
    phone.says("new rmaa").hears()
    phone.edits("new rma").hears()


def a_file_that_is_too_big_is_not_asked_for(world: World) -> None:
    """Above 20 MB the service hands nothing out; the person hears so, and what to do, in their language."""
    huge = 21 * 1024 * 1024
    for language, limit in (("nl", "20 MB"), ("fr", "20 Mo"), ("en", "20 MB")):
        phone = world.linked(language)
        phone.says(NEW_RMA[language]).hears()
        phone.sends_file("huge.jpg", b"\xff\xd8", "image/jpeg", size=huge).sees("huge.jpg", limit)
        phone.sends_file("huger.jpg", b"\0" * huge, "image/jpeg", told=False).sees("huger.jpg", limit)


def an_album_is_one_answer(world: World) -> None:
    """Three photos sent together are acknowledged once, and all three are kept."""
    phone = world.linked("en")
    name, serial = world.site("en")
    phone.says("new rma").sees("Which system")
    phone.says(name).taps(serial).taps("Done").taps("Damaged").taps("Skip").sees("Photos")
    phone.sends_album(photo(1), photo(2), photo(3)).sees("3 files")
    world.settled()
    new = [message for message in phone.news if not message.before]  # the question above keeps the answer
    assert len([message for message in new if "Looking at your file" not in message.text]) == 1, phone.reads()


def labels_are_read_as_photos_and_as_files(world: World) -> None:
    """Nothing open: whose it is; one tap starts the RMA, and a HEIC sent as a file adds a device to it."""

    def whole(language: str) -> None:
        phone = world.linked(language)
        name, serial = world.site(language)
        phone.sends_photo(printed(serial, "Code 128")).sees(
            words(language, "Read on the label:"), serial, name
        )
        phone.taps(words(language, "New RMA")).sees(words(language, "What do you see?"))
        heic = printed("122145009992", format="HEIF")
        phone.sends_file("IMG_1.HEIC", heic, "image/heic").sees("[✓ 122145009992]")
        phone.taps(words(language, "Done")).sees(words(language, "What do you see?"))

    at_once(whole, LANGUAGES)


def printed(serial: str, kind: str = "QR", format: str = "JPEG") -> bytes:
    """A label with this serial as the app sends it: 1,280 pixels, pressed."""
    return saved(photographed(label((serial, kind)), Shot(angle=10), (1280, 960)), format)


def whoever_blocked_the_bot_resumes_where_it_stopped(world: World) -> None:
    """Blocked in the middle of a question: nothing is lost, and it is asked again, with the draft."""
    phone = world.linked("en")
    name, serial = world.site("en")
    phone.says("new rma").sees("Which system")
    with world.service.changed:
        phone.says(name)
        phone.blocks()
    world.until(lambda: world.rows(AWAY, f"%:{phone.id}") == [(1,)], "held")
    phone.says_nothing().blocks(False).sees(serial)
    world.until(lambda: world.rows(AWAY, f"%:{phone.id}") == [(0,)], "let go")
    phone.taps(serial).taps("Done").sees("What do you see")


def a_refusal_that_nobody_announced_is_waited_out_too(world: World) -> None:
    """The platform refuses, and says nothing about it before or after: /start is enough."""
    phone = world.linked("en")
    phone.says("new rma").sees("Which system")
    with world.service.changed:
        phone.room.blocked = True
        phone.says("my systems")
    world.until(lambda: world.rows(AWAY, f"%:{phone.id}") == [(1,)], "held")
    with world.service.changed:
        phone.room.blocked = False
    phone.says("/start").hears()
    phone.taps("Go on").sees("Which system")


def a_group_hears_nothing_private(world: World) -> None:
    """Only when it is meant; then it sends the person to the private chat."""
    phone = world.linked("en")
    room = Room({"id": -100_200_300, "type": "supergroup", "title": "Roof team"})
    in_group = Phone(world.service, phone.id, room=room)
    in_group.says("who has the ladder").hears_nothing(0.7)
    in_group.says(f"@{world.service.bot['username']} my systems").hears()
    name = world.firm("en")["systems"][0]["name"]
    assert name not in in_group.reads()
    assert all("url" in button for message in in_group.news for button in message.buttons)


def a_group_is_answered_in_place(world: World) -> None:
    """In answer to the message, in its topic; when the topic is gone, in the general one."""
    phone, name = world.linked("en"), world.service.bot["username"]
    room = Room({"id": -100_200_301, "type": "supergroup", "title": "Roofs", "is_forum": True})
    in_group = Phone(world.service, phone.id, room=room)
    topic = {"message_thread_id": 77, "is_topic_message": True}
    in_group.says(f"@{name} hello", **topic).sees("private chat")
    answer = in_group.news[0].data
    assert answer["message_thread_id"] == 77
    assert answer["reply_to_message"]["text"] == f"@{name} hello"
    with world.service.changed:
        in_group.says(f"@{name} again", **topic)
        room.deleted_topics.add(77)
        said = max(room.messages)
        del room.messages[said]
    in_group.sees("private chat")
    assert "message_thread_id" not in in_group.news[0].data


def a_group_that_becomes_a_supergroup_is_one_conversation(world: World) -> None:
    """What waited is said there, and nothing is kept under its old name."""
    phone, name = world.linked("en"), world.service.bot["username"]
    old = Room({"id": -4343, "type": "group", "title": "Roof team"})
    new = Room({"id": -1004343, "type": "supergroup", "title": "Roof team"})
    before = Phone(world.service, phone.id, room=old)
    before.says(f"@{name} hello").sees("private chat")
    world.service.faults.order("429", "sendMessage", chat=old.id, seconds=8)
    before.says(f"@{name} again")
    world.until(lambda: any(c.code == 429 and c.chat == old.id for c in world.service.calls), "a refusal")
    before.upgrades_to(new)
    Phone(world.service, phone.id, room=new).sees("private chat")
    moved = "SELECT count(*) FROM outbox WHERE sent_at IS NULL AND conversation LIKE ?"
    world.until(lambda: world.rows(moved, "%:-1004343") == [(0,)], "all said")
    known = len(world.service.calls)
    Phone(world.service, phone.id, room=new).says(f"@{name} hello").sees("private chat")
    assert [call.method for call in world.service.calls[known:] if call.chat == old.id] == []


def words_that_look_like_marks_are_shown_as_they_are(world: World) -> None:
    """What people type is never read as HTML."""
    phone = world.linked("en")
    name, serial = world.site("en")
    nasty = '<b>&amp; a < b > "c" </code> 😀'
    phone.says("new rma").sees("Which system")
    phone.says(name).taps(serial).taps("Done").taps("Damaged").hears()
    phone.says(nasty).sees(nasty)


STORIES: tuple[Callable[[World], None], ...] = (
    an_rma_is_filed_and_tracked_in_each_language,
    a_shared_place_finds_the_systems_near_it,
    the_language_is_switched_by_a_word_and_a_tap,
    start_help_and_menu_work_in_every_state,
    the_menu_has_at_most_seven_commands_in_each_language,
    a_press_changes_the_message_in_place,
    an_old_button_is_answered,
    buttons_that_are_not_ours_change_nothing,
    the_same_button_twice_is_one_press,
    every_kind_of_message_is_answered,
    an_edited_message_is_answered,
    a_file_that_is_too_big_is_not_asked_for,
    an_album_is_one_answer,
    labels_are_read_as_photos_and_as_files,
    whoever_blocked_the_bot_resumes_where_it_stopped,
    a_refusal_that_nobody_announced_is_waited_out_too,
    a_group_hears_nothing_private,
    a_group_is_answered_in_place,
    a_group_that_becomes_a_supergroup_is_one_conversation,
    words_that_look_like_marks_are_shown_as_they_are,
)
