"""Register devices for the cashback: typed, pasted, by photos of labels, or by Excel (SMA-05, 06, 11, 14)."""

from flows.engine.language import Action, Flow, Refusal, act, choose, lookup, review, show
from flows.engine.phrases import _
from flows.requests.cashback import (
    InstallationDays,
    MayRegister,
    RegisterDevices,
    RegisterSheet,
    RegistrableDevices,
    SheetOfDevices,
)

CLOSED = show(
    "closed",
    _("You cannot register devices now:"),
    rows=lookup(MayRegister),
    actions=(
        Action(_("Status of devices"), "cashback_status", instead=True),
        Action(_("Talk to a person"), "talk_to_person", instead=True),
    ),
)
INSTALLED_ON = choose(
    "installed_on",
    _("When were they installed? Choose, or type a date."),
    lookup(InstallationDays),
    title=_("Installed on"),
)
REVIEW = review(
    _("Please check everything. SMA decides about the cashback, not our desk."), send=_("Register")
)
REGISTERED = _("{count} with our desk, not yet with SMA. Each device has its own status.")
THEN = (
    Action(_("Status of devices"), "cashback_status"),
    Action(_("Register more"), "register_device"),
)


def refused(again: str) -> dict[str, Refusal]:
    """Why nothing was registered; `again`: the step that named the devices."""
    return {
        "closed": Refusal(_("Registration is closed for your company now. Nothing was sent.")),
        "already": Refusal(_("These are registered already. Nothing was sent twice."), again=again),
        "day": Refusal(
            _("They were not installed within the period of the promotion on that day."), again="installed_on"
        ),
    }


devices = Flow(
    name="register_device",
    title=_("Register devices"),
    phrases=(
        "toestel registreren",
        "apparaat registreren",
        "apparaten registreren",
        "omvormer registreren",
        "cashback aanvragen",
        "enregistrer un appareil",
        "enregistrer des appareils",
        "demander le cashback",
        "register a device",
        "register devices",
        "claim cashback",
    ),
    steps=(
        CLOSED,
        choose(
            "devices",
            _("Which devices? Photograph the labels, or type a model and serial on each line."),
            lookup(RegistrableDevices),
            title=_("Devices"),
            many=True,
            actions=(Action(_("Excel file"), "register_sheet", always=True, instead=True),),
        ),
        INSTALLED_ON,
        REVIEW,
        act(RegisterDevices, done=REGISTERED, refused=refused("devices"), then=THEN),
    ),
)

sheet = Flow(
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
    patient=True,
    steps=(
        CLOSED,
        choose(
            "sheet",
            _("Please send your Excel file with the devices."),
            lookup(SheetOfDevices),
            title=_("File"),
        ),
        INSTALLED_ON,
        REVIEW,
        act(
            RegisterSheet,
            done=REGISTERED,
            refused={
                "not_found": Refusal(_("Please send the Excel file here."), again="sheet"),
                **refused("sheet"),
            },
            then=THEN,
        ),
    ),
)
