"""What the desk answers: done, refused, nothing at all, too late; one effect per key."""

from __future__ import annotations

from flows.engine.events import Command, Failed, Redo, Returned, Said
from flows.engine.phrases import Copy, Phrase
from flows.engine.work import Done, Refused
from tests.flows.shop import (
    Depots,
    Link,
    Mail,
    OpenReturn,
    OrderCard,
    Orders,
    Serials,
    Units,
    at_review,
    shop,
)
from tests.flows.talking import button, photo

_ = Phrase
AWAY = _("The desk does not answer at the moment. Everything you told me is kept.")
BUSY = _("One moment, the last thing you sent is still on its way.")
UNLINKED = _("I first need to know which company you work for.")


def test_typing_while_a_call_is_pending_does_not_call_twice() -> None:
    """The person hears that it is on its way; nothing is taken or sent again."""
    chat = at_review(shop())
    chat.desk.slow = True
    chat.press("Send")
    for deed in (Said("and?"), Command("back"), Command("cancel"), Command("later"), Redo("order")):
        assert chat.hears(deed) == [BUSY]
    assert len(chat.pending) == 1
    assert chat.desk_replies()[-1] == _("Return {number}.")(number=Copy("R-1"))
    assert len(chat.desk.requests(OpenReturn)) == 1


def test_a_slow_look_up_can_be_left() -> None:
    """Only what is being sent cannot be stopped any more."""
    chat = shop()
    chat.desk.slow = True
    chat.started("track")
    assert chat.cancel() == [_("Stopped. Nothing was sent.")]
    assert chat.desk_replies() == [_("Stopped. Nothing was sent.")]


def test_a_photo_during_a_slow_look_up_is_kept() -> None:
    """It does not wait and is not lost."""
    chat = shop()
    chat.desk.slow = True
    chat.started("return", order="SO-1")
    chat.sent(photo("a"))
    chat.desk.slow = False
    chat.desk_replies()
    assert [file.id for file in chat.conversation.runs[0].files] == ["a"]
    assert chat.question == _("Which unit?")


def test_a_failure_keeps_everything_and_trying_again_uses_the_same_key() -> None:
    """The desk may have done it after all: with the same key it will not do it twice."""
    chat = at_review(shop())
    chat.desk.away = True
    assert chat.press("Send") == [AWAY]
    assert chat.labels == [_("Try again"), _("Talk to a person"), _("Later"), _("Back"), _("Cancel")]
    assert chat.press("Try again") == [AWAY]
    chat.desk.away = False
    chat.press("Try again")
    assert len(set(chat.desk.keys(OpenReturn))) == 1
    assert chat.labels == [_("Track"), _("Help")]


def test_after_a_failure_nothing_is_sent_again_by_itself() -> None:
    """Words, a language, a photo: the person says when."""
    chat = at_review(shop())
    chat.desk.away = True
    chat.press("Send")
    chat.desk.away = False
    assert chat.said("hello?") == [_("Please use one of the buttons."), AWAY]
    assert chat.spoke("nl")[-1] == AWAY
    assert len(chat.desk.requests(OpenReturn)) == 1


def test_after_a_failure_other_contents_have_another_key() -> None:
    """The same key never has two contents."""
    chat = at_review(shop())
    chat.desk.away = True
    chat.press("Send")
    chat.redo("remark")
    chat.said("mind the dog")
    chat.desk.away = False
    chat.press("Send")
    assert len(set(chat.desk.keys(OpenReturn))) == 2


def test_a_failed_search_is_tried_again_with_the_same_words() -> None:
    """Nobody types them twice."""
    chat = shop()
    chat.started("track")
    chat.desk.away = True
    assert chat.said("SO-1") == [AWAY]
    chat.desk.away = False
    assert chat.press("Try again") == [_("Order {order}")(order="SO-1"), "Two units."]
    assert [request.text for request in chat.desk.requests(Orders)] == ["", "SO-1", "SO-1"]


def test_a_failed_page_is_tried_again_as_that_page() -> None:
    """And what was picked is still picked."""
    chat = shop()
    chat.started("several")
    chat.press(Copy("111"))
    chat.desk.away = True
    chat.press("More")
    chat.desk.away = False
    chat.press("Try again")
    assert [request.cursor for request in chat.desk.requests(Serials)] == ["", "2", "2"]
    assert chat.labels[:2] == [Copy("333"), Copy("111")]
    assert button(chat.prompt, Copy("111")).picked


def test_other_words_after_a_failed_search_are_searched_for() -> None:
    """Typing is trying again."""
    chat = shop()
    chat.started("track")
    chat.desk.away = True
    chat.said("SO-1")
    chat.desk.away = False
    assert chat.said("SO-2") == [_("Order {order}")(order="SO-2"), "Two units."]


def test_a_failed_draft_put_aside_is_confirmed_again_when_it_is_taken_up() -> None:
    """*Go on* sends nothing; *Send* does, under the same key."""
    chat = at_review(shop())
    chat.desk.away = True
    chat.press("Send")
    chat.press("Later")
    chat.desk.away = False
    chat.started("menu")
    assert chat.press(_("Go on: {draft}")(draft=_("Return"))) == [_("All right?")]
    chat.press("Send")
    assert len(chat.desk.keys(OpenReturn)) == 2
    assert len(set(chat.desk.keys(OpenReturn))) == 1


def test_a_refusal_asks_the_question_that_can_mend_it() -> None:
    """What happened, then the question; what does not depend on it is kept."""
    chat = at_review(shop())
    chat.desk.answers[OpenReturn] = lambda request: Refused("too_old")
    assert chat.press("Send") == [_("This order is too old."), _("Which order?")]
    chat.said("SO-2")
    assert chat.press("Lamp") == [_("All right?")]
    assert chat.facts["details"] == "no light at all"


def test_after_a_refusal_the_review_is_confirmed_again_under_another_key() -> None:
    """A refusal changes the key, also when the contents stay."""
    chat = at_review(shop())
    chat.desk.answers[OpenReturn] = lambda request: Refused("not_found")
    assert chat.press("Send") == [
        _("Not found in your company's systems and requests."),
        _("All right?"),
    ]
    chat.desk.answers[OpenReturn] = lambda request: Done({"number": Copy("R-2")})
    chat.press("Send")
    assert len(set(chat.desk.keys(OpenReturn))) == 2


def test_a_refused_look_up_asks_what_it_was_made_of() -> None:
    """A card of something that is not ours: which one, then?"""
    chat = shop()
    chat.started("track")
    chat.desk.answers.pop(OrderCard)
    assert chat.said("SO-1") == [
        _("Not found in your company's systems and requests."),
        _("Which order?"),
    ]


def test_a_look_up_that_nothing_can_mend_ends_the_flow_with_the_ways_on() -> None:
    """Said, and never a dead end."""
    chat = shop()
    chat.desk.answers.pop(Orders)
    assert chat.started("track") == [_("Not found in your company's systems and requests.")]
    assert chat.labels == [_("Menu"), _("Talk to a person")]
    assert chat.conversation.runs == ()


def test_an_unlinked_person_links_and_goes_on_where_they_were() -> None:
    """The words that were searched for are searched again."""
    chat = shop()
    chat.started("track")
    known = chat.desk.answers[Orders]
    chat.desk.answers[Orders] = lambda request: Refused("unlinked")
    assert chat.said("SO-1") == [UNLINKED, _("Which code?")]
    chat.desk.answers[Orders] = known
    assert chat.said("4711") == [_("Linked."), _("Order {order}")(order="SO-1"), "Two units."]


def test_an_unlinked_person_who_will_not_link_is_not_asked_in_a_circle() -> None:
    """Cancel leaves the linking, then the flow that needs it."""
    chat = shop()
    chat.desk.answers[Orders] = lambda request: Refused("unlinked")
    chat.started("track")
    assert chat.cancel() == [_("Stopped. Nothing was sent."), UNLINKED]
    assert chat.labels == [_("Link"), _("Talk to a person"), _("Later"), _("Cancel")]
    chat.waits(seconds=3)
    assert chat.cancel() == [_("Stopped. Nothing was sent.")]
    assert chat.conversation.runs == ()


def test_linking_is_asked_once_whatever_waited_for_it() -> None:
    """Who left the linking open and needs it for something else links once."""
    chat = shop()
    chat.started("link")
    known = chat.desk.answers[Orders]
    chat.desk.answers[Orders] = lambda request: Refused("unlinked")
    chat.started("track")
    assert [run.flow for run in chat.conversation.runs] == ["track", "link"]
    chat.desk.answers[Orders] = known
    assert chat.said("4711") == [_("Linked."), _("Which order?")]


def test_an_act_refused_to_an_unlinked_person_is_confirmed_again_after_linking() -> None:
    """Somebody was linked: what is sent in their name is shown to them first."""
    chat = at_review(shop())
    chat.desk.answers[OpenReturn] = lambda request: Refused("unlinked")
    chat.press("Send")
    chat.desk.answers[OpenReturn] = lambda request: Done({"number": Copy("R-2")})
    assert chat.said("4711") == [_("Linked."), _("All right?")]
    chat.press("Send")
    assert len(set(chat.desk.keys(OpenReturn))) == 2


def test_a_reply_nobody_waits_for_is_ignored() -> None:
    """Late, twice, or from another life: nothing is said and nothing changes."""
    chat = at_review(shop())
    chat.desk.slow = True
    chat.press("Send")
    key = chat.pending[0].key
    chat.desk_replies()
    runs, screens = chat.conversation.runs, chat.conversation.screens
    for late in (
        Returned(key, Done({"number": Copy("R-9")})),
        Returned("forged", Done()),
        Failed(key),
        Returned(key, Refused("too_old")),
    ):
        assert chat.hears(late) == []
        assert (chat.conversation.runs, chat.conversation.screens) == (runs, screens)


def test_a_reply_for_what_is_not_on_top_is_told_and_the_question_stays() -> None:
    """The return is done while the person is writing a note."""
    chat = at_review(shop())
    chat.desk.slow = True
    chat.press("Send")
    chat.started("note")
    question = chat.conversation.open
    assert chat.desk_replies()[-1] == _("Return {number}.")(number=Copy("R-1"))
    assert chat.conversation.open == question
    chat.desk.slow = False
    assert chat.said("mind the dog") == [_("Which tone?")]


def test_a_refusal_under_another_flow_waits_until_that_is_done() -> None:
    """Linking starts when it is needed, not in the middle of something else."""
    chat = shop()
    chat.desk.slow = True
    chat.started("track")
    chat.started("note")
    chat.desk.answers[Orders] = lambda request: Refused("unlinked")
    chat.desk_replies()
    assert [run.flow for run in chat.conversation.runs] == ["track", "note"]
    chat.desk.slow = False
    assert chat.cancel() == [_("Stopped. Nothing was sent."), UNLINKED]
    assert chat.press("Link") == [_("Which code?")]


def test_a_chat_that_changes_hands_under_another_flow_forgets_that_one_too() -> None:
    """What is on screen shows something of the company before."""
    chat = shop()
    chat.desk.answers[Link] = lambda request: Done(forget=True)
    chat.started("link")
    chat.desk.slow = True
    chat.said("4711")
    chat.started("return", order="SO-1")
    chat.desk.slow = False
    chat.desk_replies()
    assert chat.conversation.runs == ()
    assert chat.conversation.open == ""
    assert chat.labels == [_("Menu"), _("Talk to a person")]


def test_a_failure_under_another_flow_waits_until_that_is_done() -> None:
    """The open question is not disturbed."""
    chat = at_review(shop())
    chat.desk.slow = True
    chat.press("Send")
    chat.started("link")
    chat.desk.away = True
    assert chat.desk_replies() == [_("Which code?")]
    chat.desk.away = chat.desk.slow = False
    assert chat.said("4711") == [_("Linked."), AWAY]
    chat.press("Try again")
    assert len(set(chat.desk.keys(OpenReturn))) == 1


def test_a_look_up_is_answered_under_its_own_number() -> None:
    """Reads are never confused with one another."""
    chat = shop()
    chat.started("return", order="SO-1")
    chat.said("toaster")
    chat.said("la")
    keys = chat.desk.keys(Units)
    assert len(set(keys)) == 3


def test_what_was_done_with_an_old_answer_is_done_again_with_the_new_one() -> None:
    """Back from the code to the address: a code must go to the address that is right."""
    chat = shop()
    chat.started("code")
    chat.said("jan@exmaple.be")
    assert chat.back() == [_("Which address?")]
    on_its_way = _("A code is on its way to {address}.")(address=Copy("jan@example.be"))
    assert chat.said("jan@example.be") == [on_its_way, _("Which code?")]
    assert len(set(chat.desk.keys(Mail))) == 2


def test_what_is_asked_for_again_on_purpose_is_another_effect() -> None:
    """No mail came: back, the same address, and a second mail goes out."""
    chat = shop()
    chat.started("code")
    chat.said("jan@example.be")
    chat.back()
    chat.said("jan@example.be")
    assert len(set(chat.desk.keys(Mail))) == 2


def test_the_desk_says_better_what_an_answer_said_already() -> None:
    """A gap with the name of an answer is filled by the reply."""
    chat = shop()
    chat.started("code")
    assert chat.said("jan")[0] == _("A code is on its way to {address}.")(address=Copy("jan"))


def test_a_default_is_looked_up_once() -> None:
    """What was taken is not asked for again."""
    chat = at_review(shop())
    assert len(chat.desk.requests(Depots)) == 1
