"""What the browser sends becomes an event, whatever is in it."""

from __future__ import annotations

import contextlib
import datetime
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.web import receive
from bot.channels.web.receive import Payload
from bot.ports import Malformed, Received
from flows.engine.data import File, Started
from flows.engine.events import Content, Filled, Pressed, Said, Sent, Spoke
from tests.bot.channels.web.nasty import NASTY

AT = datetime.datetime(2026, 11, 20, 10, 0, tzinfo=datetime.UTC)


def content_of(body: dict[str, Any] | bytes) -> Content:
    """The content of the event for this body."""
    raw = body if isinstance(body, bytes) else json.dumps({"content": body}).encode()
    return receive.event(Received("web", "web:abc:1", "web:abc", raw, AT)).content


@pytest.mark.parametrize(
    ("body", "content"),
    [
        ({"type": "said", "text": "peeters"}, Said("peeters")),
        ({"type": "pressed", "token": "5", "index": 2}, Pressed("5", 2)),
        (
            {"type": "filled", "token": "5", "values": {"a": "x", "b": ["y"]}},
            Filled("5", {"a": "x", "b": ("y",)}),
        ),
        ({"type": "started", "flow": "link", "answers": {"code": "C"}}, Started("link", {"code": "C"})),
        ({"type": "spoke", "locale": "fr"}, Spoke("fr")),
    ],
)
def test_each_deed_becomes_its_event(body: dict[str, Any], content: Content) -> None:
    """Words, presses, forms, links and languages."""
    assert content_of(body) == content


def test_the_event_is_named_and_timed_by_what_was_received() -> None:
    """The inbox key is the id, so that a repeat is the same event."""
    payload = receive.write(Payload(Said("x"), "nl"))
    event = receive.event(Received("web", "web:abc:1", "web:abc", payload, AT))
    assert (event.id, event.conversation, event.sender, event.at, event.locale) == (
        "web:abc:1",
        "web:abc",
        "web:abc",
        AT,
        "nl",
    )


def test_files_arrive_as_announced_and_never_as_judged() -> None:
    """A browser cannot say that a file is fine, nor what codes are in it."""
    file = {
        "type": "file",
        "id": "f1",
        "kind": "image",
        "name": "a.jpg",
        "size": 5,
        "problem": "kind",
        "codes": ["1"],
    }
    assert content_of({"type": "sent", "text": "", "files": [file]}) == Sent(
        (File("f1", "image", "a.jpg", 5),)
    )


@pytest.mark.parametrize(
    ("name", "shown"),
    [("../../etc/passwd", "....etcpasswd"), ("a\x00b\n.jpg", "ab.jpg"), ("", "file"), ("x" * 500, "x" * 120)],
)
def test_a_file_name_is_only_a_name(name: str, shown: str) -> None:
    """No folders, no control characters, not endless."""
    file = {"type": "file", "id": "f1", "kind": "image", "name": name, "size": 5}
    content = content_of({"type": "sent", "files": [file]})
    assert isinstance(content, Sent)
    assert content.files[0].name == shown


def test_a_browser_cannot_hand_over_stored_files() -> None:
    """A start from the page carries no files: they could be somebody else's."""
    file = {"type": "file", "id": "other", "kind": "image", "name": "a", "size": 1}
    assert content_of({"type": "started", "flow": "create_rma", "files": [file]}) == Started("create_rma")


@pytest.mark.parametrize("text", NASTY)
def test_nasty_text_arrives_as_it_was_typed(text: str) -> None:
    """Nothing is interpreted, nothing is lost."""
    assert content_of({"type": "said", "text": text}) == Said(text)


def test_nul_is_dropped_and_half_characters_are_replaced() -> None:
    """PostgreSQL stores no NUL, and nothing stores half a surrogate pair."""
    assert content_of(rb'{"content":{"type":"said","text":"a\u0000b\ud800c\ud83d\ude00"}}') == Said("ab?c😀")
    assert content_of(b'{"content":{"type":"said","text":"\xff\xfeok"}}') == Said("\ufffd\ufffdok")


def test_a_hundred_thousand_characters_are_taken() -> None:
    """Long text is the flow's business, not the page's."""
    assert content_of({"type": "said", "text": "é" * 100_000}) == Said("é" * 100_000)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b"not json",
        b"{",
        b"[" * 100_000,
        b'{"content":{"type":"returned","key":"k","reply":{"type":"done"}}}',
        b'{"content":{"type":"elapsed","timer":"t"}}',
        b'{"content":{"type":"said"}}',
        b'{"content":{"type":"said","text":5}}',
        b'{"content":{"type":"pressed","token":"1","index":"x"}}',
        b'{"content":{"type":"spoke","locale":"xx"}}',
        b'{"content":{"type":"sent","files":[]}}',
        b'{"content":{"type":"said","text":"x","n":' + b"9" * 5000 + b"}}",
    ],
)
def test_nonsense_is_malformed(body: bytes) -> None:
    """It is put aside, and nothing else comes of it; replies of the desk cannot be forged."""
    with pytest.raises(Malformed):
        content_of(body)


@given(st.binary(max_size=300))
def test_any_bytes_are_an_event_or_malformed(body: bytes) -> None:
    """Nothing else is ever raised."""
    with contextlib.suppress(Malformed):
        receive.read(body)


@given(st.text(), st.sampled_from(["nl", "fr", "en", "", "xx"]))
def test_what_is_stored_reads_back(text: str, locale: str) -> None:
    """Reading what was written gives the same, apart from NUL and unknown languages."""
    payload = receive.read(receive.write(Payload(Said(text.replace("\0", "")), locale)))
    assert payload == Payload(Said(text.replace("\0", "")), locale if locale != "xx" else "")
