"""What a locked phone may show: our own words and numbers; dots for names, streets and people's words."""

from __future__ import annotations

import re
from typing import Final

from flows.engine.phrases import Text
from locales.speaker import Mark, Speaker

DOTS: Final = "…"
_NUMBER: Final = re.compile(r"(?=.*[0-9])[0-9A-Z.-]{1,24}")
"""An RMA, a serial, a code; not a phone number, which has a plus or spaces."""


class Discreet(Speaker):
    """Says what is ours, a phrase, and leaves out what is nobody else's business."""

    def say(self, text: Text, escape: Mark = str, copy: Mark = str, data: Mark | None = None) -> str:
        return super().say(text, escape, lambda kept: copy(kept) if _NUMBER.fullmatch(kept) else DOTS, _dots)


def _dots(words: str) -> str:
    return DOTS if words.strip() else words
