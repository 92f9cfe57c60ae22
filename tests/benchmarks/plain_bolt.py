"""An app as Bolt's examples make them: Socket Mode, and a listener that keeps its state and answers.

Run as `python -m tests.benchmarks.plain_bolt BASE_URL DATABASE`.
"""

from __future__ import annotations

import asyncio
import sqlite3
import sys
from typing import Any

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from tests.bot.channels.slack.workspace import APP, BOT

_KEEP = "INSERT INTO state VALUES (?, 1) ON CONFLICT (user) DO UPDATE SET count = count + 1 RETURNING count"


async def _run(base_url: str, database: str) -> None:
    """Until killed."""
    speaking = AsyncWebClient(BOT, base_url)
    app = AsyncApp(client=AsyncWebClient(BOT, base_url))
    kept = sqlite3.connect(database, isolation_level=None)
    kept.execute("PRAGMA journal_mode = WAL")
    kept.execute("CREATE TABLE IF NOT EXISTS state (user TEXT PRIMARY KEY, count INTEGER)")

    @app.event("message")
    async def _answer(event: dict[str, Any]) -> None:
        [(count,)] = kept.execute(_KEEP, (event["user"],)).fetchall()
        await speaking.chat_postMessage(
            channel=event["channel"], text=f"Question {count}", unfurl_links=False, unfurl_media=False
        )

    handler = AsyncSocketModeHandler(app, APP, web_client=AsyncWebClient(APP, base_url))
    await handler.start_async()  # type: ignore[no-untyped-call]


if __name__ == "__main__":
    asyncio.run(_run(*sys.argv[1:]))
