"""advance: fold one event into a conversation. Pure: no clock, no chance, no I/O."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from msgspec import structs

from flows.engine.answers import done, files, form, option, words
from flows.engine.drafts import DROP, RESUME, ask_which_to_drop, choose_draft, elapsed, offer_resume
from flows.engine.language import Ask, Choose, Flow, Show, Upload
from flows.engine.model import (
    Answer,
    Capabilities,
    Command,
    Conversation,
    Elapsed,
    Event,
    Failed,
    Filled,
    Output,
    Press,
    Pressed,
    Redo,
    Returned,
    Row,
    Run,
    Said,
    Screen,
    Sent,
    Spoke,
    Started,
    Unclear,
)
from flows.engine.phrases import Copy, Text, _
from flows.engine.replies import returned, stuck
from flows.engine.runs import asks, next_step, nothing, without
from flows.engine.screens import Buttons, lost
from flows.engine.talk import Talk
from flows.engine.walk import begin, look_up, walk

SILENCE = datetime.timedelta(hours=12)
DEEPEST = 5


def advance(  # noqa: C901 - one case per kind of event
    flows: Mapping[str, Flow], conversation: Conversation, event: Event, capabilities: Capabilities
) -> tuple[Conversation, tuple[Output, ...]]:
    """What the conversation becomes, and what should happen because of it."""
    talk = Talk(flows, conversation, event, capabilities)
    silent = talk.heard is not None and event.at - talk.heard > SILENCE
    if not isinstance(event.content, Returned | Failed | Elapsed):
        talk.heard = event.at
    match event.content:
        case Said(text):
            said(talk, text, silent)
        case Pressed():
            pressed(talk, event.content)
        case Filled():
            filled_in(talk, event.content)
        case Sent():
            received(talk, event.content)
        case Redo(name):
            redo(talk, name)
        case Command(name):
            command(talk, name)
        case Spoke(locale):
            talk.locale = locale
            talk.say(_("I speak English with you from now on."))
            walk(talk)
        case Started():
            start(talk, event.content)
        case Unclear(guesses):
            unclear(talk, guesses)
        case Returned(key, reply):
            returned(talk, key, reply)
        case Failed(key):
            stuck(talk, key)
        case Elapsed(timer):
            elapsed(talk, timer)
    return talk.end()


def said(talk: Talk, text: str, silent: bool) -> None:
    """Words: the answer to the open question, unless too long ago."""
    run = talk.top
    screen = talk.screen(talk.open)
    if run is None or not asks(talk.flows, run):
        unclear(talk, ())
    elif run.waiting:
        talk.say(_("One moment, the last thing you sent is still on its way."))
    elif silent or (screen and screen.step == RESUME):
        offer_resume(talk, run)
    elif screen and screen.step == DROP:
        ask_which_to_drop(talk)
    else:
        words(talk, run, text)


def filled_in(talk: Talk, sent: Filled) -> None:
    """A form."""
    screen = talk.screen(sent.token)
    if screen and sent.token == talk.open and screen.asks and talk.top and not talk.top.waiting:
        form(talk, talk.top, screen, sent.values)
    else:
        stale(talk)


def received(talk: Talk, sent: Sent) -> None:
    """Files: part of what is open, or a question what they are for."""
    run = talk.top
    if run is not None and asks(talk.flows, run) and not run.waiting:
        files(talk, run, sent.files)
        if sent.text:
            said(talk, sent.text, False)
        return
    usable = tuple(file for file in sent.files if not file.problem and file.kind in ("image", "document"))
    if not usable or "create_rma" not in talk.flows:
        lost(talk, _("I can only read text, photos and PDFs. Please type it."))
        return
    begin_with = Started("create_rma", {"request": "rma"}, usable)
    buttons = Buttons()
    rest = (
        buttons.add(talk.flows["create_rma"].title, "action", Press("start", "", begin_with)),
        buttons.add(_("Talk to a person"), "action", Press("start", "", Started("talk_to_person"))),
    )
    talk.prompt(run=None, lines=(_("I have your file. What is it for?"),), buttons=rest)


def unclear(talk: Talk, guesses: tuple[Started, ...]) -> None:
    """Words that start nothing: what may have been meant, or the ways on."""
    known = [guess for guess in guesses if guess.flow in talk.flows][:3]
    if not known:
        lost(talk, _("I do not understand that yet."))
        return
    buttons = Buttons()
    rest = tuple(
        buttons.add(talk.flows[guess.flow].title, "action", Press("start", "", guess)) for guess in known
    )
    talk.prompt(run=None, lines=(_("What do you want to do?"),), buttons=rest)


def pressed(talk: Talk, press: Pressed) -> None:
    """A button: of the open prompt, of a card that still works, or one that is too old."""
    if press == talk.pressed and press.token != talk.open:
        return  # A second tap on a button that has done its work.
    screen = talk.screen(press.token)
    if screen is None or not 0 <= press.index < len(screen.buttons):
        stale(talk)
        return
    button = screen.buttons[press.index]
    live = press.token == talk.open and not (talk.top and talk.top.waiting)
    if not live and button.press.kind != "start":
        stale(talk)
        return
    talk.pressed = press
    if button.press.kind == "start":
        start_pressed(talk, screen, button.press, button.label)
    elif talk.top:
        act_on(talk, talk.top, screen, button.press, button.label)


def start_pressed(talk: Talk, screen: Screen, press: Press, label: Text) -> None:
    """A button that starts a flow."""
    if screen.token == talk.open:
        talk.close(label, pressed=True)
    if press.of == "instead" and talk.top and talk.top.id == screen.run:
        talk.runs.pop()
    if press.start:
        start(talk, press.start)


def act_on(talk: Talk, run: Run, screen: Screen, press: Press, label: Text) -> None:
    """A button of the open prompt."""
    match press.kind:
        case "option":
            option(talk, run, screen, press, label)
        case "done":
            done(talk, run, screen, label)
        case "turn":
            turn(talk, run, screen, press.of)
        case "redo":
            talk.close(label, pressed=True)
            redo(talk, press.of)
        case "change":
            talk.replaces = screen.token
            talk.keep(structs.replace(run, changing=True))
            walk(talk)
        case "command":
            talk.close(label, pressed=True)
            command(talk, press.of)
        case "again" | "resume" | "restart" | "drop":
            talk.close(label, pressed=True)
            choose_draft(talk, press)


def turn(talk: Talk, run: Run, screen: Screen, cursor: str) -> None:
    """Another page or block of what is on screen."""
    step = talk.step_of(run, screen.step)
    if isinstance(step, Show | Choose) and step.rows:
        talk.replaces = screen.token
        if cursor == "~all":
            look_up(talk, run, step.name, step.rows)
        else:
            look_up(talk, run, step.name, step.rows, run.search, cursor)
    walk(talk)


def stale(talk: Talk) -> None:
    """A button that means nothing any more: say so and ask the open question again."""
    if talk.top is None:
        lost(talk, _("That button no longer works, and nothing is open at the moment."))
        return
    talk.say(_("That button no longer works. This is where we are."))
    walk(talk)


def redo(talk: Talk, name: str) -> None:
    """Ask one answered question again; the others stay, and *back* brings its answer back too."""
    run = talk.top
    step = talk.step_of(run, name) if run else None
    if run and isinstance(step, Ask | Choose | Upload) and name in run.answers:
        picked = chosen_rows(step, run.answers[name]) if isinstance(step, Choose) and step.many else ()
        talk.keep(
            structs.replace(
                run, redoing=name, changing=False, page=None, page_of="", search="", picked=picked
            )
        )
    walk(talk)


def chosen_rows(step: Choose, known: Answer) -> tuple[Row, ...]:
    """The rows of an answer, so that some can be taken away and others added."""
    return tuple(Row(name, Copy(name)) for name in known.value if name not in step.options)


def command(talk: Talk, name: str) -> None:
    """Back, cancel, skip, later."""
    run = talk.top
    if run is None:
        lost(talk, _("Nothing is open at the moment."))
        return
    if run.waiting:
        talk.say(_("One moment, the last thing you sent is still on its way."))
        return
    match name:
        case "back":
            back(talk, run)
        case "cancel":
            talk.close()
            talk.runs.pop()
            below(talk, _("Stopped. Nothing was sent."))
        case "later":
            talk.close()
            talk.runs.pop()
            talk.parked.append(run)
            below(talk, _("Kept for 30 days. You find it in the menu."))
        case "skip":
            skip(talk, run)
    walk(talk)


def below(talk: Talk, line: Text) -> None:
    """Say what became of a run; with nothing under it, offer the ways on."""
    if talk.runs:
        talk.say(line)
    else:
        lost(talk, line)


def back(talk: Talk, run: Run) -> None:
    """Take back the last thing the person said."""
    if run.changing or run.redoing:
        talk.keep(structs.replace(run, changing=False, redoing="", page=None, page_of="", picked=()))
        return
    last = max(run.answers, key=lambda name: run.answers[name].given, default="")
    if not last or not run.answers[last].given:
        talk.say(_("This is the first question."))
        return
    talk.keep(without(talk.flow_of(run), run, last))


def skip(talk: Talk, run: Run) -> None:
    """Leave out a question that may be left out."""
    step = next_step(talk.flow_of(run), run)
    if isinstance(step, Ask | Choose | Upload) and step.optional:
        kept = (
            structs.replace(nothing(step), given=max(a.given for a in run.answers.values()) + 1)
            if (run.answers)
            else structs.replace(nothing(step), given=1)
        )
        answers = {**run.answers, step.name: kept}
        talk.keep(structs.replace(run, answers=answers, redoing="", page=None, page_of="", picked=()))
    else:
        talk.say(_("This one is needed."))


def start(talk: Talk, wanted: Started) -> None:
    """Start a flow: on top of one that still asks something, in the place of one that only shows."""
    if wanted.flow not in talk.flows:
        unclear(talk, ())
        return
    talk.close()
    if talk.top and not asks(talk.flows, talk.top):
        talk.runs.pop()
    if len(talk.runs) >= DEEPEST:
        talk.held = wanted
        ask_which_to_drop(talk)
        return
    begin(talk, wanted)
    walk(talk)
