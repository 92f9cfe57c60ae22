"""What an operator wants of Telegram, and whether it can be."""

from __future__ import annotations

import importlib.util
import re
from typing import Final

from msgspec import Struct

from bot.settings import Settings

TOKEN: Final = re.compile(r"\d{1,20}:[A-Za-z0-9_-]{10,}")
SECRET: Final = re.compile(r"[A-Za-z0-9_-]{1,256}")


class Wanted(Struct, frozen=True):
    """How the bot is reached. With a webhook there is a secret."""

    token: str
    base_url: str
    file_url: str
    webhook_url: str = ""
    secret: str = ""

    def problem(self) -> str:
        """What is wrong with these settings, or nothing."""
        if importlib.util.find_spec("telegram") is None:
            return "python-telegram-bot is missing: pip install 'solardesk[telegram]', or make setup."
        if not TOKEN.fullmatch(self.token):
            return "SOLARDESK_TELEGRAM_TOKEN is not a token: it looks like 123456:ABC-DEF, from BotFather."
        if self.webhook_url and not SECRET.fullmatch(self.secret):
            return (
                "SOLARDESK_TELEGRAM_WEBHOOK_URL needs SOLARDESK_TELEGRAM_WEBHOOK_SECRET:"
                " 1 to 256 letters, digits, _ and -."
            )
        return ""


def wanted(settings: Settings) -> Wanted:
    """What these settings say about Telegram."""
    return Wanted(
        settings.telegram_token,
        settings.telegram_base_url,
        settings.telegram_file_url,
        settings.telegram_webhook_url,
        settings.telegram_webhook_secret,
    )
