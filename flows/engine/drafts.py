"""What is open: starting flows, putting work aside, taking it up again, dropping what is too old."""

from __future__ import annotations

import datetime

from msgspec import structs

from flows.engine.buttons import LATER, Buttons
from flows.engine.cards import (
    BUSY,
    IDLE,
    answers_so_far,
    lost,
    so_far,
    starts,
    summary,
    tell,
    unclear,
    ways_on,
)
from flows.engine.conversation import Press
from flows.engine.data import Started
from flows.engine.phrases import Phrase, Text, _
from flows.engine.runs import asks, unconfirmed
from flows.engine.talk import DEEPEST, DRAFT_KEPT, Talk
from flows.engine.walk import begin, walk
from flows.engine.work import Run

SILENCE = datetime.timedelta(hours=12)
BREATH = datetime.timedelta(seconds=2)
MOST_PARKED = 10
COLLEAGUE = "pass_draft"
RESUME, DROP = "~resume", "~drop"
BUSY_WITH = _("You were busy with: {draft}.")
NOT_USED = _("You were busy with: {draft}. I did not use your last words for it.")


def start(talk: Talk, wanted: Started) -> None:
    """Start a flow: on top of one that still asks something, in the place of one that only shows."""
    if wanted.flow not in talk.flows:
        unclear(talk, ())
        return
    talk.close()
    if talk.top and (is_over(talk, talk.top) or untouched(talk, talk.top, wanted)):
        talk.runs.pop()
    if len(talk.runs) >= DEEPEST:
        talk.held = wanted
        ask_which_to_drop(talk)
        return
    begin(talk, wanted)
    walk(talk)


def is_over(talk: Talk, run: Run) -> bool:
    """Whether nothing of it is left to go on with: it asks nothing, or it is a list or a mere "sure?"."""
    return not asks(talk.flows, run) or not (talk.flow_of(run).is_work or run.waiting)


def untouched(talk: Talk, run: Run, wanted: Started) -> bool:
    """Whether the same flow waits at its first question: starting it once more takes its place.

    Not where it was begun for the person about something else, which still waits for them.
    """
    if run.flow != wanted.flow or run.waiting or filled_in(run):
        return False
    known = {name: run.answers[name].value for name in wanted.answers if name in run.answers}
    return not talk.flow_of(run).patient or known == wanted.answers


def ask_which_to_drop(talk: Talk) -> None:
    """Too much is open: one may go, or all stay and nothing new starts."""
    buttons = Buttons()
    rest = [
        buttons.add(talk.flow_of(run).title, "answer", Press("drop", run.id), detail=so_far(talk, run))
        for run in talk.runs
        if not run.waiting
    ]
    rest.append(buttons.add(_("Keep them all"), "nav", Press("drop", "")))
    line = _("Five things are open already. Which one may go?")
    talk.prompt(run=talk.top, step=DROP, lines=(line,), buttons=tuple(rest))


def offer_resume(talk: Talk, run: Run, line: Phrase = NOT_USED) -> None:
    """After a long silence words are no answer: show the draft in one line."""
    buttons = Buttons()
    rest = (
        buttons.add(_("Go on"), "answer", Press("resume", run.id), style="primary"),
        buttons.add(_("Start again"), "answer", Press("restart", run.id)),
        buttons.add(LATER, "nav", Press("command", "later")),
    )
    talk.prompt(run=run, step=RESUME, lines=(line(draft=summary(talk, run)),), buttons=rest)


def resume(talk: Talk, id: str) -> bool:
    """Go on with a draft; False when it is gone."""
    found = lift(talk, id)
    if found:
        walk(talk)
    return found


def lift(talk: Talk, id: str) -> bool:
    """Bring a draft to the top, from under a card or from where it was put aside; False when it is gone.

    Where too much is open already, what was left longest is put aside instead.
    """
    kept = [*talk.parked, *talk.runs, *([talk.cancelled] if talk.cancelled else [])]
    draft = next((run for run in kept if run.id == id), None)
    if draft is None:
        return False
    if draft is talk.cancelled:
        talk.cancelled = None
    talk.parked = [run for run in talk.parked if run.id != id]
    talk.runs = [run for run in talk.runs if run.id != id and asks(talk.flows, run)]
    idle = [run for run in talk.runs if not run.waiting]
    if len(talk.runs) >= DEEPEST and idle:
        talk.runs.remove(idle[0])
        talk.parked.append(unsent(talk, idle[0]))
    talk.runs.append(structs.replace(draft, at=talk.event.at))
    return True


def go_on_here(talk: Talk) -> None:
    """What is open is asked where the person is now."""
    run = talk.top
    if run is None:
        lost(talk, IDLE)
    elif run.waiting:
        talk.say(BUSY)
    else:
        walk(talk)


def left(talk: Talk, form: str) -> None:
    """A form was closed: its work goes on in the chat; what was only looked at leaves nothing behind."""
    if form != talk.form:
        return
    talk.form = ""
    run = talk.top
    if run and not run.waiting and not worth_keeping(talk, run):
        talk.drop(run)
    if talk.runs:
        go_on_here(talk)


def restart(talk: Talk, run: Run) -> None:
    """The same flow from its first question, in the form in which it is."""
    form = talk.form
    talk.drop(run)
    talk.form = form
    begin(talk, Started(run.flow))
    walk(talk)


def drop_one(talk: Talk, id: str) -> None:
    """Make room for what waits to be started; with no id all stay and nothing starts."""
    wanted, talk.held = talk.held, None
    before = len(talk.runs)
    talk.runs = [run for run in talk.runs if run.id != id]
    if wanted and len(talk.runs) < before:
        begin(talk, wanted)
    walk(talk)


def cancel(talk: Talk, run: Run) -> None:
    """Stop a flow; what was filled in can be taken up again with one button, until other work starts.

    Two cancels in one breath stop one thing: the second was not meant for what came up meanwhile.
    """
    last = talk.cancelled
    if last and last.at == talk.before.at and talk.event.at - last.at < BREATH:
        talk.cancelled = structs.replace(last, at=last.at - BREATH)
        talk.say(
            _("“{draft}” is still open. Cancel once more to stop it too.")(draft=talk.flow_of(run).title)
        )
        return
    talk.drop(run)
    talk.cancelled = unsent(talk, run)
    buttons = Buttons()
    line = _("Stopped. Nothing was sent.")
    if not worth_keeping(talk, run):
        tell(talk, line)
        return
    rest = [buttons.add(_("Keep it after all"), "action", Press("resume", run.id))]
    rest += () if talk.runs else ways_on(buttons, talk)
    talk.prompt(run=None, lines=(line,), buttons=tuple(rest))


def filled_in(run: Run) -> bool:
    """Whether the person answered anything or sent files."""
    return bool(run.files) or any(known.given or known.files for known in run.answers.values())


def worth_keeping(talk: Talk, run: Run) -> bool:
    """Whether something is known already, asked for or said in the first sentence."""
    return bool(run.files or run.hints or answers_so_far(talk, run))


def put_aside(talk: Talk, run: Run) -> None:
    """Keep a draft for later; the oldest one goes when there are too many."""
    talk.drop(run)
    if not worth_keeping(talk, run):
        tell(talk, _("Nothing was filled in yet, so there is nothing to keep."))
        return
    talk.parked.append(unsent(talk, run))
    lines: list[Text] = [_("Kept for 30 days. You find it in the menu.")]
    if len(talk.parked) > MOST_PARKED:
        oldest = talk.parked.pop(0)
        lines.append(_("Your oldest draft made room for it: {draft}.")(draft=summary(talk, oldest)))
    if talk.runs:
        talk.say(*lines)
    else:
        buttons = Buttons()
        rest = [*starts(buttons, talk, COLLEAGUE), *ways_on(buttons, talk)]
        talk.prompt(run=None, lines=tuple(lines), buttons=tuple(rest))


def unsent(talk: Talk, run: Run) -> Run:
    """As it is put aside: whatever was confirmed is confirmed again before it is sent another day."""
    run = unconfirmed(talk.flow_of(run), run)
    return structs.replace(run, at=talk.event.at, waiting=None, stopped="")


def elapsed(talk: Talk, timer: str) -> None:
    """A draft may be too old to keep."""
    if talk.cancelled and timer == f"draft:{talk.cancelled.id}":
        talk.cancelled = None
    run = next((r for r in (*talk.runs, *talk.parked) if timer == f"draft:{r.id}"), None)
    if run is None:
        return
    if talk.event.at - run.at < DRAFT_KEPT:
        talk.remind_of(run)
        return
    in_front = talk.top is run
    talk.drop(run)
    talk.parked = [other for other in talk.parked if other.id != run.id]
    line = _("Your unfinished work was 30 days old and is removed: {draft}.")(draft=summary(talk, run))
    tell(talk, line)
    if in_front:
        walk(talk)
