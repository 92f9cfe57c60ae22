"""What an operator wants of Slack, and whether it can be."""

from __future__ import annotations

import importlib.util
from typing import Final

from msgspec import Struct

from bot.settings import Settings

LIBRARIES: Final = ("slack_bolt", "slack_sdk", "aiohttp")


class Wanted(Struct, frozen=True):
    """How Slack is reached: over Socket Mode with an app token, over HTTP with a signing secret."""

    bot_token: str
    app_token: str
    signing_secret: str
    base_url: str

    def problem(self) -> str:
        """What is wrong with these settings, or nothing."""
        if any(importlib.util.find_spec(library) is None for library in LIBRARIES):
            return "slack-bolt and aiohttp are missing: pip install 'solardesk[slack]', or make setup."
        if not self.bot_token.startswith("xoxb-"):
            return (
                "SOLARDESK_SLACK_BOT_TOKEN is not a bot token: it begins with xoxb-,"
                " from OAuth & Permissions of the app."
            )
        if self.app_token and self.signing_secret:
            # Nobody signs what comes over a socket; an open door beside it would only invite.
            return "Set SOLARDESK_SLACK_APP_TOKEN (Socket Mode) or SOLARDESK_SLACK_SIGNING_SECRET, not both."
        if self.app_token and not self.app_token.startswith("xapp-"):
            return (
                "SOLARDESK_SLACK_APP_TOKEN is not an app-level token: it begins with xapp-,"
                " from Basic Information of the app."
            )
        if not self.app_token and not self.signing_secret:
            return "SOLARDESK_SLACK_BOT_TOKEN needs SOLARDESK_SLACK_APP_TOKEN or _SIGNING_SECRET beside it."
        return ""


def wanted(settings: Settings) -> Wanted:
    """What these settings say about Slack."""
    base = settings.slack_base_url
    return Wanted(
        settings.slack_bot_token,
        settings.slack_app_token,
        settings.slack_signing_secret,
        base if base.endswith("/") else f"{base}/",
    )
