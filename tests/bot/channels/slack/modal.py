"""A person at a modal: fills in what it shows, sends it in, and sees what Slack then shows."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Sequence
from typing import Any

from msgspec import structs

from bot.channels.slack import forms, payloads, receive, views
from bot.ports import Outgoing
from flows.catalog import FLOWS
from flows.engine.conversation import Conversation
from flows.engine.data import File, Request, Started
from flows.engine.engine import advance
from flows.engine.events import Content, Event, Filled, Returned
from flows.engine.forms import as_pages
from flows.engine.outputs import Call, Capabilities, Output, Prompt, Say
from flows.engine.phrases import Text
from flows.engine.work import Reply
from locales.speaker import Speaker
from tests.bot.channels.slack import rules
from tests.flows.model_desk import reply_to

NOON = datetime.datetime(2026, 11, 20, 12, tzinfo=datetime.UTC)
FORM = "f1"
KEY = "slack:-:T1:U1"
View = dict[str, Any]


class Slack:
    """The conversation of one person, a desk in a mood, and the modal that is open, if any."""

    capabilities = Capabilities(max_fields=10, in_place=True)

    def __init__(self, flow: str, mood: str = "good", locale: str = "en") -> None:
        self.mood = mood
        self.conversation = Conversation(KEY, locale)
        self.speaker = Speaker(locale, "Europe/Brussels", NOON.date())
        self.now = NOON
        self.number = itertools.count(1)
        self.asked: list[Request] = []
        self.prompts: list[Prompt] = []
        self.said: list[Text] = []
        self.view: View | None = None
        self.values: dict[str, dict[str, Any]] = {}
        self.errors: dict[str, str] = {}
        self.files: tuple[File, ...] = ()
        outputs = self.turn(self.event(Started(flow)))
        self.show(forms.answer(self.outgoing(outputs), FORM, "", lambda _one: self.speaker)[0])

    # --- what the person does ------------------------------------------------------------------

    @property
    def prompt(self) -> Prompt:
        """What is asked in the modal."""
        return self.prompts[-1]

    def input(self, name: str, kinds: Sequence[str]) -> tuple[str, dict[str, Any]] | None:
        """The block of a question with one of these elements."""
        assert self.view
        for block in self.view["blocks"]:
            if block["type"] == "input" and block["block_id"].partition("~")[0] == name:
                element = block["element"]
                if element["type"] in kinds:
                    return block["block_id"], element
        return None

    def types(self, name: str, text: str) -> None:
        """Type into a field."""
        if self.input(name, ["external_select"]):
            self.finds(name, text)
            return
        found = self.input(name, ["plain_text_input"])
        assert found
        self.values[found[0]] = {found[1]["action_id"]: {"type": "plain_text_input", "value": text or None}}

    def chooses(self, name: str, *places: int) -> None:
        """Choose options by their place in the list, beside those that are chosen already."""
        if self.input(name, ["external_select"]):
            asked = next(field for field in self.prompt.fields if field.name == name)
            shown = [button.press.of for button in views.options_of(asked)]
            self.finds(name, *(shown[place % len(shown)] for place in places[:1]))
            return
        kinds = ["static_select", "radio_buttons", "multi_static_select"]
        found = self.input(name, kinds)
        assert found
        block, element = found
        options = [element["options"][place % len(element["options"])] for place in places]
        if element["type"] == "multi_static_select":
            known = element.get("initial_options", [])
            new = [option for option in options if option not in known]
            given = {"type": element["type"], "selected_options": [*known, *dict_of(new).values()]}
        else:
            given = {"type": element["type"], "selected_option": options[0] if options else None}
        self.values[block] = {element["action_id"]: given}

    def finds(self, name: str, id: str = "") -> None:
        """Choose what was found while typing, or the words themselves where nothing was."""
        found = self.input(name, ["external_select"])
        assert found
        chosen = {"selected_option": {"value": f"={id}"}} if id else {}
        self.values[found[0]] = {found[1]["action_id"]: {"type": "external_select", **chosen}}

    def attaches(self, name: str, *files: File) -> None:
        """Put files into a field."""
        found = self.input(name, ["file_input"])
        assert found
        self.files = files
        sent = [{"id": file.id, "name": file.name, "mimetype": "image/jpeg"} for file in files]
        self.values[found[0]] = {found[1]["action_id"]: {"type": "file_input", "files": sent}}

    def submits(self) -> list[Output]:
        """Send it in; what Slack shows then is in `view` and `errors`."""
        assert self.view
        assert "submit" in self.view
        view = {**self.view, "id": "V1", "hash": "1.2", "state": {"values": self.values}}
        outputs = self.hears({"type": "view_submission", "view": view})
        token = self.view["private_metadata"].partition(".")[0]
        self.show(forms.answer(self.outgoing(outputs), FORM, token, lambda _one: self.speaker)[0])
        return outputs

    def presses(self, label: str) -> list[Output]:
        """Press a button in it; the view is changed afterwards."""
        assert self.view
        pressed = [each for block in self.view["blocks"] for each in rules.pressed_in(block)]
        [found] = [e for e in pressed if label in (e["text"]["text"], e.get("accessibility_label"))]
        action = {
            "type": "button",
            "action_id": found["action_id"],
            "value": found["value"],
            "action_ts": "1",
        }
        view = {**self.view, "id": "V1", "state": {"values": self.values}}
        outputs = self.hears({"type": "block_actions", "actions": [action], "view": view})
        for output in outputs:
            if isinstance(output, Prompt | Say) and output.form == FORM:
                self.show({"response_action": "update", "view": views.view(output, self.speaker)})
        return outputs

    # --- what comes of it ----------------------------------------------------------------------

    def hears(self, payload: dict[str, Any]) -> list[Output]:
        """Through everything between Slack and the engine."""
        person = {"user": {"id": "U1"}, "team": {"id": "T1"}, "trigger_id": f"t{next(self.number)}"}
        received = receive.stored(payloads.cleaned({**person, **payload}), self.now)
        assert received
        event = receive.event(received)
        assert event.form == FORM
        if isinstance(event.content, Filled):
            assert len(received.files) == len(self.files)
            event = structs.replace(event, content=structs.replace(event.content, files=self.files))
        return self.turn(event)

    def event(self, content: Content) -> Event:
        return Event(f"e{next(self.number)}", KEY, KEY, self.now, content, form=FORM)

    def turn(self, event: Event) -> list[Output]:
        """One turn with a desk that answers at once."""
        self.now += datetime.timedelta(seconds=30)
        event = structs.replace(event, at=self.now)
        done: list[Output] = []
        waiting: list[Content] = [event.content]
        while waiting:
            now = structs.replace(event, id=f"{event.id}.{len(done)}", content=waiting.pop(0))
            self.conversation, outputs = advance(FLOWS, self.conversation, now, self.capabilities)
            for output in outputs:
                if isinstance(output, Call):
                    self.asked.append(output.request)
                    waiting.append(Returned(output.key, self.reply(output.request)))
                else:
                    done.append(output)
        done = list(as_pages(done))
        self.prompts += [output for output in done if isinstance(output, Prompt) and output.form]
        self.said = [line for output in done if isinstance(output, Say) for line in output.lines]
        return done

    def reply(self, request: Request) -> Reply:
        return reply_in(request, self.mood)

    def outgoing(self, outputs: Sequence[Output]) -> list[Outgoing]:
        return [
            Outgoing(place, KEY, output, "en", "Europe/Brussels", self.now)
            for place, output in enumerate(outputs)
        ]

    def show(self, answer: dict[str, Any]) -> None:
        """What Slack does with an answer: inputs of the same name keep what was filled in."""
        self.errors = {}
        match answer["response_action"]:
            case "errors":
                assert self.view
                names = {block.get("block_id") for block in self.view["blocks"]}
                assert answer["errors"]
                assert set(answer["errors"]) <= names
                self.errors = answer["errors"]
            case "update":
                rules.view(answer["view"])
                self.view = answer["view"]
                kept = {name: given for name, given in self.values.items() if name in self.names()}
                self.values = {**self.initial(), **kept}
                self.files = () if not any("files" in given for given in kept.values()) else self.files
            case "clear":
                self.view = None

    def names(self) -> set[str]:
        assert self.view
        return {block["block_id"] for block in self.view["blocks"] if block["type"] == "input"}

    def initial(self) -> dict[str, dict[str, Any]]:
        """What a modal shows as filled in from the start is sent in with it."""
        assert self.view
        found = {}
        for block in self.view["blocks"]:
            if block["type"] != "input":
                continue
            element = block["element"]
            given = {"type": element["type"]}
            if "initial_value" in element:
                given["value"] = element["initial_value"]
            if "initial_option" in element:
                given["selected_option"] = element["initial_option"]
            if "initial_options" in element:
                given["selected_options"] = element["initial_options"]
            found[block["block_id"]] = {element["action_id"]: given}
        return found


def dict_of(options: Sequence[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Each option once."""
    return {option["value"]: option for option in options}


def reply_in(request: Request, mood: str) -> Reply:
    """A good desk; `undecided` suggests nothing, `refusing` refuses what is sent in the first time."""
    if mood == "undecided":
        return reply_to(request, "refusing" if type(request).__name__ in UNDECIDED else "good")
    return reply_to(request, mood)


UNDECIDED = ("Subjects", "DeliveryAddresses", "SiteContacts", "WaysToReach")
