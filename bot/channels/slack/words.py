"""What only this channel says."""

from __future__ import annotations

from typing import Final

from flows.engine.phrases import _

COMMAND: Final = "/solardesk"

EDITED: Final = _("I do not read a changed message again. Please send the right words as a new message.")
ANSWERED_PRIVATELY: Final = _("I have answered you in a direct message, where only you see your systems.")
