"""From typed words to what the turn should do with them; the order of the rules is the whole of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.understanding import agreeing, buttons, commands, faults
from bot.understanding.fold import fold
from bot.understanding.phrases import Phrases
from bot.understanding.wishes import Wishes
from flows.engine.conversation import Conversation, Screen
from flows.engine.data import Started
from flows.engine.events import Command, Content, Said, Unclear
from flows.engine.language import Choose, Flow, Review, Step
from flows.engine.runs import asks
from flows.engine.work import Run

LONGEST: Final = 400
"""What is longer is a story: the answer to a question, never a command."""
SHORT: Final = 60
CHANGES: Final = frozenset(("add_note", "add_to_rma", "correct_address", "withdraw_rma"))
"""Without a number they may be about what is being filed: "yes but the address is wrong"."""
BROKEN: Final = "create_rma"
"""The flow that words for broken begin; inside it they are an answer."""
SYSTEM: Final = "system"
"""The question which system is meant."""
FOUND: Final = "found"
"""The question what is looked for among requests."""
PLACE: Final = "geo:"
"""How a channel hands over where somebody is: only systems stand somewhere."""
PICKED: Final = "system:"
"""How a channel hands over a system that was picked ("system:700457343")."""


class Understanding:
    """Reads what people type. Nothing is worked out before the first message needs it."""

    def __init__(self, flows: Mapping[str, Flow]) -> None:
        self._flows = flows
        self._phrases = Phrases(flows)
        self._wishes = Wishes(flows, self._phrases)

    def understand(self, text: str, locale: str, conversation: Conversation) -> Content | None:
        """What the words ask for; None when they are the answer to the open question."""
        run = self._asking(conversation)
        text = text.strip()
        screen = on_screen(conversation)
        if text.lower().startswith(PLACE) and (run is None or (screen and screen.step == FOUND)):
            return Started("search_systems", {"system": text})
        if text.startswith(PICKED):
            return self._picked(text.removeprefix(PICKED), conversation, run)
        if len(text) <= SHORT:
            meant = self._command(text, fold(text), locale, conversation, run)
            if meant:
                return meant
        if run:
            return self._wish_instead(text, run, screen) if text else None
        return self._wishes.read(text[:LONGEST]) if text else Unclear()

    def _picked(self, id: str, conversation: Conversation, run: Run | None) -> Content | None:
        """A system that was picked from a list: the answer where one is asked for; else it is shown."""
        screen = on_screen(conversation)
        asked = run is not None and screen is not None and screen.step == SYSTEM
        return Said(id) if asked else self._start("search_systems", system=id)

    def _wish_instead(self, text: str, run: Run, screen: Screen | None) -> Content | None:
        """A wish where a question is open that takes no words, or looks up only names and numbers.

        Where words are the answer, they are never anything else. The number in a wish for what
        is being done is the answer where it is asked for ("retour 517621" where an RMA is).
        """
        if screen is None or screen.asks in ("text", "form") or len(text) > LONGEST:
            return None
        step = self._step(run, screen)
        if isinstance(step, Choose) and step.words_for:
            return None
        looks_up = isinstance(step, Choose) and step.rows is not None
        meant = self._wishes.beside(text) if looks_up else self._wishes.read(text)
        number = str(meant.answers.get(screen.step, "")) if isinstance(meant, Started) else ""
        if isinstance(meant, Started) and meant.flow == run.flow and number.isdecimal():
            return Said(number)
        if isinstance(meant, Started) and self._is_another(meant, run, looks_up=looks_up):
            return meant
        return self._wishes.elsewhere(text) if screen.step == SYSTEM else None

    def _is_another(self, meant: Started, run: Run, *, looks_up: bool) -> bool:
        """Whether this is something else than what is being done."""
        if meant.flow == run.flow:
            return bool(meant.answers) and (not looks_up or meant.answers.keys() <= run.answers.keys())
        return bool(meant.answers) or meant.flow not in CHANGES

    def _command(
        self, text: str, folded: str, locale: str, conversation: Conversation, run: Run | None
    ) -> Content | None:
        """A short whole message: a button on screen, a command, or a phrase of a flow."""
        if text == "?":
            return self._start("help")
        if not folded and not agreeing.is_thumb(text):
            return None
        screen = on_screen(conversation)
        if screen and (pressed := buttons.exactly(folded, locale, screen)):
            return pressed
        if screen and screen.asks == "one" and (pressed := buttons.at_time(text, screen)):
            return pressed
        if screen and (commands.goes_on(folded) and (resumed := buttons.resume(screen))):
            return resumed
        if screen and screen.asks == "files" and commands.has_none(folded):
            return Command("skip")
        if navigation := commands.navigation(folded, locale):
            return navigation if conversation.runs else self._start("menu")
        slash, asked = text.startswith("/"), run is not None
        in_words = screen is not None and screen.asks in ("text", "form")
        bare = asked and (screen is None or in_words)
        return (
            (None if in_words else self._yes_or_no(text, folded, screen, run))
            or commands.language(folded, slash=slash, asked=asked)
            or self._start(commands.wish(folded, slash=slash, asked=asked))
            or (self._start("menu") if folded in commands.GREETINGS and not asked else None)
            or (self._start("thanks") if commands.thanks(folded) and not (asked and in_words) else None)
            or self._answer_or_start(folded, commands.link(text, asked=asked), run)
            or (buttons.requests_of_this(folded, screen) if screen else None)
            or (buttons.nearly(folded, locale, screen) if screen else None)
            or self._answer_or_start(folded, self._phrase(text, folded, bare=bare), run)
        )

    def _yes_or_no(self, text: str, folded: str, screen: Screen | None, run: Run | None) -> Content | None:
        """ "ja", "ok" or "nee" alone: the one button that agrees, the question left out, or what else fits.

        A mere nod never does what cannot be taken back.
        """
        if agreeing.declines(folded):
            left_out = buttons.skipped(screen) if screen else None
            return left_out or Command("no")
        step = self._step(run, screen)
        plainly = isinstance(step, Review) and step.grave
        agrees = agreeing.agrees(text, folded, plainly=plainly)
        enough = agreeing.has_enough(folded) and screen is not None and screen.asks != ""
        if screen and (agrees or enough) and (pressed := buttons.agreed(screen)):
            return pressed
        return Command("yes") if agreeing.agrees(text, folded) else None

    def _step(self, run: Run | None, screen: Screen | None) -> Step | None:
        """The step that is on screen."""
        if run is None or screen is None:
            return None
        return next((step for step in self._flows[run.flow].steps if step.name == screen.step), None)

    def _phrase(self, text: str, folded: str, *, bare: bool) -> Started | None:
        """A phrase of a flow as the whole message, or with nothing but its number.

        `bare`: words are asked for, so one bare word is an answer; among names and numbers it is a wish.
        """
        flow = self._phrases.exact.get(folded)
        if flow and (not bare or " " in folded or text.startswith("/")):
            return Started(flow)
        return self._wishes.with_number(text)

    def _answer_or_start(self, folded: str, started: Started | None, run: Run | None) -> Content | None:
        """What comes with a wish for the flow that asks right now is its answer: number, code, fault.

        Where something else is asked by now, it is about another one.
        """
        if started and run and started.flow == run.flow and started.answers:
            name, said = next(iter(started.answers.items()))
            return Said(str(said)) if name not in run.answers else started
        if started and run and started.flow == run.flow == BROKEN and faults.is_broken(folded, named=True):
            return None
        return started if started and started.flow in self._flows else None

    def _asking(self, conversation: Conversation) -> Run | None:
        """The run whose question is open; a card that is only shown asks nothing."""
        run = conversation.runs[-1] if conversation.runs else None
        return run if run and run.flow in self._flows and asks(self._flows, run) else None

    def _start(self, flow: str, **answers: str) -> Started | None:
        return Started(flow, dict(answers)) if flow in self._flows else None


def on_screen(conversation: Conversation) -> Screen | None:
    """The open prompt, or the last card when nothing is open."""
    if not conversation.open:
        return conversation.screens[-1] if conversation.screens else None
    return next((s for s in reversed(conversation.screens) if s.token == conversation.open), None)
