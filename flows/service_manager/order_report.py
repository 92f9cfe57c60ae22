"""A report as a spreadsheet, in the chat and by mail (ESM-39 to 42)."""

from flows.engine.language import Action, Flow, Refusal, act, answered, choose, lookup, review, show
from flows.engine.phrases import _
from flows.requests import (
    OrderReport,
    OtherAddress,
    ReportAddresses,
    ReportDays,
    ReportKinds,
    ReportSystems,
)

flow = Flow(
    name="order_report",
    title=_("Report"),
    phrases=(
        "rapport",
        "rapporten",
        "rapport maken",
        "excel van mijn aanvragen",
        "rapports",
        "générer un rapport",
        "report",
        "reports",
        "generate a report",
        "excel report",
    ),
    steps=(
        choose("kind", _("Which report do you want?"), lookup(ReportKinds), title=_("Report")),
        choose(
            "days",
            _("Submitted between which days? Choose, or type them: last month, 4/8 to 3/9."),
            lookup(ReportDays),
            title=_("Submitted"),
            default=True,
        ),
        choose(
            "systems",
            _("For which systems? Paste their ids, or type a name."),
            lookup(ReportSystems),
            title=_("Systems"),
            default=True,
            when=answered("kind", "rma", "case", "labour"),
        ),
        choose(
            "address",
            _("To which e-mail address?"),
            lookup(ReportAddresses),
            title=_("By e-mail to"),
            default=True,
        ),
        show(
            "elsewhere",
            _("Please look at the address again:"),
            rows=lookup(OtherAddress),
            done=_("Send it there"),
        ),
        review(_("Make this report? You also get it here."), send=_("Make it")),
        act(
            OrderReport,
            done=_("Your report is being made: {rows}. It comes here. {mailed}"),
            refused={
                "not_found": Refusal(_("One of these systems is not yours any more."), again="systems"),
                "nothing": Refusal(_("There is nothing to report in these days."), again="days"),
                "too_many": Refusal(_("That is too much for one report: choose fewer days."), again="days"),
                "enough": Refusal(
                    _("You have ordered many reports. Wait until they are made, or try again tomorrow.")
                ),
                "days": Refusal(_("I do not recognise these days."), again="days"),
                "address": Refusal(
                    _("That does not look like an e-mail address. Please type it again."), again="address"
                ),
            },
            then=(Action(_("Another report"), "order_report"), Action(_("Menu"), "menu")),
        ),
    ),
)
