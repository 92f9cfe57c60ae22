"""What the process logs, with every library at its most talkative: nothing of people, no secret (I8)."""

from __future__ import annotations

import pytest

from tests.conversations.journeys import SILENT
from tests.telegram.discretion import secrets
from tests.telegram.journeys import files_rma, photo
from tests.telegram.process import World

pytestmark = pytest.mark.xdist_group("telegram faults")

FAULTS = (
    ("getUpdates", "html", "truncated"),
    ("sendMessage", "truncated"),
    ("editMessageText", "truncated"),
    ("answerCallbackQuery", "500", "html", "truncated", "drop before"),
    ("getFile", "truncated"),
    ("file", "500"),
)


def test_logs_hold_no_token_no_code_and_nothing_that_people_said(own: World) -> None:
    """At DEBUG, with everything going wrong once: every world looks at its log in the end."""
    own.start()
    phone = own.phone("en", "Grietje Vandersmissen")
    phone.says(f"/start {own.code(own.firm('en')['people'][0]['email'])}").taps("Link").sees("now belongs to")
    phone.patience = 40
    for method, *kinds in FAULTS:
        for kind in kinds:
            own.service.faults.order(kind, method)  # type: ignore[arg-type]
    files_rma(own, phone, "en")
    own.service.faults.clear()
    phone.sends_photo(photo(), "zinc gutter on the left").hears()
    phone.shares_place(50.987654, 4.836321).hears()
    phone.shares_contact("+32470987654").hears()
    own.service.put({"message": {"message_id": "x", "text": "malformed secret words"}})
    phone.says("/help").sees("Menu")
    own.settled().stop()
    known = set(secrets(own))
    assert known >= {
        SILENT["en"],
        "Grietje Vandersmissen",
        "zinc gutter on the left",
        "malformed secret words",
    }
    assert known >= {"+32470987654", "50.987654", *own.codes}
    assert " INFO " in own.log.read_text()
