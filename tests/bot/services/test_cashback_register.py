"""Whose devices are registered for the cashback, whatever asks for it."""

from __future__ import annotations

import pytest

from flows.engine.work import Refused
from flows.requests.cashback import RegisterDevices
from storage import cashback, people
from storage.moments import micros
from tests.bot.services.conftest import ELS, NOW, STRANGER, Counter

NOT_ENROLLED = "camille.fontenoy@solairesdunord.example"
SERIAL = "3012345678"


@pytest.mark.row("SMA-01")
def test_a_company_that_is_not_enrolled_registers_nothing(counter: Counter) -> None:
    """The same device is taken from one that is."""
    connection, request = counter.connection, RegisterDevices((SERIAL,), NOW.date().isoformat())
    camille = people.with_email(connection, NOT_ENROLLED)
    assert camille
    people.link(connection, STRANGER, camille.id, micros(NOW))
    assert counter.ask(request, STRANGER) == Refused("closed")
    assert cashback.registered(connection, [SERIAL]) == {}
    counter.done(request, ELS)
    assert SERIAL in cashback.registered(connection, [SERIAL])
