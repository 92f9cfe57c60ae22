"""What a flow may ask the desk about the cashback of SMA (SMA-01 to 18)."""

from __future__ import annotations

from typing import ClassVar

from flows.engine.data import Request, Wants


class CashbackGuide(Request, frozen=True, tag="cashback_guide"):
    """The campaign as lines (SMA-01 to 04, 12 to 17). cursor: "", "devices", "ways", "automatic", "people".

    `allowed` names the flows that make sense now: no registration when the campaign has ended.
    """

    cursor: str = ""


class MayRegister(Request, frozen=True, tag="may_register"):
    """Why this company cannot register devices now, as lines; an empty page when it can (SMA-01)."""


class RegistrableDevices(Request, frozen=True, tag="registrable_devices"):
    """Typed, pasted or photographed serials, with or without their model, each checked (SMA-05, 11).

    Rows are devices; `problems` explain the others one by one, also those that are registered already.
    """

    text: str = ""
    by_serial: ClassVar[bool] = True


class OneRegistrableDevice(RegistrableDevices, frozen=True, tag="one_registrable_device"):
    """The same for a single device."""


class InstallationDays(Request, frozen=True, tag="installation_days"):
    """Days on which devices may have been installed; `text`: another one, in any usual notation."""

    text: str = ""


class RegisterDevices(Request, frozen=True, tag="register_devices"):
    """Register devices, each as an item of its own (SMA-05, 06)."""

    devices: tuple[str, ...]
    installed_on: str
    gaps: ClassVar[tuple[str, ...]] = ("count",)
    refusals: ClassVar[tuple[str, ...]] = ("unlinked", "closed", "already", "day")


class SheetOfDevices(Request, frozen=True, tag="sheet_of_devices"):
    """What came of an Excel file that was sent here, by its id; without one, how to make one (SMA-05).

    cursor: "" how it should look, "empty" one to fill.
    """

    text: str = ""
    cursor: str = ""
    besides: ClassVar[tuple[str, ...]] = ("installed_on",)
    wants: ClassVar[Wants] = "sheet"


class RegisterSheet(Request, frozen=True, tag="register_sheet"):
    """Register the devices of an Excel file (SMA-05, 06)."""

    sheet: str
    installed_on: str
    gaps: ClassVar[tuple[str, ...]] = ("count",)
    refusals: ClassVar[tuple[str, ...]] = ("unlinked", "not_found", "closed", "already", "day")


class FindCashback(Request, frozen=True, tag="find_cashback"):
    """Registered devices of the company by serial or words, the latest first, with totals (SMA-06, 10)."""

    text: str = ""
    cursor: str = ""
    by_serial: ClassVar[bool] = True
    searched: ClassVar[bool] = True


class CashbackCard(Request, frozen=True, tag="cashback_card"):
    """One device as lines: its status and what that means (SMA-07 to 11).

    cursor: "" the status; "model", "period" the next cause to look at when it cannot be registered.
    `allowed` names what can be done: cashback_documents, cashback_correct, cashback_ask.
    """

    item: str
    cursor: str = ""


class DocumentsWanted(Request, frozen=True, tag="documents_wanted"):
    """The devices for which SMA waits for documents, the most urgent first (SMA-08, 09)."""

    text: str = ""
    cursor: str = ""
    by_serial: ClassVar[bool] = True


class SendDocuments(Request, frozen=True, tag="send_documents"):
    """The invoice or the commissioning protocol of a device (SMA-08)."""

    item: str
    documents: tuple[str, ...]
    harmless: ClassVar[bool] = True
    gaps: ClassVar[tuple[str, ...]] = ("kept",)
    refusals: ClassVar[tuple[str, ...]] = ("unlinked", "not_found", "nothing", "documents")


class CashbackToCorrect(Request, frozen=True, tag="cashback_to_correct"):
    """The devices that cannot be registered as they were entered (SMA-11)."""

    text: str = ""
    cursor: str = ""
    by_serial: ClassVar[bool] = True


class CorrectCashback(Request, frozen=True, tag="correct_cashback"):
    """Another serial or model for a device that could not be registered (SMA-11)."""

    item: str
    device: str
    gaps: ClassVar[tuple[str, ...]] = ("number",)
    refusals: ClassVar[tuple[str, ...]] = ("unlinked", "not_found", "already")


class AskAboutDevice(Request, frozen=True, tag="ask_about_device"):
    """A case about a device that could not be registered: the desk asks SMA (SMA-11)."""

    item: str
    question: str
    gaps: ClassVar[tuple[str, ...]] = ("case", "number", "holder")
    refusals: ClassVar[tuple[str, ...]] = ("unlinked", "not_found")


class CheckCustomerNumber(Request, frozen=True, tag="check_customer_number"):
    """Whether the SMA customer number in one's own profile is the one of the company (SMA-12, 13)."""

    customer_number: str
    harmless: ClassVar[bool] = True
    gaps: ClassVar[tuple[str, ...]] = ("result",)
    refusals: ClassVar[tuple[str, ...]] = ("unlinked",)


Requests = (
    CashbackGuide
    | MayRegister
    | RegistrableDevices
    | OneRegistrableDevice
    | InstallationDays
    | RegisterDevices
    | SheetOfDevices
    | RegisterSheet
    | FindCashback
    | CashbackCard
    | DocumentsWanted
    | SendDocuments
    | CashbackToCorrect
    | CorrectCashback
    | AskAboutDevice
    | CheckCustomerNumber
)
WRITES: tuple[type[Request], ...] = (
    RegisterDevices,
    RegisterSheet,
    SendDocuments,
    CorrectCashback,
    AskAboutDevice,
    CheckCustomerNumber,
)
