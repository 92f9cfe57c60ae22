"""A page that is opened again shows what a page that stayed open shows."""

from __future__ import annotations

import datetime

from bot.channels.web import history
from bot.channels.web.history import Heard, Item, Line, Told
from bot.channels.web.render import Pen
from flows.engine.conversation import Button, Conversation, Press, Screen
from flows.engine.data import File, Started
from flows.engine.events import Pressed, Said, Sent, Spoke
from flows.engine.outputs import Closed, Field, Finished, Prompt, Say
from flows.engine.phrases import Copy
from locales.speaker import Speaker

PEN = Pen(Speaker("en", "Europe/Brussels", datetime.date(2026, 11, 20)))


def one(token: str, replaces: str = "") -> Prompt:
    """A question with two options."""
    options = (
        Button(0, "Yes", "answer", Press("option", "yes")),
        Button(1, "No", "answer", Press("option", "no")),
    )
    return Prompt(token, (), (Field("q", "one", "Sure?", options),), replaces=replaces)


def many(token: str, *picked: int, replaces: str = "") -> Prompt:
    """A question where several may be ticked."""
    options = tuple(
        Button(n, Copy(f"12204500000{n}"), "answer", Press("pick", f"{n}"), picked=n in picked)
        for n in range(3)
    )
    done = Button(3, "Done", "answer", Press("done", "d"))
    more = Button(4, "More", "page", Press("turn", "2"))
    return Prompt(
        token, (), (Field("d", "many", "Which?", (*options, done)),), buttons=(more,), replaces=replaces
    )


def labels(items: list[Item]) -> list[str]:
    """Each item in a word."""
    return [
        item.prompt.token if item.prompt else PEN.p(item.label) if isinstance(item.line, Heard) else "say"
        for item in items
    ]


def test_a_press_shows_the_words_of_its_button() -> None:
    """Then the next question."""
    lines: list[Line] = [
        Told(1, one("a")),
        Heard("k", Pressed("a", 1)),
        Told(2, Closed("a", "No")),
        Told(3, one("b", replaces="a")),
    ]
    items = history.items(lines)
    assert labels(items) == ["a", "No", "b"]
    assert (items[0].closed, items[0].chosen) == (True, "No")


def test_ticking_and_turning_pages_happen_in_place() -> None:
    """They leave one question and no words of the person."""
    lines: list[Line] = [
        Told(1, many("a")),
        Heard("k1", Pressed("a", 0)),
        Told(2, many("b", 0, replaces="a")),
        Heard("k2", Pressed("b", 4)),
        Told(3, many("c", 0, replaces="b")),
    ]
    assert labels(history.items(lines)) == ["c"]


def test_done_says_nothing_but_the_question_shows_what_was_ticked() -> None:
    """Its answer is beside it."""
    lines: list[Line] = [
        Told(1, many("a", 0)),
        Heard("k", Pressed("a", 3)),
        Told(2, Closed("a", Copy("122045000000"))),
        Told(3, one("b", replaces="a")),
    ]
    items = history.items(lines)
    assert labels(items) == ["a", "b"]
    assert items[0].chosen == Copy("122045000000")


def test_a_question_is_not_replaced_when_something_was_said_after_it() -> None:
    """What was said stays where it was said."""
    lines: list[Line] = [
        Told(1, many("a")),
        Heard("k0", Said("hello")),
        Heard("k1", Pressed("a", 0)),
        Told(2, many("b", 0, replaces="a")),
    ]
    assert labels(history.items(lines)) == ["a", "hello", "12204500000" + "0", "b"]


def test_the_first_menu_was_asked_for_by_nobody() -> None:
    """The page opens it; later the person does."""
    lines: list[Line] = [
        Heard("k0", Started("menu")),
        Told(1, Say(("Hi",))),
        Heard("k1", Started("menu")),
        Heard("k2", Spoke("fr")),
        Heard("k3", Said("geo:50.98,4.83")),
        Heard("k4", Said("geographic")),
        Told(2, Finished("menu")),
    ]
    assert labels(history.items(lines)) == ["say", "Menu", "Français", "My location", "geographic"]


def test_only_the_open_question_can_be_answered() -> None:
    """Of the others nothing can be pressed but what starts something."""
    lines: list[Line] = [Told(1, one("a")), Heard("k", Said("?")), Told(2, one("b"))]
    state = Conversation("web:x", "en", screens=(Screen("a"), Screen("b")), open="b")
    html = history.html(lines, state, PEN)
    assert 'data-token="b"' in html
    assert 'data-token="a"' not in html
    assert "data-token" not in history.html(lines, None, PEN)


def test_an_answer_that_follows_in_the_same_words_is_shown_once() -> None:
    """A press is shown as the person's words; a typed answer as it was understood."""
    pressed: list[Line] = [Told(1, one("a")), Heard("k", Pressed("a", 0)), Told(2, Closed("a", "Yes"))]
    typed: list[Line] = [Told(1, one("a")), Told(2, Closed("a", "Yes")), Heard("k", Said("yeah"))]
    assert history.html(pressed, None, PEN).count("Yes") == 1
    assert "Yes" in history.html(typed, None, PEN)


def test_photos_are_shown_from_where_they_are_kept() -> None:
    """With the id of the attachment, under the browser's own id of the deed."""
    lines: list[Line] = [Heard("web:x:deed1", Sent((File("f0f0", "image", "roof.jpg", 5),), "the roof"))]
    html = history.html(lines, None, PEN)
    assert 'src="/chat/files/f0f0"' in html
    assert 'id="a-deed1"' in html
    assert "the roof" in html
