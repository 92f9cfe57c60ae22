"""More ways to ask for a flow than its file names: how people type it, per language and region."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.understanding.lexicon.cashback import CASHBACK
from bot.understanding.lexicon.company import COMPANY
from bot.understanding.lexicon.requests import REQUESTS

LEXICON: Final[Mapping[str, str]] = {**REQUESTS, **CASHBACK, **COMPANY}
