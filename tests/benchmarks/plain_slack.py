"""An app as slack-bolt's examples make them: it answers in its listener, and keeps what it knows in SQLite.

Run as `python -m tests.benchmarks.plain_slack BASE_URL DATABASE PORT`; port 0 is Socket Mode.
"""

from __future__ import annotations

import asyncio
import sqlite3
import sys
from typing import Any

from aiohttp import web
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from tests.bot.channels.slack.workspace import APP, BOT
from tests.slack.post import SECRET


def plain_app(base_url: str, database: str) -> AsyncApp:
    """Counts what each person said, and answers with a question."""
    app = AsyncApp(client=AsyncWebClient(BOT, base_url=base_url), signing_secret=SECRET)
    kept = sqlite3.connect(database)
    kept.execute("PRAGMA journal_mode=WAL")
    kept.execute("CREATE TABLE IF NOT EXISTS state (user TEXT PRIMARY KEY, count INTEGER NOT NULL)")
    counted = (
        "INSERT INTO state VALUES (?, 1) ON CONFLICT (user) DO UPDATE SET count = count + 1 RETURNING count"
    )

    @app.event("message")
    async def heard(event: dict[str, Any], say: Any) -> None:
        [(count,)] = kept.execute(counted, (event["user"],)).fetchall()
        kept.commit()
        text = f"Question {count}"
        section = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
        blocks = [{"type": "rich_text", "elements": [section]}]
        await say(text=text, blocks=blocks, unfurl_links=False, unfurl_media=False)

    return app


async def main(base_url: str, database: str, port: str) -> None:
    """Listen until killed."""
    app = plain_app(base_url, database)
    if port == "0":
        await AsyncSocketModeHandler(app, APP).start_async()  # type: ignore[no-untyped-call]
    runner = web.AppRunner(app.web_app("/slack/events"))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", int(port)).start()
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
