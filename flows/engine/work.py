"""A piece of work in progress, and what the desk answers to it."""

from __future__ import annotations

import datetime
from typing import Literal

from flows.engine.data import Data, File, Value
from flows.engine.enclosures import Enclosure
from flows.engine.phrases import Text


class Row(Data, frozen=True):
    """One thing to choose from; `detail` is said beside the label where there is room."""

    id: str
    label: Text
    detail: Text = ""


class Turn(Data, frozen=True):
    """A way to another view of the same lookup: the next page, one block of a card, or "~all" from anew."""

    label: Text
    cursor: str


class Page(Data, frozen=True, tag="page"):
    """The reply to a lookup: a page of rows (at most 10), or a card.

    `exact`: the words asked for name exactly these rows. `default`: the row to take without asking.
    `problems`: what could not be accepted, one line each. `allowed`: names of the actions that the state
    of the thing permits, None where it permits all. An empty page (no rows, no lines) makes a `Show` pass in
    silence. `besides`: what the words said about other questions, by step name: known beforehand there when
    this row is taken.
    `over`: there is nothing to choose from, so nothing is asked and the run ends with its `problems`.
    `these`: the ids of what a card lists, for an action about all of them. `enclosed` is handed out before
    the card. `view`: the cursor of what is shown; words typed next come with it, to narrow it, and *back*
    returns to it.
    """

    rows: tuple[Row, ...] = ()
    lines: tuple[Text, ...] = ()
    turns: tuple[Turn, ...] = ()
    exact: bool = False
    besides: dict[str, str] = {}
    default: str = ""
    problems: tuple[Text, ...] = ()
    allowed: tuple[str, ...] | None = None
    these: tuple[str, ...] = ()
    enclosed: tuple[Enclosure, ...] = ()
    view: str = ""
    over: bool = False


class Done(Data, frozen=True, tag="done"):
    """The desk did it. `values` fill the gaps of what is said next and the answers of its buttons.

    `forget`: this chat now belongs to somebody else or to nobody, so everything else that was open in it,
    with what it shows of a company, is gone. `enclosed` is handed out with the news. `enters`: from now on
    all is practice, or real again; what was open on the other side waits there. `brings`: unfinished work
    to go on with here.
    """

    values: dict[str, Text] = {}
    forget: bool = False
    enters: Literal["", "practice", "real"] = ""
    brings: Run | None = None
    enclosed: tuple[Enclosure, ...] = ()


class Refused(Data, frozen=True, tag="refused"):
    """The desk says no; nothing was changed."""

    reason: str
    values: dict[str, Text] = {}


Reply = Page | Done | Refused


class Answer(Data, frozen=True):
    """`given` is 0 when the person was not asked (known, prefilled, or the desk's own reply).

    `view`: the view of the list in which it was chosen. `by`: who gave it, when it was somebody else.
    """

    value: Value
    label: Text
    given: int = 0
    files: tuple[File, ...] = ()
    view: str = ""
    by: str = ""


class Waiting(Data, frozen=True):
    """A call whose reply has not come back; the list of `search` and `cursor` stays if nothing is found."""

    step: str
    key: str
    search: str = ""
    cursor: str = ""


class Run(Data, frozen=True):
    """A flow in progress. There is no position: the next step is the first that applies and has no answer.

    `hints`: words known beforehand, tried when their step is reached; `files` likewise for the first upload.
    `page`: the rows on screen of the step `page_of`, for the words `search` and the view `cursor`. `missed`:
    words that found nothing, so that the rows before them stayed. `read`: words that came from a photo; where
    several may be chosen, what they find is shown before it is taken.
    `picked`: rows chosen so far where several may be. `redoing`: the step the person chose to answer again.
    `changing`: the review shows what can be changed. `stopped`: why the desk could not go on, until the
    person decides to try again. `refusals`, `calls`: they number the keys of acts and of lookups.
    """

    id: str
    flow: str
    at: datetime.datetime
    answers: dict[str, Answer] = {}
    hints: dict[str, Value] = {}
    waiting: Waiting | None = None
    page: Page | None = None
    page_of: str = ""
    search: str = ""
    missed: str = ""
    read: str = ""
    cursor: str = ""
    picked: tuple[Row, ...] = ()
    redoing: str = ""
    changing: bool = False
    stopped: Literal["", "failed", "unlinked"] = ""
    refusals: int = 0
    calls: int = 0
    files: tuple[File, ...] = ()
