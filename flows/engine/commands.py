"""Back, cancel, skip and later, typed or pressed; yes and no, typed."""

from __future__ import annotations

from msgspec import structs

from flows.engine.answers import skip
from flows.engine.cards import BUSY, IDLE, USE_BUTTONS, lost
from flows.engine.drafts import DROP, RESUME, cancel, drop_one, offer_resume, put_aside
from flows.engine.language import Review
from flows.engine.phrases import _
from flows.engine.runs import Question, acting, asks, next_step, off_screen, without
from flows.engine.talk import Talk
from flows.engine.walk import walk
from flows.engine.work import Run


def command(talk: Talk, name: str, silent: bool = False) -> None:
    """Do it to the run the person is in."""
    run = talk.top
    screen = talk.on_screen
    if run is None:
        lost(talk, IDLE)
    elif acting(talk.flow_of(run), run) or (run.waiting and name in ("back", "skip", "yes", "no")):
        talk.say(BUSY)
    elif screen and screen.step == DROP:
        drop_one(talk, "")
    elif silent and name in ("back", "skip", "yes", "no") and asks(talk.flows, run):
        offer_resume(talk, run)
    elif not asks(talk.flows, run) and name not in ("skip", "yes") and not (name == "back" and given(run)):
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
        case "no":
            decline(talk, run)
        case "yes":
            talk.say(USE_BUTTONS)


def decline(talk: Talk, run: Run) -> None:
    """No: what would take something away is stopped; before anything is sent, an answer can be changed; a
    card is left the way one came.
    """
    step = next_step(talk.flow_of(run), run)
    reviewing = isinstance(step, Review) and not run.changing
    changeable = any(isinstance(talk.step_of(run, name), Question) for name in run.answers)
    if run.stopped or (talk.on_screen and talk.on_screen.step == RESUME):
        put_aside(talk, run)
    elif isinstance(step, Review) and reviewing and (step.grave or not changeable):
        cancel(talk, run)
    elif reviewing:
        talk.say(_("Nothing was sent."))
        talk.keep(structs.replace(run, changing=True))
    elif not isinstance(step, Question) and given(run):
        back(talk, run)
    else:
        talk.say(USE_BUTTONS)


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
