"""What the pages of the desk say themselves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from flows.engine.phrases import Phrase, _, n_

PAGE: Final[Mapping[str, Phrase]] = {
    "address": _("Return address"),
    "agents": _("People of the desk"),
    "allow": _("Let them in again"),
    "amount": _("Amount"),
    "answers": _("Questions and answers"),
    "ask": _("Ask the installer"),
    "ask_hint": _("They can answer with words, a photo or a PDF. Ask one thing."),
    "change": _("Save"),
    "conversation": _("Conversation"),
    "copy_all": _("Copy for the portal"),
    "copied": _("Copied"),
    "desk": _("Support desk"),
    "every": _("All"),
    "files": _("Photos and files"),
    "for_installer": _("Waiting for the installer"),
    "for_us": _("Waiting for us"),
    "history": _("History"),
    "internal": _("Internal note"),
    "internal_hint": _("Only the desk reads this. It never reaches an installer."),
    "keep_note": _("Keep the note"),
    "kind": _("Kind"),
    "login": _("Name to sign in with"),
    "message": _("Message to the installer"),
    "message_hint": _("This is said in the chat of the installer, and mailed."),
    "more": _("Next page"),
    "next": _("Change the status"),
    "none": _("Nothing here."),
    "not_answered": _("Not answered yet"),
    "only_files": _("see the photos and files below"),
    "number": _("Number at the manufacturer"),
    "number_hint": _("When you fill it in, the installer is told."),
    "password": _("Password"),
    "queue": _("Queue"),
    "search": _("Search"),
    "search_hint": _("Number, serial or company"),
    "send": _("Send to the installer"),
    "send_question": _("Send the question"),
    "show": _("Show"),
    "sign_in": _("Sign in"),
    "sign_out": _("Sign out"),
    "skip": _("Go to the content"),
    "status": _("Status"),
    "stop": _("Stop their access"),
    "stopped": _("No access"),
    "to_portal": _("For the portal"),
    "log": _("Log of the desk"),
}
"""By the name the templates use."""

DEEDS: Final[Mapping[str, Phrase]] = {
    "status": _("Status"),
    "number": _("Number at the manufacturer"),
    "address": _("Return address"),
    "amount": _("Amount"),
    "note": _("Internal note"),
    "message": _("Message to the installer"),
    "question": _("Question to the installer"),
}
DONE: Final[Mapping[str, Phrase]] = {
    "status": _("The status is changed."),
    "number": _("The number is kept."),
    "address": _("The return address is kept."),
    "amount": _("The amount is kept."),
    "note": _("The note is kept. Only the desk sees it."),
    "message": _("The message is kept."),
    "question": _("The question is kept."),
}
TOLD: Final = n_("It is on its way to {n} person.", "It is on its way to {n} people.")
NOBODY: Final = _("Nobody is told of it, in the chat or by mail.")
WHO: Final[Mapping[str, Phrase]] = {"person": _("Customer"), "bot": _("Chat")}
ROLES: Final[Mapping[str, Phrase]] = {"agent": _("Agent"), "lead": _("Lead")}

CROWDED = _("Too many people are signing in. Please try again in a minute.")
WRONG: Final = _(
    "That is not right, or you tried too often. After five tries it stays closed for 15 minutes."
)
CHANGED: Final = _(
    "A colleague changed this meanwhile: it is now {now}. Nothing of yours was saved; look and try again."
)
TAKEN: Final = _("This serial number was registered again meanwhile: {request}. Nothing was changed.")
NOT_POSSIBLE: Final = _("This is not possible now. Nothing was changed.")
EMPTY: Final = _("Please type something first.")
TOO_LONG: Final = _("That is {length} characters; at most {most} fit. Please make it shorter.")
NO_PAGE: Final = _("There is nothing at this address.")
NOTHING_YET: Final = _("empty")
