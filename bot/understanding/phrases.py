"""Which flow a sentence asks for, by likeness to the phrases of every flow."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Final, NamedTuple

from bot.understanding import words
from bot.understanding.fold import fold
from bot.understanding.lexicon import LEXICON
from flows.engine.language import Flow

LONG: Final = 5
"""Letters from which a word that is nearly ours is ours with a slip."""
LOOSE: Final = 55
SLIP: Final = 80
SLIP_ALONE: Final = 87
EXACT: Final = 100
SURE: Final = 82
"""Likeness from which a flow starts by itself ..."""
CLEAR: Final = 5
"""... when the next flow is this much less alike."""
FILLER: Final = frozenset(
    fold(
        """ik je u we wij mij mijn een de het van voor met op in aan te en of dat die dit is zijn er
        ook nog eens even graag aub alsjeblieft alstublieft svp please gelieve zou wil willen kan
        kunt kun wou zal moet moeten dringend snel bedankt thanks merci je tu vous nous mon ma mes
        notre un une le la les l d de du des a au aux pour avec sur dans et ou que qui est ce cet
        cette il y voudrais veux peux pouvez peut s t j m n c qu svp plait urgent i you we my our a
        an the of for with on in to and or that this it is are would like want can could will please
        need have has heb hebt heeft ai as avez hallo hoi dag hey hi hello bonjour salut beste cher
        dear bij chez at moi me allemaal alle al all tous tout toutes toon laat zien montre montrez
        affiche show any yet deja ne"""
    ).split()
)
"""Words that carry no wish."""
QUESTION: Final = frozenset(
    fold("wat hoe waar wanneer wie what how where when who quoi comment quand qui quel").split()
)
"""Words that carry none alone: "what a day" is not "what can you do"."""


class Guess(NamedTuple):
    """A flow and how much the words resemble its phrases, at most 100.

    `sound`: every word is one of ours, or all words of a phrase are there.
    """

    flow: str
    score: float
    sound: bool


class Phrases:
    """The phrases of all flows, folded once, when the first sentence comes."""

    def __init__(self, flows: Mapping[str, Flow]) -> None:
        self._flows = flows

    @cached_property
    def exact(self) -> Mapping[str, str]:
        """Whole phrases and their flow; the flow's own phrases go before the lexicon."""
        own = {fold(phrase): flow.name for flow in self._flows.values() for phrase in flow.phrases}
        more = {
            fold(phrase): name
            for name, phrases in LEXICON.items()
            if name in self._flows
            for phrase in phrases.split(",")
        }
        return {**more, **own}

    @cached_property
    def _bare(self) -> tuple[list[str], list[str]]:
        """Phrases without filler, and the flow of each."""
        pairs = sorted({(bare(phrase), flow) for phrase, flow in self.exact.items()})
        return [phrase for phrase, _flow in pairs], [flow for _phrase, flow in pairs]

    def alike(self, folded: str) -> list[Guess]:
        """The flows that the words resemble, best first.

        Sharing all words counts most, having no others counts too: "rma" inside a long sentence is no wish.
        """
        from rapidfuzz import fuzz, process  # deferred: most messages are commands, buttons or numbers

        phrases, flows = self._bare
        said = bare(folded)
        familiar = self._familiar(said)
        best: dict[str, Guess] = {}
        for phrase, shared, place in process.extract(
            said, phrases, scorer=fuzz.token_set_ratio, score_cutoff=LOOSE, limit=None
        ):
            flow, score = flows[place], 0.5 * shared + 0.5 * fuzz.token_sort_ratio(said, phrase)
            if flow not in best or score > best[flow].score:
                best[flow] = Guess(flow, score, familiar or shared == EXACT)
        return sorted(best.values(), key=lambda guess: -guess.score)

    @cached_property
    def _vocabulary(self) -> list[str]:
        return sorted({word for phrase in self._bare[0] for word in phrase.split()})

    def is_ours(self, word: str) -> bool:
        """Whether a folded word is one of ours or nearly so: what is not may be a name."""
        from rapidfuzz import fuzz, process

        if not word or not word.isalpha() or word in self._words:
            return True
        nearly = len(word) >= LONG and process.extractOne(
            word, self._vocabulary, scorer=fuzz.ratio, score_cutoff=SLIP_ALONE
        )
        return bool(nearly)

    @cached_property
    def _words(self) -> frozenset[str]:
        said = words.NO_NAME | words.SINCE | words.LEAD | words.POLITE | words.SMALL_TALK | words.LAMP
        return (
            frozenset(self._vocabulary) | FILLER | QUESTION | said | words.TIME | words.DEVICE | words.PARCEL
        )

    def _familiar(self, bared: str) -> bool:
        """Whether every word is one of ours, give or take a letter. One word alone must be nearly right."""
        from rapidfuzz import fuzz, process

        said = bared.split()
        least = SLIP if len(said) > 1 else SLIP_ALONE
        return all(
            process.extractOne(word, self._vocabulary, scorer=fuzz.ratio, score_cutoff=least) for word in said
        )


def bare(folded: str) -> str:
    """The words that carry the wish; all of them when too little is left."""
    kept = [word for word in folded.split() if word not in FILLER and not word.isdigit()]
    return folded if set(kept) <= QUESTION else " ".join(kept)


def is_clear(best: Guess, second: Guess | None = None) -> bool:
    """Whether the best guess needs no question: sure, and the next is less alike or not the very words."""
    ahead = CLEAR if best.score < EXACT else 1
    return best.sound and best.score >= SURE and (second is None or best.score - second.score >= ahead)
