"""A desk with the sample data, and people of two companies who ask it things."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, Engine, insert, select

from bot.ports import Asked
from bot.services.desk import EmbeddedDesk
from bot.services.seed import fill
from flows.engine.data import Request
from flows.engine.work import Done, Page, Reply
from storage import desk_tables, people
from storage.moments import micros
from storage.tables import attachments
from storage.unit_of_work import open_engine

NOW = datetime.datetime(2026, 11, 20, 12, tzinfo=datetime.UTC)

ELS, JAN, TINE = "web:els", "web:jan", "web:tine"
KOEN, AMELIE, STRANGER = "web:koen", "web:amelie", "web:stranger"
PEOPLE = {
    ELS: "els.wouters@zonnebouw.example",
    JAN: "jan.mertens@zonnebouw.example",
    TINE: "tine.claes@zonnebouw.example",
    KOEN: "koen.baeten@zonnebouw.example",
    AMELIE: "amelie.lambert@ardennesoleil.example",
}
PEETERS = "700457343"
"""A system of the company of Els (a technician), Jan (another), Tine (at the office) and Koen (its admin)."""


class Counter:
    """The desk, as somebody in a chat meets it. A chat has the name of who is in it."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.desk = EmbeddedDesk()
        self._keys = itertools.count(1)

    def asked(self, request: Request, sender: str = ELS, key: str = "", at: datetime.datetime = NOW) -> Asked:
        """A request, under a key of its own unless one is given."""
        return Asked(key or f"key-{next(self._keys)}", request, sender, sender, "nl", at)

    def ask(self, request: Request, sender: str = ELS, key: str = "", at: datetime.datetime = NOW) -> Reply:
        """The reply to one request."""
        (reply,) = self.desk.answer(self.connection, [self.asked(request, sender, key, at)])
        return reply

    def page(self, request: Request, sender: str = ELS) -> Page:
        """The reply to a lookup."""
        reply = self.ask(request, sender)
        assert isinstance(reply, Page), reply
        return reply

    def permitted(self, request: Request, sender: str = ELS) -> tuple[str, ...]:
        """What a card permits; it says so."""
        allowed = self.page(request, sender).allowed
        assert allowed is not None
        return allowed

    def done(self, request: Request, sender: str = ELS, key: str = "") -> Done:
        """The reply to what the desk does."""
        reply = self.ask(request, sender, key)
        assert isinstance(reply, Done), reply
        return reply

    def attach(self, file: str, conversation: str = ELS) -> str:
        """A photo that was sent in this chat."""
        self.connection.execute(
            insert(attachments),
            {
                "id": file, "conversation": conversation, "name": "photo.jpg", "kind": "image",
                "media_type": "image/jpeg", "size": 1000, "sha256": "0", "created_at": micros(NOW),
            },
        )  # fmt: skip
        return file

    def system_of(self, sender: str, place: int = 5) -> str:
        """The id of some system of this person's company."""
        company = people.known(self.connection, [sender])[sender].company
        systems = desk_tables.systems.c
        found = self.connection.execute(
            select(systems.id).where(systems.company == company).order_by(systems.id)
        ).scalars()
        return str(list(found)[place])

    def serials_of(self, system: str) -> list[str]:
        """The serials on a system."""
        devices = desk_tables.devices.c
        query = select(devices.serial).where(devices.system == system).order_by(devices.serial)
        return list(self.connection.execute(query).scalars())


def opened(connection: Connection) -> Counter:
    """The sample desk with five people linked."""
    fill(connection, NOW)
    for sender, email in PEOPLE.items():
        installer = people.with_email(connection, email)
        assert installer
        people.link(connection, sender, installer.id, micros(NOW))
    return Counter(connection)


@pytest.fixture(scope="session")
def samples() -> Iterator[dict[str, Engine]]:
    """One filled database of each kind, made when first asked for."""
    engines: dict[str, Engine] = {}
    yield engines
    for engine in engines.values():
        engine.dispose()


@pytest.fixture
def counter(kind: str, samples: dict[str, Engine], request: pytest.FixtureRequest) -> Iterator[Counter]:
    """The sample desk; whatever a test changes is undone after it."""
    if kind not in samples:
        samples[kind] = open_engine(request.getfixturevalue("database"))
        with samples[kind].begin() as connection:
            opened(connection)
    with samples[kind].connect() as connection, connection.begin() as transaction:
        yield Counter(connection)
        transaction.rollback()


@pytest.fixture
def own_counter(connection: Connection) -> Counter:
    """The sample desk in a database of its own, for tests that commit."""
    return opened(connection)
