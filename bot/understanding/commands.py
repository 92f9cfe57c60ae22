"""Short whole messages that mean the same everywhere: one dictionary look-up each."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, Literal

from bot.understanding.fold import fold, phrases
from flows.engine.data import Started
from flows.engine.events import Command, Spoke

_NAVIGATION: Final[Mapping[Literal["back", "cancel", "skip", "later"], str]] = {
    "back": """terug, ga terug, stap terug, een stap terug, vorige, vorige vraag, back, go back, previous,
        précédent, précédente, revenir, revenir en arrière, en arrière, étape précédente""",
    "cancel": """annuleer, annuleren, annuleer dit, stop, stoppen, stop ermee, ik stop, afbreken, breek af,
        laat maar, laat maar zitten, vergeet het, cancel, cancel this, quit, abort, never mind, nevermind,
        forget it, annuler, annule, annulez, annuler tout, arrête, arrêter, arrêtez, abandonner,
        laisse tomber, laissez tomber""",
    "skip": """overslaan, sla over, skip, skip this, skip it, passer, passe, passez, sauter, ignorer,
        sla deze over, deze overslaan, passer cette question""",
    "later": """later, voor later, later verder, straks, straks verder, plus tard, pour plus tard, tantôt,
        do it later, continue later, not now, nu niet, pas maintenant""",
}
_FLOWS: Final[Mapping[str, str]] = {
    "menu": """menu, start, begin, home, hoofdmenu, startscherm, main menu, menu principal, accueil,
        toon menu, toon het menu, naar het menu, show menu, show the menu, afficher le menu, le menu,
        het menu""",
    "help": """help, hulp, help me, help mij, aide, aidez-moi, aide-moi, wat kan je, wat kan je doen,
        wat kan jij, wat kun je, wat kunt u, wat kunt u doen, wat kan u, hoe werkt dit, hoe werkt het,
        que peux-tu faire, que sais-tu faire, que pouvez-vous faire, comment ça marche,
        what can you do, how does this work, how does it work, i need help, ik heb hulp nodig,
        j'ai besoin d'aide, besoin d'aide""",
    "talk_to_person": """mens, een mens, echt mens, een echt mens, medewerker, een medewerker, agent, human,
        a human, a real person, real person, person, a person, persoon, iemand, iemand spreken,
        ik wil iemand spreken, ik wil met iemand spreken, met iemand spreken, praten met iemand,
        spreken met een mens,
        praat met een mens, mens spreken, medewerker spreken, klantendienst, klantenservice, helpdesk,
        bel me, bel mij, bel me terug, bel mij terug, call me, call me back, humain, un humain, quelqu'un,
        une personne, une vraie personne, je veux parler à quelqu'un,
        je voudrais parler à quelqu'un, parler à quelqu'un, parler à une personne, parler à un humain,
        parler à un conseiller, conseiller, un conseiller, un agent, rappelez-moi, appelez-moi,
        service client, nous contacter, contact, contact us, contacteer ons, talk to a person,
        i want to talk to someone, i want to speak to someone,
        talk to a human, talk to someone, speak to someone, speak to a person, speak to a human,
        talk to an agent, customer service, customer support""",
    "change_language": """taal, langue, language, andere taal, taal wijzigen, taal veranderen, verander taal,
        changer de langue, changer la langue, autre langue, change language, change the language,
        other language, wijzig taal, langues, talen, languages""",
    "unlink": """unlink, ontkoppel, ontkoppelen, afmelden, uitloggen, log uit, sign out, log out, logout,
        délier, dissocier, se déconnecter, déconnexion, déconnecter""",
    "link": """link, koppel, koppelen, inloggen, aanmelden, log in, login, sign in, lier, se connecter,
        connexion, chat koppelen, link my account, link account, account koppelen, lier mon compte""",
}
_GREETINGS: Final = """hallo, hoi, hey, hi, hello, hello there, dag, goeiedag, goedendag, goedemorgen,
    goeiemorgen, goedemiddag, goeiemiddag, goedenavond, goeienavond, bonjour, salut, bonsoir, coucou,
    good morning, good afternoon, good evening"""

_LANGUAGES: Final[Mapping[str, str]] = {
    "nl": "nl, nederlands, nederlandse, vlaams, dutch, néerlandais, flamand",
    "fr": "fr, frans, franse, français, française, french",
    "en": "en, engels, engelse, anglais, anglaise, english",
}
_SELF_NAMES: Final = {"nederlands", "francais", "english"}
"""One such word alone is a wish even where a name may be asked for; "Frans" and "Engels" are names."""
_AROUND: Final = set(
    fold(
        """taal language langue in het en the to au le la l de du alsjeblieft alstublieft aub svp s il
        vous te plait merci please graag liever rather spreek spreekt praat parle parlez parler
        speak talk switch change changer passer passez verander wijzig zet naar op nu now maintenant
        can could we you u je ik i wil want veux voudrais je kan kunnen kunt peut on pouvez vous met
        avec with only alleen ook aussi also
        passe passons mets mettez mettre change pls plz pl
        do does tu parles spreken kun sais savez ge gij"""
    ).split()
)
_LINK: Final = re.compile(
    r"(?P<slash>/)?(?:start|link|koppel|koppelen|lier|code)[\s:]+(?P<code>\w[\w -]*)", re.IGNORECASE
)
_CODE: Final = re.compile(r"(?=.*[A-Z])(?=.*[0-9-])[0-9A-Z]{5}[- ]?[0-9A-Z]{5}")
"""A one-time code as the desk writes it."""


GREETINGS: Final = phrases(_GREETINGS)
_PLAIN: Final = phrases(
    "menu, help, hulp, aide, mens, medewerker, agent, human, humain, taal, langue, language"
)
"""Words that are a wish even where words are asked for; "contact" or "start" may be the answer."""
THANKS: Final = phrases(
    """bedankt, dank, dank u, dank je, dank u wel, dank je wel, dankjewel, dankuwel, danku, heel erg bedankt,
    hartelijk dank, hartelijk bedankt, ok bedankt, oké bedankt, super bedankt, top bedankt, bedankt hoor,
    merci, merci beaucoup, merci bien, un grand merci, mille mercis, ok merci, super merci, parfait merci,
    merci à vous, merci hein, thanks, thank you, thx, many thanks, thanks a lot, thank you very much,
    ok thanks, great thanks, top merci, perfect thanks, cheers"""
)
_GO_ON: Final = phrases(
    """verder, ga verder, verder gaan, doe verder, doe maar verder, doorgaan, ga door, verderdoen, hervat,
    hervatten, continuer, continue, continuez, reprendre, reprends, reprenez, on continue, go on, carry on,
    resume"""
)
_NO_PHOTO: Final = phrases(
    """geen foto, geen foto's, ik heb geen foto, ik heb geen foto's, heb geen foto, geen foto beschikbaar,
    zonder foto, pas de photo, pas de photos, je n'ai pas de photo, je n'ai pas de photos, sans photo,
    aucune photo, no photo, no photos, i have no photo, i have no photos, without photo, without a photo,
    i don't have a photo"""
)
_THANK: Final = frozenset(fold("merci bedankt dank dankjewel dankuwel danku thanks thank thx cheers").split())
_WITH_THANKS: Final = frozenset(
    fold(
        """eh he hè hein hoor zunne mate man guys cool ok oké okay super top ouais oui ja yes allemaal bye
        doei dag salut ciao groetjes tot straks u je wel you beaucoup bien veel hartelijk heel erg a lot very
        much
        voor alles everything for pour tout goed great good parfait perfect prima nickel vous toi à fijne
        bonne journée nice day have avond soirée weekend"""
    ).split()
)
"""What people say around it."""

_NAVIGATE: Final = {phrase: Command(name) for name, words in _NAVIGATION.items() for phrase in phrases(words)}
_WISHES: Final = {phrase: flow for flow, words in _FLOWS.items() for phrase in phrases(words)}
_TONGUES: Final = {word: locale for locale, words in _LANGUAGES.items() for word in phrases(words)}


def navigation(folded: str, locale: str) -> Command | None:
    """Back, cancel, skip or later. "Retour" is *back* in French and a return shipment in Dutch."""
    if folded == "retour" and locale == "fr":
        return Command("back")
    return _NAVIGATE.get(folded)


def language(folded: str, *, slash: bool, asked: bool) -> Spoke | None:
    """A wish for a language: its name, with nothing around it but words that go with such a wish.

    `asked`: a question is open, so that one bare word is more likely its answer. A code ("en" is also a
    word) needs a slash or the word for language.
    """
    words = folded.split()
    named = {_TONGUES[word] for word in words if len(word) > 2 and word in _TONGUES}
    if not named and (slash or len(words) == 1 or words[0] in ("taal", "langue", "language")):
        named = {
            _TONGUES[word]
            for word in words[-1:]
            if word in _TONGUES and (slash or word != folded or word != "en")
        }
    if len(named) != 1 or any(word not in _AROUND and word not in _TONGUES for word in words):
        return None
    if asked and len(words) == 1 and not slash and folded not in _SELF_NAMES:
        return None
    return Spoke(named.pop())


def wish(folded: str, *, slash: bool, asked: bool) -> str:
    """The flow that a short whole message asks for, or nothing."""
    if asked and not slash and " " not in folded and folded not in _PLAIN:
        return ""
    return _WISHES.get(folded, "")


def thanks(folded: str) -> bool:
    """Whether somebody says thanks, and nothing that could be a wish."""
    said = set(folded.split())
    return folded in THANKS or bool(said & _THANK and said <= _THANK | _WITH_THANKS)


def goes_on(folded: str) -> bool:
    """Whether somebody wants to go on with what was begun."""
    return folded in _GO_ON


def has_none(folded: str) -> bool:
    """Whether somebody says there is no photo."""
    return folded in _NO_PHOTO


def link(text: str, *, asked: bool) -> Started | None:
    """ "/start CODE" and its relatives; without a slash the code must look like one."""
    found = _LINK.fullmatch(text)
    if found and (found["slash"] or _CODE.fullmatch(found["code"].upper())):
        return Started("link", {"code": found["code"]})
    return Started("link", {"code": text}) if not asked and _CODE.fullmatch(text) else None
