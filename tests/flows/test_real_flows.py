"""The flows of the product with a desk of plain rules: the shape of the main conversations."""

from __future__ import annotations

import pytest

from flows.catalog import FLOWS
from flows.engine.data import File
from flows.engine.events import Said
from flows.engine.phrases import Copy, Phrase
from flows.engine.runs import asks
from flows.engine.work import Done, Page, Refused, Row, Turn
from flows.requests import (
    CreateRma,
    DevicesOf,
    FindSystems,
    OpenRmas,
    RmaCard,
    SendLinkCode,
    UnlinkChat,
    WhoIsThis,
)
from tests.flows.model_desk import reply_to
from tests.flows.talking import Chat, Desk, photo, press_kinds

_ = Phrase
WHICH_DEVICES = _("{system}: which devices? Tap them, type the serial numbers, or photograph the labels.")
SERIALS = tuple(Row(serial, Copy(serial)) for serial in ("122145001234", "122145001235"))


def installer() -> Chat:
    """A linked installer with all flows."""
    return Chat(FLOWS.values(), Desk({DevicesOf: devices}, otherwise=lambda asked: reply_to(asked, "good")))


def devices(request: DevicesOf) -> Page:
    """Two devices, faulty first."""
    if request.text:
        return Page((Row(request.text, Copy(request.text)),), exact=True)
    return Page(SERIALS)


def filed(chat: Chat) -> CreateRma:
    """The one request that was filed."""
    (request,) = chat.desk.requests(CreateRma)
    assert isinstance(request, CreateRma)
    return request


@pytest.mark.row("ESM-19", "ESM-21", "ESM-23", "ESM-27")
def test_an_rma_is_filed_with_what_the_review_showed() -> None:
    """System, device, what is seen; the rest is suggested by the desk and shown before it is sent."""
    chat = installer()
    chat.started("create_rma")
    chat.said("peeters")
    chat.press(Copy("122145001234"))
    chat.press("Done")
    chat.press("Not reporting")
    chat.said("no light since the storm")
    chat.sent(photo("p1"), photo("p2"))
    assert list(chat.facts) == [
        "system",
        "devices",
        "fault",
        "description",
        "subject",
        "photos",
        "address",
        "contact",
    ]
    assert chat.desk.requests(CreateRma) == []
    chat.press("Send")
    assert filed(chat) == CreateRma(
        system="peeters",
        devices=("122145001234",),
        fault="not_reporting",
        description="no light since the storm",
        subject="row 0",
        address="row 0",
        contact="row 0",
        photos=("p1", "p2"),
    )
    assert chat.labels[0] == _("Track")


@pytest.mark.row("ESM-21")
def test_everything_known_from_a_card_is_not_asked_again() -> None:
    """From the card of a system the first question is about its devices."""
    chat = installer()
    chat.started("search_systems", system="peeters")
    chat.press("New RMA")
    assert chat.question == WHICH_DEVICES(system=Copy("peeters"))


def test_an_unreadable_label_asks_for_its_photo() -> None:
    """And the photo goes to the desk as that of the label."""
    chat = installer()
    chat.started("create_rma", system="peeters")
    chat.press("Label unreadable")
    chat.sent(photo("label"))
    chat.press("Damaged")
    chat.skip()
    chat.skip()
    chat.press("Send")
    assert filed(chat).devices == ("unreadable",)
    assert filed(chat).label_photo == ("label",)


def test_a_photo_after_that_of_the_label_is_a_photo_of_the_fault() -> None:
    """It goes where none is yet."""
    chat = installer()
    chat.started("create_rma", system="peeters")
    chat.press("Label unreadable")
    chat.sent(photo("label"))
    chat.sent(photo("burnt"))
    chat.press("Damaged")
    chat.skip()
    chat.sent(photo("roof"))
    chat.press("Send")
    assert (filed(chat).label_photo, filed(chat).photos) == (("label",), ("burnt", "roof"))


def test_a_colleague_who_was_first_is_shown_before_anything_is_filed_twice() -> None:
    """The desk refuses; what is open now is shown, and filed is only what the person then confirms."""
    chat = installer()
    chat.started("create_rma", system="peeters", devices="122145001234", fault="other")
    chat.skip()
    chat.skip()
    chat.desk.answers[CreateRma] = lambda request: Refused("already_open")
    chat.desk.answers[OpenRmas] = lambda request: Page((Row("00517624", Copy("00517624")),))
    assert chat.press("Send") == [
        FLOWS["create_rma"].steps[-1].refused["already_open"].text,  # type: ignore[union-attr]
        _("For this, a request is open already:"),
        Copy("00517624"),
    ]
    chat.desk.answers[CreateRma] = lambda request: Done(dict.fromkeys(CreateRma.gaps, "00517625"))
    chat.press("New anyway")
    chat.press("Send")
    assert chat.desk.requests(CreateRma)[-1].already_open == ("00517624",)
    assert len(set(chat.desk.keys(CreateRma))) == 2


def test_another_serial_at_review_is_checked_again() -> None:
    """Whether something is open depends on the devices."""
    chat = installer()
    chat.started("create_rma", system="peeters", devices="122145001234", fault="other")
    chat.skip()
    chat.skip()
    chat.redo("devices")
    chat.press(Copy("122145001235"))
    chat.press("Done")
    chat.press("Send")
    assert [request.devices for request in chat.desk.requests(OpenRmas)] == [
        ("122145001234",),
        ("122145001234", "122145001235"),
    ]
    assert filed(chat).devices == ("122145001234", "122145001235")


@pytest.mark.row("ESM-24")
def test_thirty_megabytes_are_the_most() -> None:
    """The third photo of twelve does not fit; the two others are filed."""
    chat = installer()
    chat.started("create_rma", system="peeters", devices="122145001234", fault="other")
    chat.skip()
    chat.sent(photo("a", 12), photo("b", 12), photo("c", 12))
    assert chat.lines[0].msgid.startswith("{name} does not fit")  # type: ignore[union-attr]
    chat.press("Send")
    assert filed(chat).photos == ("a", "b")


@pytest.mark.row("ESM-22")
def test_a_voice_message_goes_along_and_the_words_are_asked_for() -> None:
    """The desk can listen; the description is still typed."""
    chat = installer()
    chat.started("create_rma", system="peeters", devices="122145001234", fault="other")
    asked = chat.question
    chat.sent(File("v", "voice", "voice.ogg", 1000))
    assert chat.question == asked
    chat.said("it hums")
    chat.sent(photo("p"))
    chat.press("Send")
    assert filed(chat).photos == ("v", "p")


def test_a_system_that_is_not_found_offers_the_ways_on() -> None:
    """Request access with the words typed, or go on without a system."""
    chat = installer()
    chat.desk.answers[FindSystems] = lambda request: Page()
    chat.started("create_rma")
    chat.said("Janssens")
    assert _("Request access") in chat.labels
    assert _("Without a system") in chat.labels
    chat.press("Request access")
    assert chat.facts == {"wanted": "Janssens"}


@pytest.mark.row("ESM-02")
def test_a_stranger_links_in_the_middle_and_goes_on() -> None:
    """What they came for is not lost."""
    chat = installer()
    chat.desk.answers[FindSystems] = lambda request: Refused("unlinked")
    chat.started("create_rma", system="peeters")
    assert [run.flow for run in chat.conversation.runs] == ["create_rma", "link"]
    chat.said("ABCD-EFGH")
    del chat.desk.answers[FindSystems]
    chat.press("Link")
    assert chat.question == WHICH_DEVICES(system=Copy("peeters"))


@pytest.mark.row("ESM-02")
def test_a_wrong_address_is_mended_and_the_code_goes_to_the_right_one() -> None:
    """Back to the address is another mail, not the same one again."""
    chat = installer()
    chat.started("link_code")
    chat.said("jan@exmaple.be")
    chat.back()
    chat.said("jan@example.be")
    assert [request.email for request in chat.desk.requests(SendLinkCode)] == [
        "jan@exmaple.be",
        "jan@example.be",
    ]


def test_a_review_with_nothing_to_change_offers_no_change() -> None:
    """Unlinking asks one thing: sure?"""
    chat = installer()
    chat.started("unlink")
    assert "change" not in press_kinds(chat.prompt)
    chat.press("Unlink")
    assert chat.desk.requests(UnlinkChat) == [UnlinkChat()]


@pytest.mark.row("ESM-14")
def test_a_card_turns_to_its_blocks_and_stays_one_message() -> None:
    """Each block takes the place of the one before."""
    chat = installer()
    chat.desk.answers[RmaCard] = lambda request: Page(
        lines=(request.cursor or "header",), turns=(Turn(_("Notes"), "notes"), Turn(_("Summary"), ""))
    )
    chat.started("track_rma", rma="00517624")
    card = chat.prompt
    chat.press("Notes")
    assert (chat.lines[-1], chat.prompt.replaces) == ("notes", card.token)


@pytest.mark.parametrize("flow", sorted(FLOWS))
def test_every_flow_can_be_left_at_its_first_question(flow: str) -> None:
    """One command, and there is something to press."""
    chat = installer()
    chat.started(flow)
    chat.cancel()
    assert chat.conversation.runs == ()
    assert chat.labels


@pytest.mark.parametrize("flow", sorted(FLOWS))
def test_every_flow_bears_nonsense_at_every_question(flow: str) -> None:
    """Whatever is typed at the first question, there is a question or a card to go on with."""
    for words in ("", " ", "\n", "x" * 100_000, "🙃", "‮abc"):
        chat = installer()
        chat.started(flow)
        chat.hears(Said(words))
        top = chat.conversation.runs[-1:]
        assert chat.prompts or (top and asks(FLOWS, top[0]))


def test_the_menu_asks_the_desk_who_this_is() -> None:
    """What is offered depends on it."""
    chat = installer()
    chat.started("menu")
    assert len(chat.desk.requests(WhoIsThis)) == 1
