"""Calls of the Web API: what Slack refuses becomes what the sender understands; tokens go to Slack only."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from aiohttp import web

from bot.channels.slack.people import People
from bot.channels.slack.places import Place
from bot.channels.slack.sending import EDITS, Busy, Gone, Refusal, Sending
from bot.channels.slack.workspaces import Workspaces
from bot.ports import Nowhere, RetryLater, Unavailable, Unreachable
from tests.bot.channels.slack.workspace import BOT, Answer, Workspace, refused

ELS = Place("", "T1", "U1")


def play(story: Callable[[Workspace, Workspaces], Awaitable[None]]) -> None:
    """A story with a workspace, and with us who speak to it."""

    async def run() -> None:
        async with Workspace() as workspace:
            workspaces = Workspaces(workspace.api, BOT)
            try:
                await story(workspace, workspaces)
            finally:
                await workspaces.close()

    asyncio.run(run())


def test_a_message_goes_to_a_person_and_is_changed_where_it_arrived() -> None:
    """Slack says in which channel that is; nothing is unfolded beside it."""

    async def story(workspace: Workspace, workspaces: Workspaces) -> None:
        sending = await workspaces.sending(ELS)
        message = await sending.post(ELS, text="hi", blocks=[])
        await sending.edit(message, text="ho", blocks=[])
        [posted], [changed] = workspace.called("chat.postMessage"), workspace.called("chat.update")
        assert (posted["channel"], posted["unfurl_links"], posted["unfurl_media"]) == ("U1", False, False)
        assert (changed["channel"], changed["ts"]) == ("D1", message.partition("/")[2])
        assert workspace.tokens == {("chat.postMessage", BOT), ("chat.update", BOT)}

    play(story)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (refused("ratelimited", 429, **{"Retry-After": "7"}), RetryLater),
        (refused("ratelimited", 429), RetryLater),
        (refused("channel_not_found"), Unreachable),
        (refused("is_archived"), Unreachable),
        (refused("account_inactive"), Unreachable),
        (refused("token_revoked"), Unreachable),
        (refused("restricted_action_read_only_channel"), Unreachable),
        (refused("message_not_found"), Gone),
        (refused("expired_trigger_id"), Gone),
        (refused("internal_error"), Unavailable),
        (refused("whatever", 503), Unavailable),
        (refused("invalid_blocks"), Refusal),
        (lambda _values: web.Response(text="<html>", content_type="text/html", status=502), Unavailable),
        (lambda _values: web.Response(text="{", content_type="application/json"), Unavailable),
        (lambda _values: web.Response(text="[]", content_type="application/json"), Unavailable),
    ],
)
def test_every_refusal_says_what_to_do(answer: Answer, expected: type[Exception]) -> None:
    """Wait, give up, or try again; and no call is ever repeated by the library."""

    async def story(workspace: Workspace, workspaces: Workspaces) -> None:
        workspace.answers["chat.update"].append(answer)
        sending = await workspaces.sending(ELS)
        with pytest.raises(expected):
            await sending.call("chat.update", {"channel": "D1", "ts": "1.2", "text": "private words"})
        assert len(workspace.called("chat.update")) == 1

    play(story)


def test_slack_says_how_long_to_wait() -> None:
    """And this channel is left alone so long; others are not."""

    async def story(workspace: Workspace, workspaces: Workspaces) -> None:
        workspace.answers["chat.postMessage"].append(refused("ratelimited", 429, **{"Retry-After": "9"}))
        sending = await workspaces.sending(ELS)
        with pytest.raises(RetryLater) as first:
            await sending.post(ELS, text="1", blocks=[])
        with pytest.raises(RetryLater) as second:
            await sending.post(ELS, text="2", blocks=[])
        assert first.value.seconds == 9
        assert 5 < second.value.seconds <= 9
        assert await sending.post(Place("", "T1", "U2"), text="3", blocks=[])
        assert len(workspace.called("chat.postMessage")) == 2

    play(story)


def test_nobody_waits_for_a_message_to_be_changed() -> None:
    """Neither where Slack says to wait, nor when all changes of a minute are used up; then not even asked."""

    async def story(workspace: Workspace, workspaces: Workspaces) -> None:
        sending = await workspaces.sending(ELS)
        for number in range(EDITS.ahead):
            await sending.edit(f"D{number}/1.2", text="1", blocks=[])
        with pytest.raises(Busy):
            await sending.edit("D1/1.2", text="2", blocks=[])
        assert len(workspace.called("chat.update")) == EDITS.ahead

    async def told_to_wait(workspace: Workspace, workspaces: Workspaces) -> None:
        workspace.answers["chat.update"].append(refused("ratelimited", 429, **{"Retry-After": "9"}))
        sending = await workspaces.sending(ELS)
        for _ in range(2):
            with pytest.raises(Busy):
                await sending.edit("D1/1.2", text="1", blocks=[])
        assert len(workspace.called("chat.update")) == 1

    play(story)
    play(told_to_wait)


def test_a_server_that_is_away_is_tried_again_later() -> None:
    """It may be back."""

    async def story(workspace: Workspace, _workspaces: Workspaces) -> None:
        gone = Workspaces("http://127.0.0.1:9/api/", BOT)
        with pytest.raises(Unavailable):
            await (await gone.sending(ELS)).post(ELS, text="hi", blocks=[])
        with pytest.raises(Unavailable):
            await (await gone.sending(ELS)).file("http://127.0.0.1:9/files/x")
        await gone.close()

    play(story)


def test_what_is_said_in_a_thread_that_is_gone_is_said_outside_of_it() -> None:
    """Nobody waits for an answer that Slack has no place for."""

    async def story(workspace: Workspace, workspaces: Workspaces) -> None:
        sending = await workspaces.sending(ELS)
        workspace.answers["chat.postMessage"].append(refused("cannot_reply_to_message"))
        await sending.post(Place("", "T1", "U1", "1.1"), text="hi", blocks=[])
        first, second = workspace.called("chat.postMessage")
        assert (first["thread_ts"], "thread_ts" in second) == ("1.1", False)

    play(story)


def test_what_slack_does_not_take_as_blocks_is_said_in_words(caplog: pytest.LogCaptureFixture) -> None:
    """Nobody waits for an answer because of a bug of ours; the log has the reason, not the words."""

    async def story(workspace: Workspace, workspaces: Workspaces) -> None:
        sending = await workspaces.sending(ELS)
        workspace.answers["chat.postMessage"].append(refused("msg_blocks_too_long"))
        assert await sending.post(ELS, text="hi", blocks=[{"type": "rich_text"}])
        _refused, second = workspace.called("chat.postMessage")
        assert (second["text"], "blocks" in second) == ("hi", False)
        assert "msg_blocks_too_long" in caplog.text
        assert "hi" not in caplog.messages

    play(story)


def test_who_removed_the_app_is_not_called() -> None:
    """Until somebody speaks there again."""

    async def story(workspace: Workspace, workspaces: Workspaces) -> None:
        await workspaces.left(Place("", "T1", ""))
        with pytest.raises(Unreachable):
            await workspaces.sending(ELS)
        await workspaces.sending(Place("", "T2", "U1"))
        await workspaces.heard(ELS)
        await workspaces.sending(ELS)

    play(story)


def test_a_file_is_fetched_with_the_token() -> None:
    """From where the Web API is, or from Slack's own host."""

    async def story(workspace: Workspace, workspaces: Workspaces) -> None:
        workspace.files["a"] = lambda _request: web.Response(body=b"photo")
        sending = await workspaces.sending(ELS)
        assert await sending.file(f"{workspace.url}/files/a") == b"photo"
        assert ("file", BOT) in workspace.tokens

    play(story)


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/files/a",
        "https://files.slack.com.evil.example/a",
        "http://files.slack.com/a",
        "https://files.slack.com:8443/a",
        "https://evil.example#@files.slack.com/a",
        "https://files.slack.com@evil.example/a",
        "file:///etc/passwd",
        "http://[::1/a",
        "",
    ],
)
def test_a_file_elsewhere_is_not_fetched(address: str) -> None:
    """The token would go along."""

    async def story(_workspace: Workspace, workspaces: Workspaces) -> None:
        sending = await workspaces.sending(ELS)
        with pytest.raises(Nowhere):
            await sending.file(address)

    play(story)


def test_a_page_to_log_in_to_is_not_the_file() -> None:
    """Slack shows it, as an answer like any, to who is not in the channel of the file."""

    async def story(workspace: Workspace, workspaces: Workspaces) -> None:
        page = web.Response(text="<html>Sign in</html>", content_type="text/html")
        workspace.files["a"] = lambda _request: page
        sending = await workspaces.sending(ELS)
        with pytest.raises(Nowhere):
            await sending.file(f"{workspace.url}/files/a")

    play(story)


def test_a_file_that_points_elsewhere_is_not_followed() -> None:
    """Neither with the token nor without it."""

    async def story(workspace: Workspace, workspaces: Workspaces) -> None:
        def away(_request: web.Request) -> web.Response:
            return web.Response(status=302, headers={"Location": f"{workspace.url}/files/b"})

        workspace.files["a"] = away
        workspace.files["b"] = lambda _request: web.Response(body=b"stolen")
        sending = await workspaces.sending(ELS)
        with pytest.raises(Nowhere):
            await sending.file(f"{workspace.url}/files/a")

    play(story)


def test_a_profile_is_asked_for_once_a_day() -> None:
    """Language and time zone; one that cannot be had now keeps nobody waiting, and is as it was before."""

    async def story(workspace: Workspace, workspaces: Workspaces) -> None:
        now = 0.0
        people = People(workspaces, lambda: now)
        for _time in range(3):
            found = await people.profile("slack:-:T1:U1")
            assert (found.locale, found.time_zone) == ("nl-BE", "Europe/Brussels")
        assert len(workspace.called("users.info")) == 1
        now = 25 * 3600
        await people.profile("slack:-:T1:U1")
        assert len(workspace.called("users.info")) == 2
        workspace.answers["users.info"] += [refused("user_not_found"), refused("internal_error")]
        assert (await people.profile("slack:-:T1:U2")).locale == ""
        now = 50 * 3600
        assert (await people.profile("slack:-:T1:U1")).locale == "nl-BE"
        assert len(workspace.called("users.info")) == 4
        assert people.time_zone("slack:-:T1:U1") == "Europe/Brussels"
        assert people.time_zone("slack:-:T1:U3") == ""

    play(story)


def test_a_time_zone_that_does_not_exist_is_left_out() -> None:
    """Whatever the profile says."""

    async def story(workspace: Workspace, workspaces: Workspaces) -> None:
        odd = {"ok": True, "user": {"locale": 5, "tz": "../../etc/passwd"}}
        workspace.answers["users.info"].append(lambda _values: web.json_response(odd))
        found = await People(workspaces).profile("slack:-:T1:U1")
        assert (found.locale, found.time_zone) == ("5", "")

    play(story)


def test_one_workspace_has_one_pace() -> None:
    """However often it is asked for."""

    async def story(_workspace: Workspace, workspaces: Workspaces) -> None:
        first: Sending = await workspaces.sending(ELS)
        assert await workspaces.sending(Place("", "T1", "U2")) is first

    play(story)
