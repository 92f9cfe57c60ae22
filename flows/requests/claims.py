"""What a flow may ask the desk about labour reimbursement (ESM-28 to 31, PORTAL-27)."""

from __future__ import annotations

from typing import ClassVar

from flows.engine.data import Request


class RmasToClaim(Request, frozen=True, tag="rmas_to_claim"):
    """RMAs without a claim, the nearest last day first; `text`: another one, by number, serial or system."""

    text: str = ""
    cursor: str = ""
    by_serial: ClassVar[bool] = True
    searched: ClassVar[bool] = True


class WhyNoClaim(Request, frozen=True, tag="why_no_claim"):
    """What must happen before labour for an RMA can be claimed; an empty page when it can.

    `allowed`: follow_rma, track_claim, track_rma.
    """

    rma: str


class ReplacementDays(Request, frozen=True, tag="replacement_days"):
    """When the devices of an RMA were replaced: what was said before is the default; `text`: another day."""

    rma: str
    text: str = ""
    cursor: str = ""


class ClaimCheck(Request, frozen=True, tag="claim_check"):
    """The five conditions for an RMA that was replaced on that day, and the days left (PORTAL-27).

    `allowed`: initiate_return, track_return.
    """

    rma: str
    replaced_on: str


class Claimants(Request, frozen=True, tag="claimants"):
    """Who claims: this person, from the profile; `text`: another name and number (ESM-30)."""

    text: str = ""
    cursor: str = ""


class RegisteredAddresses(Request, frozen=True, tag="registered_addresses"):
    """The registered address of the company; `text`: another one (ESM-30)."""

    text: str = ""
    cursor: str = ""


class BankMissing(Request, frozen=True, tag="bank_missing"):
    """That VAT number and IBAN of the company are not known; an empty page when they are.

    `allowed`: enter_bank_details, for who may enter them.
    """


class BankAccounts(Request, frozen=True, tag="bank_accounts"):
    """Where it is paid to: one row, masked; "none" while it is not known."""


class ClaimLabour(Request, frozen=True, tag="claim_labour"):
    """File a claim (ESM-28 to 30). `account`: the one that was shown, so that nobody confirms another."""

    rma: str
    replaced_on: str
    claimant: str
    address: str
    account: str
    documents: tuple[str, ...]
    gaps: ClassVar[tuple[str, ...]] = ("claim", "number")
    refusals: ClassVar[tuple[str, ...]] = (
        "unlinked",
        "not_found",
        "not_yet",
        "claimed",
        "day",
        "account",
        "documents",
        "address",
        "claimant",
    )


class SetReplaced(Request, frozen=True, tag="set_replaced"):
    """Keep when the devices of an RMA were replaced: from then on its last day is known."""

    rma: str
    replaced_on: str
    harmless: ClassVar[bool] = True
    gaps: ClassVar[tuple[str, ...]] = ("rma", "number", "until")
    refusals: ClassVar[tuple[str, ...]] = ("unlinked", "not_found", "not_yet", "claimed", "day")


class ClaimDeadline(Request, frozen=True, tag="claim_deadline"):
    """The last day for the labour of an RMA, as lines. `allowed`: claim_labour, tell_replaced."""

    rma: str


class FindClaims(Request, frozen=True, tag="find_claims"):
    """Claims of this company, latest first, by number, RMA or serial."""

    text: str = ""
    cursor: str = ""
    by_serial: ClassVar[bool] = True
    searched: ClassVar[bool] = True


class ClaimCard(Request, frozen=True, tag="claim_card"):
    """One claim as lines (ESM-29, 31). cursor: "" where it is, "details", "history"."""

    claim: str
    cursor: str = ""


class BankCard(Request, frozen=True, tag="bank_card"):
    """VAT number and IBAN of the company, masked; cursor "full": as they are, for the office only.

    `allowed`: enter_bank_details.
    """

    cursor: str = ""
    fleeting: ClassVar[bool] = True


class MayEnterBank(Request, frozen=True, tag="may_enter_bank"):
    """Why this person cannot enter VAT number and IBAN, as lines; an empty page when they can."""


class VatNumbers(Request, frozen=True, tag="vat_numbers"):
    """`text`: a VAT number, checked; the row shows it masked, its id is a token that names it."""

    text: str = ""
    secret: ClassVar[tuple[str, ...]] = ("text",)


class AccountNumbers(Request, frozen=True, tag="account_numbers"):
    """`text`: an IBAN, checked; the row shows it masked, its id is a token that names it."""

    text: str = ""
    secret: ClassVar[tuple[str, ...]] = ("text",)


class SetBankDetails(Request, frozen=True, tag="set_bank_details"):
    """Keep VAT number and IBAN of the company; only the office and admins may ("role").

    Both are tokens. The number of one may be gone ("vat", "iban").
    """

    vat: str
    iban: str
    secret: ClassVar[tuple[str, ...]] = ("vat", "iban")
    gaps: ClassVar[tuple[str, ...]] = ("masked",)
    refusals: ClassVar[tuple[str, ...]] = ("unlinked", "role", "vat", "iban")


Requests = (
    RmasToClaim
    | WhyNoClaim
    | ReplacementDays
    | ClaimCheck
    | Claimants
    | RegisteredAddresses
    | BankMissing
    | BankAccounts
    | ClaimLabour
    | SetReplaced
    | ClaimDeadline
    | FindClaims
    | ClaimCard
    | BankCard
    | MayEnterBank
    | VatNumbers
    | AccountNumbers
    | SetBankDetails
)
WRITES: tuple[type[Request], ...] = (
    ClaimLabour,
    SetReplaced,
    SetBankDetails,
)
