"""What the page itself says; everything else it shows comes from the flows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from flows.engine.phrases import Phrase, _
from locales.speaker import Speaker

PAGE: Final[Mapping[str, Phrase]] = {
    "about": _("Support for solar installers"),
    "attach": _("Photo, file or location"),
    "camera": _("Take a photo"),
    "choose_any": _("Photos, PDF or Excel"),
    "choose_files": _("Photos or PDF"),
    "choose_sheet": _("Choose the Excel file"),
    "copied": _("Copied: {what}")(what="%"),
    "copy": _("Copy {what}")(what="%"),
    "help": _("Help"),
    "language": _("Language"),
    "location": _("Share my location"),
    "location_failed": _("No location was given. Type the street and the town instead."),
    "location_said": _("My location"),
    "log": _("The conversation"),
    "menu": _("Menu"),
    "no_script": _("This page needs JavaScript. Switch it on, or call the support desk."),
    "not_sent": _("Not sent"),
    "offline": _("No connection. What you send is kept here and goes out by itself later."),
    "online": _("Connected again."),
    "person": _("Talk to a person"),
    "photo": _("Photo {name}")(name="%"),
    "quiet": _("Nothing new arrives at the moment. Your words are kept; we keep trying."),
    "refused": _("This could not be taken in. Nothing else is lost; try it in another way."),
    "retry": _("Send again"),
    "said_by_bot": _("Solardesk says"),
    "said_by_you": _("You said"),
    "send": _("Send"),
    "sending": _("Sending…"),
    "sent": _("Sent"),
    "skip": _("Go to the message box"),
    "too_big": _("{name} is larger than 30 MB and was not sent. Choose a smaller file.")(name="%"),
    "too_long": _("This text is too long and was not sent. Nothing else is lost; send it in parts."),
    "waiting": _("Solardesk is writing"),
    "write": _("Write a message"),
}
"""By the name the templates and the script use. A % is filled in by the script."""

LANGUAGES: Final[Mapping[str, str]] = {"nl": "Nederlands", "fr": "Français", "en": "English"}
"""Each named in its own language, so that a person who cannot read the page finds it."""

STARTS: Final[Mapping[str, Phrase]] = {
    "menu": PAGE["menu"],
    "help": PAGE["help"],
    "talk_to_person": PAGE["person"],
}
"""The flows that the page itself offers, by name."""

NO_PAGE: Final = _("There is no page at this address. Your conversation is not lost.")
NO_PAGE_NOW: Final = _(
    "The page cannot be shown at the moment. What you said before is kept. Please try again in a minute."
)
TO_THE_CHAT: Final = _("To the conversation")
TRY_AGAIN: Final = _("Try again")

REVIEW: Final = _("What you told us")
CHANGE: Final = _("Change: {title}")


def spoken(speaker: Speaker) -> dict[str, str]:
    """All words of the page in one language."""
    return {name: speaker.say(phrase) for name, phrase in PAGE.items()}
