"""What is played on the stage: a menu and one flow with every kind of step, and a desk with fixed answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from bot.ports import Asked
from flows.engine.data import Request
from flows.engine.language import Action, Flow, act, ask, choose, lookup, review, show, upload
from flows.engine.parsers import text
from flows.engine.phrases import Copy, Day, Phrase
from flows.engine.work import Done, Page, Reply, Row, Turn
from tests.bot.channels.web.times import NOW

MICROS = tuple(f"12204500{number:04}" for number in range(1234, 1244))


class Systems(Request, frozen=True, tag="test_systems"):
    """Systems by name."""

    text: str = ""
    cursor: str = ""


class Devices(Request, frozen=True, tag="test_devices"):
    """The devices of a system, five at a time."""

    system: str
    text: str = ""
    cursor: str = ""


class File(Request, frozen=True, tag="test_file"):
    """File an RMA."""

    system: str
    devices: tuple[str, ...]
    fault: str
    description: str
    address: str
    photos: tuple[str, ...] = ()
    gaps: ClassVar[tuple[str, ...]] = ("number",)


FLOWS: Mapping[str, Flow] = {
    "menu": Flow(
        "menu",
        Phrase("Menu"),
        (),
        (
            show(
                "menu",
                Phrase("What do you want to do?"),
                actions=(Action(Phrase("New RMA"), "create_rma"), Action(Phrase("Help"), "help")),
            ),
        ),
    ),
    "help": Flow("help", Phrase("Help"), (), (show("help", Phrase("Type what you need.")),)),
    "link": Flow(
        "link", Phrase("Link"), (), (ask("code", Phrase("Your code?"), text(), title=Phrase("Code")),)
    ),
    "create_rma": Flow(
        "create_rma",
        Phrase("New RMA"),
        (),
        (
            choose("system", Phrase("Which system is it?"), lookup(Systems), title=Phrase("System")),
            choose("devices", Phrase("Which devices?"), lookup(Devices), title=Phrase("Devices"), many=True),
            choose(
                "fault",
                Phrase("What do you see?"),
                title=Phrase("Fault"),
                options={
                    "silent": Phrase("Not reporting"),
                    "dead": Phrase("No production"),
                    "damaged": Phrase("Damaged"),
                },
            ),
            ask(
                "description", Phrase("Tell it in a few words."), text(), title=Phrase("Words"), optional=True
            ),
            upload(
                "photos", Phrase("Photos help."), title=Phrase("Photos"), at_most=30_000_000, optional=True
            ),
            choose(
                "address",
                Phrase("Where should the replacement go?"),
                title=Phrase("Deliver to"),
                options={"depot": Phrase("Leuven depot"), "site": Phrase("The site")},
            ),
            review(Phrase("Please check."), send=Phrase("Send")),
            act(
                File,
                done=Phrase("RMA {number} is at our desk."),
                then=(Action(Phrase("Another"), "create_rma"),),
            ),
        ),
    ),
}

SYSTEMS = (
    Row("700457343", "Peeters, Aarschot", "Langestraat 8 · 24 micros"),
    Row("700457344", "Janssens, Haacht", Day(NOW.date())),
)
DEVICES = tuple(Row(serial, Copy(serial), "IQ7+, not reporting") for serial in MICROS)


class Desk:
    """Says the same about everything, and remembers what was filed."""

    def __init__(self) -> None:
        self.filed: list[File] = []

    def answer(self, asked: Sequence[Asked]) -> list[Reply]:
        """A reply to each."""
        return [self._reply(item.request) for item in asked]

    def _reply(self, request: Request) -> Reply:
        match request:
            case Systems(text=words):
                rows = tuple(row for row in SYSTEMS if words.lower() in str(row.label).lower())
                return Page(rows, exact=len(rows) == 1)
            case Devices(text=serial) if serial:
                return Page((Row(serial, Copy(serial)),), exact=True)
            case Devices(cursor=cursor):
                more = () if cursor else (Turn(Phrase("More"), "more"),)
                return Page(DEVICES[5:] if cursor else DEVICES[:5], turns=more)
            case File():
                self.filed.append(request)
                return Done({"number": Copy(f"{517989 + len(self.filed):08}")})
            case _:
                return Page()
