"""What is stored can be read back, also by older and newer code."""

from __future__ import annotations

import datetime
import json

import pytest

from flows.engine.conversation import Button, Conversation, Screen
from flows.engine.conversation import Press as Does
from flows.engine.data import Started
from flows.engine.events import Content, Pressed, Said
from flows.engine.outputs import Closed, Field, Prompt, Say
from flows.engine.phrases import Copy, Day, Euros, Lines, Listed, Moment, Size, Text, _, n_
from flows.engine.work import Done, Run
from storage.codec import (
    decode_content,
    decode_message,
    decode_reply,
    decode_state,
    encode,
    encode_state,
)

AT = datetime.datetime(2026, 11, 20, 9, 30, tzinfo=datetime.UTC)
BUTTON = Button(0, _("Send"), "answer", Does("start", start=Started("help", {"a": ("b", "c")})))
RUN = Run("1", "create_rma", AT, hints={"system": "12"})
FULL = Conversation(
    "web:1", "nl", (RUN,), (RUN,), (Screen("1", "1", "system", "one", (BUTTON,)),), "1", AT, 7
)


def test_a_conversation_comes_back_the_same() -> None:
    """All of it survives the database."""
    assert decode_state(encode_state(FULL)) == FULL


def test_everything_that_can_be_said_comes_back_the_same() -> None:
    """Phrases keep their gaps, whatever is in them."""
    gaps: dict[str, Text] = {
        "a": Copy("00517624"),
        "b": Day(AT.date()),
        "c": Moment(AT),
        "d": Size(3_100_000),
        "e": Listed((n_("{n} photo", "{n} photos")(n=3), "words")),
        "f": Lines((1, 2)),
        "g": Euros(12050),
    }
    lines = (_("A {a} {b} {c} {d} {e} {f} {g}")(**gaps), "plain", 5)
    for message in (
        Say(lines),
        Prompt("1", lines, (Field("x", "one", lines[0], (BUTTON,)),)),
        Closed("1", lines[0]),
    ):
        assert decode_message(encode(message)) == message
    assert decode_reply(encode(Done(gaps))) == Done(gaps)


@pytest.mark.parametrize("content", [Said("hé \x00 👷🏽"), Pressed("1", 2), Started("help", {"a": "b"})])
def test_what_was_said_comes_back_the_same(content: Content) -> None:
    """Also NUL and emoji, which the database itself would not take."""
    stored = encode(content)
    assert "\x00" not in stored
    assert decode_content(stored) == content


def test_a_state_of_an_older_release_is_read() -> None:
    """What did not exist then has its default."""
    old = (
        '{"v":1,"conversation":{"key":"web:1","runs":[{"id":"1","flow":"help","at":"2026-01-01T00:00:00Z"}]}}'
    )
    conversation = decode_state(old)
    assert (conversation.key, conversation.locale, conversation.runs[0].flow) == ("web:1", "", "help")


def test_a_state_of_a_newer_release_is_read() -> None:
    """What this code does not know is ignored."""
    stored = json.loads(encode_state(FULL))
    stored["conversation"]["mood"] = {"kind": "sunny"}
    stored["conversation"]["runs"][0]["pace"] = 3
    assert decode_state(json.dumps(stored | {"v": 2})) == FULL


def test_what_cannot_be_read_does_not_take_the_rest_with_it() -> None:
    """A screen with a button of an unknown kind is dropped; the draft and the language are kept."""
    stored = json.loads(encode_state(FULL))
    stored["conversation"]["screens"][0]["buttons"][0]["press"]["kind"] = "teleport"
    stored["conversation"]["at"] = "soon"
    kept = decode_state(json.dumps(stored))
    assert (kept.locale, kept.runs, kept.parked, kept.serial) == ("nl", (RUN,), (RUN,), 7)
    assert (kept.screens, kept.at) == ((), None)
