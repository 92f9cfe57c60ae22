"""What was decided elsewhere: the desk asks, the chat is nobody's any more, work comes here or goes away."""

from __future__ import annotations

from msgspec import structs

from flows.engine.buttons import Buttons
from flows.engine.cards import go_on, lost, tell
from flows.engine.data import Started
from flows.engine.drafts import lift, start, unsent, worth_keeping
from flows.engine.phrases import Text, n_
from flows.engine.runs import asks, files_of
from flows.engine.talk import Talk
from flows.engine.walk import walk
from flows.engine.work import Run

NOT_ADDED = n_(
    "{n} file came too late and was not added. Please send it there.",
    "{n} files came too late and were not added. Please send them there.",
)


def told(talk: Talk, lines: tuple[Text, ...], wanted: Started) -> None:
    """The desk asks something: at once where nothing is open, else behind a button."""
    busy = talk.form or (talk.top and asks(talk.flows, talk.top))
    if wanted.flow in talk.flows and not busy:
        start(talk, wanted)
        return
    buttons = Buttons()
    rest = [buttons.start(talk.flows[wanted.flow].title, wanted)] if wanted.flow in talk.flows else []
    rest += go_on(buttons, talk, "")
    talk.prompt(run=None, lines=lines, buttons=tuple(rest))


def unlinked(talk: Talk, lines: tuple[Text, ...]) -> None:
    """Whose chat it was is over: nothing of it is open or can be pressed any more."""
    talk.forget_all()
    lost(talk, *lines)


def handed_on(talk: Talk, id: str, lines: tuple[Text, ...], files: tuple[str, ...]) -> None:
    """It goes on elsewhere: where it was open, what lies under it is asked again.

    `files` went along; what came here since did not, and the person hears it.
    """
    if talk.cancelled and talk.cancelled.id == id:
        talk.cancelled = None
    run = next((run for run in (*talk.runs, *talk.parked, *talk.aside) if run.id == id), None)
    if run is None:
        return  # what was sent in here was refused already
    in_front = run is talk.top
    if run in talk.runs:
        talk.drop(run)
    for kept in (talk.parked, talk.aside):
        kept[:] = [other for other in kept if other.id != id]
    if late := len(set(files_of(run)) - set(files)):
        lines = (*lines, NOT_ADDED(n=late))
    if lines:
        tell(talk, *lines)
    if in_front and talk.runs:
        walk(talk)


def bring(talk: Talk, run: Run) -> None:
    """Work that was begun elsewhere is on top now, or what is here already; the walk asks on."""
    if all(known.id != run.id for known in (*talk.parked, *talk.runs)):
        talk.parked.append(run)
        talk.remind_of(structs.replace(run, at=talk.event.at))
    lift(talk, run.id)


def enter(talk: Talk, run: Run, side: str) -> None:
    """All is practice from here on, or real again; the drafts of the other side are no longer in sight."""
    if (side == "practice") == talk.practice:
        return
    kept = [*talk.parked, *(unsent(talk, other) for other in talk.runs if other.id != run.id)]
    back = talk.aside
    talk.forget_all_but(run)
    if side == "practice":
        talk.practice, talk.aside = True, [draft for draft in kept if worth_keeping(talk, draft)]
    else:
        talk.parked = back
        for draft in back:
            talk.remind_of(draft)
