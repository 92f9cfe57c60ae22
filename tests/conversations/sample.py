"""What the sample desk knows, looked up for a test: systems, serials and RMAs of a person's company."""

from __future__ import annotations

import io
from dataclasses import dataclass

import openpyxl
from PIL import Image
from sqlalchemy import Connection, select

from bot.services.seed_data import DEMO
from storage import people, request_tables, rma_parts, rmas, systems
from storage.claim_tables import bank_details
from storage.claim_tables import claims as claim_rows
from storage.rmas import Rma
from storage.systems import System
from tests.conversations.chats import World

ELS, JAN, TINE = (f"{name}@zonnebouw.example" for name in ("els.wouters", "jan.mertens", "tine.claes"))
"""A technician, another one and the office of one company."""
OFFICE_OF = {"nl": TINE, "fr": "luc.gillain@ardennesoleil.example", "en": "tom.weiland@mosellesolar.example"}
"""The office of the company of the sample installer of each language."""
PEETERS = "700457343"
PEETERS_SERIAL = "122145001234"
FREE = "122299123456"
"""A serial that is nowhere in the sample."""


@dataclass(frozen=True)
class Site:
    """A system with its serials, the faulty ones first."""

    system: System
    serials: tuple[str, ...]
    faulty: tuple[str, ...]


class Sample:
    """The sample data as one person's company has it."""

    def __init__(self, world: World, person: str) -> None:
        self._world = world
        self.email = DEMO.get(person, person)

    def sites(self) -> list[Site]:
        """Systems without any request, that have two faulty devices or more and a name of their own: no other
        is or begins like it.
        """

        def find(connection: Connection) -> list[Site]:
            every = self._systems(connection)
            names = [system.folded for system in every]
            with_requests = {rma.system for rma in self._rmas(connection)}
            fresh = [s for s in every if is_alone(s.folded, names) and s.id not in with_requests]
            devices = systems.devices_of(connection, [system.id for system in fresh])
            sites = [
                Site(
                    system,
                    tuple(device.serial for device in devices[system.id]),
                    tuple(device.serial for device in devices[system.id] if device.status != "normal"),
                )
                for system in fresh
            ]
            return [site for site in sites if len(site.faulty) > 1 and len(site.serials) > 5]

        return self._world.run(self._world.app.uow.read(find))

    def with_status(self, status: str) -> System:
        """A system of that status."""

        def find(connection: Connection) -> System:
            every = self._systems(connection)
            return next(system for system in every if system.status == status)

        return self._world.run(self._world.app.uow.read(find))

    def _systems(self, connection: Connection) -> list[System]:
        """All of the company, by name."""
        entries = systems.entries_of(connection, self._company(connection))
        known = systems.with_ids(connection, [entry.id for entry in entries])
        return [known[entry.id] for entry in entries]

    def rmas(self, status: str = "", mine: bool | None = None) -> list[Rma]:
        """The RMAs of the company, newest first; `mine`: filed by this person, or by somebody else."""

        def find(connection: Connection) -> list[Rma]:
            me = people.with_email(connection, self.email)
            return [
                rma
                for rma in self._rmas(connection)
                if status in ("", rma.status) and mine in (None, bool(me and rma.installer == me.id))
            ]

        return self._world.run(self._world.app.uow.read(find))

    def serials_of(self, rma: str) -> list[str]:
        """The serials on an RMA."""
        lines = self._world.run(
            self._world.app.uow.read(lambda connection: rma_parts.lines_of(connection, rma))
        )
        return [line.serial for line in lines]

    def _company(self, connection: Connection) -> int:
        found = people.with_email(connection, self.email)
        assert found
        return found.company

    def _rmas(self, connection: Connection) -> list[Rma]:
        return rmas.latest(connection, self._company(connection), 0, 100)


def mails_to(world: World, address: str) -> list[str]:
    """The subjects (as stored) of the letters to this mailbox, oldest first."""

    def find(connection: Connection) -> list[str]:
        mails = request_tables.mails.c
        query = select(mails.subject).where(mails.recipient == address).order_by(mails.id)
        return list(connection.execute(query).scalars())

    return world.run(world.app.uow.read(find))


def language_of(world: World, address: str) -> str:
    """The language in which the desk writes to this mailbox."""
    found = world.run(world.app.uow.read(lambda connection: people.with_email(connection, address)))
    assert found
    return found.language


def photo(shade: int = 90) -> bytes:
    """A small JPEG; another shade is another photo."""
    out = io.BytesIO()
    Image.new("RGB", (640, 480), (shade, 120, 60)).save(out, "JPEG")
    return out.getvalue()


def excel(*rows: tuple[str | int | float | None, ...]) -> bytes:
    """An Excel file with these rows."""
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def is_alone(name: str, names: list[str]) -> bool:
    """Whether no other of the folded names is this one or begins with it."""
    return sum(f"{other} ".startswith(f"{name} ") for other in names) == 1


def without_accounts(world: World) -> World:
    """Nobody has said yet where reimbursements are paid to."""

    def wipe(connection: Connection) -> None:
        connection.execute(claim_rows.update().values(bank=None))
        connection.execute(bank_details.delete())

    world.run(world.app.uow.write(wipe))
    return world
