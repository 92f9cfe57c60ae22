"""The same answers in a modal and in a chat: the same data for the desk, the same things said to be wrong."""

from __future__ import annotations

import datetime
from collections import defaultdict

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import Struct, structs

from flows.catalog import FLOWS
from flows.engine.conversation import Button, Conversation
from flows.engine.data import File, Request, Started
from flows.engine.engine import advance
from flows.engine.events import Command, Content, Event, Pressed, Returned, Said, Sent
from flows.engine.outputs import Call, Fact, Field, Output, Prompt, Say
from flows.engine.phrases import Phrase, Text
from flows.requests import WRITES
from tests.bot.channels.slack.modal import KEY, NOON, Slack, reply_in

MOST_PAGES = 40
Problems = dict[str, list[Text]]


class Try(Struct, frozen=True):
    """How somebody answers a question: words where they can be typed, options by their place, files."""

    words: str = ""
    places: tuple[int, ...] = ()
    files: tuple[File, ...] = ()


GOOD_FILES = (File("p1", "image", "p1.jpg", 900_000), File("p2", "image", "p2.jpg", 12_000_000))
BAD_FILES = (
    File("b1", "image", "b1.jpg", 40_000_000),
    File("b2", "image", "b2.jpg", 1000, "not_readable"),
    File("b3", "document", "b3.exe", 1000, "kind"),
    File("b4", "image", "b4.jpg", 1000, "too_big"),
)
WORDS = (
    "",
    "x",
    "peeters",
    "122145001236",
    "several streets",
    "nothing",
    "odd 122145001234",
    "jan@example.be",
    "no light since the storm of Monday",
    "y" * 2001,
)
TRIES = st.builds(
    Try,
    words=st.sampled_from(WORDS),
    places=st.lists(st.integers(0, 3), max_size=3).map(tuple),
    files=st.sampled_from([(), GOOD_FILES[:1], GOOD_FILES, *((bad,) for bad in BAD_FILES)]),
)
SURE = ("no light since the storm of Monday", "jan@example.be", "122145001234", "+32 470 11 22 33")


class Person:
    """Answers each question first as a plan says, then, as long as that is no answer, in a way that is.

    At the first review answers are changed, by their place among the facts.
    """

    def __init__(self, plan: dict[str, Try], changes: dict[int, Try]) -> None:
        self.plan = dict(plan)
        self.changes = dict(changes)
        self.times: dict[str, int] = defaultdict(int)
        self.sent: dict[str, int] = defaultdict(int)

    def answers(self, field: Field) -> Try:
        """The next try."""
        self.times[field.name] += 1
        self.sent[field.name] += 1
        time, sent = self.times[field.name], self.sent[field.name]
        if time == 1 and field.name in self.plan:
            return possible(field, self.plan.pop(field.name), sent)
        if options(field):
            return Try(places=(0,))
        return possible(field, Try(SURE[time % len(SURE)], files=GOOD_FILES[:1]), sent)

    def change(self, facts: tuple[Fact, ...]) -> Fact | None:
        """What is changed next."""
        while self.changes:
            place, new = self.changes.popitem()
            if place < len(facts):
                self.plan[facts[place].name] = new
                self.times[facts[place].name] = 0
                return facts[place]
        return None


def possible(field: Field, wanted: Try, sent: int) -> Try:
    """What can be done in a chat and in a modal: one thing where one is asked for, no file twice."""
    found = options(field)
    places = tuple(dict.fromkeys(place % len(found) for place in wanted.places)) if found else ()
    apart = tuple(place for place in places if found[place].press.kind == "option")
    rows = tuple(place for place in places if place not in apart)
    words = wanted.words if field.typed or field.kind == "text" else ""
    if field.kind == "many":
        places, words = rows + apart[:1], "" if apart else words
    else:
        places = () if words else places[:1]
    files = tuple(structs.replace(file, id=f"{file.id}.{sent}") for file in wanted.files)
    return Try(words, places, files)


def options(field: Field) -> list[Button]:
    """What can be chosen."""
    return [button for button in field.options if button.press.kind in ("option", "pick")]


class Chat:
    """A chat with the same desk: one question at a time."""

    def __init__(self, flow: str, mood: str, person: Person) -> None:
        self.person = person
        self.mood = mood
        self.conversation = Conversation(KEY, "en")
        self.now = NOON
        self.number = 0
        self.asked: list[Request] = []
        self.outputs: list[Output] = []
        self.reviewed: list[list[tuple[str, Text]]] = []
        self.problems: Problems = defaultdict(list)
        self.hears(Started(flow))

    def hears(self, content: Content) -> None:
        """One turn with a desk that answers at once."""
        self.now += datetime.timedelta(seconds=30)
        self.outputs = []
        waiting = [content]
        while waiting:
            self.number += 1
            event = Event(f"e{self.number}", KEY, KEY, self.now, waiting.pop(0))
            self.conversation, outputs = advance(FLOWS, self.conversation, event, Slack.capabilities)
            for output in outputs:
                if isinstance(output, Call):
                    self.asked.append(output.request)
                    waiting.append(Returned(output.key, reply_in(output.request, self.mood)))
                else:
                    self.outputs.append(output)

    @property
    def prompt(self) -> Prompt | None:
        """What is asked."""
        prompts = [output for output in self.outputs if isinstance(output, Prompt)]
        return prompts[-1] if prompts and prompts[-1].token == self.conversation.open else None

    def plays(self) -> None:
        """To the end, or to a card."""
        for _page in range(MOST_PAGES):
            prompt = self.prompt
            if prompt is None:
                return
            if prompt.fields:
                self.answers(prompt.fields[0])
            elif prompt.facts:
                self.looks_at_it_all(prompt)
            else:
                return

    def looks_at_it_all(self, prompt: Prompt) -> None:
        """Change something, or send it."""
        if fact := self.person.change(prompt.facts):
            self.presses(next(b for b in prompt.buttons if b.group == "change"))
            assert self.prompt
            self.presses(next(b for b in self.prompt.buttons if b.press.of == fact.name))
        else:
            self.reviewed.append(facts_of(prompt))
            self.presses(next(b for b in prompt.buttons if b.press.kind == "done"))

    def presses(self, button: Button) -> None:
        assert self.prompt
        self.hears(Pressed(self.prompt.token, button.index))

    def answers(self, field: Field) -> None:
        """One question, and what is said to be wrong with the answer."""
        tried = self.person.answers(field)
        if field.kind == "files":
            self.sends(tried.files)
        elif field.kind == "many":
            self.chooses_several(field, tried)
        elif tried.words:
            self.hears(Said(tried.words))
        elif tried.places and options(field):
            assert self.prompt
            self.hears(Pressed(self.prompt.token, options(field)[tried.places[0]].index))
        else:
            self.hears(Command("skip"))
        self.problems[field.name] += [line for o in self.outputs if isinstance(o, Say) for line in o.lines]

    def sends(self, files: tuple[File, ...]) -> None:
        assert self.prompt
        done = [button for button in self.prompt.buttons if button.press.kind == "done"]
        if files:
            self.hears(Sent(files))
        elif done:
            self.presses(done[0])
        else:
            self.hears(Command("skip"))

    def chooses_several(self, field: Field, tried: Try) -> None:
        """Tick what is not ticked, then type or be done; an option that stands apart is an answer."""
        for place in tried.places:
            assert self.prompt
            shown = options(field)[place]
            if not shown.picked:
                found = next(b for b in options(self.prompt.fields[0]) if b.press == shown.press)
                self.hears(Pressed(self.prompt.token, found.index))
            if shown.press.kind == "option":
                return
        assert self.prompt
        done = [b for b in self.prompt.fields[0].options if b.press.kind == "done"]
        if tried.words:
            self.hears(Said(tried.words))
        elif done:
            self.hears(Pressed(self.prompt.token, done[0].index))
        else:
            self.hears(Command("skip"))


class Modal(Slack):
    """The same person at a modal."""

    def __init__(self, flow: str, mood: str, person: Person, locale: str = "en") -> None:
        super().__init__(flow, mood, locale)
        self.person = person
        self.reviewed: list[list[tuple[str, Text]]] = []
        self.problems: Problems = defaultdict(list)

    @property
    def open(self) -> Prompt | None:
        """What is asked."""
        asked = self.prompts[-1] if self.prompts else None
        return asked if asked and asked.token == self.conversation.open and self.view else None

    def plays(self) -> None:
        """To the end, or to a card."""
        for _page in range(MOST_PAGES):
            if not self.plays_a_page():
                return

    def plays_a_page(self) -> bool:
        """Whether there was one to fill in or to look at."""
        prompt = self.open
        if prompt is None:
            return False
        if prompt.fields:
            self.sends_in(prompt)
        elif prompt.facts:
            if fact := self.person.change(prompt.facts):
                self.presses(self.speaker.say(fact.title))
            else:
                self.reviewed.append(facts_of(prompt))
                self.confirms(prompt)
        return bool(prompt.fields or prompt.facts)

    def confirms(self, prompt: Prompt) -> None:
        """Send it in; where something is taken away, a button asks once more."""
        grave = next((each for each in prompt.buttons if each.style == "danger"), None)
        if grave:
            self.presses(self.speaker.say(grave.label))
        else:
            self.submits()

    def sends_in(self, prompt: Prompt) -> None:
        """A page; what was right the time before stays as it is."""
        again = any(field.problem for field in prompt.fields)
        for field in prompt.fields:
            if not again or field.problem:
                self.fills_in(field, self.person.answers(field))
        outputs = self.submits()
        asked = self.open
        if asked and asked.fields and asked.fields[0].name in {field.name for field in prompt.fields}:
            for field in asked.fields:
                self.problems[field.name] += [field.problem] if field.problem else []
        if any(isinstance(output, Prompt) for output in outputs):
            above = asked.lines if asked and asked.fields else ()
            self.problems[prompt.fields[0].name] += (*self.said, *above)

    def fills_in(self, field: Field, tried: Try) -> None:
        if field.kind == "files":
            self.attaches(field.name, *tried.files)
            return
        if options(field):
            self.chooses(field.name, *tried.places)
        if (field.typed and not (field.searched and tried.places)) or field.kind == "text":
            self.types(field.name, tried.words)


def facts_of(prompt: Prompt) -> list[tuple[str, Text]]:
    """What a review shows."""
    return [(fact.name, fact.value) for fact in prompt.facts]


def sent_to_the_desk(asked: list[Request]) -> list[Request]:
    """What the desk was asked to do."""
    return [request for request in asked if isinstance(request, WRITES)]


def said_wrong(problems: Problems) -> Problems:
    """Without what a chat says about files that it keeps."""
    kept = {name: [text for text in found if not is_total(text)] for name, found in problems.items()}
    return {name: found for name, found in kept.items() if found}


def is_total(text: Text) -> bool:
    """A modal shows the files themselves."""
    return isinstance(text, Phrase) and text.msgid.startswith("Kept.")


FORMS = sorted(name for name, flow in FLOWS.items() if flow.is_form)


def the_same(flow: str, examples: int) -> None:
    """Both places, so many times."""
    names = [step.name for step in FLOWS[flow].steps]

    @given(
        plan=st.fixed_dictionaries({}, optional=dict.fromkeys(names, TRIES)),
        changes=st.dictionaries(st.integers(0, 6), TRIES, max_size=2),
        mood=st.sampled_from(["good", "undecided"]),
    )
    @settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck))
    def check(plan: dict[str, Try], changes: dict[int, Try], mood: str) -> None:
        chat, modal = Chat(flow, mood, Person(plan, changes)), Modal(flow, mood, Person(plan, changes))
        chat.plays()
        modal.plays()
        assert modal.reviewed == chat.reviewed
        assert sent_to_the_desk(modal.asked) == sent_to_the_desk(chat.asked)
        assert said_wrong(modal.problems) == said_wrong(chat.problems)
        assert modal.conversation.runs == chat.conversation.runs == ()

    check()


@pytest.mark.parametrize("flow", FORMS)
def test_a_modal_and_a_chat_give_the_same(flow: str) -> None:
    """Whatever somebody tries first, changes at the end, and however the desk is disposed."""
    the_same(flow, 30)


@pytest.mark.soak
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("flow", FORMS)
def test_a_modal_and_a_chat_give_the_same_many_times(flow: str) -> None:
    """The long run."""
    the_same(flow, 2_000)
