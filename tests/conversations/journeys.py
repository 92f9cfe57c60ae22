"""The main conversations, each played in any language: printed for people to read, run as a test."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.services.words import RMA_STATUS
from tests.conversations.chats import Chat, World
from tests.conversations.desk import ask, filed_by, moves
from tests.conversations.sample import FREE, OFFICE_OF, PEETERS, PEETERS_SERIAL, Sample, excel, photo
from tests.labels.printed import Shot, label, photographed, saved

Words = dict[str, str]

NEW_RMA: Words = {"nl": "nieuwe rma", "fr": "nouveau rma", "en": "new rma"}
SILENT: Words = {
    "nl": "meldt niet sinds de storm",
    "fr": "ne communique plus depuis l'orage",
    "en": "silent since the storm",
}
HOME: Words = {"nl": "klant thuis na 17u", "fr": "client présent après 17 h", "en": "customer home after 5"}
SAME: Words = {"nl": "zelfde als vorige keer", "fr": "comme la dernière fois", "en": "same as last time"}
STOP: Words = {"nl": "annuleren", "fr": "annuler", "en": "cancel"}
STATUS: Words = {"nl": "status {}", "fr": "statut {}", "en": "status {}"}
NOTE: Words = {"nl": "noteer bij {}: {}", "fr": "note pour {} : {}", "en": "note on {}: {}"}
SEARCH: Words = {"nl": "mijn systemen", "fr": "mes systèmes", "en": "my systems"}
OVERVIEW: Words = {"nl": "overzicht", "fr": "aperçu", "en": "dashboard"}
CASES: Words = {"nl": "mijn dossiers", "fr": "mes dossiers", "en": "my cases"}
FILTERS: Words = {
    "nl": "goedgekeurde RMA's sinds 1 juli met batterij",
    "fr": "RMA approuvés depuis le 1er juillet avec batterie",
    "en": "RMAs approved since 1 July with a battery",
}
RETURN: Words = {"nl": "retour {}", "fr": "renvoyer {}", "en": "return {}"}
DEPOT = "depot@elsewhere.example"
REPORT: Words = {
    "nl": "rapport rma's vorige maand",
    "fr": "rapport des rma du mois dernier",
    "en": "report of last month's RMAs",
}
HELP: Words = {"nl": "wat kan je", "fr": "que pouvez-vous faire", "en": "what can you do"}
PERSON: Words = {"nl": "mens", "fr": "humain", "en": "human"}
LINK: Words = {"nl": "koppelen", "fr": "lier", "en": "link"}
REQUEST: Words = {"nl": "nieuwe aanvraag", "fr": "nouvelle demande", "en": "new request"}
QUESTION: Words = {
    "nl": "Hoe lang duurt het eer een gateway zich na een nieuwe router weer meldt?",
    "fr": "Combien de temps faut-il à une passerelle pour revenir après un nouveau routeur ?",
    "en": "How long does a gateway need to come back after a new router?",
}
FOLLOW: Words = {"nl": "volg rma", "fr": "tenir au courant rma", "en": "follow rma"}
ADD: Words = {"nl": "foto toevoegen", "fr": "ajouter une photo", "en": "add photo"}
THANKS: Words = {"nl": "bedankt", "fr": "merci", "en": "thanks"}
UNLINK: Words = {"nl": "ontkoppelen", "fr": "délier", "en": "unlink"}


def file_rma(world: World, locale: str) -> Chat:
    """On the roof: a system, a device, what is wrong, photos, one look, sent; then the address is mended."""
    chat, site = world.chat(locale), Sample(world, locale).sites()[0]
    chat.says(NEW_RMA[locale]).says(site.system.name)
    chat.presses(site.faulty[0]).presses("Done").presses("Not reporting").says(SILENT[locale])
    chat.sends(("roof.jpg", photo(20)), ("label.jpg", photo(50)))
    chat.sends(("plug.jpg", photo(80)))
    chat.presses("Send")
    chat.presses("Correct the address")
    chat.presses(chat.prompt.fields[0].options[1].label)
    chat.presses("Use this address")
    return chat


def same_again(world: World, locale: str) -> Chat:
    """Serials pasted, one of them wrong; the second request is for the same system, one answer is changed."""
    chat, site = world.chat(locale), Sample(world, locale).sites()[1]
    chat.says(NEW_RMA[locale]).says(f"{site.system.street} {site.system.town}")
    chat.says(f"{site.serials[0]}\n{site.serials[1]}\n{FREE}\n12345678901").presses("Done")
    chat.presses("No production").presses("Skip").presses("Skip")
    chat.presses("Change").presses("Fault").presses("Damaged")
    chat.presses("Send")
    chat.says(NEW_RMA[locale]).says(SAME[locale]).presses("Label unreadable")
    chat.sends(("label.jpg", photo()))
    return chat


def open_already(world: World, locale: str) -> Chat:
    """A colleague has a request open for this device; this one is filed anyway, then withdrawn."""
    rma = Sample(world, locale).rmas("in_progress", mine=False)[0]
    site = Sample(world, locale)
    chat = world.chat(locale)
    serial = site.serials_of(rma.number)[0]
    chat.says(NEW_RMA[locale]).says(str(rma.system)).says(serial)
    chat.presses("New anyway").presses("Damaged").presses("Skip").presses("Skip").presses("Send")
    chat.presses("Withdraw").presses("Withdraw")
    return chat


def track(world: World, locale: str) -> Chat:
    """An RMA by its number without zeros, block by block; a note in one sentence."""
    chat, rma = world.chat(locale), Sample(world, locale).rmas("approved")[0]
    chat.says(STATUS[locale].format(int(rma.number)))
    for block in ("History", "Addresses", "Devices", "Contact", "Description", "Notes"):
        chat.presses(block)
    chat.says(NOTE[locale].format(rma.number, HOME[locale])).presses("Add").presses("Track")
    return chat


def overview(world: World, locale: str) -> Chat:
    """How many are open, a status, an RMA, back; a wider window; filters in a sentence, taken away again."""
    chat, rma = world.chat(locale), Sample(world, locale).rmas("approved")[0]
    chat.says(OVERVIEW[locale]).presses(RMA_STATUS["approved"]).presses(rma.number).presses("Back")
    chat.presses("Per status").presses("All dates").presses("Filter").presses("Name")
    chat.says(str(rma.system_name))
    chat.says(FILTERS[locale]).presses("Clear filters").presses("More").presses("Previous")
    return chat


def send_back(world: World, locale: str) -> Chat:
    """A return is collected; its label goes to a colleague, and to a depot after a second look."""
    chat, rma = world.chat(locale), Sample(world, locale).rmas("approved")[0]
    chat.says(RETURN[locale].format(int(rma.number))).presses("All of them").presses("Pick-up")
    chat.presses(chat.prompt.fields[0].options[0].label).presses("8:00 to 12:00").says("2")
    chat.presses("Announce").presses("Send to a colleague")
    chat.presses(chat.prompt.fields[0].options[0].label)
    chat.presses("Somebody else too").says(DEPOT).presses("Send it there").presses("Status")
    return chat


def cases(world: World, locale: str) -> Chat:
    """Cases per status, one of them with its RMA."""
    chat, rma = world.chat(locale), Sample(world, locale).rmas("approved")[0]
    chat.says(CASES[locale]).presses("RMAs").presses("Cases").says(rma.case_number)
    chat.presses("Description").presses("Contact").presses("History").presses("RMA")
    return chat


def search(world: World, locale: str) -> Chat:
    """Systems: the latest, by place, by a slip of the finger; one card; one that is not ours."""
    chat, site = world.chat(locale), Sample(world, locale).sites()[2]
    system = site.system
    chat.says(SEARCH[locale])
    chat.says(f"geo:{system.latitude},{system.longitude}").says(system.name[:-1])
    if system.name in chat.labels():
        chat.presses(system.name)
    chat.presses("Details").presses("Devices").presses("Requests")
    chat.says(SEARCH[locale]).says("799999999").presses("Request access").presses("Ask the desk")
    return chat


def report(world: World, locale: str) -> Chat:
    """A spreadsheet from one sentence: for some systems, to another address, which is asked about."""
    chat, rma = world.chat(locale), Sample(world, locale).rmas("approved")[0]
    chat.says(REPORT[locale]).presses("Change").presses("Systems").says(f"{rma.system} 799999999")
    chat.presses("Change").presses("Systems").presses("All systems")
    chat.presses("Change").presses("By e-mail to").says("books@partner.example")
    chat.presses("Send it there").presses("Make it").hears()
    return chat


def everyday(world: World, locale: str) -> Chat:
    """Help, the menu, another language and back, a person."""
    chat = world.chat(locale)
    chat.says(HELP[locale]).presses("Menu").presses("Language")
    chat.presses("Français" if locale != "fr" else "English")
    chat.says({"nl": "nederlands", "fr": "français", "en": "english"}[locale])
    chat.says(PERSON[locale]).presses("Please contact me")
    return chat


def stranger(world: World, locale: str) -> Chat:
    """Somebody we do not know asks for data, links with a code, and unlinks."""
    chat = world.stranger("someone", locale)
    chat.says(NEW_RMA[locale]).says("ABCDE-12345")
    chat.says(world.code(world.people[locale])).presses("Link")
    chat.says(f"/{UNLINK[locale]}").presses("Unlink")
    chat.says(PEETERS)
    return chat


def mailed(world: World, locale: str) -> Chat:
    """Somebody without an invitation has a code mailed to the address on file, and links with it."""
    chat, address = world.stranger("without a code", locale), world.people[locale]
    chat.says(LINK[locale]).presses("Mail me a code").says(address)
    chat.says(world.code(address)).presses("Link").presses("Menu")
    return chat


def question(world: World, locale: str) -> Chat:
    """Not a broken device but a question, about one system; thanks."""
    chat, site = world.chat(locale), Sample(world, locale).sites()[-1]
    chat.says(REQUEST[locale]).presses("Other request").says(site.system.name).says(QUESTION[locale])
    chat.presses("Skip").presses("Send")
    chat.says(THANKS[locale])
    return chat


def later_on(world: World, locale: str) -> Chat:
    """A colleague's RMA is followed, and gets a photo and a serial more."""
    chat, rma = world.chat(locale), Sample(world, locale).rmas("in_progress")[0]
    other = next(serial for site in Sample(world, locale).sites() for serial in site.serials)
    chat.says(FOLLOW[locale]).says(rma.number)
    chat.says(ADD[locale]).says(rma.number).presses("Photos").sends(("label.jpg", photo())).presses("Add")
    chat.says(ADD[locale]).says(rma.number).presses("Serial numbers").says(other).presses("Add")
    chat.presses("Track")
    return chat


def interrupted(world: World, locale: str) -> Chat:
    """A request is interrupted by a question about another, put off, left for a night, and finished."""
    chat, site = world.chat(locale), Sample(world, locale).sites()[-1]
    other = Sample(world, locale).rmas()[0]
    chat.says(NEW_RMA[locale]).says(site.system.name).presses(site.faulty[0]).presses("Done")
    chat.says(STATUS[locale].format(other.number))
    chat.presses("Go on: {draft}").presses("Not reporting")
    world.clock.pass_(hours=13)
    chat.says(SILENT[locale]).presses("Go on").says(SILENT[locale]).presses("Skip").presses("Later")
    chat.says("menu")
    return chat


def nothing_open(world: World, locale: str) -> Chat:
    """Numbers, names and odd words with nothing open."""
    chat = world.chat(locale)
    rma = Sample(world, locale).rmas("shipped")[0]
    for words in (
        PEETERS_SERIAL,
        rma.number,
        str(int(rma.number)),
        rma.case_number,
        "rma",
        "xyzzy plugh",
        "?",
    ):
        chat.says(words)
    chat.sends(("roof.jpg", photo()))
    chat.sends(("voice.ogg", b"OggS voice"), kind="voice")
    return chat


def label_first(world: World, locale: str) -> Chat:
    """A photo of a label with nothing open starts an RMA; a second adds a device, a dark one gets a tip."""
    chat, site = world.chat(locale), Sample(world, locale).sites()[0]
    chat.sends(("label.jpg", label_of(site.serials[0]))).presses("New RMA")
    chat.sends(("second.jpg", label_of(site.serials[1]))).presses("Done")
    chat.presses("Damaged").presses("Skip").presses("Change").presses("Devices")
    chat.sends(("dark.jpg", photo(10))).presses("Done").presses("Send")
    return chat


def label_of(serial: str) -> bytes:
    """A photo of a label with this serial and a part number."""
    paper = label((serial, "Code 128"), ("800-00555-r03", "Code 128"))
    return saved(photographed(paper, Shot(0.5, angle=12), (1280, 960)))


DESK_ASKS: Words = {
    "nl": "Stuurt u een foto van het label, van dichtbij?",
    "fr": "Pouvez-vous envoyer une photo de l'étiquette, de près ?",
    "en": "Could you send a photo of the label, close by?",
}


def desk_asks(world: World, locale: str) -> Chat:
    """The desk asks for a photo and gets it; asks more while something else is open; approves."""
    chat, about = world.chat(locale), filed_by(world, locale)
    ask(world, about, DESK_ASKS[locale])
    chat.hears().sends(("label.jpg", photo(40)), text=HOME[locale])
    chat.says(REQUEST[locale]).presses("Other request")
    ask(world, about, DESK_ASKS[locale])
    chat.hears().presses("Answer the desk").says(SILENT[locale])
    moves(world, about, "in_progress", "pending_approval")
    chat.hears()
    return chat


LABOUR: Words = {"nl": "vergoeding voor {}", "fr": "remboursement pour {}", "en": "labour reimbursement {}"}
MONEY: Words = {
    "nl": "waar blijft mijn vergoeding?",
    "fr": "où en est mon remboursement ?",
    "en": "where is my reimbursement?",
}
BANK: Words = {"nl": "bankgegevens", "fr": "coordonnées bancaires", "en": "bank details"}


def labour(world: World, locale: str) -> Chat:
    """What can be claimed, the five conditions, an invoice, sent; followed until the desk gives an amount."""
    rma = Sample(world, locale).rmas("approved")[0]
    chat = world.chat(locale)
    chat.says(LABOUR[locale].format("").strip())
    chat.says(LABOUR[locale].format(int(rma.number))).says("12/11")
    chat.presses("Go on").sends(("invoice.jpg", photo(60)))
    number = chat.presses("Send").number()
    chat.presses("Track reimbursement").presses("Details").presses("History")
    moves(world, f"claim {number}", "submitted", "approved")
    chat.hears()
    chat.says(MONEY[locale])
    return chat


def bank(world: World, locale: str) -> Chat:
    """The office enters where reimbursements are paid to; every number is masked afterwards."""
    chat = world.chat(locale, email=OFFICE_OF[locale])
    chat.says(BANK[locale]).presses("Enter VAT and IBAN")
    chat.says("BE69 5390 0754 7034").says("BE68 5390 0754 7034")
    chat.presses("Change").presses("VAT number").says("BE 0417 497 107").says("BE 0417 497 106")
    chat.presses("Keep")
    chat.says(BANK[locale]).presses("Show in full").presses("Hide")
    return chat


CASHBACK: Words = {"nl": "cashbackactie", "fr": "action cashback", "en": "cashback campaign"}
MY_CASHBACK: Words = {
    "nl": "waar blijft mijn cashback?",
    "fr": "où en est mon cashback ?",
    "en": "where is my cashback?",
}


def cashback(world: World, locale: str) -> Chat:
    """Who takes part, two labels, one date; documents in time, paid; a slip is corrected."""
    chat = world.chat(locale)
    chat.says(CASHBACK[locale]).presses("Which devices").presses("Automatically").presses("Register devices")
    chat.sends(("a.jpg", label_of("3012345678")), ("b.jpg", label_of("3009871122"))).presses("Done")
    chat.presses("Yesterday").presses("Register")
    moves(world, "cashback 00070001", "with_us", "more_info")
    chat.hears().sends(("invoice.jpg", photo(70)))
    moves(world, "cashback 00070001", "more_info", "accepted")
    chat.hears()
    moves(world, "cashback 00070001", "accepted", "paid")
    chat.hears()
    moves(world, "cashback 00070002", "with_us", "not_registrable")
    chat.hears().says(MY_CASHBACK[locale]).says("3009871122").presses("Yes, it is right")
    chat.presses("Yes, that is right").presses("Correct the device").says("Home Manager 3012345679")
    chat.says("Home Manager 3009871123").presses("Correct")
    return chat


def cashback_from_excel(world: World, locale: str) -> Chat:
    """A list of devices in an Excel file: one row is wrong and comes back to mend."""
    chat = world.chat(locale).says(CASHBACK[locale]).presses("Devices from Excel").presses("Empty file")
    rows = (("Serial number", "Model"), ("3012345678", "STP 10.0 SE"), ("3.0E+09", "Home Manager"))
    chat.sends(("cashback.xlsx", excel(*rows))).presses("Today").presses("Register")
    return chat


PROFILE: Words = {"nl": "profiel", "fr": "profil", "en": "my profile"}
PRIVACY: Words = {"nl": "privacy", "fr": "vie privée", "en": "privacy policy"}
LINKS: Words = {"nl": "links", "fr": "liens", "en": "links"}


def profile(world: World, locale: str) -> Chat:
    """Who one is to the desk, the manufacturer's sites, what is kept, and being forgotten."""
    chat = world.chat(locale)
    chat.says(PROFILE[locale]).says(LINKS[locale]).says(PRIVACY[locale])
    chat.presses("What is kept about me").presses("Forget me").presses("Forget me")
    return chat


COLLEAGUES: Words = {"nl": "collega's", "fr": "collègues", "en": "colleagues"}
ADMINS: Words = {
    "nl": "koen.baeten@zonnebouw.example",
    "fr": "sophie.renardy@ardennesoleil.example",
    "en": "claire.ashdown@mosellesolar.example",
}


def people(world: World, locale: str) -> Chat:
    """An admin looks who works there, invites somebody, gives another role, and removes a colleague."""
    chat = world.chat(locale, email=ADMINS[locale])
    chat.says(PROFILE[locale]).presses("People").presses("Invite a colleague")
    chat.says("Noor Peeters").says("noor.peeters@solar.example").presses("Technician").presses("Invite")
    chat.presses("People").presses("Change a role").presses("Noor Peeters").presses("Office")
    chat.presses("Give this role").presses("People").presses("Remove a colleague").presses("Noor Peeters")
    chat.presses("Remove")
    return chat


def notifications(world: World, locale: str) -> Chat:
    """What I am told unasked: of everything, once a day, later in the evening; one RMA not at all."""
    chat, rma = world.chat(locale), Sample(world, locale).rmas("approved")[0]
    chat.says(PROFILE[locale]).presses("Notifications").presses("What I hear of").presses(
        "All of the company"
    )
    chat.presses("Notifications").presses("How often").presses("Once a day")
    chat.presses("Notifications").presses("Quiet hours").presses("22:00 to 6:00")
    chat.presses("Notifications").presses("Time zone").says("Lissabon")
    chat.presses("Notifications").presses("Mute an RMA").says(rma.number).presses("Hear of it again")
    return chat


PRACTISE: Words = {"nl": "oefenen", "fr": "s'exercer", "en": "practise"}


def practice(world: World, locale: str) -> Chat:
    """An RMA for an invented company, from beginning to end; then all is real again."""
    chat = world.chat(locale)
    chat.says(PRACTISE[locale]).presses("New RMA").says("Janssens")
    chat.presses(chat.prompt.fields[0].options[0].label).presses("Done").presses("Not reporting")
    chat.says(SILENT[locale]).presses("Skip").presses("Send").presses("Track")
    chat.presses("Stop practising").presses("Menu")
    return chat


DRAFTS: Words = {"nl": "mijn concepten", "fr": "mes brouillons", "en": "my drafts"}


def drafts(world: World, locale: str) -> Chat:
    """Work begun on the phone goes on at the desktop, and is passed to a colleague."""
    phone, site = world.chat(locale, name="phone"), Sample(world, locale).sites()[0]
    phone.says(NEW_RMA[locale]).says(site.system.name).presses(site.faulty[0]).presses("Done")
    phone.presses("Damaged").sends(("roof.jpg", photo())).says("/later")
    chat = world.chat(locale, name="desktop")
    chat.says("menu").presses("Unfinished work").presses(site.system.name).says(SILENT[locale])
    chat.presses("Later").presses("Pass to a colleague").presses(site.system.name)
    chat.presses(chat.prompt.fields[0].options[0].label).presses("Pass it on").presses("Unfinished work")
    return chat


JOURNEYS: Mapping[str, Callable[[World, str], Chat]] = {
    "file-an-rma": file_rma,
    "same-again": same_again,
    "open-already": open_already,
    "track": track,
    "overview": overview,
    "cases": cases,
    "send-back": send_back,
    "search": search,
    "report": report,
    "everyday": everyday,
    "stranger": stranger,
    "mailed-code": mailed,
    "question": question,
    "later-on": later_on,
    "interrupted": interrupted,
    "nothing-open": nothing_open,
    "label-first": label_first,
    "desk-asks": desk_asks,
    "labour": labour,
    "bank-details": bank,
    "cashback": cashback,
    "cashback-from-excel": cashback_from_excel,
    "profile": profile,
    "people": people,
    "notifications": notifications,
    "practice": practice,
    "drafts": drafts,
}
