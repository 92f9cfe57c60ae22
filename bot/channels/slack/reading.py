"""What people typed, without the marks that Slack puts into it."""

from __future__ import annotations

import re
from html import unescape
from typing import Final

_MARK: Final = re.compile(r"<([^<>]*)>")
_ADDRESSED: Final = re.compile(r"<@(\w+)(?:\|[^<>]*)?>[\s:,]*")


def plain(text: str) -> str:
    """Links, addresses and names as they were typed; Slack escapes & < and >."""
    return unescape(_MARK.sub(_typed, text)).strip()


def without_the_mention(text: str, bot: str) -> str:
    """What is said to the bot, without its name: wherever that stands, or in front when that is not known."""
    text = text.lstrip()
    said = _ADDRESSED.sub(lambda named: "" if named[1] == bot else named[0], text)
    return plain(_ADDRESSED.sub("", said, count=1) if said == text and _ADDRESSED.match(said) else said)


def _typed(mark: re.Match[str]) -> str:
    target, _, label = mark[1].partition("|")
    if target.startswith("mailto:"):
        return target.removeprefix("mailto:")
    if target.startswith("tel:"):
        return label or target.removeprefix("tel:")
    if target[:1] in ("@", "#", "!"):
        return label or target
    # A web address that was typed is a link with itself as its label; of any other link both matter.
    return (
        target
        if not label or target.endswith(label) or target.rstrip("/").endswith(label)
        else f"{label} {target}"
    )
