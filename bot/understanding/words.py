"""Words that tell what a message is about, in the three languages, as people type them."""

from __future__ import annotations

import re
from typing import Final

from bot.understanding.fold import fold


def _words(text: str) -> frozenset[str]:
    return frozenset(fold(text).split())


NOTE: Final = _words(
    """noteer nota notitie notities opmerking opmerkingen aanvulling vermeld note noter notez notes
    remarque commentaire commentaar comment remark ajoute ajouter ajoutez voeg add toevoegen toe"""
)
SEARCH: Final = _words(
    """zoek zoeken opzoeken vind vinden toon bekijk open cherche chercher cherchez recherche rechercher
    trouve trouver montre affiche search find look lookup show tonen
    bekijken weergeven afficher"""
)
CREATE: Final = _words(
    """nieuwe nieuw maak maken aanmaken indienen start nouveau nouvelle creer cree creez faire ouvrir
    introduire new create make file start open"""
)
SYSTEM: Final = _words(
    """systeem site systeme system installatie installation klant client customer sid plant werf chantier"""
)
CUSTOMER: Final = _words("klant klanten client clients customer customers")
RMA: Final = _words("rma rmas rma's")
PUT: Final = _words(
    "zet schrijf mets mettez ecris ecrivez put write er een une un a nog encore aub svp please"
)
"""Words that may stand before the wish for a note."""
FOLLOW: Final = _words("volg suivre suivez follow")
"""With the number of an RMA: tell me when it changes."""
CASE: Final = _words("dossier case zaak geval cas ticket")
MUTE: Final = _words("demp dempen mute muet sourdine silence en mettre")
"""With the number of an RMA: tell me nothing of it."""
SEND_BACK: Final = _words("terugsturen terugzenden retourneren retourner renvoyer")
RETURN: Final = _words(
    "retour retours terug terugsturen retourner renvoyer renvoi return send back start initiate"
)
"""With the number of an RMA: what is on it goes back."""
SENT_BACK: Final = _words("retour retours return returns renvoi")
"""Of these, what is called so."""
STATUS: Final = _words("""status stand statut etat suivi suivre opvolgen volg track where waar ou check""")
WHEN_OR_WHERE: Final = _words("wanneer waar when where quand")
"""A question about what was asked for before, not a new wish."""
PARCEL: Final = _words(
    """pakket pakketje pakje doos dozen colis paquet parcel package box boxes koerier bode transporteur
    courier antwoord reponse answer reply klaar pret ready ophaling opgehaald ophalen enlevement collection
    pickup"""
)
"""Words around a shipment, which are no names."""
WHEREABOUTS: Final = re.compile(
    r"\b(?:ou (?:en )?(?:est|sont)|waar (?:blijft|blijven|staat|zit|is)|where(?: s| is| are)?"
    r"|hoe (?:staat|zit|ver)|hoever|(?:des |du |aucune )?nouvelles?|nieuws|(?:any )?(?:news|update)|quid)\b"
)
"""In folded words: a question how far something is."""
REQUESTS: Final = _words("dossiers aanvragen verzoeken demandes requests cases cas rmas rma's")
THIS: Final = _words("dit deze ce cette this hier ici here")
TROUBLE: Final = _words(
    "probleem problemen probleme problemes problem problems storing storingen panne fout fouten fault"
)
BLOCKS: Final = {
    word: block
    for block, said in {
        "addresses": "adres adressen leveradres retouradres verzendadres adresse adresses address addresses",
        "history": "geschiedenis historiek verloop historique history",
        "lines": "toestellen serienummers appareils devices serials",
        "description": "beschrijving omschrijving description",
        "contact": "contactpersoon contact",
    }.items()
    for word in said.split()
}
"""Words that ask for one part of the card of an RMA."""
DEVICE: Final = _words(
    """micro micros microtje microtjes micro-omvormer micro-onduleur microinverter microinverters omvormer
    omvormers omvormertje onduleur onduleurs inverter inverters batterij batterijen accu thuisbatterij
    batterie batteries battery gateway gateways envoy passerelle kastje boitier toestel toestellen
    apparaat appareil appareils device devices paneel panelen panneau panneaux panel panels relais
    relay controller encharge enpower iq7 iq8 iq7+ iq8+ iq6 charger laadpaal borne"""
)
IDLE: Final = _words("is est en et zijn are was blijft reste staat stand al deja yet ook maar n s")
"""Words that may stand beside a number without saying anything."""
BROKEN: Final = _words(
    """kapot kapotte stuk stukke defect defecte defecten dood overleden kaduuk plat offline vervangen
    vervanging omruilen wisselen panne casse cassee casses cassees hs mort morte defectueux
    defectueuse eteint eteinte remplacer remplacement echange echanger broken dead faulty failed
    failure replace replacement swap"""
)
PHRASES_FOR_BROKEN: Final = re.compile(
    r"\b(?:(?:no|sans|plus de|pas de|aucune) production|geen (?:productie|opbrengst)"
    r"|(?:meldt|rapporteert|werkt|produceert|doet)(?: het)? (?:niet|nie)(?:s)?(?: meer)?"
    r"|doe(?:t|n) (?:raar|vreemd|lastig|ambetant)|fait (?:n importe quoi|des siennes)|acting up"
    r"|ne (?:marche|produit|fonctionne|communique|répond|repond) (?:plus|pas)"
    r"|(?:is )?not (?:reporting|working|producing))\b",
    re.IGNORECASE,
)
NO_PRODUCTION: Final = re.compile(
    r"\b(?:geen productie|geen opbrengst|(?:plus de|pas de|aucune|no) production|ne produit (?:plus|pas)"
    r"|produceert niet(?:s)?|not producing)\b"
)
"""In folded words: a fault of the whole system, so that no device need be named."""
RED: Final = _words("rood rode rouge red")
LAMP: Final = _words("led leds lampje lamp licht lichtje voyant lumiere light lights")
SINCE: Final = _words(
    """sinds na depuis apres since after wegens door suite gisteren hier yesterday vandaag week weken
    dagen jours semaine semaines days weeks storm onweer bliksem orage tempete foudre lightning maandag
    dinsdag woensdag donderdag vrijdag zaterdag zondag lundi mardi mercredi jeudi vendredi samedi
    dimanche monday tuesday wednesday thursday friday saturday sunday toont geeft brandt knippert
    clignote allume shows flashes blinking dak toit roof plots soudain suddenly weer encore again"""
)
"""Words that tell when, how or why; what follows them is no name of a system."""
CONNECT: Final = _words(
    """voor bij van op in aan naar pour chez de du des la le les sur d l a au for at of on the to in
    het een un une an nr nummer numero number no id met avec with my mijn mon ma mes notre onze our
    please aub svp graag merci thanks bedankt"""
)
"""Words between the wish and the name: "nieuwe rma VOOR peeters"."""
NO_NAME: Final = (
    NOTE
    | SEARCH
    | CREATE
    | SYSTEM
    | RMA
    | STATUS
    | BROKEN
    | _words(
        """is zijn was werkt niet geen want omdat dat die dit maar en of ik u je we hij zij hoe wat wie
        wanneer waarom kan kunt moet wil heb heeft est sont ne pas car mais et ou je vous nous il
        elle on que qui quoi quand comment pourquoi peux peut dois veux ai are not no because but
        and or i you we he she it how what who when why can must want have has micro micros batterij
        omvormer gateway envoy batterie onduleur battery inverter panel paneel panneau foto photo
        serienummer serie serial aanvraag demande request adres adresse address retour return
        probleem probleme problem vraag question hulp aide help morgen vandaag gisteren demain
        aujourd hui hier tomorrow today yesterday his her hun leur leurs their password wachtwoord passe
        changed gewijzigd veranderd produceert produceren produit produisent produces
        producing niks niets rien nothing mijn mes my alle tous all menu menus taal langue language
        code"""
    )
)
"""Words that are no part of the name of a system."""
TIME: Final = _words(
    """laatste vorige vorig volgende recente recentste oude oud eerste tweede dernier derniere dernieres
    derniers precedent precedente prochain prochaine ancien ancienne recent recente last previous next latest
    old older first second maand maanden mois month months jaar annee annees year years januari februari
    maart april mei juni juli augustus september oktober november december janvier fevrier mars avril mai
    juin juillet aout septembre octobre novembre decembre january february march may june july august
    october ochtend middag avond matin midi soir morning afternoon evening deze dit ce cette this that"""
)
"""Words that say which one by when it was."""
PARTICLES: Final = _words("de van den der du le la les des d het t")
LEAD: Final = CREATE | RMA | STATUS | SEARCH | SYSTEM | CONNECT
"""Words that may stand before a name."""
POLITE: Final = _words("aub svp alsjeblieft alstublieft please graag merci thanks bedankt")
LABELS: Final = _words(
    """rma return retour dossier case ticket zaak geval cas sn serienummer serienr serie
    serial numero nummer"""
)
SMALL_TALK: Final = _words(
    """bedankt dank dankjewel dankuwel merci thanks thank thx ok oke okay goed prima top super ja nee
    oui non yes no nope fijn mooi weer weekend leuk lol haha sorry pardon doei tot ziens bye daag au
    revoir ciao salut bonne journee fijne dag nice weather beau temps koffie cafe coffee test
    testing mop grap blague joke voetbal foot football prijs prix price kost kosten combien cout
    cost job vacature emploi liefde love wow cool geweldig genial great parfait perfect klote merde
    shit fuck verdomme idioot con stom nul"""
)
