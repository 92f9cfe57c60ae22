"""A form is a place: work begun in it goes on in the chat and the other way round, nothing asked twice."""

from __future__ import annotations

from flows.engine.data import Started
from flows.engine.events import Continued, Left, Told
from flows.engine.outputs import Prompt, Say
from flows.engine.phrases import Phrase
from tests.flows.shop import shop
from tests.flows.talking import Chat
from tests.flows.test_forms import form, names

_ = Phrase


def moved(chat: Chat, to: str) -> Chat:
    """The person goes on there: a form of that name, or "" for the chat."""
    chat.form = to
    chat.hears(Continued())
    return chat


def closes(chat: Chat, name: str) -> Chat:
    """The person closes this form."""
    chat.form = ""
    chat.hears(Left(name))
    return chat


def filled_in() -> Chat:
    """The form up to its review."""
    chat = form(10)
    chat.filled(name="Jan", mail="jan@example.be", kind="b")
    chat.filled()
    assert chat.lines == [_("Right?")]
    return chat


def test_questions_are_asked_together_only_while_a_form_is_open() -> None:
    """The same work, moved between the two; what was answered stays."""
    chat = moved(form(10), "")
    assert names(chat) == ["name"]
    assert (chat.prompt.form, chat.prompt.title) == ("", _("Form"))
    chat.said("Jan")
    moved(chat, "f2")
    assert names(chat) == ["mail", "tags", "kind"]
    assert chat.prompt.form == "f2"
    chat.filled(mail="jan@example.be", kind="b")
    chat.filled()
    assert chat.facts["name"] == "Jan"


def test_a_form_that_is_closed_goes_on_in_the_chat() -> None:
    """With all that was sent in before."""
    chat = form(10)
    chat.filled(name="Jan", mail="jan@example.be", kind="b")
    closes(chat, "form")
    assert names(chat) == ["photos"]
    assert chat.prompt.form == ""


def test_a_form_closed_with_nothing_in_it_leaves_nothing_behind() -> None:
    """Somebody only looked."""
    chat = closes(form(10), "form")
    assert chat.outputs[1:] == []
    assert chat.conversation.runs == ()


def test_a_form_that_was_left_long_ago_changes_nothing_when_it_is_closed() -> None:
    """The person went on elsewhere."""
    chat = moved(filled_in(), "")
    closes(chat, "form")
    assert chat.outputs == []
    chat.form = "f2"
    chat.hears(Continued())
    closes(chat, "form")
    assert chat.outputs == []
    assert chat.conversation.form == "f2"


def test_what_was_done_stays_in_the_chat_and_is_the_last_thing_the_form_shows() -> None:
    """A form disappears; the confirmation may not."""
    chat = filled_in()
    chat.press("Send")
    shown = [output for output in chat.outputs if isinstance(output, Say | Prompt)]
    assert [(output.form, output.lines) for output in shown] == [
        ("", (_("Filed."),)),
        ("form", (_("Filed."),)),
    ]
    assert chat.conversation.form == ""


def test_what_is_said_in_a_form_stands_above_what_it_asks() -> None:
    """One view, not one after another."""
    chat = shop(fields=3)
    chat.started("track")
    chat.filled(order="SO-9")
    assert not [output for output in chat.outputs if isinstance(output, Say)]
    assert chat.prompt.lines == (_("Not found in your company's systems and requests."),)


def test_what_was_interrupted_is_not_asked_in_the_form_of_something_else() -> None:
    """The chat goes on where it was."""
    chat = moved(form(10), "")
    chat.said("Jan")
    chat.form = "f4"
    chat.started("form")
    chat.filled(name="Els", mail="els@example.be", kind="b")
    chat.press("Cancel")
    assert chat.conversation.form == ""
    assert [prompt.form for prompt in chat.prompts] == ["", ""]
    assert names(chat) == ["mail"]


def test_a_question_of_the_desk_leaves_an_open_form_alone() -> None:
    """It stands in the chat, with the button that answers it; the form goes on where it was."""
    chat = form(10)
    chat.hears(Told(("A photo, please.",), Started("form")))
    assert [prompt.form for prompt in chat.outputs if isinstance(prompt, Prompt)] == [""]
    assert not [said for said in chat.outputs if isinstance(said, Say)]
    chat.filled(name="Jan", mail="jan@example.be", kind="b")
    assert chat.prompt.form == "form"


def test_work_begun_again_in_a_form_is_asked_in_it() -> None:
    """After a long silence the form offers the draft; starting again leaves nobody looking at that offer."""
    chat = filled_in()
    chat.waits(hours=13)
    chat.back()
    chat.press(_("Start again"))
    assert chat.prompt.form == "form"
    assert names(chat) == ["name", "mail", "tags", "kind"]
