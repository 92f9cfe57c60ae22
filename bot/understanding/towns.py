"""Towns and provinces that have another name in another language, as people type them."""

from __future__ import annotations

from typing import Final

from bot.understanding.fold import fold

_SAME: Final = """
Gent Gand Ghent|Antwerpen Anvers Antwerp|Brussel Bruxelles Brussels|Brugge Bruges|Leuven Louvain
|Luik Liège|Namen Namur|Bergen Mons|Doornik Tournai|Kortrijk Courtrai|Mechelen Malines|Oostende Ostende Ostend
|Ieper Ypres|Aalst Alost|Dendermonde Termonde|Oudenaarde Audenarde|Roeselare Roulers
|Sint-Niklaas Saint-Nicolas|Tienen Tirlemont|Tongeren Tongres|Hasselt|Halle Hal
|Vilvoorde Vilvorde|Waver Wavre|Nijvel Nivelles|Hoei Huy
|Aarlen Arlon|Bastenaken Bastogne|Verviers|Rijsel Lille|Duinkerke Dunkerque Dunkirk|Aken Aachen|Lier Lierre
|Geraardsbergen Grammont|Ronse Renaix|Veurne Furnes|Diksmuide Dixmude|Zoutleeuw Léau|Scherpenheuvel Montaigu
|Vlissingen Flessingue Flushing|Atrecht Arras|Kamerijk Cambrai|Dowaai Douai|Valencijn Valenciennes
|Robeke Roubaix|Luxemburg Luxembourg|Borgworm Waremme|Jodoigne Geldenaken|Moeskroen Mouscron|Komen Comines
|Vlaams-Brabant Brabant-flamand Flemish-Brabant|Waals-Brabant Brabant-wallon Walloon-Brabant
|West-Vlaanderen Flandre-occidentale West-Flanders|Oost-Vlaanderen Flandre-orientale East-Flanders
|Henegouwen Hainaut|Limburg Limbourg|Noord-Brabant Brabant-septentrional North-Brabant|Zeeland Zélande
"""
_NAMES: Final = {
    fold(name): fold(names.split()[0])
    for names in _SAME.split("|")
    for name in names.split()
    if names.strip()
}


def called(name: str) -> str:
    """One spelling for all names of a place."""
    plain = fold(name)
    return _NAMES.get(plain, plain)
