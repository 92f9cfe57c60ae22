"""Forgetting chats forgets all of them, in every table that knows of chats, and nothing else."""

from __future__ import annotations

import pytest
from sqlalchemy import Connection

from storage import erasing
from storage.schema import metadata

NAMES = {"conversation", "sender", "room"}
KEPT = {"cases"}
"""What was filed belongs to the company."""


def test_every_table_that_names_chats_is_looked_at() -> None:
    """One that is added later is not forgotten about."""
    known = {table.name for table in metadata.sorted_tables if NAMES & set(table.columns.keys())}
    erased = " ".join(str(statement) for statement in erasing._ERASE)
    assert {table for table in known - KEPT if f" {table} " not in erased} == set()


@pytest.mark.parametrize("start", ["", "slack:", "telegram:"])
def test_nobody_erases_a_whole_channel(connection: Connection, start: str) -> None:
    """A name that is too short is a mistake."""
    with pytest.raises(AssertionError):
        erasing.chats_that_begin_with(connection, start)
