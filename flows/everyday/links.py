"""Links: what is done at the manufacturer's own sites (ESM-44)."""

from flows.engine.language import Action, Flow, show
from flows.engine.phrases import _

flow = Flow(
    name="links",
    title=_("Links"),
    phrases=("links", "liens", "portaal", "portail", "portal", "documentatie", "documentation", "training"),
    steps=(
        show(
            "links",
            _(
                "At Enphase, in your browser:\n"
                "Installer Portal: https://enlighten.enphaseenergy.com\n"
                "Service Manager: https://service.enphaseenergy.com/app\n"
                "Training: https://university.enphase.com\n"
                "Documentation: https://enphase.com/installers/resources/documentation\n"
                "Support: https://enphase.com/contact/support"
            ),
            actions=(Action(_("Talk to a person"), "talk_to_person"), Action(_("Menu"), "menu")),
        ),
    ),
)
