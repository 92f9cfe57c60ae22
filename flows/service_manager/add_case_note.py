"""Add a note to a case (ESM-15)."""

from flows.engine.language import Action, Flow, Refusal, act, ask, choose, lookup, review
from flows.engine.parsers import text
from flows.engine.phrases import _
from flows.requests import AddCaseNote, CasesToNote

flow = Flow(
    name="add_case_note",
    title=_("Add a note to a case"),
    phrases=("nota bij dossier", "noteer bij dossier", "note sur le dossier", "note on case"),
    steps=(
        choose("found", _("To which case? Tap, or type its number."), lookup(CasesToNote), title=_("Case")),
        ask("note", _("What should the note say?"), text(at_most=2000), title=_("Note")),
        review(_("Add this note? The desk and your colleagues can read it."), send=_("Add")),
        act(
            AddCaseNote,
            done=_("The note is with case {number}."),
            refused={"not_found": Refusal(_("This case is not one of yours."), again="found")},
            then=(Action(_("Show the case"), "list_cases", {"found": "found"}), Action(_("Menu"), "menu")),
        ),
    ),
)
