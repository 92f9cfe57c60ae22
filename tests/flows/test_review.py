"""The review: all answers in sight, each changeable, and nothing sent that was not shown."""

from __future__ import annotations

import pytest

from flows.engine.phrases import Copy, Phrase
from flows.engine.work import Page
from tests.flows.shop import Depots, OpenReturn, Units, at_review, shop
from tests.flows.talking import button

_ = Phrase


def test_the_review_shows_every_answer_in_the_order_of_the_conversation() -> None:
    """Also the one the desk suggested and the one that was skipped."""
    chat = at_review(shop())
    assert list(chat.facts) == [
        "order",
        "unit",
        "reason",
        "details",
        "transport",
        "street",
        "depot",
        "remark",
    ]
    assert chat.facts["depot"] == "Leuven"


@pytest.mark.row("ESM-27")
def test_the_desk_gets_what_the_review_showed_once_and_only_after_it() -> None:
    """Nothing is sent before the person confirms, and then exactly that."""
    chat = at_review(shop())
    assert chat.desk.requests(OpenReturn) == []
    assert chat.press("Send") == [_("Return {number}.")(number=Copy("R-1"))]
    assert chat.desk.requests(OpenReturn) == [
        OpenReturn(
            "SO-1",
            "kettle",
            "dead",
            "courier",
            details="no light at all",
            street="Dorpstraat 14",
            depot="leuven",
        )
    ]
    assert chat.labels == [_("Track"), _("Help")]


def test_the_buttons_are_in_their_places() -> None:
    """The likely one first; later, back and cancel last."""
    chat = at_review(shop())
    shown = [shown for shown in chat.prompt.buttons if shown.group != "redo"]
    assert [shown.label for shown in shown] == [
        _("Send"),
        _("Change"),
        _("Later"),
        _("Back"),
        _("Cancel"),
    ]
    assert shown[0].style == "primary"


def test_a_change_asks_only_what_depends_on_it() -> None:
    """The reason decides about the story, not about the street."""
    chat = at_review(shop())
    chat.press("Change")
    assert chat.lines == [_("What do you want to change?")]
    assert chat.press("Transport") == [_("How does it come back?")]
    assert chat.press("Drop-off") == [_("All right?")]
    assert "street" not in chat.facts
    assert chat.facts["details"] == "no light at all"


def test_a_change_asks_again_what_was_computed_from_it() -> None:
    """Another order has other units; all the rest stays."""
    chat = at_review(shop())
    chat.redo("order")
    assert chat.said("SO-2") == [_("Which unit?")]
    assert chat.press("Lamp") == [_("All right?")]
    assert [request.order for request in chat.desk.requests(Units)] == ["SO-1", "SO-2"]
    assert chat.facts["details"] == "no light at all"


def test_the_same_answer_again_changes_nothing() -> None:
    """Who looks again and finds it right is not asked more."""
    chat = at_review(shop())
    chat.redo("order")
    assert chat.said("SO-1") == [_("All right?")]
    assert chat.facts["unit"] == "Kettle"


def test_back_from_a_change_brings_the_old_answer_back() -> None:
    """Nothing is lost by looking."""
    chat = at_review(shop())
    before = chat.facts
    chat.redo("order")
    assert chat.back() == [_("All right?")]
    assert chat.facts == before


def test_back_from_the_list_of_changes_is_the_review() -> None:
    """The list is no answer, so nothing is taken away."""
    chat = at_review(shop())
    before = chat.facts
    chat.press("Change")
    assert chat.press("Back") == [_("All right?")]
    assert chat.facts == before


def test_a_suggestion_of_the_desk_can_be_changed() -> None:
    """Asked again it is really asked, and not taken a second time."""
    chat = at_review(shop())
    assert chat.redo("depot") == [_("Which depot?")]
    chat.press("Gent")
    assert chat.facts["depot"] == "Gent"
    assert len(chat.desk.requests(Depots)) == 2


def test_show_all_does_not_take_the_suggestion() -> None:
    """Whoever asks to see everything wants to choose."""
    chat = shop()
    chat.started("return", order="SO-1", unit="kettle", reason="other", details="ten letters")
    suggesting = chat.desk.answers[Depots]
    chat.desk.answers[Depots] = lambda request: Page()
    chat.press("Drop-off")
    chat.said("x")
    chat.desk.answers[Depots] = suggesting
    assert chat.press("Show all") == [_("Which depot?")]


def test_skipping_a_question_again_drops_what_was_computed_from_it() -> None:
    """A skip is an answer like any other."""
    chat = at_review(shop())
    chat.redo("remark")
    chat.said("mind the dog")
    assert chat.facts["remark"] == "mind the dog"
    chat.redo("remark")
    assert chat.skip() == [_("All right?")]
    assert chat.facts.get("remark") == _("none")


def test_a_review_lapses_when_an_answer_changes() -> None:
    """Confirmed is what was seen: after a refusal and another answer it is shown once more."""
    chat = at_review(shop())
    chat.desk.away = True
    chat.press("Send")
    chat.press("Back")
    assert chat.question == _("A remark?")
    chat.desk.away = False
    assert chat.said("mind the dog") == [_("All right?")]
    chat.press("Send")
    assert [request.remark for request in chat.desk.requests(OpenReturn)] == ["", "mind the dog"]


def test_a_redo_button_stands_beside_its_fact() -> None:
    """A channel may show them together: both carry the name of the step."""
    chat = at_review(shop())
    redo = [shown.press.of for shown in chat.prompt.buttons if shown.group == "redo"]
    assert redo == [fact.name for fact in chat.prompt.facts]
    assert button(chat.prompt, "Unit").press.of == "unit"


def test_typed_words_at_the_review_send_nothing() -> None:
    """Only the button sends."""
    chat = at_review(shop())
    assert chat.said("yes") == [_("Please use one of the buttons."), _("All right?")]
    assert chat.desk.requests(OpenReturn) == []
