"""Post what changes on RMAs in a channel where many read it, without anything of the owner."""

from flows.engine.language import Action, Flow, Refusal, act, choose, lookup, review
from flows.engine.phrases import _
from flows.requests import FindRoom, FollowInRoom, RmasToPost

flow = Flow(
    name="follow_in_room",
    title=_("Post RMAs in a channel"),
    phrases=(),
    steps=(
        choose("room", _("In which channel?"), lookup(FindRoom), title=_("Channel")),
        choose(
            "rma",
            _("Which RMA? Type its number, a serial or the system."),
            lookup(RmasToPost),
            title=_("RMA"),
        ),
        review(
            _("Post what changes in {room}?"),
            notice=(
                _(
                    "Everyone in {room} reads it: the number, the status and the kind of product."
                    " No names, no addresses, no words of people."
                ),
            ),
            send=_("Post there"),
        ),
        act(
            FollowInRoom,
            done=_("From now on I post it in {place}, each RMA in its own thread."),
            refused={"not_found": Refusal(_("I cannot post this RMA there."), again="rma")},
            then=(
                Action(_("Stop posting"), "stop_in_room", {"room": "room"}),
                Action(_("Menu"), "menu"),
            ),
        ),
    ),
)
