"""Wishes about the RMA, return or claim of a system that is named: "label voor de retour van Visser"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from bot.understanding import words
from bot.understanding.fold import fold
from bot.understanding.numbers import Number
from bot.understanding.phrases import FILLER, Phrases, bare, is_clear
from bot.understanding.starts import Starts
from bot.understanding.whose import whose
from flows.engine.data import Started

VERY_WORDS: Final = 90
"""Likeness from which the words of a wish are all there ..."""
SEVERAL: Final = 2
"""... when they are this many."""
NEW: Final = frozenset(("create_rma", "create_case", "search_systems"))
"""Flows whose first words are a name more often than not; they are read elsewhere."""
FOLLOW_UP: Final = {"claim_labour": "track_claim", "initiate_return": "track_return"}
"""What is meant by a question how far something is."""
_NOTE_ON: Final = re.compile(r"(?P<wish>[^:]{3,60}?)\s*:\s*(?P<note>\S.*)", re.DOTALL)


class Abouts:
    """Reads them: a clear wish, and the name taken along for the question whose it is."""

    def __init__(self, phrases: Phrases, starts: Starts) -> None:
        self._phrases = phrases
        self._to = starts

    def read(self, text: str, found: tuple[Number, ...]) -> Started | None:
        """The flow with its name. A name that no word leads to counts only beside all words of a wish."""
        said = set(fold(text).split())
        if found or (said & words.RMA and said & words.CREATE):
            return None
        if noted := self._note(text):
            return noted
        about = whose(text, self._phrases.is_ours)
        if about is None:
            return None
        rest = fold(about.rest)
        flow = self._plainly(rest) or self._likely(rest, marked=about.marked)
        if words.WHEREABOUTS.search(rest):
            flow = FOLLOW_UP.get(flow, flow)
        return self._to.about(flow, about.name)

    def named(self, text: str, flows: Iterable[str]) -> dict[str, Started]:
        """Those of the flows that ask whose it is, with the name that a word leads to."""
        about = whose(text, self._phrases.is_ours)
        if about is None or not about.marked:
            return {}
        starts = ((flow, self._to.about(flow, about.name)) for flow in flows if flow not in NEW)
        return {flow: start for flow, start in starts if start}

    def _plainly(self, rest: str) -> str:
        """What a few words ask for when a name follows: "retour van", "any news on"."""
        said = set(rest.split())
        if said & words.RETURN and not said - words.RETURN - words.CONNECT - words.RMA:
            return "initiate_return"
        asks = words.WHEREABOUTS.search(rest)
        left = set(words.WHEREABOUTS.sub(" ", rest).split()) - FILLER - words.IDLE - words.PARCEL
        return "track_rma" if asks and (said & words.RMA or not left) else ""

    def _likely(self, rest: str, *, marked: bool) -> str:
        """The one flow that the words without the name resemble."""
        guesses = self._phrases.alike(rest)
        if not guesses or not is_clear(*guesses[:2]) or guesses[0].flow in NEW:
            return ""
        whole = guesses[0].score >= VERY_WORDS and len(bare(rest).split()) >= SEVERAL
        return guesses[0].flow if marked or whole or rest in self._phrases.exact else ""

    def _note(self, text: str) -> Started | None:
        """ "nota voor Peeters: klant thuis na 17u"."""
        parts = _NOTE_ON.fullmatch(text)
        about = whose(parts["wish"], self._phrases.is_ours) if parts else None
        if parts is None or about is None:
            return None
        said = set(fold(about.rest).split())
        if not said & words.NOTE or said - words.NOTE - words.CONNECT - words.RMA - FILLER:
            return None
        return self._to.start("add_note", rma=about.name, note=parts["note"].strip())
