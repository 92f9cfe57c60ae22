"""What somebody wants who writes with no question open: numbers by shape, names, then likeness."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.understanding import colleagues, faults, words
from bot.understanding.abouts import Abouts
from bot.understanding.fold import fold
from bot.understanding.marked import Marked
from bot.understanding.names import is_name, name_after, name_before, wish_and_name
from bot.understanding.numbers import Number, numbers, shape
from bot.understanding.phrases import QUESTION, Phrases, is_clear
from bot.understanding.starts import Starts
from flows.engine.data import Started
from flows.engine.events import Unclear
from flows.engine.language import Flow

LIKELY: Final = 62
"""Likeness from which a flow is offered as a button."""
OF_COLLEAGUES: Final = frozenset(("people", "invite_colleague", "remove_colleague"))
"""Flows that a sentence about a customer is never meant for."""
MOST_GUESSES: Final = 3
SHORTENED: Final = 9
"""Digits up to which a number may have lost its zeros."""


class Wishes:
    """Reads a whole message as a wish."""

    def __init__(self, flows: Mapping[str, Flow], phrases: Phrases) -> None:
        self._flows = flows
        self._phrases = phrases
        self._to = Starts(flows)
        self._marked = Marked(self._to)
        self._abouts = Abouts(phrases, self._to)

    def read(self, text: str) -> Started | Unclear:
        """The flow to start, or what may have been meant."""
        found = numbers(text)
        rest = without(text, found)
        folded = fold(rest)
        meant = (
            self._marked.read(text, found, folded)
            or self._new(text, found, folded)
            or self._colleague(text, found)
            or self._rma_alone(found, folded)
            or self._broken(text, found, folded)
            or self._number_alone(found, folded)
            or self._abouts.read(text, found)
            or self._named(text, found)
            or self._alike(text, folded, found)
        )
        if isinstance(meant, Unclear):
            return meant
        return self._narrowed(meant, folded) if meant.flow in self._flows else Unclear()

    def _narrowed(self, meant: Started, folded: str) -> Started:
        """The part of what is shown that was asked for: one block of an RMA, only systems with a problem."""
        meant = self._of_case(meant)
        said = folded.split()
        block = next((words.BLOCKS[word] for word in said if word in words.BLOCKS), "")
        if meant.flow == "track_rma" and "rma" in meant.answers and block:
            return self._to.start("track_rma", **meant.answers, card=block)
        if meant.flow == "search_systems" and not meant.answers and words.TROUBLE & set(said):
            return self._to.start("search_systems", system="problem")
        return meant

    def with_number(self, text: str) -> Started | None:
        """A phrase of a flow and nothing else but its number ("status 00517624", "label voor 517622")."""
        found = numbers(text)
        folded = fold(without(text, found))
        flow = self._phrases.exact.get(folded) or self._phrases.exact.get(_without_ending(folded))
        if flow is None or len(found) != 1 or flow == "create_rma":
            return None
        answers = self._to.slots(flow, found)
        return self._narrowed(Started(flow, answers), fold(without(text, found))) if answers else None

    def beside(self, text: str) -> Started | None:
        """A whole clear wish with a number or a name, where a name or a number is looked up.

        To search is what happens there anyhow.
        """
        found = numbers(text)
        folded = fold(without(text, found))
        meant = (
            self._marked.read(text, found, folded)
            or self._new(text, found, folded)
            or self._broken(text, found, folded)
            or self._colleague(text, found)
            or self._named(text, found)
        )
        clear = isinstance(meant, Started) and meant.answers and meant.flow != "search_systems"
        return meant if isinstance(meant, Started) and clear else None

    def elsewhere(self, text: str) -> Started | None:
        """The number of an RMA or case where a system is asked for: it can only be meant for itself."""
        found = numbers(text)
        alone = len(found) == 1 and found[0].kind in ("rma", "case") and not fold(without(text, found))
        return (
            self._of_case(self._to.start("track_rma", rma=found[0].digits))
            if alone and shape(found[0].digits)
            else None
        )

    def _colleague(self, text: str, found: tuple[Number, ...]) -> Started | None:
        """ "jan uitnodigen", "invite jan@company.example as office", "remove john"."""
        flow, said = colleagues.named(text) if not found else ("", {})
        who = said.get("name") or said.get("email", "")
        return self._to.start(flow, **said, colleague=who) if flow else None

    def _of_case(self, meant: Started) -> Started:
        """The number of a case, also without its zero, leads to the case, not to an RMA (ESM-17, 48)."""
        number = str(meant.answers.get("rma", "")).zfill(8)
        if meant.flow == "track_rma" and shape(number) == "case":
            return self._to.start("list_cases", found=number)
        return meant

    def _rma_alone(self, found: tuple[Number, ...], folded: str) -> Unclear | None:
        """The bare word may be a wish for a new one or a question about an old one."""
        if found or not folded or not set(folded.split()) <= words.RMA:
            return None
        return Unclear(self._to.known(Started("create_rma"), Started("track_rma")))

    def _new(self, text: str, found: tuple[Number, ...], folded: str) -> Started | None:
        """ "nieuwe rma 122045001234, meldt niet sinds de storm": all that is said is taken along."""
        said = set(folded.split())
        devices = [number for number in found if number.kind == "serial"]
        if not devices or not (said & words.RMA and said & words.CREATE) or said & QUESTION:
            return None
        return self._about(text, found)

    def _about(self, text: str, found: tuple[Number, ...], name: str = "") -> Started:
        """A new RMA with what the words say of it (ESM-21 to 23)."""
        known = self._to.slots("create_rma", found)
        if "devices" in known:
            known |= faults.told(without(text, found))
        return self._to.start("create_rma", **known, **({"system": name} if name else {}))

    def _broken(self, text: str, found: tuple[Number, ...], folded: str) -> Started | None:
        """A device and a word for broken: what was understood is shown before anything is sent.

        A question about it ("when is my micro replaced") is none.
        """
        said = set(folded.split())
        serial = any(number.kind in ("serial", "sma_serial") for number in found)
        device = serial or said & words.DEVICE
        name = "" if found else name_after(text) or name_before(text)
        whole = bool(name and words.NO_PRODUCTION.search(folded))
        if said & (words.STATUS | QUESTION | words.SEND_BACK) or not (
            whole or (device and faults.is_broken(folded, named=serial or bool(name)))
        ):
            return None
        return self._about(text, found, name)

    def _number_alone(self, found: tuple[Number, ...], folded: str) -> Started | Unclear | None:
        """Nothing but numbers, their labels and words like "show": the shape decides."""
        said = set(folded.split())
        idle = words.CONNECT | words.SYSTEM | words.RMA | words.SEARCH | words.LABELS | words.IDLE
        if found and words.WHEREABOUTS.search(folded):
            said = set(words.WHEREABOUTS.sub(" status ", folded).split())
        if not found or said - idle - words.STATUS:
            return None
        if said & words.STATUS and found[0].kind == "unknown":
            return self._to.start("track_rma", rma=found[0].digits)
        serials = tuple(n.digits for n in found if n.kind in ("serial", "sma_serial"))
        if len(serials) > 1:
            new = self._to.start("create_rma", system=serials[0], devices=serials)
            return Unclear(self._to.known(new, self._to.start("search_systems", system=serials[0])))
        likely = self._by_shape(found)
        return likely[0] if len(likely) == 1 and found[0].kind != "unknown" else Unclear(likely)

    def _named(self, text: str, found: tuple[Number, ...]) -> Started | Unclear | None:
        """A wish followed by a name: "nieuwe rma voor Peeters", "zoek Peeters", "status Dupont".

        "rma voor Peeters" may be a new one or an old one.
        """
        if found:
            return None
        said, what = wish_and_name(text)
        if not what:
            return None
        if said & words.RMA and said & words.CREATE:
            return self._to.start("create_rma", system=what)
        if said & words.STATUS or (said & words.RMA and said & words.SEARCH):
            return self._to.start("track_rma", rma=what)
        if said and said <= words.RMA | words.CONNECT and said & words.RMA:
            new, old = self._to.start("create_rma", system=what), self._to.start("track_rma", rma=what)
            return Unclear(self._to.known(new, old))
        if said & (words.SEARCH | words.SYSTEM) and not said & words.RMA:
            return self._to.start("search_systems", system=what)
        return None

    def _alike(self, text: str, folded: str, found: tuple[Number, ...]) -> Started | Unclear:
        """The flow whose phrases the words resemble, when there is one; else up to three of them."""
        guesses = self._phrases.alike(folded) if folded else []
        if guesses and guesses[0].flow == "create_rma" and words.WHEN_OR_WHERE & set(folded.split()):
            return Unclear(self._to.known(self._to.start("track_rma"), self._to.filled("create_rma", found)))
        likely = [guess.flow for guess in guesses if guess.score >= LIKELY]
        named = {} if found or not likely else self._abouts.named(text, likely)
        starts = [named.get(flow) or self._to.filled(flow, found) for flow in likely]
        customer = bool(words.CUSTOMER & set(folded.split()))
        if guesses and is_clear(*guesses[:2]) and not (customer and guesses[0].flow in OF_COLLEAGUES):
            return starts[0]
        if not starts and found:
            starts = list(self._by_shape(found))
        if not starts and is_name(folded):
            starts = list(self._to.known(self._to.start("search_systems", system=text.strip())))
        return Unclear(tuple(starts[:MOST_GUESSES]))

    def _by_shape(self, found: tuple[Number, ...]) -> tuple[Started, ...]:
        """A shortened number may be of anything; 11 or 13 digits are a serial with a slip."""
        first = found[0]
        search = self._to.start("search_systems", system=first.digits)
        track = self._to.start("track_rma", rma=first.digits)
        if first.kind in ("rma", "case"):
            return self._to.known(track)
        if first.kind == "unknown" and len(first.digits) <= SHORTENED:
            return self._to.known(track, self._to.start("search", found=first.digits))
        return self._to.known(search)


def _without_ending(folded: str) -> str:
    """Without the small words before a number: "voor", "de la rma"."""
    said = folded.split()
    while said and said[-1] in words.CONNECT | words.RMA:
        said.pop()
    return " ".join(said)


def without(text: str, found: tuple[Number, ...]) -> str:
    """The text without its numbers."""
    for number in reversed(found):
        text = f"{text[: number.start]} {text[number.end :]}"
    return text
