"""What only this channel says."""

from __future__ import annotations

from typing import Final

from flows.engine.phrases import _

PRACTICE: Final = _("Practice: nothing of this is real.")
NAME: Final = "Solardesk"
COMMAND: Final = "/solardesk"

# In the manifest. Slack leaves room for 24 signs in the name of a shortcut.
ABOUT: Final = _("Requests, RMAs and systems of solar installers")
ABOUT_COMMAND: Final = _("New RMA, track, search, a person, language, help")
USAGE: Final = _("new · track 00517624 · search Peeters · follow · language fr here · help")
NEW_RMA: Final = _("New RMA")
ABOUT_NEW_RMA: Final = _("Report a broken device")
REQUEST: Final = _("Make a request of this")
ABOUT_REQUEST: Final = _("An RMA with the words and the files of this message")

EDITED: Final = _("I do not read a changed message again. Please send the right words as a new message.")
ANSWERED_PRIVATELY: Final = _("I have answered you in a direct message, where only you see your systems.")
NO_FILE: Final = _("Slack did not take the file {name} here. Ask me for it again later, or talk to a person.")
TO_THE_ANSWER: Final = _("Open the answer")

# On the pages of installing.
INSTALLED: Final = _("Solardesk is installed in this workspace. Open the app in Slack and say hello to it.")
NOT_INSTALLED: Final = _("Solardesk was not installed, and nothing was changed. Please start again.")

# On Home.
NOT_LINKED: Final = _("You are not linked to a company yet. Link this account to file and track RMAs.")
FIRST_RMA: Final = _("Your company has no RMAs yet. Start with the first one.")
UNFINISHED: Final = _("Not finished: {draft}")
GO_ON: Final = _("Go on")
ASKED: Final = _("The desk asks about {question}")
ANSWER: Final = _("Answer")
IN: Final = _("I write to you {language}.")
LINKED_IN: Final = _("This account is linked. I write to you {language}.")
LOOK: Final = _("Look")
LOOK_AT: Final = _("Look at RMA {rma}")

# On forms and beside what can be answered.
OPEN_AS_FORM: Final = _("Open as form")
CHOOSE: Final = _("Choose")
OR_TYPE: Final = _("Or type it here")
OR_PHOTOS: Final = _("Or photograph the labels")
CONTINUE: Final = _("Continue")
FILES_AGAIN: Final = _("If you had added files, please add them once more.")
CLOSE: Final = _("Close")
ONE_MOMENT: Final = _("One moment, this is being worked on.")
SURE: Final = _("This takes something away. Go on?")
TYPE_MORE: Final = _("There are more: type another letter")
