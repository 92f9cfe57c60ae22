"""What is logged: nothing that anybody said, sent, or is."""

from __future__ import annotations

import logging
import shutil
from pathlib import Path

import httpx
import pytest

from bot.serve import with_web
from bot.web import application
from tests.conversations.chats import World
from tests.conversations.sample import ELS, PEETERS, photo
from tests.conversations.test_trouble import Stumbling

CANARIES = (
    "Zxqvriend Zxqvaan",
    "+32 499 98 76 54",
    "zxqv@canary.example",
    "zxqv it hums",
    "zxqv note",
)
PEOPLE = ("Els Wouters", ELS, "els.wouters", "+32 470 55 01 02", "Dorpsstraat", "Nijverheidsweg", "Peeters")
OURS = ("bot", "storage", "flows", "locales", "sqlalchemy", "asyncio", "concurrent", "root", "PIL", "uvicorn")


def test_no_word_name_address_code_or_cookie_is_ever_logged(
    seeded: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A whole conversation with all that can go wrong in it, everything logged that can be."""
    caplog.set_level(logging.DEBUG)
    shutil.copytree(seeded, tmp_path / "world")
    world = World(tmp_path / "world")
    codes = [world.code(ELS), world.code(ELS)]
    talk(world, codes)
    cookie = world.run(browse(world))
    world.restart()
    world.close()
    said = "\n".join(
        f"{record.name} {record.getMessage()} {record.exc_text or ''}" for record in ours(caplog)
    )
    assert "quarantined" in said
    assert "parked" in said
    for secret in (*CANARIES, *PEOPLE, *codes, cookie):
        assert secret not in said, f"{secret} was logged"


def talk(world: World, codes: list[str]) -> None:
    """Link, file, note, ask for a person; with a bad file, a bad payload and a bug of the platform."""
    hum, contact, note = CANARIES[3], f"{CANARIES[0]} {CANARIES[1]}", CANARIES[4]
    chat = world.stranger("secret", "nl").says("koppelen").says("ABCDE-99999").says(codes[0]).presses("Link")
    chat.starts("create_rma", system=PEETERS).says("122412346704").presses("Damaged").says(hum)
    chat.sends(("zxqv it hums.jpg", b"no photo"), ("roof.jpg", photo()))
    chat.presses("Change").presses("On-site contact").says(contact).presses("Send")
    chat.says(f"noteer bij {chat.number()}: {note}").presses("Add")
    chat.receives(b'{"content": "zxqv it hums"}')
    chat.says("mens").presses("Change").presses("Reach me at").says(CANARIES[2]).presses("Please contact me")
    world.use(Stumbling)
    chat.receives(b"stumble")
    chat.starts("link_code", email=ELS)
    chat.says("/koppel " + codes[1]).says("/ontkoppelen").presses("Unlink")


async def browse(world: World) -> str:
    """The same in a browser; gives its cookie."""
    web = with_web(world.app)
    transport = httpx.ASGITransport(app=application(web.routes()))
    base = "http://testserver"
    async with httpx.AsyncClient(transport=transport, base_url=base) as client:
        await client.get("/")
        body = {"content": {"type": "said", "text": CANARIES[3]}}
        said = await client.post("/chat/say/deed-1", json=body, headers={"Origin": base})
        assert said.status_code < 300
        return client.cookies["solardesk"]


def ours(caplog: pytest.LogCaptureFixture) -> list[logging.LogRecord]:
    """The records of the product; those of this test's own browser are not."""
    return [record for record in caplog.records if record.name.split(".")[0] in OURS]
