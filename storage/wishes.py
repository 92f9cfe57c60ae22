"""Of what people wish to hear, and when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from sqlalchemy import Connection, bindparam, delete, select, text, update

from storage.desk_tables import installers
from storage.people_tables import mutes, wishes


class Wishes(NamedTuple):
    """What one person wishes. `hears`: own, followed or all; `pace`: now or daily; hours of the day."""

    hears: str = "followed"
    pace: str = "now"
    quiet_from: int = 20
    quiet_until: int = 7


USUAL: Final = Wishes()
_OF = select(
    wishes.c.installer, wishes.c.hears, wishes.c.pace, wishes.c.quiet_from, wishes.c.quiet_until
).where(wishes.c.installer.in_(bindparam("who", expanding=True)))
_HEAR_ALL = (
    select(wishes.c.installer)
    .join_from(wishes, installers, wishes.c.installer == installers.c.id)
    .where(installers.c.company == bindparam("company"))
    .where(wishes.c.hears == "all")
)

_USUAL = text("INSERT INTO wishes (installer) VALUES (:installer) ON CONFLICT DO NOTHING")
_MUTE = text("INSERT INTO mutes (installer, about) VALUES (:installer, :about) ON CONFLICT DO NOTHING")


def of(connection: Connection, who: Iterable[int]) -> dict[int, Wishes]:
    """What each of these installers wishes."""
    ids = list(who)
    told = {row[0]: Wishes._make(row[1:]) for row in connection.execute(_OF, {"who": ids})}
    return {one: told.get(one, USUAL) for one in ids}


def change(connection: Connection, installer: int, values: Mapping[str, object]) -> None:
    """Somebody wishes something else."""
    connection.execute(_USUAL, {"installer": installer})
    connection.execute(update(wishes).where(wishes.c.installer == installer).values(**values))


def who_hear_all(connection: Connection, company: int) -> list[int]:
    """Those of a company who wish to hear of every request."""
    return list(connection.execute(_HEAR_ALL, {"company": company}).scalars())


def mute(connection: Connection, installer: int, about: str) -> None:
    """Nothing but questions about this request from now on."""
    connection.execute(_MUTE, {"installer": installer, "about": about})


def unmute(connection: Connection, installer: int, about: str) -> None:
    """Hear of this request again."""
    connection.execute(delete(mutes).where(mutes.c.installer == installer, mutes.c.about == about))


def muted_by(connection: Connection, who: Iterable[int]) -> list[str]:
    """Of which requests these installers wish to hear nothing."""
    wanted = select(mutes.c.about).where(mutes.c.installer.in_(list(who))).distinct()
    return list(connection.execute(wanted.order_by(mutes.c.about)).scalars())


def muted(connection: Connection, about: str) -> set[int]:
    """Who wishes to hear nothing of it."""
    return set(connection.execute(select(mutes.c.installer).where(mutes.c.about == about)).scalars())
