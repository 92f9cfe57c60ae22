"""Add a note to an RMA (ESM-15)."""

from flows.engine.language import Action, Flow, Refusal, act, ask, choose, lookup, review
from flows.engine.parsers import text
from flows.engine.phrases import _
from flows.requests import AddNote, FindRmas

flow = Flow(
    name="add_note",
    title=_("Add a note"),
    phrases=("noteer bij", "notitie toevoegen", "ajouter une note", "noter", "add note", "add a note"),
    steps=(
        choose(
            "rma",
            _("To which RMA? Type its number, a serial or the system."),
            lookup(FindRmas),
            title=_("RMA"),
        ),
        ask("note", _("What should the note say?"), text(at_most=2000), title=_("Note")),
        review(_("Add this note? The desk and your colleagues can read it."), send=_("Add")),
        act(
            AddNote,
            done=_("The note is with RMA {number}."),
            refused={"not_found": Refusal(_("This RMA is not one of yours."), again="rma")},
            then=(Action(_("Track"), "track_rma", {"rma": "rma"}), Action(_("Menu"), "menu")),
        ),
    ),
)
