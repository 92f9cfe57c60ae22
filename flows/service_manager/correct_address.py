"""Correct the delivery address of an RMA, until it is shipped."""

from flows.engine.language import Action, Flow, Refusal, act, choose, lookup, review
from flows.engine.phrases import _
from flows.requests import CorrectAddress, DeliveryAddresses, RmasToRedirect

flow = Flow(
    name="correct_address",
    title=_("Correct the address"),
    phrases=("adres wijzigen", "ander leveradres", "changer l'adresse", "change address"),
    steps=(
        choose(
            "rma",
            _("Of which RMA? Type its number, a serial or the system."),
            lookup(RmasToRedirect),
            title=_("RMA"),
        ),
        choose(
            "address",
            _("Where should the replacement go? Choose, or type an address."),
            lookup(DeliveryAddresses),
            title=_("Deliver to"),
        ),
        review(_("Deliver to this address from now on?"), send=_("Use this address")),
        act(
            CorrectAddress,
            done=_("The replacement for RMA {number} will go to {address}."),
            refused={
                "not_found": Refusal(_("This RMA is not one of yours."), again="rma"),
                "closed": Refusal(_("This RMA is on its way or closed; its address is fixed."), again="rma"),
            },
            then=(Action(_("Track"), "track_rma", {"rma": "rma"}), Action(_("Menu"), "menu")),
        ),
    ),
)
