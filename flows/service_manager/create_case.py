"""Another request than an RMA (ESM-20 to 27): a question with its subject, for a system or for none."""

from flows.engine.language import SEARCH, Action, Flow, Refusal, act, ask, choose, lookup, review, upload
from flows.engine.parsers import text
from flows.engine.phrases import _
from flows.requests import FindSystems, OpenCase, Subjects

MEGABYTES_30 = 30 * 1024 * 1024

flow = Flow(
    name="create_case",
    title=_("Other request"),
    phrases=(
        "ander verzoek",
        "andere vraag",
        "nieuw dossier",
        "vraag stellen",
        "autre demande",
        "nouveau dossier",
        "poser une question",
        "other request",
        "new case",
        "ask a question",
    ),
    steps=(
        choose(
            "system",
            _("Which system is it about? Type a name, street, town, number or serial."),
            lookup(FindSystems),
            title=_("System"),
            options={"none": _("Without a system")},
            actions=(Action(_("Request access"), "request_access", {"wanted": SEARCH}, instead=True),),
        ),
        ask(
            "description",
            _("What is your question?"),
            text(at_least=5, at_most=2000),
            title=_("Question"),
        ),
        choose(
            "subject",
            _("Which subject fits best?"),
            lookup(Subjects),
            title=_("Subject"),
            default=True,
        ),
        upload(
            "photos",
            _("Photos help the desk decide. Send them now; up to 30 MB together."),
            title=_("Photos"),
            at_most=MEGABYTES_30,
            optional=True,
        ),
        review(
            _("Please check everything. Handling takes time, and the desk may ask you to test more."),
            notice=(_("Common faults and fixes: https://support.enphase.com"),),
        ),
        act(
            OpenCase,
            done=_("Case {number} is {holder}.\n{mail}"),
            refused={"not_found": Refusal(_("This system is not one of yours any more."), again="system")},
            then=(
                Action(_("Show the case"), "list_cases", {"found": "case"}),
                Action(_("New RMA"), "create_rma"),
                Action(_("Menu"), "menu"),
            ),
        ),
    ),
)
