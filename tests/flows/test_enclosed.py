"""Pictures and files: handed out once, before what they belong to, and never instead of a way on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flows.engine.data import Request
from flows.engine.enclosures import Chart, Kept
from flows.engine.language import Action, Flow, act, choose, lookup, review, show
from flows.engine.outputs import Prompt, Say
from flows.engine.phrases import Phrase
from flows.engine.work import Done, Page, Reply, Row, Turn
from tests.flows.talking import Chat, Desk

_ = Phrase
RING = Chart("RMA", (), "Three are open")
PAPER = Kept("a1", "label.pdf", "document", 9, "The label")


class Look(Request, frozen=True, tag="enclosed_look"):
    """A card with a picture on its first block."""

    cursor: str = ""


class Make(Request, frozen=True, tag="enclosed_make"):
    """Something that is done, with a paper."""


def look(asked: Look) -> Page:
    return Page(lines=("numbers",), turns=(Turn("More", "2"),), enclosed=() if asked.cursor else (RING,))


def chat(flow: Flow) -> Chat:
    """A chat with one flow, at a desk that hands things out."""
    answers: Mapping[type[Any], Callable[[Any], Reply]] = {
        Look: look,
        Make: lambda _asked: Done(enclosed=(PAPER,)),
    }
    return Chat([flow], Desk(answers))


def handed_out(chat: Chat) -> list[Say]:
    return [output for output in chat.outputs if isinstance(output, Say) and output.enclosed]


CARD = Flow(
    "card", _("Card"), (), (show("card", _("Card"), rows=lookup(Look), actions=(Action(_("On"), "card"),)),)
)


def test_a_picture_comes_before_its_card_and_says_what_it_shows() -> None:
    """The words are there for who cannot see it."""
    shown = chat(CARD)
    shown.started("card")
    assert [type(output) for output in shown.outputs] == [Say, Prompt]
    assert shown.outputs[0] == Say(("Three are open",), enclosed=RING)


def test_turning_to_another_block_hands_nothing_out_again() -> None:
    """Only what the desk encloses with that block."""
    shown = chat(CARD)
    shown.started("card")
    shown.press("More")
    assert handed_out(shown) == []


def test_asking_again_what_is_on_screen_hands_nothing_out_again() -> None:
    """The card stands there, and its picture above it."""
    shown = chat(CARD)
    shown.started("card")
    shown.said("gibberish")
    assert handed_out(shown) == []


def test_what_was_done_is_said_after_its_paper() -> None:
    """And a paper alone leaves nobody without a way on."""
    steps = (
        choose("what", _("What?"), title=_("What"), options={"a": _("A")}),
        review(_("Sure?")),
        act(Make, done=_("Done.")),
    )
    shown = chat(Flow("make", _("Make"), (), steps))
    shown.started("make")
    shown.press("A")
    shown.press("Send")
    paper, news = shown.outputs[-3], shown.outputs[-2]
    assert isinstance(paper, Say)
    assert paper.enclosed == PAPER
    assert isinstance(news, Prompt)
    assert news.lines == (_("Done."),)


def test_rows_may_come_with_a_picture() -> None:
    """A question with rows has one above it."""

    class Rows(Request, frozen=True, tag="enclosed_rows"):
        """Rows with a picture."""

        text: str = ""
        cursor: str = ""

    steps = (choose("row", _("Which?"), lookup(Rows), title=_("Row")),)
    page = Page(rows=(Row("1", "One"), Row("2", "Two")), lines=("Two of two",), enclosed=(RING,))
    shown = Chat([Flow("rows", _("Rows"), (), steps)], Desk({Rows: lambda _asked: page}))
    shown.started("rows")
    assert len(handed_out(shown)) == 1
    assert shown.prompt.lines == ("Two of two",)
