"""Files: at any moment, with a running total; what cannot be used is explained and nothing is lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from flows.engine.data import File
from flows.engine.language import Flow, act, review, upload
from flows.engine.phrases import Phrase, Size, Text, n_
from tests.flows.shop import FLOWS, NOTE, PERSON, RETURN, Mail, OpenReturn, shop, shop_desk
from tests.flows.talking import MEGABYTE, Chat, photo

_ = Phrase
TYPE_IT = _("I can only read text, photos and PDFs. Please type it.")
PROOF = upload("photos", _("Proof?"), title=_("Photos"), at_most=30 * MEGABYTE, optional=True)
KEPT = _("Kept. Together now: {files}.")
LISTEN = _("I cannot listen to this, but the desk can. Please type it in a few words too.")


def files(count: int, megabytes: float) -> Phrase:
    """The running total."""
    return n_("{n} file, {size}", "{n} files, {size}")(n=count, size=Size(int(megabytes * MEGABYTE)))


def damaged() -> Chat:
    """A return of something damaged, at the question for photos."""
    chat = shop()
    chat.started("return", order="SO-1", unit="kettle", reason="damaged")
    assert chat.question == _("Photos, please.")
    assert chat.labels == [_("Cancel")]
    return chat


def test_photos_answer_the_question_for_photos() -> None:
    """One message with an album, one answer."""
    chat = damaged()
    chat.sent(photo("a", 2), photo("b", 1))
    assert chat.lines == [_("How does it come back?")]
    assert [closed.chosen for closed in chat.closed] == [files(2, 3)]


@pytest.mark.row("ESM-24")
def test_photos_are_welcome_later_with_a_running_total() -> None:
    """They join the others, and the open question comes again."""
    chat = damaged()
    chat.sent(photo("a", 2))
    assert chat.sent(photo("b", 1)) == [
        KEPT(files=files(2, 3)),
        _("How does it come back?"),
    ]


def test_files_that_come_with_a_start_are_kept_as_far_as_they_can_be() -> None:
    """A request made of somebody's message: the person hears what could not be used."""
    chat = shop()
    broken = File("", "document", "list.zip", 9, "kind")
    heard = chat.started("return", photo("a"), broken, order="SO-1")
    refused = [line.msgid for line in heard if isinstance(line, Phrase) and "name" in line.gaps]
    assert refused == ["{name} is not a photo or PDF, so I did not keep it. Please send a JPEG, PNG or PDF."]
    assert [file.id for file in chat.conversation.runs[0].files] == ["a"]


def test_photos_are_welcome_before_they_are_asked_for() -> None:
    """They wait for their question, which is then not asked any more."""
    chat = shop()
    chat.started("return", order="SO-1")
    assert chat.sent(photo("a")) == [KEPT(files=files(1, 1)), _("Which unit?")]
    chat.press("Kettle")
    assert chat.press("Damaged") == [_("How does it come back?")]


def test_photos_that_turn_out_not_to_be_needed_are_not_sent() -> None:
    """A dead unit needs none."""
    chat = shop()
    chat.started("return", order="SO-1", unit="kettle")
    chat.sent(photo("a"))
    chat.press("Dead")
    chat.said("no light at all")
    chat.press("Drop-off")
    chat.skip()
    chat.press("Send")
    assert chat.desk.requests(OpenReturn)[0].photos == ()


@pytest.mark.row("ESM-24")
def test_more_than_fits_is_refused_by_name_and_the_others_are_kept() -> None:
    """30 MB in all."""
    chat = damaged()
    lines = chat.sent(photo("a", 20), photo("b", 15), photo("c", 5))
    assert lines == [
        _("{name} does not fit any more: {used} of {most} is used. The others are kept.")(
            name="b.jpg", used=Size(20 * MEGABYTE), most=Size(30 * MEGABYTE)
        ),
        _("How does it come back?"),
    ]
    assert chat.conversation.runs[0].answers["photos"].value == ("a", "c")


def test_the_same_photo_twice_counts_once() -> None:
    """A retry of the network adds nothing."""
    chat = damaged()
    chat.sent(photo("a", 20))
    chat.sent(photo("a", 20))
    assert chat.conversation.runs[0].answers["photos"].value == ("a",)


@pytest.mark.parametrize(
    ("problem", "begins"),
    [
        ("too_big", "{name} is too large"),
        ("not_readable", "{name} cannot be opened"),
        ("kind", "{name} is not a photo or PDF"),
        ("slow", "{name} took too long"),
    ],
)
def test_what_cannot_be_used_is_explained_and_asked_again(problem: str, begins: str) -> None:
    """What happened, and what to do; the question stays open."""
    chat = damaged()
    lines = chat.sent(File("a", "image", "a.svg", 5, problem))  # type: ignore[arg-type]
    assert lines[0].msgid.startswith(begins)  # type: ignore[union-attr]
    assert lines[1:] == [_("Photos, please.")]


def test_what_is_too_large_for_a_channel_is_told_with_its_limit() -> None:
    """Each platform has its own; 30 MB where it says nothing."""
    line = damaged().sent(File("a", "image", "a.jpg", 5, "too_big"))[0]
    assert isinstance(line, Phrase)
    assert line.gaps == {"name": "a.jpg", "limit": 30}


def test_the_good_ones_of_an_album_are_kept() -> None:
    """One bad photo loses nothing else."""
    chat = damaged()
    lines = chat.sent(photo("a"), File("b", "image", "b.jpg", 5, "not_readable"))
    assert lines[0].msgid.startswith("{name} cannot be opened")  # type: ignore[union-attr]
    assert lines[1:] == [_("How does it come back?")]


def test_a_spoken_message_is_kept_and_one_is_asked_to_type() -> None:
    """It is sent along, but it is no photo: the question for photos stays."""
    voice = File("v", "voice", "voice.ogg", MEGABYTE)
    chat = damaged()
    assert chat.sent(voice) == [
        LISTEN,
        KEPT(files=files(1, 1)),
        _("Photos, please."),
    ]
    chat.sent(photo("a", 1))
    assert chat.conversation.runs[0].answers["photos"].value == ("v", "a")


def test_an_early_spoken_message_does_not_answer_for_the_photos() -> None:
    """The photos are still asked for."""
    chat = shop()
    chat.started("return", order="SO-1", unit="kettle")
    chat.sent(File("v", "voice", "voice.ogg", MEGABYTE))
    assert chat.press("Damaged") == [_("Photos, please.")]


def test_a_sticker_is_answered_and_not_kept() -> None:
    """One line, and the question again."""
    chat = damaged()
    assert chat.sent(File("s", "sticker", "s.webp", 5)) == [TYPE_IT, _("Photos, please.")]


def test_a_photo_where_none_is_asked_for_goes_to_the_draft_underneath() -> None:
    """A note is being written over a return: the return takes photos."""
    chat = shop()
    chat.started("return", order="SO-1")
    chat.started("note")
    assert chat.sent(photo("a")) == [
        _("Added to “{draft}”: {files}.")(draft=_("Return"), files=files(1, 1)),
        _("What note?"),
    ]
    assert [file.id for file in chat.conversation.runs[0].files] == ["a"]


def test_a_photo_that_nothing_open_takes_is_kept_with_a_question() -> None:
    """What is it for? The open question is asked too, and words with the photo answer it."""
    desk = shop_desk()
    rma = Flow("create_rma", _("New RMA"), (), RETURN.steps)
    chat = Chat((*FLOWS, rma), desk)
    chat.started("note")
    assert chat.sent(photo("a"), text="mind the dog") == [
        _("I have your file. What is it for?"),
        _("Which tone?"),
    ]
    chat.press("New RMA", on=chat.prompts[0])
    assert [file.id for file in chat.conversation.runs[-1].files] == ["a"]


def test_photos_that_were_sent_cannot_be_skipped_away() -> None:
    """At the review they are opened once more: done, or remove all; a typed skip is done."""
    flow = Flow("proof", _("Proof"), (), (PROOF, review(_("Sure?")), act(Mail, done=_("Kept."))))
    chat = Chat((*FLOWS, flow), shop_desk())
    chat.started("proof")
    assert chat.labels == [_("Skip"), _("Cancel")]
    chat.sent(photo("a"))
    chat.redo("photos")
    assert chat.labels == [_("Done"), _("Remove all"), _("Back"), _("Cancel")]
    assert chat.skip() == [_("Sure?")]
    assert chat.facts == {"photos": files(1, 1)}


def test_files_do_not_lose_what_waits_for_room() -> None:
    """The question which may go comes again, and the start goes on after it."""
    chat = shop()
    for name in ("return", "several", "note", "link", "code"):
        chat.started(name)
    chat.started("track", order="SO-1")
    lines = chat.sent(photo("a"))
    assert lines[-1] == _("Five things are open already. Which one may go?")
    chat.press("Link")
    assert chat.conversation.runs[-1].flow == "track"


def test_words_with_a_photo_answer_the_open_question() -> None:
    """A caption is typed text; the question is asked once."""
    chat = shop()
    chat.started("return")
    assert chat.sent(photo("a"), text="SO-1") == [
        KEPT(files=files(1, 1)),
        _("Which unit?"),
    ]


def test_words_with_a_photo_that_was_asked_for_are_no_answer_to_what_comes_next() -> None:
    """*Crack at the corner* is not a street."""
    chat = damaged()
    assert chat.sent(photo("a"), text="crack at the corner") == [
        _("I kept the files, not the words with them: “{text}”")(text="crack at the corner"),
        _("How does it come back?"),
    ]


def test_words_are_asked_for_where_a_photo_is_needed() -> None:
    """Typing does not answer a question for photos."""
    chat = damaged()
    assert chat.said("later") == [_("Please send a photo or a document here."), _("Photos, please.")]


def test_chosen_photos_can_be_kept_added_to_or_removed_at_review() -> None:
    """A change of photos begins with those there are."""
    chat = damaged()
    chat.sent(photo("a"))
    chat.press("Drop-off")
    chat.skip()
    chat.redo("photos")
    assert chat.labels[:2] == [_("Done"), _("Remove all")]
    assert chat.press("Done") == [_("All right?")]
    chat.redo("photos")
    chat.sent(photo("b"))
    assert chat.lines[-1] == _("All right?")
    assert chat.facts["photos"] == files(2, 2)
    chat.redo("photos")
    assert chat.press("Remove all") == [_("Photos, please.")]
    chat.sent(photo("c", 3))
    assert chat.facts["photos"] == files(1, 3)


def test_a_photo_at_review_is_added_and_must_be_confirmed_with_the_rest() -> None:
    """The review shows the new total."""
    chat = damaged()
    chat.sent(photo("a"))
    chat.press("Drop-off")
    chat.skip()
    assert chat.sent(photo("b")) == [KEPT(files=files(2, 2)), _("All right?")]
    chat.press("Send")
    assert chat.desk.requests(OpenReturn)[0].photos == ("a", "b")


def rma() -> Chat:
    """A shop whose flow for returns has the name the engine offers for unexpected photos."""
    flow = next(flow for flow in FLOWS if flow.name == "return")
    renamed = type(flow)("create_rma", flow.title, (), flow.steps)
    return Chat((renamed, PERSON, NOTE), shop().desk)


def test_a_photo_with_nothing_open_is_asked_about_and_kept() -> None:
    """It is in the flow that its button starts."""
    chat = rma()
    assert chat.sent(photo("a"), text="no light") == [_("I have your file. What is it for?")]
    assert chat.labels == [_("Return"), _("Talk to a person")]
    chat.press("Return")
    assert [file.id for file in chat.conversation.runs[0].files] == ["a"]


def test_what_is_too_much_together_does_not_slip_in_with_a_button() -> None:
    """Sent in parts while nothing was open, or handed over by a card: the limit is the same."""
    chat = rma()
    chat.started("create_rma", photo("a", 20), photo("b", 15), order="SO-1", unit="kettle", reason="damaged")
    assert chat.lines[1].msgid.startswith("{name} does not fit any more")  # type: ignore[union-attr]
    assert chat.conversation.runs[0].answers["photos"].value == ("a",)


def test_a_bad_file_with_nothing_open_is_explained() -> None:
    """The same words as in a flow, and the ways on."""
    chat = rma()
    lines = chat.sent(File("a", "document", "a.exe", 5, "kind"))
    assert lines[0].msgid.startswith("{name} is not a photo or PDF")  # type: ignore[union-attr]
    assert chat.labels == [_("Talk to a person")]


@pytest.mark.parametrize(
    "deed",
    [
        lambda chat: chat.sent(File("s", "sticker", "s.webp", 5)),
        lambda chat: chat.sent(File("v", "voice", "v.ogg", 5)),
    ],
)
def test_what_cannot_be_read_with_nothing_open_is_answered(deed: Callable[[Chat], list[Text]]) -> None:
    """Never silence."""
    assert deed(rma()) == [TYPE_IT]
