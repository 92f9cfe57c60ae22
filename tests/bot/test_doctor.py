"""What an operator is told."""

from __future__ import annotations

import asyncio
import datetime
import logging
from pathlib import Path

import pytest

from bot import doctor
from bot.app import Unnamed
from bot.channels.telegram.wanted import Wanted
from bot.settings import Settings
from flows.engine.outputs import Say
from storage import outbox, unreachable
from storage.migrate import upgrade
from storage.unit_of_work import open_engine
from tests.telegram.server import Server
from tests.telegram.service import Service


def test_a_fresh_installation_has_no_problem(tmp_path: Path) -> None:
    """What is off says how to switch it on."""
    settings = Settings(data_dir=tmp_path)
    found = [*doctor.database(settings), *doctor.web(settings), *doctor.mail(settings)]
    found += asyncio.run(doctor.telegram(Wanted("", "", "")))
    assert [each.state for each in found] == ["fine", "fine", "off", "off"]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("token", "url", "secret", "says"),
    [
        ("12345", "", "", "BotFather"),
        ("123:abcdefghijkl", "https://desk.example/telegram", "", "SECRET"),
        ("123:abcdefghijkl", "https://desk.example/telegram", "with space", "SECRET"),
    ],
)
def test_settings_that_cannot_be_are_named(token: str, url: str, secret: str, says: str) -> None:
    """A webhook without a secret is refused."""
    [found] = asyncio.run(doctor.telegram(Wanted(token, "", "", url, secret)))
    assert found.state == "problem"
    assert says in found.says


def test_telegram_that_does_not_answer_is_a_problem() -> None:
    """And the token is not in what is said."""
    wanted = Wanted("123:abcdefghijkl", "http://127.0.0.1:1/bot", "http://127.0.0.1:1/file/bot")
    [found] = asyncio.run(doctor.telegram(wanted))
    assert found.state == "problem"
    assert "abcdefghijkl" not in found.says


def test_chats_that_cannot_be_reached_are_counted_apart(tmp_path: Path) -> None:
    """What waits there is not under way."""
    settings = Settings(data_dir=tmp_path)
    upgrade(settings.database)
    engine = open_engine(settings.database)
    now = datetime.datetime(2026, 11, 20, tzinfo=datetime.UTC)
    with engine.begin() as connection:
        new = [outbox.New(chat, "test", 1, Say(("1",)), "en", "") for chat in ("a", "b")]
        outbox.add(connection, new, now)
        unreachable.hold(connection, "a", "", now)
    engine.dispose()
    found = next(iter(doctor.database(settings)))
    assert "0 inputs and 1 messages under way; 1 chats cannot be reached" in found.says


def test_the_password_of_the_database_is_not_shown(tmp_path: Path) -> None:
    """Nor anything else that is secret."""
    url = "postgresql://desk:hush@127.0.0.1:1/desk"
    [found] = doctor.database(Settings(data_dir=tmp_path, database_url=url))
    assert (found.state, "hush" in found.says) == ("problem", False)


def test_secrets_are_taken_out_of_every_line_of_the_log() -> None:
    """Whoever logged them: in the words, the values, or an error."""
    try:
        raise ValueError("GET /bot123:abc/getMe")
    except ValueError as error:
        info = (ValueError, error, error.__traceback__)
    record = logging.LogRecord("x", logging.INFO, "", 1, "asked %s", ("/bot123:abc/getMe",), info)
    assert Unnamed(["123:abc"]).filter(record)
    shown = logging.Formatter().format(record)
    assert "123:abc" not in shown
    assert shown.count("[secret]") >= 2


def test_a_bot_without_inline_mode_works_and_says_how_to_switch_it_on() -> None:
    """Nothing else is wrong with it."""
    service = Service()
    service.bot["supports_inline_queries"] = False
    server = Server(service)
    try:
        found = asyncio.run(doctor.telegram(Wanted(service.token, server.url, server.file_url)))
    finally:
        server.stop()
    assert [each.state for each in found] == ["fine", "off"]
    assert "/setinline" in found[1].says
