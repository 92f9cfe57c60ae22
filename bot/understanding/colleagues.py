"""What a sentence says about a colleague: "jan uitnodigen", "remove john", "doorgeven aan Els"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from bot.understanding.fold import fold
from bot.understanding.names import is_name

LONGEST: Final = 3
_ABOUT: Final[Mapping[str, re.Pattern[str]]] = {
    "invite_colleague": re.compile(
        r"(?:nodig (?P<a>.+) uit|(?P<b>.+) uitnodigen|(?:inviter|invitez?|invite) (?P<c>.+))", re.IGNORECASE
    ),
    "remove_colleague": re.compile(
        r"(?:(?:verwijder|supprime[rz]?|retire[rz]?|remove|delete) (?P<a>.+)|(?P<b>.+) verwijderen)",
        re.IGNORECASE,
    ),
    "pass_draft": re.compile(
        r"(?:.* )?(?:doorgeven aan|geef (?:dit )?door aan|transmettre à|passer à|hand (?:this )?over to"
        r"|pass (?:this )?on to) (?P<a>.+)",
        re.IGNORECASE,
    ),
}


def named(text: str) -> tuple[str, str]:
    """The flow that is meant, and the colleague as typed; nothing when what is named is nobody."""
    for flow, pattern in _ABOUT.items():
        found = pattern.fullmatch(text.strip(" .!?"))
        if found:
            name = next(group for group in found.groups() if group)
            return (flow, name) if len(name.split()) <= LONGEST and is_name(fold(name)) else ("", "")
    return "", ""
