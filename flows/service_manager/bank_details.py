"""VAT number and IBAN of the company, masked everywhere; the office and admins enter them (ESM-30)."""

from flows.engine.language import Action, Flow, Refusal, act, choose, lookup, review, show
from flows.engine.phrases import _
from flows.requests.claims import AccountNumbers, BankCard, MayEnterBank, SetBankDetails, VatNumbers

GONE = _("Numbers that are not confirmed are kept for a day. Please type this one again.")

card = Flow(
    name="bank_details",
    title=_("VAT and IBAN"),
    phrases=(
        "bankgegevens",
        "rekeningnummer",
        "btw nummer",
        "iban",
        "coordonnées bancaires",
        "numéro de compte",
        "numéro de tva",
        "bank details",
        "account number",
        "vat number",
    ),
    steps=(
        show(
            "card",
            _("Reimbursements are paid to:"),
            rows=lookup(BankCard),
            actions=(
                Action(_("Enter VAT and IBAN"), "enter_bank_details"),
                Action(_("Menu"), "menu", always=True),
            ),
        ),
    ),
)

enter = Flow(
    name="enter_bank_details",
    title=_("Enter VAT and IBAN"),
    phrases=(
        "iban wijzigen",
        "rekeningnummer wijzigen",
        "ander rekeningnummer",
        "changer l'iban",
        "changer de compte",
        "modifier l'iban",
        "change iban",
        "change the iban",
        "change account number",
    ),
    patient=True,
    steps=(
        show(
            "not_you",
            _("VAT number and IBAN"),
            rows=lookup(MayEnterBank),
            actions=(Action(_("Menu"), "menu", always=True),),
        ),
        choose(
            "vat",
            _("What is the VAT number of your company? For example BE 0123 456 789."),
            lookup(VatNumbers),
            title=_("VAT number"),
            default=True,
        ),
        choose(
            "iban",
            _("To which IBAN are reimbursements paid?"),
            lookup(AccountNumbers),
            title=_("IBAN"),
        ),
        review(
            _("Keep these for your company? They stay hidden, except for the office and admins."),
            send=_("Keep"),
        ),
        act(
            SetBankDetails,
            done=_("Kept: {masked}. The office of your company is told of every change."),
            refused={
                "role": Refusal(_("Only the office or an admin of your company enters these.")),
                "vat": Refusal(GONE, again="vat"),
                "iban": Refusal(GONE, again="iban"),
            },
            then=(Action(_("Menu"), "menu"),),
        ),
    ),
)
