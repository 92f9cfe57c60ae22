"""Ask the desk for a system that is not among one's own."""

from flows.engine.language import Action, Flow, act, ask, review
from flows.engine.parsers import text
from flows.engine.phrases import _
from flows.requests import RequestAccess

flow = Flow(
    name="request_access",
    title=_("Request access"),
    phrases=("toegang vragen", "demander l'accès", "request access"),
    steps=(
        ask(
            "wanted",
            _("Which system do you need? Type its number, or the name and address."),
            text(at_least=3, at_most=300),
            title=_("System wanted"),
        ),
        review(
            _("Ask the desk to give your company access? A colleague there decides."), send=_("Ask the desk")
        ),
        act(
            RequestAccess,
            done=_("Case {number} is {holder}. A colleague at the desk will answer you."),
            then=(
                Action(_("Ask without a system"), "create_case", {}, {"system": "none"}),
                Action(_("Menu"), "menu"),
            ),
        ),
    ),
)
