"""Work that is done in a form, in any language: printed for people to read, run as a test."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tests.conversations.journeys import (
    ADMINS,
    BANK,
    COLLEAGUES,
    HOME,
    QUESTION,
    SEARCH,
    SILENT,
    STATUS,
    label_of,
)
from tests.conversations.sample import OFFICE_OF, Sample, photo
from tests.slack.filled import FormChat, FormWorld

FOLLOW = {"nl": "volg hier", "fr": "suivre ici", "en": "follow"}
PO_BOX = {"nl": "Postbus 12, 3000 Leuven", "fr": "B.P. 12, 4000 Liège", "en": "PO Box 12, 3000 Leuven"}
FLAT = {
    "nl": "Kerkstraat 1 bus 3, 3000 Leuven",
    "fr": "Rue de l'Église 1 bte 3, 4000 Liège",
    "en": "12 Church Street, 3000 Leuven",
}
LATER = {"nl": "later", "fr": "plus tard", "en": "later"}
NEW = {"nl": "nieuw", "fr": "nouveau", "en": "new"}


def new_rma(world: FormWorld, locale: str) -> FormChat:
    """A system is searched, two devices are chosen, a text is too long; one answer is changed at the end."""
    chat, site = world.linked(locale), Sample(world, locale).sites()[0]
    chat.commands(NEW[locale]).finds("system", site.system.name).submits()
    chat.chooses("devices", 0, 1).submits()
    chat.chooses("fault", 0).types("description", "x" * 2001).submits()
    chat.types("description", SILENT[locale]).attaches("photos", "roof.jpg", photo()).submits()
    chat.taps("Fault").chooses("fault", 2).submits()
    return chat.submits()


def unreadable_label(world: FormWorld, locale: str) -> FormChat:
    """Nobody can read the label: a photo of it takes the place of a number."""
    chat, site = world.linked(locale), Sample(world, locale).sites()[1]
    chat.commands(NEW[locale]).finds("system", site.system.name).submits()
    place = len(chat.person.block("devices")["element"]["options"]) - 1
    chat.chooses("devices", place).submits()
    chat.attaches("label_photo", "label.jpg", photo()).submits()
    return chat.chooses("fault", 1).submits().submits()


def photographed_labels(world: FormWorld, locale: str) -> FormChat:
    """One device is chosen and the label of another photographed; a photo without a label gets a tip."""
    chat, site = world.linked(locale), Sample(world, locale).sites()[0]
    chat.commands(NEW[locale]).finds("system", site.system.name).submits()
    chat.chooses("devices", 0).attaches("devices", "label.jpg", label_of(site.serials[-1])).submits()
    chat.attaches("devices", "dark.jpg", photo(10)).submits().submits()
    chat.chooses("fault", 0).types("description", SILENT[locale]).submits()
    return chat.submits()


def open_already(world: FormWorld, locale: str) -> FormChat:
    """A colleague has a request open for this device: the form says so, and files another anyway."""
    sample = Sample(world, locale)
    rma = sample.rmas("in_progress", mine=False)[0]
    chat, serial = world.linked(locale), sample.serials_of(rma.number)[0]
    chat.commands(NEW[locale]).finds("system", str(rma.system)).submits()
    chat.types("devices", serial).submits()
    chat.taps("New anyway").chooses("fault", 3).types("description", SILENT[locale]).submits()
    return chat.submits()


def question(world: FormWorld, locale: str) -> FormChat:
    """Another request, about no system, from the menu."""
    chat = world.linked(locale)
    chat.says("menu").presses("Other request")
    chat.finds("system", "", -1).types("description", QUESTION[locale]).submits()
    return chat.submits()


def report(world: FormWorld, locale: str) -> FormChat:
    """A spreadsheet of cases, with other days than the usual ones."""
    chat = world.linked(locale)
    chat.says("menu").presses("Report")
    chat.chooses("kind", 1).submits()
    chat.taps("Submitted").chooses("days", 2).submits()
    return chat.submits()


def later_on(world: FormWorld, locale: str) -> FormChat:
    """From the card of an RMA: a note, a photo, a serial with a slip of the finger, another address."""
    sample = Sample(world, locale)
    chat, rma = world.linked(locale), sample.rmas("in_progress")[0]
    other = next(serial for site in sample.sites() for serial in site.serials)
    chat.says(STATUS[locale].format(rma.number)).presses("Add a note")
    chat.types("note", HOME[locale]).submits().submits().closes()
    chat.says(STATUS[locale].format(rma.number)).presses("Add photo or serial")
    chat.chooses("what", 0).submits().attaches("photos", "label.jpg", photo()).submits().submits().closes()
    chat.says(STATUS[locale].format(rma.number)).presses("Add photo or serial")
    chat.chooses("what", 1).submits().types("serials", other[:-1]).submits()
    chat.types("serials", other).submits().submits().closes()
    chat.says(STATUS[locale].format(rma.number)).presses("Correct the address")
    chat.chooses("address", 1).submits()
    return chat.submits()


def withdrawn(world: FormWorld, locale: str) -> FormChat:
    """A form that is closed halfway goes on in the chat, and back; its RMA is withdrawn again."""
    chat, site = world.linked(locale), Sample(world, locale).sites()[2]
    chat.commands(NEW[locale]).finds("system", site.system.name).submits()
    chat.chooses("devices", 0).submits().closes()
    chat.opens_as_form().chooses("fault", 0).submits().submits().closes()
    chat.presses("Withdraw")
    return chat.taps("Withdraw")


def access(world: FormWorld, locale: str) -> FormChat:
    """A system that is not ours was looked for: the desk is asked for it."""
    chat = world.linked(locale)
    chat.says(SEARCH[locale]).says("799999999").presses("Request access")
    return chat.submits()


def person(world: FormWorld, locale: str) -> FormChat:
    """Somebody of the desk is asked for."""
    chat = world.linked(locale)
    chat.says("menu").presses("Talk to a person")
    return chat.submits()


def stranger(world: FormWorld, locale: str) -> FormChat:
    """Somebody we do not know links in the form that their work asked for, and goes on in it."""
    chat = world.open("someone", locale)
    chat.commands(NEW[locale]).types("code", "ABCDE-12345").submits()
    return chat.types("code", world.code(world.people[locale])).submits().submits()


def mailed(world: FormWorld, locale: str) -> FormChat:
    """A code is mailed to the address on file."""
    chat, address = world.open("someone", locale), world.people[locale]
    chat.commands("link").taps("Mail me a code").types("email", "els@").submits()
    chat.types("email", address).submits().types("code", world.code(address)).submits()
    return chat.submits()


def sent_back(world: FormWorld, locale: str) -> FormChat:
    """Devices of an RMA go back: collected from another address, which a carrier must be able to reach."""
    chat, rma = world.linked(locale), Sample(world, locale).rmas("approved")[0]
    chat.says(STATUS[locale].format(rma.number)).presses("Send back")
    chat.chooses("devices", 0).submits()
    chat.chooses("way", 0).submits()
    chat.chooses("day", 1).chooses("part", 0).types("boxes", "0").submits()
    chat.types("boxes", "2").submits()
    chat.taps("From").types("address", PO_BOX[locale]).submits()
    chat.types("address", FLAT[locale]).submits()
    return chat.submits()


def labour(world: FormWorld, locale: str) -> FormChat:
    """Labour for an RMA: a day, five conditions, an invoice; the address is changed at the end."""
    chat, rma = world.linked(locale), Sample(world, locale).rmas("approved")[0]
    chat.says(STATUS[locale].format(rma.number)).presses("Claim labour")
    chat.types("replaced_on", "12/11").submits().taps("Go on")
    chat.attaches("documents", "invoice.jpg", photo()).submits()
    chat.taps("Registered address").types("address", PO_BOX[locale]).submits()
    chat.types("address", FLAT[locale]).submits()
    return chat.submits()


def cashback(world: FormWorld, locale: str) -> FormChat:
    """Two devices for the cashback, one more does not fit; a day outside the period is said."""
    chat = world.linked(locale)
    lines = ("Home Manager 3012340000", "STP 10.0 SE 3012345678", "Home Manager 3009871122")
    chat.commands("register_device").types("devices", "\n".join(lines)).submits().submits()
    chat.types("installed_on", "24/12/2025").submits().types("installed_on", "3/11/2026").submits()
    return chat.submits()


def bank(world: FormWorld, locale: str) -> FormChat:
    """The office enters another IBAN and VAT number: a slip is said at its field, then all is masked."""
    chat = world.linked(locale, OFFICE_OF[locale])
    chat.says(BANK[locale]).presses("Enter VAT and IBAN")
    chat.types("iban", "BE69 5390 0754 7034").submits().types("iban", "BE68 5390 0754 7034").submits()
    chat.taps("VAT number").types("vat", "BE 0417 497 107").submits().types(
        "vat", "BE 0417 497 106"
    ).submits()
    return chat.submits()


def case_note(world: FormWorld, locale: str) -> FormChat:
    """Something more to say about a case."""
    chat = world.linked(locale)
    chat.commands("add_case_note").finds("found", "").types("note", HOME[locale]).submits()
    return chat.submits()


def followed_in_a_channel(world: FormWorld, locale: str) -> FormChat:
    """Everybody in a channel reads what changes on one RMA, and nothing of its owner."""
    chat, rma = world.linked(locale), Sample(world, locale).rmas("in_progress")[0]
    chat.commands(f"{FOLLOW[locale]} {rma.number}", chat.person.channel().id)
    return chat.submits()


def colleague(world: FormWorld, locale: str) -> FormChat:
    """An admin invites somebody, with a slip of the finger in the address, and gives them another role."""
    chat = world.linked(locale, ADMINS[locale])
    chat.says(COLLEAGUES[locale]).presses("Invite a colleague")
    chat.types("name", "Noor Peeters").types("email", "noor@").chooses("role", 0).submits()
    chat.types("email", "noor.peeters@solar.example").submits()
    chat.submits().closes()
    chat.says(COLLEAGUES[locale]).presses("Change a role")
    chat.finds("colleague", "Noor").submits()
    chat.chooses("role", 1).submits()
    return chat.submits()


def passed_on(world: FormWorld, locale: str) -> FormChat:
    """Work begun in a form is put off in the chat, and passed to a colleague in another form."""
    chat, site = world.linked(locale), Sample(world, locale).sites()[0]
    chat.commands(NEW[locale]).finds("system", site.system.name).submits()
    chat.chooses("devices", 0).submits().closes()
    chat.says(LATER[locale]).presses("Pass to a colleague")
    chat.chooses("draft", 0).submits()
    chat.finds("colleague", "", 0).submits()
    return chat.submits()


def overview(world: FormWorld, locale: str) -> FormChat:
    """From Home: how many there are, those with a status, all dates, a name as a filter, and one of them."""
    chat, rma = world.linked(locale), Sample(world, locale).rmas("approved")[0]
    chat.begins_at_home("Overview").taps("Approved").taps("Per status").taps("All dates")
    chat.taps("Filter").taps("Name").types("found", str(rma.system_name)).submits()
    return chat.chooses("found", 0).submits()


FORMS: Mapping[str, Callable[[FormWorld, str], FormChat]] = {
    "new-rma": new_rma,
    "unreadable-label": unreadable_label,
    "labels": photographed_labels,
    "open-already": open_already,
    "question": question,
    "overview": overview,
    "report": report,
    "later-on": later_on,
    "withdrawn": withdrawn,
    "access": access,
    "person": person,
    "stranger": stranger,
    "mailed-code": mailed,
    "colleague": colleague,
    "passed-on": passed_on,
    "sent-back": sent_back,
    "labour": labour,
    "bank-details": bank,
    "cashback": cashback,
    "case-note": case_note,
    "channel": followed_in_a_channel,
}
