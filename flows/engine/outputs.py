"""What should happen because of an event, and what a channel can do."""

from __future__ import annotations

import datetime
from typing import Literal

from flows.engine.conversation import Button
from flows.engine.data import Data, Request, Value, Wants
from flows.engine.enclosures import Enclosure
from flows.engine.phrases import Text


class Say(Data, frozen=True, tag="say"):
    """Something to tell, with nothing to press. `wants`: it asks to share that, where the channel can. With
    a `form`: what that shows until it asks something. `enclosed` is handed out, and the lines say what it is.
    """

    lines: tuple[Text, ...]
    wants: Wants = ""
    form: str = ""
    enclosed: Enclosure | None = None


class Fact(Data, frozen=True):
    """An answer as shown at review; `name` is the step, whose redo button has the same `of`."""

    name: str
    title: Text
    value: Text


class Field(Data, frozen=True):
    """One question of a prompt.

    kind: text (typed), one (choose one), many (choose several, then done), files. `options` are the buttons
    of the group "answer" that belong to it. `typed`: words are welcome too, besides the options; `searched`:
    they find more options. `wants`: this is welcome too, shared with one tap. `value` is the answer so far,
    where there is one to change. `secret`: it is shown nowhere again, so it comes without its value.
    `labels`: photos of labels answer it too.
    """

    name: str
    kind: Literal["text", "one", "many", "files"]
    text: Text
    options: tuple[Button, ...] = ()
    hint: Text = ""
    optional: bool = False
    typed: bool = False
    problem: Text = ""
    value: Value = ""
    searched: bool = False
    wants: Wants = ""
    secret: bool = False
    labels: bool = False


class Prompt(Data, frozen=True, tag="prompt"):
    """Something to answer or press. No field: a card. Several fields: a form.

    `form`: the open form that shows it, "" for the chat. `title`: of the work it belongs to, when that can be
    done in a form. `replaces` names the prompt this one takes the place of, when a button on that led here.
    `buttons` has every button except the options of the fields; indexes count through fields, then buttons.
    """

    token: str
    lines: tuple[Text, ...] = ()
    fields: tuple[Field, ...] = ()
    facts: tuple[Fact, ...] = ()
    buttons: tuple[Button, ...] = ()
    replaces: str = ""
    form: str = ""
    title: Text = ""


class Closed(Data, frozen=True, tag="closed"):
    """The prompt `token` was answered with `chosen`: it keeps that and loses its buttons."""

    token: str
    chosen: Text = ""


class Unsaid(Data, frozen=True, tag="unsaid"):
    """What the person said in the channel's `message` is to be seen there no longer."""

    message: str


class Call(Data, frozen=True, tag="call"):
    """Ask the service desk; the reply comes back as `Returned` with the same key. `run`: whose act it is."""

    key: str
    request: Request
    run: str = ""


class Remind(Data, frozen=True, tag="remind"):
    """Send `Elapsed(timer)` at this time; setting the same timer again moves it."""

    timer: str
    at: datetime.datetime


class Finished(Data, frozen=True, tag="finished"):
    """A flow came to its end."""

    flow: str


Output = Say | Prompt | Closed | Unsaid | Call | Remind | Finished


class Capabilities(Data, frozen=True):
    """What a channel can do.

    `max_fields`: so many questions fit in a form; in the chat they are asked one by one. `largest_mb`: no
    larger file gets through to us.
    `in_place`: a prompt takes the place of the one that was pressed on, instead of standing under it.
    `keeps_words`: what a person wrote stays there until they delete it themselves.
    """

    max_fields: int = 1
    largest_mb: int = 30
    in_place: bool = False
    keeps_words: bool = False
