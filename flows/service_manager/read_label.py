"""A photo of a label with nothing open: whose device it is, and what can be done with it."""

from flows.engine.language import Action, Flow, ask, lookup, show
from flows.engine.parsers import serials
from flows.engine.phrases import _
from flows.requests import WhatLabelsSay

flow = Flow(
    name="read_label",
    title=_("Read a label"),
    phrases=(),
    steps=(
        ask(
            "serials",
            _("Please send a photo of the label, close by and in the light, or type the serial number."),
            serials(),
            title=_("Serial numbers"),
        ),
        show(
            "card",
            _("Read on the label:"),
            rows=lookup(WhatLabelsSay),
            actions=(
                Action(_("New RMA"), "create_rma", {"system": "serials", "devices": "serials"}),
                Action(_("Open the system"), "search_systems", {"system": "serials"}),
                Action(_("Track"), "track_rma", {"rma": "serials"}),
                Action(
                    _("Add photo or serial"),
                    "add_to_rma",
                    {"rma": "serials"},
                    {"what": "photos"},
                    always=True,
                ),
                Action(_("Talk to a person"), "talk_to_person", always=True),
                Action(_("Not this number"), "read_label", always=True),
            ),
        ),
    ),
)
