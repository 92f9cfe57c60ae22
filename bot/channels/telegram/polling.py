"""Long polling on a connection of our own: what was not stored is not confirmed."""

from __future__ import annotations

import asyncio
import json
import logging
import re
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Final

import httpx

from bot.channels.telegram import updates
from bot.channels.telegram.intake import KINDS
from bot.channels.telegram.tls import trusted
from bot.channels.telegram.watch import Watch
from bot.faults import trace
from bot.ports import Malformed

log = logging.getLogger(__name__)

WAIT_SECONDS: Final = 20
PATIENCE: Final = 15.0
"""A poll that takes this much longer than it should never returns: the connection is made anew."""
FIRST_PAUSE: Final = 0.5
LONGEST_PAUSE: Final = 30.0
CONFLICT: Final = 409
UNHEALTHY: Final = 3
ANOTHER_POLLER: Final = "another program asks for the updates of this bot; stop one of them"
BAD_TOKEN: Final = "the token is not accepted"  # noqa: S105  words, no token


class Refused(Exception):
    """Telegram does not answer this poll."""

    def __init__(self, code: int, seconds: float = 0.0, *, webhook: bool = False) -> None:
        super().__init__(f"refused with {code}")
        self.code = code
        self.seconds = seconds
        self.webhook = webhook


class Polling:
    """Asks for updates until cancelled."""

    def __init__(self, url: str, take: Callable[[Sequence[bytes]], Awaitable[None]], watch: Watch) -> None:
        self._url = url
        self._take = take
        self._watch = watch
        self._offset = 0
        self._client: httpx.AsyncClient | None = None
        self._failures = 0
        self._careful = False

    async def run(self) -> None:
        """Never ends by itself; what goes wrong costs time only."""
        try:
            while True:
                try:
                    async with asyncio.timeout(WAIT_SECONDS + PATIENCE):
                        await self._step()
                    self._failures = 0
                    await self._watch.heard()
                except Exception as error:  # the edge of a poll
                    await self._failed(error)
        finally:
            await self._rebuild()

    async def _step(self) -> None:
        raws = await self._poll()
        ids = [_id_of(raw) for raw in raws]
        ordered = sorted(zip(ids, raws, strict=True), key=lambda item: -1 if item[0] is None else item[0])
        await self._take([raw for _, raw in ordered])
        known = [id for id in ids if id is not None]
        if known:
            self._offset = max(known) + 1
        elif raws:
            await asyncio.sleep(FIRST_PAUSE)  # none has a number, so none can be confirmed

    async def _poll(self) -> list[bytes]:
        if self._client is None:
            self._client = httpx.AsyncClient(
                verify=trusted(), timeout=httpx.Timeout(10, read=WAIT_SECONDS + 10)
            )
        asked: dict[str, Any] = {"timeout": WAIT_SECONDS, "allowed_updates": KINDS}
        if self._offset:
            asked["offset"] = self._offset
        if self._careful:
            asked["limit"] = 1
        body = (await self._client.post(f"{self._url}/getUpdates", json=asked)).content
        try:
            answer = json.loads(body)
        except (ValueError, RecursionError):
            if self._careful and body.startswith(b'{"ok":true'):
                self._careful = False
                return [body]  # this one, and only this one, cannot be read at all
            self._careful = True
            raise
        self._careful = False
        return updates_in(answer)

    async def _failed(self, error: Exception) -> None:
        """Wait a while, longer each time."""
        self._failures += 1
        pause = min(FIRST_PAUSE * 2 ** (self._failures - 1), LONGEST_PAUSE)
        trouble = ""
        if isinstance(error, Refused):
            pause = max(pause, error.seconds)
            trouble = self._trouble(error)
            if trouble:
                log.error("telegram: %s", trouble)
            elif error.webhook:
                await self._remove_webhook()
            else:
                log.warning("telegram: no updates (%d)", error.code)
        else:
            log.warning("telegram: no updates: %s", trace(error))
            await self._rebuild()
        await self._watch.failed(trouble)
        await asyncio.sleep(LONGEST_PAUSE if trouble == BAD_TOKEN else pause)

    def _trouble(self, error: Refused) -> str:
        """What somebody must mend."""
        if error.code in (401, 404):
            return BAD_TOKEN
        another = error.code == CONFLICT and not error.webhook and self._failures >= UNHEALTHY
        return ANOTHER_POLLER if another else ""

    async def _remove_webhook(self) -> None:
        log.warning("telegram: a webhook is set, and removed now because none is configured")
        if self._client:
            try:
                await self._client.post(f"{self._url}/deleteWebhook", json={"drop_pending_updates": False})
            except httpx.HTTPError as error:
                log.warning("telegram: %s", trace(error))

    async def _rebuild(self) -> None:
        """A connection that does not answer is not used again."""
        client, self._client = self._client, None
        if client:
            await client.aclose()


def updates_in(answer: Any) -> list[bytes]:
    """Each update by itself, as it came. Raises Refused."""
    answer = answer if isinstance(answer, dict) else {}
    found = answer.get("result")
    if answer.get("ok") is True and isinstance(found, list):
        return [json.dumps(update).encode() for update in found]
    code = answer.get("error_code")
    parameters = answer.get("parameters")
    seconds = parameters.get("retry_after") if isinstance(parameters, dict) else 0
    webhook = code == CONFLICT and "webhook" in str(answer.get("description")).lower()
    raise Refused(updates.number(code) or 0, float(updates.number(seconds) or 0), webhook=webhook)


def _id_of(raw: bytes) -> int | None:
    try:
        return updates.number(updates.loaded(raw).get("update_id"))
    except Malformed:
        found = re.search(rb'"update_id": ?(\d{1,18})\b', raw)
        return int(found[1]) if found else None
