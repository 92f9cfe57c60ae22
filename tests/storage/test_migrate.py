"""The migrations make exactly the tables that the code uses, all or none."""

from __future__ import annotations

import subprocess
import sys

from sqlalchemy import Connection, inspect, text

from storage.migrate import migrate, newest, revision, upgrade
from storage.schema import metadata
from storage.unit_of_work import open_engine

OLD_SYSTEM = (
    "INSERT INTO systems (id, company, name, folded, words, owner, maintainer, street, postcode, town,"
    " country, latitude, longitude, reference, stage, status, created_on)"
    " VALUES (:id, 1, '', '', '', '', '', '', '', '', '', 0, 0, '', 5, 'normal', '2026-01-01')"
)


def shape(connection: Connection) -> dict[str, object]:
    """Every table with its columns, keys and indexes, as the database reports them."""
    inspector = inspect(connection)
    if connection.dialect.name == "sqlite":
        asked = "SELECT sql FROM sqlite_master WHERE type = 'index' AND tbl_name = :table"
    else:
        asked = "SELECT indexdef FROM pg_indexes WHERE tablename = :table"
    return {
        table: (
            sorted(
                (column["name"], repr(column["type"]), column["nullable"], column["default"])
                for column in inspector.get_columns(table)
            ),
            inspector.get_pk_constraint(table),
            sorted(map(repr, inspector.get_unique_constraints(table))),
            sorted(map(repr, inspector.get_foreign_keys(table))),
            sorted(map(repr, inspector.get_check_constraints(table))),
            sorted(map(str, connection.scalars(text(asked), {"table": table}))),
        )
        for table in inspector.get_table_names()
        if table != "alembic_version"
    }


def test_migrations_and_metadata_agree(empty_database: str, database: str) -> None:
    """A database that was migrated is the same as one made from the tables in the code."""
    assert upgrade(empty_database)
    shapes = []
    for url in (empty_database, database):
        engine = open_engine(url)
        with engine.begin() as connection:
            shapes.append(shape(connection))
        engine.dispose()
    migrated, made = shapes
    assert set(migrated) == set(metadata.tables)
    assert migrated == made


def test_an_upgrade_is_done_once(empty_database: str) -> None:
    """The second start finds nothing to do and keeps the revision."""
    assert upgrade(empty_database)
    assert not upgrade(empty_database)
    engine = open_engine(empty_database)
    with engine.begin() as connection:
        assert revision(connection) == newest()
    engine.dispose()


def test_a_second_start_does_not_load_alembic(empty_database: str) -> None:
    """Comparing the stored revision is enough, so starting stays quick."""
    upgrade(empty_database)
    program = (
        "import sys; from storage.migrate import upgrade;"
        f" upgrade({empty_database!r}); sys.exit('alembic' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_systems_of_before_get_a_link_each(empty_database: str) -> None:
    """Links to systems came later than systems."""
    engine = open_engine(empty_database)
    with engine.begin() as connection:
        migrate(connection, "0004_delivery")
        connection.execute(text("INSERT INTO companies (id, name) VALUES (1, 'x')"))
        for id in ("1", "2"):
            connection.execute(text(OLD_SYSTEM), {"id": id})
    upgrade(empty_database)
    with engine.begin() as connection:
        links = connection.scalars(text("SELECT link FROM systems")).all()
    engine.dispose()
    assert len(set(links)) == 2
    assert all(len(link) == 32 for link in links)


def test_people_of_before_keep_their_chats(empty_database: str) -> None:
    """Their table is made anew; what refers to it still does, and a mailbox may now be of two companies."""
    engine = open_engine(empty_database)
    person = text(
        "INSERT INTO installers (id, company, name, email, phone, role, language, active)"
        " VALUES (:id, :company, 'Els', 'els@x.example', '', 'office', 'nl', true)"
    )
    with engine.begin() as connection:
        migrate(connection, "0012_case_notes")
        connection.execute(text("INSERT INTO companies (id, name) VALUES (1, 'x'), (2, 'y')"))
        connection.execute(person, {"id": 7, "company": 1})
        connection.execute(
            text("INSERT INTO chat_identities (sender, installer, linked_at) VALUES ('a', 7, 0)")
        )
    upgrade(empty_database)
    with engine.begin() as connection:
        connection.execute(person, {"id": 8, "company": 2})
        linked = "SELECT i.email, i.time_zone FROM chat_identities c JOIN installers i ON i.id = c.installer"
        assert connection.execute(text(linked)).all() == [("els@x.example", "Europe/Brussels")]
    engine.dispose()


def test_who_practised_before_goes_on_with_the_same_company(empty_database: str) -> None:
    """It was found by a mailbox, which somebody of a real company could have had too."""
    engine = open_engine(empty_database)
    person = text(
        "INSERT INTO installers (id, company, name, email, phone, role, language, active)"
        " VALUES (:id, :company, 'Els', :email, '', 'office', 'nl', true)"
    )
    practice = "practice.7@practice.invalid"
    with engine.begin() as connection:
        migrate(connection, "0023_cashback_practice")
        connection.execute(text("INSERT INTO companies (id, name) VALUES (1, 'x')"))
        connection.execute(text("INSERT INTO companies (id, name, practice) VALUES (2, 'y', true)"))
        for id, company, email in ((7, 1, "els@x.example"), (8, 1, practice), (9, 2, practice)):
            connection.execute(person, {"id": id, "company": company, "email": email})
    upgrade(empty_database)
    with engine.begin() as connection:
        assert connection.execute(text("SELECT installer, persona FROM personas")).all() == [(7, 9)]
    engine.dispose()
