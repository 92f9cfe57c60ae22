"""Other requests, access to systems, and a person to talk to."""

from __future__ import annotations

import msgspec
import pytest
from sqlalchemy import select, update

from bot.services.cases import Support
from bot.services.desk import EmbeddedDesk
from flows.engine.events import Said
from flows.engine.phrases import Copy, Phrase, Text, _
from flows.engine.work import Done, Page, Refused
from flows.requests import AskForPerson, OpenCase, RequestAccess, SystemCard, WaysToReach
from storage import desk_tables, mails, request_tables
from storage.codec import encode
from storage.moments import micros
from storage.tables import inbox
from tests.bot.services.conftest import AMELIE, ELS, NOW, PEETERS, STRANGER, Counter


def case_of(counter: Counter, number: object) -> dict[str, object]:
    """The case as stored."""
    query = select(request_tables.cases).where(request_tables.cases.c.number == number)
    return dict(counter.connection.execute(query).mappings().one())


@pytest.mark.row("ESM-20")
def test_another_request_becomes_a_case(counter: Counter) -> None:
    """Eight digits, with us, with a letter and the photo of this chat."""
    photo = counter.attach("photo")
    done = counter.done(OpenCase(PEETERS, "Hoe lang duurt het?", "Networking", (photo, "not-mine")))
    assert done.values == {
        "case": "03664347",
        "number": Copy("03664347"),
        "holder": _("with our desk"),
        "mail": _("You also get an e-mail with the details."),
    }
    assert case_of(counter, "03664347")["system"] == PEETERS
    assert [row.attachment for row in counter.connection.execute(select(request_tables.case_files))] == [
        "photo"
    ]
    assert [mail.recipient for mail in mails.latest(counter.connection, 5)] == [
        "els.wouters@zonnebouw.example"
    ]


def test_a_case_without_a_system_is_fine(counter: Counter) -> None:
    """Not every question is about one."""
    number = counter.done(OpenCase("none", "Waar is de handleiding?", "Documentation")).values["case"]
    assert case_of(counter, number)["system"] is None


def test_a_case_on_a_system_of_others_is_not_filed(counter: Counter) -> None:
    """Neither is one on a system that does not exist."""
    assert counter.ask(OpenCase(PEETERS, "?", "Networking"), AMELIE) == Refused("not_found")
    assert counter.ask(OpenCase("709999999", "?", "Networking"), AMELIE) == Refused("not_found")


def test_the_same_key_is_the_same_case(counter: Counter) -> None:
    """Asked twice under one key, filed once."""
    request = OpenCase("none", "?", "Networking")
    assert counter.done(request, key="once") == counter.done(request, key="once")
    assert len(mails.latest(counter.connection, 5)) == 1


def test_asking_for_access_tells_nothing_about_the_system(counter: Counter) -> None:
    """A case is filed whether the system exists or not."""
    first = counter.done(RequestAccess(PEETERS), AMELIE)
    second = counter.done(RequestAccess("709999999"), AMELIE)
    assert set(first.values) == set(second.values) == {"number", "holder"}


@pytest.mark.row("ESM-46")
def test_a_person_is_asked_for_by_anybody(counter: Counter) -> None:
    """A stranger too gets a number, the hours, the phone and the mail of the desk."""
    done = counter.done(AskForPerson("Ik kan niet linken", "0470 12 34 56"), STRANGER)
    case = case_of(counter, done.values["number"].text)  # type: ignore[union-attr]
    assert (case["company"], case["reach"]) == (None, "0470 12 34 56")
    assert set(done.values) == {"promise", "number", "hours", "phone", "mail"}
    assert done.values["promise"] == _("The desk will call you at {reach}.")(reach="0470 12 34 56")
    assert mails.latest(counter.connection, 5) == []


def test_the_desk_says_how_it_is_reached(counter: Counter) -> None:
    """As configured by who runs it."""
    desk = EmbeddedDesk(Support("+32 9 000 00 00", "hulp@desk.example", "9:00", "12:00"))
    (done,) = desk.answer(counter.connection, [counter.asked(AskForPerson(), STRANGER)])
    assert isinstance(done, Done)
    assert done.values["phone"] == Copy("+32 9 000 00 00")
    assert done.values["hours"] == _("Monday to Friday, {opens} to {closes}")(opens="9:00", closes="12:00")


def test_the_last_words_of_the_chat_go_along(counter: Counter) -> None:
    """So that nobody has to tell it again."""
    counter.connection.execute(
        inbox.insert(),
        {
            "channel": "web", "key": "k", "conversation": ELS, "sequence": 1, "received_at": micros(NOW),
            "content": encode(Said("mijn batterij is stuk")),
        },
    )  # fmt: skip
    done = counter.done(AskForPerson(), ELS)
    case = case_of(counter, done.values["number"].text)  # type: ignore[union-attr]
    summary: Text = msgspec.json.decode(str(case["summary"]), type=Text)
    assert "mijn batterij is stuk" in str(summary)
    assert case["company"] is not None


@pytest.mark.parametrize(
    ("typed", "fine"),
    [
        ("0470 12 34 56", True),
        ("jan@example.be", True),
        ("+32 (0)470/123456", True),
        ("bel mij", False),
        ("12", False),
    ],
)
def test_a_way_to_reach_somebody_is_a_number_or_an_address(counter: Counter, typed: str, fine: bool) -> None:
    """Anything else is explained."""
    page = counter.page(WaysToReach(typed), STRANGER)
    assert page.exact == fine
    assert bool(page.problems) != fine


def test_who_is_known_is_reached_at_the_number_on_file(counter: Counter) -> None:
    """Nothing to type; a stranger has to."""
    page = counter.page(WaysToReach(), ELS)
    assert page.default == page.rows[0].id == "+32 470 55 01 02"
    assert counter.page(WaysToReach(), STRANGER) == Page()


@pytest.mark.row("ESM-35", "ESM-36")
def test_a_system_says_its_status_in_words_and_as_code(counter: Counter) -> None:
    """With its number, its devices, and since when."""
    page = counter.page(SystemCard(PEETERS))
    first, second, third = page.lines
    assert isinstance(first, Phrase)
    assert first.gaps["status"] == _("Microinverters are not reporting")
    stage = counter.page(SystemCard(PEETERS, "details")).lines[1]
    assert isinstance(stage, Phrase)
    assert stage.gaps["code"] == "micro"
    assert isinstance(second, Phrase)
    assert second.gaps["silent"] == 2
    assert isinstance(third, Phrase)
    assert set(third.gaps) == {"installed", "created"}
    assert "create_rma" in counter.permitted(SystemCard(PEETERS))


@pytest.mark.row("ESM-36")
def test_a_system_without_an_installation_date_says_so(counter: Counter) -> None:
    """Where the manufacturer shows a dash."""
    systems = desk_tables.systems
    counter.connection.execute(systems.update().where(systems.c.id == PEETERS).values(installed_on=""))
    third = counter.page(SystemCard(PEETERS)).lines[2]
    assert isinstance(third, Phrase)
    assert third.msgid == "Installation date unknown, created at Enphase {created}."


@pytest.mark.row("ESM-37", "ESM-38")
@pytest.mark.parametrize("block", ["details", "devices", "requests"])
def test_each_block_of_a_system_has_lines_and_a_way_back(counter: Counter, block: str) -> None:
    """Owner and address, devices with serials, requests with their dates."""
    page = counter.page(SystemCard(PEETERS, block))
    assert page.lines
    assert "" in {turn.cursor for turn in page.turns}


@pytest.mark.row("ESM-37")
def test_each_of_the_people_of_a_system_is_named_in_their_place(counter: Counter) -> None:
    """Who installed it may not be who looks after it."""
    known = {"owner": "Odile", "maintainer": "Dakwacht bv"}
    counter.connection.execute(
        update(desk_tables.systems).where(desk_tables.systems.c.id == PEETERS).values(**known)
    )
    (people,) = (
        line.gaps
        for line in counter.page(SystemCard(PEETERS, "details")).lines
        if isinstance(line, Phrase) and "maintainer" in line.gaps
    )
    assert people == {**known, "installer": "Zonnebouw Hageland"}


@pytest.mark.row("ESM-38")
def test_the_requests_of_a_system_are_shown(counter: Counter) -> None:
    """Number, subject, status and dates; a case shown as its RMA is not shown twice."""
    lines = counter.page(SystemCard(PEETERS, "requests")).lines
    numbers = [line.gaps["number"] for line in lines if isinstance(line, Phrase)]
    assert Copy("00517624") in numbers
    assert len(numbers) == len({str(number) for number in numbers})
