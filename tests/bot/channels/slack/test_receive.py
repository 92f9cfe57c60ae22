"""From payloads to events: whatever comes is stored, understood, answered aside, or set apart."""

from __future__ import annotations

import contextlib
import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.slack import payloads, receive
from bot.channels.slack.places import Place, place_of
from bot.ports import Aside, Malformed, Received
from flows.engine.data import Started
from flows.engine.events import Content, Event, Pressed, Said, Sent
from flows.engine.parsers import text

NOW = datetime.datetime(2026, 11, 20, 9, 30, tzinfo=datetime.UTC)


def taken(data: dict[str, Any]) -> Received | None:
    """What is stored of a payload."""
    return receive.stored(payloads.cleaned(data), NOW)


def event(data: dict[str, Any]) -> Event:
    """The event in a payload."""
    received = taken(data)
    assert received
    return receive.event(received)


def happened(id: str = "Ev1", **inner: Any) -> dict[str, Any]:
    """An event in a workspace."""
    return {
        "type": "event_callback",
        "token": "verification",
        "team_id": "T1",
        "enterprise_id": None,
        "event_id": id,
        "event": inner,
    }


def message(text: str = "", **more: Any) -> dict[str, Any]:
    """A direct message of Els."""
    said = {"type": "message", "channel_type": "im", "channel": "D1", "user": "U1", "ts": "1.2", "text": text}
    return happened(**{**said, **more})


def press(**action: Any) -> dict[str, Any]:
    """Els presses something in her direct messages."""
    return {
        "type": "block_actions",
        "team": {"id": "T1", "enterprise_id": None},
        "user": {"id": "U1"},
        "container": {"type": "message", "message_ts": "1.5", "channel_id": "D1"},
        "actions": [{"type": "button", "action_id": "press.3", "action_ts": "9.9", **action}],
    }


def command(text: str) -> dict[str, Any]:
    """Els types a command in a channel."""
    return {
        "command": "/solardesk",
        "text": text,
        "user_id": "U1",
        "team_id": "T1",
        "channel_id": "C1",
        "trigger_id": "7.8.9",
    }


def test_words_are_said_by_a_person_in_their_direct_messages() -> None:
    """The key is the same when the event comes again."""
    found = event(message("nieuwe rma"))
    assert (found.id, found.conversation, found.sender) == ("E:Ev1", "slack:-:T1:U1", "slack:-:T1:U1")
    assert found.content == Said("nieuwe rma")


def test_whoever_acts_does_so_in_one_conversation() -> None:
    """A message, a press, a command and a mention in a channel are one talk with one person."""
    mention = happened(type="app_mention", channel="C1", user="U1", text="<@UBOT> help", ts="3.4")
    places = {event(data).conversation for data in (message("hi"), press(value="1.0"), command(""), mention)}
    assert places == {"slack:-:T1:U1"}
    assert place_of(places.pop()) == Place("", "T1", "U1")


def test_what_is_done_in_a_thread_is_answered_there() -> None:
    """Only in the direct messages: what is said in a channel is answered elsewhere (UX 30)."""
    assert event(message("hi")).reply_to == ""
    assert event(message("hi", thread_ts="1.1")).reply_to == "1.1"
    assert event(message("hi", thread_ts="1.2")).reply_to == ""
    where = {"type": "message", "message_ts": "1.5", "channel_id": "D1", "thread_ts": "1.1"}
    assert event({**press(value="1.0"), "container": where}).reply_to == "1.1"
    said = {"type": "app_mention", "channel": "C1", "user": "U1", "ts": "3.4", "thread_ts": "3.1"}
    assert event(happened(**said, text="<@UBOT> help")).reply_to == ""


def test_an_organisation_is_part_of_the_name() -> None:
    """Wherever a payload says it, so that no two workspaces are ever mixed up."""
    found = {
        event({**message("hi"), "enterprise_id": "E1"}).conversation,
        event({**press(value="1.0"), "enterprise": {"id": "E1"}}).conversation,
        event({**press(value="1.0"), "team": {"id": "T1", "enterprise_id": "E1"}}).conversation,
        event({**command("help"), "enterprise_id": "E1"}).conversation,
    }
    assert found == {"slack:E1:T1:U1"}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("R&amp;D &lt;b&gt;", "R&D <b>"),
        ("mail <mailto:an@zon.be|an@zon.be>", "mail an@zon.be"),
        ("bel <tel:+32470112233|+32 470 11 22 33>", "bel +32 470 11 22 33"),
        ("zie <https://zon.be/a?b=1&amp;c=2>", "zie https://zon.be/a?b=1&c=2"),
        ("zie <http://zon.be|zon.be>", "zie http://zon.be"),
        ("zie <https://zon.be|onze site>", "zie onze site https://zon.be"),
        ("vraag <@U7|jan> in <#C1|team>", "vraag jan in team"),
    ],
)
def test_words_arrive_as_they_were_typed(typed: str, meant: str) -> None:
    """Slack marks up what it recognises and escapes three signs."""
    assert event(message(typed)).content == Said(meant)


def test_a_mention_says_what_stands_after_the_name() -> None:
    """Only the name shows the menu."""
    said = {"type": "app_mention", "channel": "C1", "user": "U1", "ts": "3.4"}
    assert event(happened(**said, text="<@UBOT> rma 517624")).content == Said("rma 517624")
    assert event(happened(**said, text="<@UBOT>: hallo <@U7|jan>")).content == Said("hallo jan")
    assert event(happened(**said, text="<@UBOT> ")).content == Started("menu")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("rma 517624 <@UBOT>", "rma 517624"),
        ("hallo <@UBOT|solardesk>, rma 517624", "hallo rma 517624"),
        ("<@U7|jan> <@UBOT> rma 517624", "jan rma 517624"),
        ("<@UOLD> rma 517624", "rma 517624"),
    ],
)
def test_our_name_is_no_word_wherever_it_stands(text: str, meant: str) -> None:
    """Slack says with an event who we are; a name of before is known by standing in front."""
    said = {"type": "app_mention", "channel": "C1", "user": "U1", "ts": "3.4", "text": text}
    data = {**happened(**said), "authorizations": [{"team_id": "T1", "user_id": "UBOT", "is_bot": True}]}
    assert event(data).content == Said(meant)


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("", Started("menu")),
        ("nieuw", Started("create_rma")),
        ("Suivre 00517624", Started("track_rma", {"rma": "00517624"})),
        ("rma 517624", Said("rma 517624")),
    ],
)
def test_a_command_has_words_in_three_languages(text: str, content: Content) -> None:
    """Other words after it are read like any message."""
    assert event(command(text)).content == content


def test_a_press_is_the_button_of_a_prompt() -> None:
    """One that is not ours is answered like one that is too old."""
    assert event(press(value="1f.3")).content == Pressed("1f", 3)
    chosen = press(type="static_select", selected_option={"value": "1f.12"})
    assert event(chosen).content == Pressed("1f", 12)
    for value in ("", "1f", ".3", "1f.x", "1f.99999", "1f.³"):
        assert event(press(value=value)).content == Pressed("", 0)


def test_the_same_press_has_the_same_key_and_another_one_another() -> None:
    """Slack gives them no number of their own."""
    first, again, other = taken(press(value="1.0")), taken(press(value="1.0")), press(value="1.0")
    other["actions"][0]["action_ts"] = "10.0"
    another = taken(other)
    assert first
    assert again
    assert another
    assert first.key == again.key == "A:U1:1.5:9.9:press.3"
    assert another.key != first.key


def test_a_command_is_known_by_its_trigger() -> None:
    """It has no other name."""
    found = taken(command("help"))
    assert found
    assert found.key == "T:7.8.9"


def test_files_are_announced_with_where_they_are() -> None:
    """The words with them are kept; one that was deleted meanwhile is not fetched."""
    file = {"id": "F1", "name": "label.jpg", "mimetype": "image/jpeg", "size": 9, "mode": "hosted"}
    file["url_private_download"] = "https://files.slack.com/files-pri/T1-F1/download/label.jpg"
    gone = {"id": "F2", "mode": "tombstone"}
    data = message("kijk", subtype="file_share", files=[file, gone])
    received = taken(data)
    assert received
    [raw] = received.files
    assert (raw.name, raw.kind, raw.size) == ("label.jpg", "image", 9)
    assert raw.ref == f"|T1|{file['url_private_download']}"
    assert receive.event(received).content == Sent((), "kijk")


def test_a_press_in_a_form_says_what_is_chosen_beside_it() -> None:
    """Where several may be; a message has its own lists, whose choices are presses."""
    several = {"type": "multi_static_select", "selected_options": [{"value": "0"}, {"value": "2"}]}
    words = {"type": "plain_text_input", "value": "122"}
    values = {"devices~ab12": {"chosen": several}, "devices~words.2": {"words": words}}
    view = {"id": "V1", "type": "modal", "external_id": "f1", "state": {"values": values}}
    assert event({**press(value="2.5"), "view": view}).content == Pressed("2", 5, {"devices": (0, 2)})
    several["selected_options"] = []
    assert event({**press(value="2.5"), "view": view}).content == Pressed("2", 5, {"devices": ()})
    assert event({**press(value="2.5"), "state": {"values": values}}).content == Pressed("2", 5)


def test_a_request_is_made_of_a_message() -> None:
    """Its words, its files, and where it stands (UX 22)."""
    file = {
        "id": "F1",
        "name": "label.jpg",
        "mimetype": "image/jpeg",
        "url_private": "https://files.slack.com/x",
    }
    data = {
        "type": "message_action",
        "callback_id": "request",
        "team": {"id": "T1", "domain": "zon"},
        "user": {"id": "U1"},
        "channel": {"id": "C1"},
        "trigger_id": "7.8.9",
        "message": {
            "type": "message",
            "user": "U7",
            "text": "R&amp;D: micro dood",
            "ts": "12.34",
            "files": [file],
        },
    }
    received = taken(data)
    assert received
    assert [raw.name for raw in received.files] == ["label.jpg"]
    about = "R&D: micro dood\nhttps://zon.slack.com/archives/C1/p1234"
    assert receive.event(received).content == Started("create_rma", {"description": about})
    assert receive.event(received).sender == "slack:-:T1:U1"


def test_of_a_long_message_a_request_takes_as_much_as_fits() -> None:
    """And its link, where the rest is; too long a description would not be taken at all."""
    message = {"user": "U7", "text": "micro dood 😀 " * 400, "ts": "12.34"}
    data = {
        "type": "message_action",
        "team": {"id": "T1", "domain": "zon"},
        "user": {"id": "U1"},
        "channel": {"id": "C1"},
        "trigger_id": "7.8.9",
        "message": message,
    }
    received = taken(data)
    assert received
    content = receive.event(received).content
    assert isinstance(content, Started)
    description = str(content.answers["description"])
    assert description.startswith("micro dood 😀 micro dood")
    assert description.endswith("…\nhttps://zon.slack.com/archives/C1/p1234")
    assert text(at_most=2000).parse(description)[0] == description


@pytest.mark.parametrize(
    "data",
    [
        message("hello", bot_id="B1"),
        message("hello", subtype="bot_message"),
        message("hello", channel_type="channel"),
        message("", subtype="message_deleted"),
        message(
            subtype="message_changed", message={"text": "our own", "bot_id": "B1", "edited": {"user": "U"}}
        ),
        message(subtype="message_changed", message={"text": "with a preview", "user": "U1"}),
        happened(type="channel_created", channel={"id": "C1", "name": "new"}),
        happened(type="user_change", user={"id": "U1"}),
        {"type": "url_verification", "challenge": "x"},
    ],
)
def test_what_is_not_meant_for_the_bot_is_not_kept(data: dict[str, Any]) -> None:
    """It is confirmed, and that is all."""
    assert taken(data) is None


def test_a_changed_message_is_not_read_again() -> None:
    """Its writer is told so."""
    changed = message(subtype="message_changed", user=None, text="")
    changed["event"]["message"] = {"text": "other words", "user": "U1", "edited": {"user": "U1"}}
    with pytest.raises(Aside) as aside:
        event(changed)
    assert aside.value.lines


def test_no_secret_is_kept() -> None:
    """Slack sends a token along with everything."""
    received = taken(message("hi"))
    assert received
    assert b"verification" not in received.payload


def test_what_cannot_be_read_is_set_apart() -> None:
    """It is stored, and quarantined when its turn comes."""
    received = taken(message("hi", files="none"))
    assert received
    assert received.conversation == "slack:-:-:unknown"
    assert place_of(received.conversation) is None
    with pytest.raises(Malformed):
        receive.event(received)


def left(data: dict[str, Any]) -> Place | None:
    """The workspace that a payload says farewell from."""
    return receive.left(payloads.cleaned(data))


def test_who_removes_the_app_is_spoken_to_no_more() -> None:
    """Also who only takes the token of the bot back; a token of a person says nothing."""
    assert left(happened(type="app_uninstalled")) == Place("", "T1", "")
    assert left(happened(type="tokens_revoked", tokens={"bot": ["UB"], "oauth": []})) is not None
    assert left(happened(type="tokens_revoked", tokens={"bot": [], "oauth": ["U1"]})) is None
    assert left(message("app_uninstalled")) is None
    assert taken(happened(type="app_uninstalled")) is None


ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@given(st.data())
def test_any_value_anywhere_surprises_nobody(data: st.DataObject) -> None:
    """A payload with any of its parts replaced by anything is ignored, understood, or set apart."""
    payload = data.draw(st.sampled_from([message("hi"), press(value="1.0"), command("help")]))
    place: Any = payload
    while True:
        name = data.draw(st.sampled_from(sorted(place)))
        if isinstance(place[name], dict) and data.draw(st.booleans()):
            place = place[name]
            continue
        place[name] = data.draw(ANY)
        break
    with contextlib.suppress(Malformed, Aside):
        left(payload)
        event_or_none = taken(payload)
        if event_or_none:
            receive.event(event_or_none)
