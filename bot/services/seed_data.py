"""Invented companies, people, streets and names for the sample; towns and coordinates are roughly real."""

from __future__ import annotations

from typing import NamedTuple


class Place(NamedTuple):
    """A town with its postcode and where it lies."""

    postcode: str
    town: str
    latitude: float
    longitude: float


class Firm(NamedTuple):
    """An invented installer company; `people` are (name, role), `bank` its VAT and IBAN."""

    name: str
    domain: str
    language: str
    country: str
    phone: str
    addresses: tuple[str, ...]
    contacts: tuple[str, ...]
    people: tuple[tuple[str, str], ...]
    places: tuple[Place, ...]
    streets: tuple[str, ...]
    bank: tuple[str, str] | tuple[()] = ()


STATES = {
    "BE": {"3": "Vlaams-Brabant", "4": "Liège", "5": "Namur", "6": "Luxembourg"},
    "NL": {"43": "Zeeland", "44": "Zeeland", "46": "Noord-Brabant", "48": "Noord-Brabant"},
    "FR": {"59": "Nord", "62": "Pas-de-Calais", "80": "Somme"},
}
"""The province or department of the towns below, by how their postcode begins."""


def state_of(country: str, postcode: str) -> str:
    """The province or department of a town of the sample."""
    known = STATES.get(country, {})
    return next((state for start, state in known.items() if postcode.startswith(start)), "")


_FLEMISH = (
    "Dorpsstraat", "Kerkstraat", "Molenstraat", "Stationsstraat", "Nieuwstraat", "Beekstraat", "Veldstraat",
    "Lindelaan", "Schoolstraat", "Bosstraat", "Wijngaardstraat", "Leuvensesteenweg",
)  # fmt: skip
_DUTCH = (
    "Dorpsweg", "Zeedijk", "Havenkade", "Julianalaan", "Burgemeester Vosstraat", "Duinweg", "Zandpad",
    "Molenwal", "Achterweg", "Plantsoen", "Westhavendijk", "Korenbloemstraat",
)  # fmt: skip
_FRENCH = (
    "Rue de la Gare", "Rue du Moulin", "Rue de l'Église", "Rue des Prés", "Chemin du Bois", "Place du Marché",
    "Avenue des Tilleuls", "Rue Haute", "Rue du Château", "Route de la Vallée",
    "Rue des Écoles", "Impasse du Lavoir",
)  # fmt: skip
_LUXEMBOURG = (
    "Rue du Vignoble", "Rue Principale", "Route d'Arlon", "Rue de l'Alzette", "Um Bierg", "Rue des Romains",
    "Rue du Canal", "Route de Diekirch", "Rue des Jardins", "Cité du Soleil",
)  # fmt: skip

FIRMS = (
    Firm(
        "Zonnebouw Hageland", "zonnebouw.example", "nl", "BE", "+32 470 55 01",
        ("Nijverheidsweg 12, 3200 Aarschot", "Magazijn, Vaartkom 31, 3000 Leuven"),
        ("Magazijn Leuven, +32 16 55 01 90",),
        (
            ("Jan Mertens", "technician"),
            ("Els Wouters", "technician"),
            ("Tine Claes", "office"),
            ("Koen Baeten", "admin"),
        ),
        (
            Place("3200", "Aarschot", 50.987, 4.836), Place("3150", "Haacht", 50.977, 4.638),
            Place("3000", "Leuven", 50.879, 4.701), Place("3290", "Diest", 50.989, 5.050),
            Place("3300", "Tienen", 50.807, 4.938), Place("3110", "Rotselaar", 50.953, 4.716),
            Place("3220", "Holsbeek", 50.920, 4.758), Place("3270", "Scherpenheuvel", 51.012, 4.975),
        ),
        _FLEMISH,
        ("BE0999999130", "BE92999900000123"),
    ),
    Firm(
        "Ardenne Soleil", "ardennesoleil.example", "fr", "BE", "+32 471 55 02",
        ("Zoning industriel 8, 5590 Ciney", "Dépôt, Rue du Fourneau 21, 4500 Huy"),
        ("Dépôt de Huy, +32 85 55 02 90",),
        (("Amélie Lambert", "technician"), ("Luc Gillain", "office"), ("Sophie Renardy", "admin")),
        (
            Place("5590", "Ciney", 50.294, 5.100), Place("4500", "Huy", 50.519, 5.239),
            Place("5500", "Dinant", 50.260, 4.912), Place("6900", "Marche-en-Famenne", 50.227, 5.344),
            Place("5000", "Namur", 50.467, 4.872), Place("6600", "Bastogne", 50.000, 5.715),
            Place("5580", "Rochefort", 50.163, 5.222),
        ),
        _FRENCH,
        ("BE0999999229", "BE44999900002345"),
    ),
    Firm(
        "Duinzon Installaties", "duinzon.example", "nl", "NL", "+31 6 5550 03",
        ("Handelskade 45, 4381 AB Vlissingen", "Loods, Ambachtsweg 9, 4421 RT Kapelle"),
        ("Loods Kapelle, +31 113 550 390",),
        (("Pieter de Vos", "technician"), ("Marloes Dekker", "office"), ("Ruben van Loon", "admin")),
        (
            Place("4381", "Vlissingen", 51.443, 3.574), Place("4331", "Middelburg", 51.499, 3.611),
            Place("4461", "Goes", 51.504, 3.889), Place("4301", "Zierikzee", 51.650, 3.917),
            Place("4611", "Bergen op Zoom", 51.495, 4.291), Place("4421", "Kapelle", 51.487, 3.959),
            Place("4811", "Breda", 51.589, 4.776),
        ),
        _DUTCH,
    ),
    Firm(
        "Ateliers Solaires du Nord", "solairesdunord.example", "fr", "FR", "+33 6 39 98 04",
        ("14 Rue de l'Atelier, 59300 Valenciennes", "Entrepôt, 3 Quai des Péniches, 59500 Douai"),
        ("Entrepôt de Douai, +33 3 53 01 04 90",),
        (("Camille Fontenoy", "technician"), ("Hugo Delcambre", "technician"), ("Nadia Brisset", "office")),
        (
            Place("59300", "Valenciennes", 50.357, 3.523), Place("59500", "Douai", 50.371, 3.080),
            Place("59400", "Cambrai", 50.176, 3.235), Place("62000", "Arras", 50.291, 2.777),
            Place("59100", "Roubaix", 50.690, 3.182), Place("80000", "Amiens", 49.894, 2.296),
            Place("62300", "Lens", 50.432, 2.833),
        ),
        _FRENCH,
    ),
    Firm(
        "Moselle Solar", "mosellesolar.example", "en", "LU", "+352 621 555 05",
        ("8 Zone Artisanale, 9085 Ettelbruck", "Depot, 27 Rue du Port, 6671 Mertert"),
        ("Depot Mertert, +352 26 55 05 90",),
        (("Emma Hartley", "technician"), ("Tom Weiland", "office"), ("Claire Ashdown", "admin")),
        (
            Place("9010", "Ettelbruck", 49.848, 6.099), Place("9210", "Diekirch", 49.868, 6.160),
            Place("7510", "Mersch", 49.749, 6.106), Place("6671", "Mertert", 49.703, 6.482),
            Place("9510", "Wiltz", 49.966, 5.933), Place("4001", "Esch-sur-Alzette", 49.495, 5.981),
            Place("5610", "Mondorf-les-Bains", 49.505, 6.281),
        ),
        _LUXEMBOURG,
        ("LU99999984", "LU640099999999999999"),
    ),
)  # fmt: skip

DEMO = {
    "nl": "els.wouters@zonnebouw.example",
    "fr": "amelie.lambert@ardennesoleil.example",
    "en": "emma.hartley@mosellesolar.example",
}
"""The sample installer of each language."""

OWNERS = {
    "nl": (
        "Peeters", "Janssens", "Maes", "Willems", "Vermeulen",
        "Vermeiren", "Goossens", "Wauters", "Claessens",
        "Hendrickx", "Michiels", "Aerts", "De Smet", "De Smedt",
        "Van den Broeck", "Van den Bosch", "Verhoeven",
        "Bogaerts", "Smeyers", "Cools", "Bakker", "Visser", "De Groot", "Van Dijk", "Kuipers", "Schouten",
        "Dijkstra", "Boersma", "Verbeek", "Hofman", "Timmermans", "Coenen",
    ),
    "fr": (
        "Dupont", "Lambert", "Lejeune", "Dumont", "Leclercq", "Renard",
        "Simonet", "Gérard", "François", "Noël",
        "Delvaux", "Marchal", "Fontaine", "Colson", "Étienne", "Thiry",
        "Masset", "Bodart", "Delcourt", "Lefèvre",
        "Carpentier", "Vasseur", "Caron", "Dubrulle", "Lemaire", "Prévost",
        "Wattel", "Bécu", "Hennion", "Roussel",
    ),
    "en": (
        "Weber", "Schmit", "Muller", "Hoffmann", "Wagner", "Thill", "Kieffer", "Reuter", "Klein", "Faber",
        "Meyers", "Welter", "Hansen", "Carter", "Bennett", "Brooks", "Palmer", "Shaw", "Reding", "Steffen",
        "Braun", "Kayser", "Lorang", "Origer", "Biver", "Nilles", "Barnes", "Fisher", "Holmes", "Mertz",
    ),
}  # fmt: skip
FIRST_NAMES = {
    "nl": ("An", "Bert", "Carine", "Dirk", "Eva", "Frank", "Greet", "Hilde", "Ivo", "Joke", "Karel", "Lies"),
    "fr": (
        "Anne",
        "Bruno",
        "Chloé",
        "Denis",
        "Élise",
        "Fabrice",
        "Gaëlle",
        "Henri",
        "Inès",
        "Jules",
        "Léa",
        "Marc",
    ),
    "en": (
        "Alice",
        "Ben",
        "Carol",
        "David",
        "Ellen",
        "Frank",
        "Grace",
        "Henry",
        "Ida",
        "James",
        "Kate",
        "Luc",
    ),
}
PREFIXES = {
    "nl": ("", "", "", "", "Bakkerij ", "Fam. ", "Hoeve ", "Garage "),
    "fr": ("", "", "", "", "Boulangerie ", "Famille ", "Ferme ", "Garage "),
    "en": ("", "", "", "", "Bakery ", "Family ", "Farm ", "Garage "),
}
WORDS = {
    "nl": (
        "Micro meldt niet meer sinds de storm van vorige week.",
        "Paneel 7 geeft geen opbrengst.",
        "Schade aan de stekker.",
    ),
    "fr": (
        "Le micro-onduleur ne communique plus depuis l'orage.",
        "Le panneau 7 ne produit plus.",
        "Connecteur abîmé.",
    ),
    "en": (
        "Microinverter has been silent since the storm.",
        "Panel 7 gives no production.",
        "The connector is damaged.",
    ),
}  # fmt: skip
NOTES = {
    "nl": "Klant thuis na 17 u.",
    "fr": "Client présent après 17 h.",
    "en": "The customer is at home after 5 pm.",
}
RETURNS = "Returns depot, Voorbeeldkade 12, 5928 SX Venlo"
TEAM = "Support Benelux"
