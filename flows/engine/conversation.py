"""What we remember of a conversation; it survives JSON, and unknown fields are ignored when read back."""

from __future__ import annotations

import datetime
from typing import Literal

from flows.engine.data import Data, Started
from flows.engine.events import Pressed
from flows.engine.phrases import Text
from flows.engine.work import Run


class Press(Data, frozen=True):
    """What a button does: `kind` with its argument; `start` has a flow and answers in `start`."""

    kind: Literal[
        "option",
        "pick",
        "done",
        "turn",
        "redo",
        "change",
        "command",
        "start",
        "again",
        "resume",
        "restart",
        "drop",
    ]
    of: str = ""
    start: Started | None = None


Style = Literal["plain", "primary", "danger"]


class Button(Data, frozen=True):
    """`index` is its place in the prompt. A channel may show a group where it fits best.

    answer: a likely answer; page: other rows or blocks; action: start something; redo: change one answer
    (beside its fact, where the channel can); change: opens the list of redo buttons;
    nav: back, cancel, later.
    """

    index: int
    label: Text
    group: Literal["answer", "page", "action", "redo", "change", "nav"]
    press: Press
    style: Style = "plain"
    detail: Text = ""
    picked: bool = False


class Screen(Data, frozen=True):
    """The buttons of a prompt that was shown.

    `run` is empty for a card that outlives its flow. `asks` is the kind of the question, "" when words are
    no answer to it (a card, a list of things to do). `secret`: what is said to it is not kept as it was said.
    """

    token: str
    run: str = ""
    step: str = ""
    asks: Literal["", "text", "one", "many", "files", "form"] = ""
    buttons: tuple[Button, ...] = ()
    secret: bool = False


class Conversation(Data, frozen=True):
    """All we remember about one person in one chat.

    `runs` is the stack, the last on top. `parked` are drafts put aside. `cancelled` is what was stopped last,
    until other work starts: one button takes it up again. `screens` are the last prompts shown, newest last,
    and `open` is the token of the one that waits for an answer. `serial` numbers the tokens. `pressed` is the
    last press, to know a repeated one. `held` is a start that waits until the person has dropped something.
    `at` is when the person was last heard. `replaces` is the prompt a button was just pressed on, until the
    next prompt takes its place. `form` is where the person was heard last: a form that is open, or the chat.
    `practice`: everything is invented now, and the real drafts wait in `aside`.
    `company` is for whom they act, where that must be said: who works for several could mean another one.
    """

    key: str
    locale: str = ""
    runs: tuple[Run, ...] = ()
    parked: tuple[Run, ...] = ()
    screens: tuple[Screen, ...] = ()
    open: str = ""
    at: datetime.datetime | None = None
    serial: int = 0
    pressed: Pressed | None = None
    held: Started | None = None
    replaces: str = ""
    revision: int = 0
    cancelled: Run | None = None
    form: str = ""
    company: str = ""
    practice: bool = False
    aside: tuple[Run, ...] = ()
