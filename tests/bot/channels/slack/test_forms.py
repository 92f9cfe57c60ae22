"""What is sent in with a modal, and what its confirmation says."""

from __future__ import annotations

from typing import Any

import pytest

from bot.channels.slack import payloads, receive
from bot.ports import Malformed
from flows.engine.data import File
from flows.engine.events import Event, Filled, Left, Pressed
from flows.engine.outputs import Prompt
from flows.engine.phrases import Phrase
from flows.engine.work import Answer
from tests.bot.channels.slack.modal import FORM, NOON, Slack

_ = Phrase
PHOTO = File("F1", "image", "roof.jpg", 1000)
PERSON = {"user": {"id": "U1"}, "team": {"id": "T1"}, "trigger_id": "1.2.3"}


def sent(kind: str = "view_submission", **view: Any) -> Event:
    """A modal as Slack hands it in."""
    shown = {"id": "V1", "hash": "1.2", "type": "modal", "external_id": FORM, **view}
    received = receive.stored(payloads.cleaned({**PERSON, "type": kind, "view": shown}), NOON)
    assert received
    return receive.event(received)


def answers(slack: Slack) -> dict[str, Answer]:
    """What was answered so far."""
    return slack.conversation.runs[-1].answers


def rma() -> Slack:
    """An RMA up to the page with the fault."""
    slack = Slack("create_rma")
    slack.chooses("system", 0)
    slack.submits()
    slack.chooses("devices", 0, 1)
    slack.submits()
    return slack


def test_a_request_is_three_pages_and_a_look_at_it_all() -> None:
    """The system, its devices, everything about the fault."""
    slack = rma()
    assert [field.name for field in slack.prompt.fields] == ["fault", "description", "photos"]
    assert slack.view
    assert slack.view["submit"]["text"] == "Continue"
    slack.chooses("fault", 0)
    slack.types("description", "No light since Monday.")
    slack.attaches("photos", PHOTO)
    slack.submits()
    assert answers(slack)["photos"].files == (PHOTO,)
    assert slack.view["submit"]["text"] == "Send"
    assert [b["fields"][0]["text"] for b in slack.view["blocks"] if b["type"] == "section"][:2] == [
        "System",
        "Devices",
    ]
    slack.submits()
    assert slack.view["blocks"][0]["elements"][0]["elements"][0]["text"].startswith("RMA 00517625")
    assert "submit" not in slack.view
    assert slack.conversation.runs == ()


def test_what_is_wrong_stands_at_its_field_and_the_rest_stays() -> None:
    """The same modal can be sent in again, as often as needed."""
    slack = rma()
    for _time in range(5):
        slack.types("description", "x" * 2500)
        before = slack.view
        slack.submits()
        assert slack.view is before
        assert set(slack.errors) == {"description", next(b for b in slack.errors if b.startswith("fault~"))}
        assert "2,500 characters" in slack.errors["description"]
    slack.chooses("fault", 1)
    slack.types("description", "It broke.")
    slack.submits()
    assert answers(slack)["description"].value == "It broke."


def test_words_are_searched_for_and_stay_out_of_the_next_search() -> None:
    """What was found is a list to choose from."""
    slack = Slack("create_rma")
    slack.types("system", "several streets")
    slack.submits()
    assert [button.label for button in slack.prompt.fields[0].options if button.press.of != "none"]
    slack.chooses("system", 1)
    slack.submits()
    assert answers(slack)["system"].value == "streets"


def test_a_search_without_result_says_so_above_the_question() -> None:
    """With the ways on that it leaves."""
    slack = Slack("create_rma")
    slack.types("system", "nothing")
    slack.submits()
    assert slack.prompt.lines == (_("Not found: {text}")(text="nothing"),)


def test_an_answer_is_changed_where_it_was_given() -> None:
    """It stands there, to be mended."""
    slack = rma()
    slack.chooses("fault", 0)
    slack.types("description", "No light.")
    slack.submits()
    slack.presses("Description")
    assert slack.values["description"]["words"]["value"] == "No light."
    slack.types("description", "No light at all.")
    slack.submits()
    slack.presses("Fault")
    slack.chooses("fault", 2)
    slack.submits()
    slack.submits()
    [request] = [request for request in slack.asked if type(request).__name__ == "CreateRma"]
    assert (request.description, request.fault) == ("No light at all.", "damaged")  # type: ignore[attr-defined]


def test_a_modal_says_which_of_its_words_were_chosen_and_which_typed() -> None:
    """Options by their place; an option of no prompt is left out."""
    state = {
        "system~1": {"chosen": {"type": "static_select", "selected_option": {"value": "3"}}},
        "system~words.5": {"words": {"type": "plain_text_input", "value": " Peeters "}},
        "devices~2": {
            "chosen": {"type": "multi_static_select", "selected_options": [{"value": "0"}, {"value": "x"}]}
        },
        "photos": {"files": {"type": "file_input", "files": [{"id": "F1", "name": "a.jpg"}]}},
        "remark": {"words": {"type": "plain_text_input", "value": None}},
    }
    found = sent(private_metadata="5", state={"values": state}).content
    assert found == Filled("5", {"system": "Peeters"}, {"system": (3,), "devices": (0,)})


def test_sending_in_a_page_without_fields_presses_its_button() -> None:
    """A forged one is no button."""
    assert sent(private_metadata="5.2").content == Pressed("5", 2)
    assert sent(private_metadata="5.x").content == Pressed("", 0)


def test_a_modal_that_is_closed_is_left() -> None:
    """Its name says which one it was."""
    assert sent("view_closed").content == Left(FORM)


def test_the_same_form_sent_in_twice_is_one_input_and_a_mended_one_another() -> None:
    """Slack gives both the same id and the same hash."""
    first, again = ({"values": {"a": {"words": {"type": "plain_text_input", "value": v}}}} for v in "ab")
    keys = [sent(private_metadata="5", state=state).id for state in (first, again, first)]
    assert keys[0] == keys[2]
    assert keys[0] != keys[1]


def test_a_modal_that_nobody_can_read_is_set_apart() -> None:
    """Whatever stands in its place."""
    wrong: tuple[Any, ...] = (3, {"a": 3}, {"a": {"b": "c"}}, {"a": {"b": {"value": 7}}})
    for state in ([], *({"values": values} for values in wrong)):
        received = receive.stored({**PERSON, "type": "view_submission", "view": {"state": state}}, NOON)
        assert received
        with pytest.raises(Malformed):
            receive.event(received)


def test_a_form_ends_with_its_work() -> None:
    """What was done is in the chat, and the last thing that it shows."""
    slack = Slack("request_access")
    slack.types("wanted", "Peeters, Haacht")
    slack.submits()
    outputs = slack.submits()
    assert [o.form for o in outputs if isinstance(o, Prompt)] == [""]
    assert slack.conversation.form == ""
