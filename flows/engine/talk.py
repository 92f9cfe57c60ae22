"""The working copy of a conversation while one event is folded in; it lives no longer than `advance`."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Literal

from msgspec import structs

from flows.engine.conversation import Button, Conversation, Press, Screen
from flows.engine.data import Started
from flows.engine.enclosures import Enclosure
from flows.engine.events import Event, Failed, HandedOn, Left, Returned, Told, Unlinked
from flows.engine.language import Flow, Step
from flows.engine.outputs import Capabilities, Closed, Fact, Field, Output, Prompt, Remind, Say
from flows.engine.phrases import Text, _
from flows.engine.work import Run

CARDS_KEPT = 5
QUESTIONS_KEPT = 3
DEEPEST = 5
IN_THE_CHAT = _("We go on in the chat.")
STOP_PRACTICE = "end_practice"
DRAFT_KEPT = datetime.timedelta(days=30)


class Talk:
    """What `advance` works on: the stack, the screens and what is to be said."""

    def __init__(
        self,
        flows: Mapping[str, Flow],
        conversation: Conversation,
        event: Event,
        capabilities: Capabilities,
    ) -> None:
        self.flows = flows
        self.before = conversation
        self.event = event
        self.capabilities = capabilities
        self.locale = conversation.locale
        # A flow that a deployment removed takes its unfinished runs with it.
        self.runs = [run for run in conversation.runs if run.flow in flows]
        self.parked = [run for run in conversation.parked if run.flow in flows]
        stopped = conversation.cancelled
        self.cancelled = stopped if stopped and stopped.flow in flows else None
        self.practice = conversation.practice
        self.aside = [run for run in conversation.aside if run.flow in flows]
        self.screens = list(conversation.screens)
        self.open = conversation.open
        self.serial = conversation.serial
        self.pressed = conversation.pressed
        self.held = conversation.held
        self.heard = conversation.at
        self.replaces = conversation.replaces if isinstance(event.content, Returned | Failed) else ""
        stays = isinstance(event.content, Returned | Failed | Left | Told | Unlinked | HandedOn)
        self.entered = self.form = conversation.form if stays else event.form
        self.outputs: list[Output] = []

    def end(self) -> tuple[Conversation, tuple[Output, ...]]:
        """The conversation as it is now, and everything that should happen."""
        asked_beside = isinstance(self.event.content, Told)  # the form stays as it is
        if self.entered and not asked_beside and not self._goes_on_in_form():
            self._leave_form()
        after = Conversation(
            key=self.before.key,
            locale=self.locale,
            runs=tuple(self.runs),
            parked=tuple(self.parked),
            cancelled=self.cancelled,
            screens=self._worth_keeping(),
            open=self.open,
            at=self.heard,
            serial=self.serial,
            pressed=self.pressed,
            held=self.held,
            replaces=self.replaces,
            revision=self.before.revision + 1,
            form=self.form,
            company=self.before.company,
            practice=self.practice,
            aside=tuple(self.aside),
        )
        return after, tuple(self.outputs)

    def _worth_keeping(self) -> tuple[Screen, ...]:
        """The last cards and the last questions: their buttons may still be pressed. The open one always."""
        if self.serial == self.before.serial and len(self.screens) == len(self.before.screens):
            return self.before.screens
        kept: list[Screen] = []
        room = {True: QUESTIONS_KEPT, False: CARDS_KEPT}
        for screen in reversed(self.screens):
            question = bool(screen.asks)
            room[question] -= 1
            if room[question] >= 0 or screen.token == self.open:
                kept.append(screen)
        return tuple(reversed(kept))

    def _goes_on_in_form(self) -> bool:
        """Whether the form shows what came of this, or will when the desk has answered."""
        if not self.form or self.top is None:
            return False
        shown = [output for output in self.outputs if isinstance(output, Say | Prompt)]
        return bool(self.top.waiting) or not shown or any(output.form == self.form for output in shown)

    def _leave_form(self) -> None:
        """Nothing is asked in it any more: what was said stays in the chat, and the form shows it too."""
        shown: list[Text] = []
        asked = False
        for place, output in enumerate(self.outputs):
            asked = asked or isinstance(output, Prompt)
            if isinstance(output, Say):
                shown += output.lines
                self.outputs[place] = structs.replace(output, form="", wants="")
            elif isinstance(output, Prompt):
                shown += output.lines * (not output.fields)
                break
        if (shown or asked) and not isinstance(self.event.content, Left):
            self.outputs.append(Say(tuple(shown) or (IN_THE_CHAT,), form=self.entered))
        self.form = ""

    @property
    def fields(self) -> int:
        """So many questions may stand in a prompt now."""
        return self.capabilities.max_fields if self.form else 1

    @property
    def top(self) -> Run | None:
        """The run the person is in."""
        return self.runs[-1] if self.runs else None

    @property
    def on_screen(self) -> Screen | None:
        """The open prompt, if it is of the run the person is in."""
        screen = self.screen(self.open)
        return screen if screen and self.top and screen.run == self.top.id else None

    def flow_of(self, run: Run) -> Flow:
        """The flow a run follows."""
        return self.flows[run.flow]

    def step_of(self, run: Run, name: str) -> Step | None:
        """The step of that name, unless a deployment removed it."""
        return next((step for step in self.flow_of(run).steps if step.name == name), None)

    def keep(self, run: Run) -> Run:
        """Put back a changed run, wherever it is in the stack."""
        run = structs.replace(run, at=self.event.at)
        for place, other in enumerate(self.runs):
            if other.id == run.id:
                self.runs[place] = run
        return run

    def drop(self, run: Run) -> None:
        """Take a run from the stack, with its open prompt."""
        screen = self.screen(self.open)
        if screen and screen.run == run.id:
            self.close()
        in_front = run.id == self.runs[-1].id if self.runs else False
        self.runs = [other for other in self.runs if other.id != run.id]
        if in_front and not (self.top and self.top.stopped == "unlinked"):
            self.form = ""  # what was interrupted is not asked in the form of something else

    def screen(self, token: str) -> Screen | None:
        """The prompt of that token, if it is still remembered."""
        return next((screen for screen in reversed(self.screens) if screen.token == token), None)

    def forget_all_but(self, run: Run) -> None:
        """Keep only this run: no other draft, no card that still shows something."""
        self.forget_all()
        self.runs = [run]

    def forget_all(self) -> None:
        """Nothing is open, put aside or on screen."""
        self.close()
        self.runs, self.parked, self.screens, self.held, self.cancelled = [], [], [], None, None
        self.practice, self.aside = False, []

    def say(self, *lines: Text) -> None:
        """Tell something. What comes next is a new message under it, whatever was pressed."""
        self.replaces = ""
        self.outputs.append(Say(lines, form=self.form))

    def enclose(self, enclosed: Iterable[Enclosure]) -> None:
        """Hand these out, each by itself and in the chat: a form shows no files."""
        for each in enclosed:
            self.replaces = ""
            self.outputs.append(Say((each.alt,), enclosed=each))

    def add(self, line: Text) -> None:
        """Tell it with what was told last, as one message."""
        last = self.outputs[-1] if self.outputs else None
        together = isinstance(last, Say) and last.enclosed is None
        if together:
            self.outputs.pop()
        self.say(*(last.lines if isinstance(last, Say) and together else ()), line)

    def close(self, chosen: Text = "", *, pressed: bool = False) -> None:
        """The open prompt was answered: it keeps the chosen answer and loses its buttons."""
        if not self.open:
            return
        self.outputs.append(Closed(self.open, chosen))
        if pressed:
            self.replaces = self.open
        self.open = ""

    def prompt(
        self,
        *,
        run: Run | None,
        step: str = "",
        lines: tuple[Text, ...] = (),
        fields: tuple[Field, ...] = (),
        facts: tuple[Fact, ...] = (),
        buttons: tuple[Button, ...] = (),
        again: bool = False,
    ) -> None:
        """Show something to answer or press. With a run it becomes the one open prompt.

        `again`: the open form with what is wrong in it; it stays the same, so that it can be sent in again.
        """
        form = self.form if run else ""
        title: Text = ""
        if run and self.capabilities.max_fields > 1 and self.flow_of(run).is_form:
            title = self.flow_of(run).title
        if form:
            self.replaces = ""
        if form and again:
            self.outputs.append(Prompt(self.open, lines, fields, facts, buttons, "", form, title))
            return
        self.serial += 1
        token = f"{self.serial:x}"
        asks: Literal["", "text", "one", "many", "files", "form"] = ""
        if fields:
            asks = fields[0].kind if len(fields) == 1 else "form"
            if asks == "files" and fields[0].typed:
                asks = "text"  # whatever is typed is the answer, not a wish
        if self.practice and STOP_PRACTICE in self.flows:
            buttons += (self._stop_practice(fields, buttons),)
        everything = tuple(button for field in fields for button in field.options) + buttons
        secret = any(field.secret for field in fields)
        self.screens.append(Screen(token, run.id if run else "", step, asks, everything, secret))
        if run:
            if self.open and self.open != self.replaces:
                self.outputs.append(Closed(self.open))
            self.open = token
        self.outputs.append(Prompt(token, lines, fields, facts, buttons, self.replaces, form, title))
        self.replaces = ""

    def _stop_practice(self, fields: tuple[Field, ...], buttons: tuple[Button, ...]) -> Button:
        """The way out of practice, under everything that is shown there."""
        count = sum(len(field.options) for field in fields) + len(buttons)
        start = Press("start", start=Started(STOP_PRACTICE))
        return Button(count, self.flows[STOP_PRACTICE].title, "action", start)

    def remind_of(self, run: Run) -> None:
        """Look at this draft again when it may be too old to keep."""
        self.outputs.append(Remind(f"draft:{run.id}", run.at + DRAFT_KEPT))
