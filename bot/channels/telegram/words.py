"""What only this channel says."""

from __future__ import annotations

from typing import Final

from flows.engine.phrases import _

EDITED: Final = _("I do not read a changed message again. Please send the right words as a new message.")
UNREADABLE: Final = _("I cannot read this kind of message. Please type it, or send a photo or a PDF.")
NOT_YOURS: Final = _("This is somebody else's contact card. Please share your own, or type the number.")
IN_A_GROUP: Final = _(
    "Others read along here. I answer in our private chat, where only you see your systems."
)
OPEN_PRIVATE: Final = _("Open the private chat")
