"""The other sides: sqlite3 with nothing around it, and python-telegram-bot's ConversationHandler."""

from __future__ import annotations

import asyncio
import datetime
import json
import sqlite3
import time
from pathlib import Path
from typing import Any

from telegram import Update
from telegram.ext import (
    Application,
    CommandHandler,
    ContextTypes,
    ConversationHandler,
    MessageHandler,
    PicklePersistence,
    filters,
)
from telegram.request import BaseRequest

from tests.benchmarks.conversation import TURNS

STATE = "x" * 6_000
REPLY = "y" * 1_000


def raw_sqlite(path: Path, seconds: float, conversations: int = 200) -> float:
    """Turns per second: one transaction each that stores an input, reads and changes a state, stores a reply.

    As durable as ours; the state and the reply are of the size that ours have.
    """
    db = sqlite3.connect(path, isolation_level=None)
    db.executescript(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
        "CREATE TABLE inbox (id INTEGER PRIMARY KEY, conversation TEXT, payload TEXT);"
        "CREATE TABLE states (conversation TEXT PRIMARY KEY, body TEXT);"
        "CREATE TABLE outbox (id INTEGER PRIMARY KEY, conversation TEXT, output TEXT)"
    )
    keys = [f"c{n}" for n in range(conversations)]
    db.executemany("INSERT INTO states VALUES (?, ?)", [(key, STATE) for key in keys])
    turns, begin = 0, time.perf_counter()
    while time.perf_counter() - begin < seconds:
        key = keys[turns % conversations]
        db.execute("BEGIN IMMEDIATE")
        db.execute("INSERT INTO inbox (conversation, payload) VALUES (?, ?)", (key, '{"text": "hello"}'))
        body = db.execute("SELECT body FROM states WHERE conversation = ?", (key,)).fetchone()[0]
        db.execute("UPDATE states SET body = ? WHERE conversation = ?", (body[::-1], key))
        db.execute("INSERT INTO outbox (conversation, output) VALUES (?, ?)", (key, REPLY))
        db.execute("COMMIT")
        turns += 1
    took = time.perf_counter() - begin
    db.close()
    return turns / took


class NoNetwork(BaseRequest):
    """Answers what the library asks its server, at once."""

    @property
    def read_timeout(self) -> float:
        return 1

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_request(self, url: str, *_args: Any, **_more: Any) -> tuple[int, bytes]:
        if url.endswith("getMe"):
            result: Any = {"id": 1, "is_bot": True, "first_name": "bot", "username": "bot"}
        else:
            result = {"message_id": 1, "date": 1, "chat": {"id": 1, "type": "private"}, "text": "ok"}
        return 200, json.dumps({"ok": True, "result": result}).encode()


async def _step(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
    """Keep the answer and ask the next question, as the examples of the library do."""
    assert update.message is not None
    assert context.user_data is not None
    answers = context.user_data.setdefault("answers", [])
    answers.append({"step": "description", "value": update.message.text, "label": "Description", "files": []})
    await update.message.reply_text(f"Question {len(answers)}")
    if len(answers) == TURNS:
        answers.clear()
        return ConversationHandler.END
    return len(answers)


def conversation_handler(path: Path, conversations: int, seconds: float) -> float:
    """Turns per second of the same eight turns there, the pickle written after each one."""
    return asyncio.run(_conversation_handler(path, conversations, seconds))


async def _conversation_handler(path: Path, conversations: int, seconds: float) -> float:
    persistence: PicklePersistence[Any, Any, Any] = PicklePersistence(path, on_flush=True)
    application = (
        Application.builder()
        .token("1:x")
        .request(NoNetwork())
        .get_updates_request(NoNetwork())
        .persistence(persistence)
        .updater(None)
        .build()
    )
    answer: Any = MessageHandler(filters.TEXT & ~filters.COMMAND, _step)
    application.add_handler(
        ConversationHandler(
            [CommandHandler("start", _step)],
            {state: [answer] for state in range(1, TURNS)},
            [],
            name="rma",
            persistent=True,
        )
    )
    await application.initialize()
    for chat in range(conversations):  # everybody is in the middle of something
        for turn in range(1 + chat % (TURNS - 1)):
            await application.process_update(_update(application, chat, turn))
    turns, begin = 0, time.perf_counter()
    said = [1 + chat % (TURNS - 1) for chat in range(conversations)]
    while time.perf_counter() - begin < seconds:
        chat = turns % conversations
        await application.process_update(_update(application, chat, said[chat]))
        await application.update_persistence()
        await persistence.flush()
        said[chat] = (said[chat] + 1) % TURNS
        turns += 1
    took = time.perf_counter() - begin
    await application.shutdown()
    return turns / took


def _update(application: Application[Any, Any, Any, Any, Any, Any], chat: int, turn: int) -> Update:
    text = "/start" if turn == 0 else "an answer of some length to the question"
    entities = [{"type": "bot_command", "offset": 0, "length": 6}] if turn == 0 else []
    message = {
        "message_id": 1,
        "date": int(datetime.datetime.now(datetime.UTC).timestamp()),
        "chat": {"id": chat + 1, "type": "private"},
        "from": {"id": chat + 1, "is_bot": False, "first_name": "Jan"},
        "text": text,
        "entities": entities,
    }
    update = Update.de_json({"update_id": 1, "message": message}, application.bot)
    assert update is not None
    return update
