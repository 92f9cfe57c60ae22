"""Files on their way out: Slack names a place, takes the bytes there, then shows them (files v2)."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any, Final

import aiohttp

from bot.channels.slack.places import Place
from bot.channels.slack.sending import Refusal, Sending
from bot.ports import Enclosed, Nowhere, Unavailable

MOST: Final = 10_000


class Handing:
    """Hands files out. A file is shown in a chat by that chat's own name, which a person's is not."""

    def __init__(self) -> None:
        self._chats: OrderedDict[Place, str] = OrderedDict()

    async def hand_out(self, sending: Sending, place: Place, enclosed: Enclosed, text: str) -> None:
        """Show a file with its words. Raises RetryLater, Unavailable, Unreachable, Nowhere."""
        chat = await self._chat(sending, place)
        alt = {"alt_txt": text[:1000]} if enclosed.is_image and text else {}
        ticket = await sending.ask(
            "files.getUploadURLExternal", filename=enclosed.name, length=str(len(enclosed.content)), **alt
        )
        await _upload(sending, str(ticket.get("upload_url", "")), enclosed)
        shown: dict[str, Any] = {
            "files": [{"id": str(ticket.get("file_id", "")), "title": enclosed.name}],
            "channel_id": chat,
            **({"initial_comment": text} if text and not enclosed.is_image else {}),
            **({"thread_ts": place.thread} if place.thread else {}),
        }
        await sending.call("files.completeUploadExternal", shown)

    async def _chat(self, sending: Sending, place: Place) -> str:
        """The name of the chat: with a person, that of their direct messages."""
        if not place.is_direct:
            return place.channel
        if place not in self._chats:
            opened = await sending.call("conversations.open", {"users": place.channel})
            channel = opened.get("channel")
            self._chats[place] = str(channel.get("id", "")) if isinstance(channel, dict) else ""
            if len(self._chats) > MOST:
                self._chats.popitem(last=False)
        return self._chats[place]


async def _upload(sending: Sending, url: str, enclosed: Enclosed) -> None:
    """The bytes, to where Slack said. No token goes with them."""
    if not sending.is_slack(url):
        raise Nowhere
    timeout = aiohttp.ClientTimeout(total=25)
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout) as session,
            session.post(url, data=enclosed.content, allow_redirects=False) as answer,
        ):
            if answer.status >= 500:
                raise Unavailable
            if answer.status != 200:
                raise Refusal(f"upload {answer.status}")
    except (aiohttp.ClientError, TimeoutError):
        raise Unavailable from None
