"""Buttons: of the open prompt, of a card that still works, or of one that is too old."""

from __future__ import annotations

import datetime

from msgspec import structs

from flows.engine.answers import done, option, redo
from flows.engine.cards import BUSY, lost
from flows.engine.commands import command
from flows.engine.conversation import Button, Screen
from flows.engine.drafts import drop_one, restart, resume, start
from flows.engine.events import Filled, Pressed
from flows.engine.files import not_used_yet
from flows.engine.forms import chosen_ids, chosen_rows, form
from flows.engine.language import Choose, Show
from flows.engine.phrases import _
from flows.engine.talk import Talk
from flows.engine.walk import look_up, walk
from flows.engine.work import Run

SECOND_TAP = datetime.timedelta(seconds=10)
ALL = "~all"
SENT_IN = -1


def pressed(talk: Talk, press: Pressed) -> None:
    """A button."""
    if tapped_again(talk, press):
        return
    screen = talk.screen(press.token)
    button = screen.buttons[press.index] if screen and 0 <= press.index < len(screen.buttons) else None
    if screen is None or button is None:
        stale(talk)
    elif button.press.kind == "start":
        start_pressed(talk, screen, button)
    elif button.press.kind == "resume":
        if screen.token == talk.open:
            talk.close(button.label, pressed=True)
        if not resume(talk, button.press.of):
            stale(talk)
    elif talk.top is None or not still_asked(talk, screen, button):
        stale(talk)
    elif talk.top.waiting:
        talk.say(BUSY)
    else:
        act_on(talk, with_picked(talk, talk.top, screen, press), screen, button)


def with_picked(talk: Talk, run: Run, screen: Screen, press: Pressed) -> Run:
    """The run with what is chosen in the form that the button stands in: another page does not lose it."""
    step = talk.step_of(run, screen.step)
    if not isinstance(step, Choose) or step.name not in press.picked:
        return run
    return structs.replace(run, picked=chosen_rows(run, step, chosen_ids(screen, press.picked[step.name])))


def filled_in(talk: Talk, sent: Filled) -> None:
    """A form. One that is still open may be sent in again at once: something in it was wrong."""
    again = tapped_again(talk, Pressed(sent.token, SENT_IN))
    screen = talk.on_screen
    if screen is None or screen.token != sent.token or not screen.asks or talk.top is None:
        if not again:
            stale(talk)
        elif talk.form:
            walk(talk)
    elif talk.top.waiting:
        talk.say(BUSY)
    else:
        form(talk, talk.top, screen, sent)


def tapped_again(talk: Talk, press: Pressed) -> bool:
    """Whether this is a second tap on a button that has done its work; nothing else happened between."""
    heard, before = talk.before.at, talk.pressed
    talk.pressed = press
    return press == before and heard is not None and talk.event.at - heard <= SECOND_TAP


def still_asked(talk: Talk, screen: Screen, button: Button) -> bool:
    """Whether the button is of the open prompt; several rows may be tapped faster than they are drawn."""
    now = talk.on_screen
    if now is None or screen.token == now.token:
        return now is not None
    same = (screen.run, screen.step, screen.asks) == (now.run, now.step, "many")
    return same and now.asks == "many" and button.press.kind == "pick"


def start_pressed(talk: Talk, screen: Screen, button: Button) -> None:
    """A button that starts a flow: `instead` of the present one only while that is on screen."""
    if screen.token == talk.open:
        talk.close(button.label, pressed=True)
        if button.press.of == "instead" and talk.top and talk.top.id == screen.run:
            talk.runs.pop()
    if button.press.start:
        start(talk, button.press.start if screen.run else not_used_yet(talk, button.press.start))


def act_on(talk: Talk, run: Run, screen: Screen, button: Button) -> None:
    """A button of the open prompt."""
    press = button.press
    if press.kind in ("redo", "command", "again", "restart", "drop"):
        talk.close(button.label, pressed=True)
    match press.kind:
        case "option" | "pick":
            option(talk, run, screen, button)
        case "done":
            done(talk, run, screen, button.label)
        case "turn":
            turn(talk, run, screen, press.of)
        case "redo":
            redo(talk, run, press.of)
        case "change":
            talk.replaces = talk.open
            talk.keep(structs.replace(run, changing=True))
            walk(talk)
        case "command":
            command(talk, press.of)
        case "again":
            talk.keep(structs.replace(run, stopped=""))
            walk(talk)
        case "restart":
            restart(talk, run)
        case "drop":
            drop_one(talk, press.of)


def turn(talk: Talk, run: Run, screen: Screen, cursor: str) -> None:
    """Another page or block of what is on screen."""
    step = talk.step_of(run, screen.step)
    if isinstance(step, Show | Choose) and step.rows:
        talk.replaces = talk.open
        if cursor == ALL:
            look_up(talk, run, step.name, step.rows)
        else:
            look_up(talk, run, step.name, step.rows, run.search, cursor)
    walk(talk)


def stale(talk: Talk) -> None:
    """A button that means nothing any more: say so and ask the open question again."""
    if talk.top is None:
        lost(talk, _("That button no longer works, and nothing is open at the moment."))
    elif talk.top.waiting:
        talk.say(BUSY)
    else:
        talk.say(_("That button no longer works; nothing was changed. This is where we are."))
        walk(talk)
