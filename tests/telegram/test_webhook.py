"""The webhook: only who knows the secret is heard, and only what is stored is confirmed."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.telegram.process import SECRET, World, environment

pytestmark = pytest.mark.xdist_group("telegram webhook")
HEADER = "X-Telegram-Bot-Api-Secret-Token"


@pytest.fixture(scope="module")
def world(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A process that is told by webhook."""
    world = World(tmp_path_factory.mktemp("webhook"), sample, webhook=True)
    try:
        yield world.start()
    finally:
        world.close()
    assert world.service.violations == []


@pytest.mark.parametrize("secret", [None, "", "wrong", SECRET + "x", SECRET[:-1]])
def test_nobody_without_the_secret_is_heard(world: World, secret: str | None) -> None:
    """Nothing is stored and nothing said."""
    before = world.rows("SELECT count(*) FROM inbox")
    update = {
        "update_id": 1,
        "message": {"message_id": 1, "chat": {"id": 5, "type": "private"}, "text": "hi"},
    }
    headers = {} if secret is None else {HEADER: secret}
    answer = httpx.post(
        world.service.webhook["url"], json=update, headers=headers, trust_env=False, timeout=60
    )
    assert answer.status_code in (401, 403, 404)
    assert world.rows("SELECT count(*) FROM inbox") == before


def test_the_same_update_again_is_confirmed_and_changes_nothing(world: World) -> None:
    """As often as the service likes."""
    phone = world.phone()
    phone.says("/help").sees("Menu")
    update = next(
        u for u in world.service.history if u.get("message", {}).get("chat", {}).get("id") == phone.id
    )
    for _ in range(3):
        answer = httpx.post(
            world.service.webhook["url"], json=update, headers={HEADER: SECRET}, trust_env=False, timeout=60
        )
        assert answer.status_code == 200
    world.settled()
    assert len([message for message in phone.room.shown() if message.mine]) == 1


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"update_id": 1e400}'])
def test_nonsense_with_the_secret_is_confirmed(world: World, body: bytes) -> None:
    """Otherwise it would come again and again, and the chat would wait behind it."""
    answer = httpx.post(
        world.service.webhook["url"], content=body, headers={HEADER: SECRET}, trust_env=False, timeout=60
    )
    assert answer.status_code == 200
    world.phone().says("/help").sees("Menu")


def test_a_kill_loses_no_update_of_a_webhook(sample: Path, tmp_path: Path) -> None:
    """What was not confirmed is delivered again."""
    world = World(tmp_path, sample, webhook=True)
    try:
        world.start()
        phones = [world.phone() for _ in range(10)]
        for phone in phones:
            phone.says("/help")
        world.kill()
        for phone in phones:
            phone.says("/menu")
        world.start()
        for phone in phones:
            phone.hears()
        world.settled()
        assert world.rows("SELECT count(*), count(DISTINCT conversation) FROM inbox") == [(20, 10)]
    finally:
        world.close()
    assert world.service.violations == []


def test_without_a_secret_it_does_not_start(tmp_path: Path) -> None:
    """It says what is missing."""
    env = environment(
        {
            "SOLARDESK_TELEGRAM_TOKEN": "1234567890:AAabcdefghijklmnopqrstuvwxyz",
            "SOLARDESK_TELEGRAM_WEBHOOK_URL": "https://bot.example/telegram",
            "SOLARDESK_DATA_DIR": str(tmp_path),
            "SOLARDESK_PORT": "0",
        }
    )
    ended = subprocess.run(
        [sys.executable, "-m", "bot", "run"], env=env, check=False, capture_output=True, timeout=100
    )
    assert ended.returncode != 0
    assert b"SOLARDESK_TELEGRAM_WEBHOOK_SECRET" in ended.stderr + ended.stdout
