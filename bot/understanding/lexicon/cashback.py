"""The cashback of SMA."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

CASHBACK: Final[Mapping[str, str]] = {
    "cashback": """
        hoe werkt de cashback, hoe werkt cashback, hoeveel cashback krijg ik, comment marche le cashback,
        comment ça marche le cashback, comment fonctionne le cashback, combien de cashback,
        how does cashback work, how does the cashback work, how much cashback do i get,
        cashback, cash back, sma cashback, cashbackactie, cashback actie, actie van sma, sma actie,
        doet dit toestel mee, welke toestellen doen mee, tot wanneer loopt de actie, hoeveel krijg ik terug,
        action cashback, action sma, offre sma, promotion sma, quels appareils participent,
        cet appareil participe t il, jusqu'à quand dure l'action,
        cashback campaign, sma promotion, which devices take part, does this device take part,
        until when does the promotion run""",
    "register_device": """
        toestel registreren, toestellen registreren, omvormer aanmelden, sma registreren,
        registreren voor cashback, cashback registreren, laadpaal registreren, toestel aanmelden bij sma,
        enregistrer appareil, enregistrer un onduleur, enregistrer pour le cashback, inscrire un appareil,
        register device, register an inverter, register for cashback, register for the cashback""",
    "register_sheet": """
        excel met toestellen, toestellen met excel, lijst toestellen registreren, excel registreren,
        sjabloon cashback, excel sjabloon,
        fichier excel avec appareils, enregistrer avec excel, modèle excel, liste d'appareils,
        excel with devices, register with excel, excel template, list of devices""",
    "cashback_status": """
        status cashback, status van mijn cashback, waar blijft mijn cashback, is mijn cashback betaald,
        mijn toestellen bij sma, geregistreerde toestellen, wanneer krijg ik mijn cashback,
        statut cashback, statut de mon cashback, où en est mon cashback, mes appareils enregistrés,
        quand vais je recevoir mon cashback, cashback payé,
        cashback status, status of my cashback, where is my cashback, registered devices,
        when do i get my cashback, has my cashback been paid""",
    "cashback_documents": """
        factuur voor cashback, documenten voor cashback, sma vraagt documenten, inbedrijfstellingsprotocol,
        tot wanneer documenten sturen, tot wanneer kan ik documenten sturen, deadline documenten,
        jusqu'à quand envoyer les documents, jusqu'à quand puis je envoyer les documents, délai documents,
        until when can i send documents, deadline for documents,
        facture pour le cashback, documents pour le cashback, protocole de mise en service,
        invoice for cashback, documents for cashback, commissioning protocol""",
    "cashback_correct": """
        niet registreerbaar, toestel niet registreerbaar, cashback geweigerd, serienummer cashback verbeteren,
        non enregistrable, appareil non enregistrable, cashback refusé, corriger le numéro cashback,
        not registrable, device not registrable, cashback refused, correct cashback serial""",
    "cashback_number": """
        klantnummer, sma klantnummer, mijn klantnummer, numéro de client, numéro client, mon numéro client,
        customer number, my customer number""",
}
