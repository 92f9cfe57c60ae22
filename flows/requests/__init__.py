"""What a flow may ask the service desk. The desk knows who asks; a request never says it.

Every lookup may also be refused with "unlinked" (we do not know this person yet); every request about one
thing with "not_found", the same for what does not exist and for what belongs to another company.
"""

from __future__ import annotations

from flows.engine.data import Request
from flows.requests import (
    cashback,
    claims,
    drafts,
    everyday,
    lists,
    people,
    reports,
    returns,
    rmas,
    rooms,
    systems,
)
from flows.requests.cashback import (
    CashbackCard,
    CashbackGuide,
    CashbackToCorrect,
    CheckCustomerNumber,
    CorrectCashback,
    DocumentsWanted,
    FindCashback,
    InstallationDays,
    MayRegister,
    OneRegistrableDevice,
    RegisterDevices,
    RegisterSheet,
    RegistrableDevices,
    SendDocuments,
    SheetOfDevices,
)
from flows.requests.drafts import ColleaguesToPassTo, DraftsToPass, MyDrafts, PassDraft, TakeDraft
from flows.requests.everyday import (
    AnswerDesk,
    AskForPerson,
    LinkChat,
    LinkOffers,
    OpenCase,
    OpenQuestions,
    SendLinkCode,
    SetLanguage,
    UnlinkChat,
    WaysToReach,
    WhoIsThis,
)
from flows.requests.lists import CasesToNote, FoundCard, ListCases, ListRequests, ListRmas
from flows.requests.people import (
    ChangeRole,
    ChooseCompany,
    Colleagues,
    EndPractice,
    ForgetMe,
    InviteColleague,
    KeptAboutMe,
    MuteRma,
    MyCompanies,
    Notifications,
    Profile,
    RemoveColleague,
    Staff,
    StartPractice,
    UnmuteRma,
    Wish,
)
from flows.requests.reports import (
    OrderReport,
    OtherAddress,
    ReportAddresses,
    ReportDays,
    ReportKinds,
    ReportSystems,
)
from flows.requests.returns import (
    BatteryRules,
    CollectionDays,
    DevicesToReturn,
    FindReturns,
    HandLabel,
    InitiateReturn,
    ReturnAddress,
    ReturnCard,
    RmasToReturn,
    WaysBack,
    WhyNoReturn,
)
from flows.requests.rmas import (
    AddCaseNote,
    AddNote,
    AddToRma,
    CorrectAddress,
    CreateRma,
    DeliveryAddresses,
    DevicesOf,
    FindRmas,
    FollowRma,
    OpenRmas,
    RmaCard,
    RmasToAddTo,
    RmasToRedirect,
    RmasToWithdraw,
    SiteContacts,
    Subjects,
    WithdrawRma,
)
from flows.requests.rooms import (
    FindRoom,
    FindRoomToSpeakIn,
    FollowInRoom,
    RmasToPost,
    SpeakInRoom,
    StopInRoom,
)
from flows.requests.systems import FindSystems, RequestAccess, SystemCard, WhatLabelsSay

AnyRequest = (
    cashback.Requests
    | claims.Requests
    | drafts.Requests
    | everyday.Requests
    | lists.Requests
    | people.Requests
    | reports.Requests
    | returns.Requests
    | rmas.Requests
    | rooms.Requests
    | systems.Requests
)

WRITES: tuple[type[Request], ...] = (
    *claims.WRITES,
    *drafts.WRITES,
    *cashback.WRITES,
    *everyday.WRITES,
    *lists.WRITES,
    *people.WRITES,
    *reports.WRITES,
    *returns.WRITES,
    *rmas.WRITES,
    *rooms.WRITES,
    *systems.WRITES,
)

"""The requests that change something: each is done once under its key. All others are lookups."""

__all__ = [
    "WRITES",
    "AddCaseNote",
    "AddNote",
    "AddToRma",
    "AnswerDesk",
    "AnyRequest",
    "AskForPerson",
    "BatteryRules",
    "CasesToNote",
    "CashbackCard",
    "CashbackGuide",
    "CashbackToCorrect",
    "ChangeRole",
    "CheckCustomerNumber",
    "ChooseCompany",
    "Colleagues",
    "ColleaguesToPassTo",
    "CollectionDays",
    "CorrectAddress",
    "CorrectCashback",
    "CreateRma",
    "DeliveryAddresses",
    "DevicesOf",
    "DevicesToReturn",
    "DocumentsWanted",
    "DraftsToPass",
    "EndPractice",
    "FindCashback",
    "FindReturns",
    "FindRmas",
    "FindRoom",
    "FindRoomToSpeakIn",
    "FindSystems",
    "FollowInRoom",
    "FollowRma",
    "ForgetMe",
    "FoundCard",
    "HandLabel",
    "InitiateReturn",
    "InstallationDays",
    "InviteColleague",
    "KeptAboutMe",
    "LinkChat",
    "LinkOffers",
    "ListCases",
    "ListRequests",
    "ListRmas",
    "MayRegister",
    "MuteRma",
    "MyCompanies",
    "MyDrafts",
    "Notifications",
    "OneRegistrableDevice",
    "OpenCase",
    "OpenQuestions",
    "OpenRmas",
    "OrderReport",
    "OtherAddress",
    "PassDraft",
    "Profile",
    "RegisterDevices",
    "RegisterSheet",
    "RegistrableDevices",
    "RemoveColleague",
    "ReportAddresses",
    "ReportDays",
    "ReportKinds",
    "ReportSystems",
    "RequestAccess",
    "ReturnAddress",
    "ReturnCard",
    "RmaCard",
    "RmasToAddTo",
    "RmasToPost",
    "RmasToRedirect",
    "RmasToReturn",
    "RmasToWithdraw",
    "SendDocuments",
    "SendLinkCode",
    "SetLanguage",
    "SheetOfDevices",
    "SiteContacts",
    "SpeakInRoom",
    "Staff",
    "StartPractice",
    "StopInRoom",
    "Subjects",
    "SystemCard",
    "TakeDraft",
    "UnlinkChat",
    "UnmuteRma",
    "WaysBack",
    "WaysToReach",
    "WhatLabelsSay",
    "WhoIsThis",
    "WhyNoReturn",
    "Wish",
    "WithdrawRma",
]
