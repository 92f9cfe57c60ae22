"""What a flow may ask the service desk. The desk knows who asks; a request never says it.

Every lookup may also be refused with "unlinked" (we do not know this person yet); every request about one
thing with "not_found", the same for what does not exist and for what belongs to another company.
"""

from __future__ import annotations

from typing import ClassVar

from flows.engine.model import Request, Wants

# --- systems (ESM-34 to 38) ----------------------------------------------------------------------


class FindSystems(Request, frozen=True, tag="find_systems"):
    """Systems by id, name, serial, street, town, owner, reference, link, geo URI, or none: the latest.

    `text` "last" is the system of the person's latest request, "problem" those that report one. A serial
    says besides which device is meant.
    """

    text: str = ""
    cursor: str = ""
    besides: ClassVar[tuple[str, ...]] = ("devices",)
    by_serial: ClassVar[bool] = True
    searched: ClassVar[bool] = True
    wants: ClassVar[Wants] = "place"


class SystemCard(Request, frozen=True, tag="system_card"):
    """One system as lines. cursor: "" summary, "details", "devices", "requests"."""

    system: str
    cursor: str = ""


class WhatLabelsSay(Request, frozen=True, tag="what_labels_say"):
    """The devices that serials belong to, as lines, with the RMAs open for them.

    `allowed` names what can be done with them: create_rma; search_systems and track_rma when there is one.
    """

    serials: tuple[str, ...]


class RequestAccess(Request, frozen=True, tag="request_access"):
    """Ask the desk to look at a system this company cannot see; files a case."""

    wanted: str
    gaps: ClassVar[tuple[str, ...]] = ("number", "holder")
    refusals: ClassVar[tuple[str, ...]] = ("unlinked",)


# --- RMAs (ESM-13 to 15, 19 to 27, 33, 48) -------------------------------------------------------


class DevicesOf(Request, frozen=True, tag="devices_of"):
    """The devices of a system ("none": no system), faulty first; `text`: typed serials, each checked.

    Rows are serials; `exact` rows are accepted, `problems` explain the others one by one.
    """

    system: str
    text: str = ""
    cursor: str = ""
    by_serial: ClassVar[bool] = True


class Subjects(Request, frozen=True, tag="subjects"):
    """The 17 subjects, the three that fit the words and the devices first (ESM-23)."""

    description: str = ""
    fault: str = ""
    devices: tuple[str, ...] = ()
    text: str = ""
    cursor: str = ""
    searched: ClassVar[bool] = True


class DeliveryAddresses(Request, frozen=True, tag="delivery_addresses"):
    """Addresses to deliver to, the last one used is the default; `text`: a new one."""

    text: str = ""
    cursor: str = ""


class SiteContacts(Request, frozen=True, tag="site_contacts"):
    """Who to call on site, the last one used is the default; `text`: a new name and number."""

    text: str = ""
    cursor: str = ""
    wants: ClassVar[Wants] = "phone"


class OpenRmas(Request, frozen=True, tag="open_rmas"):
    """RMAs of this company that are still open for these serials: number, status and colleague."""

    devices: tuple[str, ...]


class CreateRma(Request, frozen=True, tag="create_rma"):
    """File an RMA (ESM-19 to 27).

    `already_open`: the numbers the person saw and chose to file beside; another open one is refused.
    """

    system: str
    devices: tuple[str, ...]
    fault: str
    description: str
    subject: str
    address: str
    contact: str
    photos: tuple[str, ...] = ()
    label_photo: tuple[str, ...] = ()
    already_open: tuple[str, ...] = ()
    gaps: ClassVar[tuple[str, ...]] = ("rma", "number", "holder", "system")
    refusals: ClassVar[tuple[str, ...]] = ("unlinked", "not_found", "already_open")


class FindRmas(Request, frozen=True, tag="find_rmas"):
    """RMAs by number (with or without zeros), serial or system; none: the latest.

    Only those whose state permits the flow `permits`, for which they are looked up (none: all).
    """

    text: str = ""
    cursor: str = ""
    permits: ClassVar[str] = ""
    by_serial: ClassVar[bool] = True
    searched: ClassVar[bool] = True


class ListRequests(Request, frozen=True, tag="list_requests"):
    """RMAs or cases by what is typed, with filters: counts per status, then lists (ESM-04 to 12, 16, 47).

    `kind`: what it begins with, "" for a search in everything.
    """

    text: str = ""
    cursor: str = ""
    kind: ClassVar[str] = ""
    by_serial: ClassVar[bool] = True
    searched: ClassVar[bool] = True


class ListRmas(ListRequests, frozen=True, tag="list_rmas"):
    """The RMAs of the company, those of the last 30 days first."""

    kind: ClassVar[str] = "rma"


class ListCases(ListRequests, frozen=True, tag="list_cases"):
    """The cases of the company, those of the last 30 days first."""

    kind: ClassVar[str] = "case"


class FoundCard(Request, frozen=True, tag="found_card"):
    """An RMA, a case or a system as lines, by its number (ESM-13, 14, 17, 18, 35).

    Rows are the RMAs of a case. cursor and `allowed` as those of its own card.
    """

    found: str
    cursor: str = ""


class RmasToAddTo(FindRmas, frozen=True, tag="rmas_to_add_to"):
    """RMAs that can take more photos and serials."""

    permits: ClassVar[str] = "add_to_rma"


class RmasToRedirect(FindRmas, frozen=True, tag="rmas_to_redirect"):
    """RMAs that can still go to another address; the label says where they go now."""

    permits: ClassVar[str] = "correct_address"


class RmasToWithdraw(FindRmas, frozen=True, tag="rmas_to_withdraw"):
    """RMAs that this person can withdraw."""

    permits: ClassVar[str] = "withdraw_rma"


class RmaCard(Request, frozen=True, tag="rma_card"):
    """One RMA as lines (ESM-13, 14).

    cursor: "" header, "contact", "description", "addresses", "notes", "lines", "history". `allowed` names
    the flows that its state permits: add_note, add_to_rma, correct_address, withdraw_rma, follow_rma.
    """

    rma: str
    cursor: str = ""


class AddNote(Request, frozen=True, tag="add_note"):
    """A note on an RMA (ESM-15)."""

    rma: str
    note: str
    gaps: ClassVar[tuple[str, ...]] = ("rma", "number")
    refusals: ClassVar[tuple[str, ...]] = ("unlinked", "not_found")


class AddCaseNote(Request, frozen=True, tag="add_case_note"):
    """A note on a case (ESM-15)."""

    found: str
    note: str
    gaps: ClassVar[tuple[str, ...]] = ("found", "number")
    refusals: ClassVar[tuple[str, ...]] = ("unlinked", "not_found")


class AddToRma(Request, frozen=True, tag="add_to_rma"):
    """More photos or serials on an RMA that is not closed."""

    rma: str
    photos: tuple[str, ...] = ()
    serials: tuple[str, ...] = ()
    gaps: ClassVar[tuple[str, ...]] = ("rma", "number")
    refusals: ClassVar[tuple[str, ...]] = ("unlinked", "not_found", "closed", "nothing")


class CorrectAddress(Request, frozen=True, tag="correct_address"):
    """Another delivery address, until the RMA is shipped."""

    rma: str
    address: str
    gaps: ClassVar[tuple[str, ...]] = ("rma", "number")
    refusals: ClassVar[tuple[str, ...]] = ("unlinked", "not_found", "closed")


class WithdrawRma(Request, frozen=True, tag="withdraw_rma"):
    """Withdraw an RMA while it is in progress; a technician only what they filed themselves ("role")."""

    rma: str
    gaps: ClassVar[tuple[str, ...]] = ("rma", "number")
    refusals: ClassVar[tuple[str, ...]] = ("unlinked", "not_found", "closed", "role")


# --- returns (ESM-32, 33, PORTAL-34, 35) ---------------------------------------------------------


class RmasToReturn(FindRmas, frozen=True, tag="rmas_to_return"):
    """RMAs whose devices can be sent back."""

    permits: ClassVar[str] = "initiate_return"


class WhyNoReturn(Request, frozen=True, tag="why_no_return"):
    """What must happen before the devices of an RMA can go back; an empty page when they can.

    `allowed`: follow_rma, track_return, track_rma.
    """

    rma: str


class DevicesToReturn(Request, frozen=True, tag="devices_to_return"):
    """The devices of an RMA that are not on their way back yet; `text`: serials, each checked."""

    rma: str
    text: str = ""
    cursor: str = ""
    by_serial: ClassVar[bool] = True


class BatteryRules(Request, frozen=True, tag="battery_rules"):
    """How batteries are packed and sent; an empty page when there is none among these devices."""

    rma: str
    devices: tuple[str, ...]


class WaysBack(Request, frozen=True, tag="ways_back"):
    """Pick-up or drop-off; batteries are only collected."""

    rma: str
    devices: tuple[str, ...]


class ReturnAddress(Request, frozen=True, tag="return_address"):
    """Where the devices of an RMA go back to: one row (ESM-33)."""

    rma: str


class CollectionDays(Request, frozen=True, tag="collection_days"):
    """The next working days; `text`: another one, in any usual notation."""

    text: str = ""
    cursor: str = ""


class InitiateReturn(Request, frozen=True, tag="initiate_return"):
    """Announce a return (ESM-32, PORTAL-34). `devices`: lines of the RMA, or "all"."""

    rma: str
    devices: tuple[str, ...]
    address: str
    way: str
    day: str = ""
    part: str = ""
    boxes: str = ""
    contact: str = ""
    gaps: ClassVar[tuple[str, ...]] = ("parcel", "number", "rma")
    refusals: ClassVar[tuple[str, ...]] = ("unlinked", "not_found", "not_yet", "returned", "battery", "day")


class FindReturns(Request, frozen=True, tag="find_returns"):
    """Returns of this company, latest first, by number, RMA or serial."""

    text: str = ""
    cursor: str = ""
    by_serial: ClassVar[bool] = True
    searched: ClassVar[bool] = True


class ReturnCard(Request, frozen=True, tag="return_card"):
    """One return as lines. cursor: "" summary, "history"."""

    parcel: str
    cursor: str = ""


class HandLabel(Request, frozen=True, tag="hand_label"):
    """The label of a return: "a6" or "a4" to print, "qr" to show where there is no printer."""

    parcel: str
    format: str
    harmless: ClassVar[bool] = True
    gaps: ClassVar[tuple[str, ...]] = ("name",)
    refusals: ClassVar[tuple[str, ...]] = ("unlinked", "not_found", "closed")


class FollowRma(Request, frozen=True, tag="follow_rma"):
    """Hear of every change of an RMA."""

    rma: str
    harmless: ClassVar[bool] = True
    gaps: ClassVar[tuple[str, ...]] = ("rma", "number")
    refusals: ClassVar[tuple[str, ...]] = ("unlinked", "not_found")


# --- rooms: channels in which many read what is posted -------------------------------------------


class FindRoom(Request, frozen=True, tag="find_room"):
    """The room that somebody asked in, by its link; others cannot be named.

    A room of which we are no member, or that people of other organisations read, is none.
    """

    text: str = ""
    private: ClassVar[bool] = True


class FindRoomToSpeakIn(FindRoom, frozen=True, tag="find_room_to_speak_in"):
    """The same where nothing of a company is said."""

    private: ClassVar[bool] = False


class RmasToPost(FindRmas, frozen=True, tag="rmas_to_post"):
    """RMAs whose changes a room can hear; the first row, "all", is all of the company."""


class FollowInRoom(Request, frozen=True, tag="follow_in_room"):
    """Post every change of an RMA in this room ("all": of all RMAs of the company)."""

    room: str
    rma: str
    gaps: ClassVar[tuple[str, ...]] = ("place",)
    refusals: ClassVar[tuple[str, ...]] = ("unlinked", "not_found")


class StopInRoom(Request, frozen=True, tag="stop_in_room"):
    """Post nothing of this company in this room any more."""

    room: str
    harmless: ClassVar[bool] = True
    gaps: ClassVar[tuple[str, ...]] = ("place",)
    refusals: ClassVar[tuple[str, ...]] = ("unlinked", "not_found")


class SpeakInRoom(Request, frozen=True, tag="speak_in_room"):
    """What is posted in this room is in this language from now on; open to everybody."""

    room: str
    language: str
    harmless: ClassVar[bool] = True
    gaps: ClassVar[tuple[str, ...]] = ("place", "tongue")
    refusals: ClassVar[tuple[str, ...]] = ("not_found",)


# --- everyday (ESM-02, 45, 46) -------------------------------------------------------------------


class OpenCase(Request, frozen=True, tag="open_case"):
    """File another request, not an RMA (ESM-20)."""

    system: str
    description: str
    subject: str
    photos: tuple[str, ...] = ()
    gaps: ClassVar[tuple[str, ...]] = ("case", "number", "holder")
    refusals: ClassVar[tuple[str, ...]] = ("unlinked", "not_found")


class WaysToReach(Request, frozen=True, tag="ways_to_reach"):
    """How the desk can reach this person; a linked person's phone is the default, `text`: typed, any shape.

    Open to everybody: an unlinked person gets an empty page and types a number or an address.
    """

    text: str = ""
    wants: ClassVar[Wants] = "phone"


class AskForPerson(Request, frozen=True, tag="ask_for_person"):
    """File a "please contact me" case with the last words of this chat; open to everybody (ESM-46)."""

    question: str = ""
    reach: str = ""
    gaps: ClassVar[tuple[str, ...]] = ("promise", "number", "hours", "phone", "mail")
    refusals: ClassVar[tuple[str, ...]] = ()


# --- what the desk asks --------------------------------------------------------------------------


class OpenQuestions(Request, frozen=True, tag="open_questions"):
    """What the desk asked this company and still waits for; `text`: one of them."""

    text: str = ""
    cursor: str = ""


class AnswerDesk(Request, frozen=True, tag="answer_desk"):
    """Answer a question of the desk with words, files or both; it lands on the request it is about."""

    question: str
    answer: str = ""
    photos: tuple[str, ...] = ()
    harmless: ClassVar[bool] = True
    gaps: ClassVar[tuple[str, ...]] = ("number",)
    refusals: ClassVar[tuple[str, ...]] = ("not_found",)


class WhoIsThis(Request, frozen=True, tag="who_is_this"):
    """Who this chat belongs to, as lines, and the flows open to them; open to everybody."""


class LinkOffers(Request, frozen=True, tag="link_offers"):
    """The installer a one-time code (`text`) belongs to: one exact row, or a problem; 5 tries, 15 minutes."""

    text: str = ""


class LinkChat(Request, frozen=True, tag="link_chat"):
    """Link this chat identity to the installer of the code."""

    code: str
    gaps: ClassVar[tuple[str, ...]] = ("name", "company")
    refusals: ClassVar[tuple[str, ...]] = ("code",)


class SendLinkCode(Request, frozen=True, tag="send_link_code"):
    """Mail a code to this address if it is on file; the reply is the same when it is not."""

    email: str
    harmless: ClassVar[bool] = True
    gaps: ClassVar[tuple[str, ...]] = ("email",)
    refusals: ClassVar[tuple[str, ...]] = ("too_many",)


class UnlinkChat(Request, frozen=True, tag="unlink_chat"):
    """Forget who this chat identity is."""

    refusals: ClassVar[tuple[str, ...]] = ("unlinked",)


class SetLanguage(Request, frozen=True, tag="set_language"):
    """Speak this language from now on: "nl", "fr" or "en"."""

    language: str
    harmless: ClassVar[bool] = True
    gaps: ClassVar[tuple[str, ...]] = ("said",)


AnyRequest = (
    FindSystems
    | WhatLabelsSay
    | SystemCard
    | RequestAccess
    | DevicesOf
    | Subjects
    | DeliveryAddresses
    | SiteContacts
    | OpenRmas
    | CreateRma
    | FindRmas
    | ListRequests
    | ListRmas
    | ListCases
    | FoundCard
    | RmasToAddTo
    | RmasToRedirect
    | RmasToWithdraw
    | RmaCard
    | AddNote
    | AddCaseNote
    | AddToRma
    | CorrectAddress
    | WithdrawRma
    | FollowRma
    | RmasToReturn
    | WhyNoReturn
    | DevicesToReturn
    | BatteryRules
    | WaysBack
    | ReturnAddress
    | CollectionDays
    | InitiateReturn
    | FindReturns
    | ReturnCard
    | HandLabel
    | FindRoom
    | FindRoomToSpeakIn
    | RmasToPost
    | FollowInRoom
    | StopInRoom
    | SpeakInRoom
    | OpenCase
    | WaysToReach
    | AskForPerson
    | OpenQuestions
    | AnswerDesk
    | WhoIsThis
    | LinkOffers
    | LinkChat
    | SendLinkCode
    | UnlinkChat
    | SetLanguage
)

WRITES = (
    RequestAccess,
    CreateRma,
    AddNote,
    AddCaseNote,
    AddToRma,
    CorrectAddress,
    WithdrawRma,
    FollowRma,
    InitiateReturn,
    HandLabel,
    FollowInRoom,
    StopInRoom,
    SpeakInRoom,
    OpenCase,
    AskForPerson,
    AnswerDesk,
    LinkChat,
    SendLinkCode,
    UnlinkChat,
    SetLanguage,
)
"""The requests that change something: each is done once under its key. All others are lookups."""
