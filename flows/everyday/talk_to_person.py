"""Ask for a person; nobody is live yet, so a case asks the desk to make contact (ESM-46)."""

from flows.engine.language import Action, Flow, act, choose, lookup, review
from flows.engine.phrases import _
from flows.requests import AskForPerson, WaysToReach

flow = Flow(
    name="talk_to_person",
    title=_("Talk to a person"),
    phrases=(
        "mens",
        "medewerker",
        "iemand spreken",
        "contact",
        "humain",
        "conseiller",
        "parler à quelqu'un",
        "nous contacter",
        "human",
        "agent",
        "talk to a person",
        "contact us",
    ),
    steps=(
        choose(
            "reach",
            _("How can the desk reach you? Type a phone number or an e-mail address."),
            lookup(WaysToReach),
            title=_("Reach me at"),
            default=True,
        ),
        review(
            _("Nobody is live in this chat yet. The desk reads its last lines and will contact you."),
            send=_("Please contact me"),
        ),
        act(
            AskForPerson,
            done=_("{promise} Your case:\n{number}\nOpen {hours}. Sooner:\n{phone}\n{mail}"),
            # What the chat may do, the menu knows: somebody unknown cannot file anything yet.
            then=(Action(_("Menu"), "menu"),),
        ),
    ),
)
