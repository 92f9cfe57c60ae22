"""What the bot says becomes HTML: nothing leaves its place, all can be pressed, copied and read aloud."""

from __future__ import annotations

import datetime
from html.parser import HTMLParser

import pytest

from bot.channels.web import render
from bot.channels.web.render import Alive, Pen
from flows.engine.conversation import Button, Press
from flows.engine.data import File, Started
from flows.engine.outputs import Closed, Fact, Field, Finished, Prompt, Say
from flows.engine.phrases import Copy, Day, Lines, Listed, Phrase, Text
from locales.speaker import Speaker
from tests.bot.channels.web.nasty import NASTY

PEN = Pen(Speaker("en", "Europe/Brussels", datetime.date(2026, 11, 20)))
EMPTY = {"img", "input", "use", "path", "br"}


class Outline(HTMLParser):
    """The elements of a fragment with their attributes, and its words; complains when tags do not match."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert not self._open, f"not closed: {self._open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in EMPTY:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in EMPTY:
            assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.words.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        """The attributes of each element of this kind."""
        return [attributes for name, attributes in self.elements if name == tag]


def button(
    index: int, label: Text, group: str = "answer", kind: str = "option", of: str = "", **more: object
) -> Button:
    """A button."""
    return Button(index, label, group, Press(kind, of or str(index)), **more)  # type: ignore[arg-type]


REVIEW = Prompt(
    "a",
    ("Please check.",),
    facts=(Fact("system", "System", "Peeters"), Fact("serial", "Serial", Copy("00517624"))),
    buttons=(
        button(0, "System", "redo", "redo", "system"),
        button(1, "Serial", "redo", "redo", "serial"),
        button(2, "Send", "answer", "done", "review", style="primary"),
        button(3, "Change", "change", "change"),
        button(4, "Back", "nav", "command", "back"),
    ),
)


def show(output: Say | Prompt, alive: Alive = "open", chosen: Text = "") -> Outline:
    """What the browser gets."""
    return Outline(render.output(7, output, PEN, alive, chosen))


@pytest.mark.parametrize("text", NASTY)
def test_nasty_text_stays_text_wherever_it_stands(text: str) -> None:
    """In lines, numbers, labels, facts, hints, problems, answers and own words: no element is added."""
    calm, wild = _everywhere("calm"), _everywhere(text)
    assert [tag for tag, _ in wild.elements] == [tag for tag, _ in calm.elements]
    assert [set(attributes) for _, attributes in wild.elements] == [
        set(attributes) for _, attributes in calm.elements
    ]
    assert {"onerror", "onload", "onmouseover", "onfocus"}.isdisjoint(
        key for _, a in wild.elements for key in a
    )
    assert text.strip() in "".join(wild.words).replace("\r", "") or not text.strip() or "\r" in text


def _everywhere(text: str) -> Outline:
    prompt = Prompt(
        "a",
        (
            text,
            Copy(text),
            Phrase("say {what}", {"what": text}),
            Lines((text, Copy(text))),
            Listed((text, text)),
        ),
        (Field("f", "one", text, (button(0, text, detail=text),), hint=text, problem=text),),
        (Fact("f", text, text),),
        (button(1, text, "action"), button(2, text, "redo", "redo", "f"), button(3, text, "nav", "command")),
    )
    said = render.output(1, prompt, PEN, chosen=text)
    own = render.own("k", text, (File("1", "image", text, 5), File("2", "document", text, 5)), PEN, "/x/")
    form = render.output(2, Prompt("b", (), (Field("g", "text", text), Field("h", "many", text))), PEN)
    return Outline(said + own + form + f"<p>{render.closing(Closed('a', text), PEN)}</p>")


def test_a_number_is_a_button_that_copies_it() -> None:
    """One tap, its leading zeros kept, and a screen reader says what it does."""
    outline = show(Say((Phrase("RMA {n} is at the desk", {"n": Copy("00517624")}),)))
    (copy,) = outline.all("button")
    assert (copy["data-copy"], copy["aria-label"]) == ("00517624", "Copy 00517624")
    assert "".join(outline.words).endswith("RMA 00517624 is at the desk")


def test_an_address_on_the_web_can_be_tapped() -> None:
    """Without the full stop behind it; nothing else becomes a link, and nothing in it leaves its place."""
    said = Say(("See https://enphase.com/a?b=1&c=2. Or javascript:x", 'https://x.example/"onclick="y'))
    outline = Outline(render.output(1, said, PEN))
    first, second = outline.all("a")
    assert first["href"] == "https://enphase.com/a?b=1&c=2"
    assert first["rel"] == "noopener noreferrer"
    assert second["href"] == "https://x.example/"
    assert "onclick" not in second


def test_a_button_never_holds_another_button() -> None:
    """A number in a label is only a word: the label is what is pressed."""
    outline = show(Prompt("a", (), (Field("f", "one", "Which?", (button(0, Copy("122045001234")),)),)))
    assert [it.get("data-index") for it in outline.all("button")] == ["0"]


def test_facts_are_a_table_with_the_way_to_change_each_beside_it() -> None:
    """The list of things to change is not needed then."""
    outline = show(REVIEW)
    assert len(outline.all("table")) == len(outline.all("caption")) == 1
    assert all(it["scope"] == "row" for it in outline.all("th"))
    labels = [it["aria-label"] for it in outline.all("button") if it.get("data-kind") == "redo"]
    assert labels == ["Change: System", "Change: Serial"]
    assert "Change" not in outline.words


def test_without_facts_the_things_to_change_are_ordinary_buttons() -> None:
    """What the list of changes shows."""
    outline = show(Prompt("a", ("What do you want to change?",), buttons=REVIEW.buttons[:2]))
    assert outline.words[-2:] == ["System", "Serial"]


def test_navigation_comes_last() -> None:
    """On a card what can be started comes first, then what passes it by, other pages, and the way back."""
    shuffled = (
        button(0, "Back", "nav", "command", "back"),
        button(1, "More", "page", "turn"),
        button(2, "Track", "action", "start"),
        button(3, "Yes"),
    )
    assert show(Prompt("a", (), buttons=shuffled)).words[-4:] == ["Track", "Yes", "More", "Back"]


def test_what_is_ticked_says_so() -> None:
    """One of several is pressed or not; a button that answers at once is neither."""
    options = (
        button(0, "A", kind="pick", picked=True),
        button(1, "B", kind="pick"),
        button(2, "Done", kind="done"),
        button(3, "Label unreadable"),
    )
    outline = show(Prompt("a", (), (Field("f", "many", "Which?", options),)))
    assert [it.get("aria-pressed") for it in outline.all("button")] == ["true", "false", None, None]


def test_a_closed_question_keeps_its_answer_and_loses_its_buttons() -> None:
    """There is nothing left to press, and no pencil either."""
    outline = show(REVIEW, alive="", chosen="Send")
    assert [it for it in outline.all("button") if "data-index" in it] == []
    assert outline.words[-1] == "Send"


def test_an_old_card_keeps_only_what_starts_something() -> None:
    """Its question is no longer open, its actions still work."""
    card = Prompt(
        "a", ("Filed.",), buttons=(button(0, "More", "page", "turn"), button(1, "Track", "action", "start"))
    )
    assert [it["data-index"] for it in show(card, alive="card").all("button")] == ["1"]


def test_a_question_for_files_offers_the_camera_and_the_files() -> None:
    """And its own buttons still."""
    outline = show(
        Prompt("a", (), (Field("p", "files", "Photos?"),), buttons=(button(0, "Skip", "nav", "command"),))
    )
    assert [it.get("data-pick") for it in outline.all("button")] == ["camera", "files", None]


def test_a_question_for_a_sheet_offers_the_files() -> None:
    """The camera would be of no use there."""
    said = Prompt("s", fields=(Field("sheet", "one", "Your file?", typed=True, wants="sheet"),))
    picks = [it for it in Outline(render.output(1, said, PEN)).all("button") if "data-pick" in it]
    assert [it["data-pick"] for it in picks] == ["files"]


def test_several_questions_are_a_form_with_labels_and_errors_at_the_field() -> None:
    """Every field has a name to read aloud, and its problem belongs to it."""
    fields = (
        Field("name", "text", "Your name?", problem="Please type a name."),
        Field("when", "one", "When?", (button(0, "Today", of="today"), button(1, "Later", of="later"))),
        Field("what", "many", "What?", (button(2, "A", of="a"), button(3, "Done", kind="done"))),
    )
    outline = show(Prompt("a", (), fields))
    name, today, later, what = outline.all("input")
    assert {"for": name["id"]} in outline.all("label")
    assert (name["aria-invalid"], name["aria-describedby"]) == ("true", f"{name['id']}-problem")
    assert [(it["type"], it["name"], it["value"]) for it in (today, later, what)] == [
        ("radio", "when", "today"),
        ("radio", "when", "later"),
        ("checkbox", "what", "a"),
    ]


def test_what_nobody_sees_is_nothing() -> None:
    """The end of a flow is no message."""
    assert render.output(1, Finished("menu"), PEN) == ""
    assert render.output(1, Closed("a", "x"), PEN) == ""


def test_the_page_speaks_one_language() -> None:
    """Dates and words of the same sentence come out in the person's language."""
    pen = render.pen_for("nl", "Europe/Brussels", datetime.date(2026, 11, 20))
    assert "vr 20 nov" in render.output(1, Say((Day(datetime.date(2026, 11, 20)),)), pen)


def test_a_photo_is_shown_and_named_and_a_broken_one_is_only_named() -> None:
    """A picture has a text, and what could not be read has no picture."""
    files = (File("1", "image", "roof.jpg", 5), File("2", "image", "bad.jpg", 5, "not_readable"))
    outline = Outline(render.own("k", "", files, PEN, "/chat/files/"))
    (picture,) = outline.all("img")
    assert (picture["src"], picture["alt"]) == ("/chat/files/1", "Photo roof.jpg")
    assert "bad.jpg" in outline.words


def test_starting_with_files_is_not_written_into_the_page() -> None:
    """What a button starts stays on the server: the page only knows its place."""
    start = Button(0, "New RMA", "action", Press("start", "", Started("create_rma", {"system": "700457343"})))
    assert "700457343" not in render.output(1, Prompt("a", (), buttons=(start,)), PEN)
