"""The campaign explained: who takes part, with what, by which way (SMA-01 to 04, 12 to 17)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from sqlalchemy import Connection

from bot.services.asking import Ask
from bot.services.cashback_campaign import Campaign, Product
from bot.services.cashback_register import takes_part
from bot.services.days import today_of
from bot.services.words import day as day_of_text
from flows.engine.phrases import Copy, Day, Lines, Phrase, Text, _
from flows.engine.work import Done, Page, Reply, Turn
from flows.requests.cashback import CashbackGuide, CheckCustomerNumber
from storage import cashback

# Said as phrases, because they are ours: a channel may make links of them.
TEMPLATE: Final = "http://tinyurl.com/22gmwe6k"
STEPS: Final = "https://files.sma.de/assets/294771.pdf"
SITE: Final = "SMA-Benelux.com"
NOT_CONFIRMED = _("not confirmed")

TITLES: Mapping[str, Phrase] = {
    "": _("Who takes part"),
    "devices": _("Which devices"),
    "ways": _("Two ways"),
    "automatic": _("Automatically"),
    "people": _("Colleagues"),
}


def cashback_guide(
    campaign: Campaign, overview: bool, connection: Connection, ask: Ask[CashbackGuide]
) -> Reply:
    """One block, and the ways to the others."""
    blocks: Mapping[str, Callable[[], list[Text]]] = {
        "": lambda: _eligible(campaign, ask),
        "devices": lambda: list(map(_device, campaign.products)),
        "ways": _ways,
        "automatic": lambda: _automatic(campaign, overview, connection, ask),
        "people": lambda: _people(campaign, connection, ask),
    }
    here = ask.request.cursor if ask.request.cursor in blocks else ""
    turns = tuple(Turn(title, name) for name, title in TITLES.items() if name != here)
    open_now = takes_part(campaign, ask.by) and campaign.covers(today_of(ask.now))
    allowed = ("register_device", "register_sheet") if open_now else ()
    return Page(
        lines=tuple(blocks[here]()), turns=turns, allowed=(*allowed, "cashback_status", "cashback_number")
    )


def _eligible(campaign: Campaign, ask: Ask[CashbackGuide]) -> list[Text]:
    """The three checks: the company, the period, the devices (SMA-01)."""
    company = ask.by.company_name
    if not campaign.enrolled:
        enrolled = _("… Whether {company} is enrolled is not confirmed.")
    elif takes_part(campaign, ask.by):
        enrolled = _("✓ {company} is enrolled.")
    else:
        enrolled = _("✗ {company} is not enrolled. SMA can enrol it.")
    runs = _("✗ The promotion does not run now: {first} to {last}.")
    if campaign.covers(today_of(ask.now)):
        runs = _("✓ Install and register from {first} to {last}.")
    return [
        enrolled(company=company),
        runs(
            first=Day(campaign.first) if campaign.first else NOT_CONFIRMED,
            last=Day(campaign.last) if campaign.last else NOT_CONFIRMED,
        ),
        _("Only devices of the promotion count; all that meet the conditions can be registered."),
    ]


def _device(product: Product) -> Text:
    how = NOT_CONFIRMED
    if product.automatic is not None:
        how = (
            _("registered automatically in Sunny Portal") if product.automatic else _("register it yourself")
        )
    amount = NOT_CONFIRMED
    if product.euros is not None:
        amount = _("{euros} euros")(euros=product.euros)
    return _("{product}: {amount}, {how}")(product=product.name, amount=amount, how=how)


def _ways() -> list[Text]:
    return [
        _("Here: photos of the labels or serial numbers, one or many. Our desk enters them at SMA."),
        _("On the cashback website of SMA: one by one, or all at once in this Excel file: {link}")(
            link=Phrase(TEMPLATE)
        ),
        _(
            "In Sunny Portal, also the one powered by ennexOS: make the customer there. Other systems can be "
            "registered there too, under the customer number of your company."
        ),
    ]


def _automatic(
    campaign: Campaign, overview: bool, connection: Connection, ask: Ask[CashbackGuide]
) -> list[Text]:
    number = campaign.enrolled.get(ask.by.company_name, "")
    names = Lines(tuple(product.name for product in campaign.products if product.automatic))
    return [
        _("By itself, once you make the customer in Sunny Portal:\n{devices}")(devices=names),
        _("Enter the SMA customer number of your company in the profile of every colleague: {number}")(
            number=Copy(number) if number else NOT_CONFIRMED
        ),
        _(
            "The number must be the same for the devices to come across. Devices from before do not come "
            "along: register those here."
        ),
        _("Not visible yet? SMA takes the data over once a day."),
        *_taken_over(overview, connection),
        _("Step by step: {link}. More on {site}.")(link=Phrase(STEPS), site=SITE),
    ]  # fmt: skip


def _taken_over(overview: bool, connection: Connection) -> list[Text]:
    """How what SMA has comes here: by itself once a day, or by our desk."""
    if not overview:
        return [_("No overview of SMA is connected here: changes of status come from our desk.")]
    day = cashback.last_taken_over(connection)
    return [_("The overview of SMA was taken over last on {day}.")(day=day_of_text(day))] if day else []


def _people(campaign: Campaign, connection: Connection, ask: Ask[CashbackGuide]) -> list[Text]:
    """Each colleague: whether their number is the one of the company (SMA-12, 13)."""
    wanted = campaign.enrolled.get(ask.by.company_name, "")
    lines: list[Text] = [_("The customer number in the profile of each colleague:")]
    for name, number in cashback.numbers_of(connection, ask.by.company):
        line = _("✗ {name}: another number")
        if number is None:
            line = _("… {name}: not checked yet")
        elif not wanted:
            line = _("… {name}: the number of your company is not confirmed")
        elif number == wanted:
            line = _("✓ {name}: the right number")
        lines.append(line(name=name))
    return lines


def check_customer_number(
    campaign: Campaign, overview: bool, connection: Connection, ask: Ask[CheckCustomerNumber]
) -> Reply:
    """Keep what stands in one's own profile, and compare it with the number of the company."""
    typed = re.sub(r"\W", "", ask.request.customer_number).upper()
    wanted = campaign.enrolled.get(ask.by.company_name, "")
    cashback.set_number(connection, ask.by.id, typed, ask.now)
    result = _(
        "This is not the number of your company. Change it in your profile, or devices do not come along."
    )
    if not wanted:
        result = _("The number of your company is not confirmed yet, so it cannot be compared.")
    elif typed == wanted and overview:
        result = _("That is the number of your company. New devices come along by themselves.")
    elif typed == wanted:
        result = _(
            "That is the number of your company. New devices come along at SMA by themselves; they are not "
            "shown here."
        )
    return Done({"result": result})
