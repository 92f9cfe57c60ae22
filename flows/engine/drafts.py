"""Unfinished work: shown after a long silence, put aside, dropped when too much is open or too old."""

from __future__ import annotations

from msgspec import structs

from flows.engine.model import Press, Run, Started
from flows.engine.phrases import _
from flows.engine.runs import asks
from flows.engine.screens import Buttons, summary
from flows.engine.talk import DRAFT_KEPT, Talk
from flows.engine.walk import begin, walk

RESUME, DROP = "~resume", "~drop"


def ask_which_to_drop(talk: Talk) -> None:
    """Too much is open: one may go, or all stay and nothing new starts."""
    buttons = Buttons()
    rest = [buttons.add(summary(talk, run), "answer", Press("drop", run.id)) for run in talk.runs]
    rest.append(buttons.add(_("Keep them all"), "nav", Press("drop", "")))
    line = _("Five things are open already. Which one may go?")
    talk.prompt(run=talk.top, step=DROP, lines=(line,), buttons=tuple(rest))


def offer_resume(talk: Talk, run: Run) -> None:
    """After a long silence words are no answer: show the draft in one line."""
    buttons = Buttons()
    rest = (
        buttons.add(_("Go on"), "answer", Press("resume", run.id), style="primary"),
        buttons.add(_("Start again"), "answer", Press("restart", run.id)),
        buttons.add(_("Later"), "nav", Press("command", "later")),
    )
    line = _("You were busy with: {draft}.")(draft=summary(talk, run))
    talk.prompt(run=run, step=RESUME, lines=(line,), buttons=rest)


def choose_draft(talk: Talk, press: Press) -> None:
    """What to do with a draft."""
    if press.kind == "resume" and (draft := next((run for run in talk.parked if run.id == press.of), None)):
        talk.parked.remove(draft)
        if talk.top and not asks(talk.flows, talk.top):
            talk.runs.pop()
        talk.runs.append(structs.replace(draft, at=talk.event.at))
    elif press.kind == "restart" and talk.top:
        old = talk.runs.pop()
        begin(talk, Started(old.flow))
    elif press.kind == "drop":
        wanted, talk.held = talk.held, None
        left = [run for run in talk.runs if run.id != press.of]
        dropped = len(left) < len(talk.runs)
        talk.runs = left
        if dropped and wanted:
            begin(talk, wanted)
    walk(talk)


def elapsed(talk: Talk, timer: str) -> None:
    """A draft may be too old to keep."""
    run = next((r for r in (*talk.runs, *talk.parked) if timer == f"draft:{r.id}"), None)
    if run is None:
        return
    if talk.event.at - run.at < DRAFT_KEPT:
        talk.remind_of(run)
        return
    was_open = talk.top is run
    talk.runs = [other for other in talk.runs if other.id != run.id]
    talk.parked = [other for other in talk.parked if other.id != run.id]
    if was_open:
        talk.close()
    talk.say(_("Your unfinished work was 30 days old and is removed: {draft}.")(draft=summary(talk, run)))
