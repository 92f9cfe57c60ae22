"""What an operator wants of Slack, and whether it can be."""

from __future__ import annotations

import importlib.util
from typing import Final

from msgspec import Struct

from bot.settings import Settings

LIBRARIES: Final = ("slack_bolt", "slack_sdk", "aiohttp")


class Wanted(Struct, frozen=True):
    """How Slack is reached: over Socket Mode with an app token, over HTTP with a signing secret.

    One workspace has a bot token; many have one each, which they get by installing the app with a client id.
    """

    bot_token: str
    app_token: str
    signing_secret: str
    base_url: str
    client_id: str = ""
    client_secret: str = ""
    public_url: str = ""

    @property
    def anything(self) -> bool:
        """Whether Slack is wanted at all."""
        return bool(self.bot_token or self.client_id)

    def problem(self) -> str:
        """What is wrong with these settings, or nothing."""
        if any(importlib.util.find_spec(library) is None for library in LIBRARIES):
            return "slack-bolt and aiohttp are missing: pip install 'solardesk[slack]', or make setup."
        if self.client_id and (self.bot_token or not self.client_secret):
            return (
                "SOLARDESK_SLACK_CLIENT_ID is for many workspaces: it needs SOLARDESK_SLACK_CLIENT_SECRET,"
                " and no SOLARDESK_SLACK_BOT_TOKEN."
            )
        if not self.client_id and not self.bot_token.startswith("xoxb-"):
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
            return "Slack needs SOLARDESK_SLACK_APP_TOKEN (Socket Mode) or SOLARDESK_SLACK_SIGNING_SECRET."
        return ""


def wanted(settings: Settings) -> Wanted:
    """What these settings say about Slack."""
    base = settings.slack_base_url
    return Wanted(
        settings.slack_bot_token,
        settings.slack_app_token,
        settings.slack_signing_secret,
        base if base.endswith("/") else f"{base}/",
        settings.slack_client_id,
        settings.slack_client_secret,
        settings.url,
    )
