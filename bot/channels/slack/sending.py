"""Calls of the Web API: paced, and every failure as one that the sender knows."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable
from typing import Any, Final
from urllib.parse import urlsplit

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from bot.channels.slack.places import Place, message_id
from bot.pace import Pace, Rate
from bot.ports import Nowhere, RetryLater, TooBig, Unavailable, Unreachable
from bot.sniff import LARGEST

log = logging.getLogger(__name__)

PATIENCE: Final = 5.0
"""What waits longer for its turn is taken from the outbox again then."""
CHANNEL: Final = Rate(1.0, 4)
"""One new message a second."""
WORKSPACE: Final = Rate(1 / 30, 60)
EDITS: Final = Rate(60 / 50, 50)
"""Fifty a minute in a whole workspace."""
CALM: Final = 30.0
"""Seconds to wait when Slack does not say how long."""
FILE_HOST: Final = "files.slack.com"

SHUT_OUT: Final = frozenset(
    {
        "account_inactive",
        "cannot_dm_bot",
        "channel_not_found",
        "ekm_access_denied",
        "invalid_auth",
        "is_archived",
        "messages_tab_disabled",
        "not_authed",
        "not_in_channel",
        "org_login_required",
        "restricted_action",
        "restricted_action_read_only_channel",
        "restricted_action_thread_only_channel",
        "team_access_not_granted",
        "token_expired",
        "token_revoked",
        "user_disabled",
        "user_not_found",
        "user_not_in_channel",
    }
)
GONE: Final = frozenset(
    {"message_not_found", "cant_update_message", "edit_window_closed", "expired_trigger_id", "not_found"}
)
LATER: Final = frozenset(
    {"fatal_error", "internal_error", "request_timeout", "service_unavailable", "team_added_to_org"}
)


class Gone(Exception):
    """The message or the form that was to be changed is not there, or can no longer be changed."""


class Busy(Exception):
    """The workspace has had all the changes of messages that Slack grants it for now."""


class Refusal(Exception):
    """Slack refused a call that we thought was right: a bug of ours. It names the reason, never the words."""


class Sending:
    """Speaks to one workspace."""

    def __init__(self, client: AsyncWebClient) -> None:
        self.client = client
        self._posts: Pace[str] = Pace(lambda _channel: CHANNEL, WORKSPACE)
        self._edits: Pace[str] = Pace(lambda _workspace: EDITS, EDITS)

    async def post(self, place: Place, **values: Any) -> str:
        """Send a message; returns our name for it. What is said in a thread is not shown outside of it,
        unless that thread is gone; of what Slack does not take as blocks, the words are sent.
        """
        quiet = {"unfurl_links": False, "unfurl_media": False}
        whole = {"channel": place.channel, **values, **quiet}
        words = {name: value for name, value in whole.items() if name != "blocks"}
        ways = [{**whole, "thread_ts": place.thread}] * bool(place.thread) + [whole, words]
        for way in ways[:-1]:
            try:
                return await self._posted(place, way)
            except (Gone, Refusal):
                continue
        return await self._posted(place, words)

    async def _posted(self, place: Place, values: dict[str, Any]) -> str:
        sent = await self._in_turn(self._posts, place.channel, "chat.postMessage", values)
        return message_id(str(sent.get("channel", place.channel)), str(sent.get("ts", "")))

    async def edit(self, message: str, **values: Any) -> None:
        """Change a message. Nobody waits for that: there are few in a minute for all people of a workspace.

        Raises Gone, Busy.
        """
        channel, _, moment = message.partition("/")
        if not self._edits.spare(""):
            raise Busy
        try:
            await self.call("chat.update", {"channel": channel, "ts": moment, **values})
        except RetryLater as error:
            self._edits.pause("", error.seconds)
            raise Busy from None

    async def whisper(self, channel: str, user: str, thread: str, **values: Any) -> None:
        """Tell one person in a channel something that nobody else sees and that does not stay."""
        values = {"channel": channel, "user": user, **values}
        await self.call("chat.postEphemeral", {**values, **({"thread_ts": thread} if thread else {})})

    async def call(self, method: str, values: dict[str, Any]) -> dict[str, Any]:
        """Any call that waits for nobody. Raises RetryLater, Unavailable, Unreachable, Gone."""
        return await understood(self.client.api_call(method, json=values))

    async def ask(self, method: str, **values: Any) -> dict[str, Any]:
        """A call that only reads; Slack takes the values of those as a form."""
        return await understood(self.client.api_call(method, data=values))

    async def file(self, url: str) -> bytes:
        """The bytes of a file. The token goes to Slack's own host only, and follows nobody elsewhere.

        Raises RetryLater, Unavailable, Nowhere, TooBig.
        """
        if not self.is_slack(url):
            raise Nowhere
        headers = {"Authorization": f"Bearer {self.client.token}"}
        try:
            async with (
                aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=20)) as session,
                session.get(url, headers=headers, allow_redirects=False) as answer,
            ):
                return await _content(answer)
        except (aiohttp.ClientError, TimeoutError):
            raise Unavailable from None

    def is_slack(self, url: str) -> bool:
        """Whether a file is where Slack keeps files: its own host, or that of a local API."""
        try:
            asked, base = urlsplit(url), urlsplit(self.client.base_url)
            same = (asked.scheme, asked.hostname, asked.port) == (base.scheme, base.hostname, base.port)
        except ValueError:
            return False
        return same or (asked.scheme == "https" and asked.hostname == FILE_HOST and asked.port in (None, 443))

    async def _in_turn(
        self, pace: Pace[str], chat: str, method: str, values: dict[str, Any]
    ) -> dict[str, Any]:
        mine, wait = pace.take(chat, PATIENCE)
        if not mine:
            raise RetryLater(wait)
        await asyncio.sleep(wait)
        try:
            return await self.call(method, values)
        except RetryLater as error:
            pace.pause(chat, error.seconds)
            raise


async def understood(call: Awaitable[Any]) -> dict[str, Any]:
    """The answer, or an error that says what to do. None of them holds the text of the platform."""
    try:
        answer = (await call).data
    except SlackApiError as error:
        raise _reason(error) from None
    except (SlackClientError, aiohttp.ClientError, OSError, TimeoutError, ValueError):
        raise Unavailable from None
    if not isinstance(answer, dict):
        raise Unavailable
    return answer


def _reason(error: SlackApiError) -> Exception:
    answer = error.response
    status, data = getattr(answer, "status_code", 0), getattr(answer, "data", None)
    name = data.get("error", "") if isinstance(data, dict) else ""
    if status == 429 or name in ("ratelimited", "rate_limited"):
        return RetryLater(_seconds(getattr(answer, "headers", {}).get("Retry-After")))
    if not name or status >= 500 or name in LATER:
        return Unavailable()
    if name in GONE:
        return Gone()
    if name in SHUT_OUT:
        return Unreachable()
    reason = "".join(letter for letter in str(name) if letter.isalnum() or letter in "_-")[:60]
    log.error("Slack refused a call: %s", reason)
    return Refusal(reason)


def _seconds(given: Any) -> float:
    try:
        return min(max(float(given), 1.0), 3600.0)
    except (TypeError, ValueError):
        return CALM


async def _content(answer: aiohttp.ClientResponse) -> bytes:
    """The body, unless it is not the file: Slack shows a page to log in to who may not have it."""
    if answer.status == 429:
        raise RetryLater(_seconds(answer.headers.get("Retry-After")))
    if answer.status >= 500:
        raise Unavailable
    if answer.status != 200 or answer.content_type == "text/html":
        raise Nowhere
    parts, size = [], 0
    async for part in answer.content.iter_chunked(64 * 1024):
        size += len(part)
        if size > LARGEST:
            raise TooBig
        parts.append(part)
    return b"".join(parts)
