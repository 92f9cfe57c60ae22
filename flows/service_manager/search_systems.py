"""Search a system and see it: state, devices, people, requests (ESM-34 to 38)."""

from flows.engine.language import SEARCH, THESE, Action, Flow, choose, lookup, show
from flows.engine.phrases import _
from flows.requests import FindSystems, SystemCard

flow = Flow(
    name="search_systems",
    title=_("Search systems"),
    phrases=(
        "zoek systeem",
        "systeem zoeken",
        "mijn systemen",
        "systemen",
        "chercher un système",
        "mes systèmes",
        "mes sites",
        "search systems",
        "find a system",
        "my systems",
    ),
    steps=(
        choose(
            "system",
            _("Which system? Type a name, street, town, number or serial."),
            lookup(FindSystems),
            title=_("System"),
            actions=(
                Action(_("Search in requests"), "search", {"found": SEARCH}, instead=True),
                Action(_("Request access"), "request_access", {"wanted": SEARCH}, instead=True),
                Action(_("Ask without a system"), "create_case", {}, {"system": "none"}, instead=True),
            ),
        ),
        show(
            "card",
            _("{system}"),
            rows=lookup(SystemCard),
            actions=(
                Action(_("RMA for these"), "create_rma", {"system": "system", "devices": THESE}),
                Action(_("New RMA"), "create_rma", {"system": "system", "devices": "devices"}),
            ),
        ),
    ),
)
