"""What is asked becomes modals: within every limit in each language, nothing in them that is no text."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.slack import views
from flows.engine.conversation import Button, Press
from flows.engine.outputs import Fact, Field, Prompt, Say
from flows.engine.phrases import Copy, Text
from locales.speaker import Speaker
from tests.bot.channels.slack import rules
from tests.bot.channels.slack.modal import Slack
from tests.bot.channels.slack.test_modal_and_chat import FORMS, Modal, Person
from tests.bot.channels.web.nasty import NASTY

ENGLISH = Speaker("en", "Europe/Brussels", datetime.date(2026, 11, 20))
LONG = "Dorpstraat 14, 3150 Haacht, " * 8


def option(index: int, label: Text, **more: object) -> Button:
    """Something to choose."""
    return Button(index, label, "answer", Press("option", f"id {index}"), **more)  # type: ignore[arg-type]


def page(*fields: Field, lines: tuple[Text, ...] = ()) -> views.View:
    """The modal that asks this."""
    shown = views.view(Prompt("7", lines, fields, form="f1", title="New RMA"), ENGLISH)
    rules.view(shown)
    return shown


def inputs(shown: views.View) -> list[tuple[str, str]]:
    """The inputs, by the name of their block and their kind."""
    return [(b["block_id"], b["element"]["type"]) for b in shown["blocks"] if b["type"] == "input"]


@pytest.mark.parametrize("locale", ["nl", "fr", "en"])
@pytest.mark.parametrize("flow", FORMS)
def test_every_page_of_every_form_fits_in_each_language(flow: str, locale: str) -> None:
    """Titles and buttons stand there whole (UX 25)."""
    modal = Modal(flow, "undecided", Person({}, {}), locale)
    shown = []
    while modal.view:
        shown.append(modal.view)
        if not modal.plays_a_page():
            break
    assert len(shown) >= 3
    for view in shown:
        rules.view(view)
        for part in ("title", "submit", "close"):
            assert not view.get(part, {"text": ""})["text"].endswith("…")


@pytest.mark.parametrize("flow", ["withdraw_rma", "remove_colleague"])
def test_what_takes_something_away_is_asked_once_more(flow: str) -> None:
    """Sending a page in cannot ask, so its review has a button that does (UX 34)."""
    modal = Modal(flow, "good", Person({}, {}))
    while modal.view and not modal.prompt.facts:
        assert modal.plays_a_page()
    assert modal.view
    assert "submit" not in modal.view
    pressed = [each for block in modal.view["blocks"] for each in rules.pressed_in(block)]
    assert [each["confirm"]["text"]["text"] for each in pressed if each.get("style") == "danger"] == [
        "This takes something away. Go on?"
    ]


def test_a_few_options_are_seen_at_once_and_many_are_a_list() -> None:
    """One that may be left out can be taken back."""
    few = tuple(option(n, f"Row {n}") for n in range(5))
    many = tuple(option(n, f"Row {n}") for n in range(6))
    for options, optional, kind in ((few, False, "radio_buttons"), (few, True, "static_select")):
        [(_name, found)] = inputs(page(Field("a", "one", "Which?", options, optional=optional)))
        assert found == kind
    assert inputs(page(Field("a", "one", "Which?", many)))[0][1] == "static_select"
    assert inputs(page(Field("a", "many", "Which?", few)))[0][1] == "multi_static_select"


def test_rows_can_be_chosen_or_words_typed() -> None:
    """Neither alone is needed; what was typed is not there in the next prompt, to be searched again."""
    field = Field("system", "one", "Which?", (option(0, "Peeters"),), typed=True)
    shown = page(field)
    assert [kind for _name, kind in inputs(shown)] == ["static_select", "plain_text_input"]
    assert all(block["optional"] for block in shown["blocks"] if block["type"] == "input")
    later = views.view(Prompt("8", (), (field,), form="f1"), ENGLISH)
    assert inputs(later)[0] == inputs(shown)[0]
    assert inputs(later)[1] != inputs(shown)[1]


def test_what_can_be_searched_is_looked_for_while_somebody_types() -> None:
    """There is nothing to page through then; several are still chosen from a list."""
    field = Field("system", "one", "Which?", (option(0, "Peeters"),), typed=True, searched=True)
    more = Button(1, "More", "page", Press("turn", "10"))
    shown = views.view(Prompt("7", (), (field,), buttons=(more,), form="f1"), ENGLISH)
    rules.view(shown)
    assert inputs(shown) == [("system~found.7", "external_select")]
    assert [block["type"] for block in shown["blocks"]] == ["input"]
    several = Field("devices", "many", "Which?", field.options, typed=True, searched=True)
    assert inputs(page(several))[0][1] == "multi_static_select"


def test_other_options_are_chosen_in_another_block() -> None:
    """Slack keeps what was filled in as long as the name of a block stays."""
    one, other = (page(Field("a", "many", "Which?", (option(0, "Row"), option(n, "Row")))) for n in (1, 2))
    assert inputs(one) != inputs(other)


def test_an_answer_that_is_changed_stands_there() -> None:
    """Typed or chosen."""
    options = (option(0, "Yes"), option(1, "No"))
    shown = page(
        Field("a", "text", "What?", value="It broke."),
        Field("b", "one", "Which?", options, value="id 1"),
        Field("c", "text", "Serials?", value=("122045001230", "122045001231")),
    )
    first, second, third = (block["element"] for block in shown["blocks"])
    assert first["initial_value"] == "It broke."
    assert second["initial_option"]["text"]["text"] == "No"
    assert third["initial_value"] == "122045001230\n122045001231"


def test_files_kept_before_need_not_be_sent_again() -> None:
    """How many there are is said."""
    [asked, again] = (
        page(Field("a", "files", "Photos?", hint=hint))["blocks"][0] for hint in ("", "2 files")
    )
    assert "optional" not in asked
    assert (again["optional"], again["hint"]["text"]) == (True, "2 files")


def test_a_page_without_fields_is_sent_in_with_its_main_button() -> None:
    """Everything else is pressed."""
    send = Button(1, "Send", "answer", Press("done", "review"), style="primary")
    redo = Button(0, "System", "redo", Press("redo", "system"))
    cancel = Button(2, "Cancel", "nav", Press("command", "cancel"))
    review = Prompt(
        "7", ("Right?",), (), (Fact("system", "System", "Peeters"),), (redo, send, cancel), form="f"
    )
    shown = views.view(review, ENGLISH)
    rules.view(shown)
    assert (shown["submit"]["text"], shown["private_metadata"]) == ("Send", "7.1")
    pressed = [each for block in shown["blocks"] for each in rules.pressed_in(block)]
    assert [(each["text"]["text"], each.get("accessibility_label")) for each in pressed] == [
        ("Change", "System"),
        ("Cancel", None),
    ]


@pytest.mark.parametrize("text", [*NASTY, LONG, "<!channel> <@U1> <https://a.be|b> *x* `y` :smile:"])
def test_nasty_text_stays_text_wherever_it_stands(text: str) -> None:
    """Nothing a person types becomes a mark, a name that pings, a link or a wrong page."""
    button = Button(3, text, "action", Press("start"), detail=text)
    prompt = Prompt(
        "a",
        (text, Copy(text)),
        (
            Field("f", "one", text, (option(0, text, detail=text),), text, typed=True, problem=text),
            Field("g", "many", text, (option(1, text, picked=True),), text, problem=text),
            Field("h", "text", text, (), text, problem=text, value=text),
        ),
        (Fact("f", text, text),),
        (button,),
        form="f1",
        title=text,
    )
    rules.view(views.view(prompt, ENGLISH))
    rules.view(views.view(Say((text,), form="f1"), ENGLISH))
    for problem in views.errors(prompt, ENGLISH).values():
        assert problem


@given(st.text(st.characters(codec="utf-8"), max_size=5000))
def test_any_words_fit(text: str) -> None:
    """However many."""
    page(Field("f", "text", text, hint=text, value=text), lines=(text,))


def test_a_page_to_wait_for_opens_at_once() -> None:
    """It knows nothing yet but its name."""
    shown = views.waiting("f1", Slack("request_access").speaker)
    rules.view(shown)
    assert shown["external_id"] == "f1"
    assert "private_metadata" not in shown
