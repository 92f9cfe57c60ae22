"""Buttons that are old, repeated, foreign or forged."""

from __future__ import annotations

from flows.engine.events import Pressed
from flows.engine.phrases import Copy, Phrase
from tests.flows.shop import OpenReturn, at_review, shop

_ = Phrase
STALE = _("That button no longer works; nothing was changed. This is where we are.")


def test_a_second_tap_does_nothing_and_says_nothing() -> None:
    """People tap twice; the first one counts."""
    chat = at_review(shop())
    review = chat.prompt
    chat.press("Send", on=review)
    chat.waits(seconds=1)
    assert chat.press("Send", on=review) == []
    assert len(chat.desk.requests(OpenReturn)) == 1


def test_a_second_tap_on_a_card_starts_nothing_more() -> None:
    """One tap, one flow."""
    chat = shop()
    chat.started("menu")
    menu = chat.prompt
    chat.press("Return", on=menu)
    assert chat.press("Return", on=menu) == []
    assert len(chat.conversation.runs) == 1


def test_the_same_button_of_a_card_works_again_later() -> None:
    """A card is not used up: tomorrow its button does the same."""
    chat = at_review(shop())
    chat.press("Send")
    card = chat.prompt
    chat.press("Track", on=card)
    chat.waits(minutes=5)
    assert chat.press("Track", on=card) == [_("Order {order}")(order="SO-1"), "Two units."]


def test_buttons_of_an_old_card_still_work() -> None:
    """Also after a whole conversation about something else."""
    chat = at_review(shop())
    chat.press("Send")
    card = chat.prompt
    at_review(chat)
    assert chat.press("Track", on=card) == [_("Order {order}")(order="SO-1"), "Two units."]


def test_an_old_button_changes_nothing_and_the_open_question_comes_again() -> None:
    """The answer given meanwhile stays."""
    chat = shop()
    chat.started("return", order="SO-1")
    old = chat.prompt
    chat.press("Kettle")
    chat.press("Dead")
    assert chat.press("Lamp", on=old) == [STALE, _("Tell more.")]
    assert chat.conversation.runs[0].answers["unit"].value == "kettle"


def test_an_old_button_with_nothing_open_offers_the_ways_on() -> None:
    """No dead end."""
    chat = shop()
    chat.started("return", order="SO-1")
    old = chat.prompt
    chat.cancel()
    assert chat.press("Lamp", on=old) == [
        _("That button no longer works, and nothing is open at the moment.")
    ]
    assert chat.labels == [_("Menu"), _("Talk to a person")]


def test_a_token_of_another_conversation_means_nothing() -> None:
    """A foreign or invented token is answered like an old one."""
    chat = shop()
    chat.started("return", order="SO-1")
    assert chat.hears(Pressed("ffff", 0)) == [STALE, _("Which unit?")]
    assert chat.hears(Pressed("", 0)) == [STALE, _("Which unit?")]


def test_an_index_out_of_range_means_nothing() -> None:
    """Neither too high nor below zero."""
    chat = shop()
    chat.started("return", order="SO-1")
    assert chat.hears(Pressed(chat.prompt.token, 99)) == [STALE, _("Which unit?")]
    assert chat.hears(Pressed(chat.prompt.token, -1)) == [STALE, _("Which unit?")]


def test_a_form_that_is_too_old_changes_nothing() -> None:
    """The same answer as to an old button."""
    chat = shop(fields=3)
    chat.started("note")
    old = chat.prompt
    chat.filled(note="mind the dog", tone="calm", more="")
    chat.waits(minutes=1)
    chat.outputs = [old]
    assert chat.filled(note="again", tone="loud", more="") == [STALE, _("Keep it?")]
    assert chat.facts["note"] == "mind the dog"


def test_a_form_sent_twice_counts_once() -> None:
    """The second tap shows what is open by now, and says nothing was wrong."""
    chat = shop(fields=3)
    chat.started("note")
    form = chat.prompt
    chat.filled(note="mind the dog", tone="calm", more="")
    chat.outputs = [form]
    assert chat.filled(note="mind the dog", tone="calm", more="") == [_("Keep it?")]
    assert len(chat.conversation.runs) == 1


def test_an_old_way_out_does_not_drop_work_that_went_on() -> None:
    """*Look* ends the present flow only while that is what the person looks at."""
    chat = shop()
    chat.started("check")
    old = chat.prompt
    chat.press("Go on")
    chat.said("because")
    chat.hears(Pressed(old.token, 0))
    assert [run.flow for run in chat.conversation.runs] == ["check", "track"]
    assert chat.conversation.runs[0].answers["why"].value == "because"


def test_a_way_out_on_screen_ends_the_present_flow_unsent() -> None:
    """Whoever looks at the open one does not file a second."""
    chat = shop()
    chat.started("check")
    chat.hears(Pressed(chat.prompt.token, 0))
    assert [run.flow for run in chat.conversation.runs] == ["track"]
    assert chat.lines == [_("Order {order}")(order="SO-1"), "Two units."]


def test_an_action_about_a_row_is_offered_for_each() -> None:
    """Two open orders: two buttons that say which."""
    chat = shop()
    chat.started("check")
    look = [_("{action} {row}")(action=_("Look"), row=order) for order in ("SO-1", "SO-2")]
    assert chat.labels == [*look, _("Go on"), _("Cancel")]


def test_a_button_pressed_while_the_desk_is_busy_waits() -> None:
    """It is not too old, only too early."""
    chat = shop()
    chat.started("several")
    page = chat.prompt
    chat.desk.slow = True
    chat.press("More", on=page)
    assert chat.press(Copy("111"), on=page) == [_("One moment, the last thing you sent is still on its way.")]
    assert chat.desk_replies()[-1] == _("Which devices?")


def test_a_card_shows_another_block_in_its_place() -> None:
    """More of the same card, and back again."""
    chat = shop()
    chat.started("track", order="SO-1")
    card = chat.prompt
    assert chat.labels == [_("Return it"), _("History")]
    assert chat.press("History") == [_("Order {order}")(order="SO-1"), "Sent on Monday."]
    assert chat.prompt.replaces == card.token
    assert chat.press("Summary") == [_("Order {order}")(order="SO-1"), "Two units."]


def test_a_card_offers_only_what_the_desk_allows() -> None:
    """Its state permits a return and no note."""
    chat = shop()
    chat.started("track", order="SO-1")
    assert _("Return it") in chat.labels
    assert _("Note") not in chat.labels


def test_a_card_hands_over_what_is_known() -> None:
    """Never ask for what is already known."""
    chat = shop()
    chat.started("track", order="SO-1")
    assert chat.press("Return it") == [_("It takes two minutes."), _("Which unit?")]


def test_a_card_is_read_and_the_flow_goes_on() -> None:
    """Done is an answer too; *back* shows the card again."""
    chat = shop()
    chat.started("check")
    assert chat.press("Go on") == [_("Why?")]
    assert chat.back() == [_("These are open already:"), "SO-1", "SO-2"]
