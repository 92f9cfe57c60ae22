"""The desk in conversations: an agent asks and tells things."""

from __future__ import annotations

import itertools

from bot.services import office
from bot.services.hire import hire
from storage import agents
from storage.agents import Agent
from storage.moments import micros
from storage.unit_of_work import Connection
from tests.conversations.chats import World
from tests.conversations.sample import Sample

_keys = itertools.count()


def agent(connection: Connection) -> Agent:
    """Somebody at the desk."""
    if agents.with_login(connection, "mia") is None:
        hire(connection, "mia", "Mia", "agent", "nl")
    found = agents.with_login(connection, "mia")
    assert found
    return found.agent


def ask(world: World, about: str, words: str) -> None:
    """The desk asks something."""

    def work(connection: Connection) -> None:
        office.ask(connection, deed(world, connection, about), words)

    world.run(world.app.uow.write(work))


def moves(world: World, about: str, seen: str, status: str) -> None:
    """The desk gives a request its next status."""

    def work(connection: Connection) -> None:
        office.pass_to(connection, deed(world, connection, about), seen, status)

    world.run(world.app.uow.write(work))


def deed(world: World, connection: Connection, about: str) -> office.Deed:
    """Something that the agent does now."""
    return office.Deed(agent(connection), about, f"deed {next(_keys)}", micros(world.clock.now()))


def filed_by(world: World, locale: str) -> str:
    """An RMA filed by the person of that language."""
    sample = Sample(world, locale)
    mine = [rma for rma in sample.rmas("in_progress") if rma.installer_email == world.people[locale]]
    return f"rma {mine[0].number}"
