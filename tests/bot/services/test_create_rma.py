"""Filing an RMA: everything in one go, once, and never unseen beside an open one."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, select

from bot.services.desk import EmbeddedDesk
from flows.engine.phrases import Copy, Lines, Listed, Phrase, _
from flows.engine.work import Done, Refused, Reply
from flows.requests import CreateRma, DeliveryAddresses, OpenRmas, SiteContacts
from storage import mails, request_tables, rma_parts, rmas
from storage.unit_of_work import open_engine
from tests.bot.services.conftest import AMELIE, ELS, JAN, PEETERS, STRANGER, Counter

OPEN_SERIAL = "122145001234"
"""Jan has 00517624 open for this one."""
NEW_SERIAL = "122145009876"
ADDRESS = "Kerkstraat 12, 3000 Leuven"


def request(devices: Iterable[str] = (NEW_SERIAL,), **changes: Any) -> CreateRma:
    """A complete request."""
    fields: dict[str, Any] = {
        "system": PEETERS,
        "devices": tuple(devices),
        "fault": "not_reporting",
        "description": "na storm",
        "subject": "Microinverter Reporting",
        "address": ADDRESS,
        "contact": "me",
    }
    return CreateRma(**{**fields, **changes})


def rows(connection: Connection, number: str) -> dict[str, Any]:
    """The stored RMA."""
    found = (
        connection.execute(select(request_tables.rmas).where(request_tables.rmas.c.number == number))
        .mappings()
        .one()
    )
    return dict(found)


@pytest.mark.row("ESM-27", "ESM-48")
def test_an_rma_gets_a_number_and_says_who_holds_it(counter: Counter) -> None:
    """Eight digits with leading zeros, and not a word about the manufacturer having it."""
    done = counter.done(request())
    assert done.values == {
        "rma": "00517625",
        "number": Copy("00517625"),
        "holder": _("with our desk, not yet with Enphase"),
        "mail": _("You also get an e-mail with the details."),
        "system": PEETERS,
    }


def test_everything_that_was_said_is_on_it(counter: Counter) -> None:
    """The address in words, the person as contact, the devices with what they are, the history, a case."""
    photo, label = counter.attach("p1"), counter.attach("p2")
    serial = counter.serials_of(PEETERS)[-1]
    done = counter.done(request((serial, NEW_SERIAL), photos=(photo,), label_photo=(label,)))
    number = str(done.values["rma"])
    rma = rows(counter.connection, number)
    assert rma["shipping_address"] == ADDRESS
    assert rma["contact"] == "Els Wouters, +32 470 55 01 02"
    assert rma["status"] == "in_progress"
    lines = rma_parts.lines_of(counter.connection, number)
    assert [(line.serial, bool(line.product)) for line in lines] == [(serial, True), (NEW_SERIAL, False)]
    assert rma_parts.files_on(counter.connection, number) == {photo, label}
    assert [line.event for line in rma_parts.history_of(counter.connection, number)] == ["created"]
    case = counter.connection.execute(
        select(request_tables.cases.c.number).where(request_tables.cases.c.number == rma["case_number"])
    ).scalar_one()
    assert case == "03664347"


def test_numbers_follow_each_other(counter: Counter) -> None:
    """No number is given twice or left out."""
    numbers = [str(counter.done(request((str(122145000000 + n),))).values["rma"]) for n in range(3)]
    assert numbers == ["00517625", "00517626", "00517627"]


def test_the_same_key_is_the_same_rma(counter: Counter) -> None:
    """What comes twice under one key is filed once and answered alike."""
    first = counter.done(request(), key="once")
    again = counter.done(request(), key="once")
    assert again == first
    assert len(mails.latest(counter.connection, 10)) == 1


def test_a_label_nobody_can_read_needs_no_serial(counter: Counter) -> None:
    """The photo stands for it; the line stays empty until the desk knows more."""
    label = counter.attach("label")
    done = counter.done(request(("unreadable",), label_photo=(label,), system="none"))
    assert done.values["system"] == ""
    (line,) = rma_parts.lines_of(counter.connection, str(done.values["rma"]))
    assert line.serial == ""


@pytest.mark.row("ESM-27")
def test_a_confirmation_is_on_its_way_with_the_details(counter: Counter) -> None:
    """One letter to the person, in phrases, so that it can be said in their language."""
    number = counter.done(request()).values["rma"]
    (mail,) = mails.latest(counter.connection, 10)
    assert mail.recipient == "els.wouters@zonnebouw.example"
    assert mail.locale == "nl"
    assert isinstance(mail.body, Lines)
    told = {item.msgid: item.gaps for item in mail.body.items if isinstance(item, Phrase)}
    holder = _("with our desk, not yet with Enphase")
    assert told["RMA {number} is {holder}."] == {"number": number, "holder": holder}
    assert "Peeters" in str(told["System: {system}"]["system"])
    assert told["Devices: {devices}"] == {"devices": Listed((Copy(NEW_SERIAL),))}
    assert told["Subject: {subject}"] == {"subject": "Microinverter Reporting"}
    assert told["Delivery address: {address}"] == {"address": ADDRESS}


def test_an_open_rma_of_the_company_is_not_filed_again_unseen(counter: Counter) -> None:
    """The open one is named; who has seen it may file all the same."""
    reply = counter.ask(request((OPEN_SERIAL,)))
    assert reply == Refused("already_open", {"numbers": Listed((Copy("00517624"),))})
    counter.done(request((OPEN_SERIAL,), already_open=("00517624",)))


def test_more_open_ones_than_a_page_shows_never_stand_in_the_way(counter: Counter) -> None:
    """Ten are shown, the latest; who saw those may file another, and a newer one is still asked about."""
    for _turn in range(12):
        counter.done(request((OPEN_SERIAL,), already_open=seen(counter)))
    assert len(seen(counter)) == 10
    before = seen(counter)
    newer = counter.done(request((OPEN_SERIAL,), already_open=before)).values["rma"]
    reply = counter.ask(request((OPEN_SERIAL,), already_open=before))
    assert reply == Refused("already_open", {"numbers": Listed((Copy(str(newer)),))})


def seen(counter: Counter) -> tuple[str, ...]:
    """The open ones that are shown for this device."""
    return tuple(row.id for row in counter.page(OpenRmas((OPEN_SERIAL,))).rows)


def test_an_rma_of_another_company_for_the_same_serial_is_not_mentioned(counter: Counter) -> None:
    """What others have open is theirs; it neither shows nor stops anything."""
    assert counter.page(OpenRmas((OPEN_SERIAL,)), AMELIE).rows == ()
    own = counter.system_of(AMELIE)
    counter.done(request((OPEN_SERIAL,), system=own), AMELIE)


def test_a_closed_rma_stops_nothing(counter: Counter) -> None:
    """Once it is cancelled, the same device can be filed again."""
    rmas.change(counter.connection, "00517624", {"status": "cancelled"})
    assert counter.page(OpenRmas((OPEN_SERIAL,))).rows == ()
    counter.done(request((OPEN_SERIAL,)))


def test_what_is_open_is_shown_with_status_and_colleague(counter: Counter) -> None:
    """Number, status, first name and the device are what one needs to decide."""
    (row,) = counter.page(OpenRmas((OPEN_SERIAL, NEW_SERIAL))).rows
    assert row.id == "00517624"
    assert row.label == _("{number}: {status}, {colleague}\n{serials}")(
        number=Copy("00517624"),
        status=_("In progress"),
        colleague="Jan",
        serials=Lines((Copy(OPEN_SERIAL),)),
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"system": "709999999"},
        {"address": "a:999"},
        {"address": "Postbus 12, 3000 Leuven"},
        {"contact": "c:999"},
        {"subject": "Something I made up"},
    ],
)
def test_what_does_not_fit_is_not_filed(counter: Counter, changes: dict[str, str]) -> None:
    """An unknown system, a stored address that is not there, a PO box, a subject that does not exist."""
    before = rmas.latest(counter.connection, 1, 0, 50)
    assert counter.ask(request(**changes)) == Refused("not_found")
    assert rmas.latest(counter.connection, 1, 0, 50) == before


def test_only_photos_of_this_chat_are_taken_along(counter: Counter) -> None:
    """A photo that somebody else sent cannot be attached by its name."""
    theirs = counter.attach("theirs", AMELIE)
    done = counter.done(request(photos=(theirs, "no-such-file")))
    assert rma_parts.files_on(counter.connection, str(done.values["rma"])) == set()


def test_who_is_not_linked_files_nothing(counter: Counter) -> None:
    """A stranger is asked to link the chat first."""
    assert counter.ask(request(), STRANGER) == Refused("unlinked")


def test_the_last_choices_are_offered_first_next_time(counter: Counter) -> None:
    """A new address and the contact used last come back as the ones to take without asking."""
    stored = counter.page(DeliveryAddresses())
    assert stored.default == stored.rows[0].id
    counter.done(request(contact="Magda Peeters, 0470 00 11 22"))
    addresses, contacts = counter.page(DeliveryAddresses()), counter.page(SiteContacts())
    assert addresses.default == ADDRESS
    assert contacts.default == "Magda Peeters, 0470 00 11 22"
    assert len(addresses.rows) == len(stored.rows) + 1
    assert counter.page(DeliveryAddresses(), JAN) == stored


def test_two_in_one_batch_for_the_same_device_give_one_rma(counter: Counter) -> None:
    """Colleagues whose requests are answered together: the second gets the question, with the number."""
    asked = [counter.asked(request(), ELS), counter.asked(request(), JAN), counter.asked(request(["x"]), JAN)]
    first, second, other = counter.desk.answer(counter.connection, asked)
    assert isinstance(first, Done)
    assert isinstance(other, Done)
    assert second == Refused("already_open", {"numbers": Listed((Copy(str(first.values["rma"])),))})


def test_of_two_colleagues_at_once_the_second_gets_the_question(own_counter: Counter, database: str) -> None:
    """Two transactions at the same time for the same device: one RMA, one refusal."""
    own_counter.connection.commit()
    asked = [own_counter.asked(request(), sender) for sender in (ELS, JAN)]
    replies: list[Reply] = []
    start = threading.Barrier(2)

    def file(place: int) -> None:
        engine: Engine = open_engine(database)
        start.wait()
        with engine.begin() as connection:
            replies.extend(EmbeddedDesk().answer(connection, [asked[place]]))
        engine.dispose()

    threads = [threading.Thread(target=file, args=(place,)) for place in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(type(reply).__name__ for reply in replies) == ["Done", "Refused"]
