"""What is kept about me: handed out as a text (ESM-49)."""

from flows.engine.language import Action, Flow, lookup, show
from flows.engine.phrases import _
from flows.requests import KeptAboutMe

flow = Flow(
    name="my_data",
    title=_("What is kept about me"),
    phrases=(
        "wat weet je over mij",
        "mijn gegevens",
        "mes données",
        "que savez-vous de moi",
        "my data",
        "what is kept about me",
    ),
    steps=(
        show(
            "kept",
            _("This is everything, as of now."),
            rows=lookup(KeptAboutMe),
            actions=(Action(_("Forget me"), "forget_me"), Action(_("Menu"), "menu")),
        ),
    ),
)
