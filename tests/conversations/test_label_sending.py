"""The label of a return goes to who packs it: a colleague in their own chat and by mail, another mailbox."""

from __future__ import annotations

import email.policy
from email.message import EmailMessage

import pypdfium2
import pytest
import zxingcpp
from sqlalchemy import Connection

from bot.enclosures.maker import Maker
from bot.services.mail import Server, message
from bot.services.return_parcels import pass_to
from flows.engine.enclosures import ReturnLabel
from storage import colleagues, mails, people
from storage.mails import Mail
from storage.moments import micros
from storage.people import Installer
from tests.conversations.chats import Chat, World
from tests.conversations.journeys import RETURN
from tests.conversations.sample import Sample
from tests.conversations.test_returns import collected, handed, parcels

LOCALES = pytest.mark.parametrize("locale", ["nl", "fr", "en"])
LABEL_TO = {
    "nl": "label naar een collega",
    "fr": "étiquette à un collègue",
    "en": "send the label to a colleague",
}
ELSEWHERE = "depot@elsewhere.example"


def announced(world: World, locale: str) -> tuple[Chat, str, str]:
    """Somebody announced a return; its number, and what its label says to a scanner."""
    rma = Sample(world, locale).rmas("approved")[0]
    chat = collected(world.chat(locale).says(RETURN[locale].format(rma.number))).presses("Announce")
    [parcel] = parcels(world, rma)
    return chat, parcel.number, f"R{parcel.number}-{rma.number}"


def colleague_of(world: World, locale: str) -> Installer:
    """Somebody else at the company of this language."""

    def find(connection: Connection) -> Installer:
        me = people.with_email(connection, Sample(world, locale).email)
        assert me
        return next(one for one in colleagues.of_company(connection, me.company) if one.id != me.id)

    return world.run(world.app.uow.read(find))


def letters(world: World, address: str) -> list[Mail]:
    """What was written to this mailbox with something enclosed."""
    every = world.run(world.app.uow.read(lambda connection: mails.latest(connection, 50)))
    return [mail for mail in every if mail.recipient == address and mail.enclosed]


def posted(world: World, mail: Mail) -> EmailMessage:
    """The letter as it goes to the mail server."""
    made = message(mail, Server("localhost"), Maker(world.app.folder).made)
    return email.message_from_bytes(bytes(made), policy=email.policy.default)


def scanned(pdf: bytes) -> set[str]:
    """What a scanner reads on a label."""
    document = pypdfium2.PdfDocument(pdf)
    found = {code.text for code in zxingcpp.read_barcodes(document[0].render(scale=3).to_pil())}
    document.close()
    return found


@pytest.mark.row("ESM-32")
@LOCALES
def test_a_colleague_gets_the_label_in_their_chat_and_by_mail(world: World, locale: str) -> None:
    """Two taps; the same code to scan in both, in the words of the colleague, once."""
    to = colleague_of(world, locale)
    theirs = world.chat(locale, to.email)
    chat, number, code = announced(world, locale)
    chat.starts("track_return", parcel=number).presses("Send to a colleague").presses(to.name)
    chat.sees("The label is on its way to {name}.", to.name)
    theirs.hears().sees("{name} sends you the label of return {number}", number)
    assert scanned(handed(theirs)) == {code}
    [letter] = letters(world, to.email)
    made = posted(world, letter)
    [attached] = made.iter_attachments()
    assert (attached.get_filename(), attached.get_content_type()) == (f"{code}.pdf", "application/pdf")
    assert scanned(attached.get_content()) == {code}
    body = made.get_body()
    assert body
    assert body["Content-Language"] == to.language


@pytest.mark.row("ESM-32")
@LOCALES
def test_a_mailbox_outside_the_company_is_looked_at_once_more(world: World, locale: str) -> None:
    """Nothing leaves before that; it arrives by mail in the format that was shown, and in no chat."""
    chat, number, code = announced(world, locale)
    chat.starts("return_label", parcel=number, format="qr").presses("Send to a colleague")
    chat.says("not a mailbox").sees("Nobody of that name works here.")
    chat.says("half@").sees("That does not look like an e-mail address.")
    chat.says(ELSEWHERE).sees("Please look at the address again:", "{address} is nobody of your company.")
    assert letters(world, ELSEWHERE) == []
    chat.presses("Send it there").sees("The label is on its way to {name}.", ELSEWHERE)
    [letter] = letters(world, ELSEWHERE)
    assert isinstance(letter.enclosed, ReturnLabel)
    assert (letter.enclosed.code, letter.enclosed.format) == (code, "qr")
    assert "Show it when the boxes are handed over." in str(letter.body)


@LOCALES
def test_it_is_asked_for_in_words_too(world: World, locale: str) -> None:
    """Of which return, to whom, and in which format."""
    to = colleague_of(world, locale)
    chat, number, _code = announced(world, locale)
    chat.says(LABEL_TO[locale]).presses(number).says(to.name.split()[0].lower())
    chat.sees("How do they want the label?").presses("A6, label printer")
    chat.sees("The label is on its way to {name}.", to.name)
    [letter] = letters(world, to.email)
    assert isinstance(letter.enclosed, ReturnLabel)
    assert letter.enclosed.format == "a6"


def test_the_mailbox_of_a_colleague_is_that_colleague(world: World) -> None:
    """No second look, and their chat gets it too; one's own mailbox is oneself."""
    to = colleague_of(world, "nl")
    chat, number, _code = announced(world, "nl")
    chat.starts("send_label", parcel=number, format="a6").says(to.email.upper()).sees(to.name)
    assert len(letters(world, to.email)) == 1
    mine = Sample(world, "nl").email
    chat.starts("send_label", parcel=number, format="a6").says(mine).sees(mine)
    assert len(letters(world, mine)) == 1


def test_tapped_twice_and_after_a_restart_it_is_sent_once(world: World) -> None:
    """A choice of yesterday still counts, once."""
    to = colleague_of(world, "en")
    chat, number, _code = announced(world, "en")
    chat.starts("send_label", parcel=number, format="a4")
    prompt = chat.prompt
    world.restart()
    place = [str(option.label) for option in prompt.fields[0].options].index(to.name)
    button = prompt.fields[0].options[place].index
    chat.press_at(prompt.token, button).sees("The label is on its way")
    chat.press_at(prompt.token, button)
    assert len(letters(world, to.email)) == 1


def test_nobody_sends_the_label_of_another_company_nor_to_its_people(world: World) -> None:
    """The return is not found; a foreign colleague is nobody, whatever their number."""
    chat, number, _code = announced(world, "nl")
    foreign = colleague_of(world, "fr")
    stranger = world.chat("fr")
    stranger.starts("send_label", parcel=number, receiver=ELSEWHERE, format="a4")
    stranger.sees("Not found in your returns.")
    chat.starts("send_label", parcel=number, receiver=str(foreign.id), format="a4")
    chat.sees("Nobody of that name works here.")
    assert letters(world, ELSEWHERE) == letters(world, foreign.email) == []


def test_who_left_meanwhile_gets_nothing(world: World) -> None:
    """The question comes back, with those who still work there."""
    to = colleague_of(world, "nl")
    chat, number, _code = announced(world, "nl")
    chat.starts("send_label", parcel=number, format="a4")
    world.run(world.app.uow.write(lambda c: colleagues.change(c, to.id, {"active": False})))
    chat.presses(to.name).sees("The label cannot go there.")
    assert to.name not in chat.labels()
    assert letters(world, to.email) == []


def test_a_return_that_arrived_needs_no_label(world: World) -> None:
    """Neither here nor elsewhere."""
    chat, number, _code = announced(world, "nl")
    [parcel] = parcels(world, Sample(world, "nl").rmas("approved")[0])
    now = micros(world.clock.now())
    world.run(world.app.uow.write(lambda c: pass_to(c, parcel, "received", key="test", now=now)))
    chat.hears().starts("send_label", parcel=number, receiver=ELSEWHERE, format="a4").presses("Send it there")
    chat.sees("This return was received already")
    chat.starts("track_return", parcel=number)
    assert "Send to a colleague" not in chat.labels()


def test_in_practice_no_letter_leaves(world: World) -> None:
    """A real mailbox is not written to about an invented return."""
    chat = world.chat("nl").says("oefenen")
    chat.starts("initiate_return")
    chat.presses(chat.prompt.fields[0].options[0].label)
    collected(chat).presses("Announce").presses("Send to a colleague").says(ELSEWHERE)
    chat.presses("Send it there").sees("The label is on its way to {name}.")
    assert letters(world, ELSEWHERE) == []
