"""The buttons that hand over a phone number or a place: Telegram's own, so they take two taps. Pure."""

from __future__ import annotations

from typing import Any

from bot.channels.telegram.words import SHARES
from flows.engine.data import Wants
from locales.speaker import Speaker


def share_button(wants: Wants, speaker: Speaker) -> dict[str, Any]:
    """Stands under the question, and brings the keyboard."""
    return {"text": speaker.say(SHARES[wants].label), "callback_data": f"share.{wants}"}


def share_keyboard(wants: Wants, speaker: Speaker) -> dict[str, Any]:
    """The only keyboard of this kind there is (UX 4, 12): one button, gone when it was pressed."""
    if not wants:
        return {}
    hands_over = {"phone": "request_contact", "place": "request_location"}[wants]
    button = {"text": speaker.say(SHARES[wants].label), hands_over: True}
    return {"keyboard": [[button]], "resize_keyboard": True, "one_time_keyboard": True}
