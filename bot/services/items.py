"""The kinds of request that the desk works on: what they are called, and from which status to which."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.services import claim_rules, return_rules
from bot.services.cashback_status import STATUS
from bot.services.words import CASE_STATUS, RMA_STATUS
from flows.engine.phrases import Copy, Phrase, _

RMA_NEXT: Mapping[str, frozenset[str]] = {
    "in_progress": frozenset({"pending_approval", "cancelled"}),
    "pending_approval": frozenset({"approved", "cancelled"}),
    "approved": frozenset({"shipped", "cancelled"}),
    "shipped": frozenset(),
    "cancelled": frozenset(),
}
"""The statuses an RMA can pass to. What is shipped or cancelled stays so."""

CASE_NEXT: Mapping[str, frozenset[str]] = {
    "new": frozenset({"in_progress", "resolved"}),
    "in_progress": frozenset({"resolved"}),
    "resolved": frozenset({"in_progress"}),
}

CASHBACK_NEXT: Mapping[str, frozenset[str]] = {
    "with_us": frozenset({"accepted", "more_info", "not_registrable"}),
    "accepted": frozenset({"more_info", "paid", "not_registrable"}),
    "more_info": frozenset({"accepted", "not_registrable"}),
    "paid": frozenset(),
    "not_registrable": frozenset({"accepted"}),
}


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of request. `next`: by status, the ones it can pass to; `closed`: nothing is left to do."""

    title: Phrase
    called: Phrase
    statuses: Mapping[str, Phrase]
    next: Mapping[str, frozenset[str]]
    closed: tuple[str, ...]


KINDS: Mapping[str, Kind] = {
    "rma": Kind(_("RMA"), _("RMA {number}"), RMA_STATUS, RMA_NEXT, ("shipped", "cancelled")),
    "case": Kind(_("Case"), _("Case {number}"), CASE_STATUS, CASE_NEXT, ("resolved",)),
    "return": Kind(
        _("Return"), _("Return {number}"), return_rules.STATUS, return_rules.NEXT, ("received", "cancelled")
    ),
    "claim": Kind(
        _("Labour reimbursement"),
        _("Claim {number}"),
        claim_rules.STATUS,
        claim_rules.NEXT,
        ("paid", "refused"),
    ),
    "cashback": Kind(
        _("SMA cashback"), _("Cashback {number}"), STATUS, CASHBACK_NEXT, ("paid", "not_registrable")
    ),
}


def name_of(about: str) -> Phrase:
    """What a request is called, from its kind and number."""
    kind, _space, number = about.partition(" ")
    return KINDS[kind].called(number=Copy(number))
