"""What happens in a conversation."""

from __future__ import annotations

import datetime
from typing import Literal

from flows.engine.data import Data, File, Started, Value
from flows.engine.phrases import Text
from flows.engine.work import Reply


class Said(Data, frozen=True, tag="said"):
    """Typed words. A shared location arrives as "geo:50.98,4.83", a system picked as "system:700457343"."""

    text: str


class Pressed(Data, frozen=True, tag="pressed"):
    """A button of the prompt `token`, by its place. `picked`: options chosen so far in the same form, by
    their place, where several may be.
    """

    token: str
    index: int
    picked: dict[str, tuple[int, ...]] = {}


class Filled(Data, frozen=True, tag="filled"):
    """A form sent in: words by field name, `picked` options by their place in the prompt, files."""

    token: str
    values: dict[str, Value] = {}
    picked: dict[str, tuple[int, ...]] = {}
    files: tuple[File, ...] = ()


class Sent(Data, frozen=True, tag="sent"):
    """Files, with the words that came with them."""

    files: tuple[File, ...]
    text: str = ""


class Redo(Data, frozen=True, tag="redo"):
    """Ask this question again."""

    field: str


class Command(Data, frozen=True, tag="command"):
    """A short whole-message command, typed or from a menu. Yes or no: where no button says just that."""

    name: Literal["back", "cancel", "skip", "later", "yes", "no"]


class Spoke(Data, frozen=True, tag="spoke"):
    """The person wants another language from now on."""

    locale: str


class Continued(Data, frozen=True, tag="continued"):
    """The person goes on here, in a form or in the chat again: what is open is asked here."""


class Left(Data, frozen=True, tag="left"):
    """The person closed this form; what it asked is asked in the chat."""

    form: str


class Told(Data, frozen=True, tag="told"):
    """The desk says something unasked, and `asks` for an answer in that flow."""

    lines: tuple[Text, ...]
    asks: Started


class Unlinked(Data, frozen=True, tag="unlinked"):
    """Somebody else decided that this chat belongs to nobody any more: all that was open in it is gone."""

    lines: tuple[Text, ...]


class HandedOn(Data, frozen=True, tag="handed_on"):
    """The run of that id goes on elsewhere, with these files: it is open here no longer."""

    run: str
    lines: tuple[Text, ...] = ()
    files: tuple[str, ...] = ()


class Unclear(Data, frozen=True, tag="unclear"):
    """Words with no question open that start no flow; `guesses` are flows they may have meant (at most 3)."""

    guesses: tuple[Started, ...] = ()


class Returned(Data, frozen=True, tag="returned"):
    """The reply to the call `key`."""

    key: str
    reply: Reply


class Failed(Data, frozen=True, tag="failed"):
    """The call `key` could not be made now; nothing was changed."""

    key: str


class Elapsed(Data, frozen=True, tag="elapsed"):
    """A timer set by `Remind` ran out."""

    timer: str


Content = (
    Said
    | Pressed
    | Filled
    | Sent
    | Redo
    | Command
    | Spoke
    | Started
    | Continued
    | Left
    | Told
    | Unlinked
    | HandedOn
    | Unclear
    | Returned
    | Failed
    | Elapsed
)


class Event(Data, frozen=True):
    """Something happened in a conversation.

    `id` is unique per conversation and the same when the event is delivered again. `sender` is the chat
    identity that acted ("web:3f…", "telegram:42"). `at` is aware, in UTC. `locale` is the channel's guess,
    used only for a first meeting. `form`: the channel's name for the form that it happened in, "" for the
    chat itself. `reply_to`: the channel's name for the message under which what comes of it is shown.
    `message`: its name for the message that it is, where that can be taken from the chat.
    """

    id: str
    conversation: str
    sender: str
    at: datetime.datetime
    content: Content
    locale: str = ""
    form: str = ""
    reply_to: str = ""
    message: str = ""
