"""People: what is known about somebody, and what they may do with it (ESM-43, 44, 49)."""

from __future__ import annotations

from typing import ClassVar

from flows.engine.model import Request


class Profile(Request, frozen=True, tag="profile"):
    """Who the person is to the desk, as lines; `allowed`: what they can change about it."""


class KeptAboutMe(Request, frozen=True, tag="kept_about_me"):
    """All that is kept about the person, enclosed as a text."""


class ForgetMe(Request, frozen=True, tag="forget_me"):
    """Erase the person: name, mailbox, phone, chats, files; requests stay with the company without a name.

    The last admin of a company cannot go ("last_admin").
    """

    refusals: ClassVar[tuple[str, ...]] = ("unlinked", "last_admin")


Requests = Profile | KeptAboutMe | ForgetMe
WRITES: tuple[type[Request], ...] = (ForgetMe,)
