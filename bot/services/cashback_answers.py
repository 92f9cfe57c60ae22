"""What the desk answers about the cashback, for one campaign."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from sqlalchemy import Connection

from bot.services import (
    cases,
    cashback_changes,
    cashback_files,
    cashback_guide,
    cashback_register,
    cashback_status,
)
from bot.services.asking import Ask, each
from bot.services.cashback_campaign import Campaign
from flows.engine.data import Request
from flows.engine.work import Reply
from flows.requests import cashback as asked_for

Answer = Callable[[Connection, Sequence[Ask[Any]]], list[Reply]]


def of(campaign: Campaign, *, overview: bool) -> Mapping[type[Request], Answer]:
    """One answer per kind of request. `overview`: the one of SMA is connected."""
    return {
        asked_for.CashbackGuide: each(partial(cashback_guide.cashback_guide, campaign, overview)),
        asked_for.CheckCustomerNumber: each(
            partial(cashback_guide.check_customer_number, campaign, overview)
        ),
        asked_for.MayRegister: each(partial(cashback_register.may_register, campaign)),
        asked_for.RegistrableDevices: each(partial(cashback_register.registrable_devices, campaign)),
        asked_for.OneRegistrableDevice: each(partial(cashback_register.registrable_devices, campaign)),
        asked_for.InstallationDays: each(partial(cashback_register.installation_days, campaign)),
        asked_for.RegisterDevices: each(partial(cashback_register.register_devices, campaign)),
        asked_for.SheetOfDevices: each(cashback_files.sheet_of_devices),
        asked_for.RegisterSheet: each(partial(cashback_files.register_sheet, campaign)),
        asked_for.FindCashback: each(cashback_status.find_cashback),
        asked_for.CashbackCard: each(cashback_status.cashback_card),
        asked_for.DocumentsWanted: each(cashback_status.documents_wanted),
        asked_for.SendDocuments: each(cashback_changes.send_documents),
        asked_for.CashbackToCorrect: each(cashback_status.cashback_to_correct),
        asked_for.AskAboutDevice: each(cases.ask_about_device),
        asked_for.CorrectCashback: each(partial(cashback_changes.correct_cashback, campaign)),
    }
