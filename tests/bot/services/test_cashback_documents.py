"""Documents that SMA asks for: photos and PDFs of this chat, kept with the device."""

from __future__ import annotations

import pytest

from bot.services import cashback_changes
from flows.engine.phrases import Phrase
from flows.engine.work import Refused
from flows.requests.cashback import RegisterDevices, SendDocuments
from storage import cashback, office
from storage.moments import micros
from storage.tables import attachments
from tests.bot.services.conftest import AMELIE, NOW, Counter

SERIAL = "3012345678"


def waiting(counter: Counter) -> str:
    """The number of a device for which SMA asks documents."""
    counter.done(RegisterDevices((SERIAL,), NOW.date().isoformat()))
    device = cashback.registered(counter.connection, [SERIAL])[SERIAL]
    cashback_changes.pass_to(counter.connection, device, "more_info", key="asks", now=micros(NOW))
    return device.number


def kept(counter: Counter, number: str) -> list[str]:
    """The documents that the desk has of a device."""
    item = office.find(counter.connection, f"cashback {number}")
    assert item
    return [file.id for file in office.files_of(counter.connection, item)]


@pytest.mark.row("SMA-08")
def test_only_photos_and_pdfs_of_this_chat_are_documents(counter: Counter) -> None:
    """Something spoken or of another chat is left out, which is said; alone it is asked for again."""
    number, photo = waiting(counter), counter.attach("photo")
    theirs, spoken = counter.attach("theirs", AMELIE), counter.attach("spoken")
    voice = attachments.update().where(attachments.c.id == spoken).values(media_type="audio/ogg")
    counter.connection.execute(voice)
    for documents in ((), (theirs,), (spoken,)):
        assert counter.ask(SendDocuments(number, documents)) == Refused("documents")
    assert kept(counter, number) == []
    said = counter.done(SendDocuments(number, (spoken, photo, theirs))).values["kept"]
    assert isinstance(said, Phrase)
    assert said.msgid.startswith("Your photos and PDFs for {number} are with our desk")
    assert kept(counter, number) == [photo]
