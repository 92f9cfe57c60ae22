"""What is said of something broken: whether it is, what one sees, and the words for the desk."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import dropwhile
from typing import Final

from bot.understanding import words
from bot.understanding.fold import fold

_SEEN: Final[Mapping[str, re.Pattern[str]]] = {
    "no_production": words.NO_PRODUCTION,
    "not_reporting": re.compile(
        r"\b(?:(?:meldt|rapporteert|communiceert)(?: het)? niet|geen (?:communicatie|signaal|verbinding)"
        r"|ne (?:communique|repond|rapporte) (?:plus|pas)|(?:plus|pas) de (?:communication|signal)"
        r"|not (?:reporting|communicating)|no (?:communication|signal)|silent|offline)\b"
    ),
    "damaged": re.compile(
        r"\b(?:beschadigd|schade|gebarsten|verbrand|gesmolten|doorgebrand|abime\w*|endommage\w*|fele\w*"
        r"|fissure\w*|brule\w*|fondu\w*|damaged?|cracked|burnt|burned|melted)\b"
    ),
}
"""By fault of the form: how it is said, in folded words."""


def is_broken(folded: str, *, named: bool) -> bool:
    """Whether something is said to be broken; "werkt niet" needs a name or a serial, or its phrases do."""
    said = set(folded.split())
    dark = named and (words.PHRASES_FOR_BROKEN.search(folded) or seen(folded))
    return bool(said & words.BROKEN or (said & words.RED and said & words.LAMP) or dark)


def seen(folded: str) -> str:
    """The one fault that is named; nothing when it is none or several."""
    found = [fault for fault, how in _SEEN.items() if how.search(folded)]
    return found[0] if len(found) == 1 else ""


def told(text: str) -> dict[str, str]:
    """The answers that the words beside a serial already give: the fault, and the words themselves.

    Words that say when or how are for the desk; "kapot" alone is asked about.
    """
    folded = fold(text)
    tells = bool(set(folded.split()) & words.SINCE)
    answers = {"fault": seen(folded), "description": _for_the_desk(text) if tells else ""}
    return {name: value for name, value in answers.items() if value}


def _for_the_desk(text: str) -> str:
    """The words without the wish they begin with: "new rma sn, silent since the storm" is about the storm."""
    said = re.sub(r"\s+(?=[,.;:])", "", " ".join(text.split())).split()
    return " ".join(dropwhile(_is_wish, said)).strip(" ,.;:-")


def _is_wish(word: str) -> bool:
    return set(fold(word).split()) <= words.RMA | words.CREATE | words.CONNECT | words.LABELS
