"""Send devices of an RMA back (ESM-32, 33, PORTAL-34, 35)."""

from flows.engine.language import Action, Flow, Refusal, act, answered, ask, choose, lookup, review, show
from flows.engine.parsers import count
from flows.engine.phrases import _
from flows.requests import (
    BatteryRules,
    CollectionAddresses,
    CollectionContacts,
    CollectionDays,
    DevicesToReturn,
    InitiateReturn,
    ReturnAddress,
    RmasToReturn,
    WaysBack,
    WhyNoReturn,
)

PARTS = {"morning": _("8:00 to 12:00"), "afternoon": _("12:00 to 17:00"), "day": _("All day")}
PICKUP = answered("way", "pickup")

flow = Flow(
    name="initiate_return",
    title=_("Send back"),
    phrases=(
        "retour rma",
        "terugsturen",
        "retour starten",
        "retourner",
        "renvoyer",
        "faire un retour",
        "return",
        "send back",
        "initiate return",
    ),
    steps=(
        choose(
            "rma",
            _("Of which RMA do devices go back? Type its number, a serial or the system."),
            lookup(RmasToReturn),
            title=_("RMA"),
        ),
        show(
            "not_yet",
            _("RMA {rma} cannot go back now."),
            rows=lookup(WhyNoReturn),
            actions=(
                Action(_("Follow"), "follow_rma", {"rma": "rma"}, instead=True),
                Action(_("See the returns"), "track_return", {"parcel": "rma"}, instead=True),
                Action(_("See the RMA"), "track_rma", {"rma": "rma"}, instead=True),
            ),
        ),
        choose(
            "devices",
            _("Which devices of RMA {rma} go back?"),
            lookup(DevicesToReturn),
            title=_("Devices"),
            options={"all": _("All of them")},
            many=True,
        ),
        show(
            "batteries",
            _("There is a battery among them:"),
            rows=lookup(BatteryRules),
            done=_("Understood"),
        ),
        choose("way", _("Collected there, or dropped off?"), lookup(WaysBack), title=_("How")),
        choose(
            "day",
            _("On which day? Choose, or type a date."),
            lookup(CollectionDays),
            title=_("Day"),
            when=PICKUP,
        ),
        choose("part", _("At what time?"), title=_("Time"), options=PARTS, when=PICKUP),
        ask("boxes", _("How many boxes?"), count(1, 40), title=_("Boxes"), when=PICKUP),
        choose(
            "contact",
            _("Who hands them over? Choose, or type a name and a number."),
            lookup(CollectionContacts),
            title=_("Hands them over"),
            default=True,
            when=PICKUP,
        ),
        choose(
            "address",
            _("From where do they leave? Choose, or type an address."),
            lookup(CollectionAddresses),
            title=_("From"),
            default=True,
        ),
        choose(
            "goes_to",
            _("They go to this address:"),
            lookup(ReturnAddress),
            title=_("To"),
            default=True,
        ),
        review(
            _("Announce this return?"),
            notice=(
                _(
                    "Packing: each device in its own box or well wrapped.\n"
                    "No cables or mounts in it.\n"
                    "The label outside, on the largest side."
                ),
            ),
            send=_("Announce"),
        ),
        act(
            InitiateReturn,
            done=_("Return {number} is announced. Its label:"),
            refused={
                "not_found": Refusal(_("This RMA is not one of yours any more."), again="rma"),
                "not_yet": Refusal(_("This RMA can no longer be sent back like this."), again="rma"),
                "returned": Refusal(
                    _("A colleague announced these devices a moment ago. Yours was not sent."),
                    again="devices",
                ),
                "battery": Refusal(_("Batteries are only collected, never dropped off."), again="way"),
                "day": Refusal(_("Nobody can come on that day any more."), again="day"),
            },
            then=(
                Action(_("Label A6"), "return_label", {"parcel": "parcel"}, {"format": "a6"}),
                Action(_("Label A4"), "return_label", {"parcel": "parcel"}, {"format": "a4"}),
                Action(_("QR, no printer"), "return_label", {"parcel": "parcel"}, {"format": "qr"}),
                Action(_("Send to a colleague"), "send_label", {"parcel": "parcel"}, {"format": "a4"}),
                Action(_("Status"), "track_return", {"parcel": "parcel"}),
            ),
        ),
    ),
)
