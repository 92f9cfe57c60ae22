"""Nobody reads or writes across companies: every request, with everything it names swapped."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from typing import Any, get_args

import msgspec
import pytest
from sqlalchemy import Connection, select

from bot.services import cashback_answers
from bot.services.cashback_campaign import read
from bot.services.desk import ANSWERS, OPEN_TO_ALL
from flows import requests as asked
from flows.engine.data import Request
from flows.engine.work import Page, Refused, Reply, Row
from flows.requests import cashback as cashback_requests
from flows.requests import claims
from storage import cashback, cashback_sheets, people
from storage.cashback_sheets import CheckedSheet
from storage.schema import metadata
from tests.bot.services.conftest import AMELIE, ELS, KOEN, NOW, PEETERS, STRANGER, TINE, Counter

ALL_REQUESTS: tuple[type[Request], ...] = get_args(asked.AnyRequest)
UNKNOWN_SYSTEM, UNKNOWN_RMA, UNKNOWN_SERIAL = "709999999", "00999999", "122144999999"
RMA_OF_PEETERS, SERIAL_OF_PEETERS = "00517624", "122145001234"
PARCEL_OF_ZONNEBOUW, UNKNOWN_PARCEL = "00089997", "00099999"
CLAIM_OF_ZONNEBOUW, UNKNOWN_CLAIM = "00039992", "00049999"

# What each request names, in the fields that name it. The others name nothing of a company.
NAMES: Mapping[type[Request], dict[str, str]] = {
    asked.FindSystems: {"text": "system"},
    asked.SystemCard: {"system": "system"},
    asked.DevicesOf: {"system": "system"},
    asked.OpenRmas: {"devices": "serials"},
    asked.WhatLabelsSay: {"serials": "serials"},
    asked.CreateRma: {"system": "system"},
    asked.FindRmas: {"text": "rma"},
    asked.ListRequests: {"text": "rma"},
    asked.ListRmas: {"text": "rma"},
    asked.ListCases: {"text": "case"},
    asked.CasesToNote: {"text": "case"},
    asked.FoundCard: {"found": "rma"},
    asked.RmasToAddTo: {"text": "rma"},
    asked.RmasToRedirect: {"text": "rma"},
    asked.RmasToWithdraw: {"text": "rma"},
    asked.RmasToPost: {"text": "rma"},
    asked.RmaCard: {"rma": "rma"},
    asked.AddNote: {"rma": "rma"},
    asked.AddCaseNote: {"found": "case"},
    asked.AddToRma: {"rma": "rma"},
    asked.CorrectAddress: {"rma": "rma"},
    asked.WithdrawRma: {"rma": "rma"},
    asked.FollowRma: {"rma": "rma"},
    asked.RmasToReturn: {"text": "rma"},
    asked.WhyNoReturn: {"rma": "rma"},
    asked.DevicesToReturn: {"rma": "rma"},
    asked.BatteryRules: {"rma": "rma"},
    asked.WaysBack: {"rma": "rma"},
    asked.ReturnAddress: {"rma": "rma"},
    asked.InitiateReturn: {"rma": "rma"},
    asked.FindReturns: {"text": "parcel"},
    asked.ReturnCard: {"parcel": "parcel"},
    asked.HandLabel: {"parcel": "parcel"},
    asked.SendLabel: {"parcel": "parcel"},
    claims.RmasToClaim: {"text": "rma"},
    claims.WhyNoClaim: {"rma": "rma"},
    claims.ReplacementDays: {"rma": "rma"},
    claims.ClaimCheck: {"rma": "rma"},
    claims.ClaimLabour: {"rma": "rma"},
    claims.SetReplaced: {"rma": "rma"},
    claims.ClaimDeadline: {"rma": "rma"},
    claims.FindClaims: {"text": "claim"},
    claims.ClaimCard: {"claim": "claim"},
    asked.ReportSystems: {"text": "system"},
    asked.OrderReport: {"systems": "system"},
    asked.OpenCase: {"system": "system"},
    asked.Subjects: {"devices": "serials"},
    asked.Colleagues: {"text": "colleague"},
    asked.ChangeRole: {"colleague": "colleague"},
    asked.RemoveColleague: {"colleague": "colleague"},
    asked.MuteRma: {"rma": "rma"},
    asked.UnmuteRma: {"rma": "rma"},
    asked.SheetOfDevices: {"text": "sheet"},
    asked.RegisterSheet: {"sheet": "sheet"},
    asked.FindCashback: {"text": "device"},
    asked.CashbackCard: {"item": "device"},
    asked.DocumentsWanted: {"text": "device"},
    asked.SendDocuments: {"item": "device"},
    asked.CashbackToCorrect: {"text": "refused_device"},
    # Before it is corrected: then there is nothing to ask any more.
    cashback_requests.AskAboutDevice: {"item": "refused_device"},
    asked.CorrectCashback: {"item": "refused_device"},
}
# Where a company is paid to has tests of its own: nobody can name another one.
# Rooms and questions of the desk have tests of their own: without one nothing is found.
NAMES_NOTHING = {
    asked.FindRoom,
    asked.FindRoomToSpeakIn,
    asked.FollowInRoom,
    asked.StopInRoom,
    asked.SpeakInRoom,
    asked.OpenQuestions,
    asked.AnswerDesk,
    asked.CollectionDays,
    asked.CollectionAddresses,
    asked.CollectionContacts,
    asked.LabelReceivers,
    asked.OtherMailbox,
    claims.Claimants,
    claims.RegisteredAddresses,
    claims.BankMissing,
    claims.BankAccounts,
    claims.BankCard,
    claims.MayEnterBank,
    claims.VatNumbers,
    claims.AccountNumbers,
    claims.SetBankDetails,
    asked.ReportKinds,
    asked.ReportDays,
    asked.ReportAddresses,
    asked.OtherAddress,
    asked.RequestAccess,
    asked.DeliveryAddresses,
    asked.SiteContacts,
    asked.AskForPerson,
    asked.WaysToReach,
    asked.WhoIsThis,
    asked.LinkOffers,
    asked.LinkChat,
    asked.SendLinkCode,
    asked.UnlinkChat,
    asked.SetLanguage,
    asked.Profile,
    asked.KeptAboutMe,
    asked.ForgetMe,
    asked.MyCompanies,
    asked.ChooseCompany,
    asked.Staff,
    asked.MayChangeStaff,
    asked.InviteColleague,
    asked.Notifications,
    asked.Wish,
    asked.TimeZones,
    asked.SetTimeZone,
    asked.StartPractice,
    asked.EndPractice,
    asked.MyDrafts,
    asked.DraftsToPass,
    asked.ColleaguesToPassTo,
    asked.TakeDraft,
    asked.PassDraft,
    asked.CashbackGuide,
    asked.MayRegister,
    asked.RegistrableDevices,
    asked.OneRegistrableDevice,
    asked.InstallationDays,
    asked.RegisterDevices,
    asked.CheckCustomerNumber,
}
FOR_ADMINS = (
    asked.Colleagues,
    asked.InviteColleague,
    asked.ChangeRole,
    asked.RemoveColleague,
)
MORE: Mapping[type[Request], dict[str, Any]] = {
    asked.CreateRma: {
        "devices": ("122145009999",),
        "fault": "damaged",
        "description": "",
        "subject": "Installation",
        "address": "Kerkstraat 1, 3000 Leuven",
        "contact": "me",
    },
    asked.AddNote: {"note": "hallo"},
    asked.AddCaseNote: {"note": "hallo"},
    asked.AddToRma: {"serials": ("122145009999",)},
    asked.CorrectAddress: {"address": "Kerkstraat 1, 3000 Leuven"},
    asked.OpenCase: {"description": "Hoe lang?", "subject": "Installation"},
    asked.AnswerDesk: {"question": "1"},
    asked.BatteryRules: {"devices": ("all",)},
    asked.WaysBack: {"devices": ("all",)},
    asked.InitiateReturn: {
        "devices": ("all",),
        "address": "Kerkstraat 1, 3000 Leuven",
        "way": "dropoff",
    },
    asked.HandLabel: {"format": "a6"},
    asked.SendLabel: {"format": "a6", "receiver": "x@y.example"},
    asked.OtherMailbox: {"receiver": "x@y.example"},
    claims.ClaimCheck: {"replaced_on": "2026-11-10"},
    claims.SetReplaced: {"replaced_on": "2026-11-10"},
    claims.ClaimLabour: {
        "replaced_on": "2026-11-10",
        "claimant": "me",
        "address": "Kerkstraat 1, 3000 Leuven",
        "account": "none",
        "documents": (),
    },
    asked.OtherAddress: {"address": "x@y.example"},
    asked.OrderReport: {"kind": "rma", "days": "2026-01-01/2026-11-20", "address": "me"},
    asked.RequestAccess: {"wanted": PEETERS},
    asked.LinkChat: {"code": "00000-00000"},
    asked.SendLinkCode: {"email": "nobody@nowhere.example"},
    asked.SetLanguage: {"language": "fr"},
    asked.ChooseCompany: {"company": "1"},
    asked.InviteColleague: {"name": "Nobody", "email": "nobody@nowhere.example", "role": "admin"},
    asked.ChangeRole: {"role": "office"},
    asked.RegisterSheet: {"installed_on": "2026-11-03"},
    asked.SendDocuments: {"documents": tuple(f"document of {sender}" for sender in (KOEN, AMELIE))},
    asked.CorrectCashback: {"device": "3010000009"},
    cashback_requests.AskAboutDevice: {"question": "Why not?"},
}
THEIRS: dict[str, Any] = {
    "system": PEETERS,
    "rma": RMA_OF_PEETERS,
    "serials": (SERIAL_OF_PEETERS,),
    "parcel": PARCEL_OF_ZONNEBOUW,
    "claim": CLAIM_OF_ZONNEBOUW,
    "case": "03664346",
    "colleague": "2",
    "device": "00069001",
    "sheet": "sheet of koen",
    "refused_device": "00069002",
}
NOBODYS: dict[str, Any] = {
    "system": UNKNOWN_SYSTEM,
    "rma": UNKNOWN_RMA,
    "serials": (UNKNOWN_SERIAL,),
    "parcel": UNKNOWN_PARCEL,
    "claim": UNKNOWN_CLAIM,
    "case": "03999999",
    "colleague": "999",
    "device": "00999999",
    "sheet": "0000",
    "refused_device": "00999999",
}


@pytest.fixture(autouse=True)
def _devices(counter: Counter) -> None:
    """Two devices of the company of Koen in the cashback, and a document in each of two chats."""
    koen = people.known(counter.connection, [KOEN])[KOEN]
    shared = {"company": koen.company, "installer": koen.id, "product": "stp-se", "subject": "STP SE"}
    days = {"installed_on": "2026-11-03", "deadline": "2026-12-04", "created_at": 0, "updated_at": 0}
    kept = [("00069001", "3010000001", "more_info"), ("00069002", "3010000002", "not_registrable")]
    cashback.add(
        counter.connection,
        [
            {"number": number, "key": number, "serial": serial, "status": status, **shared, **days}
            for number, serial, status in kept
        ],
    )
    sheet = CheckedSheet(
        "sheet of koen", KOEN, koen.company, "a.xlsx", ("3010000003",), Page((Row("a", "a"),))
    )
    cashback_sheets.keep(counter.connection, sheet, NOW)
    for sender in (KOEN, AMELIE):
        counter.attach(f"document of {sender}", sender)


def made(kind: type[Request], things: Mapping[str, Any]) -> Request:
    """The request, naming these things."""
    named = {field: things[what] for field, what in NAMES.get(kind, {}).items()}
    needed = dict.fromkeys(kind.__struct_fields__[: _required(kind)], "")
    return kind(**{**needed, **MORE.get(kind, {}), **named})


def _required(kind: type[Request]) -> int:
    return len(kind.__struct_fields__) - len(kind.__struct_defaults__)


def said(reply: Reply, things: Mapping[str, Any]) -> bytes:
    """The reply as it is stored, whatever serial or number was asked about."""
    words = msgspec.json.encode(reply)
    for word in (things["serials"][0], things["rma"], things["case"], things["system"]):
        words = words.replace(word.encode(), b"#")
    return words


def everything(connection: Connection) -> dict[str, list[Any]]:
    """All rows of all tables."""
    return {
        table.name: sorted(map(tuple, connection.execute(select(table))), key=repr)
        for table in metadata.sorted_tables
    }


def test_every_request_is_in_the_matrix() -> None:
    """A new kind of request must say here what it names, or that it names nothing."""
    assert set(ALL_REQUESTS) == set(NAMES) | NAMES_NOTHING
    of_campaign = {*cashback_answers.of(read(), overview=False), asked.StartPractice}
    of_settings = {asked.AskForPerson, asked.BatteryRules, asked.WaysBack, asked.InitiateReturn}
    assert set(ALL_REQUESTS) == {*ANSWERS, *of_campaign, *of_settings}


def test_what_belongs_to_others_is_answered_like_what_does_not_exist(counter: Counter) -> None:
    """Every request that names something: one reply for foreign and unknown, nothing changed."""
    before = everything(counter.connection)
    for kind in NAMES:
        foreign = counter.ask(made(kind, THEIRS), AMELIE)
        unknown = counter.ask(made(kind, NOBODYS), AMELIE)
        # A serial or a number may be said back to who named it.
        assert said(foreign, THEIRS) == said(unknown, NOBODYS), kind
        assert isinstance(foreign, Page) or foreign == Refused("not_found"), kind
    assert everything(counter.connection) == before


def test_what_is_ones_own_is_answered(counter: Counter) -> None:
    """The same requests from the company itself do find it, so the matrix is not empty words."""
    for kind in NAMES:
        own, unknown = counter.ask(made(kind, THEIRS), KOEN), counter.ask(made(kind, NOBODYS), KOEN)
        if kind is not asked.Subjects:
            assert own != unknown, kind


def test_a_label_goes_to_nobody_of_another_company(counter: Counter) -> None:
    """Not by their number; they are no colleagues."""
    foreign = str(people.known(counter.connection, [AMELIE])[AMELIE].id)
    before = everything(counter.connection)
    for receiver in (foreign, "999999", "", "0"):
        sent = counter.ask(asked.SendLabel(PARCEL_OF_ZONNEBOUW, receiver, "a4"), KOEN)
        assert sent == Refused("receiver"), receiver
    assert everything(counter.connection) == before


def test_typed_serials_of_others_look_like_unknown_ones(counter: Counter) -> None:
    """Typing a serial tells nothing about who else has it."""
    own = counter.system_of(AMELIE)
    foreign = msgspec.json.encode(counter.page(asked.DevicesOf(own, SERIAL_OF_PEETERS), AMELIE))
    unknown = msgspec.json.encode(counter.page(asked.DevicesOf(own, UNKNOWN_SERIAL), AMELIE))
    assert foreign.replace(SERIAL_OF_PEETERS.encode(), b"") == unknown.replace(UNKNOWN_SERIAL.encode(), b"")


@pytest.mark.row("ESM-02")
def test_who_is_not_linked_sees_and_changes_nothing(counter: Counter) -> None:
    """Everything but help, linking, language and a person asks to link the chat first."""
    before = everything(counter.connection)
    for kind in ALL_REQUESTS:
        if kind not in OPEN_TO_ALL:
            assert counter.ask(made(kind, THEIRS), STRANGER) == Refused("unlinked"), kind
    assert everything(counter.connection) == before


def test_who_was_removed_is_a_stranger_at_once(counter: Counter) -> None:
    """Whatever they name of what was theirs a moment ago: the answer of a stranger, and nothing changed."""
    counter.done(asked.RemoveColleague(THEIRS["colleague"]), KOEN)
    before = everything(counter.connection)
    for kind in ALL_REQUESTS:
        if kind not in OPEN_TO_ALL:
            assert counter.ask(made(kind, THEIRS), ELS) == Refused("unlinked"), kind
    assert everything(counter.connection) == before


def test_what_only_an_admin_may_do_is_nothing_to_others(counter: Counter) -> None:
    """For a technician and the office: the same for a colleague and for nobody, and nothing changed."""
    before = everything(counter.connection)
    for kind, sender, things in itertools.product(FOR_ADMINS, (ELS, TINE), (THEIRS, NOBODYS)):
        assert counter.ask(made(kind, things), sender) == Refused("not_found"), kind
    assert everything(counter.connection) == before


def test_a_batch_answers_each_for_who_asks(counter: Counter) -> None:
    """Requests of several people in one batch get the replies they get one by one, in their order."""
    kinds = [kind for kind in NAMES if kind not in asked.WRITES]
    wanted = [
        counter.asked(made(kind, things), sender)
        for kind, things, sender in itertools.product(kinds, (THEIRS, NOBODYS), (ELS, AMELIE, STRANGER))
    ]
    together = counter.desk.answer(counter.connection, wanted)
    alone = [counter.desk.answer(counter.connection, [item])[0] for item in wanted]
    assert together == alone
