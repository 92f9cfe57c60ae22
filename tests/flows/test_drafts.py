"""Unfinished work: silence, drafts put aside, drafts too old."""

from __future__ import annotations

from flows.engine.phrases import Listed, Phrase
from tests.flows.shop import Link, OpenReturn, at_review, shop
from tests.flows.talking import NOON, photo

_ = Phrase
BUSY_WITH = _("You were busy with: {draft}. I did not use your last words for it.")
KEPT = _("Kept for 30 days. You find it in the menu.")


def test_after_twelve_hours_words_are_no_answer() -> None:
    """The draft is shown in one line, with what can be done about it."""
    chat = shop()
    chat.started("return", order="SO-1")
    chat.waits(hours=12, seconds=1)
    assert chat.said("lamp") == [BUSY_WITH(draft=Listed((_("Return"), "SO-1")))]
    assert chat.labels == [_("Go on"), _("Start again"), _("Later")]
    assert chat.said("lamp") == [BUSY_WITH(draft=Listed((_("Return"), "SO-1")))]
    assert chat.press("Go on") == [_("Which unit?")]
    chat.said("lamp")
    assert chat.question == _("What is wrong?")


def test_long_answers_are_cut_where_a_draft_is_named() -> None:
    """One line is one line."""
    chat = shop()
    chat.started("note")
    chat.said("x" * 500)
    chat.waits(hours=13)
    named = Listed((_("Note"), "x" * 40 + "…"))
    assert chat.said("and?") == [BUSY_WITH(draft=named)]


def test_within_twelve_hours_words_are_an_answer() -> None:
    """A lunch is not a silence."""
    chat = shop()
    chat.started("return")
    chat.waits(hours=12)
    assert chat.said("SO-1") == [_("Which unit?")]


def test_buttons_still_work_after_a_silence() -> None:
    """A button says which question it answers."""
    chat = shop()
    chat.started("return", order="SO-1")
    chat.waits(days=3)
    assert chat.press("Kettle") == [_("What is wrong?")]


def test_a_typed_skip_after_a_silence_skips_nothing() -> None:
    """Typed *skip* and *back* are words too."""
    chat = at_review(shop())
    chat.back()
    chat.waits(hours=13)
    assert chat.skip()[0].msgid == BUSY_WITH.msgid  # type: ignore[union-attr]
    assert chat.press("Go on") == [_("A remark?")]


def test_start_again_begins_at_the_first_question() -> None:
    """Nothing of the old draft is left."""
    chat = shop()
    chat.started("return", order="SO-1")
    chat.waits(hours=13)
    chat.said("lamp")
    assert chat.press("Start again") == [_("It takes two minutes."), _("Which order?")]
    assert len(chat.conversation.runs) == 1


def test_a_draft_put_aside_is_found_in_the_menu() -> None:
    """And goes on where it was."""
    chat = shop()
    chat.started("return", order="SO-1")
    assert chat.later() == [KEPT]
    assert chat.conversation.runs == ()
    chat.started("menu")
    way_back = _("Go on: {draft}")(draft=_("Return"))
    assert chat.labels == [way_back, _("Return"), _("Note")]
    assert chat.prompt.buttons[0].detail == Listed(("SO-1",))
    assert chat.press(way_back) == [_("Which unit?")]
    assert chat.conversation.parked == ()


def test_a_draft_taken_up_twice_is_one_draft() -> None:
    """The old menu still has its button; the draft is open already."""
    chat = shop()
    chat.started("return", order="SO-1")
    chat.later()
    chat.started("menu")
    menu = chat.prompt
    way_back = _("Go on: {draft}")(draft=_("Return"))
    chat.press(way_back, on=menu)
    chat.waits(minutes=1)
    assert chat.press(way_back, on=menu) == [_("Which unit?")]
    assert len(chat.conversation.runs) == 1


def test_a_draft_that_is_gone_cannot_be_taken_up() -> None:
    """The old button says so."""
    chat = shop()
    chat.started("return", order="SO-1")
    chat.later()
    chat.started("menu")
    menu = chat.prompt
    way_back = _("Go on: {draft}")(draft=_("Return"))
    chat.press(way_back, on=menu)
    chat.cancel()
    chat.started("link")
    chat.waits(minutes=1)
    chat.cancel()
    chat.waits(minutes=1)
    assert chat.press(way_back, on=menu) == [
        _("That button no longer works, and nothing is open at the moment.")
    ]


def test_a_draft_taken_up_never_makes_a_sixth_thing() -> None:
    """What was left longest is put aside in its place, and is found in the menu."""
    chat = shop()
    chat.started("note")
    chat.said("mind the dog")
    chat.later()
    chat.started("menu")
    menu = chat.prompt
    for name in ("return", "several", "check", "link", "code"):
        chat.started(name)
    assert chat.press(_("Go on: {draft}")(draft=_("Note")), on=menu) == [_("Which tone?")]
    assert [run.flow for run in chat.conversation.runs] == ["several", "check", "link", "code", "note"]
    assert [run.flow for run in chat.conversation.parked] == ["return"]


def test_a_draft_put_aside_leaves_the_question_under_it() -> None:
    """Later is about one thing only."""
    chat = shop()
    chat.started("note")
    chat.started("return", order="SO-1")
    assert chat.later() == [KEPT, _("What note?")]


def test_the_oldest_of_too_many_drafts_makes_room() -> None:
    """Eleven drafts are one too many; the person is told which one went."""
    chat = shop()
    for number in range(10):
        chat.started("return", order=f"SO-{number}")
        assert chat.later() == [KEPT]
    chat.started("note")
    chat.said("mind the dog")
    lines = chat.later()
    assert lines[0] == KEPT
    assert lines[1] == _("Your oldest draft made room for it: {draft}.")(draft=Listed((_("Return"), "SO-0")))
    assert len(chat.conversation.parked) == 10


def test_a_draft_is_looked_at_after_thirty_days() -> None:
    """A flow that sends something sets a timer when it starts."""
    chat = shop()
    chat.started("return")
    assert [(r.timer, r.at.day, r.at.month) for r in chat.reminders] == [("draft:e1/return", 20, 12)]


def test_a_draft_of_thirty_days_is_removed() -> None:
    """The person is told, and is not left with nothing."""
    for leave in ("later", "back"):
        chat = shop()
        chat.started("return", order="SO-1")
        getattr(chat, leave)()
        chat.waits(days=30)
        assert chat.elapses("draft:e1/return") == [
            _("Your unfinished work was 30 days old and is removed: {draft}.")(
                draft=Listed((_("Return"), "SO-1"))
            )
        ]
        assert chat.conversation.runs == ()
        assert chat.conversation.parked == ()
        assert chat.labels == [_("Menu"), _("Talk to a person")]


def test_a_draft_touched_later_lives_longer() -> None:
    """Thirty days count from the last time somebody worked on it."""
    chat = shop()
    chat.started("return", order="SO-1")
    chat.waits(days=20)
    chat.press("Kettle")
    chat.waits(days=10)
    assert chat.elapses("draft:e1/return") == []
    assert [(r.timer, (r.at - NOON).days) for r in chat.reminders] == [("draft:e1/return", 50)]


def test_a_removed_draft_uncovers_the_question_under_it() -> None:
    """What is left open is asked again."""
    chat = shop()
    chat.started("return", order="SO-1")
    chat.waits(days=29)
    chat.started("note")
    chat.waits(days=2)
    chat.elapses("draft:e1/return")
    assert [run.flow for run in chat.conversation.runs] == ["note"]
    chat.waits(days=29)
    assert chat.elapses("draft:e2/note")[0].msgid.startswith("Your unfinished work")  # type: ignore[union-attr]


def test_a_timer_of_finished_work_is_silent() -> None:
    """Nothing is there to remove."""
    chat = at_review(shop())
    chat.press("Send")
    chat.waits(days=30)
    assert chat.elapses("draft:e1/return") == []
    assert len(chat.desk.requests(OpenReturn)) == 1


STOPPED = _("Stopped. Nothing was sent.")
KEEP = _("Keep it after all")


def test_what_was_cancelled_by_mistake_is_one_tap_away() -> None:
    """With all its answers; it must be confirmed before anything is sent."""
    chat = at_review(shop())
    facts = chat.facts
    assert chat.cancel() == [STOPPED]
    assert chat.labels == [KEEP, _("Menu"), _("Talk to a person")]
    assert chat.press(KEEP) == [_("All right?")]
    assert chat.facts == facts
    assert chat.desk.requests(OpenReturn) == []


def test_what_was_cancelled_does_not_stand_in_the_menu() -> None:
    """Stopped is stopped: only its own button brings it back, and other work removes it."""
    chat = at_review(shop())
    chat.cancel()
    stopped = chat.prompt
    chat.started("menu")
    assert chat.labels == [_("Return"), _("Note")]
    chat.press("Note")
    assert chat.conversation.cancelled is None
    assert chat.press(KEEP, on=stopped)[-1] == _("What note?")


def test_what_had_no_answers_is_simply_stopped() -> None:
    """Nothing to keep, no button for it."""
    chat = shop()
    chat.started("return")
    assert chat.cancel() == [STOPPED]
    assert chat.labels == [_("Menu"), _("Talk to a person")]


def test_two_cancels_in_one_breath_stop_one_thing() -> None:
    """The second was not meant for what came up meanwhile; a third is."""
    chat = at_review(shop())
    for typed in (True, False):
        chat.started("link")
        chat.cancel()
        lines = chat.cancel() if typed else chat.press("Cancel")
        assert lines[0] == _("“{draft}” is still open. Cancel once more to stop it too.")(draft=_("Return"))
        assert [run.flow for run in chat.conversation.runs] == ["return"]
    assert chat.cancel()[0] == STOPPED
    assert chat.desk.requests(Link) == []


def test_a_cancel_after_a_look_stops_the_next_thing() -> None:
    """Two seconds are a look."""
    chat = at_review(shop())
    chat.started("link")
    chat.cancel()
    chat.waits(seconds=3)
    assert chat.cancel() == [STOPPED]
    assert chat.conversation.runs == ()


def test_what_was_cancelled_is_forgotten_like_any_draft() -> None:
    """After thirty days, in silence."""
    chat = at_review(shop())
    chat.cancel()
    chat.waits(days=30)
    assert chat.elapses("draft:e1/return") == []
    assert chat.conversation.cancelled is None


def test_a_question_without_any_answer_is_not_kept_as_a_draft() -> None:
    """A menu full of them helps nobody."""
    chat = shop()
    chat.started("link")
    assert chat.later() == [_("Nothing was filled in yet, so there is nothing to keep.")]
    assert chat.conversation.parked == ()


def test_the_menu_lists_of_what_is_open_only_what_was_worked_on() -> None:
    """And the question right under it."""
    chat = shop()
    chat.started("return")
    chat.started("link")
    chat.started("menu")
    assert chat.labels == [_("Go on: {draft}")(draft=_("Link")), _("Return"), _("Note")]


def test_files_after_a_night_are_kept_and_the_draft_is_named() -> None:
    """The person may have meant something else by now."""
    chat = shop()
    chat.started("return", order="SO-1")
    chat.waits(hours=13)
    assert chat.sent(photo("a"))[-1] == _("You were busy with: {draft}.")(draft=Listed((_("Return"), "SO-1")))
    assert chat.labels == [_("Go on"), _("Start again"), _("Later")]
    assert [file.id for file in chat.conversation.runs[0].files] == ["a"]
