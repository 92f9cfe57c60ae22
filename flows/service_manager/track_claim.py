"""Follow a claim for labour reimbursement (ESM-29, 31)."""

from flows.engine.language import Action, Flow, choose, lookup, show
from flows.engine.phrases import _
from flows.requests.claims import ClaimCard, FindClaims

flow = Flow(
    name="track_claim",
    title=_("Track reimbursement"),
    phrases=(
        "waar blijft mijn vergoeding",
        "status vergoeding",
        "vergoeding volgen",
        "mijn vergoedingen",
        "is de vergoeding betaald",
        "où en est mon remboursement",
        "statut remboursement",
        "suivre le remboursement",
        "mes remboursements",
        "where is my reimbursement",
        "status reimbursement",
        "track reimbursement",
        "my claims",
    ),
    steps=(
        choose(
            "claim",
            _("Which claim? Type its number, the RMA or a serial."),
            lookup(FindClaims),
            title=_("Claim"),
            actions=(Action(_("Labour reimbursement"), "claim_labour", instead=True, always=True),),
        ),
        show(
            "card",
            _("Claim {claim}"),
            rows=lookup(ClaimCard),
            actions=(
                Action(_("VAT and IBAN"), "bank_details"),
                Action(_("Talk to a person"), "talk_to_person", always=True),
            ),
        ),
    ),
)
