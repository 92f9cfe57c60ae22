"""What the person hears when an input could not be handled: what happened, what is kept, what to do now."""

from __future__ import annotations

from msgspec import structs

from flows.engine.conversation import Button, Conversation, Press, Screen
from flows.engine.data import Started
from flows.engine.outputs import Prompt
from flows.engine.phrases import Copy, _

SCREENS_KEPT = 5
STILL_THERE = _(
    "Please delete your message with the number: only you can do that here.\n"
    "Until then whoever sees this chat can read it."
)
"""What was typed as an answer that is hidden, where we cannot take it away."""


def apologise(conversation: Conversation, reference: str) -> tuple[Conversation, Prompt]:
    """A card that offers a person, and the conversation that knows its button. Nothing else changes."""
    token = f"{conversation.serial + 1:x}"
    person = Button(0, _("Talk to a person"), "action", Press("start", start=Started("talk_to_person")))
    lines = (
        _("Your last message could not be handled. What you filled in before is kept."),
        _("Try it another way, or talk to a person and give them this reference: {reference}.")(
            reference=Copy(reference)
        ),
    )
    screens = (*conversation.screens, Screen(token, buttons=(person,)))[-SCREENS_KEPT:]
    after = structs.replace(conversation, serial=conversation.serial + 1, screens=screens)
    return after, Prompt(token, lines, buttons=(person,))
