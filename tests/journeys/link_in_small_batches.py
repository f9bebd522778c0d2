"""`link` as a process of its own, to be killed: `python -m … HOME`, the server from the environment.

Batches of a few rows and a pause after each, so that there are many moments to die in.
"""

import sys
import time
from pathlib import Path
from typing import Any
from unittest.mock import patch

from graph.settings import Settings
from graph.writes.runs import apply_batch
from linkage import job
from tests.linkage.a_linker import link_plainly

ROWS = 5
PAUSE = 0.02  # seconds


def _unhurried(*batch: Any) -> bool:
    applied = apply_batch(*batch)
    time.sleep(PAUSE)
    return applied


if __name__ == "__main__":
    with (
        patch("linkage.publishing.plan.BATCH_ROWS", ROWS),
        patch("linkage.publishing.apply.apply_batch", _unhurried),
        patch("linkage.job.link_records", link_plainly),
    ):
        job.link(Settings(home=Path(sys.argv[1])))
