"""Who works at a company, and where else the same person works."""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from storage.desk_tables import installers
from storage.people import INSTALLER, Installer


def at_every_company(connection: Connection, email: str) -> list[Installer]:
    """The person with this mailbox, once for each company that they work for."""
    wanted = INSTALLER.where(installers.c.email == email.strip().lower()).order_by(installers.c.id)
    return [Installer._make(row) for row in connection.execute(wanted)]


def is_last_admin(connection: Connection, who: Installer) -> bool:
    """Whether a company would be left without an admin if this person went."""
    others = (
        select(func.count())
        .where(installers.c.company == who.company)
        .where(installers.c.id != who.id)
        .where(installers.c.role == "admin")
        .where(installers.c.active)
    )
    return who.role == "admin" and connection.execute(others).scalar_one() == 0
