"""Only Slack gets in, and only once with the same request."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import time
from contextlib import AsyncExitStack
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest
from starlette.applications import Starlette

from bot.channels.slack import http
from bot.channels.slack.manifest import PATH
from bot.ports import Malformed

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
BODY = json.dumps({"type": "event_callback", "event_id": "Ev1"}).encode()
JSON = "application/json"


def signed(body: bytes, at: float | None = None, secret: str = SECRET) -> dict[str, str]:
    """The headers with which Slack sends this body."""
    timestamp = str(int(time.time() if at is None else at))
    digest = hmac.new(secret.encode(), f"v0:{timestamp}:".encode() + body, hashlib.sha256).hexdigest()
    return {
        "X-Slack-Request-Timestamp": timestamp,
        "X-Slack-Signature": f"v0={digest}",
        "Content-Type": JSON,
    }


class Desk:
    """A web server with the door, and what was let in."""

    def __init__(self) -> None:
        self.taken: list[dict[str, Any]] = []
        self.answer: dict[str, Any] | None = None
        self.fault: Exception | None = None
        app = Starlette(routes=[http.route(SECRET, self.take)])
        self._transport = httpx.ASGITransport(app, raise_app_exceptions=False)

    async def take(self, data: dict[str, Any], _after: AsyncExitStack) -> dict[str, Any] | None:
        if self.fault:
            raise self.fault
        self.taken.append(data)
        return self.answer

    async def post(self, body: bytes, headers: dict[str, str]) -> httpx.Response:
        async with httpx.AsyncClient(transport=self._transport, base_url="http://desk") as client:
            return await client.post(PATH, content=body, headers=headers)


def play(desk: Desk, *requests: tuple[bytes, dict[str, str]]) -> list[httpx.Response]:
    """The answers to these requests, one after the other."""

    async def run() -> list[httpx.Response]:
        return [await desk.post(body, headers) for body, headers in requests]

    return asyncio.run(run())


def test_what_slack_signed_is_taken_in() -> None:
    """The answer may say something."""
    desk = Desk()
    desk.answer = {"response_action": "clear"}
    [answer] = play(desk, (BODY, signed(BODY)))
    assert (answer.status_code, answer.json()) == (200, {"response_action": "clear"})
    assert desk.taken == [{"type": "event_callback", "event_id": "Ev1"}]


def test_forms_hold_commands_and_interactions() -> None:
    """Slack posts those as a browser would."""
    desk = Desk()
    command = urlencode({"command": "/solardesk", "text": "rma é", "user_id": "U1"}).encode()
    press = urlencode({"payload": json.dumps({"type": "block_actions"})}).encode()
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    answers = play(desk, *((body, {**signed(body), **form}) for body in (command, press)))
    assert [answer.status_code for answer in answers] == [200, 200]
    assert desk.taken == [
        {"command": "/solardesk", "text": "rma é", "user_id": "U1"},
        {"type": "block_actions"},
    ]


GOOD = signed(BODY)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-Slack-Signature": GOOD["X-Slack-Signature"]},
        {"X-Slack-Request-Timestamp": GOOD["X-Slack-Request-Timestamp"]},
        {**GOOD, "X-Slack-Request-Timestamp": "now"},
        {**GOOD, "X-Slack-Request-Timestamp": "9" * 40},
        {**GOOD, "X-Slack-Request-Timestamp": "-1"},
        {**GOOD, "X-Slack-Signature": "v0=" + "0" * 64},
        {**GOOD, "X-Slack-Signature": "v1" + GOOD["X-Slack-Signature"][2:]},
        {**GOOD, "X-Slack-Signature": ""},
        {**GOOD, "X-Slack-Signature": GOOD["X-Slack-Signature"] + "x"},
        signed(BODY, secret="other"),
        signed(b"another body"),
    ],
)
def test_what_slack_did_not_sign_stays_outside(headers: dict[str, str]) -> None:
    """Whatever is wrong with it: 401, and nothing is looked at."""
    desk = Desk()
    [answer] = play(desk, (BODY, headers))
    assert (answer.status_code, answer.content) == (401, b"")
    assert desk.taken == []


@pytest.mark.parametrize("seconds", [-400, 400])
def test_what_was_signed_at_another_time_stays_outside(seconds: float) -> None:
    """Five minutes are the most, in either direction."""
    desk = Desk()
    [answer] = play(desk, (BODY, signed(BODY, time.time() + seconds)))
    assert (answer.status_code, answer.content) == (401, b"")
    assert desk.taken == []


def test_half_characters_stay_outside() -> None:
    """Also when somebody who knows the secret sends them."""
    desk = Desk()
    [answer] = play(desk, (b"\xff\xfe", signed(b"\xff\xfe")))
    assert answer.status_code == 401


def test_the_same_request_does_not_get_in_twice() -> None:
    """Slack signs anew when it tries again."""
    desk = Desk()
    headers, later = signed(BODY), signed(BODY, time.time() - 1)
    answers = play(desk, (BODY, headers), (BODY, headers), (BODY, later))
    assert [answer.status_code for answer in answers] == [200, 401, 200]


def test_what_could_not_be_stored_may_come_again() -> None:
    """Nobody is told that it arrived."""
    desk = Desk()
    headers = signed(BODY)
    desk.fault = OSError("the disk is full")
    [first] = play(desk, (BODY, headers))
    desk.fault = None
    [again] = play(desk, (BODY, headers))
    assert (first.status_code, again.status_code) == (500, 200)


def test_the_address_is_confirmed() -> None:
    """When it is entered in Slack."""
    desk = Desk()
    body = json.dumps({"type": "url_verification", "challenge": "abc"}).encode()
    [answer] = play(desk, (body, signed(body)))
    assert answer.json() == {"challenge": "abc"}
    assert desk.taken == []


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"[" * 10_000, b"null"])
def test_nonsense_is_refused(body: bytes) -> None:
    """Without a traceback."""
    [answer] = play(Desk(), (body, signed(body)))
    assert answer.status_code == 400


def test_what_cannot_be_kept_is_refused() -> None:
    """The edge says so."""
    desk = Desk()
    desk.fault = Malformed("no object")
    [answer] = play(desk, (BODY, signed(BODY)))
    assert answer.status_code == 400


def test_a_body_larger_than_any_of_slack_is_refused() -> None:
    """Before it is read to its end."""
    body = b"x" * (http.LARGEST + 1)
    [answer] = play(Desk(), (body, signed(body)))
    assert answer.status_code == 413
