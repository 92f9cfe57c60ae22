"""Anything in any order, with the real flows: random deeds against a few plain rules that always hold."""

from __future__ import annotations

import datetime
from typing import Any, ClassVar

import msgspec
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from flows.catalog import FLOWS
from flows.engine.conversation import Conversation
from flows.engine.data import File, Started, Value
from flows.engine.engine import advance
from flows.engine.events import (
    Command,
    Content,
    Continued,
    Elapsed,
    Event,
    Failed,
    Filled,
    Left,
    Pressed,
    Redo,
    Returned,
    Said,
    Sent,
    Spoke,
    Told,
    Unclear,
)
from flows.engine.language import Act, Ask, Choose, Review, Upload
from flows.engine.outputs import Call, Capabilities, Closed, Output, Prompt, Remind, Say
from flows.engine.work import Run
from flows.requests import WRITES
from tests.flows.model_desk import reply_to
from tests.flows.talking import NOON, again, buttons

WORDS = st.sampled_from(
    [
        "peeters",
        "122145001234 122145001235",
        "122145001236",
        "odd 122145001234",
        "several streets",
        "nothing",
        "jan@example.be",
        "Dorpstraat 14, 3150 Haacht",
        "no light since the storm of Monday",
        "x",
        " ",
        "مرحبا 👋 ‮abc",
        "y" * 3000,
        "z" * 20_000,
    ]
)
STEPS = sorted({step.name for flow in FLOWS.values() for step in flow.steps})
VALUES: st.SearchStrategy[Value] = WORDS | st.sampled_from([("row 1",), ("row 1", "row 2"), (), "none"])
FILES = st.builds(
    File,
    id=st.integers(0, 20).map(str),
    kind=st.sampled_from(["image", "image", "document", "voice", "sticker", "other"]),
    name=st.just("photo.jpg"),
    size=st.sampled_from([1000, 9_000_000, 29_000_000]),
    problem=st.sampled_from(["", "", "", "too_big", "kind"]),
)


def questions(run: Run) -> dict[str, Value]:
    """The answers of a run to questions, by step."""
    asked = {step.name for step in FLOWS[run.flow].steps if isinstance(step, Ask | Choose | Upload)}
    return {name: known.value for name, known in run.answers.items() if name in asked}


class AnyConversation(RuleBasedStateMachine):
    """One person doing anything at all, and a desk in any mood."""

    events: ClassVar[int] = 0

    @initialize(fields=st.sampled_from([1, 1, 1, 8]))
    def meet(self, fields: int) -> None:
        self.conversation = Conversation("web:1", "nl")
        self.capabilities = Capabilities(max_fields=fields)
        self.form = ""
        self.now = NOON
        self.number = 0
        self.mood = "good"
        self.pending: list[Call] = []
        self.answered: list[Call] = []
        self.prompts: list[Prompt] = []
        self.timers: list[str] = []
        self.last: Content | None = None
        self.outputs: list[Output] = []
        self.closed: set[str] = set()
        self.contents: dict[str, Any] = {}
        self.done: dict[tuple[str, str], int] = {}
        self.shown: dict[str, dict[str, Value]] = {}
        self.gone: set[str] = set()

    # --- one event -----------------------------------------------------------------------------

    def hears(self, content: Content, seconds: float = 20) -> None:
        """Something the person does, and the replies of a desk that is quick."""
        self.now += datetime.timedelta(seconds=seconds)
        self.outputs = []
        self.last = content
        self.fold(content)
        if self.mood != "slow":
            for _round in range(8):
                calls, self.pending = self.pending, []
                for call in calls:
                    self.replies(call)
            assert not self.pending, "the flow keeps asking the desk"

    def replies(self, call: Call) -> None:
        """The desk answers one call."""
        self.answered.append(call)
        if self.mood == "away":
            self.fold(Failed(call.key))
            return
        reply = reply_to(call.request, self.mood)
        if isinstance(call.request, WRITES) and type(reply).__name__ == "Done":
            run, step, *_rest = call.key.split(".")
            self.done[run, step] = self.done.get((run, step), 0) + 1
        self.fold(Returned(call.key, reply))

    def fold(self, content: Content) -> None:
        """Through `advance` and JSON, with all that holds for a single event."""
        AnyConversation.events += 1
        self.number += 1
        before = self.conversation
        event = again(Event(f"e{self.number}", before.key, "web:1", self.now, content, form=self.form))
        after, outputs = advance(FLOWS, before, event, self.capabilities)
        self.conversation = again(after)
        assert self.conversation == after
        assert after.revision == before.revision + 1
        undo = (after.cancelled,) if after.cancelled else ()
        known = {run.id for run in (*after.runs, *after.parked, *undo)}
        self.gone |= {run.id for run in (*before.runs, *before.parked)} - known
        for output in outputs:
            self.outputs.append(output)
            match output:
                case Call():
                    self.called(output)
                    self.pending.append(output)
                case Prompt():
                    same = output.form and output.token == before.open == after.open
                    assert same or output.token not in {prompt.token for prompt in self.prompts}
                    assert output.form in ("", self.form, before.form)
                    places = [shown.index for shown in buttons(output)]
                    assert places == list(range(len(places)))
                    self.prompts = [*self.prompts[-40:], output]
                    self.remember_review(output)
                case Closed(token):
                    self.closed.add(token)
                case Remind(timer):
                    self.timers = [*self.timers[-40:], timer]
        if before.open and after.open != before.open:
            replaced = {output.replaces for output in outputs if isinstance(output, Prompt)}
            assert before.open in self.closed | replaced, "a question that is not open kept its buttons"

    def remember_review(self, prompt: Prompt) -> None:
        """What a review showed is what may be sent."""
        run = next((run for run in reversed(self.conversation.runs)), None)
        if prompt.facts and run and prompt.token == self.conversation.open:
            assert [fact.name for fact in prompt.facts] == [
                step.name for step in FLOWS[run.flow].steps if step.name in questions(run)
            ]
            self.shown[run.id] = questions(run)

    def called(self, call: Call) -> None:
        """A call: one content per key; a write only as the review showed it, and not of what is gone."""
        if not isinstance(call.request, WRITES):
            return
        assert self.contents.setdefault(call.key, call.request) == call.request, "one key, two contents"
        run = next(run for run in self.conversation_runs() if call.key.startswith(run.id + "."))
        assert run.id not in self.gone, "an effect after cancel"
        if any(isinstance(step, Review) for step in FLOWS[run.flow].steps) and not call.request.harmless:
            if self.shown.get(run.id) is None:
                assert not questions(run)
            else:
                assert questions(run) == self.shown[run.id]
        self.applicable(run)
        for field in call.request.__struct_fields__:
            if field in run.answers:
                assert getattr(call.request, field) == run.answers[field].value

    def conversation_runs(self) -> tuple[Run, ...]:
        return self.conversation.runs

    def applicable(self, run: Run) -> None:
        """No answer of a run belongs to a step whose condition does not hold."""
        for step in FLOWS[run.flow].steps:
            if step.name in run.answers:
                for when in step.when:
                    value = run.answers[when.step].value
                    assert not when.values or set(when.values) & set(
                        (value,) if isinstance(value, str) else value
                    )

    # --- what always holds ---------------------------------------------------------------------

    @invariant()
    def a_next_step(self) -> None:
        """Something to press is on screen, or the desk is at work."""
        if not getattr(self, "outputs", None) and not self.conversation_started():
            return
        top = self.conversation.runs[-1] if self.conversation.runs else None
        if top and top.waiting:
            assert any(call.key == top.waiting.key for call in self.pending)
            return
        screens = {screen.token: screen for screen in self.conversation.screens}
        if top:
            screen = screens[self.conversation.open]
            assert screen.run == top.id
            assert screen.buttons or screen.asks
        else:
            assert self.conversation.screens[-1].buttons
            assert not self.conversation.open

    def conversation_started(self) -> bool:
        return self.conversation.serial > 0

    @invariant()
    def an_answer(self) -> None:
        """Nobody is met with silence, but for a second tap and what is on its way."""
        quiet = isinstance(self.last, Pressed | Filled | Elapsed | Returned | Failed | Left | None)
        assert self.outputs or quiet or self.pending

    @invariant()
    def a_form_never_waits(self) -> None:
        """Whatever is done in a form, it shows what came of it."""
        last = getattr(self, "last", None)
        if (
            self.outputs_now()
            and self.form
            and not isinstance(last, Elapsed | Left | Told | None)
            and not self.pending
        ):
            assert self.form in {o.form for o in self.outputs if isinstance(o, Say | Prompt)}

    def outputs_now(self) -> list[Output]:
        return getattr(self, "outputs", [])

    @invariant()
    def small(self) -> None:
        """What is remembered stays small."""
        assert len(msgspec.json.encode(self.conversation)) < 64_000
        assert len(self.conversation.runs) <= 5
        assert len(self.conversation.parked) <= 10
        ids = [run.id for run in (*self.conversation.runs, *self.conversation.parked)]
        assert len(ids) == len(set(ids))

    @invariant()
    def one_effect(self) -> None:
        """What a review guards is done once per run."""
        for (run, step), times in self.done.items():
            flow = FLOWS[run.rsplit("/", 1)[1]]
            act = next(other for other in flow.steps if other.name == step)
            assert isinstance(act, Act)
            assert act.request.harmless or times == 1

    # --- what may happen -----------------------------------------------------------------------

    @rule(text=WORDS)
    def says(self, text: str) -> None:
        self.hears(Said(text))

    @rule(pick=st.integers(0, 30), seconds=st.sampled_from([20, 1]))
    def presses(self, pick: int, seconds: float) -> None:
        self.press_last(pick, seconds)

    @rule(pick=st.integers(0, 6))
    def presses_a_likely_one(self, pick: int) -> None:
        self.press_last(pick, 20)

    @rule(picks=st.lists(st.integers(0, 3), min_size=3, max_size=8), text=WORDS)
    def hurries_through(self, picks: list[int], text: str) -> None:
        """Several likely answers in a row, so that flows come to their end."""
        for pick in picks:
            last = self.prompts[-1] if self.prompts else None
            if last and last.fields and last.fields[0].kind == "text":
                self.hears(Said(text))
            else:
                likely = [b for b in buttons(last) if b.group == "answer"] if last else []
                self.press(last, (likely[pick % len(likely)].index if likely else pick))

    def press_last(self, pick: int, seconds: float) -> None:
        last = self.prompts[-1] if self.prompts else None
        self.press(last, pick % max(1, len(buttons(last))) if last else pick, seconds)

    def press(self, prompt: Prompt | None, index: int, seconds: float = 20) -> None:
        self.hears(Pressed(prompt.token if prompt else "1", index), seconds)

    @rule(which=st.integers(0, 40), pick=st.integers(-1, 12), seconds=st.sampled_from([20, 1]))
    def presses_an_old_one(self, which: int, pick: int, seconds: float) -> None:
        if self.prompts:
            self.press(self.prompts[-1 - which % len(self.prompts)], pick, seconds)

    @rule(token=st.sampled_from(["", "1", "ff", "forged"]), pick=st.integers(-2, 3))
    def presses_a_forged_one(self, token: str, pick: int) -> None:
        self.hears(Pressed(token, pick))

    @rule(seconds=st.sampled_from([0, 1, 60]))
    def does_it_again(self, seconds: float) -> None:
        if self.last:
            self.hears(self.last, seconds)

    @rule(values=st.dictionaries(st.sampled_from(STEPS), VALUES, max_size=3), first=VALUES)
    def fills_in(self, values: dict[str, Value], first: Value) -> None:
        last = self.prompts[-1] if self.prompts else None
        asked = {field.name: first for field in last.fields} if last else {}
        self.hears(Filled(last.token if last else "1", {**values, **asked}))

    @rule(
        places=st.lists(st.integers(-1, 12), max_size=3),
        files=st.lists(FILES, max_size=2),
        words=st.sampled_from(["", "", "peeters", "no light since the storm"]),
    )
    def fills_in_a_form(self, places: list[int], files: list[File], words: str) -> None:
        """By the places of the options, with files."""
        last = self.prompts[-1] if self.prompts else None
        names = [field.name for field in last.fields] if last else []
        picked = dict.fromkeys(names, tuple(places))
        self.hears(Filled(last.token if last else "1", dict.fromkeys(names, words), picked, tuple(files)))

    @rule(question=st.sampled_from(["700457343", "2"]))
    def is_asked_by_the_desk(self, question: str) -> None:
        self.hears(Told(("A photo, please.",), Started("answer_desk", {"question": question})))

    @rule(form=st.sampled_from(["", "f1", "f2"]))
    def goes_on_elsewhere(self, form: str) -> None:
        if self.capabilities.max_fields > 1:
            self.form = form
            self.hears(Continued())

    @rule(form=st.sampled_from(["f1", "f2"]))
    def closes_a_form(self, form: str) -> None:
        self.form = "" if self.form == form else self.form
        self.hears(Left(form))

    @rule(files=st.lists(FILES, min_size=1, max_size=3), text=st.sampled_from(["", "", "a caption"]))
    def sends(self, files: list[File], text: str) -> None:
        self.hears(Sent(tuple(files), text))

    @rule(name=st.sampled_from(["back", "cancel", "skip", "later", "yes", "no", "back", "skip"]))
    def commands(self, name: Any) -> None:
        self.hears(Command(name))

    @rule(step=st.sampled_from(STEPS))
    def redoes(self, step: str) -> None:
        self.hears(Redo(step))

    @rule(locale=st.sampled_from(["nl", "fr", "en"]))
    def speaks(self, locale: str) -> None:
        self.hears(Spoke(locale))

    @rule(
        flow=st.sampled_from([*FLOWS, "create_rma", "create_rma", "gone"]),
        answers=st.dictionaries(st.sampled_from(STEPS), VALUES, max_size=2),
        files=st.lists(FILES, max_size=1),
    )
    def starts(self, flow: str, answers: dict[str, Value], files: list[File]) -> None:
        self.hears(Started(flow, answers, tuple(files)))

    @rule(flows=st.lists(st.sampled_from([*FLOWS, "gone"]), max_size=3))
    def is_unclear(self, flows: list[str]) -> None:
        self.hears(Unclear(tuple(Started(flow) for flow in flows)))

    @rule(hours=st.sampled_from([1, 13, 24 * 31]))
    def is_silent(self, hours: float) -> None:
        self.now += datetime.timedelta(hours=hours)

    @rule(which=st.integers(0, 40))
    def timer_elapses(self, which: int) -> None:
        timer = self.timers[-1 - which % len(self.timers)] if self.timers else "draft:forged"
        self.hears(Elapsed(timer))

    @rule(mood=st.sampled_from(["good", "good", "good", "slow", "away", "unlinked", "refusing", "empty"]))
    def desk_is(self, mood: str) -> None:
        self.mood = mood

    @rule(which=st.integers(0, 9), fails=st.booleans())
    def slow_desk_replies(self, which: int, fails: bool) -> None:
        """In any order."""
        self.outputs, self.last = [], None
        if self.pending:
            call = self.pending.pop(which % len(self.pending))
            if fails:
                self.fold(Failed(call.key))
            else:
                self.replies(call)

    @rule(which=st.integers(0, 40))
    def reply_comes_late(self, which: int) -> None:
        """A second time, when nobody waits for it any more."""
        self.outputs, self.last = [], None
        if self.answered:
            call = self.answered[-1 - which % len(self.answered)]
            waiting = {run.waiting.key for run in self.conversation.runs if run.waiting}
            if call.key not in waiting:
                self.fold(Returned(call.key, reply_to(call.request, "good")))
                assert self.outputs == []


def talk(examples: int, *, anew: bool = False) -> int:
    """So many conversations of fifty deeds, the same ones or others `anew`; the number of events they had."""
    AnyConversation.events = 0
    run_state_machine_as_test(
        AnyConversation,
        settings=settings(
            max_examples=examples,
            stateful_step_count=50,
            derandomize=not anew,
            suppress_health_check=list(HealthCheck),
        ),
    )
    return AnyConversation.events


def test_two_thousand_random_events_keep_all_that_always_holds() -> None:
    """The quick run, for every change."""
    assert talk(60) >= 2_000


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_two_hundred_thousand_random_events_keep_all_that_always_holds() -> None:
    """The long run."""
    assert talk(4_000, anew=True) >= 200_000
