"""Reports as spreadsheets (ESM-39 to 42)."""

from __future__ import annotations

from typing import ClassVar

from flows.engine.data import Request


class ReportKinds(Request, frozen=True, tag="report_kinds"):
    """The reports there are; `text`: one of them, perhaps with the days and the systems."""

    text: str = ""
    cursor: str = ""


class ReportDays(Request, frozen=True, tag="report_days"):
    """Between which days what it reports was filed; `text`: in words, in any usual notation."""

    text: str = ""
    cursor: str = ""


class ReportSystems(Request, frozen=True, tag="report_systems"):
    """All systems, or those whose ids are in `text`, each checked; a name finds one."""

    text: str = ""
    cursor: str = ""


class ReportAddresses(Request, frozen=True, tag="report_addresses"):
    """The mailbox of who asks, or the one in `text`."""

    text: str = ""
    cursor: str = ""


class OtherAddress(Request, frozen=True, tag="other_address"):
    """What it means that the report goes to this mailbox; an empty page when it is that of who asks."""

    address: str


class OrderReport(Request, frozen=True, tag="order_report"):
    """Make this report; it comes in the chat and by mail."""

    kind: str
    days: str
    address: str
    systems: str = "all"
    gaps: ClassVar[tuple[str, ...]] = ("rows", "mailed")
    refusals: ClassVar[tuple[str, ...]] = (
        "unlinked",
        "not_found",
        "nothing",
        "too_many",
        "enough",
        "days",
        "address",
    )


Requests = ReportKinds | ReportDays | ReportSystems | ReportAddresses | OtherAddress | OrderReport
WRITES: tuple[type[Request], ...] = (OrderReport,)
