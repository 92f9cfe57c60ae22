"""Drafts: go on with unfinished work of another chat, or pass it to a colleague who submits it."""

from flows.engine.language import Action, Flow, Refusal, act, choose, lookup, review
from flows.engine.phrases import _
from flows.requests import ColleaguesToPassTo, DraftsToPass, MyDrafts, PassDraft, TakeDraft

GONE = {"not_found": Refusal(_("This is no longer unfinished, or somebody went on with it."), again="draft")}

flow = Flow(
    name="drafts",
    title=_("Unfinished work"),
    phrases=("concepten", "mijn concepten", "brouillons", "mes brouillons", "drafts", "my drafts"),
    steps=(
        choose(
            "draft",
            _("Which one do you want to go on with here?"),
            lookup(MyDrafts),
            title=_("Draft"),
            actions=(Action(_("Pass to a colleague"), "pass_draft", instead=True, always=True),),
        ),
        act(TakeDraft, done=_("You go on with: {draft}."), refused=GONE),
    ),
)

hand = Flow(
    name="pass_draft",
    title=_("Pass to a colleague"),
    phrases=(
        "concept doorgeven",
        "doorgeven aan collega",
        "transmettre un brouillon",
        "pass on",
        "pass my draft",
    ),
    steps=(
        choose("draft", _("Which one do you pass on?"), lookup(DraftsToPass), title=_("Draft")),
        choose(
            "colleague",
            _("To whom? Tap or type a name."),
            lookup(ColleaguesToPassTo),
            title=_("Colleague"),
        ),
        review(
            _("Pass it to {colleague}, with what you filled in and its photos?"),
            notice=(_("{colleague} sends it in. Until then you can take it back."),),
            send=_("Pass it on"),
        ),
        act(
            PassDraft,
            done=_("{colleague} can go on with it now."),
            refused=GONE,
            then=(Action(_("Unfinished work"), "drafts"), Action(_("Menu"), "menu")),
        ),
    ),
)
