"""The menu: what can be done here, and drafts to go on with (ESM-03)."""

from flows.engine.language import Action, Flow, lookup, show
from flows.engine.phrases import _
from flows.requests import WhoIsThis

ACTIONS = (
    Action(_("Answer the desk"), "answer_desk"),
    Action(_("Unfinished work"), "drafts"),
    Action(_("Overview"), "list_rmas"),
    Action(_("New RMA"), "create_rma"),
    Action(_("Track an RMA"), "track_rma"),
    Action(_("Search systems"), "search_systems"),
    Action(_("Other request"), "create_case"),
    Action(_("Labour reimbursement"), "claim_labour"),
    Action(_("Report"), "order_report"),
    Action(_("SMA cashback"), "cashback"),
    Action(_("Add a note"), "add_note"),
    Action(_("Link this chat"), "link"),
    Action(_("Talk to a person"), "talk_to_person"),
    Action(_("Language"), "change_language"),
    Action(_("Profile"), "profile"),
    Action(_("Unlink this chat"), "unlink"),
    Action(_("Help"), "help"),
)

flow = Flow(
    name="menu",
    title=_("Menu"),
    phrases=("menu", "start", "begin", "accueil", "home"),
    steps=(
        show(
            "menu",
            _("What do you want to do?"),
            rows=lookup(WhoIsThis),
            actions=ACTIONS,
            drafts=True,
        ),
    ),
)

unknown_link = Flow(
    name="unknown_link",
    title=_("Unknown link"),
    phrases=(),
    steps=(
        show(
            "menu",
            _("This link does not work, or not any more. What do you want to do?"),
            rows=lookup(WhoIsThis),
            actions=ACTIONS,
            drafts=True,
        ),
    ),
)
"""The menu for whoever opens a link that nobody knows."""
