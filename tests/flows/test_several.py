"""Several values in one answer: rows tapped, serials typed, problems line by line, pages."""

from __future__ import annotations

from msgspec import structs

from flows.engine.events import Filled, Pressed
from flows.engine.phrases import Copy, Lines, Listed, Phrase
from tests.flows.shop import Recall, Serials, shop
from tests.flows.talking import button, buttons, photo

_ = Phrase


def test_rows_are_tapped_one_by_one_and_then_done() -> None:
    """A tapped row is marked; done takes them all."""
    chat = shop()
    chat.started("several")
    assert _("Done") not in chat.labels
    chat.press(Copy("111"))
    assert button(chat.prompt, Copy("111")).picked
    chat.press(Copy("222"))
    chat.press("Done")
    assert chat.facts == {"devices": Lines((Copy("111"), Copy("222")))}
    chat.press("Send")
    assert chat.desk.requests(Recall) == [Recall(("111", "222"))]


def test_a_tap_on_a_marked_row_puts_it_back() -> None:
    """One can change one's mind."""
    chat = shop()
    chat.started("several")
    chat.press(Copy("111"))
    chat.press(Copy("111"))
    assert not button(chat.prompt, Copy("111")).picked
    assert _("Done") not in chat.labels


def test_rows_may_be_tapped_faster_than_they_are_drawn() -> None:
    """Taps on the list as it was a moment ago still count, and none counts twice."""
    chat = shop()
    chat.started("several")
    first = chat.prompt
    chat.press(Copy("111"), on=first)
    chat.press(Copy("222"), on=first)
    chat.press(Copy("111"), on=first)
    assert [shown.label for shown in buttons(chat.prompt) if shown.picked] == [Copy("111"), Copy("222")]
    assert chat.prompts[0].replaces


def test_typed_serials_are_accepted_together() -> None:
    """All of them fit, so the question is answered."""
    chat = shop()
    chat.started("several")
    chat.said("111 333")
    assert chat.facts == {"devices": Lines((Copy("111"), Copy("333")))}


def test_what_is_not_accepted_is_explained_on_its_own_line() -> None:
    """The good ones are kept, the question stays open."""
    chat = shop()
    chat.started("several")
    assert chat.said("111 999 888") == [
        _("{word} is unknown.")(word="999"),
        _("{word} is unknown.")(word="888"),
        _("Which devices?"),
    ]
    assert button(chat.prompt, Copy("111")).picked
    chat.said("222")
    assert chat.facts == {"devices": Lines((Copy("111"), Copy("222")))}


def test_the_same_serial_twice_is_one() -> None:
    """Typing what is tapped already adds nothing."""
    chat = shop()
    chat.started("several")
    chat.press(Copy("111"))
    chat.said("111 111 222")
    assert chat.facts == {"devices": Lines((Copy("111"), Copy("222")))}


def test_what_was_picked_survives_another_page() -> None:
    """One list, seen in parts."""
    chat = shop()
    chat.started("several")
    chat.press(Copy("111"))
    page = chat.prompt
    chat.press("More")
    assert chat.prompt.replaces == page.token
    assert [shown.label for shown in buttons(chat.prompt)][:2] == [Copy("333"), Copy("111")]
    chat.press(Copy("333"))
    chat.press("First")
    chat.press("Done")
    assert chat.facts == {"devices": Lines((Copy("111"), Copy("333")))}


def test_what_is_chosen_in_a_form_survives_another_page() -> None:
    """Nothing was sent in yet: the press says what stands there. What is taken away there is gone."""
    chat = shop()
    chat.started("several")
    first, second = (button(chat.prompt, Copy(serial)).index for serial in ("111", "222"))
    more = button(chat.prompt, "More").index
    chat.hears(Pressed(chat.prompt.token, more, {"devices": (first, second), "other": (0,)}))
    assert [shown.label for shown in buttons(chat.prompt) if shown.picked] == [Copy("111"), Copy("222")]
    kept = button(chat.prompt, Copy("222")).index
    chat.hears(Pressed(chat.prompt.token, button(chat.prompt, "First").index, {"devices": (kept,)}))
    chat.press("Done")
    assert chat.facts == {"devices": Copy("222")}


def test_labels_photographed_in_a_form_are_read_beside_what_is_picked_and_typed() -> None:
    """Shown ticked, to be looked over; a photo with no serial on it takes nothing away."""
    chat = shop(fields=3)
    chat.started("several")
    assert chat.prompt.fields[0].labels
    first = button(chat.prompt, Copy("111")).index
    label = structs.replace(photo("label"), codes=("222",))
    chat.hears(Filled(chat.prompt.token, {"devices": "333"}, {"devices": (first,)}, (label,)))
    assert _("Read on the photo: {serials}")(serials=Listed((Copy("222"),))) in chat.lines
    ticked = {shown.label for shown in buttons(chat.prompt) if shown.picked}
    assert ticked == {Copy("111"), Copy("222"), Copy("333")}
    picked = tuple(shown.index for shown in buttons(chat.prompt) if shown.picked)
    chat.hears(Filled(chat.prompt.token, {}, {"devices": picked}, (photo("dark"),)))
    assert {shown.label for shown in buttons(chat.prompt) if shown.picked} == ticked
    picked = tuple(shown.index for shown in buttons(chat.prompt) if shown.picked)
    chat.hears(Filled(chat.prompt.token, {}, {"devices": picked}))
    chat.press("Send")
    assert [set(asked.devices) for asked in chat.desk.requests(Recall)] == [{"111", "222", "333"}]


def test_a_fixed_option_is_added_to_what_was_picked() -> None:
    """One readable label and one unreadable: both are said."""
    chat = shop()
    chat.started("several")
    chat.press(Copy("111"))
    chat.press("Unreadable")
    chat.press("Send")
    assert chat.desk.requests(Recall) == [Recall(("111", "unreadable"))]


def test_chosen_rows_can_be_taken_away_at_review() -> None:
    """A change begins with what was chosen."""
    chat = shop()
    chat.started("several")
    chat.said("111 222")
    chat.redo("devices")
    chat.press(Copy("111"))
    chat.press("Done")
    chat.press("Send")
    assert chat.desk.requests(Recall) == [Recall(("222",))]


def test_a_search_with_more_than_one_find_shows_them() -> None:
    """Ambiguous words are no answer; where they find all that was shown, the list stays as it was."""
    chat = shop()
    chat.started("track")
    assert chat.said("SO") == [_("Please use one of the buttons."), _("Which order?")]
    assert chat.labels == ["SO-1", "SO-2", _("Cancel")]


def test_words_known_beforehand_with_more_than_one_find_show_them() -> None:
    """Show all leads back to the whole list."""
    chat = shop()
    assert chat.started("track", order="SO") == [_("Which order?")]
    assert chat.labels == ["SO-1", "SO-2", _("Show all"), _("Cancel")]
    chat.press("Show all")
    assert chat.labels == ["SO-1", "SO-2", _("Cancel")]


def test_a_search_that_finds_nothing_says_so_and_offers_what_can_be_done() -> None:
    """The list stays as it was shown, and the words searched for go along."""
    chat = shop()
    chat.started("track")
    assert chat.said("SO-9") == [
        _("Not found in your company's systems and requests."),
        _("Which order?"),
    ]
    assert chat.labels == ["SO-1", "SO-2", _("Ask for it"), _("Cancel")]
    chat.press("Ask for it")
    assert chat.lines == [_("Which tone?")]
    assert [run.flow for run in chat.conversation.runs] == ["note"]


def test_only_exact_words_are_an_answer() -> None:
    """A list of one row is still a question: nobody typed that name."""
    chat = shop()
    lone = chat.desk.answers[Serials](Serials("111"))
    chat.desk.answers[Serials] = lambda request: lone
    assert chat.started("several") == [_("Which devices?")]
