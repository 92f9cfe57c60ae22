"""Work done apart: in processes that a file or a long report may bring down without harm to any chat."""

from __future__ import annotations

import multiprocessing
from typing import Final

# Forked from a small process that has read this code already: no photo waits until Python has started.
PROCESSES: Final = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["bot.sniff", "bot.services.report_paper"])
