"""What agents do, on both databases: found, moved along, asked and answered, each once."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Connection, text

from bot.services import office
from bot.services.hire import hire
from bot.services.items import KINDS
from bot.services.office import Changed, Deed, Taken, Unknown
from bot.services.office_sheet import sheet
from bot.services.passwords import fits, hashed, sign_in
from flows.engine.phrases import Day, _
from flows.engine.work import Refused
from flows.requests import AddCaseNote, AnswerDesk, FoundCard, InitiateReturn, OpenQuestions, WithdrawRma
from flows.requests.cashback import RegisterDevices
from locales.speaker import Speaker
from storage import agents, cashback, followers, mails, people, questions, returns, rma_parts, rmas
from storage import cases as cases_kept
from storage import office as desk
from storage.agents import Agent
from storage.cashback import Device
from storage.moments import micros
from storage.request_tables import cases
from storage.return_tables import returns as return_rows
from storage.unit_of_work import open_engine
from tests.bot.services.conftest import AMELIE, ELS, JAN, KOEN, NOW, PEOPLE, TINE, Counter, opened

RMA = "00517624"
ABOUT = f"rma {RMA}"
AT = micros(NOW)
CLOSED = {name: kind.closed for name, kind in KINDS.items()}


def mia(connection: Connection) -> Agent:
    """Somebody at the desk."""
    if agents.with_login(connection, "mia") is None:
        hire(connection, "mia", "Mia", "agent", "nl")
    lock = agents.with_login(connection, "mia")
    assert lock
    return lock.agent


def deed(connection: Connection, key: str, about: str = ABOUT) -> Deed:
    """Something Mia does now."""
    return Deed(mia(connection), about, key, AT)


def test_every_open_request_is_in_one_of_the_two_queues(counter: Counter) -> None:
    """Asked something, it waits for the installer; answered, it waits for us again."""
    connection = counter.connection

    def waits(waiting_for: str) -> bool:
        found = desk.queue(connection, CLOSED, waiting_for=waiting_for, kind="rma", status="in_progress")
        return RMA in [item.number for item in found]

    assert (waits("us"), waits("installer")) == (True, False)
    office.ask(connection, deed(connection, "q"), "Why?")
    assert (waits("us"), waits("installer")) == (False, True)
    (row,) = counter.page(OpenQuestions(), JAN).rows
    counter.done(AnswerDesk(row.id, "Because."), JAN, key="a")
    assert (waits("us"), waits("installer")) == (True, False)


def test_an_answer_is_kept_once_with_its_files_and_not_those_of_others(counter: Counter) -> None:
    """Also of a colleague; a file of another chat is left out, another company finds no question."""
    connection = counter.connection
    office.ask(connection, deed(connection, "q"), "A photo, please.")
    (asked,) = questions.about(connection, ABOUT)
    ours, theirs = counter.attach("f1", ELS), counter.attach("f2", AMELIE)
    for _time in range(2):
        counter.done(AnswerDesk(str(asked.id), "Here", (ours, theirs)), ELS, key="same")
    (answer,) = questions.answers_to(connection, [asked.id])
    assert questions.files_of(connection, [answer.id]) == {answer.id: [ours]}
    assert [file.id for file in desk.files_of(connection, item(connection))][-1:] == [ours]
    for wanted in (str(asked.id), "77777", "x", "9" * 30):
        assert counter.ask(AnswerDesk(wanted, "Mine"), AMELIE) == Refused("not_found")
    assert counter.page(OpenQuestions(), AMELIE).rows == ()


@pytest.mark.parametrize("kind", KINDS)
def test_whatever_it_is_about_is_asked_and_answered_on_it(counter: Counter, kind: str) -> None:
    """Words and a photo land on the RMA, case, claim, return or device; that it was asked is told once."""
    connection = counter.connection
    if kind == "cashback":
        counter.done(RegisterDevices(("3012345678",), NOW.date().isoformat()))
    everybody = [one.id for one in people.known(connection, PEOPLE).values()]
    about = next(found.about for found in desk.filed_by(connection, everybody) if found.kind == kind)
    office.ask(connection, deed(connection, "q", about), "A photo of the label?")
    (asked,) = questions.about(connection, about)
    assert office.reached(connection, deed(connection, "q", about)) == 1
    counter.done(AnswerDesk(str(asked.id), "Here it is.", (counter.attach("f1", ELS),)), ELS)
    assert [file.id for file in desk.files_of(connection, item(connection, about))][-1:] == ["f1"]
    shown = sheet(connection, about)
    assert shown
    assert [answer.words for one in shown.asked for answer in one.answers] == ["Here it is."]


def item(connection: Connection, about: str = ABOUT) -> desk.Item:
    """The request of that kind and number."""
    found = desk.find(connection, about)
    assert found
    return found


@pytest.mark.parametrize("kind", ["rma", "case", "return"])
def test_a_request_of_any_kind_passes_only_as_it_may(counter: Counter, kind: str) -> None:
    """Every step that is not offered is refused; what was seen must still be so."""
    connection = counter.connection
    found = desk.queue(connection, CLOSED, waiting_for="us", kind=kind)[0]
    kind_of = KINDS[kind]
    for status in set(kind_of.statuses) - kind_of.next[found.status]:
        with pytest.raises(Unknown):
            office.pass_to(connection, deed(connection, f"to {status}", found.about), found.status, status)
    with pytest.raises(Changed):
        office.pass_to(connection, deed(connection, "late", found.about), "something else", "resolved")
    after = sorted(kind_of.next[found.status])[0]
    for _time in range(2):
        office.pass_to(connection, deed(connection, "once", found.about), found.status, after)
    assert item(connection, found.about).status == after
    (line,) = agents.log_of(connection, found.about)
    assert (line.who, line.what, line.before, line.after) == ("Mia", "status", found.status, after)


def test_who_filed_it_hears_of_it_once(counter: Counter) -> None:
    """By mail here: nobody is in a chat."""
    connection = counter.connection
    for _time in range(2):
        office.message(connection, deed(connection, "m"), "Hello")
        office.keep(connection, deed(connection, "n"), "number", "", "E-1")
    letters = [mail for mail in mails.latest(connection, 9) if mail.recipient == PEOPLE[JAN]]
    assert len([mail for mail in letters if "News about" in str(mail.subject)]) == 2
    assert rmas.with_numbers(connection, [RMA])[RMA].manufacturer_number == "E-1"
    assert desk.search(connection, "E-1")[0].number == RMA


@pytest.mark.parametrize("status", ["shipped", "cancelled"])
@pytest.mark.row("ESM-06", "ESM-18")
def test_the_case_of_an_rma_follows_it(counter: Counter, status: str) -> None:
    """The desk has no page for it, so it would be new for ever; its history says what became of the RMA."""
    connection = counter.connection
    case = rmas.with_numbers(connection, [RMA])[RMA].case_number
    seen, statuses = "in_progress", []
    path = ["pending_approval", "approved", "shipped"] if status == "shipped" else ["cancelled"]
    for after in path:
        office.pass_to(connection, deed(connection, after), seen, after)
        seen = after
        found = cases_kept.with_number(connection, case)
        assert found
        statuses.append(found.status)
    assert statuses == ["in_progress"] * (len(path) - 1) + ["resolved"]
    history = counter.page(FoundCard(case, cursor="history")).lines
    said = [str(Speaker("en", "Europe/Brussels", NOW.date()).say(line)) for line in history]
    assert len(said) == len(path) + 1
    assert RMA in said[0]


@pytest.mark.row("ESM-15")
def test_the_desk_reads_what_was_noted_on_the_case_of_an_rma(counter: Counter) -> None:
    """Whoever notes it is told that the desk can read it."""
    connection = counter.connection
    case = rmas.with_numbers(connection, [RMA])[RMA].case_number
    counter.done(AddCaseNote(case, "The ladder is behind the shed."))
    shown = sheet(connection, ABOUT)
    assert shown
    assert "The ladder is behind the shed." in str(shown.happened[0])
    assert shown.item.updated_at == AT


def test_an_agent_finds_it_by_whatever_is_on_the_paper(counter: Counter) -> None:
    """By its case, with words or signs around the number, by the serial also what goes back or is claimed."""
    connection = counter.connection
    rma = rmas.with_numbers(connection, [RMA])[RMA]
    serial = rma_parts.lines_of(connection, RMA)[0].serial
    spaced = f"{serial[:4]} {serial[4:8]} {serial[8:]}"
    for words in (
        rma.case_number,
        rma.case_number.lstrip("0"),
        f"RMA #{RMA}",
        f"rma {int(RMA)}",
        serial,
        spaced,
    ):
        assert desk.search(connection, words)[0].number == RMA, words
    parcel = desk.queue(connection, CLOSED, waiting_for="us", kind="return")[0]
    (line, *_more) = returns.lines_of(connection, parcel.number)
    assert {"rma", "return"} <= {found.kind for found in desk.search(connection, line.serial)}
    number = "00480275"
    assert [found.manufacturer_number for found in desk.search(connection, number.lstrip("0"))] == [number]


@pytest.mark.row("PORTAL-34")
@pytest.mark.parametrize(
    "address", ["Postbus 12, 3000 Leuven", "B.P. n° 12, 5000 Namur", "PO Box 9, Leuven 3000"]
)
def test_the_desk_itself_takes_no_po_box(counter: Counter, address: str) -> None:
    """Whatever way it came in; nothing is announced."""
    wanted = InitiateReturn("00517622", ("all",), address, "dropoff")
    assert counter.ask(wanted) == Refused("not_found")
    assert returns.of_rma(counter.connection, "00517622") == []


def test_what_was_announced_goes_to_the_new_return_address(counter: Counter) -> None:
    """Who announced it hears that there is a new label; what left already goes where it went."""
    connection = counter.connection
    known = people.known(connection, PEOPLE)
    approved = [rma for rma in rmas.latest(connection, known[ELS].company, 0, 50) if rma.status == "approved"]
    rma, announcer = approved[0], TINE if approved[0].installer == known[JAN].id else JAN
    hearers = len(followers.followers_of(connection, rma.number))

    def announced() -> str:
        done = counter.done(
            InitiateReturn(rma.number, ("all",), "Kerkstraat 1, 3000 Leuven", "dropoff"), announcer
        )
        return str(done.values["parcel"])

    def goes_to() -> str:
        parcel = returns.with_number(connection, number)
        assert parcel
        return parcel.goes_to

    def new_address(key: str, seen: str, address: str) -> None:
        office.keep(connection, deed(connection, key, f"rma {rma.number}"), "address", seen, address)

    def told(key: str) -> int:
        return office.reached(connection, deed(connection, key, f"rma {rma.number}"))

    number = announced()
    new_address("1", rma.return_address, "Dock 7, Venlo")
    assert goes_to() == "Dock 7, Venlo"
    assert told("1") == hearers + 1
    office.pass_to(connection, deed(connection, "x", f"return {number}"), "announced", "collected")
    new_address("2", "Dock 7, Venlo", "Dock 8, Venlo")
    assert goes_to() == "Dock 7, Venlo"
    assert told("2") == hearers


def test_a_note_changes_and_tells_nothing(counter: Counter) -> None:
    """It is only in the log."""
    connection = counter.connection
    before, letters = item(connection), len(mails.latest(connection, 99))
    office.note(connection, deed(connection, "n"), "Careful")
    assert item(connection) == before
    assert len(mails.latest(connection, 99)) == letters
    found = sheet(connection, ABOUT)
    assert found
    assert [line.after for line in found.log] == ["Careful"]


@pytest.mark.row("PORTAL-34")
def test_the_desk_sees_how_a_return_goes_and_copies_it(counter: Counter) -> None:
    """Drop-off has no hours; a pick-up has its day, hours and boxes, on the page and in the copy."""
    connection = counter.connection
    wanted = InitiateReturn("00517622", ("all",), "Kerkstraat 1, 3000 Leuven", "dropoff")
    number = str(counter.done(wanted, JAN).values["parcel"])

    def facts(which: str) -> dict[str, object]:
        found = sheet(connection, f"return {number}")
        assert found
        return {title.msgid: value for title, value in getattr(found, which)}

    assert facts("facts")["How"] == _("Drop-off")
    assert "Time" not in facts("facts")
    assert facts("facts")["System"] != _("none given")
    pickup = {
        "way": "pickup",
        "day": "2026-11-25",
        "part": "morning",
        "boxes": 3,
        "contact": "Jan, 016 00 00 00",
    }
    connection.execute(return_rows.update().where(return_rows.c.number == number).values(pickup))
    for which in ("facts", "portal"):
        shown = facts(which)
        assert (shown["How"], shown["Time"], shown["Boxes"]) == (_("Pick-up"), _("8:00 to 12:00"), 3)
        assert (shown["Day"], shown["RMA"]) == (Day(datetime.date(2026, 11, 25)), "00517622")


@pytest.mark.parametrize("about", ["rma 00999999", "ship 00517624", "", "rma", "case 00517624"])
def test_what_does_not_exist_cannot_be_worked_on(counter: Counter, about: str) -> None:
    """Nor what has no such kind."""
    connection = counter.connection
    assert sheet(connection, about) is None
    with pytest.raises(Unknown):
        office.note(connection, deed(connection, "n", about), "x")


def test_every_kind_is_known_everywhere() -> None:
    """Who adds one is told what it still lacks."""
    assert set(KINDS) == set(desk.SOURCES) >= set(desk.FILES)
    for kind in KINDS.values():
        assert set(kind.statuses) == set(kind.next)
        assert set(kind.closed) <= set(kind.statuses)


def test_a_password_is_kept_as_a_hash_of_its_own() -> None:
    """The same one twice gives two hashes; both fit, another does not."""
    first, second = hashed("correct horse"), hashed("correct horse")
    assert first != second
    assert "horse" not in first
    assert fits("correct horse", first)
    assert fits("correct horse", second)
    assert not fits("wrong horse", first)


def test_hiring_again_gives_a_new_password_and_ends_the_sessions(counter: Counter) -> None:
    """Who forgot theirs; whoever had the old one is out."""
    connection = counter.connection
    mia(connection)
    assert sign_in(connection, "mia", True, "cookie", AT)
    hire(connection, "mia", "Mia", "lead", "fr")
    assert agents.signed_in(connection, "cookie", AT) is None
    lock = agents.with_login(connection, "mia")
    assert lock
    assert (lock.agent.role, lock.agent.language) == ("lead", "fr")


@pytest.mark.row("SMA-11")
def test_a_device_is_not_accepted_while_its_serial_is_registered_anew(counter: Counter) -> None:
    """The agent learns under which number that is."""
    connection, serial = counter.connection, "3012345678"
    day = NOW.date().isoformat()

    def device() -> Device:
        counter.done(RegisterDevices((serial,), day))
        return cashback.registered(connection, [serial])[serial]

    first = device()
    office.pass_to(connection, deed(connection, "no", first.about), "with_us", "not_registrable")
    again = device()
    with pytest.raises(Taken) as taken:
        office.pass_to(connection, deed(connection, "yes", first.about), "not_registrable", "accepted")
    assert taken.value.about == again.about
    office.pass_to(connection, deed(connection, "also no", again.about), "with_us", "not_registrable")
    office.pass_to(connection, deed(connection, "then yes", first.about), "not_registrable", "accepted")
    assert cashback.registered(connection, [serial])[serial].number == first.number


def test_every_kind_of_request_has_what_its_next_status_brings_about() -> None:
    """Nothing is in the queue that an agent cannot move along."""
    assert set(office.PASSED_ON) == set(KINDS) == set(desk.SOURCES)


@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
def test_of_two_processes_that_change_a_request_the_second_sees_what_the_first_did(database: str) -> None:
    """Two agents at once, an agent and the installer at once, and two agents where nobody is known."""
    first, second = open_engine(database), open_engine(database)
    with first.begin() as connection:
        opened(connection)
        mia(connection)
        mine = rmas.latest(connection, people.known(connection, [KOEN])[KOEN].company, 0, 50)
        stranger = desk.queue(connection, CLOSED, waiting_for="us", kind="case")[0].number
        values = {"company": None, "installer": None, "status": "new"}
        connection.execute(cases.update().where(cases.c.number == stranger).values(values))
    one, other = [f"rma {rma.number}" for rma in mine if rma.status == "in_progress"][:2]

    def moves(about: str, key: str, seen: str, status: str) -> Callable[[Connection], object]:
        def work(connection: Connection) -> str:
            try:
                office.pass_to(connection, deed(connection, key, about), seen, status)
            except Changed as changed:
                return changed.now
            return "done"

        return work

    def withdraws(connection: Connection) -> object:
        return Counter(connection).ask(WithdrawRma(other[4:]), KOEN)

    def both(meanwhile: Callable[[Connection], object], work: Callable[[Connection], object]) -> object:
        """What the second one gets, who comes while the first is at it."""

        def alone() -> object:
            with second.begin() as connection:
                return work(connection)

        with ThreadPoolExecutor(1) as pool, first.begin() as connection:
            meanwhile(connection)
            answer = pool.submit(alone)
            while not (answer.done() or held_up(database)):
                pass
            connection.commit()
            return answer.result()

    try:
        rma = ("in_progress", "pending_approval"), ("in_progress", "cancelled")
        assert both(moves(one, "1", *rma[0]), moves(one, "2", *rma[1])) == "pending_approval"
        assert both(moves(other, "3", *rma[0]), withdraws) == Refused("closed")
        case = f"case {stranger}"
        case_moves = moves(case, "4", "new", "in_progress"), moves(case, "5", "new", "resolved")
        assert both(*case_moves) == "in_progress"
    finally:
        first.dispose()
        second.dispose()


def held_up(database: str) -> bool:
    """Whether somebody waits for a lock."""
    engine = open_engine(database, read_only=True)
    with engine.connect() as connection:
        waiting = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
        found = connection.execute(waiting).scalar_one()
    engine.dispose()
    return bool(found)
