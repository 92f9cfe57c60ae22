"""Create an RMA (ESM-19 to 27): the system, its devices, what is wrong, photos, and one look at it all."""

from flows.engine.language import (
    ROW,
    SEARCH,
    Action,
    Flow,
    Refusal,
    act,
    answered,
    ask,
    choose,
    lookup,
    review,
    show,
    upload,
)
from flows.engine.parsers import text
from flows.engine.phrases import _
from flows.requests import (
    CreateRma,
    DeliveryAddresses,
    DevicesOf,
    FindSystems,
    OpenRmas,
    SiteContacts,
    Subjects,
)

MEGABYTES_30 = 30 * 1024 * 1024

FAULTS = {
    "not_reporting": _("Not reporting"),
    "no_production": _("No production"),
    "damaged": _("Damaged"),
    "other": _("Something else"),
}

flow = Flow(
    name="create_rma",
    title=_("New RMA"),
    phrases=(
        "nieuwe rma",
        "rma aanmaken",
        "rma maken",
        "defect melden",
        "toestel kapot",
        "micro kapot",
        "batterij kapot",
        "nouveau rma",
        "nouvelle rma",
        "créer un rma",
        "faire un rma",
        "appareil en panne",
        "micro en panne",
        "batterie en panne",
        "new rma",
        "create rma",
        "report a fault",
        "broken micro",
        "broken battery",
        "replace a device",
    ),
    steps=(
        choose(
            "system",
            _("Which system is it? Type a name, street, town, number or serial."),
            lookup(FindSystems),
            title=_("System"),
            options={"none": _("Without a system")},
            actions=(Action(_("Request access"), "request_access", {"wanted": SEARCH}, instead=True),),
        ),
        choose(
            "devices",
            _("{system}: which devices? Tap them, type the serial numbers, or photograph the labels."),
            lookup(DevicesOf),
            title=_("Devices"),
            options={"unreadable": _("Label unreadable")},
            many=True,
        ),
        upload(
            "label_photo",
            _(
                "Please send a photo of the label, and one of the device in its place. "
                "Without a photo the desk will ask you for it."
            ),
            title=_("Photo of the label"),
            at_most=MEGABYTES_30,
            optional=True,
            when=answered("devices", "unreadable"),
        ),
        show(
            "already_open",
            _("For this, a request is open already:"),
            rows=lookup(OpenRmas),
            actions=(
                Action(_("Follow"), "follow_rma", {"rma": ROW}, instead=True),
                Action(_("Add photo"), "add_to_rma", {"rma": ROW}, {"what": "photos"}, instead=True),
            ),
            done=_("New anyway"),
        ),
        choose("fault", _("What do you see?"), title=_("Fault"), options=FAULTS, words_for="description"),
        ask(
            "description",
            _("In a few words: since when, what was tried, what the lights do."),
            text(at_most=2000),
            title=_("Description"),
            optional=True,
        ),
        choose(
            "subject",
            _("Which subject fits best?"),
            lookup(Subjects),
            title=_("Subject"),
            default=True,
        ),
        upload(
            "photos",
            _("Photos help the desk decide. Send them now; up to 30 MB together."),
            title=_("Photos"),
            at_most=MEGABYTES_30,
            optional=True,
        ),
        choose(
            "address",
            _("Where should the replacement go? Choose, or type an address."),
            lookup(DeliveryAddresses),
            title=_("Deliver to"),
            default=True,
        ),
        choose(
            "contact",
            _("Who can be called on site? Choose, or type a name and a number."),
            lookup(SiteContacts),
            title=_("On-site contact"),
            default=True,
        ),
        review(
            _("Please check everything. Handling takes time, and the desk may ask you to test more."),
            notice=(_("Common faults and fixes: https://support.enphase.com"),),
        ),
        act(
            CreateRma,
            done=_("RMA {number} is {holder}.\nNext: approval, then shipping. {mail}"),
            refused={
                "not_found": Refusal(_("This system is not one of yours any more."), again="system"),
                "already_open": Refusal(
                    _("A colleague sent a request for this a moment ago. Yours was not sent."),
                    again="already_open",
                ),
            },
            then=(
                Action(_("Track"), "track_rma", {"rma": "rma"}),
                Action(_("Add photo or serial"), "add_to_rma", {"rma": "rma"}),
                Action(_("Correct the address"), "correct_address", {"rma": "rma"}),
                Action(_("Withdraw"), "withdraw_rma", {"rma": "rma"}),
                Action(_("Another for this system"), "create_rma", {"system": "system"}),
            ),
        ),
    ),
)
