"""Cards with the ways on: nothing is open, words that mean nothing, unfinished work, a desk that is away."""

from __future__ import annotations

from collections.abc import Iterator

from flows.engine.buttons import BACK, CANCEL, LATER, Buttons
from flows.engine.conversation import Button, Press
from flows.engine.data import Started
from flows.engine.language import Show
from flows.engine.phrases import Listed, Text, _
from flows.engine.runs import Question, asks, next_step
from flows.engine.talk import Talk
from flows.engine.work import Run

PERSON = "talk_to_person"
SEARCHES = ("search", "search_systems")
LONGEST = 40
LONGEST_WORDS = 12
"""Of typed words on a button; with "Chercher : " before them they still fit a phone."""
SEARCH_FOR = _("Search: {words}")
IDLE = _("Nothing is open at the moment.")
USE_BUTTONS = _("Please use one of the buttons.")
BUSY = _("One moment, the last thing you sent is still on its way.")
FAILED = _("The desk does not answer at the moment. Everything you told me is kept.")
UNLINKED = _("I first need to know which company you work for.")


def starts(buttons: Buttons, talk: Talk, *names: str) -> Iterator[Button]:
    """Buttons that start these flows, as far as they exist."""
    for name in names:
        if name in talk.flows:
            yield buttons.start(talk.flows[name].title, Started(name))


def go_on(buttons: Buttons, talk: Talk, shown: str, *, drafts: bool = False) -> Iterator[Button]:
    """Buttons back to what is open under the run that is shown, and to drafts put aside."""
    under = [
        run for run in reversed(talk.runs) if run.id != shown and not run.waiting and can_go_on(talk, run)
    ]
    # The way back is always shown; of what lies deeper, only what somebody has put work in.
    deeper = (run for run in under[1:] if run.files or answers_so_far(talk, run))
    for run in (*under[:1], *deeper, *reversed(talk.parked)) if drafts else under[:1]:
        label = _("Go on: {draft}")(draft=talk.flow_of(run).title)
        yield buttons.add(label, "action", Press("resume", run.id), detail=so_far(talk, run))


def can_go_on(talk: Talk, run: Run) -> bool:
    """Whether it asks something, and does not stand at a card that says why it cannot."""
    step = next_step(talk.flow_of(run), run)
    refused = isinstance(step, Show) and not step.done and run.page_of == step.name
    return asks(talk.flows, run) and not refused


def summary(talk: Talk, run: Run) -> Text:
    """A draft in a few words: its title and the first answers given."""
    title, known = talk.flow_of(run).title, answers_so_far(talk, run)
    return Listed((title, *known)) if known else title


def so_far(talk: Talk, run: Run) -> Text:
    """The first answers of a draft, to stand beside its title."""
    known = answers_so_far(talk, run)
    return Listed(known) if known else ""


def answers_so_far(talk: Talk, run: Run) -> tuple[Text, ...]:
    """The first two answers of a draft: enough to know it by. Long ones are cut."""
    steps = [step for step in talk.flow_of(run).steps if isinstance(step, Question)]
    labels = [run.answers[step.name].label for step in steps if step.name in run.answers][:2]
    return tuple(
        f"{label[:LONGEST]}…" if isinstance(label, str) and len(label) > LONGEST else label
        for label in labels
    )


def lost(talk: Talk, *lines: Text) -> None:
    """Nothing waits for an answer: say so, with the ways on."""
    buttons = Buttons()
    talk.prompt(run=None, lines=lines, buttons=tuple(ways_on(buttons, talk)))


def ways_on(buttons: Buttons, talk: Talk) -> Iterator[Button]:
    """What can be done when nothing waits for an answer."""
    yield from go_on(buttons, talk, "")
    yield from starts(buttons, talk, "menu", PERSON)


def tell(talk: Talk, *lines: Text) -> None:
    """Say it; with nothing left open, with the ways on."""
    if talk.runs:
        talk.say(*lines)
    else:
        lost(talk, *lines)


def guessed(buttons: Buttons, talk: Talk, guess: Started) -> Button:
    """A button for what may have been meant; a search says what for, other things beside their title."""
    words = next((value for value in guess.answers.values() if isinstance(value, str)), "")
    short = f"{words[:LONGEST_WORDS]}…" if len(words) > LONGEST_WORDS + 1 else words
    if guess.flow in SEARCHES and words:
        return buttons.start(SEARCH_FOR(words=short), guess)
    return buttons.start(talk.flows[guess.flow].title, guess, detail=short)


def unclear(talk: Talk, guesses: tuple[Started, ...]) -> None:
    """Words that start nothing: what may have been meant, or the ways on."""
    known = [guess for guess in guesses if guess.flow in talk.flows][:3]
    if not known:
        lost(talk, _("I do not understand that yet."))
        return
    buttons = Buttons()
    rest = [guessed(buttons, talk, guess) for guess in known]
    rest += starts(buttons, talk, *(() if any(guess.flow == "menu" for guess in known) else ("menu",)))
    talk.prompt(run=None, lines=(_("What do you want to do?"),), buttons=tuple(rest))


def stopped(talk: Talk, run: Run) -> None:
    """The desk could not go on with this: nothing is lost, and the person says when to try again."""
    buttons = Buttons()
    if run.stopped == "unlinked":
        rest = [*starts(buttons, talk, "link", PERSON)]
    else:
        rest = [buttons.add(_("Try again"), "answer", Press("again"), style="primary")]
        rest += starts(buttons, talk, PERSON)
    rest.append(buttons.add(LATER, "nav", Press("command", "later")))
    if any(known.given for known in run.answers.values()):
        rest.append(buttons.add(BACK, "nav", Press("command", "back")))
    rest.append(buttons.add(CANCEL, "nav", Press("command", "cancel")))
    talk.prompt(run=run, lines=(UNLINKED if run.stopped == "unlinked" else FAILED,), buttons=tuple(rest))
