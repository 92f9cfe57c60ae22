"""RMAs and cases: how many per status, lists, filters, a search in everything (ESM-04 to 12, 16 to 18)."""

from flows.engine.language import ROW, Action, Flow, Show, choose, lookup, show
from flows.engine.language import Choose as Question
from flows.engine.phrases import Phrase, _
from flows.requests import FoundCard, ListCases, ListRequests, ListRmas
from flows.service_manager.track_rma import about_rma

TAP_OR_TYPE = _("Tap, or type a number, name, town or date.")


def _steps(text: Phrase, kind: type[ListRequests]) -> tuple[Question, Show]:
    """A list to choose from by buttons and words, and the card of what was chosen."""
    return (
        choose("found", text, lookup(kind), title=_("Request")),
        show(
            "card",
            _("{found}"),
            rows=lookup(FoundCard),
            actions=(
                *about_rma("found"),
                Action(_("RMA"), "track_rma", {"rma": ROW}),
                Action(_("Add a note"), "add_case_note", {"found": "found"}),
                Action(_("New RMA"), "create_rma", {"system": "found"}),
            ),
        ),
    )


list_rmas = Flow(
    name="list_rmas",
    title=_("Overview"),
    phrases=(
        "overzicht",
        "mijn rma's",
        "aperçu",
        "mes rma",
        "tableau de bord",
        "overview",
        "dashboard",
        "my rmas",
    ),
    steps=_steps(TAP_OR_TYPE, ListRmas),
)

list_cases = Flow(
    name="list_cases",
    title=_("Cases"),
    phrases=("mijn dossiers", "dossiers", "mes dossiers", "mes cas", "my cases", "cases"),
    steps=_steps(TAP_OR_TYPE, ListCases),
)

search = Flow(
    name="search",
    title=_("Search"),
    phrases=("zoek aanvraag", "chercher une demande", "search requests"),
    steps=_steps(_("What do you look for?"), ListRequests),
)
