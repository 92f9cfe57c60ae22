"""What agents do to a request of any kind, each deed once, in the log, and told to the installer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from sqlalchemy import Connection

from bot.services import (
    cashback_changes,
    claims,
    letters,
    news,
    questions,
    return_parcels,
    rma_changes,
    room_news,
)
from bot.services.days import TIME_ZONE
from bot.services.items import KINDS, name_of
from bot.services.money import MOST, amount_text, kept_amount
from bot.services.room_news import News
from flows.engine.phrases import Copy, Lines, Listed, Text, _
from storage import agents, cashback, conversations, followers, office, people, returns, rmas
from storage import claims as claim_store
from storage import news as news_store
from storage.agents import Agent
from storage.moments import moment
from storage.office import Item

LONGEST = 4000


class Deed(NamedTuple):
    """Something an agent does now. `key`: of the form it came in, so that sent twice it is done once."""

    agent: Agent
    about: str
    key: str
    now: int


class Unknown(Exception):
    """There is no such request, or it cannot be done to one of this kind."""


class Changed(Exception):
    """Somebody changed it meanwhile: `now` is what it is."""

    def __init__(self, now: str) -> None:
        super().__init__(now)
        self.now = now


class Wrong(Exception):
    """What was filled in cannot be kept: `says` what it should be."""

    def __init__(self, says: Text) -> None:
        super().__init__()
        self.says = says


class Taken(Exception):
    """Its serial was registered anew meanwhile: `about` is the kind and number of that."""

    def __init__(self, about: str) -> None:
        super().__init__(about)
        self.about = about


def pass_to(connection: Connection, deed: Deed, seen: str, status: str) -> None:
    """Give it its next status, if it still has the one that the agent saw. Raises Changed, Taken, Unknown."""

    def change(item: Item) -> None:
        if item.status != seen:
            raise Changed(item.status)
        if status not in KINDS[item.kind].next[item.status]:
            raise Unknown
        agents.log(connection, deed.key, deed.about, deed.agent.id, deed.now, "status", seen, status)
        PASSED_ON[item.kind](connection, deed, item, status)

    _once(connection, deed, change)


def _rma(connection: Connection, deed: Deed, item: Item, status: str) -> None:
    rma = rmas.with_numbers(connection, [item.number])[item.number]
    rma_changes.pass_to(connection, rma, status, key=deed.key, by=None, now=deed.now)


def _case(connection: Connection, deed: Deed, item: Item, status: str) -> None:
    office.change(connection, item, {"status": status, "updated_at": deed.now})
    line = _("{request}: {status}.")
    _tell(connection, deed, item, line(request=name_of(item.about), status=KINDS["case"].statuses[status]))


def _return(connection: Connection, deed: Deed, item: Item, status: str) -> None:
    parcel = returns.with_number(connection, item.number)
    assert parcel
    return_parcels.pass_to(connection, parcel, status, key=deed.key, now=deed.now)


def _claim(connection: Connection, deed: Deed, item: Item, status: str) -> None:
    claim = claim_store.with_number(connection, item.number)
    assert claim
    claims.pass_to(connection, claim, status, key=deed.key, now=deed.now)


def _cashback(connection: Connection, deed: Deed, item: Item, status: str) -> None:
    device = cashback.get(connection, item.number)
    assert device
    other = cashback.registered(connection, [device.serial]).get(device.serial, device)
    if other.number != device.number:
        raise Taken(other.about)
    cashback_changes.pass_to(connection, device, status, key=deed.key, now=deed.now)


PASSED_ON: Final[Mapping[str, Callable[[Connection, Deed, Item, str], None]]] = {
    "rma": _rma,
    "case": _case,
    "return": _return,
    "claim": _claim,
    "cashback": _cashback,
}
"""By kind: what happens when it gets its next status."""


def keep(connection: Connection, deed: Deed, what: str, seen: str, value: str) -> None:
    """Keep what was filled in: a number, a return address, an amount. Raises Changed, Unknown, Wrong."""

    def change(item: Item) -> None:
        field = FIELDS[what]
        if item.kind != field.kind:
            raise Unknown
        before = str(office.details(connection, item)[field.column])
        if before != seen:
            raise Changed(before)
        kept = field.read(value) if value else ""
        if kept == seen:
            return
        agents.log(connection, deed.key, deed.about, deed.agent.id, deed.now, what, seen, kept)
        office.change(connection, item, {field.column: kept, "updated_at": deed.now})
        if kept:
            field.told(connection, deed, item, kept)

    _once(connection, deed, change)


def _number_told(connection: Connection, deed: Deed, item: Item, number: str) -> None:
    line = _("{request} is entered at Enphase under {number}.")
    _tell(connection, deed, item, line(request=name_of(item.about), number=Copy(number)))
    assert item.company is not None
    change = room_news.status_news(item.status, number)
    room_news.tell_rooms(connection, [News(item.company, item.number, change)], deed.now)


def _address_told(connection: Connection, deed: Deed, item: Item, address: str) -> None:
    """What was announced goes there too: a label printed before would lead it astray."""
    line: Text = _("{request}: the return address is {address}.")(
        request=name_of(item.about), address=Copy(address)
    )
    moved = return_parcels.redirect(connection, item.number, address, deed.now)
    if moved:
        numbers = Listed(tuple(Copy(parcel.number) for parcel in moved))
        line = Lines((line, _("Please use the new label of your return: {numbers}.")(numbers=numbers)))
    _tell(connection, deed, item, line, *(parcel.installer for parcel in moved))


def _amount_told(connection: Connection, deed: Deed, item: Item, amount: str) -> None:
    line = _("{request}: the amount is {amount}.")
    _tell(connection, deed, item, line(request=name_of(item.about), amount=amount_text(amount)))


def _amount(typed: str) -> str:
    kept = kept_amount(typed)
    if kept is None:
        raise Wrong(NO_AMOUNT(most=MOST))
    return kept


NO_AMOUNT: Final = _("This is no amount of at most {most}. Type it like 120.50. Nothing was changed.")


class Field(NamedTuple):
    """Something that an agent fills in, how it is told, and what is kept of what was typed."""

    kind: str
    column: str
    told: Callable[[Connection, Deed, Item, str], None]
    read: Callable[[str], str] = str


FIELDS: Final[Mapping[str, Field]] = {
    "number": Field("rma", "manufacturer_number", _number_told),
    "address": Field("rma", "return_address", _address_told),  # ESM-33
    "amount": Field("claim", "amount", _amount_told, _amount),  # ESM-29
}
"""By what they are called in the log."""


def note(connection: Connection, deed: Deed, words: str) -> None:
    """Write something down that only the desk reads. Raises Unknown."""

    def change(_item: Item) -> None:
        agents.log(connection, deed.key, deed.about, deed.agent.id, deed.now, "note", after=words)

    _once(connection, deed, change)


def message(connection: Connection, deed: Deed, words: str) -> None:
    """Tell the installer something. Raises Unknown."""

    def change(item: Item) -> None:
        agents.log(connection, deed.key, deed.about, deed.agent.id, deed.now, "message", after=words)
        line = _("The desk about {request}: {words}")
        _tell(connection, deed, item, line(request=name_of(item.about), words=words))

    _once(connection, deed, change)


def ask(connection: Connection, deed: Deed, words: str) -> None:
    """Ask the installer for words or a photo. Raises Unknown."""

    def change(item: Item) -> None:
        if item.company is None:
            raise Unknown
        agents.log(connection, deed.key, deed.about, deed.agent.id, deed.now, "question", after=words)
        questions.ask_installer(connection, item, words, key=deed.key, now=deed.now)
        office.change(connection, item, {"updated_at": deed.now})

    _once(connection, deed, change)


def reached(connection: Connection, deed: Deed) -> int:
    """How many people are told of what was done."""
    item = office.find(connection, deed.about)
    if item and item.company is None:
        return int(conversations.load(connection, item.conversation) is not None)
    return news_store.count(connection, deed.key)


def _once(connection: Connection, deed: Deed, change: Callable[[Item], None]) -> None:
    """Do it to the request as it is, once nobody else can change it meanwhile."""
    known = office.find(connection, deed.about)
    if known is None:
        raise Unknown
    if known.company:
        people.lock_companies(connection, [known.company])
    else:
        office.lock(connection, known)
    item = office.find(connection, deed.about)
    if item and not agents.done_before(connection, deed.key):
        change(item)


def _tell(connection: Connection, deed: Deed, item: Item, line: Text, *besides: int) -> None:
    """In the chat of who filed it when we do not know them. `besides`: whom it concerns too."""
    if item.company is None:
        known = conversations.load(connection, item.conversation)
        if known:
            lines = {item.conversation: (line, known.locale)}
            followers.tell(connection, lines, TIME_ZONE, moment(deed.now))
        return
    news.tell(
        connection,
        [item.installer, *besides] if item.installer else besides,
        line,
        about=item.about,
        key=deed.key,
        title=letters.about_title(name_of(item.about)),
        now=deed.now,
    )
