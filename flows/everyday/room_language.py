"""The language of what is posted in a channel (ESM-45)."""

from flows.engine.language import Flow, Refusal, act, choose, lookup
from flows.engine.phrases import _
from flows.requests import FindRoomToSpeakIn, SpeakInRoom

flow = Flow(
    name="room_language",
    title=_("Language of a channel"),
    phrases=(),
    steps=(
        choose("room", _("In which channel?"), lookup(FindRoomToSpeakIn), title=_("Channel")),
        choose(
            "language",
            _("In which language do I write there?"),
            title=_("Language"),
            options={"nl": _("Nederlands"), "fr": _("Français"), "en": _("English")},
        ),
        act(
            SpeakInRoom,
            done=_("From now on I write {tongue} in {place}."),
            refused={"not_found": Refusal(_("I do not know this channel."), again="room")},
        ),
    ),
)
