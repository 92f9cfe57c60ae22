"""The manifest of the app, ready to be pasted into Slack: `python -m bot slack-manifest`."""

from __future__ import annotations

import datetime
from typing import Any, Final

from bot.channels.slack import words
from bot.channels.slack.rooms import ENDED
from flows.engine.phrases import Phrase
from locales.speaker import Speaker

PATH: Final = "/slack/events"
CALLBACK: Final = "/slack/oauth_redirect"
SCOPES: Final = (
    "app_mentions:read",
    "channels:read",
    "chat:write",
    "commands",
    "files:read",
    "files:write",
    "groups:read",
    "im:history",
    "im:write",
    "users:read",
)
"""What the app may do, and nothing more: it reads no channel, only what is said to it. Of a channel that it
is asked to post in, it sees the name and who shares it."""
EVENTS: Final = (
    "app_home_opened",
    "app_mention",
    "app_uninstalled",
    *ENDED,
    "message.im",
    "tokens_revoked",
)


def manifest(locale: str, public_url: str, *, many: bool = False) -> dict[str, Any]:
    """The manifest with its words in one language. Without a public address: for Socket Mode.

    `many`: other workspaces can install it too, so it says where they come back to, and tokens are renewed.
    """
    speaker = Speaker(locale, "UTC", datetime.date.min)
    door = {"request_url": f"{public_url.rstrip('/')}{PATH}"} if public_url else {}
    return {
        "_metadata": {"major_version": 1, "minor_version": 1},
        "display_information": {"name": words.NAME, "description": speaker.say(words.ABOUT)},
        "features": _features(speaker, door),
        "oauth_config": {
            "scopes": {"bot": list(SCOPES)},
            **({"redirect_urls": [f"{public_url.rstrip('/')}{CALLBACK}"]} if many else {}),
        },
        "settings": {
            "event_subscriptions": {**door, "bot_events": list(EVENTS)},
            "interactivity": {
                "is_enabled": True,
                **door,
                **({"message_menu_options_url": door["request_url"]} if door else {}),
            },
            "org_deploy_enabled": False,
            "socket_mode_enabled": not public_url,
            "token_rotation_enabled": many,
        },
    }


def _features(speaker: Speaker, door: dict[str, str]) -> dict[str, Any]:
    def shortcut(kind: str, name: Phrase, id: str, about: Phrase) -> dict[str, str]:
        return {
            "type": kind,
            "name": speaker.say(name),
            "callback_id": id,
            "description": speaker.say(about),
        }

    command = {
        "command": words.COMMAND,
        "description": speaker.say(words.ABOUT_COMMAND),
        "usage_hint": speaker.say(words.USAGE),
        "should_escape": False,
        **({"url": door["request_url"]} if door else {}),
    }
    return {
        "app_home": {
            "home_tab_enabled": True,
            "messages_tab_enabled": True,
            "messages_tab_read_only_enabled": False,
        },
        "bot_user": {"display_name": words.NAME, "always_online": True},
        "shortcuts": [
            shortcut("global", words.NEW_RMA, "new_rma", words.ABOUT_NEW_RMA),
            shortcut("message", words.REQUEST, "request", words.ABOUT_REQUEST),
        ],
        "slash_commands": [command],
    }
