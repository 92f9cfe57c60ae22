"""What the bot says becomes Slack messages: within every limit, nothing lost, nothing that is no text."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.slack import blocks
from bot.channels.slack.blocks import Sheet
from flows.engine.conversation import Button, Press
from flows.engine.data import Started
from flows.engine.outputs import Closed, Fact, Field, Prompt, Say
from flows.engine.phrases import Copy, Phrase, Text, _
from locales.speaker import Speaker
from tests.bot.channels.slack import rules
from tests.bot.channels.web.nasty import NASTY
from tests.conversations import journeys
from tests.conversations.chats import World

ENGLISH = Speaker("en", "Europe/Brussels", datetime.date(2026, 11, 20))
NOW = datetime.datetime(2026, 11, 20, 9, 30, tzinfo=datetime.UTC)
JOURNEYS = (journeys.file_rma, journeys.track, journeys.search, journeys.everyday)


def button(index: int, label: Text, group: str = "answer", kind: str = "option", **more: Any) -> Button:
    """A button."""
    return Button(index, label, group, Press(kind, str(index)), **more)  # type: ignore[arg-type]


def fits(sheet: Sheet) -> None:
    """Whether Slack takes it, and the words beside it are the same (UX 32)."""
    rules.message(sheet.text, sheet.blocks)
    said = blocks.escape(words(sheet))
    assert sheet.text == said or sheet.text.endswith("…")


def words(sheet: Sheet) -> str:
    """The words of a message."""
    return "\n".join(
        "".join(element["text"] for element in section["elements"])
        for block in sheet.blocks
        if block["type"] == "rich_text"
        for section in block["elements"]
    )


def labels(sheet: Sheet) -> list[list[str]]:
    """What can be pressed, as it stands."""
    return [
        [element.get("text", element.get("placeholder"))["text"] for element in block["elements"]]
        for block in sheet.blocks
        if block["type"] == "actions"
    ]


REVIEW = Prompt(
    "a",
    ("Please check.",),
    facts=(Fact("system", "System", "Peeters"), Fact("serial", "Serial", Copy("00517624"))),
    buttons=(
        button(0, "System", "redo", "redo"),
        button(1, "Serial", "redo", "redo"),
        button(2, "Send", "answer", "done", style="primary"),
        button(3, "Change", "change", "change"),
        button(4, "Later", "nav", "command"),
        button(5, "Back", "nav", "command"),
        button(6, "Cancel", "nav", "command"),
    ),
    title="New RMA",
)


def test_a_review_shows_its_facts_and_keeps_the_ways_to_change_them_behind_one_button() -> None:
    """A number stands apart, so that it is easily copied."""
    sheet = blocks.sheet(REVIEW, ENGLISH)
    assert sheet.text == "Please check.\nSystem: Peeters\nSerial: 00517624"
    assert {"type": "text", "text": "00517624", "style": {"code": True}} in (
        sheet.blocks[0]["elements"][0]["elements"]
    )
    assert labels(sheet) == [["Send", "Change"], ["Later", "Back", "Cancel"]]
    assert sheet.blocks[1]["elements"][0] == {
        "type": "button",
        "action_id": "press.2",
        "text": {"type": "plain_text", "text": "Send", "emoji": False},
        "value": "a.2",
        "style": "primary",
    }


def test_an_address_of_ours_leads_there_and_one_that_people_typed_does_not() -> None:
    """What is read is where it leads; Slack makes no link of an address by itself here."""
    ours = _("See https://enphase.com/a, or {link}.")(link=Phrase("https://sma.de/b.pdf"))
    sheet = blocks.sheet(Say((ours, "https://evil.example")), ENGLISH)
    fits(sheet)
    assert sheet.text == "See https://enphase.com/a, or https://sma.de/b.pdf.\nhttps://evil.example"
    elements = sheet.blocks[0]["elements"][0]["elements"]
    links = ["https://enphase.com/a", "https://sma.de/b.pdf"]
    assert [element["url"] for element in elements if element["type"] == "link"] == links
    assert [element["text"] for element in elements if element["type"] == "link"] == links


def test_a_question_of_work_that_has_a_form_can_be_opened_as_one() -> None:
    """Other questions cannot."""
    asked = Prompt("a", (), (Field("f", "text", "Where?"),), buttons=(button(0, "Cancel", "nav", "command"),))
    assert labels(blocks.sheet(asked, ENGLISH)) == [["Cancel"]]
    work = Prompt(asked.token, asked.lines, asked.fields, buttons=asked.buttons, title="New RMA")
    assert labels(blocks.sheet(work, ENGLISH)) == [["Open as form", "Cancel"]]


def test_what_starts_such_work_says_so_to_the_edge() -> None:
    """A form can only be opened within three seconds of the press."""
    start = Button(0, "New RMA", "action", Press("start", start=Started("create_rma")))
    help_ = Button(1, "Help", "action", Press("start", start=Started("help")))
    [_words, row] = blocks.sheet(Prompt("a", ("Hi.",), buttons=(start, help_)), ENGLISH).blocks
    assert [element["action_id"] for element in row["elements"]] == ["form.0", "press.1"]


def test_many_options_are_a_list_with_what_is_said_beside_them() -> None:
    """A few are buttons, with that above."""
    options = tuple(button(n, f"12204500123{n}", detail="IQ7+", picked=n == 0) for n in range(6))
    done = button(6, "Done", kind="done", style="primary")
    sheet = blocks.sheet(Prompt("a", (), (Field("f", "many", "Which?", (*options, done)),)), ENGLISH)
    assert words(sheet) == "Which?"
    assert labels(sheet) == [["Choose"], ["Done"]]
    first = sheet.blocks[1]["elements"][0]["options"][0]
    assert (first["text"]["text"], first["value"]) == ("✓ 122045001230", "a.0")
    assert first["description"]["text"] == "IQ7+"
    few = blocks.sheet(Prompt("a", (), (Field("f", "many", "Which?", options[:2]),)), ENGLISH)
    assert words(few) == "Which?\n122045001230: IQ7+\n122045001231: IQ7+"


def test_a_page_with_several_questions_is_one_question_in_the_chat() -> None:
    """A form that could not be shown is gone through in the chat, where they follow each other."""
    fault = Field("fault", "one", "What do you see?", (button(0, "Damaged"),))
    told = Field("told", "text", "In a few words.", (button(1, "Another"),), optional=True)
    asked = Prompt("a", ("Hi.",), (fault, told), buttons=(button(2, "Cancel", "nav", "command"),))
    sheet = blocks.sheet(asked, ENGLISH)
    assert words(sheet) == "Hi.\nWhat do you see?"
    assert labels(sheet) == [["Damaged"], ["Cancel"]]
    assert words(blocks.closed(asked, Closed("a", ""), ENGLISH, NOW)) == "Hi.\nWhat do you see?"


def test_what_is_said_beside_a_button_follows_the_colon_of_the_language() -> None:
    """In French with a space that does not break."""
    system = Field("f", "one", "?", (button(0, "Peeters", detail="Rue du Lac 1"),))
    french = Speaker("fr", "Europe/Brussels", NOW.date())
    assert words(blocks.sheet(Prompt("a", (), (system,)), french)) == "?\nPeeters\u00a0: Rue du Lac 1"


def test_a_closed_question_keeps_the_answer_and_when_it_was_given() -> None:
    """And has nothing left to press (UX 35)."""
    sheet = blocks.closed(REVIEW, Closed("a", "Send"), ENGLISH, NOW)
    assert words(sheet).endswith("✓ Send · 10:30")
    assert labels(sheet) == []


def test_the_next_question_in_its_place_begins_with_the_answer_and_when_it_was_given() -> None:
    """Without one, there is nothing to tell (UX 35)."""
    asked = Prompt("b", ("What next?",))
    sheet = blocks.sheet(asked, ENGLISH, blocks.answered("Send", NOW, ENGLISH))
    assert words(sheet) == "✓ Send · 10:30\nWhat next?"
    assert words(blocks.sheet(asked, ENGLISH, blocks.answered("", NOW, ENGLISH))) == "What next?"


def test_what_cannot_be_undone_is_asked_once_more() -> None:
    """In words that name it (UX 34)."""
    sheet = blocks.sheet(Prompt("a", ("Hi.",), buttons=(button(0, "Remove all", style="danger"),)), ENGLISH)
    assert sheet.blocks[1]["elements"][0]["confirm"]["title"]["text"] == "Remove all"
    fits(sheet)


@pytest.mark.parametrize("text", [*NASTY, "<!channel> <@U1> <https://a.be|b> *x* `y` :smile: @here"])
def test_nasty_text_stays_text_wherever_it_stands(text: str) -> None:
    """Nothing a person types becomes a mark, a name that pings, a link or a wrong message."""
    prompt = Prompt(
        "a",
        (text, Copy(text), Phrase("say {what}", {"what": Copy(text)})),
        (Field("f", "one", text, (button(0, text, detail=text),), hint=text, problem=text),),
        (Fact("f", text, text),),
        (button(1, text, "action"),),
    )
    for sheet in (
        blocks.sheet(prompt, ENGLISH, blocks.answered(text, NOW, ENGLISH)),
        blocks.closed(prompt, Closed("a", text), ENGLISH, NOW),
    ):
        fits(sheet)
        assert "<" not in sheet.text


@given(
    st.lists(
        st.text(st.characters(codec="utf-8", exclude_characters="\x02\x03\x04"), max_size=6000), max_size=4
    )
)
def test_long_texts_are_split_and_nothing_is_lost(lines: list[str]) -> None:
    """Each block within what Slack takes."""
    sheet = blocks.sheet(Say(tuple(lines)), ENGLISH)
    fits(sheet)
    assert "".join(words(sheet).split()) in ("".join("".join(lines).split()), "…")


@pytest.mark.parametrize("locale", ["nl", "fr", "en"])
def test_everything_the_journeys_show_fits(locale: str, seeded: Path, tmp_path: Path) -> None:
    """In each language."""
    speaker = Speaker(locale, "Europe/Brussels", datetime.date(2026, 11, 20))
    shown: list[object] = []
    for journey in JOURNEYS:
        world = World(shutil.copytree(seeded, tmp_path / journey.__name__))
        try:
            journey(world, locale)
            shown += [out.output for chat in world.paper.shown.values() for out in chat]
        finally:
            world.close()
    prompts = [output for output in shown if isinstance(output, Prompt | Say)]
    assert len(prompts) > 20
    for output in prompts:
        fits(blocks.sheet(output, speaker))
        if isinstance(output, Prompt):
            fits(blocks.closed(output, Closed(output.token, "Peeters"), speaker, NOW))
