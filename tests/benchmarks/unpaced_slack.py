"""Ours without Slack's limits, as a Slack of paper takes any number of messages: `... unpaced_slack run`."""

from __future__ import annotations

import sys

from bot.__main__ import main
from bot.channels.slack import sending
from bot.pace import Rate

if __name__ == "__main__":
    for limit in ("CHANNEL", "WORKSPACE", "EDITS"):
        setattr(sending, limit, Rate(0.0, 1_000_000))
    sys.exit(main(sys.argv[1:]))
