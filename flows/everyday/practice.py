"""Practice: try everything with an invented company, and leave with one tap (ESM-43)."""

from flows.engine.language import Action, Flow, act
from flows.engine.phrases import _
from flows.requests import EndPractice, StartPractice

flow = Flow(
    name="practice",
    title=_("Practise"),
    phrases=("oefenen", "oefenmodus", "s'exercer", "mode exercice", "practice", "practise", "try it out"),
    steps=(
        act(
            StartPractice,
            done=_(
                "You can try everything now with “{company}”. Nothing reaches the desk and no mail is sent.\n"
                "Your own work waits for you."
            ),
            then=(
                Action(_("New RMA"), "create_rma"),
                Action(_("Search systems"), "search_systems"),
                Action(_("Menu"), "menu"),
            ),
        ),
    ),
)

end = Flow(
    name="end_practice",
    title=_("Stop practising"),
    phrases=("oefenen stoppen", "stop met oefenen", "arrêter l'exercice", "stop practising", "stop practice"),
    steps=(
        act(
            EndPractice,
            done=_("From here on everything is real again."),
            then=(Action(_("Menu"), "menu"),),
        ),
    ),
)
