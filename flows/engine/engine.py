"""advance: fold one event into a conversation. Pure: no clock, no chance, no I/O."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import structs

from flows.engine.answers import fits, redo, words
from flows.engine.cards import BUSY, IDLE, lost, unclear
from flows.engine.commands import command
from flows.engine.conversation import Conversation
from flows.engine.data import Started
from flows.engine.drafts import (
    BUSY_WITH,
    DROP,
    RESUME,
    SILENCE,
    ask_which_to_drop,
    elapsed,
    go_on_here,
    left,
    offer_resume,
    start,
)
from flows.engine.elsewhere import handed_on, told, unlinked
from flows.engine.events import (
    Command,
    Continued,
    Elapsed,
    Event,
    Failed,
    Filled,
    HandedOn,
    Left,
    Pressed,
    Redo,
    Returned,
    Said,
    Sent,
    Spoke,
    Told,
    Unclear,
    Unlinked,
)
from flows.engine.files import NOT_READ, brought, files, unexpected
from flows.engine.labels import (
    KEPT_NOT_WORDS,
    READ_LABEL,
    adds_here,
    answers_here,
    serials_on,
    start_with,
    unreadable,
)
from flows.engine.language import Flow, Upload
from flows.engine.outputs import Capabilities, Output
from flows.engine.phrases import NOW_SPEAKING
from flows.engine.presses import filled_in, pressed
from flows.engine.replies import failed, returned
from flows.engine.runs import acting, asks, next_step
from flows.engine.sheets import starts_with_sheet
from flows.engine.talk import Talk
from flows.engine.walk import walk


def advance(
    flows: Mapping[str, Flow], conversation: Conversation, event: Event, capabilities: Capabilities
) -> tuple[Conversation, tuple[Output, ...]]:
    """What the conversation becomes, and what should happen because of it."""
    talk = Talk(flows, conversation, event, capabilities)
    match event.content:
        case Returned(key, reply):
            returned(talk, key, reply)
        case Failed(key):
            failed(talk, key)
        case Elapsed(timer):
            elapsed(talk, timer)
        case Left(form):
            left(talk, form)
        case Told(lines, asks):
            told(talk, lines, asks)
        case Unlinked(lines):
            unlinked(talk, lines)
        case HandedOn(run, lines, files):
            handed_on(talk, run, lines, files)
        case _:
            heard(talk)
    return talk.end()


def heard(talk: Talk) -> None:
    """The person did something."""
    content = talk.event.content
    patient = talk.top is not None and talk.flow_of(talk.top).patient
    silent = not patient and talk.heard is not None and talk.event.at - talk.heard > SILENCE
    talk.heard = talk.event.at
    if not isinstance(content, Pressed | Filled):
        talk.pressed = None
    match content:
        case Said(text):
            said(talk, text, silent)
        case Pressed():
            pressed(talk, content)
        case Filled():
            filled_in(talk, content)
        case Sent():
            received(talk, content, silent)
        case Redo(name):
            ask_again(talk, name)
        case Command(name):
            command(talk, name, silent)
        case Spoke(locale):
            spoke(talk, locale)
        case Started():
            start(talk, brought(talk, content))
        case Continued():
            go_on_here(talk)
        case Unclear(guesses):
            unclear(talk, guesses)


def said(talk: Talk, text: str, silent: bool) -> None:
    """Words: the answer to the question on screen, unless too long ago."""
    run, screen = talk.top, talk.on_screen
    if run is None or not asks(talk.flows, run):
        unclear(talk, ())
    elif run.waiting:
        talk.say(BUSY)
    elif silent or (screen and screen.step == RESUME):
        offer_resume(talk, run)
    elif screen is None:
        # Its question is not what the person looks at, so these words were not meant for it.
        walk(talk)
    elif screen.step == DROP:
        ask_which_to_drop(talk)
    else:
        words(talk, run, text)


def received(talk: Talk, sent: Sent, silent: bool) -> None:
    """Files: part of what is open, or a question what they are for. Words with them may be the answer."""
    if starts_with_sheet(talk, sent):
        return
    run = talk.top
    busy = run is not None and acting(talk.flow_of(run), run)
    if run is None or busy or not asks(talk.flows, run):
        if serials_on(sent.files) and READ_LABEL in talk.flows and not busy:
            start(talk, start_with(talk, sent))
        else:
            unexpected(talk, sent)
        return
    if not silent and (answers_here(talk, run, sent) or adds_here(talk, run, sent)):
        return
    asked = next_step(talk.flow_of(run), run)
    asked_for = isinstance(asked, Upload)
    choosing = talk.on_screen is not None and talk.on_screen.step == DROP
    text = sent.text.strip()
    if text and isinstance(asked, Upload) and asked.words_for and fits(talk, run, asked.words_for, text):
        talk.keep(structs.replace(run, hints={**run.hints, asked.words_for: text}))
        text = ""
    files(talk, sent.files)
    if text and not asked_for:
        said(talk, text, silent)
        return
    if text:
        talk.say(KEPT_NOT_WORDS(text=text))
    elif unreadable(talk, run, sent.files):
        talk.add(NOT_READ)
    if choosing:
        ask_which_to_drop(talk)
    elif silent and talk.top and not talk.top.waiting:
        offer_resume(talk, talk.top, BUSY_WITH)
    else:
        walk(talk)


def ask_again(talk: Talk, name: str) -> None:
    """The person wants to answer one question again."""
    run = talk.top
    if run is None:
        lost(talk, IDLE)
    elif run.waiting:
        talk.say(BUSY)
    else:
        redo(talk, run, name)


def spoke(talk: Talk, locale: str) -> None:
    """Another language: what is open is said again in it."""
    talk.locale = locale
    line = NOW_SPEAKING.get(locale, NOW_SPEAKING["en"])
    if talk.runs:
        talk.say(line)
        walk(talk)
    else:
        lost(talk, line)
