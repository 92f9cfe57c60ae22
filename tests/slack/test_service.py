"""The Slack of the tests refuses what Slack refuses, and says so."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
import pytest

from tests.bot.channels.slack.workspace import APP, BOT
from tests.slack.service import Slack

TEXT = {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": []}]}
QUIET = {"unfurl_links": False, "unfurl_media": False}


def plain(text: str) -> dict[str, Any]:
    """Words without marks."""
    return {"type": "plain_text", "text": text, "emoji": False}


def rich(text: str) -> dict[str, Any]:
    """Words as a block."""
    inside = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    return {"type": "rich_text", "elements": [inside]}


def message(text: str = "Hello", **more: Any) -> dict[str, Any]:
    """A message that is as it should be, until something in it is changed."""
    return {"channel": "U1", "text": text, "blocks": [rich(text)], **QUIET, **more}


def modal(**more: Any) -> dict[str, Any]:
    """A modal that is as it should be, until something in it is changed."""
    shown = {"type": "modal", "callback_id": "form", "external_id": "f1", "title": plain("RMA")}
    return {**shown, "close": plain("Close"), "notify_on_close": True, "blocks": [rich("Hi")], **more}


def button(**more: Any) -> dict[str, Any]:
    """An action block with one button."""
    pressed = {"type": "button", "action_id": "press.0", "text": plain("Yes"), "value": "t.0", **more}
    return {"type": "actions", "elements": [pressed]}


async def asked(slack: Slack, method: str, token: str = BOT, **values: Any) -> dict[str, Any]:
    """The answer to a call in JSON."""
    headers = {"Authorization": f"Bearer {token}"}
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{slack.api}{method}", json=values, headers=headers) as answer,
    ):
        found: dict[str, Any] = await answer.json()
        return found


def play(story: Callable[[Slack], Awaitable[None]]) -> None:
    """With a Slack of its own."""

    async def all_of_it() -> None:
        async with Slack() as slack:
            await story(slack)

    asyncio.run(all_of_it())


def test_what_is_right_is_done() -> None:
    """A message, a change of it, a modal, another page of it."""

    async def story(slack: Slack) -> None:
        sent = await asked(slack, "chat.postMessage", **message())
        assert (sent["ok"], sent["channel"]) == (True, "D1")
        changed = {"channel": sent["channel"], "ts": sent["ts"], "text": "Bye", "blocks": [rich("Bye")]}
        assert (await asked(slack, "chat.update", **changed))["ok"]
        opened = await asked(slack, "views.open", trigger_id=slack.trigger("U1"), view=modal())
        assert opened["view"]["id"].startswith("V")
        assert (await asked(slack, "views.update", external_id="f1", view=modal()))["ok"]
        assert slack.violations == []

    play(story)


@pytest.mark.parametrize(
    ("method", "values"),
    [
        ("chat.delete", {"channel": "D1", "ts": "1.000001"}),
        ("chat.postMessage", message(as_user=True)),
        ("chat.postMessage", {name: value for name, value in message().items() if name != "text"}),
        ("chat.postMessage", message(unfurl_links=True)),
        ("chat.postMessage", message("Hello <!channel>")),
        ("chat.postMessage", message("<https://evil.example|your bank>")),
        ("chat.postMessage", message(blocks=[rich("Something else")])),
        ("chat.postMessage", message(blocks=[rich("Hello"), {"type": "video"}])),
        ("chat.postMessage", message(blocks=[rich("Hello"), button(), button()])),
        ("chat.postMessage", message(blocks=[rich("Hello"), button(text=plain("x" * 76))])),
        ("chat.postMessage", message(blocks=[rich("Hello"), button(value="x" * 2001)])),
        ("chat.postMessage", message(blocks=[rich("Hello")] * 51)),
        ("chat.postMessage", message(blocks=[TEXT])),
        ("chat.postMessage", message(channel="C404")),
        ("chat.update", {"channel": "U1", "ts": "1.000001", "text": "x", "blocks": [rich("x")]}),
        ("users.info", {"user": "U1"}),
        ("views.open", {"trigger_id": "made up", "view": modal()}),
        ("views.publish", {"user_id": "U1", "view": {"type": "home", "blocks": [TEXT]}}),
    ],
)
def test_what_is_wrong_is_refused_and_kept_as_our_fault(method: str, values: dict[str, Any]) -> None:
    """Unknown methods and fields, missing ones, pings, links in disguise, limits, other people's names."""

    async def story(slack: Slack) -> None:
        assert (await asked(slack, method, **values))["ok"] is False
        assert len(slack.violations) == 1

    play(story)


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": plain("x" * 25)},
        {"submit": plain("x" * 25)},
        {"private_metadata": "Els Peeters, Aarschot"},
        {"blocks": []},
        {"blocks": [rich("x")] * 101},
        {"blocks": [{"type": "input", "block_id": "a", "label": plain("?")}]},
        {
            "blocks": [
                {"type": "input", "block_id": "a", "label": plain("?"), "element": {"type": "checkboxes"}}
            ]
        },
        {"colour": "red"},
    ],
)
def test_a_modal_that_does_not_fit_is_refused(wrong: dict[str, Any]) -> None:
    """Its title, its buttons, what is hidden in it, its blocks, its fields."""

    async def story(slack: Slack) -> None:
        opened = await asked(slack, "views.open", trigger_id=slack.trigger("U1"), view=modal(**wrong))
        assert opened["error"] == "invalid_arguments"
        assert slack.violations

    play(story)


def test_what_is_too_late_is_refused_without_being_our_fault() -> None:
    """A trigger that is over, a modal that was closed or changed meanwhile, a message that is gone."""

    async def story(slack: Slack) -> None:
        slack.trigger_seconds = -1
        late = await asked(slack, "views.open", trigger_id=slack.trigger("U1"), view=modal())
        assert late["error"] == "expired_trigger_id"
        assert (await asked(slack, "views.update", external_id="f1", view=modal()))["error"] == "not_found"
        slack.show(modal(), "U1")
        conflict = await asked(slack, "views.update", external_id="f1", hash="1.x", view=modal())
        assert conflict["error"] == "hash_conflict"
        gone: dict[str, Any] = {"channel": "D1", "ts": "1.000001", "text": "x", "blocks": [rich("x")]}
        slack.direct("U1")
        assert (await asked(slack, "chat.update", **gone))["error"] == "message_not_found"
        assert slack.violations == []

    play(story)


def test_each_token_opens_its_own_doors() -> None:
    """The one of the app opens sockets, the one of the bot does everything else."""

    async def story(slack: Slack) -> None:
        assert (await asked(slack, "apps.connections.open", APP))["ok"]
        assert (await asked(slack, "apps.connections.open", BOT))["error"] == "invalid_auth"
        assert (await asked(slack, "chat.postMessage", APP, **message()))["error"] == "invalid_auth"
        assert len(slack.violations) == 2

    play(story)


def test_an_answer_by_response_url_is_a_mistake() -> None:
    """Each payload has one; nothing of what is said there would survive the process."""

    async def story(slack: Slack) -> None:
        async with (
            aiohttp.ClientSession() as session,
            session.post(f"{slack.url}/response", json={"text": "hi"}) as answer,
        ):
            assert answer.status == 404
        assert slack.violations == ["an answer by response_url"]

    play(story)


def test_a_trigger_opens_one_modal() -> None:
    """Slack takes it once."""

    async def story(slack: Slack) -> None:
        trigger = slack.trigger("U1")
        assert (await asked(slack, "views.open", trigger_id=trigger, view=modal()))["ok"]
        again = await asked(slack, "views.open", trigger_id=trigger, view=modal(external_id="f2"))
        assert again["error"] == "exchanged_trigger_id"

    play(story)
