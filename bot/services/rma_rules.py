"""What may still be done with an RMA, and by whom: cards and lists say the same."""

from __future__ import annotations

from storage.people import Installer
from storage.rmas import Rma


def may_withdraw(by: Installer, rma: Rma) -> bool:
    """Technicians withdraw what they filed themselves; the office withdraws any."""
    return by.role != "technician" or rma.installer == by.id


def permits(rma: Rma, by: Installer, flow: str) -> bool:
    """Whether its present state lets this person begin that flow about it."""
    match flow:
        case "add_to_rma" | "correct_address":
            return rma.open
        case "withdraw_rma":
            return rma.status == "in_progress" and may_withdraw(by, rma)
        case "initiate_return":
            return rma.status in ("approved", "shipped") and bool(rma.return_address)
        case "claim_labour":
            return rma.status in ("approved", "shipped")
        case _:
            return True
