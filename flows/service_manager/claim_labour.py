"""Claim labour reimbursement for an RMA (ESM-28 to 30, PORTAL-27)."""

from flows.engine.language import Action, Flow, Refusal, act, choose, lookup, review, show, upload
from flows.engine.phrases import _
from flows.requests.claims import (
    BankAccounts,
    BankMissing,
    Claimants,
    ClaimCheck,
    ClaimLabour,
    RegisteredAddresses,
    ReplacementDays,
    RmasToClaim,
    WhyNoClaim,
)

MEGABYTES_30 = 30 * 1024 * 1024

flow = Flow(
    name="claim_labour",
    title=_("Labour reimbursement"),
    phrases=(
        "vergoeding",
        "vergoeding voor",
        "arbeidsvergoeding",
        "arbeidsvergoeding aanvragen",
        "vergoedingen",
        "remboursement",
        "remboursements",
        "remboursement pour",
        "demander un remboursement",
        "reimbursement",
        "labour reimbursement",
        "claim labour",
        "claim for",
        "main d'oeuvre",
    ),
    steps=(
        choose(
            "rma",
            _("Labour for which RMA? Type its number, a serial or the system."),
            lookup(RmasToClaim),
            title=_("RMA"),
            actions=(Action(_("Claims sent"), "track_claim", instead=True, always=True),),
        ),
        show(
            "not_yet",
            _("Labour for RMA {rma} cannot be claimed now."),
            rows=lookup(WhyNoClaim),
            actions=(
                Action(_("Follow"), "follow_rma", {"rma": "rma"}, instead=True),
                Action(_("Track reimbursement"), "track_claim", {"claim": "rma"}, instead=True),
                Action(_("See the RMA"), "track_rma", {"rma": "rma"}, instead=True),
            ),
        ),
        choose(
            "replaced_on",
            _("When was it replaced? Choose, or type a date."),
            lookup(ReplacementDays),
            title=_("Replaced on"),
            default=True,
        ),
        show(
            "check",
            _("Five conditions must hold. What we know now:"),
            rows=lookup(ClaimCheck),
            actions=(
                Action(_("Send back"), "initiate_return", {"rma": "rma"}),
                Action(_("See the returns"), "track_return", {"parcel": "rma"}),
            ),
            done=_("Go on"),
        ),
        show(
            "bank",
            _("Where is it paid to?"),
            rows=lookup(BankMissing),
            actions=(Action(_("Enter VAT and IBAN"), "enter_bank_details"),),
            done=_("Go on"),
        ),
        choose(
            "claimant",
            _("Who claims? Choose, or type a name and a number."),
            lookup(Claimants),
            title=_("Installer"),
            default=True,
        ),
        choose(
            "address",
            _("What is the registered address? Choose, or type it."),
            lookup(RegisteredAddresses),
            title=_("Registered address"),
            default=True,
        ),
        choose(
            "account",
            _("It is paid to:"),
            lookup(BankAccounts),
            title=_("Paid to"),
            default=True,
        ),
        upload(
            "documents",
            _("Send the invoice of the work as a PDF or photo; up to 30 MB together."),
            title=_("Documents"),
            at_most=MEGABYTES_30,
        ),
        review(
            _("Send this claim?"),
            notice=(
                _(
                    "This is separate from the warranty. The desk decides whether it is paid, and how much:\n"
                    "nothing is promised here."
                ),
            ),
        ),
        act(
            ClaimLabour,
            done=_("Claim {number} is with our desk. The desk decides, and gives the amount."),
            refused={
                "not_found": Refusal(_("This RMA is not one of yours any more."), again="rma"),
                "not_yet": Refusal(_("Labour for this RMA cannot be claimed now."), again="rma"),
                "claimed": Refusal(
                    _("A colleague claimed labour for this RMA a moment ago. Yours was not sent."),
                    again="rma",
                ),
                "day": Refusal(_("This day cannot be right."), again="replaced_on"),
                "account": Refusal(
                    _("The bank details changed meanwhile. Please look again."), again="account"
                ),
                "documents": Refusal(
                    _("Only photos and PDFs can be sent with a claim. Please send them again."),
                    again="documents",
                ),
                "address": Refusal(
                    _("This address cannot be used any more. Please choose it again."), again="address"
                ),
                "claimant": Refusal(
                    _("Who claims cannot be reached like that. Please choose again."), again="claimant"
                ),
            },
            then=(
                Action(_("Track reimbursement"), "track_claim", {"claim": "claim"}),
                Action(_("Menu"), "menu"),
            ),
        ),
    ),
)
