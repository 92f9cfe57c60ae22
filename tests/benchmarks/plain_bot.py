"""A bot as python-telegram-bot's examples make them: a ConversationHandler, its pickle written each turn.

Run as `python -m tests.benchmarks.plain_bot TOKEN BASE_URL PICKLE`.
"""

from __future__ import annotations

import sys
from typing import Any

from telegram import Update
from telegram.ext import (
    Application,
    ContextTypes,
    ConversationHandler,
    MessageHandler,
    PicklePersistence,
    TypeHandler,
    filters,
)


async def _step(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
    """Keep the answer and ask the next question."""
    assert update.message is not None
    assert context.user_data is not None
    count = context.user_data["count"] = context.user_data.get("count", 0) + 1
    await update.message.reply_text(f"Question {count}")
    return 1


async def _flush(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """What this turn changed is on disk before the next update is handled."""
    assert update.effective_user is not None
    context.application.mark_data_for_update_persistence(user_ids=update.effective_user.id)
    await context.application.update_persistence()


def main(token: str, base_url: str, pickle: str) -> None:
    """Poll until stopped."""
    persistence: PicklePersistence[Any, Any, Any] = PicklePersistence(pickle)
    application = Application.builder().token(token).base_url(base_url).persistence(persistence).build()
    step: Any = MessageHandler(filters.TEXT, _step)
    application.add_handler(ConversationHandler([step], {1: [step]}, [], name="rma", persistent=True))
    application.add_handler(TypeHandler(Update, _flush), group=1)
    application.run_polling(bootstrap_retries=-1)


if __name__ == "__main__":
    main(*sys.argv[1:])
