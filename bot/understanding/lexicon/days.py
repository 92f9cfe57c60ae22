"""How days and spans of days are written: names, and the patterns made of them."""

from __future__ import annotations

import re
from typing import Final


def _in_order_of(names: str, first: int) -> dict[str, int]:
    """Each name with the number of its group."""
    return {name: first + place for place, group in enumerate(names.split("|")) for name in group.split()}


MONTHS: Final = _in_order_of(
    """jan janv januari janvier january|feb febr fev fevr februari fevrier february|mrt maart mars mar march
    |apr avr april avril|mei mai may|jun juin juni june|jul juil juli juillet july|aug augustus aout august
    |sep sept september septembre|okt oct oktober octobre october|nov november novembre
    |dec december decembre""",
    1,
)
WEEKDAYS: Final = _in_order_of(
    """maandag lundi monday|dinsdag mardi tuesday|woensdag mercredi wednesday|donderdag jeudi thursday
    |vrijdag vendredi friday|zaterdag samedi saturday|zondag dimanche sunday""",
    0,
)
UNITS: Final = {
    name: days
    for days, names in (
        (1, "dag dagen jour jours day days"),
        (7, "week weken semaine semaines weeks"),
        (30, "maand maanden mois month months"),
        (365, "jaar jaren an ans annee annees year years"),
    )
    for name in names.split()
}


def any_of(names: dict[str, int]) -> str:
    """One of these names, as a pattern."""
    return "|".join(sorted(names, key=len, reverse=True))


_MONTH = rf"(?:{any_of(MONTHS)})\b"
_ON = (
    rf"(?:(?:{any_of(WEEKDAYS)}|ma|di|wo|do|vr|za|zo|lun|mar|mer|jeu|ven|sam|dim|mon|tue|wed|thu|fri|sat|sun)"
)
_ON += r"\.?,?\ (?:le\ |the\ )?)?"
"""The weekday before a date says nothing more; "mar." is then no month."""
_BEFORE = r"(?:vorige|vorig|afgelopen|voorbije|laatste|last|previous|past)"
_AFTER = r"(?:derniere?|passee?|precedente?)"
_THIS = r"(?:deze|dit|cette|cet|ce|this)"
_WEEK, _MON, _YEAR = r"(?:week|semaine)", r"(?:maand|mois|month)", r"(?:jaar|annee|an|year)"
_QUARTER = r"(?:kwartaal|trimestre|quarter)"
ITEM: Final = re.compile(
    rf"""\b(?:
    {_ON}(?:(?P<iso>\d{{4}}(?P<sign>[-/.])\d{{1,2}}(?P=sign)\d{{1,2}})(?!\d)
    |(?P<numeric>\d{{1,2}}(?:/\d{{1,2}}(?:/\d{{2,4}})?|-\d{{1,2}}-\d{{2,4}}|\.\d{{1,2}}\.\d{{2,4}}))(?![\d/])
    |(?P<day>\d{{1,2}})(?:er|e|st|nd|rd|th|ste|de)?[ ./-]*(?:of\ |de\ )?(?P<month>{_MONTH})\.?
       (?:[ ./-]*,?\ ?(?P<year>\d{{4}}(?!\d)|'?\d{{2}}\b(?!\s*(?:{_MONTH}))))?)
    |(?P<month_first>{_MONTH})\.?\ (?P<day_after>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)
       (?:,?\ ?(?P<year_after>\d{{4}}(?!\d)))?
    |(?P<whole>{_MONTH})\.?(?:\ (?:de\ |of\ )?(?P<whole_year>\d{{4}}(?!\d)))?
    |(?P<today>vandaag|aujourd'?\ ?hui|today
       |(?:(?<=tot\ )|(?<=t/m\ )|(?<=to\ )|(?<=until\ )|(?<=till\ )|(?<=jusqu'a\ ))
        (?:nu|heden|now|date|maintenant|present)\b)
    |(?P<two_ago>eergisteren|avant-?\ ?hier)
    |(?P<yesterday>gisteren|hier|yesterday)
    |(?:les\ |de\ |the\ )?(?:{_BEFORE}\ (?P<count>\d{{1,3}})\ (?P<unit>{any_of(UNITS)})
       |(?P<count_fr>\d{{1,3}})\ (?:derniers|dernieres)\ (?P<unit_fr>{any_of(UNITS)}))\b
    |(?:il\ y\ a\ (?P<ago_fr>\d{{1,3}})\ (?P<ago_unit_fr>{any_of(UNITS)})\b
       |(?P<ago>\d{{1,3}})\ (?P<ago_unit>{any_of(UNITS)})\ (?:geleden|ago)\b)
    |(?P<last_week>{_BEFORE}\ {_WEEK}|(?:la\ )?{_WEEK}\ {_AFTER})\b
    |(?P<last_month>{_BEFORE}\ {_MON}|(?:le\ )?{_MON}\ {_AFTER})\b
    |(?P<last_year>{_BEFORE}\ {_YEAR}|(?:l')?{_YEAR}\ {_AFTER})\b
    |(?P<last_quarter>{_BEFORE}\ {_QUARTER}|(?:le\ )?{_QUARTER}\ {_AFTER})\b
    |(?P<this_quarter>{_THIS}\ {_QUARTER})(?:-ci)?\b
    |q(?P<quarter>[1-4])(?:\ (?P<quarter_year>20[12]\d))?\b|[kt](?P<quarter_of>[1-4])\ (?P<of_year>20[12]\d)\b
    |(?P<this_week>{_THIS}\ {_WEEK})(?:-ci)?\b|(?P<this_month>{_THIS}\ {_MON})(?:-ci)?\b
    |(?P<this_year>{_THIS}\ {_YEAR})(?:-ci)?\b
    |(?:{_BEFORE}\ )?(?P<weekday>{any_of(WEEKDAYS)})(?:\ {_AFTER})?\b(?!\ \d)
    |(?:(?<=sinds\ )|(?<=depuis\ )|(?<=since\ )|(?<=vanaf\ )
       |(?:in|en|van|of|year|jaar|het\ jaar|annee|l'annee)\ )
       (?P<only_year>20[12]\d)\b(?![-/])
    )""",
    re.VERBOSE,
)
SHORT: Final = re.compile(
    rf"\b{_ON}(?P<day>\d{{1,2}})(?:er|e|st|nd|rd|th)?\s*"
    r"(?:-|–|tot en met|t/m|tot|to|until|till|au|and|en|et)\s*(?:le )?$"
)
"""The 3 of "du 3 au 10 mars": its month comes with the second."""
TO: Final = re.compile(
    r"\s*(?:tot en met|t/m|tot|to|until|till|through|jusqu'?(?:au|a|en)?|au|a|and|en|et|-|–|/|\.\.\.?|…)"
    r"\s*(?:le |la |the )?"
)
LEAD: Final = re.compile(
    r"(?:\b(?P<since>sinds|vanaf|depuis|a partir d[eu]|since|from|as of|starting|apres|after|na)"
    r"|\b(?P<until>tot en met|t/m|tot|jusqu'?(?:au|a|en)?|until|till|up to|avant|before|voor)"
    r"|\b(?P<between>tussen|entre|between|van|du|de|from|in|en|op|le|on|of|au cours d[eu])\b)"
    r"\s*(?:le |la |les |de |the |du |l'|d')?$"
)
ALONE: Final = re.compile(
    r"(\d{1,2})[ .-]+(\d{1,2})(?:[ .-]+(\d{4}|\d{2}))?\.?|(\d{4}) +(\d{1,2}) +(\d{1,2})"
)
"""Nothing but 25-8, 25.8., 25 8 2026 or 2026 8 25: in a sentence these could be something else."""
TO_COME: Final = re.compile(r"\b(?:volgende|komende|aanstaande|prochaine?|next)\b")
NAMES_TOO: Final = frozenset(("jan", "mar", "mars", "may", "dec"))
"""Months only with a year, or with a word such as "since" before them."""
