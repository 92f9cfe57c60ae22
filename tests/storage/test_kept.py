"""What is kept about somebody is either told to them and forgotten with them, or belongs to their company."""

from __future__ import annotations

from storage import erasing, office
from storage.schema import metadata

TOLD = {
    "chat_identities",
    "notes",
    "case_notes",
    "answers",
    "rma_followers",
    "news",
    "reports",
    "cashback_numbers",
    "wishes",
    "mutes",
    "drafts",
    "personas",
    *(table.name for table, _rows in office.SOURCES.values()),
}
"""Said in the text of everything that is kept about a person."""
ELSEWHERE = {
    "link_codes": "one-time codes, erased within a day",
    "practising": "invented",
    "room_follows": "what a channel hears",
    "bank_details": "of the company",
    "rma_history": "of the company",
    "return_history": "of the company",
    "claim_history": "of the company",
}
"""Not in it, and why."""
NAMELESS = {
    "notes", "case_notes", "answers", "cases", "rmas", "returns", "claims", "cashback_items", "practising",
    "bank_details", "rma_history", "return_history", "claim_history",
}  # fmt: skip
"""Stays with the company when somebody is forgotten, whose name is then no longer on file."""


def of_people() -> set[str]:
    """Every table that refers to somebody."""
    return {
        table.name
        for table in metadata.sorted_tables
        if any(key.column.table.name == "installers" for key in table.foreign_keys)
    }


def test_every_table_that_names_somebody_is_told_or_accounted_for() -> None:
    """One that is added later must say here what becomes of it."""
    assert of_people() == TOLD | set(ELSEWHERE)


def test_every_table_that_names_somebody_is_erased_or_keeps_no_name() -> None:
    """Being forgotten reaches all of them."""
    erased = " ".join(str(statement) for statement in erasing._FORGET)
    assert {table for table in of_people() - NAMELESS if f"FROM {table} " not in erased} == set()
