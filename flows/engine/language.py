"""The words a flow is written in: an ordered list of steps; the order is the conversation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from flows.engine.data import Request
from flows.engine.parsers import Parser
from flows.engine.phrases import Phrase, _

SEND = _("Send")
SEARCH = "~search"
"""In the answers of an action: the words the person last searched for."""
ROW = "~row"
"""In the answers of an action: the row on screen; with several rows the action is offered for each."""
THESE = "~these"
"""In the answers of an action: all that the card on screen lists; offered where it lists something."""


@dataclass(frozen=True, slots=True)
class When:
    """Applies when `step` has an answer, and it is one of `values` (none given: any)."""

    step: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lookup:
    """Rows or a card from the desk; the request's fields are filled from answers of the same name."""

    request: type[Request]

    @property
    def depends_on(self) -> tuple[str, ...]:
        """The steps whose answers the request is made of."""
        return tuple(name for name in self.request.__struct_fields__ if name not in ("text", "cursor"))


@dataclass(frozen=True, slots=True)
class Action:
    """A button that starts a flow, its answers taken from answers of this run, a reply, SEARCH, ROW or
    THESE.

    `known` are answers that are always the same. `instead`: the present run ends unsent. `always`: offered
    whatever a card's `allowed` says, and whatever a search found.
    """

    label: Phrase
    flow: str
    answers: Mapping[str, str] = field(default_factory=dict)
    known: Mapping[str, str] = field(default_factory=dict)
    instead: bool = False
    always: bool = False


@dataclass(frozen=True, slots=True)
class Refusal:
    """What to say when the desk refuses, and which question to ask `again` (none: the review)."""

    text: Phrase
    again: str = ""


@dataclass(frozen=True, slots=True)
class Show:
    """Tell something. With rows and actions it stays open until one is pressed, or `done`."""

    name: str
    text: Phrase
    when: tuple[When, ...] = ()
    rows: Lookup | None = None
    actions: tuple[Action, ...] = ()
    done: Phrase | None = None
    drafts: bool = False


@dataclass(frozen=True, slots=True)
class Ask:
    """A question answered in words. `volunteered`: never asked, its words came with another answer."""

    name: str
    text: Phrase
    parser: Parser
    title: Phrase
    when: tuple[When, ...] = ()
    optional: bool = False
    volunteered: bool = False


@dataclass(frozen=True, slots=True)
class Choose:
    """A question answered by choosing: fixed options, rows looked up, or both; `many`: several of them.

    With a lookup, typed words search. `default`: the row the desk suggests is taken without asking; the
    review shows it. `actions` are offered when a search found nothing. `words_for`: the later question that
    words typed here answer, when they name none of the options.
    """

    name: str
    text: Phrase
    title: Phrase
    options: Mapping[str, Phrase]
    rows: Lookup | None = None
    when: tuple[When, ...] = ()
    many: bool = False
    optional: bool = False
    default: bool = False
    actions: tuple[Action, ...] = ()
    words_for: str = ""


@dataclass(frozen=True, slots=True)
class Upload:
    """Photos or documents, at most `at_most` bytes together; welcome at any moment of the flow.

    `words_for`: the later question that words typed here answer, instead of files or with them.
    """

    name: str
    text: Phrase
    title: Phrase
    at_most: int
    when: tuple[When, ...] = ()
    optional: bool = False
    words_for: str = ""


@dataclass(frozen=True, slots=True)
class Review:
    """Show all answers, each changeable; nothing is sent before it is confirmed.

    `grave`: it takes something away, so that a mere "ok" is no confirmation and "no" stops it.
    """

    name: str
    text: Phrase
    send: Phrase
    notice: tuple[Phrase, ...] = ()
    when: tuple[When, ...] = ()
    grave: bool = False


@dataclass(frozen=True, slots=True)
class Act:
    """Ask the desk to do it, once. `then` are the buttons under the confirmation."""

    name: str
    request: type[Request]
    done: Phrase
    refused: Mapping[str, Refusal]
    then: tuple[Action, ...] = ()
    when: tuple[When, ...] = ()


Step = Show | Ask | Choose | Upload | Review | Act


@dataclass(frozen=True, slots=True)
class Flow:
    """A conversation: `phrases` are words in any of the three languages that start it.

    `patient`: it was begun for the person, who answers in their own time: words still answer it after a long
    silence.
    """

    name: str
    title: Phrase
    phrases: tuple[str, ...]
    steps: tuple[Step, ...]
    patient: bool = False

    @property
    def is_form(self) -> bool:
        """Whether answers are gathered and looked at before they are sent: work that a form is made for."""
        asks = any(isinstance(step, Ask | Choose | Upload) for step in self.steps)
        return asks and any(isinstance(step, Review) for step in self.steps)

    @property
    def is_work(self) -> bool:
        """Whether something is filled in and then done; what is only shown or confirmed is never resumed."""
        asks = any(isinstance(step, Ask | Choose | Upload) for step in self.steps)
        return asks and any(isinstance(step, Act) for step in self.steps)


def answered(step: str, *values: str) -> When:
    """Applies when that step was answered (with one of these values)."""
    return When(step, values)


def hides_words(step: Step | None) -> bool:
    """Whether what is typed as the answer is remembered by the desk only."""
    return isinstance(step, Choose) and step.rows is not None and "text" in step.rows.request.secret


def lookup(request: type[Request]) -> Lookup:
    """Rows or a card from the desk."""
    return Lookup(request)


def _conditions(when: When | tuple[When, ...] | None) -> tuple[When, ...]:
    if when is None:
        return ()
    return (when,) if isinstance(when, When) else when


def show(
    name: str,
    text: Phrase,
    *,
    rows: Lookup | None = None,
    actions: tuple[Action, ...] = (),
    done: Phrase | None = None,
    drafts: bool = False,
    when: When | tuple[When, ...] | None = None,
) -> Show:
    """Tell something, perhaps with things to do. `drafts` also offers to go on with unfinished work."""
    return Show(name, text, _conditions(when), rows, actions, done, drafts)


def ask(
    name: str,
    text: Phrase,
    parser: Parser,
    *,
    title: Phrase,
    optional: bool = False,
    volunteered: bool = False,
    when: When | tuple[When, ...] | None = None,
) -> Ask:
    """Ask for words; `title` names the answer at review."""
    return Ask(name, text, parser, title, _conditions(when), optional, volunteered)


def choose(
    name: str,
    text: Phrase,
    rows: Lookup | None = None,
    *,
    title: Phrase,
    options: Mapping[str, Phrase] | None = None,
    many: bool = False,
    optional: bool = False,
    default: bool = False,
    actions: tuple[Action, ...] = (),
    words_for: str = "",
    when: When | tuple[When, ...] | None = None,
) -> Choose:
    """Let the person choose among rows of the desk, fixed options, or both."""
    conditions = _conditions(when)
    known = options or {}
    return Choose(name, text, title, known, rows, conditions, many, optional, default, actions, words_for)


def upload(
    name: str,
    text: Phrase,
    *,
    title: Phrase,
    at_most: int,
    optional: bool = False,
    words_for: str = "",
    when: When | tuple[When, ...] | None = None,
) -> Upload:
    """Ask for photos or documents, `at_most` bytes in total."""
    return Upload(name, text, title, at_most, _conditions(when), optional, words_for)


def review(
    text: Phrase,
    *,
    name: str = "review",
    send: Phrase = SEND,
    notice: tuple[Phrase, ...] = (),
    grave: bool = False,
    when: When | tuple[When, ...] | None = None,
) -> Review:
    """Show all answers before anything is sent. `grave`: something is taken away."""
    return Review(name, text, send, notice, _conditions(when), grave)


def act(
    request: type[Request],
    *,
    done: Phrase,
    refused: Mapping[str, Refusal] | None = None,
    then: tuple[Action, ...] = (),
    when: When | tuple[When, ...] | None = None,
) -> Act:
    """Do it; the step is named after the request."""
    return Act(str(request.__struct_config__.tag), request, done, refused or {}, then, _conditions(when))
