"""Letters with the accents of our languages: the font that Pillow brings has none."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import reportlab

_FONTS: Final = Path(reportlab.__file__).parent / "fonts"
PLAIN: Final = _FONTS / "Vera.ttf"
BOLD: Final = _FONTS / "VeraBd.ttf"
