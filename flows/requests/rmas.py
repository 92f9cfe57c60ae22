"""RMAs: filing, finding and changing them (ESM-13 to 15, 19 to 27, 33, 48)."""

from __future__ import annotations

from typing import ClassVar

from flows.engine.data import Request, Wants


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
    gaps: ClassVar[tuple[str, ...]] = ("rma", "number", "holder", "mail", "system")
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
    """More photos, with a note or without, or serials on an RMA that is not closed."""

    rma: str
    photos: tuple[str, ...] = ()
    serials: tuple[str, ...] = ()
    note: str = ""
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


class FollowRma(Request, frozen=True, tag="follow_rma"):
    """Hear of every change of an RMA."""

    rma: str
    harmless: ClassVar[bool] = True
    gaps: ClassVar[tuple[str, ...]] = ("rma", "number")
    refusals: ClassVar[tuple[str, ...]] = ("unlinked", "not_found")


Requests = (
    DevicesOf
    | Subjects
    | DeliveryAddresses
    | SiteContacts
    | OpenRmas
    | CreateRma
    | FindRmas
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
)
WRITES: tuple[type[Request], ...] = (
    CreateRma,
    AddNote,
    AddCaseNote,
    AddToRma,
    CorrectAddress,
    WithdrawRma,
    FollowRma,
)
