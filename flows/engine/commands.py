"""Back, cancel, skip and later, typed or pressed."""

from __future__ import annotations

from msgspec import structs

from flows.engine.answers import skip
from flows.engine.cards import BUSY, IDLE, lost
from flows.engine.drafts import DROP, cancel, drop_one, offer_resume, put_aside
from flows.engine.phrases import _
from flows.engine.runs import acting, asks, off_screen, without
from flows.engine.talk import Talk
from flows.engine.walk import walk
from flows.engine.work import Run


def command(talk: Talk, name: str, silent: bool = False) -> None:
    """Do it to the run the person is in."""
    run = talk.top
    screen = talk.on_screen
    if run is None:
        lost(talk, IDLE)
    elif acting(talk.flow_of(run), run) or (run.waiting and name in ("back", "skip")):
        talk.say(BUSY)
    elif screen and screen.step == DROP:
        drop_one(talk, "")
    elif silent and name in ("back", "skip") and asks(talk.flows, run):
        offer_resume(talk, run)
    elif not asks(talk.flows, run) and name != "skip" and not (name == "back" and given(run)):
        put_away(talk, run)
    else:
        do(talk, run, name)
        walk(talk)


def do(talk: Talk, run: Run, name: str) -> None:
    """One command to a run that still asks something."""
    match name:
        case "back":
            back(talk, run)
        case "skip":
            skip(talk, run)
        case "later":
            put_aside(talk, run)
        case "cancel":
            cancel(talk, run)


def put_away(talk: Talk, card: Run) -> None:
    """A card that only shows needs no keeping: what is under it is asked again."""
    talk.drop(card)
    if talk.runs:
        walk(talk)
    else:
        lost(talk, IDLE)


def given(run: Run) -> int:
    """The number of the last thing the person answered, 0 for none."""
    return max((known.given for known in run.answers.values()), default=0)


def back(talk: Talk, run: Run) -> None:
    """Take back the last thing the person said; a form was one thing."""
    last = given(run)
    if run.changing or run.redoing:
        talk.keep(structs.replace(off_screen(run), redoing=""))
    elif not last:
        talk.say(_("This is the first question."))
    else:
        for name in [name for name, known in run.answers.items() if known.given == last]:
            view = run.answers[name].view if name in run.answers else ""
            run = structs.replace(without(talk.flow_of(run), run, name), cursor=view)
        talk.keep(run)
