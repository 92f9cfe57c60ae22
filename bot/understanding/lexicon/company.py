"""What people are owed for their work, who they work with, and what is kept of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

COMPANY: Final[Mapping[str, str]] = {
    "claim_labour": """
        arbeidsloon, arbeidsloon terugkrijgen, werkuren terugkrijgen, werkuren betaald krijgen, mijn
        uren betaald, krijg ik mijn werkuren betaald, krijg ik mijn uren terug, vergoeding voor mijn
        werk, arbeid terugbetaald, vergoeding aanvragen, remboursement main d'œuvre, remboursement
        de la main d'œuvre, être remboursé de mes heures, mes heures remboursées, être payé pour mes
        heures, demander la main d'œuvre, labor reimbursement, get paid for my hours, get paid for
        my work, claim my hours, pay for my labour, terugbetaling, terugbetaling aanvragen, wat kan ik
        nog aanvragen, wat kan ik nu aanvragen, welke vergoedingen kan ik nog aanvragen, werkuren
        vergoed krijgen, remboursements possibles, que puis-je encore demander, que puis-je
        réclamer, quels remboursements puis-je encore demander, claimable, claimable now, what can i
        still claim, what can i claim now""",
    "track_claim": """
        mijn centen, wanneer krijg ik mijn centen, wanneer krijg ik mijn geld, mijn geld, mon argent,
        my money,
        waar blijft mijn geld, mijn aanvragen vergoeding, wanneer word ik betaald, is mijn werk
        betaald, où est mon argent, quand suis je payé, mes demandes de remboursement, where is my
        money, when do i get paid, status of my claim, my labour claims, waar blijft het geld, stand
        van mijn vergoeding, état du remboursement, état de mon remboursement, statut du
        remboursement, where is the money, status of my reimbursement""",
    "people": """
        wie zit er in mijn bedrijf, wie zit er nog in mijn bedrijf, wie hoort bij mijn bedrijf, qui est dans
        ma boîte, y a qui dans ma boîte, qui est dans mon entreprise, who is in my company, who else is in my
        company,
        wie werkt er bij ons, wie werkt hier, wie heeft toegang, mijn collega's, collega toevoegen,
        nieuwe collega toevoegen, collega's beheren, qui travaille chez nous, qui travaille ici, qui
        a accès, mes collègues, gérer les collègues, who works here, who works with us, who has
        access, my colleagues, manage colleagues""",
    "invite_colleague": """
        nieuwe collega, collega uitnodigen, iemand uitnodigen, medewerker toevoegen, inviter
        quelqu'un, nouveau collègue, ajouter un collègue, invite somebody, invite someone, new
        colleague, add a colleague""",
    "remove_colleague": """
        collega verwijderen, medewerker verwijderen, iemand verwijderen, collega is weg, supprimer
        un collègue, retirer quelqu'un, un collègue est parti, remove somebody, remove someone,
        delete a colleague, a colleague left""",
    "notifications": """
        te veel meldingen, te veel berichten, trop de notifications, trop de messages, too many messages, too
        many notifications,
        meldingen aanpassen, meldingen wijzigen, meldingen uitzetten, minder meldingen, stille uren,
        geen meldingen 's nachts, niet storen, changer les notifications, moins de notifications,
        heures calmes, pas de notifications la nuit, ne pas déranger, change notifications, fewer
        notifications, quiet hours, no notifications at night, do not disturb""",
    "my_data": """
        wat weten jullie over mij, wat weet u over mij, wat is er over mij bewaard, mijn gegevens
        opvragen, que gardez-vous sur moi, demander mes données, what do you know about me, what do
        you keep about me, give me my data""",
    "forget_me": """
        vergeet mij, mijn gegevens wissen, alles over mij wissen, oubliez-moi, supprimer mes
        données, forget me, delete my data, erase everything about me""",
    "pass_draft": """
        werk doorgeven, doorgeven, geef door aan, overdragen aan collega, transmettre à un collègue,
        passer à un collègue, hand over, pass on, hand over to a colleague""",
    "answer_desk": """
        antwoord aan de dienst, antwoorden aan de dienst, vraag van de dienst, réponse au support,
        question du support, answer the question of the desk, reply to the desk""",
    "bank_details": """
        iban aanpassen, iban wijzigen, btw nummer wijzigen, rekening wijzigen, changer l'iban,
        changer de compte, modifier l'iban, change iban, change account, change vat number,
        bank account, our bank account, compte bancaire, notre compte bancaire, bankrekening, onze
        bankrekening""",
}
