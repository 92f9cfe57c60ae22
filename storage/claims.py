"""Claims for labour: finding them, what happened to them, and until when they can be made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, func, insert, select, text, update

from storage.claim_tables import bank_details, claim_files, claim_history, claim_windows, claims
from storage.desk_tables import installers, systems
from storage.request_tables import rma_lines, rmas


class Claim(NamedTuple):
    """A claim for the labour of one RMA."""

    number: str
    key: str
    company: int
    installer: int
    rma: str
    status: str
    replaced_on: str
    claimant: str
    address: str
    bank: int | None
    amount: str
    created_at: int
    updated_at: int
    installer_name: str


class Step(NamedTuple):
    """One line of the history; `who` is empty for the desk."""

    at: int
    status: str
    who: str | None


class Window(NamedTuple):
    """Until when labour for an RMA can be claimed; no `last_day`: not worked out yet."""

    rma: str
    company: int
    replaced_on: str
    last_day: str
    remind_at: int | None


class Claimable(NamedTuple):
    """An RMA without a claim."""

    rma: str
    system_name: str | None
    last_day: str


class Bank(NamedTuple):
    """Where a company is paid to."""

    id: int
    vat: str
    iban: str
    at: int
    who: str


_CLAIM = select(claims, installers.c.name).join_from(
    claims, installers, claims.c.installer == installers.c.id
)
_LATEST_FIRST = (claims.c.created_at.desc(), claims.c.number.desc())
_CLAIMABLE = (
    select(claim_windows.c.rma, systems.c.name, claim_windows.c.last_day)
    .join_from(claim_windows, rmas, claim_windows.c.rma == rmas.c.number)
    .outerjoin(systems, rmas.c.system == systems.c.id)
    .outerjoin(claims, claims.c.rma == claim_windows.c.rma)
    .where(claim_windows.c.company == bindparam("company"))
    .where(claim_windows.c.last_day >= bindparam("today"))
    .where(rmas.c.status.in_(("approved", "shipped")))
    .where(claims.c.number.is_(None))
)
_DUE = (
    select(claim_windows)
    .where(claim_windows.c.remind_at <= bindparam("now"))
    .order_by(claim_windows.c.remind_at)
    .limit(bindparam("count"))
)
_OPEN = text(
    "INSERT INTO claim_windows (rma, company, remind_at) VALUES (:rma, :company, 0) ON CONFLICT DO NOTHING"
)
_FILE = text(
    "INSERT INTO claim_files (claim, attachment) VALUES (:claim, :attachment) ON CONFLICT DO NOTHING"
)
_BANK = select(
    bank_details.c.id, bank_details.c.vat, bank_details.c.iban, bank_details.c.at, installers.c.name
).join_from(bank_details, installers, bank_details.c.installer == installers.c.id)


def with_number(connection: Connection, number: str) -> Claim | None:
    """The claim of that number, of whatever company: the caller checks."""
    row = connection.execute(_CLAIM.where(claims.c.number == number)).first()
    return Claim._make(row) if row else None


def of_rma(connection: Connection, rma: str) -> Claim | None:
    """The claim for an RMA; there is at most one."""
    row = connection.execute(_CLAIM.where(claims.c.rma == rma)).first()
    return Claim._make(row) if row else None


def filed_under(connection: Connection, key: str) -> str | None:
    """The claim that was made under this key."""
    return connection.scalar(select(claims.c.number).where(claims.c.key == key))


def of_company(connection: Connection, company: int, start: int, count: int) -> list[Claim]:
    """The claims of a company, latest first."""
    found = _CLAIM.where(claims.c.company == company).order_by(*_LATEST_FIRST).limit(count).offset(start)
    return [Claim._make(row) for row in connection.execute(found)]


def for_serials(connection: Connection, company: int, serials: Sequence[str]) -> list[Claim]:
    """The claims of a company for RMAs with these devices, latest first."""
    on_them = select(rma_lines.c.rma).where(rma_lines.c.serial.in_(serials))
    found = _CLAIM.where(claims.c.company == company, claims.c.rma.in_(on_them)).order_by(*_LATEST_FIRST)
    return [Claim._make(row) for row in connection.execute(found)]


def history_of(connection: Connection, number: str) -> list[Step]:
    """What happened to a claim, in order."""
    found = (
        select(claim_history.c.at, claim_history.c.status, installers.c.name)
        .join_from(claim_history, installers, claim_history.c.installer == installers.c.id, isouter=True)
        .where(claim_history.c.claim == number)
        .order_by(claim_history.c.at, claim_history.c.id)
    )
    return [Step._make(row) for row in connection.execute(found)]


def files_on(connection: Connection, number: str) -> int:
    """How many documents came with a claim."""
    return connection.scalar(select(func.count()).where(claim_files.c.claim == number)) or 0


def add(connection: Connection, row: Mapping[str, Any], files: Sequence[str]) -> None:
    """A new claim with its documents."""
    connection.execute(insert(claims), row)
    connection.execute(_FILE, [{"claim": row["number"], "attachment": file} for file in files])


def change(connection: Connection, number: str, values: Mapping[str, object]) -> None:
    """Change columns of one claim."""
    connection.execute(update(claims).where(claims.c.number == number).values(**values))


def happened(connection: Connection, row: Mapping[str, Any]) -> None:
    """One more line of history."""
    connection.execute(insert(claim_history), row)


# --- until when -----------------------------------------------------------------------------------


def open_window(connection: Connection, rma: str, company: int) -> None:
    """From now on labour for this RMA can be claimed; until when is still to be worked out."""
    connection.execute(_OPEN, {"rma": rma, "company": company})


def window(connection: Connection, rma: str) -> Window | None:
    """Until when labour for an RMA can be claimed."""
    row = connection.execute(select(claim_windows).where(claim_windows.c.rma == rma)).first()
    return Window._make(row) if row else None


def change_window(connection: Connection, rma: str, values: Mapping[str, object]) -> None:
    """Change columns of one window."""
    connection.execute(update(claim_windows).where(claim_windows.c.rma == rma).values(**values))


def due(connection: Connection, now: int, count: int) -> list[Window]:
    """The windows to look at now."""
    return [Window._make(row) for row in connection.execute(_DUE, {"now": now, "count": count})]


def claimable(connection: Connection, company: int, today: str, start: int, count: int) -> list[Claimable]:
    """The RMAs of a company without a claim, the nearest last day first."""
    found = _CLAIMABLE.order_by(claim_windows.c.last_day, claim_windows.c.rma).limit(count).offset(start)
    return [Claimable._make(row) for row in connection.execute(found, {"company": company, "today": today})]


def count_claimable(connection: Connection, company: int, today: str) -> int:
    """How many there are."""
    counted = select(func.count()).select_from(_CLAIMABLE.subquery())
    return connection.scalar(counted, {"company": company, "today": today}) or 0


# --- where it is paid to --------------------------------------------------------------------------


def bank_of(connection: Connection, company: int) -> Bank | None:
    """Where a company is paid to now."""
    latest = _BANK.where(bank_details.c.company == company).order_by(bank_details.c.id.desc()).limit(1)
    row = connection.execute(latest).first()
    return Bank._make(row) if row else None


def bank(connection: Connection, number: int) -> Bank | None:
    """Where a claim is paid to."""
    row = connection.execute(_BANK.where(bank_details.c.id == number)).first()
    return Bank._make(row) if row else None


def keep_bank(connection: Connection, row: Mapping[str, Any]) -> None:
    """Where a company is paid to from now on; claims that waited for it are paid there too."""
    made = connection.execute(insert(bank_details).returning(bank_details.c.id), row).scalar_one()
    waiting = update(claims).where(claims.c.company == row["company"], claims.c.bank.is_(None))
    connection.execute(waiting.values(bank=made))


def count_without_bank(connection: Connection, company: int) -> int:
    """How many claims of a company wait until it says where it is paid to."""
    waiting = select(func.count()).where(claims.c.company == company, claims.c.bank.is_(None))
    return connection.scalar(waiting) or 0


def bank_kept_under(connection: Connection, key: str) -> bool:
    """Whether this effect was done."""
    return connection.execute(select(bank_details.c.id).where(bank_details.c.key == key)).first() is not None
