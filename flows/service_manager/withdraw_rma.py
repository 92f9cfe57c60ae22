"""Withdraw an RMA while it is in progress."""

from flows.engine.language import Action, Flow, Refusal, act, choose, lookup, review
from flows.engine.phrases import _
from flows.requests import RmasToWithdraw, WithdrawRma

flow = Flow(
    name="withdraw_rma",
    title=_("Withdraw an RMA"),
    phrases=("rma intrekken", "rma annuleren", "retirer rma", "annuler rma", "withdraw rma", "cancel rma"),
    steps=(
        choose(
            "rma",
            _("Which RMA? Type its number, a serial or the system."),
            lookup(RmasToWithdraw),
            title=_("RMA"),
        ),
        review(_("Withdraw this RMA? It cannot be opened again."), send=_("Withdraw"), grave=True),
        act(
            WithdrawRma,
            done=_("RMA {number} is withdrawn. Its status is now Cancelled."),
            refused={
                "not_found": Refusal(_("This RMA is not one of yours."), again="rma"),
                "closed": Refusal(
                    _("This RMA is past the point where you can withdraw it. The desk can help."),
                    again="rma",
                ),
                "role": Refusal(
                    _("Only your office, or the person who filed it, can withdraw this RMA."), again="rma"
                ),
            },
            then=(Action(_("New RMA"), "create_rma"), Action(_("Talk to a person"), "talk_to_person")),
        ),
    ),
)
