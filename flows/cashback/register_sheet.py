"""Register devices for the cashback from an Excel file: the good rows, the rest comes back (SMA-05)."""

from flows.engine.language import Action, Flow, Refusal, act, choose, lookup, review, show
from flows.engine.phrases import _
from flows.requests.cashback import InstallationDays, MayRegister, RegisterSheet, SheetOfDevices

flow = Flow(
    name="register_sheet",
    title=_("Devices from Excel"),
    phrases=(
        "toestellen uit excel",
        "excel met toestellen",
        "excel bestand",
        "appareils excel",
        "fichier excel",
        "devices from excel",
        "excel file",
    ),
    steps=(
        show(
            "closed",
            _("You cannot register devices now:"),
            rows=lookup(MayRegister),
            actions=(
                Action(_("Status of devices"), "cashback_status", instead=True),
                Action(_("Talk to a person"), "talk_to_person", instead=True),
            ),
        ),
        choose(
            "sheet",
            _("Please send your Excel file with the devices."),
            lookup(SheetOfDevices),
            title=_("File"),
        ),
        choose(
            "installed_on",
            _("When were they installed? Choose, or type a date."),
            lookup(InstallationDays),
            title=_("Installed on"),
        ),
        review(
            _("Please check everything. SMA decides about the cashback, not our desk."),
            send=_("Register"),
        ),
        act(
            RegisterSheet,
            done=_("{count} with our desk, not yet with SMA. Each device has its own status."),
            refused={
                "not_found": Refusal(_("Please send the Excel file here."), again="sheet"),
                "closed": Refusal(_("Registration is closed for your company now. Nothing was sent.")),
                "already": Refusal(
                    _("A colleague registered these a moment ago. Yours were not sent."), again="sheet"
                ),
                "day": Refusal(
                    _("They were not installed within the period of the promotion on that day."),
                    again="installed_on",
                ),
            },
            then=(
                Action(_("Status of devices"), "cashback_status"),
                Action(_("Register more"), "register_device"),
            ),
        ),
    ),
)
