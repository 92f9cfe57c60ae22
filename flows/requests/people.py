"""People: what is known about somebody, who works at a company and for whom somebody acts (ESM-43, 49)."""

from __future__ import annotations

from typing import ClassVar

from flows.engine.data import Request


class Profile(Request, frozen=True, tag="profile"):
    """Who the person is to the desk, as lines; `allowed`: what they can change about it."""


class KeptAboutMe(Request, frozen=True, tag="kept_about_me"):
    """All that is kept about the person, enclosed as a text."""


class ForgetMe(Request, frozen=True, tag="forget_me"):
    """Erase the person: name, mailbox, phone, chats, files; requests stay with the company without a name.

    The last admin of a company cannot go ("last_admin"); who practises must leave that first ("practice").
    """

    refusals: ClassVar[tuple[str, ...]] = ("unlinked", "last_admin", "practice")


class MyCompanies(Request, frozen=True, tag="my_companies"):
    """The companies that the person works for."""

    text: str = ""


class ChooseCompany(Request, frozen=True, tag="choose_company"):
    """Act for this company in this chat from now on."""

    company: str
    gaps: ClassVar[tuple[str, ...]] = ("name",)
    refusals: ClassVar[tuple[str, ...]] = ("unlinked", "not_found")


class Staff(Request, frozen=True, tag="staff"):
    """Who works at the company, as lines; who is invited and who has a chat is for admins only."""

    cursor: str = ""


class MayChangeStaff(Request, frozen=True, tag="may_change_staff"):
    """Nothing for an admin; who the admins are for everybody else. All below is for admins only."""


class Colleagues(Request, frozen=True, tag="colleagues"):
    """Who works at the company, as rows; `text`: a name or a mailbox."""

    text: str = ""
    cursor: str = ""
    searched: ClassVar[bool] = True


class InviteColleague(Request, frozen=True, tag="invite_colleague"):
    """Let somebody work for the company: they get a code by mail. Who does already is not invited."""

    name: str
    email: str
    role: str
    gaps: ClassVar[tuple[str, ...]] = ("days",)
    refusals: ClassVar[tuple[str, ...]] = ("unlinked", "not_found", "already", "too_many")


class ChangeRole(Request, frozen=True, tag="change_role"):
    """Another role for a colleague; a company keeps an admin."""

    colleague: str
    role: str
    refusals: ClassVar[tuple[str, ...]] = ("unlinked", "not_found", "last_admin")


class RemoveColleague(Request, frozen=True, tag="remove_colleague"):
    """Somebody no longer works for the company: from now on nothing opens for them any more."""

    colleague: str
    refusals: ClassVar[tuple[str, ...]] = ("unlinked", "not_found", "last_admin")


class Notifications(Request, frozen=True, tag="notifications"):
    """Of what the person hears, how often, and when it is quiet: as lines."""


class Wish(Request, frozen=True, tag="wish"):
    """Hear of other things ("own", "followed", "all"), at another pace ("now", "daily"), or not at night.

    `quiet`: from which hour until which ("20-7").
    """

    hears: str = ""
    pace: str = ""
    quiet: str = ""
    harmless: ClassVar[bool] = True
    refusals: ClassVar[tuple[str, ...]] = ("unlinked", "not_found")


class TimeZones(Request, frozen=True, tag="time_zones"):
    """Time zones by city, with the time there; `text`: any city that has one, in any of our languages."""

    text: str = ""
    cursor: str = ""


class SetTimeZone(Request, frozen=True, tag="set_time_zone"):
    """From now on the person is there: quiet hours are those of that clock."""

    zone: str
    harmless: ClassVar[bool] = True
    gaps: ClassVar[tuple[str, ...]] = ("city", "time")
    refusals: ClassVar[tuple[str, ...]] = ("unlinked", "not_found")


class MuteRma(Request, frozen=True, tag="mute_rma"):
    """Hear nothing of an RMA but questions of the desk."""

    rma: str
    harmless: ClassVar[bool] = True
    gaps: ClassVar[tuple[str, ...]] = ("rma", "number")
    refusals: ClassVar[tuple[str, ...]] = ("unlinked", "not_found")


class UnmuteRma(Request, frozen=True, tag="unmute_rma"):
    """Hear of an RMA again."""

    rma: str
    harmless: ClassVar[bool] = True
    gaps: ClassVar[tuple[str, ...]] = ("rma", "number")
    refusals: ClassVar[tuple[str, ...]] = ("unlinked", "not_found")


class StartPractice(Request, frozen=True, tag="start_practice"):
    """Act for an invented company in this chat: nothing of it reaches the desk or a mailbox."""

    harmless: ClassVar[bool] = True
    gaps: ClassVar[tuple[str, ...]] = ("company",)
    refusals: ClassVar[tuple[str, ...]] = ("unlinked",)


class EndPractice(Request, frozen=True, tag="end_practice"):
    """Act for the own company again."""

    harmless: ClassVar[bool] = True
    refusals: ClassVar[tuple[str, ...]] = ("unlinked",)


Requests = (
    Profile
    | KeptAboutMe
    | ForgetMe
    | MyCompanies
    | ChooseCompany
    | Staff
    | MayChangeStaff
    | Colleagues
    | InviteColleague
    | ChangeRole
    | RemoveColleague
    | Notifications
    | Wish
    | TimeZones
    | SetTimeZone
    | MuteRma
    | UnmuteRma
    | StartPractice
    | EndPractice
)
WRITES: tuple[type[Request], ...] = (
    ForgetMe,
    ChooseCompany,
    InviteColleague,
    ChangeRole,
    RemoveColleague,
    Wish,
    SetTimeZone,
    MuteRma,
    UnmuteRma,
    StartPractice,
    EndPractice,
)
