"""Telegram: raw updates in by polling or webhook, answers out through python-telegram-bot."""

import os

# Before that library is imported: it then speaks of waiting times in its own new way, without a warning.
os.environ.setdefault("PTB_TIMEDELTA", "true")
