"""What is known beforehand: taken without asking where it fits, asked where it does not."""

from __future__ import annotations

import pytest

from flows.engine.phrases import Phrase
from flows.engine.work import Page
from tests.flows.shop import DEPOTS, Depots, OpenReturn, Units, at_review, shop

_ = Phrase
NOT_FOUND = _("Not found in your company's systems and requests.")


def test_what_fits_is_used_without_asking() -> None:
    """Words, an option and a name that is looked up."""
    chat = shop()
    chat.started("return", order="SO-1", unit="kettle", reason="dead", details="no light at all")
    assert chat.question == _("How does it come back?")


def test_what_does_not_fit_is_asked() -> None:
    """An option that does not exist, words that are too short."""
    chat = shop()
    assert chat.started("return", order="S") == [_("It takes two minutes."), _("Which order?")]
    chat.said("SO-1")
    chat.press("Kettle")
    assert chat.question == _("What is wrong?")
    chat = shop()
    chat.started("return", order="SO-1", unit="kettle", reason="forged")
    assert chat.question == _("What is wrong?")


def test_what_is_known_is_shown_at_review_and_can_be_changed() -> None:
    """Never ask for what is already known; show it and let it be changed."""
    chat = shop()
    chat.started("return", order="SO-1", unit="kettle", reason="other", details="ten letters")
    chat.press("Drop-off")
    chat.skip()
    assert chat.facts["order"] == "SO-1"
    chat.redo("order")
    assert chat.question == _("Which order?")
    chat.said("SO-2")
    assert chat.question == _("Which unit?")


def test_a_name_that_fits_several_is_asked_among_those() -> None:
    """The search is done already."""
    chat = shop()
    assert chat.started("track", order="SO") == [_("Which order?")]
    assert chat.labels[:2] == ["SO-1", "SO-2"]


def test_a_name_that_fits_none_is_said_and_asked() -> None:
    """The person sees what was not found, with what can be done about it."""
    chat = shop()
    assert chat.started("track", order="SO-9") == [NOT_FOUND, _("Which order?")]
    assert _("Ask for it") in chat.labels


def test_what_did_not_fit_is_not_tried_again() -> None:
    """Asked once; the list is shown as it is without it, and the person decides."""
    chat = shop()
    chat.started("return", order="SO-1", unit="toaster")
    assert "Show all" not in chat.labels
    chat.press("Lamp")
    chat.redo("unit")
    assert [request.text for request in chat.desk.requests(Units)] == ["toaster", "", ""]


def test_what_the_desk_suggests_is_taken_without_asking() -> None:
    """The review shows it."""
    chat = at_review(shop())
    assert chat.facts["depot"] == "Leuven"
    assert chat.conversation.runs[0].answers["depot"].given == 0


def test_without_a_suggestion_the_question_is_asked() -> None:
    """The desk does not always know."""
    chat = shop()
    chat.desk.answers[Depots] = lambda request: Page(DEPOTS)
    chat.started("return", order="SO-1", unit="kettle", reason="other", details="ten letters")
    chat.press("Drop-off")
    assert chat.question == _("Which depot?")


def test_answers_of_steps_that_do_not_exist_are_forgotten() -> None:
    """A button of an older release may hand over more than a flow wants."""
    chat = shop()
    chat.started("note", colour="red")
    assert chat.conversation.runs[0].hints == {}


@pytest.mark.row("ESM-21")
def test_what_was_typed_for_a_look_up_is_an_answer_the_person_gave() -> None:
    """So *back* takes it away."""
    chat = shop()
    chat.started("return", order="SO-1")
    chat.said("lamp")
    assert chat.back() == [_("Which unit?")]


def test_a_hint_reaches_the_desk_like_an_answer() -> None:
    """There is one way in, and it is checked."""
    chat = shop()
    chat.started("return", order="SO-1", unit="kettle", reason="other", details="ten letters")
    chat.press("Drop-off")
    chat.skip()
    chat.press("Send")
    assert chat.desk.requests(OpenReturn) == [
        OpenReturn("SO-1", "kettle", "other", "drop", details="ten letters", depot="leuven")
    ]
