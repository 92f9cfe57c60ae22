"""A date as people type it: 3/3/2026, 03-03, 2026-03-03, 3 maart, le 3 mars 2026, March 3."""

from __future__ import annotations

import datetime
import re
import unicodedata

_MONTHS = (
    "jan januari janvier january", "feb februari fevrier fev february", "mrt maart mars mar march",
    "apr april avril avr", "mei mai may", "jun juni juin june", "jul juli juillet juil july",
    "aug augustus aout august", "sep sept september septembre", "okt oktober octobre oct october",
    "nov november novembre", "dec december decembre",
)  # fmt: skip
_MONTH = {word: number for number, words in enumerate(_MONTHS, 1) for word in words.split()}
_TODAY = {"vandaag": 0, "aujourd hui": 0, "today": 0, "gisteren": 1, "hier": 1, "yesterday": 1,
          "eergisteren": 2, "avant hier": 2}  # fmt: skip


def date_in(text: str, today: datetime.date) -> datetime.date | None:
    """The day that was typed; without a year, the latest one that is not in the future."""
    plain = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z]+|\d+", plain.replace("'", " "))
    ago = _TODAY.get(" ".join(words))
    if ago is not None:
        return today - datetime.timedelta(days=ago)
    numbers = [word for word in words if word.isdecimal()]
    months = [_MONTH[word] for word in words if word in _MONTH]
    if len(months) == 1 and len(numbers) in (1, 2):
        return _on(int(numbers[0]), months[0], numbers[1:], today)
    if months or len(numbers) not in (2, 3):
        return None
    if len(numbers[0]) == 4 and len(numbers) == 3:
        return _on(int(numbers[2]), int(numbers[1]), numbers[:1], today)
    return _on(int(numbers[0]), int(numbers[1]), numbers[2:], today)


def _on(day: int, month: int, years: list[str], today: datetime.date) -> datetime.date | None:
    try:
        if years:
            year = int(years[0])
            return datetime.date(year + 2000 if year < 100 else year, month, day)
        found = datetime.date(today.year, month, day)
        return found if found <= today else found.replace(year=today.year - 1)
    except ValueError:
        return None
