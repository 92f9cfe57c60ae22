"""Whatever a search found, as its card: an RMA, a case or a system (ESM-13, 14, 17, 18)."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection

from bot.services.asking import NOT_FOUND, Ask
from bot.services.case_card import case_card
from bot.services.rma_card import mine, rma_card
from bot.services.system_card import system_card
from flows.engine.work import Reply
from flows.requests import FoundCard, RmaCard, SystemCard


def found_card(connection: Connection, ask: Ask[FoundCard]) -> Reply:
    """The card of the thing with this number, if it is one of this person's company."""
    number, cursor = ask.request.found, ask.request.cursor
    if mine(connection, ask.by, number):
        return rma_card(connection, replace(ask, request=RmaCard(number, cursor)))  # type: ignore[arg-type]
    card = case_card(connection, ask)
    if card != NOT_FOUND:
        return card
    return system_card(connection, replace(ask, request=SystemCard(number, cursor)))  # type: ignore[arg-type]
