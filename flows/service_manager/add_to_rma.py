"""Add photos or serials to an RMA that is still open."""

from flows.engine.language import Action, Flow, Refusal, act, answered, ask, choose, lookup, review, upload
from flows.engine.parsers import serials, text
from flows.engine.phrases import _
from flows.requests import AddToRma, RmasToAddTo

MEGABYTES_30 = 30 * 1024 * 1024

flow = Flow(
    name="add_to_rma",
    title=_("Add photo or serial"),
    phrases=("foto toevoegen", "serienummer toevoegen", "ajouter une photo", "add photo", "add a serial"),
    steps=(
        choose(
            "rma",
            _("To which RMA? Type its number, a serial or the system."),
            lookup(RmasToAddTo),
            title=_("RMA"),
        ),
        choose(
            "what",
            _("What do you want to add?"),
            title=_("Adding"),
            options={
                "photos": _("Photos"),
                "serials": _("Serial numbers"),
                "noted": _("Photos with a note"),
            },
        ),
        upload(
            "photos",
            _("Please send the photos; up to 30 MB together."),
            title=_("Photos"),
            at_most=MEGABYTES_30,
            when=answered("what", "photos", "noted"),
        ),
        ask(
            "serials",
            _("Type or paste the serial numbers, one or many."),
            serials(),
            title=_("Serial numbers"),
            when=answered("what", "serials"),
        ),
        ask(
            "note",
            _("What should the note say?"),
            text(at_most=2000),
            title=_("Note"),
            when=answered("what", "noted"),
        ),
        review(_("Add this to the RMA?"), send=_("Add")),
        act(
            AddToRma,
            done=_("Added to RMA {number}."),
            refused={
                "not_found": Refusal(_("This RMA is not one of yours."), again="rma"),
                "closed": Refusal(_("This RMA is closed; nothing can be added any more."), again="rma"),
                "nothing": Refusal(_("These serial numbers are in the RMA already."), again="what"),
            },
            then=(Action(_("Track"), "track_rma", {"rma": "rma"}), Action(_("Menu"), "menu")),
        ),
    ),
)
