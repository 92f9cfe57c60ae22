"""What the desk answers about labour reimbursement."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection

from bot.services import bank, claim_deadlines, claim_offers, claims
from bot.services.asking import Ask, each
from bot.services.places import registered_addresses
from flows.engine.data import Request
from flows.engine.work import Reply
from flows.requests import claims as asked_for

Answer = Callable[[Connection, Sequence[Ask[Any]]], list[Reply]]

ANSWERS: Mapping[type[Request], Answer] = {
    asked_for.RmasToClaim: each(claim_offers.rmas_to_claim),
    asked_for.WhyNoClaim: each(claim_offers.why_no_claim),
    asked_for.ReplacementDays: each(claim_offers.replacement_days),
    asked_for.ClaimCheck: each(claim_offers.claim_check),
    asked_for.Claimants: each(claim_offers.claimants),
    asked_for.RegisteredAddresses: registered_addresses,
    asked_for.BankMissing: each(bank.bank_missing),
    asked_for.BankAccounts: each(bank.bank_accounts),
    asked_for.ClaimLabour: each(claims.claim_labour),
    asked_for.SetReplaced: each(claim_deadlines.set_replaced),
    asked_for.ClaimDeadline: each(claim_deadlines.claim_deadline),
    asked_for.FindClaims: each(claims.find_claims),
    asked_for.ClaimCard: each(claims.claim_card),
    asked_for.BankCard: each(bank.bank_card),
    asked_for.MayEnterBank: each(bank.may_enter_bank),
    asked_for.VatNumbers: each(bank.vat_numbers),
    asked_for.AccountNumbers: each(bank.account_numbers),
    asked_for.SetBankDetails: each(bank.set_bank_details),
}
