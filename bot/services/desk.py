"""The service desk embedded on our own storage: one answer per kind of request."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from sqlalchemy import Connection

from bot.ports import Asked
from bot.services import (
    case_card,
    cases,
    cashback_answers,
    claim_answers,
    drafts,
    hearing,
    label_sending,
    linking,
    parting,
    practice,
    profile,
    questions,
    reports,
    return_offers,
    return_parcels,
    rma_changes,
    rooms,
    staff,
    zones,
)
from bot.services.asking import MOVED, UNLINKED, Ask, each
from bot.services.cases import Support
from bot.services.cashback_campaign import Campaign, read
from bot.services.create_rma import create_rma
from bot.services.device_types import BatteryRules
from bot.services.devices import devices_of
from bot.services.find_rmas import find_rmas, open_rmas
from bot.services.find_systems import find_systems
from bot.services.found_card import found_card
from bot.services.labels import what_labels_say
from bot.services.places import collection_addresses, collection_contacts, delivery_addresses, site_contacts
from bot.services.request_lists import list_requests
from bot.services.rma_card import rma_card
from bot.services.subjects import subjects
from bot.services.system_card import system_card
from flows import requests as asked_for
from flows.engine.data import Request
from flows.engine.work import Reply
from storage import drafts as drafts_kept
from storage import people
from storage import practice as practising
from storage.people import Installer

Answer = Callable[[Connection, Sequence[Ask[Any]]], list[Reply]]

ANSWERS: Mapping[type[Request], Answer] = {
    asked_for.FindSystems: find_systems,
    asked_for.SystemCard: each(system_card),
    asked_for.WhatLabelsSay: each(what_labels_say),
    asked_for.RequestAccess: each(cases.request_access),
    asked_for.DevicesOf: devices_of,
    asked_for.Subjects: subjects,
    asked_for.DeliveryAddresses: delivery_addresses,
    asked_for.SiteContacts: site_contacts,
    asked_for.OpenRmas: open_rmas,
    asked_for.CreateRma: create_rma,
    asked_for.FindRmas: each(find_rmas),
    asked_for.ListRequests: each(list_requests),
    asked_for.ListRmas: each(list_requests),
    asked_for.ListCases: each(list_requests),
    asked_for.CasesToNote: each(list_requests),
    asked_for.FoundCard: each(found_card),
    asked_for.RmasToAddTo: each(find_rmas),
    asked_for.RmasToRedirect: each(find_rmas),
    asked_for.RmasToWithdraw: each(find_rmas),
    asked_for.RmaCard: each(rma_card),
    asked_for.AddNote: each(rma_changes.add_note),
    asked_for.AddCaseNote: each(case_card.add_case_note),
    asked_for.AddToRma: each(rma_changes.add_to_rma),
    asked_for.CorrectAddress: each(rma_changes.correct_address),
    asked_for.WithdrawRma: each(rma_changes.withdraw_rma),
    asked_for.FollowRma: each(rma_changes.follow_rma),
    asked_for.RmasToReturn: each(return_offers.rmas_to_return),
    asked_for.WhyNoReturn: each(return_offers.why_no_return),
    asked_for.DevicesToReturn: each(return_offers.devices_to_return),
    asked_for.ReturnAddress: each(return_offers.return_address),
    asked_for.CollectionAddresses: each(collection_addresses),
    asked_for.CollectionContacts: each(collection_contacts),
    asked_for.CollectionDays: each(return_offers.collection_days),
    asked_for.FindReturns: each(return_offers.find_returns),
    asked_for.ReturnCard: each(return_parcels.return_card),
    asked_for.HandLabel: each(return_parcels.hand_label),
    asked_for.LabelReceivers: each(label_sending.label_receivers),
    asked_for.OtherMailbox: each(label_sending.other_mailbox),
    asked_for.SendLabel: each(label_sending.send_label),
    asked_for.ReportKinds: each(reports.report_kinds),
    asked_for.ReportDays: each(reports.report_days),
    asked_for.ReportSystems: each(reports.report_systems),
    asked_for.ReportAddresses: each(reports.report_addresses),
    asked_for.OtherAddress: each(reports.other_address),
    asked_for.OrderReport: each(reports.order_report),
    asked_for.FindRoom: each(rooms.find_room),
    asked_for.FindRoomToSpeakIn: each(rooms.find_room),
    asked_for.RmasToPost: each(rooms.rmas_to_post),
    asked_for.FollowInRoom: each(rooms.follow_in_room),
    asked_for.StopInRoom: each(rooms.stop_in_room),
    asked_for.SpeakInRoom: each(rooms.speak_in_room),
    asked_for.OpenCase: each(cases.open_case),
    asked_for.WaysToReach: each(cases.ways_to_reach),
    asked_for.OpenQuestions: each(questions.open_questions),
    asked_for.AnswerDesk: each(questions.answer_desk),
    asked_for.WhoIsThis: each(linking.who_is_this),
    asked_for.LinkOffers: each(linking.link_offers),
    asked_for.LinkChat: each(linking.link_chat),
    asked_for.SendLinkCode: each(linking.send_link_code),
    asked_for.UnlinkChat: each(linking.unlink_chat),
    asked_for.SetLanguage: each(linking.set_language),
    asked_for.Profile: each(profile.profile),
    asked_for.KeptAboutMe: each(profile.kept_about_me),
    asked_for.ForgetMe: each(parting.forget_me),
    asked_for.MyCompanies: each(staff.my_companies),
    asked_for.ChooseCompany: each(staff.choose_company),
    asked_for.Staff: each(staff.staff),
    asked_for.MayChangeStaff: each(staff.may_change_staff),
    asked_for.Colleagues: each(staff.find_colleagues),
    asked_for.InviteColleague: each(staff.invite_colleague),
    asked_for.ChangeRole: each(staff.change_role),
    asked_for.RemoveColleague: each(staff.remove_colleague),
    asked_for.Notifications: each(hearing.notifications),
    asked_for.Wish: each(hearing.wish),
    asked_for.TimeZones: each(zones.time_zones),
    asked_for.SetTimeZone: each(zones.set_time_zone),
    asked_for.MuteRma: each(hearing.mute_rma),
    asked_for.UnmuteRma: each(hearing.unmute_rma),
    asked_for.MyDrafts: each(drafts.my_drafts),
    asked_for.DraftsToPass: each(drafts.drafts_to_pass),
    asked_for.ColleaguesToPassTo: each(drafts.colleagues_to_pass_to),
    asked_for.TakeDraft: each(drafts.take_draft),
    asked_for.PassDraft: each(drafts.pass_draft),
    asked_for.EndPractice: each(practice.end_practice),
    **claim_answers.ANSWERS,
}

OPEN_TO_ALL = frozenset(
    {
        asked_for.AskForPerson,
        asked_for.FindRoomToSpeakIn,
        asked_for.SpeakInRoom,
        asked_for.WaysToReach,
        asked_for.WhoIsThis,
        asked_for.LinkOffers,
        asked_for.LinkChat,
        asked_for.SendLinkCode,
        asked_for.SetLanguage,
    }
)
"""What somebody we do not know may ask; everything else needs a linked chat."""


class EmbeddedDesk:
    """Answers requests inside the transaction of the turn, each checked for who asks."""

    def __init__(
        self,
        support: Support | None = None,
        campaign: Campaign | None = None,
        batteries: BatteryRules | None = None,
        *,
        overview: bool = False,
    ) -> None:
        """`overview`: the status overview of SMA is connected."""
        campaign, batteries = campaign or read(), batteries or BatteryRules()
        ask_for_person: Answer = each(partial(cases.ask_for_person, support or Support()))
        self._answers: Mapping[type[Request], Answer] = {
            **ANSWERS,
            **cashback_answers.of(campaign, overview=overview),
            asked_for.AskForPerson: ask_for_person,
            asked_for.BatteryRules: each(partial(return_offers.battery_rules, batteries)),
            asked_for.WaysBack: each(partial(return_offers.ways_back, batteries)),
            asked_for.InitiateReturn: each(partial(return_parcels.initiate_return, batteries)),
            asked_for.StartPractice: each(partial(practice.start_practice, campaign)),
        }

    def answer(self, work: Connection, asked: Sequence[Asked]) -> list[Reply]:
        """One reply per request, in order; all of one kind are answered together."""
        callers = people.known(work, {item.sender for item in asked})
        personas = practising.personas(work, {item.conversation for item in asked})
        now_in = drafts_kept.places(work, {item.run for item in asked if item.run})
        replies: dict[int, Reply] = {}
        kinds: dict[type[Request], list[int]] = {}
        for place, item in enumerate(asked):
            kind = type(item.request)
            if now_in.get(item.run, item.conversation) != item.conversation:
                replies[place] = MOVED
            elif item.sender in callers or kind in OPEN_TO_ALL:
                kinds.setdefault(kind, []).append(place)
            else:
                replies[place] = UNLINKED
        for kind, places in kinds.items():
            asks = [_ask(asked[place], callers, personas) for place in places]
            replies |= zip(places, self._answers[kind](work, asks), strict=True)
        return [replies[place] for place in range(len(asked))]


def _ask(
    asked: Asked, callers: Mapping[str, Installer], personas: Mapping[tuple[str, str], Installer]
) -> Ask[Any]:
    """Who practises is somebody else in that chat, as long as they are somebody at all."""
    caller = callers.get(asked.sender)
    persona = personas.get((asked.conversation, asked.sender))
    return Ask(asked, asked.request, persona if caller and persona else caller)
