"""A small world to test the engine in: returning what was ordered. Its flows and its desk."""

from __future__ import annotations

from typing import ClassVar

from flows.engine.data import Request
from flows.engine.language import (
    ROW,
    SEARCH,
    Action,
    Flow,
    Refusal,
    act,
    answered,
    ask,
    choose,
    lookup,
    review,
    show,
    upload,
)
from flows.engine.parsers import text
from flows.engine.phrases import Copy, Phrase
from flows.engine.work import Done, Page, Refused, Reply, Row, Turn
from tests.flows.talking import MEGABYTE, Chat, Desk

_ = Phrase  # These words are never translated.


class Units(Request, frozen=True, tag="units"):
    order: str
    text: str = ""
    cursor: str = ""


class Serials(Request, frozen=True, tag="serials"):
    text: str = ""
    cursor: str = ""
    by_serial: ClassVar[bool] = True


class Depots(Request, frozen=True, tag="depots"):
    text: str = ""
    cursor: str = ""


class Orders(Request, frozen=True, tag="orders"):
    text: str = ""
    cursor: str = ""


class OrderCard(Request, frozen=True, tag="order_card"):
    order: str
    cursor: str = ""


class OpenReturn(Request, frozen=True, tag="open_return"):
    order: str
    unit: str
    reason: str
    transport: str
    details: str = ""
    photos: tuple[str, ...] = ()
    street: str = ""
    depot: str = ""
    remark: str = ""
    gaps: ClassVar[tuple[str, ...]] = ("number",)
    refusals: ClassVar[tuple[str, ...]] = ("unlinked", "not_found", "too_old")


class Recall(Request, frozen=True, tag="recall"):
    devices: tuple[str, ...]
    harmless: ClassVar[bool] = True


class Link(Request, frozen=True, tag="link_chat"):
    code: str
    harmless: ClassVar[bool] = True


class Mail(Request, frozen=True, tag="mail"):
    address: str = ""
    harmless: ClassVar[bool] = True


RETURN = Flow(
    name="return",
    title=_("Return"),
    phrases=(),
    steps=(
        show("intro", _("It takes two minutes.")),
        ask("order", _("Which order?"), text(at_least=3), title=_("Order")),
        choose("unit", _("Which unit?"), lookup(Units), title=_("Unit")),
        choose(
            "reason",
            _("What is wrong?"),
            title=_("Reason"),
            options={"dead": _("Dead"), "damaged": _("Damaged"), "other": _("Other")},
        ),
        ask(
            "details",
            _("Tell more."),
            text(at_least=10),
            title=_("Details"),
            when=answered("reason", "dead", "other"),
        ),
        upload(
            "photos",
            _("Photos, please."),
            title=_("Photos"),
            at_most=30 * MEGABYTE,
            when=answered("reason", "damaged"),
        ),
        choose(
            "transport",
            _("How does it come back?"),
            title=_("Transport"),
            options={"courier": _("Courier"), "drop": _("Drop-off")},
        ),
        ask("street", _("Which street?"), text(), title=_("Street"), when=answered("transport", "courier")),
        choose("depot", _("Which depot?"), lookup(Depots), title=_("Depot"), default=True),
        ask("remark", _("A remark?"), text(), title=_("Remark"), optional=True),
        review(_("All right?")),
        act(
            OpenReturn,
            done=_("Return {number}."),
            refused={"too_old": Refusal(_("This order is too old."), again="order")},
            then=(Action(_("Track"), "track", {"order": "order"}), Action(_("Help"), "help")),
        ),
    ),
)

SEVERAL = Flow(
    name="several",
    title=_("Several"),
    phrases=(),
    steps=(
        choose(
            "devices",
            _("Which devices?"),
            lookup(Serials),
            title=_("Devices"),
            options={"unreadable": _("Unreadable")},
            many=True,
        ),
        review(_("All these?")),
        act(Recall, done=_("Recalled.")),
    ),
)

TRACK = Flow(
    name="track",
    title=_("Track"),
    phrases=(),
    steps=(
        choose(
            "order",
            _("Which order?"),
            lookup(Orders),
            title=_("Order"),
            actions=(Action(_("Ask for it"), "note", {"note": SEARCH}, instead=True),),
        ),
        show(
            "card",
            _("Order {order}"),
            rows=lookup(OrderCard),
            actions=(Action(_("Return it"), "return", {"order": "order"}), Action(_("Note"), "note")),
        ),
    ),
)

NOTE = Flow(
    name="note",
    title=_("Note"),
    phrases=(),
    steps=(
        ask("note", _("What note?"), text(), title=_("Note")),
        choose("tone", _("Which tone?"), title=_("Tone"), options={"calm": _("Calm"), "loud": _("Loud")}),
        ask("more", _("More?"), text(at_least=3), title=_("More"), optional=True),
        review(_("Keep it?")),
        act(Mail, done=_("Kept.")),
    ),
)

CHECK = Flow(
    name="check",
    title=_("Check"),
    phrases=(),
    steps=(
        show(
            "same",
            _("These are open already:"),
            rows=lookup(Orders),
            actions=(Action(_("Look"), "track", {"order": ROW}, instead=True),),
            done=_("Go on"),
        ),
        ask("why", _("Why?"), text(), title=_("Why")),
        review(_("Sure?")),
        act(Mail, done=_("Checked.")),
    ),
)

LINK = Flow(
    name="link",
    title=_("Link"),
    phrases=(),
    steps=(ask("code", _("Which code?"), text(), title=_("Code")), act(Link, done=_("Linked."))),
)

CODE = Flow(
    name="code",
    title=_("Code"),
    phrases=(),
    steps=(
        ask("address", _("Which address?"), text(), title=_("Address")),
        act(Mail, done=_("A code is on its way to {address}.")),
        ask("code", _("Which code?"), text(), title=_("Code")),
        act(Link, done=_("Linked.")),
    ),
)

HELP = Flow(
    name="help",
    title=_("Help"),
    phrases=(),
    steps=(show("help", _("This is help."), actions=(Action(_("Menu"), "menu"),)),),
)

MENU = Flow(
    name="menu",
    title=_("Menu"),
    phrases=(),
    steps=(
        show(
            "menu",
            _("What now?"),
            actions=(Action(_("Return"), "return"), Action(_("Note"), "note")),
            drafts=True,
        ),
    ),
)

PERSON = Flow(
    name="talk_to_person",
    title=_("Talk to a person"),
    phrases=(),
    steps=(ask("reach", _("How to reach you?"), text(), title=_("Reach")), act(Link, done=_("We call you."))),
)

FLOWS = (RETURN, SEVERAL, TRACK, NOTE, CHECK, LINK, CODE, HELP, MENU, PERSON)

UNITS = tuple(Row(name, name.title()) for name in ("kettle", "lamp"))
DEPOTS = (Row("leuven", "Leuven"), Row("gent", "Gent"))
SERIALS = tuple(Row(str(n), Copy(str(n))) for n in (111, 222, 333))
ORDERS = (Row("SO-1", "SO-1"), Row("SO-2", "SO-2"))


def found(rows: tuple[Row, ...], words: str) -> Page:
    """The rows whose name begins with these words; exact when that is one row."""
    if not words:
        return Page(rows)
    fitting = tuple(row for row in rows if row.id.lower().startswith(words.lower()))
    return Page(fitting, exact=len(fitting) == 1)


def serials(request: Serials) -> Page:
    """Typed serials are taken or explained one by one; the list has two pages."""
    if request.text:
        words = request.text.split()
        known = {row.id: row for row in SERIALS}
        rows = tuple(known[word] for word in words if word in known)
        problems = tuple(_("{word} is unknown.")(word=word) for word in words if word not in known)
        return Page(rows, exact=bool(rows), problems=problems)
    if request.cursor == "2":
        return Page(SERIALS[2:], turns=(Turn(_("First"), ""),))
    return Page(SERIALS[:2], turns=(Turn(_("More"), "2"),))


def order_card(request: OrderCard) -> Reply:
    """A card with two blocks."""
    if request.order not in ("SO-1", "SO-2"):
        return Refused("not_found")
    if request.cursor == "history":
        return Page(lines=("Sent on Monday.",), turns=(Turn(_("Summary"), ""),))
    return Page(lines=("Two units.",), turns=(Turn(_("History"), "history"),), allowed=("return",))


def shop_desk() -> Desk:
    """The desk of the shop, in a good mood."""
    return Desk(
        {
            Units: lambda request: found(UNITS, request.text),
            Depots: lambda request: Page(DEPOTS, default="" if request.text else "leuven"),
            Serials: serials,
            Orders: lambda request: found(ORDERS, request.text),
            OrderCard: order_card,
            OpenReturn: lambda request: Done({"number": Copy("R-1")}),
            Recall: lambda request: Done(),
            Link: lambda request: Done(),
            Mail: lambda request: Done({"address": Copy(request.address)}),
        }
    )


def shop(*, fields: int = 1) -> Chat:
    """Somebody in the shop."""
    return Chat(FLOWS, shop_desk(), fields=fields)


def at_review(chat: Chat) -> Chat:
    """The return of a dead kettle by courier, up to the review."""
    chat.started("return")
    chat.said("SO-1")
    chat.press("Kettle")
    chat.press("Dead")
    chat.said("no light at all")
    chat.press("Courier")
    chat.said("Dorpstraat 14")
    chat.skip()
    return chat
