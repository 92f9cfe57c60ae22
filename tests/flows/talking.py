"""Conversations in tests: what is said and pressed, what is answered, as phrases; the desk is a plain class.

Between any two events the conversation goes through JSON, as it does in life.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import msgspec

from flows.engine.conversation import Button, Conversation
from flows.engine.data import File, Request, Started, Value
from flows.engine.engine import advance
from flows.engine.events import (
    Command,
    Content,
    Elapsed,
    Event,
    Failed,
    Filled,
    Pressed,
    Redo,
    Returned,
    Said,
    Sent,
    Spoke,
)
from flows.engine.forms import as_pages
from flows.engine.language import Flow
from flows.engine.outputs import Call, Capabilities, Closed, Output, Prompt, Remind, Say
from flows.engine.phrases import Text
from flows.engine.work import Refused, Reply

NOON = datetime.datetime(2026, 11, 20, 12, 0, tzinfo=datetime.UTC)
MEGABYTE = 1024 * 1024


class Desk:
    """Answers each kind of request as the test says; `away`: it does not; `slow`: not yet."""

    def __init__(
        self,
        answers: Mapping[type[Any], Callable[[Any], Reply]],
        otherwise: Callable[[Any], Reply] = lambda request: Refused("not_found"),
    ) -> None:
        self.answers = dict(answers)
        self.otherwise = otherwise
        self.asked: list[tuple[str, Request]] = []
        self.away = False
        self.slow = False

    def answer(self, call: Call) -> Reply | None:
        """The reply, or None while the desk is away."""
        self.asked.append((call.key, call.request))
        if self.away:
            return None
        scripted = self.answers.get(type(call.request), self.otherwise)
        return scripted(call.request)

    def requests(self, kind: type[Any]) -> list[Any]:
        """What was asked of one kind, in order."""
        return [request for _key, request in self.asked if isinstance(request, kind)]

    def keys(self, kind: type[Any]) -> list[str]:
        """The keys of one kind, in order."""
        return [key for key, request in self.asked if isinstance(request, kind)]


class Chat:
    """One person talking; every deed answers what came of it."""

    def __init__(self, flows: Iterable[Flow], desk: Desk, *, fields: int = 1) -> None:
        self.flows = {flow.name: flow for flow in flows}
        self.desk = desk
        self.capabilities = Capabilities(max_fields=fields)
        self.form = "form" if fields > 1 else ""
        self.conversation = Conversation("test:1", "en")
        self.now = NOON
        self.number = 0
        self.outputs: list[Output] = []
        self.pending: list[Call] = []

    # --- what the person does ------------------------------------------------------------------

    def said(self, text: str) -> list[Text]:
        """Type words."""
        return self.hears(Said(text))

    def press(self, label: Text | str, *, on: Prompt | None = None) -> list[Text]:
        """Press the button with this label on the open prompt or card, or on an older one."""
        prompt = on or self.prompt
        return self.hears(Pressed(prompt.token, button(prompt, label).index))

    def sent(self, *files: File, text: str = "") -> list[Text]:
        """Send files, perhaps with words."""
        return self.hears(Sent(files, text))

    def filled(self, **values: Value) -> list[Text]:
        """Send in the form that is open."""
        return self.hears(Filled(self.prompt.token, values))

    def started(self, flow: str, /, *files: File, **answers: Value) -> list[Text]:
        """Start a flow with words already known."""
        return self.hears(Started(flow, answers, files))

    def back(self) -> list[Text]:
        """Type "back"."""
        return self.hears(Command("back"))

    def cancel(self) -> list[Text]:
        """Type "cancel"."""
        return self.hears(Command("cancel"))

    def skip(self) -> list[Text]:
        """Type "skip"."""
        return self.hears(Command("skip"))

    def later(self) -> list[Text]:
        """Type "later"."""
        return self.hears(Command("later"))

    def redo(self, name: str) -> list[Text]:
        """Ask for one question again."""
        return self.hears(Redo(name))

    def spoke(self, locale: str) -> list[Text]:
        """Ask for another language."""
        return self.hears(Spoke(locale))

    def elapses(self, timer: str) -> list[Text]:
        """A timer runs out."""
        return self.hears(Elapsed(timer))

    def waits(self, **time: float) -> None:
        """Time goes by."""
        self.now += datetime.timedelta(**time)

    # --- the turn --------------------------------------------------------------------------------

    def hears(self, content: Content) -> list[Text]:
        """Take one turn, the desk's replies in it included; what was said and shown, line by line."""
        self.number += 1
        self.outputs = []
        self.pending += self.fold(f"e{self.number}", content)
        if not self.desk.slow:
            self.desk_replies()
        return self.lines

    def desk_replies(self) -> list[Text]:
        """The desk answers all that is pending."""
        rounds = 0
        while self.pending:
            rounds += 1
            assert rounds <= 8, "the flow keeps asking the desk"
            calls, self.pending = self.pending, []
            for call in calls:
                reply = self.desk.answer(call)
                content = Failed(call.key) if reply is None else Returned(call.key, reply)
                self.pending += self.fold(f"e{self.number}:{call.key}", content)
        return self.lines

    def fold(self, id: str, content: Content) -> list[Call]:
        """One event through `advance` and JSON; its calls apart from the other outputs."""
        event = again(Event(id, self.conversation.key, "test:1", self.now, content, form=self.form))
        conversation, outputs = advance(self.flows, self.conversation, event, self.capabilities)
        self.conversation = again(conversation)
        assert self.conversation == conversation
        new = [again(output) for output in outputs if not isinstance(output, Call)]
        self.outputs = list(as_pages((*self.outputs, *new)))
        return [output for output in outputs if isinstance(output, Call)]

    # --- what came of it -------------------------------------------------------------------------

    @property
    def lines(self) -> list[Text]:
        """All that the last turn said or showed, without the buttons."""
        found: list[Text] = []
        for output in self.outputs:
            match output:
                case Say(lines):
                    found += lines
                case Prompt():
                    found += output.lines
                    found += [text for field in output.fields for text in (field.problem, field.text) if text]
        return found

    @property
    def prompts(self) -> list[Prompt]:
        """The prompts of the last turn."""
        return [output for output in self.outputs if isinstance(output, Prompt)]

    @property
    def prompt(self) -> Prompt:
        """The last prompt of the last turn."""
        return self.prompts[-1]

    @property
    def question(self) -> Text:
        """The question that is asked now."""
        return self.prompt.fields[0].text

    @property
    def labels(self) -> list[Text]:
        """The labels on the buttons of the last prompt, in order."""
        return [shown.label for shown in buttons(self.prompt)]

    @property
    def facts(self) -> dict[str, Text]:
        """The answers as the review shows them."""
        return {fact.name: fact.value for fact in self.prompt.facts}

    @property
    def closed(self) -> list[Closed]:
        """The prompts that lost their buttons in the last turn."""
        return [output for output in self.outputs if isinstance(output, Closed)]

    @property
    def reminders(self) -> list[Remind]:
        """The timers set in the last turn."""
        return [output for output in self.outputs if isinstance(output, Remind)]


DATA = (Conversation, Event)


def again(data: Any) -> Any:
    """The same after JSON."""
    kind = type(data) if isinstance(data, DATA) else Output
    return msgspec.json.decode(msgspec.json.encode(data), type=kind)


def buttons(prompt: Prompt) -> list[Button]:
    """All buttons of a prompt, in the order of their index."""
    return [option for field in prompt.fields for option in field.options] + list(prompt.buttons)


def button(prompt: Prompt, label: Text | str) -> Button:
    """The button with this label (or this msgid) on it."""
    found = [b for b in buttons(prompt) if label in (b.label, getattr(b.label, "msgid", None))]
    assert len(found) == 1, f"{label!r} among {[b.label for b in buttons(prompt)]}"
    return found[0]


def press_kinds(prompt: Prompt) -> set[str]:
    """What the buttons of a prompt do."""
    return {shown.press.kind for shown in buttons(prompt)}


def photo(name: str, megabytes: float = 1) -> File:
    """A photo of this size."""
    return File(name, "image", f"{name}.jpg", int(megabytes * MEGABYTE))
