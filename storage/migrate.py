"""Brings a database to the tables this code needs."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from storage.unit_of_work import open_engine

MIGRATIONS = Path(__file__).parent / "migrations"


def upgrade(url: str) -> bool:
    """Run the migrations that are missing, all or none; says whether there were any.

    Alembic is slow to import, so it is not when the stored revision is the newest one.
    """
    engine = open_engine(url)
    try:
        with engine.begin() as connection:
            if revision(connection) == newest():
                return False
            migrate(connection)
            return True
    finally:
        engine.dispose()


def newest() -> str:
    """The revision of this code. A migration's file is named after its revision, so the last name is it."""
    return max(path.stem for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def revision(connection: Connection) -> str | None:
    """The revision of the database, or None when it has no tables yet."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return str(connection.scalar(text("SELECT version_num FROM alembic_version")))


def migrate(connection: Connection, to: str = "head") -> None:
    """Run the migrations that are missing, up to this one."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, to)
