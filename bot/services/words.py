"""What the desk's codes are called: statuses of systems, devices, RMAs and cases, and who holds a request."""

from __future__ import annotations

import datetime

from flows.engine.phrases import Copy, Day, Phrase, Text, _
from storage.moments import moment

RMA_STATUS: dict[str, Phrase] = {
    "in_progress": _("In progress"),
    "pending_approval": _("Pending approval"),
    "approved": _("Approved"),
    "shipped": _("Shipped"),
    "cancelled": _("Cancelled"),
}
CASE_STATUS: dict[str, Phrase] = {
    "new": _("New"),
    "in_progress": _("In progress"),
    "resolved": _("Resolved"),
}
DEVICE_STATUS: dict[str, Phrase] = {
    "normal": _("Working"),
    "not_reporting": _("Not reporting"),
    "fault": _("Fault reported"),
}
SYSTEM_STATUS: dict[str, Phrase] = {
    "normal": _("Everything is reporting"),
    "micro": _("Microinverters are not reporting"),
    "comm": _("The gateway is not reporting"),
    "meter": _("The meter is not reporting"),
    "meter_issue": _("There is a problem with the meter"),
    "power": _("There is a problem with production"),
    "battery": _("The battery is not communicating"),
    "encharge": _("The battery is not communicating"),
}
DEVICE_KIND: dict[str, Phrase] = {
    "microinverter": _("microinverter"),
    "gateway": _("gateway"),
    "battery": _("battery"),
    "inverter": _("inverter"),
}
CHANNEL: dict[str, Text] = {
    "telegram": "Telegram",
    "slack": "Slack",
    "web": _("web chat"),
    "console": _("terminal"),
}
UNKNOWN = _("unknown")


def holder(status: str, manufacturer_number: str) -> Phrase:
    """Who holds an RMA now. Never says that the manufacturer has what it does not have."""
    if manufacturer_number:
        return _("entered at Enphase under {number}")(number=Copy(manufacturer_number))
    if status == "cancelled":
        return _("closed at our desk")
    return _("with our desk, not yet with Enphase")


def channel_of(key: str) -> Text:
    """Where a conversation or a chat identity is."""
    name = key.partition(":")[0]
    return CHANNEL.get(name, name)


def day(stored: str | None) -> Text:
    """A stored day."""
    return Day(datetime.date.fromisoformat(stored)) if stored else UNKNOWN


def day_of(stored: int) -> Day:
    """The day of a stored moment."""
    return Day(moment(stored).date())
