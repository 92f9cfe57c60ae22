"""What only this channel says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from flows.engine.phrases import Phrase, _

EDITED: Final = _("I do not read a changed message again. Please send the right words as a new message.")
UNREADABLE: Final = _("I cannot read this kind of message. Please type it, or send a photo or a PDF.")
NOT_YOURS: Final = _("This is somebody else's contact card. Please share your own, or type the number.")
IN_A_GROUP: Final = _(
    "Others read along here. I answer in our private chat, where only you see your systems."
)
OPEN_PRIVATE: Final = _("Open the private chat")
PICKED: Final = _("System {id}")
LINK_FIRST: Final = _("Link our private chat first")
NOTHING_FOUND: Final = _("Not found. Search in our private chat")
NO_BUTTON: Final = _("This button no longer works.")


class Share(Struct, frozen=True):
    """A button to share something, and what is said when it is pressed."""

    label: Phrase
    line: Phrase


SHARES: Final[Mapping[str, Share]] = {
    "phone": Share(
        _("Share my number"),
        _("Tap the button below the chat to share your name and number. The support desk sees them."),
    ),
    "place": Share(
        _("Share my location"),
        _("Tap the button below the chat to share where you are. I then show your systems within 2 km."),
    ),
}
"""By what is wanted: Telegram hands it over with a second tap, on a keyboard of its own."""
