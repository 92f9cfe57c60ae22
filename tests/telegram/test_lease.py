"""Two processes for one bot: one asks for the updates, the other takes over when that one ends."""

from __future__ import annotations

import signal
import time

import httpx
import pytest

from tests.telegram.people import repeats
from tests.telegram.process import World

pytestmark = pytest.mark.xdist_group("telegram faults")


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_another_process_takes_over(own: World, how: signal.Signals) -> None:
    """Killed or asked to stop: everything is answered, and only one of them ever asks for updates."""
    own.start().stands_by()
    phones = [own.phone() for _ in range(10)]
    for phone in phones:
        phone.says("/help").sees("Menu")
        phone.says("/menu")
    own.hands_over(how)
    for phone in phones:
        phone.says("/help")
        phone.sees("Menu")
    own.settled()
    taken = "SELECT count(*), count(DISTINCT key), min(outcome), max(outcome) FROM inbox"
    assert own.rows(taken) == [(30, 30, "done", "done")]
    assert [call for call in own.service.calls if call.method == "getUpdates" and call.code == 409] == []
    if how == signal.SIGTERM:
        assert [again for phone in phones for again in repeats(own.service.sent(phone.id))] == []


def test_a_rival_poller_is_reported_and_outlived(own: World) -> None:
    """Each poll of it ends ours; after a few the log says what to do, and when it stops all is answered."""
    own.start()
    rival = f"{own.server.url}{own.service.token}/getUpdates"

    def conflicts() -> int:
        return sum(call.method == "getUpdates" and call.code == 409 for call in own.service.calls)

    while conflicts() < 4:
        httpx.get(rival, trust_env=False, timeout=60)
        time.sleep(0.05)
    own.phone().says("/help").sees("Menu")
    assert "another program asks for the updates" in own.log.read_text()
