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


_MAILBOX: Final = re.compile(r"[<(]?\b([\w.+-]+@[\w-]+(?:\.[\w-]+)+)[>)]?")
_ROLES: Final = {
    "technician": "technicus|technician|technicien(?:ne)?",
    "office": "kantoor|office|bureau",
    "admin": "beheerder|admin|administrat(?:or|eur|rice)",
}
_ROLE: Final = re.compile(
    r"\b(?:als|as|comme) (?:an? )?(?:"
    + "|".join(f"(?P<{code}>{said})" for code, said in _ROLES.items())
    + r")\b",
    re.IGNORECASE,
)


def named(text: str) -> tuple[str, dict[str, str]]:
    """The flow that is meant, and what is said of the colleague; nothing when what is named is nobody."""
    mailbox, role = _MAILBOX.search(text), _ROLE.search(text)
    plain = " ".join(_ROLE.sub(" ", _MAILBOX.sub(" @ ", text)).split()).strip(" .!?,")
    for flow, pattern in _ABOUT.items():
        found = pattern.fullmatch(plain) or pattern.fullmatch(plain.removesuffix("@").strip(" ,"))
        if not found:
            continue
        name = next(group for group in found.groups() if group).replace("@", "").strip(" ,")
        if len(name.split()) > LONGEST or not (is_name(fold(name)) if name else mailbox):
            return "", {}
        said = {"name": name, "email": mailbox[1] if mailbox else "", "role": role.lastgroup if role else ""}
        return flow, {what: words for what, words in said.items() if words}
    return "", {}
