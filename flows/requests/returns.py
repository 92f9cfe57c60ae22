"""Returns of devices (ESM-32, 33, PORTAL-34, 35)."""

from __future__ import annotations

from typing import ClassVar

from flows.engine.data import Request
from flows.requests.rmas import DeliveryAddresses, FindRmas, SiteContacts


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


class CollectionAddresses(DeliveryAddresses, frozen=True, tag="collection_addresses"):
    """Where devices leave from: the addresses on file, and those that the company used lately."""


class CollectionContacts(SiteContacts, frozen=True, tag="collection_contacts"):
    """Who hands them over: who is on file, and who did it for the company lately."""


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
    gaps: ClassVar[tuple[str, ...]] = ("name", "how")
    refusals: ClassVar[tuple[str, ...]] = ("unlinked", "not_found", "closed")


class LabelReceivers(Request, frozen=True, tag="label_receivers"):
    """Who works at the company; `text`: a name, or any mailbox."""

    text: str = ""
    cursor: str = ""


class OtherMailbox(Request, frozen=True, tag="other_mailbox"):
    """A warning when the label leaves the company; an empty page when it does not."""

    receiver: str


class SendLabel(Request, frozen=True, tag="send_label"):
    """Send the label of a return to a colleague (their number) or a mailbox, which was confirmed apart."""

    parcel: str
    receiver: str
    format: str
    harmless: ClassVar[bool] = True
    gaps: ClassVar[tuple[str, ...]] = ("name",)
    refusals: ClassVar[tuple[str, ...]] = ("unlinked", "not_found", "closed", "receiver")


Requests = (
    RmasToReturn
    | WhyNoReturn
    | DevicesToReturn
    | BatteryRules
    | WaysBack
    | ReturnAddress
    | CollectionAddresses
    | CollectionContacts
    | CollectionDays
    | InitiateReturn
    | FindReturns
    | ReturnCard
    | HandLabel
    | LabelReceivers
    | OtherMailbox
    | SendLabel
)
WRITES: tuple[type[Request], ...] = (
    InitiateReturn,
    HandLabel,
    SendLabel,
)
