"""Notifications: of what one hears, how often, when it is quiet; mute and unmute one RMA (ESM-43)."""

from flows.engine.language import Action, Flow, Refusal, act, choose, lookup, show
from flows.engine.phrases import _
from flows.requests import FindRmas, MuteRma, Notifications, SetTimeZone, TimeZones, UnmuteRma, Wish

BACK = (Action(_("Notifications"), "notifications"), Action(_("Menu"), "menu"))
WHICH = choose(
    "rma", _("Which RMA? Type its number, a serial or the system."), lookup(FindRmas), title=_("RMA")
)
NOT_YOURS = {"not_found": Refusal(_("This RMA is not one of yours."), again="rma")}

flow = Flow(
    name="notifications",
    title=_("Notifications"),
    phrases=("meldingen", "notificaties", "notifications", "alertes"),
    steps=(
        show(
            "notifications",
            _("What I tell you unasked:"),
            rows=lookup(Notifications),
            actions=(
                Action(_("What I hear of"), "hears_of"),
                Action(_("How often"), "how_often"),
                Action(_("Quiet hours"), "quiet_hours"),
                Action(_("Time zone"), "time_zone"),
                Action(_("Mute an RMA"), "mute_rma"),
                Action(_("Menu"), "menu"),
            ),
        ),
    ),
)

hears = Flow(
    name="hears_of",
    title=_("What I hear of"),
    phrases=("welke meldingen", "quelles notifications", "which notifications"),
    steps=(
        choose(
            "hears",
            _("Of which requests do you want to hear?"),
            title=_("Requests"),
            options={
                "own": _("Those I filed"),
                "followed": _("Filed or followed"),
                "all": _("All of the company"),
            },
        ),
        act(Wish, done=_("From now on you hear of: {hears}."), then=BACK),
    ),
)

pace = Flow(
    name="how_often",
    title=_("How often"),
    phrases=("meldingen één keer per dag", "dagelijks overzicht", "résumé quotidien", "daily digest"),
    steps=(
        choose(
            "pace",
            _("Each change at once, or all of a day together in the morning?"),
            title=_("How often"),
            options={"now": _("At once"), "daily": _("Once a day")},
        ),
        act(Wish, done=_("From now on I tell you: {pace}."), then=BACK),
    ),
)

quiet = Flow(
    name="quiet_hours",
    title=_("Quiet hours"),
    phrases=(
        "stille uren",
        "niet storen",
        "heures calmes",
        "ne pas déranger",
        "quiet hours",
        "do not disturb",
    ),
    steps=(
        choose(
            "quiet",
            _("When should I be quiet? What comes then, waits. Talk to me and I answer at any hour."),
            title=_("Quiet hours"),
            options={
                "20-7": _("20:00 to 7:00"),
                "18-8": _("18:00 to 8:00"),
                "22-6": _("22:00 to 6:00"),
                "0-0": _("Never"),
            },
        ),
        act(Wish, done=_("From now on it is quiet: {quiet}."), then=BACK),
    ),
)

zone = Flow(
    name="time_zone",
    title=_("Time zone"),
    phrases=("tijdzone", "tijdzone wijzigen", "fuseau horaire", "time zone", "timezone"),
    steps=(
        choose(
            "zone",
            _("Where are you? Tap a city with your time, or type another one."),
            lookup(TimeZones),
            title=_("Time zone"),
        ),
        act(
            SetTimeZone,
            done=_("Your clock is that of {city} now: it is {time} there. Quiet hours follow it."),
            refused={"not_found": Refusal(_("I do not know that city."), again="zone")},
            then=BACK,
        ),
    ),
)

mute = Flow(
    name="mute_rma",
    title=_("Mute an RMA"),
    phrases=("rma dempen", "rma stil", "rma en sourdine", "mute rma", "geen meldingen meer over rma"),
    steps=(
        WHICH,
        act(
            MuteRma,
            done=_("You hear nothing more of RMA {number}, except questions of the desk."),
            refused=NOT_YOURS,
            then=(
                Action(_("Hear of it again"), "unmute_rma", {"rma": "rma"}),
                Action(_("Track"), "track_rma", {"rma": "rma"}),
                Action(_("Menu"), "menu"),
            ),
        ),
    ),
)

unmute = Flow(
    name="unmute_rma",
    title=_("Hear of an RMA again"),
    phrases=("rma niet meer dempen", "rma réactiver les notifications", "unmute rma"),
    steps=(
        WHICH,
        act(
            UnmuteRma,
            done=_("You hear of RMA {number} again."),
            refused=NOT_YOURS,
            then=(Action(_("Track"), "track_rma", {"rma": "rma"}), Action(_("Menu"), "menu")),
        ),
    ),
)
