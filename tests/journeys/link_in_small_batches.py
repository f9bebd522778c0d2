"""`link` as a process of its own, to be killed: `python -m … HOME`, the server from the environment.

Batches of a few rows and a pause after each, so that there are many moments to die in.
"""

import sys
import time
from pathlib import Path
from typing import Any

from graph.settings import Settings
from graph.writes.runs import apply_batch
from linkage import apply, job, plan
from tests.linkage.a_linker import link_plainly

ROWS = 5
PAUSE = 0.02  # seconds


def _unhurried(*batch: Any) -> bool:
    applied = apply_batch(*batch)
    time.sleep(PAUSE)
    return applied


if __name__ == "__main__":
    plan.BATCH_ROWS = ROWS
    apply.apply_batch = _unhurried
    job.link_records = link_plainly  # type: ignore[assignment]
    job.link(Settings(home=Path(sys.argv[1])))
