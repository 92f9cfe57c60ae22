"""From raw updates to events: whatever comes is stored, understood, answered aside, or set apart."""

from __future__ import annotations

import contextlib
import datetime
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram import receive, updates
from bot.channels.telegram.places import Place, place_of
from bot.channels.telegram.polling import Refused, updates_in
from bot.ports import Aside, Malformed, Moved, RawFile, Received, Unreachable
from flows.engine.data import Started
from flows.engine.events import Content, Event, Pressed, Said, Sent
from flows.engine.phrases import Phrase

NOW = datetime.datetime(2026, 11, 20, 9, 30, tzinfo=datetime.UTC)
ME = receive.Me(99, "solardesk_bot")
ELS = {"id": 42, "is_bot": False, "first_name": "Els", "language_code": "nl-BE"}
CHAT = {"id": 42, "type": "private"}
GROUP = {"id": -1001, "type": "supergroup"}


def taken(update: Any, number: int = 7) -> Received | None:
    """What is stored of an update."""
    return receive.stored(json.dumps({"update_id": number, **update}).encode(), ME, NOW)


def message(**content: Any) -> dict[str, Any]:
    """A message of Els in her own chat."""
    return {"message": {"message_id": 5, "date": 1, "chat": CHAT, "from": ELS, **content}}


def event(update: dict[str, Any]) -> Event:
    """The event in an update."""
    received = taken(update)
    assert received
    return receive.event(received)


def content(**sent: Any) -> Content:
    """What a message says."""
    return event(message(**sent)).content


def told(update: dict[str, Any]) -> tuple[str, ...]:
    """What is said about an update that needs no turn."""
    with pytest.raises(Aside) as aside:
        event(update)
    return tuple(line.msgid for line in aside.value.lines if isinstance(line, Phrase))


def test_words_are_said_by_a_person_in_a_chat() -> None:
    """The key is the same when the update comes again; the language is a guess for the first meeting."""
    found = event(message(text="nieuwe rma"))
    assert (found.id, found.conversation, found.sender) == ("99:7", "telegram:99:42", "telegram:42")
    assert (found.content, found.locale, found.at) == (Said("nieuwe rma"), "nl-BE", NOW)


def test_every_topic_is_a_conversation() -> None:
    """Its answers go back to it."""
    found = event(message(text="x", is_topic_message=True, message_thread_id=3))
    assert found.conversation == "telegram:99:42:3"
    assert place_of(found.conversation) == Place(42, 3)


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("/start", Started("menu")),
        ("/start AB3DE-FG4HJ", Started("link", {"code": "AB3DE-FG4HJ"})),
        ("/start track_00517624", Started("track_rma", {"rma": "00517624"})),
        ("/start nonsense", Started("unknown_link")),
        ("/start -_-", Started("unknown_link")),
        ("/start new", Started("create_rma")),
        ("/start link", Started("link")),
        ("/start add_note_00517624", Started("add_note", {"rma": "00517624"})),
        ("/settings", Started("settings")),
        ("/taal fr", Started("change_language", {"language": "fr"})),
        ("/menu", Started("menu")),
        ("/zoek Peeters", Started("search", {"found": "Peeters"})),
        ("/nouveau@solardesk_bot", Started("create_rma")),
        ("/track 00517624", Started("track_rma", {"rma": "00517624"})),
        ("/cancel", Said("/cancel")),
        ("/", Said("/")),
    ],
)
def test_commands_start_flows(text: str, means: Content) -> None:
    """In every language, with the words after them; what is no command of ours is read like any words."""
    assert content(text=text) == means


@pytest.mark.parametrize(
    ("data", "means"),
    [
        ("3f.2", Pressed("3f", 2)),
        ("3f", Pressed("", 0)),
        ("3f.x", Pressed("", 0)),
        ("3f.²", Pressed("", 0)),
        ("", Pressed("", 0)),
    ],
)
def test_a_press_names_its_button(data: str, means: Content) -> None:
    """A forged one is answered like one that is too old."""
    press = {"id": "1", "from": ELS, "data": data, "message": {"message_id": 5, "date": 0, "chat": CHAT}}
    assert event({"callback_query": press}).content == means


def test_what_is_typed_for_a_list_is_not_kept() -> None:
    """It is answered at once, or never."""
    assert taken({"inline_query": {"id": "1", "from": ELS, "query": "janss", "offset": ""}}) is None


def test_a_system_that_was_picked_is_told_by_its_id() -> None:
    """Only when it was picked with this bot."""
    picked = {"text": "Systeem 700457343\nOpen", "via_bot": {"id": 99, "is_bot": True}}
    assert content(**picked) == Said("system:700457343")
    other = {**picked, "via_bot": {"id": 98, "is_bot": True}}
    assert content(**other) == Said("Systeem 700457343\nOpen")


@pytest.mark.parametrize(("data", "wants"), [("share.phone", "phone"), ("share.place", "place")])
def test_a_press_to_share_something_invites_to_it(data: str, wants: str) -> None:
    """Nothing that is open changes."""
    press = {"id": "1", "from": ELS, "data": data, "message": {"message_id": 5, "date": 0, "chat": CHAT}}
    with pytest.raises(Aside) as aside:
        event({"callback_query": press})
    assert aside.value.wants == wants
    assert aside.value.lines


@pytest.mark.parametrize(
    ("data", "chat", "says"),
    [
        ("3f.2", CHAT, ""),
        ("share.place", CHAT, ""),
        ("forged", CHAT, "no longer works"),
        ("3f.2", GROUP, "private chat"),
        ("3f.2", None, "no longer works"),
    ],
)
def test_the_answer_to_a_press_says_what_nothing_else_will(data: str, chat: Any, says: str) -> None:
    """A press of ours in a private chat is answered there."""
    below = {"message": {"message_id": 5, "date": 0, "chat": chat}} if chat else {}
    update = updates.read(
        json.dumps(
            {"update_id": 1, "callback_query": {"id": "1", "from": ELS, "data": data, **below}}
        ).encode()
    )
    assert update.callback_query
    remark = receive.remark(update.callback_query)
    assert (says in remark.msgid) if remark and says else remark is None


def test_the_largest_size_of_a_photo_is_meant() -> None:
    """Its words come with it."""
    sizes = [{"file_id": "s", "width": 90}, {"file_id": "l", "width": 1280, "file_size": 9}]
    update = message(photo=sizes, caption="label", media_group_id="77")
    received = taken(update)
    assert received
    assert received.files == (RawFile("l", "photo.jpg", "image", 9),)
    assert received.album == "77"
    assert receive.event(received).content == Sent((), "label")


def test_a_file_keeps_its_name() -> None:
    """And a moving picture is a film, whatever else it says."""
    received = taken(message(document={"file_id": "d", "file_name": "label.pdf", "file_size": 3}))
    assert received
    assert received.files == (RawFile("d", "label.pdf", "document", 3),)
    moving = taken(message(animation={"file_id": "a"}, document={"file_id": "a"}))
    assert moving
    assert moving.files[0].kind == "video"


def test_a_place_is_said() -> None:
    """Also the one of a venue; one that is nowhere is set apart."""
    place = {"latitude": 50.98, "longitude": 4.83}
    assert content(location=place) == Said("geo:50.980000,4.830000")
    assert content(location=place, venue={"location": place}) == content(venue={"location": place})
    with pytest.raises(Malformed):
        content(location={"latitude": 91, "longitude": 0})


def test_only_ones_own_contact_card_is_taken() -> None:
    """With the name on it. Of somebody else's the person is told so."""
    assert content(contact={"phone_number": "32470", "user_id": 42}) == Said("+32470")
    named = {"phone_number": "+32470", "first_name": "Els", "last_name": "Wouters", "user_id": 42}
    assert content(contact=named) == Said("Els Wouters +32470")
    for other in ({"user_id": 43}, {}):
        (said,) = told(message(contact={"phone_number": "32470", **other}))
        assert "somebody else" in said


def test_what_cannot_be_read_is_answered_and_notices_are_not() -> None:
    """A poll gets an answer, and what nobody has heard of; that somebody pinned a message does not."""
    for sent in ("poll", "dice", "game", "story", "checklist", "paid_media", "invented_in_2027"):
        assert told(message(**{sent: {"id": "1"}}))
    assert told(message(pinned_message={"message_id": 1})) == ()


def test_a_changed_message_is_not_applied_but_told() -> None:
    """Words or a picture; a live location, which changes all the time, is not worth a word."""
    assert told({"edited_message": message(photo=[{"file_id": "x"}])["message"]})
    assert told({"edited_message": message(text="Peeters")["message"]})
    assert told({"edited_message": message(location={"latitude": 1, "longitude": 1})["message"]}) == ()


@pytest.mark.parametrize(
    "said",
    [
        {"text": "@solardesk_bot status"},
        {"text": "hey @Solardesk_Bot!"},
        {"text": "/zoek Peeters"},
        {"text": "yes", "reply_to_message": {"message_id": 1, "from": {"id": 99, "is_bot": True}}},
    ],
)
def test_in_a_group_the_private_chat_is_named(said: dict[str, Any]) -> None:
    """When the bot is named, replied to or commanded: nothing about a company is shown to others."""
    (text,) = told(message(**said, chat=GROUP))
    assert "private chat" in text


@pytest.mark.parametrize(
    "text", ["lunch?", "@solardesk_bot2 hi", "mail me@solardesk_bot", "/zoek@other_bot x"]
)
def test_talk_between_others_is_not_kept(text: str) -> None:
    """It is none of our business."""
    assert taken(message(text=text, chat=GROUP)) is None


def test_what_others_programs_say_is_ignored() -> None:
    """Two bots never talk to each other."""
    assert told(message(text="hi", **{"from": {**ELS, "is_bot": True}})) == ()


def test_kinds_we_do_not_use_are_kept_and_done() -> None:
    """What Telegram invents next year included."""
    unused: list[dict[str, Any]] = [{"chat_member": {"chat": CHAT}}, {"something_new": {}}, {"poll": {}}]
    for update in unused:
        assert told(update) == ()


def member(status: str, chat: dict[str, Any] = CHAT, **more: Any) -> dict[str, Any]:
    """How the bot stands in a chat from now on."""
    return {"my_chat_member": {"chat": chat, "new_chat_member": {"status": status, **more}}}


@pytest.mark.parametrize(
    ("update", "person"),
    [
        (member("kicked"), "telegram:42"),
        (member("left", GROUP), ""),
        (member("restricted", GROUP, can_send_messages=False), ""),
    ],
)
def test_who_blocks_the_bot_cannot_be_reached(update: dict[str, Any], person: str) -> None:
    """Nor can a group that put it out or made it silent, where nobody in particular is gone."""
    with pytest.raises(Unreachable) as left:
        event(update)
    assert left.value.person == person


@pytest.mark.parametrize("status", ["member", "administrator"])
def test_who_unblocks_it_is_there_again(status: str) -> None:
    """Which is all that this says."""
    assert told(member(status)) == ()
    received = taken(member(status, GROUP))
    assert received
    assert received.conversation == "telegram:99:-1001"


def test_a_group_that_becomes_a_supergroup_moves() -> None:
    """Whoever did it, and though nobody named the bot."""
    with pytest.raises(Moved) as moved:
        event(message(migrate_to_chat_id=-1007, chat={"id": -7, "type": "group"}))
    assert moved.value.to == "telegram:99:-1007"


def test_the_answer_in_a_group_points_at_the_message() -> None:
    """In a private chat there is nobody to tell apart."""
    for chat, to in ((GROUP, "5"), (CHAT, "")):
        with pytest.raises(Aside) as aside:
            event(message(poll={}, chat=chat, text="" if chat is CHAT else "/menu"))
        assert aside.value.reply_to == to


def test_who_sent_something_unreadable_hears_about_it() -> None:
    """It goes to quarantine in the chat it came from."""
    received = taken(message(photo=[{"file_id": 3}]))
    assert received
    assert received.conversation == "telegram:99:42"
    with pytest.raises(Malformed):
        receive.event(received)


def test_half_characters_and_nul_are_left_out() -> None:
    """The rest of the words is understood."""
    assert content(text="a\ud800\0b") == Said("a?b")


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
    max_leaves=10,
)
KEYS = sorted(
    {"update_id", "edited_message", "callback_query", "data", "type", "photo", "file_id", "location"}
    | {"message_id", "message", "chat", "id", "from", "text", "caption", "contact", "venue", "sticker"}
    | {"is_topic_message", "message_thread_id", "reply_to_message", "latitude", "longitude"}
)
likely = st.recursive(
    anything | st.sampled_from([CHAT, GROUP, ELS, message(text="x")]),
    lambda inner: st.dictionaries(st.sampled_from(KEYS), inner, max_size=6) | st.lists(inner, max_size=2),
    max_leaves=20,
)


@given(likely)
def test_nothing_surprises(update: Any) -> None:
    """Any JSON at all is stored under a name, and becomes an event or one of two ways of saying no."""
    received = receive.stored(json.dumps(update).encode(), ME, NOW)
    if received:
        assert received.key.startswith("99:")
        assert received.conversation.startswith("telegram:99:")
        with contextlib.suppress(Malformed, Aside, Moved, Unreachable):
            assert receive.event(received).conversation == received.conversation


@given(st.binary())
def test_bytes_that_are_no_json_are_stored_too(raw: bytes) -> None:
    """They can wait for a person to look at them."""
    received = receive.stored(raw, ME, NOW)
    assert received is not None
    with pytest.raises((Malformed, Aside)):
        receive.event(received)


@given(anything)
def test_an_answer_is_updates_or_a_refusal(answer: Any) -> None:
    """Whatever stands between us and Telegram may answer instead of it."""
    with contextlib.suppress(Refused):
        assert all(isinstance(raw, bytes) for raw in updates_in(answer))
