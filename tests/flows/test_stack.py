"""Several things open at once: interrupting, coming back, cards over questions, at most five."""

from __future__ import annotations

from flows.engine.data import Started
from flows.engine.events import Unclear
from flows.engine.phrases import Phrase
from flows.engine.work import Page, Row
from tests.flows.shop import FLOWS, OpenReturn, Units, at_review, shop
from tests.flows.talking import Chat

_ = Phrase


def open_flows(chat: Chat) -> list[str]:
    """The stack, the last on top."""
    return [run.flow for run in chat.conversation.runs]


def test_an_interrupted_flow_asks_its_open_question_again() -> None:
    """One thing in the middle of another; when it is done the first goes on."""
    chat = shop()
    chat.started("return", order="SO-1")
    chat.started("link")
    assert chat.said("4711") == [_("Linked."), _("Which unit?")]
    assert open_flows(chat) == ["return"]
    assert chat.press("Kettle") == [_("What is wrong?")]


def test_a_list_that_was_left_for_other_work_shows_what_there_is_now() -> None:
    """That work may have changed it."""
    chat = shop()
    chat.started("return", order="SO-1")
    chat.started("link")
    chat.desk.answers[Units] = lambda _request: Page((Row("toaster", "Toaster"),))
    chat.said("4711")
    assert chat.labels[:1] == ["Toaster"]


def test_cancel_stops_only_what_is_on_top() -> None:
    """What was interrupted is asked again."""
    chat = shop()
    chat.started("return", order="SO-1")
    chat.started("link")
    assert chat.cancel() == [_("Stopped. Nothing was sent."), _("Which unit?")]


def test_a_card_is_replaced_by_what_starts_next() -> None:
    """A menu that was read is not kept."""
    chat = shop()
    chat.started("menu")
    chat.press("Return")
    assert open_flows(chat) == ["return"]


def test_a_card_over_an_open_question_shows_the_way_back() -> None:
    """Help in the middle of a return hides nothing."""
    chat = shop()
    chat.started("return", order="SO-1")
    assert chat.started("help") == [_("This is help.")]
    way_back = _("Go on: {draft}")(draft=_("Return"))
    assert chat.labels == [way_back, _("Menu")]
    assert chat.press(way_back) == [_("Which unit?")]
    assert open_flows(chat) == ["return"]


def test_a_card_with_questions_after_it_shows_no_way_to_something_else() -> None:
    """Its own flow goes on; it can be left like any question."""
    chat = shop()
    chat.started("note")
    chat.started("check")
    assert [label.msgid for label in chat.labels[2:] if isinstance(label, Phrase)] == ["Go on", "Cancel"]


def test_back_and_cancel_on_a_card_only_put_the_card_away() -> None:
    """Neither takes anything from the return below."""
    for leave in ("back", "cancel", "later"):
        chat = shop()
        chat.started("return", order="SO-1")
        chat.started("help")
        assert getattr(chat, leave)() == [_("Which unit?")]
        assert chat.conversation.parked == ()


def test_a_card_is_not_offered_as_work_to_go_on_with() -> None:
    """However long ago somebody looked at it."""
    chat = shop()
    chat.started("menu")
    chat.waits(hours=13)
    assert chat.back() == [_("Nothing is open at the moment.")]


def test_leaving_a_card_with_nothing_under_it_offers_the_ways_on() -> None:
    """A card is no draft and is not kept as one."""
    chat = shop()
    chat.started("menu")
    assert chat.later() == [_("Nothing is open at the moment.")]
    assert chat.labels == [_("Menu"), _("Talk to a person")]


def test_words_that_mean_nothing_over_an_open_question_show_the_way_back() -> None:
    """Somebody reads help and types on."""
    chat = shop()
    chat.started("return", order="SO-1")
    chat.started("help")
    assert chat.hears(Unclear()) == [_("I do not understand that yet.")]
    assert chat.press(_("Go on: {draft}")(draft=_("Return"))) == [_("Which unit?")]


def test_the_same_flow_started_again_at_its_first_question_is_one_flow() -> None:
    """Nobody is asked the same question twice afterwards."""
    chat = shop()
    chat.started("return")
    assert chat.started("return")[-1] == _("Which order?")
    assert open_flows(chat) == ["return"]


def test_the_same_flow_started_in_the_middle_is_another_one() -> None:
    """What was told already is not thrown away."""
    chat = shop()
    chat.started("return")
    chat.said("SO-1")
    chat.started("return")
    assert open_flows(chat) == ["return", "return"]


def test_the_sixth_thing_asks_which_may_go() -> None:
    """Five are open; dropping one starts what was asked for, with its answers."""
    chat = shop()
    for name in ("return", "several", "note", "link", "code"):
        chat.started(name)
    assert chat.started("track", order="SO-1") == [_("Five things are open already. Which one may go?")]
    assert chat.labels == [
        _("Return"),
        _("Several"),
        _("Note"),
        _("Link"),
        _("Code"),
        _("Keep them all"),
    ]
    assert chat.press("Link") == [_("Order {order}")(order="SO-1"), "Two units."]
    assert open_flows(chat) == ["return", "several", "note", "code", "track"]


def test_keeping_all_starts_nothing_and_asks_the_open_question() -> None:
    """Typed *cancel* means the same as the button: it drops nothing."""
    for typed in (True, False):
        chat = shop()
        for name in ("return", "several", "note", "link", "code"):
            chat.started(name)
        chat.started("track")
        assert (chat.cancel() if typed else chat.press("Keep them all")) == [_("Which address?")]
        assert open_flows(chat) == ["return", "several", "note", "link", "code"]
        assert chat.conversation.held is None


def test_typed_words_do_not_choose_what_may_go() -> None:
    """The question is asked again."""
    chat = shop()
    for name in ("return", "several", "note", "link", "code"):
        chat.started(name)
    chat.started("track")
    assert chat.said("link") == [_("Five things are open already. Which one may go?")]


def test_the_confirmation_stands_above_the_question_that_comes_back() -> None:
    """Two prompts: what was done with its buttons, and what was interrupted."""
    chat = shop()
    chat.started("note")
    at_review(chat)
    chat.press("Send")
    assert chat.prompts[0].lines[0].msgid == "Return {number}."  # type: ignore[union-attr]
    assert chat.question == _("What note?")
    assert len(chat.desk.requests(OpenReturn)) == 1


def test_what_was_only_looked_for_does_not_come_back() -> None:
    """A list under other work is not what anybody goes on with."""
    chat = shop()
    chat.started("track")
    chat.started("note")
    assert [run.flow for run in chat.conversation.runs] == ["note"]
    chat.cancel()
    assert chat.conversation.runs == ()


def test_a_flow_that_ends_without_buttons_offers_the_ways_on() -> None:
    """One message: what was done, and what can be done next."""
    chat = shop()
    chat.started("link")
    assert chat.said("4711") == [_("Linked.")]
    assert len(chat.prompts) == 1
    assert chat.labels == [_("Menu"), _("Talk to a person")]


def test_guesses_are_buttons_that_start_with_what_was_said() -> None:
    """Words that may mean two things: the person chooses."""
    chat = shop()
    guesses = (Started("track", {"order": "SO-1"}), Started("note"), Started("nobody_knows"))
    assert chat.hears(Unclear(guesses)) == [_("What do you want to do?")]
    assert chat.labels == [_("Track"), _("Note"), _("Menu")]
    assert chat.press("Track") == [_("Order {order}")(order="SO-1"), "Two units."]


def test_an_unknown_flow_is_not_started() -> None:
    """A link from last year."""
    chat = shop()
    assert chat.started("nobody_knows") == [_("I do not understand that yet.")]
    assert chat.labels == [_("Menu"), _("Talk to a person")]


def test_commands_with_nothing_open_offer_the_ways_on() -> None:
    """Back, cancel, skip and later have nothing to do; neither has a redo."""
    for leave in ("back", "cancel", "skip", "later"):
        chat = shop()
        assert getattr(chat, leave)() == [_("Nothing is open at the moment.")]
        assert chat.labels == [_("Menu"), _("Talk to a person")]
    assert shop().redo("order") == [_("Nothing is open at the moment.")]


def test_a_chat_without_a_menu_still_answers() -> None:
    """The engine needs no particular flow."""
    chat = Chat([flow for flow in FLOWS if flow.name == "return"], shop().desk)
    assert chat.cancel() == [_("Nothing is open at the moment.")]
    chat.started("return")
    assert chat.labels == [_("Cancel")]
