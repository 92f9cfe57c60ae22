"""Post nothing of this company in a channel any more."""

from flows.engine.language import Action, Flow, Refusal, act, choose, lookup
from flows.engine.phrases import _
from flows.requests import FindRoomToSpeakIn, StopInRoom

flow = Flow(
    name="stop_in_room",
    title=_("Stop in a channel"),
    phrases=(),
    steps=(
        choose("room", _("In which channel?"), lookup(FindRoomToSpeakIn), title=_("Channel")),
        act(
            StopInRoom,
            done=_("I post no RMAs of your company in {place} now."),
            refused={"not_found": Refusal(_("I do not know this channel."), again="room")},
            then=(
                Action(_("Post again"), "follow_in_room", {"room": "room"}),
                Action(_("Menu"), "menu"),
            ),
        ),
    ),
)
