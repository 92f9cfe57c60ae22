"""Privacy: what is kept, for how long, who reads it, and what a person can do about it (ESM-49)."""

from flows.engine.language import Action, Flow, show
from flows.engine.phrases import _

flow = Flow(
    name="privacy",
    title=_("Privacy"),
    phrases=("privacy", "privacybeleid", "confidentialité", "vie privée", "privacy policy", "voorwaarden"),
    steps=(
        show(
            "privacy",
            _(
                "What you say here is read by the support desk only, and never sold or shared.\n"
                "Words are erased after 7 days, photos that are on no request after 60.\n"
                "The notice of Enphase: https://enphase.com/legal/privacy-policy"
            ),
            actions=(
                Action(_("What is kept about me"), "my_data"),
                Action(_("Forget me"), "forget_me"),
                Action(_("Give feedback"), "talk_to_person"),
                Action(_("Menu"), "menu"),
            ),
        ),
    ),
)
