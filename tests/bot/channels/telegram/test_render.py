"""What the bot says becomes Telegram messages: within every limit, nothing lost, nothing that is no text."""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Callable, Iterable
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from bot.channels.telegram import adapter, render
from bot.channels.telegram.sheets import Sheet, cut, size
from flows.engine.conversation import Button, Press
from flows.engine.outputs import Closed, Fact, Field, Prompt, Say
from flows.engine.phrases import Copy, Lines, Listed, Phrase, Text
from locales.speaker import Speaker
from storage.desk_tables import addresses, contacts, installers, systems
from storage.unit_of_work import open_engine
from tests.bot.channels.web.nasty import NASTY
from tests.conversations import journeys
from tests.conversations.chats import Chat, World

MAIN = (journeys.file_rma, journeys.track, journeys.search, journeys.everyday)
ENGLISH = Speaker("en", "Europe/Brussels", datetime.date(2026, 11, 20))


class Plain(HTMLParser):
    """The words of a message and its marks; complains when these do not match.

    `glance` is what a notification shows.
    """

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words, self.glance, self.marks, self._open = "", "", list[str](), list[str]()
        self.feed(html)
        self.close()
        assert not self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert not attrs
        self.marks.append(tag)
        self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data
        self.glance += "▒" * len(data) if "tg-spoiler" in self._open else data


def fits(sheet: Sheet) -> None:
    """Whether Telegram takes it."""
    assert len(sheet.html) == len(sheet.plain) >= 1
    for html, plain in zip(sheet.html, sheet.plain, strict=True):
        read = Plain(html)
        assert read.words == plain
        assert set(read.marks) <= {"b", "i", "code", "tg-spoiler"}
        assert len(read.marks) <= 100
        assert 1 <= len(plain.strip().encode("utf-16-le")) // 2 <= 4096
    assert len(sheet.keyboard) <= render.ROWS
    for row in sheet.keyboard:
        assert 1 <= len(row) <= 2
        for button in row:
            assert button["text"].strip()
            assert size(button["text"]) <= render.LABEL
            assert 1 <= len(button["callback_data"].encode()) <= 64


def button(index: int, label: Text, group: str = "answer", kind: str = "option", **more: object) -> Button:
    """A button."""
    return Button(index, label, group, Press(kind, str(index)), **more)  # type: ignore[arg-type]


def labels(sheet: Sheet) -> list[list[str]]:
    """The buttons as they stand."""
    return [[button["text"] for button in row] for row in sheet.keyboard]


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
)


def test_a_review_shows_its_facts_and_keeps_the_ways_to_change_them_behind_one_button() -> None:
    """A number is copied by a tap; back and cancel are the last row."""
    sheet = render.sheet(REVIEW, ENGLISH)
    assert sheet.html == ("Please check.\n\n<b>System</b>: Peeters\n<b>Serial</b>: <code>00517624</code>",)
    assert labels(sheet) == [["Send", "Change"], ["Later"], ["Back", "Cancel"]]
    assert sheet.keyboard[0][0] == {"text": "Send", "callback_data": "a.2", "style": "primary"}


def test_what_can_be_changed_is_a_list_when_it_was_asked_for() -> None:
    """The screen behind *change* has no facts."""
    sheet = render.sheet(Prompt("b", ("What?",), buttons=REVIEW.buttons[:2]), ENGLISH)
    assert labels(sheet) == [["System", "Serial"]]


def test_long_labels_have_a_row_of_their_own_until_there_are_too_many() -> None:
    """Ten devices still fit on the screen."""
    few = tuple(button(n, f"IQ7+ 12204500123{n} on the roof") for n in range(4))
    many = tuple(button(n, f"IQ7+ 12204500123{n} on the roof") for n in range(10))
    assert [len(row) for row in labels(render.sheet(Prompt("a", buttons=few), ENGLISH))] == [1] * 4
    assert [len(row) for row in labels(render.sheet(Prompt("a", buttons=many), ENGLISH))] == [2] * 5


def test_what_is_ticked_has_a_tick_and_details_stand_in_the_text() -> None:
    """A button has no room for both."""
    options = (button(0, "122045001234", detail="IQ7+", picked=True), button(1, "122045001235"))
    sheet = render.sheet(Prompt("a", (), (Field("f", "many", "Which?", options),)), ENGLISH)
    assert sheet.plain == ("Which?\n\n122045001234: IQ7+",)
    assert labels(sheet) == [["✓ 122045001234", "122045001235"]]


def test_the_answer_before_stands_above_the_question_that_took_its_place() -> None:
    """What was pressed can be read after the press."""
    sheet = render.sheet(Prompt("a", (), (Field("f", "text", "Where?"),)), ENGLISH, "Peeters")
    assert sheet.plain == ("✓ Peeters\n\nWhere?",)


def test_a_closed_question_keeps_its_text_and_the_answer() -> None:
    """And has nothing left to press."""
    sheet = render.closed(REVIEW, Closed("a", "Send"), ENGLISH)
    assert sheet.plain[0].startswith("Please check.")
    assert sheet.plain[0].endswith("✓ Send")
    assert sheet.keyboard == []


@pytest.mark.parametrize("text", NASTY)
def test_nasty_text_stays_text_wherever_it_stands(text: str) -> None:
    """Nothing a person types becomes a mark, a link or a wrong message."""
    prompt = Prompt(
        "a",
        (text, Copy(text), Phrase("say {what}", {"what": Copy(text)})),
        (Field("f", "one", text, (button(0, text, detail=text),), hint=text, problem=text),),
        (Fact("f", text, text),),
        (button(1, text, "action"),),
    )
    fits(render.sheet(prompt, ENGLISH, text))
    fits(render.closed(prompt, Closed("a", text), ENGLISH))


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), max_size=6000), max_size=4))
def test_long_texts_are_split_and_nothing_is_lost(lines: list[str]) -> None:
    """Counted as Telegram counts; only white space at the seams may go."""
    sheet = render.sheet(Say(tuple(lines)), ENGLISH)
    for plain in sheet.plain:
        assert size(plain) <= 4096
    kept = "".join("".join(sheet.plain).split())
    assert kept == "".join("".join(lines).split()) or kept == "…"


def previews(sheet: Sheet) -> list[str]:
    """What a locked phone shows of it."""
    return [Plain(html).glance[: render.PREVIEW] for html in sheet.html]


def told(secrets: Iterable[str], sheet: Sheet) -> list[str]:
    """The secrets that a locked phone shows."""
    glances = previews(sheet)
    return [secret for secret in secrets if any(secret in glance for glance in glances)]


CANARY = "Zxqv Owner"
STREET = "Zxqvstraat 12, 3200 Aarschot"
SECRETS: list[Text] = [
    CANARY,
    Copy(STREET),
    Phrase("{name}, {street}", {"name": CANARY, "street": Copy(STREET)}),
    Listed((CANARY, STREET)),
    Lines((CANARY, Phrase("at {street}", {"street": STREET}))),
]


@pytest.mark.parametrize("secret", SECRETS)
def test_a_locked_phone_shows_no_name_and_no_street(secret: Text) -> None:
    """Wherever it stands; who opens the chat sees it at a tap, and the words are all there."""
    for said in (
        Say((secret,)),
        Say(("Long. " * 10, secret)),
        Prompt("a", (secret,), facts=(Fact("f", "System", secret),), buttons=REVIEW.buttons),
        Prompt("a", (), (Field("f", "one", secret, (button(0, secret, detail=secret),), problem=secret),)),
        Prompt("a", buttons=(button(0, secret, "action", detail=secret),)),
        Say((secret, "Long. " * 1500, secret, "Zxqv " * 2000)),
    ):
        sheet = render.sheet(said, ENGLISH, masked=True)
        fits(sheet)
        assert sheet.plain == render.sheet(said, ENGLISH).plain
        assert not [shown for shown in previews(sheet) if "Zxqv" in shown]


def test_a_locked_phone_shows_our_own_words_and_numbers() -> None:
    """So that the notification is worth reading; what comes later in a long message is as always."""
    status = Phrase("RMA {number}: {status}.", {"number": Copy("00517624"), "status": Phrase("Approved")})
    far = "Zxqv" * 40
    [html] = render.sheet(Say((status, "Els", far, "Peeters")), ENGLISH, masked=True).html
    assert html.startswith(
        "RMA <code>00517624</code>: Approved.\n<tg-spoiler>Els</tg-spoiler>\n<tg-spoiler>Zxqv"
    )
    assert html.endswith("\nPeeters")


def secrets_of(folder: Path) -> set[str]:
    """Owners, streets, names and contacts of the sample data."""
    engine = open_engine(f"sqlite:///{folder / 'solardesk.db'}")
    found: set[str] = set()
    with engine.begin() as connection:
        for column in (systems.c.owner, systems.c.name, systems.c.street, installers.c.name):
            found |= set(connection.scalars(select(column)))
        for column in (addresses.c.text, contacts.c.text):
            found |= {text.split(",")[0] for text in connection.scalars(select(column))}
    engine.dispose()
    return {secret for secret in found if len(secret) > 3}


@pytest.mark.parametrize(
    ("locale", "played"),
    [("nl", MAIN), ("fr", MAIN), ("en", tuple(journeys.JOURNEYS.values()))],
    ids=["nl", "fr", "en"],
)
def test_everything_the_journeys_show_fits(
    locale: str, played: tuple[Callable[[World, str], Chat], ...], seeded: Path, tmp_path: Path
) -> None:
    """In each language; and to who is not looking, no phone shows whose it is about or where."""
    speaker = Speaker(locale, "Europe/Brussels", datetime.date(2026, 11, 20))
    shown: list[object] = []
    secrets: set[str] = set()
    for journey in played:
        folder = tmp_path / journey.__name__
        shutil.copytree(seeded, folder)
        world = World(folder)
        try:
            journey(world, locale)
            shown += [out.output for chat in world.paper.shown.values() for out in chat]
        finally:
            world.close()
        secrets |= secrets_of(folder)
    prompts = [output for output in shown if isinstance(output, Prompt | Say)]
    assert len(prompts) > 20
    named = 0
    for output in prompts:
        sheet = render.sheet(output, speaker)
        fits(sheet)
        named += bool(told(secrets, sheet))
        hidden = render.sheet(output, speaker, masked=True)
        fits(hidden)
        assert told(secrets, hidden) == []
        if isinstance(output, Prompt):
            fits(render.closed(output, Closed(output.token, "Peeters"), speaker))
    assert named > 5  # the names are really in them


ONE_SIGN = ("👩🏽\u200d🚒", "🇧🇪", "e\u0301", "❤\ufe0f", "👨\u200d👩\u200d👧")


@pytest.mark.parametrize("sign", ONE_SIGN)
def test_a_sign_of_several_letters_is_never_cut(sign: str) -> None:
    """Not at the end of a message, and not at the end of a label."""
    for before in range(12):
        sheet = render.sheet(Say(("x" * before + sign * 5000,)), ENGLISH)
        assert len(sheet.plain) > 1
        for part in sheet.plain:
            assert part.lstrip("x").replace(sign, "") == ""
        assert cut("x" * before + sign * 64, 64).strip("x…").replace(sign, "") == ""


def test_a_long_text_is_cut_between_paragraphs() -> None:
    """Else between lines, else between words; the buttons stand under the last part only."""
    paragraphs = [f"{n} " + "words " * 200 for n in range(12)]
    sheet = render.sheet(Prompt("a", ("\n\n".join(paragraphs),), buttons=(button(0, "Back"),)), ENGLISH)
    assert len(sheet.plain) > 3
    assert all(part.split(" ")[0].isdigit() for part in sheet.plain)
    assert render.sheet(Say(("word " * 2000,)), ENGLISH).plain[0].endswith("word ")
    for part in range(len(sheet.html)):
        assert ("reply_markup" in adapter._text(sheet, part, html=True)) == (part == len(sheet.html) - 1)


def test_what_has_too_many_marks_is_shown_without() -> None:
    """Telegram would forget some of them, and leave the rest of the message unmarked."""
    many = Lines(tuple(Copy(f"12204500{n:04}") for n in range(150)))
    sheet = render.sheet(Say((many,)), ENGLISH)
    fits(sheet)
    assert "122045000149" in sheet.plain[-1]
