"""A deployment changes flows while people talk: nothing raises, and there is a way on."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from flows.engine.events import Pressed, Returned
from flows.engine.language import Flow, ask, choose
from flows.engine.parsers import text
from flows.engine.phrases import NOW_SPEAKING, Phrase
from flows.engine.work import Page
from tests.flows.shop import OpenReturn, at_review, shop
from tests.flows.talking import Chat, photo

_ = Phrase
GONE = _("That button no longer works, and nothing is open at the moment.")
STALE = _("That button no longer works; nothing was changed. This is where we are.")

DEEDS: list[Callable[[Chat], object]] = [
    lambda chat: chat.said("words"),
    lambda chat: chat.back(),
    lambda chat: chat.cancel(),
    lambda chat: chat.skip(),
    lambda chat: chat.later(),
    lambda chat: chat.redo("unit"),
    lambda chat: chat.spoke("nl"),
    lambda chat: chat.sent(photo("a"), text="words"),
    lambda chat: chat.started("return"),
    lambda chat: chat.elapses("draft:e1/return"),
    lambda chat: chat.filled(unit="kettle"),
    lambda chat: chat.press("Kettle"),
]


def remove(chat: Chat, flow: str, step: str = "") -> None:
    """The next release is without this flow, or without this step of it."""
    old = chat.flows.pop(flow)
    if step:
        steps = tuple(other for other in old.steps if other.name != step)
        chat.flows[flow] = Flow(old.name, old.title, old.phrases, steps)


@pytest.mark.parametrize("deed", DEEDS)
def test_a_removed_flow_takes_its_runs_along(deed: Callable[[Chat], object]) -> None:
    """Whatever the person does next is answered with something to press."""
    chat = shop()
    chat.started("return", order="SO-1")
    remove(chat, "return")
    deed(chat)
    assert chat.conversation.runs == ()
    chat.started("menu")
    assert chat.labels


@pytest.mark.parametrize("deed", DEEDS)
@pytest.mark.parametrize("step", ["unit", "intro"])
def test_a_removed_step_repairs_the_conversation(step: str, deed: Callable[[Chat], object]) -> None:
    """Also while its question is on screen or is being answered again."""
    chat = shop()
    chat.started("return", order="SO-1")
    remove(chat, "return", step)
    deed(chat)
    assert chat.spoke("en")


@pytest.mark.parametrize("deed", DEEDS[:-1])
def test_a_removed_step_that_is_answered_again_is_forgotten(deed: Callable[[Chat], object]) -> None:
    """Its answer is dropped; the rest goes on."""
    chat = at_review(shop())
    chat.redo("unit")
    remove(chat, "return", "unit")
    deed(chat)
    assert chat.spoke("en")
    assert all("unit" not in run.answers for run in chat.conversation.runs[-1:])


def test_a_button_of_a_removed_flow_does_not_answer_another() -> None:
    """Both flows have a step of that name; the button was about the other one."""
    chat = shop()
    chat.started("several")
    chat.started("return")
    asked = chat.prompt
    remove(chat, "return")
    assert chat.press("Cancel", on=asked)[0] == STALE
    assert [run.flow for run in chat.conversation.runs] == ["several"]


def test_a_way_out_of_a_removed_flow_does_not_end_another() -> None:
    """*Instead* was said of the flow that is gone."""
    chat = shop()
    chat.started("note")
    chat.started("check")
    remove(chat, "check")
    chat.hears(Pressed(chat.prompt.token, 0))
    assert [run.flow for run in chat.conversation.runs] == ["note", "track"]


def test_words_for_a_removed_flow_do_not_answer_another() -> None:
    """The question under it comes back on screen first."""
    chat = shop()
    chat.started("note")
    chat.started("return")
    remove(chat, "return")
    assert chat.said("SO-1") == [_("What note?")]
    assert chat.conversation.runs[0].answers == {}


def test_an_old_button_of_a_removed_flow_offers_the_ways_on() -> None:
    """A fresh start."""
    chat = shop()
    chat.started("return", order="SO-1")
    remove(chat, "return")
    assert chat.press("Kettle") == [GONE]
    assert chat.labels == [_("Menu"), _("Talk to a person")]


def test_a_button_that_starts_a_removed_flow_says_so() -> None:
    """A card of last month."""
    chat = at_review(shop())
    chat.press("Send")
    remove(chat, "track")
    assert chat.press("Track") == [_("I do not understand that yet.")]
    assert chat.labels == [_("Menu"), _("Talk to a person")]


def test_a_new_question_is_asked_before_the_review() -> None:
    """Nothing is stored but answers, so a conversation in progress gets the new question."""
    chat = shop()
    whole = chat.flows["return"]
    remove(chat, "return", "remark")
    chat.started("return", order="SO-1", unit="kettle", reason="other", details="ten letters")
    assert chat.press("Drop-off") == [_("All right?")]
    chat.flows["return"] = whole
    assert chat.spoke("en")[-1] == _("A remark?")


def test_a_removed_answer_must_be_confirmed_without_it() -> None:
    """The review was about other answers, so it lapses."""
    chat = at_review(shop())
    chat.desk.away = True
    chat.press("Send")
    chat.desk.away = False
    remove(chat, "return", "details")
    chat.press("Try again")
    assert chat.lines == [_("All right?")]
    assert "details" not in chat.facts


def test_a_reply_to_a_removed_step_is_ignored() -> None:
    """The look-up was on its way when its step was removed."""
    chat = shop()
    chat.desk.slow = True
    chat.started("return", order="SO-1")
    remove(chat, "return", "unit")
    assert chat.hears(Returned(chat.pending[0].key, Page())) == [_("What is wrong?")]


def test_a_draft_of_a_removed_flow_is_not_offered() -> None:
    """The menu shows only what can be gone on with."""
    chat = shop()
    chat.started("return", order="SO-1")
    chat.later()
    remove(chat, "return")
    chat.started("menu")
    assert chat.labels == [_("Return"), _("Note")]


def test_a_flow_whose_last_steps_were_removed_ends_with_the_ways_on() -> None:
    """Nothing is left to ask: said, with something to press."""
    chat = at_review(shop())
    remove(chat, "return", "review")
    remove(chat, "return", "open_return")
    assert chat.spoke("en") == [NOW_SPEAKING["en"]]
    assert chat.labels == [_("Menu"), _("Talk to a person")]
    assert chat.desk.requests(OpenReturn) == []


def test_an_option_that_was_removed_is_no_answer() -> None:
    """Its button is still on screen; the question is asked with the options there are."""
    chat = shop()
    chat.started("return", order="SO-1", unit="kettle")
    old = chat.flows["return"]
    reason = choose("reason", _("What is wrong?"), title=_("Reason"), options={"other": _("Other")})
    steps = tuple(reason if step.name == "reason" else step for step in old.steps)
    chat.flows["return"] = Flow(old.name, old.title, old.phrases, steps)
    assert chat.press("Dead") == [_("What is wrong?")]
    assert chat.labels == [_("Other"), _("Cancel")]


def test_a_screen_of_a_question_that_changed_its_kind_asks_the_new_one() -> None:
    """A question with rows became a question in words."""
    chat = shop()
    chat.started("return", order="SO-1")
    rows = chat.flows["return"]
    unit = ask("unit", _("Unit in words?"), text(), title=_("Unit"))
    steps = tuple(unit if step.name == "unit" else step for step in rows.steps)
    chat.flows["return"] = Flow(rows.name, rows.title, rows.phrases, steps)
    assert chat.press("Kettle") == [_("Unit in words?")]
