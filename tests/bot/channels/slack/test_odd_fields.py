"""Every field of every payload, one at a time: missing, empty, of another type, too large, too deep."""

from __future__ import annotations

import contextlib
import datetime
import json
from typing import Any

import pytest

from bot.channels.slack import forms, http, payloads, receive
from bot.channels.slack.payloads import Payload
from bot.channels.slack.places import place_of
from bot.ports import Aside, Malformed
from bot.storable import storable
from storage.codec import encode
from tests.bot.channels.odd import spoilt

NOW = datetime.datetime(2026, 11, 20, 9, 30, tzinfo=datetime.UTC)
EVENT = {
    "token": "t",
    "team_id": "T1",
    "api_app_id": "A1",
    "type": "event_callback",
    "event_id": "Ev1",
    "event_time": 1,
    "authorizations": [{"enterprise_id": "E1", "team_id": "T1", "user_id": "UBOT", "is_bot": True}],
}
SAID = {
    "type": "message",
    "channel": "D1",
    "channel_type": "im",
    "user": "U1",
    "text": "nieuwe rma <https://a.example|a>",
    "ts": "17.000001",
    "thread_ts": "16.000001",
    "blocks": [{"type": "rich_text", "elements": []}],
}
FILE = {
    "id": "F1",
    "name": "roof.jpg",
    "mimetype": "image/jpeg",
    "size": 9,
    "mode": "hosted",
    "url_private": "https://files.slack.com/f",
    "url_private_download": "https://files.slack.com/f?d",
}
ACTED = {
    "user": {"id": "U1", "username": "els", "team_id": "T1"},
    "team": {"id": "T1", "domain": "paper", "enterprise_id": "E1"},
    "enterprise": {"id": "E1", "name": "paper"},
    "api_app_id": "A1",
    "trigger_id": "1.2.x",
}
PRESS = {"type": "button", "action_id": "press.1", "block_id": "b", "action_ts": "9.9", "value": "a.1"}
CHOICE = {
    **PRESS,
    "type": "static_select",
    "selected_option": {"text": {"type": "plain_text"}, "value": "a.1"},
}
VIEW = {
    "id": "V1",
    "type": "modal",
    "callback_id": "form",
    "external_id": "f1",
    "private_metadata": "a.1",
    "hash": "1.x",
    "blocks": [{"type": "input", "block_id": "fault"}],
}
STATE = {
    "values": {
        "fault~ab": {"chosen": {"type": "static_select", "selected_option": {"value": "1"}}},
        "devices~ab": {"chosen": {"type": "multi_static_select", "selected_options": [{"value": "1"}]}},
        "description": {"words": {"type": "plain_text_input", "value": "silent"}},
        "photos": {"files": {"type": "file_input", "files": [FILE]}},
    }
}
COMMAND = {
    "team_id": "T1",
    "enterprise_id": "E1",
    "channel_id": "C1",
    "user_id": "U1",
    "command": "/solardesk",
    "text": "track 517624",
    "response_url": "https://hooks.slack.com/c",
    "trigger_id": "1.2.x",
}
CHANGED = {"message": {**SAID, "edited": {"user": "U1", "ts": "18.1"}}, "previous_message": SAID}
WHERE = {"type": "message", "message_ts": "17.1", "channel_id": "D1", "is_ephemeral": False}
PAYLOADS: dict[str, dict[str, Any]] = {
    "words": {**EVENT, "event": SAID},
    "mention": {**EVENT, "event": {**SAID, "type": "app_mention", "channel": "C1"}},
    "files": {**EVENT, "event": {**SAID, "subtype": "file_share", "files": [FILE, FILE]}},
    "edit": {**EVENT, "event": {**SAID, "subtype": "message_changed", **CHANGED}},
    "home": {**EVENT, "event": {"type": "app_home_opened", "user": "U1", "channel": "D1", "tab": "home"}},
    "removed": {**EVENT, "event": {"type": "app_uninstalled"}},
    "revoked": {**EVENT, "event": {"type": "tokens_revoked", "tokens": {"oauth": ["U1"], "bot": ["UBOT"]}}},
    "press": {"type": "block_actions", **ACTED, "container": WHERE, "actions": [PRESS]},
    "choice": {"type": "block_actions", **ACTED, "container": WHERE, "actions": [CHOICE]},
    "press in a form": {
        "type": "block_actions",
        **ACTED,
        "view": {**VIEW, "state": STATE},
        "actions": [PRESS],
    },
    "shortcut": {"type": "shortcut", **ACTED, "callback_id": "new_rma", "action_ts": "9.9"},
    "message shortcut": {
        "type": "message_action",
        **ACTED,
        "callback_id": "request",
        "channel": {"id": "C1", "name": "roofs"},
        "message": {**SAID, "files": [FILE]},
    },
    "form": {"type": "view_submission", **ACTED, "view": {**VIEW, "private_metadata": "a", "state": STATE}},
    "form pressed": {"type": "view_submission", **ACTED, "view": {**VIEW, "state": {"values": {}}}},
    "form closed": {"type": "view_closed", **ACTED, "is_cleared": False, "view": VIEW},
    "command": COMMAND,
    "suggestion": {
        "type": "block_suggestion",
        **ACTED,
        "block_id": "system~found.a",
        "value": "jan",
        "view": VIEW,
    },
}


@pytest.mark.parametrize("kind", PAYLOADS)
def test_a_payload_with_any_odd_field_is_stored_and_answered_or_set_apart(kind: str) -> None:
    """As it comes over the wire; what comes of it fits the database."""
    for spoiled in spoilt(PAYLOADS[kind]):
        with contextlib.suppress(Malformed):
            data = payloads.cleaned(http.payload_in(json.dumps(spoiled).encode(), "application/json"))
            at_the_edge(data)
            received = receive.stored(data, NOW)
            if received:
                assert received.key
                assert received.conversation.startswith("slack:")
                encode(received.files)
                received.payload.decode()
                with contextlib.suppress(Malformed, Aside):
                    event = receive.event(received)
                    assert event.conversation == received.conversation
                    encode(storable(event.content)).encode()


def at_the_edge(data: dict[str, Any]) -> None:
    """What is decided before anything is stored. Raises Malformed at most."""
    receive.left(data)
    receive.opened_home(data)
    try:
        payload = payloads.parsed(data)
    except Malformed:
        payload = Payload()
    receive.opens(payload)
    forms.question_of(payload)
    if received := receive.stored(data, NOW):
        place_of(received.conversation)


@pytest.mark.parametrize("kind", PAYLOADS)
def test_the_same_payload_has_the_same_key_whatever_is_new_in_it(kind: str) -> None:
    """A field that Slack adds later makes no second input of it."""
    one = receive.stored(payloads.cleaned(PAYLOADS[kind]), NOW)
    other = receive.stored(payloads.cleaned({**PAYLOADS[kind], "new_in_2027": {"x": [1]}}), NOW)
    assert (one and one.key) == (other and other.key)
