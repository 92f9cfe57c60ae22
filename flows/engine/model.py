"""The types of a conversation. All are data and survive JSON; unknown fields are ignored when read back."""

from __future__ import annotations

import datetime
from typing import ClassVar, Literal

from msgspec import Struct

from flows.engine.phrases import Text

Value = str | tuple[str, ...]
"""What a flow keeps of an answer: words, an id, or several ids."""


Wants = Literal["", "phone", "place"]
"""What a phone can hand over with one tap: its own number, or where it is."""


class Data(Struct, frozen=True, omit_defaults=True, gc=False):  # a tree has no cycles to collect
    """Plain data: frozen, compared by value, stored as JSON without its defaults."""


class Request(Data, frozen=True):
    """Something asked of the service desk. Its fields are filled from the answers of the same name.

    A lookup (a read, replied to with a Page) may have `text` and `cursor`: the words searched for and the
    view asked for. `gaps`: the values a Done carries. `refusals`: the reasons the desk may give.
    `besides`: the other questions a page may say something about. `harmless`: it may be done without a
    review, because the same tap undoes it or nobody is bound by it. `by_serial`: the words of this lookup may
    be serials, so a photo of a label answers too. `wants`: what can be shared instead of typing them.
    `searched`: words find rows and are never an answer themselves, so they may be looked up while typed.
    `secret`: fields that are kept only where they belong; of what was done, a hash of them is remembered, of
    what was said (`text`), what its answer may show.
    """

    gaps: ClassVar[tuple[str, ...]] = ()
    refusals: ClassVar[tuple[str, ...]] = ()
    besides: ClassVar[tuple[str, ...]] = ()
    harmless: ClassVar[bool] = False
    by_serial: ClassVar[bool] = False
    searched: ClassVar[bool] = False
    wants: ClassVar[Wants] = ""
    secret: ClassVar[tuple[str, ...]] = ()


class File(Data, frozen=True, tag="file"):
    """A file as the engine sees it: never its bytes.

    `problem` is empty, or why it cannot be used (out_of_reach: it is where we may not see it). `codes` are
    the serials read from the label it shows; `label`: some code was seen, though perhaps no serial could be
    read.
    """

    id: str
    kind: Literal["image", "document", "sheet", "voice", "video", "sticker", "other"]
    name: str
    size: int
    problem: Literal["", "too_big", "not_readable", "kind", "slow", "out_of_reach"] = ""
    codes: tuple[str, ...] = ()
    label: bool = False


# --- what happened -------------------------------------------------------------------------------


class Said(Data, frozen=True, tag="said"):
    """Typed words. A shared location arrives as "geo:50.98,4.83", a system picked as "system:700457343"."""

    text: str


class Pressed(Data, frozen=True, tag="pressed"):
    """A button of the prompt `token`, by its place."""

    token: str
    index: int


class Filled(Data, frozen=True, tag="filled"):
    """A form sent in: words by field name, `picked` options by their place in the prompt, files."""

    token: str
    values: dict[str, Value] = {}
    picked: dict[str, tuple[int, ...]] = {}
    files: tuple[File, ...] = ()


class Sent(Data, frozen=True, tag="sent"):
    """Files, with the words that came with them."""

    files: tuple[File, ...]
    text: str = ""


class Redo(Data, frozen=True, tag="redo"):
    """Ask this question again."""

    field: str


class Command(Data, frozen=True, tag="command"):
    """A short whole-message command, typed or from a menu."""

    name: Literal["back", "cancel", "skip", "later"]


class Spoke(Data, frozen=True, tag="spoke"):
    """The person wants another language from now on."""

    locale: str


class Started(Data, frozen=True, tag="started"):
    """Start a flow with words already known, by step name; each is checked like a typed answer."""

    flow: str
    answers: dict[str, Value] = {}
    files: tuple[File, ...] = ()


class Continued(Data, frozen=True, tag="continued"):
    """The person goes on here, in a form or in the chat again: what is open is asked here."""


class Left(Data, frozen=True, tag="left"):
    """The person closed this form; what it asked is asked in the chat."""

    form: str


class Told(Data, frozen=True, tag="told"):
    """The desk says something unasked, and `asks` for an answer in that flow."""

    lines: tuple[Text, ...]
    asks: Started


class Unlinked(Data, frozen=True, tag="unlinked"):
    """Somebody else decided that this chat belongs to nobody any more: all that was open in it is gone."""

    lines: tuple[Text, ...]


class HandedOn(Data, frozen=True, tag="handed_on"):
    """The run of that id goes on elsewhere: it is open here no longer."""

    run: str
    lines: tuple[Text, ...] = ()


class Unclear(Data, frozen=True, tag="unclear"):
    """Words with no question open that start no flow; `guesses` are flows they may have meant (at most 3)."""

    guesses: tuple[Started, ...] = ()


class Returned(Data, frozen=True, tag="returned"):
    """The reply to the call `key`."""

    key: str
    reply: Reply


class Failed(Data, frozen=True, tag="failed"):
    """The call `key` could not be made now; nothing was changed."""

    key: str


class Elapsed(Data, frozen=True, tag="elapsed"):
    """A timer set by `Remind` ran out."""

    timer: str


Content = (
    Said
    | Pressed
    | Filled
    | Sent
    | Redo
    | Command
    | Spoke
    | Started
    | Continued
    | Left
    | Told
    | Unlinked
    | HandedOn
    | Unclear
    | Returned
    | Failed
    | Elapsed
)


class Event(Data, frozen=True):
    """Something happened in a conversation.

    `id` is unique per conversation and the same when the event is delivered again. `sender` is the chat
    identity that acted ("web:3f…", "telegram:42"). `at` is aware, in UTC. `locale` is the channel's guess,
    used only for a first meeting. `form`: the channel's name for the form that it happened in, "" for the
    chat itself. `reply_to`: the channel's name for the message under which what comes of it is shown.
    `message`: its name for the message that it is, where that can be taken from the chat.
    """

    id: str
    conversation: str
    sender: str
    at: datetime.datetime
    content: Content
    locale: str = ""
    form: str = ""
    reply_to: str = ""
    message: str = ""


# --- what the desk answers -----------------------------------------------------------------------


class Row(Data, frozen=True):
    """One thing to choose from; `detail` is said beside the label where there is room."""

    id: str
    label: Text
    detail: Text = ""


class Turn(Data, frozen=True):
    """A way to another view of the same lookup: the next page, one block of a card, or "~all" from anew."""

    label: Text
    cursor: str


class Kept(Data, frozen=True, tag="kept"):
    """A stored file handed out under its id; `alt` says in words what it shows or holds."""

    id: str
    name: str
    kind: Literal["image", "document"]
    size: int
    alt: Text = ""


Tone = Literal["busy", "waiting", "good", "done", "off"]


class Part(Data, frozen=True):
    """One part of a whole."""

    label: Text
    count: int
    tone: Tone


class Chart(Data, frozen=True, tag="chart"):
    """How a whole is made up, drawn in the reader's language when it is sent; `alt` says it in words."""

    title: Text
    parts: tuple[Part, ...]
    alt: Text = ""


class ReturnLabel(Data, frozen=True, tag="return_label"):
    """The label of a return, drawn when it is sent: a PDF of one A6 or A4 page, or a picture of its code.

    `code` is what a carrier scans; `boxes` how many of them there are to stick.
    """

    code: str
    format: Literal["a6", "a4", "qr"]
    sender: tuple[Text, ...]
    receiver: tuple[Text, ...]
    contents: Text
    boxes: int = 1
    alt: Text = ""


class Writing(Data, frozen=True, tag="writing"):
    """A plain text, written out in the reader's language when it is sent; `name` is that of the file."""

    name: str
    lines: tuple[Text, ...]
    alt: Text = ""


class SheetToFill(Data, frozen=True, tag="sheet_to_fill"):
    """An Excel file with the names of its columns and nothing else, in the reader's language."""

    name: str
    columns: tuple[Text, ...]
    alt: Text = ""


Enclosure = Kept | Chart | ReturnLabel | Writing | SheetToFill
"""Something handed out besides words: a file that is kept, or data of which a picture or a paper is drawn."""


class Page(Data, frozen=True, tag="page"):
    """The reply to a lookup: a page of rows (at most 10), or a card.

    `exact`: the words asked for name exactly these rows. `default`: the row to take without asking.
    `problems`: what could not be accepted, one line each. `allowed`: names of the actions that the state
    of the thing permits, None where it permits all. An empty page (no rows, no lines) makes a `Show` pass in silence. `besides`: what
    the words said about other questions, by step name: known beforehand there when this row is taken.
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


# --- what we remember ----------------------------------------------------------------------------


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
    """A call whose reply has not come back."""

    step: str
    key: str


class Run(Data, frozen=True):
    """A flow in progress. There is no position: the next step is the first that applies and has no answer.

    `hints`: words known beforehand, tried when their step is reached; `files` likewise for the first upload.
    `page`: the rows on screen of the step `page_of`, for the words `search` and the view `cursor`. `read`:
    words that came from a photo; where several may be chosen, what they find is shown before it is taken.
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
    read: str = ""
    cursor: str = ""
    picked: tuple[Row, ...] = ()
    redoing: str = ""
    changing: bool = False
    stopped: Literal["", "failed", "unlinked"] = ""
    refusals: int = 0
    calls: int = 0
    files: tuple[File, ...] = ()


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
    style: Literal["plain", "primary", "danger"] = "plain"
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


# --- what should happen --------------------------------------------------------------------------


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
    """Ask the service desk; the reply comes back as `Returned` with the same key."""

    key: str
    request: Request


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
    """

    max_fields: int = 1
    largest_mb: int = 30
    in_place: bool = False
