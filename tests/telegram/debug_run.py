"""`python -m bot run`, with everything logged that any library would log."""

from __future__ import annotations

import logging
import sys

from bot.__main__ import main

if __name__ == "__main__":
    # Whoever asks for more logs asks for all of them; the product's own set-up comes after this.
    logging.basicConfig(level=logging.DEBUG, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("sqlalchemy.engine").setLevel(logging.DEBUG)
    sys.exit(main(["run"]))
