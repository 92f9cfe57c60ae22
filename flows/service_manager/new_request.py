"""A new support request: an RMA, or another question (ESM-19, 20)."""

from flows.engine.language import Action, Flow, show
from flows.engine.phrases import _

flow = Flow(
    name="new_request",
    title=_("New request"),
    phrases=("nieuwe aanvraag", "nieuw verzoek", "nouvelle demande", "new request", "create request"),
    steps=(
        show(
            "kind",
            _("Is a device broken, or do you have another question?"),
            actions=(
                Action(_("RMA request"), "create_rma"),
                Action(_("Other request"), "create_case"),
            ),
        ),
    ),
)
