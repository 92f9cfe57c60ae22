"""Forget me: nothing that names the person is kept (ESM-49)."""

from flows.engine.language import Action, Flow, Refusal, act, review
from flows.engine.phrases import _
from flows.requests import ForgetMe

flow = Flow(
    name="forget_me",
    title=_("Forget me"),
    phrases=(
        "vergeet mij",
        "wis mijn gegevens",
        "oubliez-moi",
        "effacez mes données",
        "forget me",
        "erase my data",
    ),
    steps=(
        review(
            _("Forget you? This cannot be taken back."),
            notice=(
                _("Erased: your name, e-mail and phone, your chats, and drafts and photos on no request."),
                _("Your requests stay with your company, without your name."),
            ),
            send=_("Forget me"),
            grave=True,
        ),
        act(
            ForgetMe,
            done=_("You are forgotten. Here and in your other chats nothing is known about you any more."),
            refused={
                "practice": Refusal(_("You are practising, so nothing was erased. Stop practising first.")),
                "last_admin": Refusal(
                    _("Nothing was erased: your company has no other admin. Make a colleague admin first.")
                ),
            },
            then=(Action(_("Talk to a person"), "talk_to_person"),),
        ),
    ),
)
