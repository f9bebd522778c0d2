"""`expunge` as a process of its own that is killed at one step: `python -m … STEP PERSON`.

Of `AGAIN` in the place of a person it is `link`, which expunges whoever came back with a backup.
"""

import os
import signal
import sys
from pathlib import Path
from typing import Any
from unittest.mock import patch

from graph.settings import Settings
from linkage.forgetting import expunging
from linkage.forgetting.job import expunge_person
from linkage.job import link
from tests.linkage.a_linker import link_plainly

AGAIN = "again"

_EXPUNGING = "linkage.forgetting.expunging."
# Where it dies: before or after which of its steps.
STEPS: dict[str, tuple[str, bool]] = {
    "before the intent": (_EXPUNGING + "commit", True),
    "intent": (_EXPUNGING + "commit", False),
    "files": (_EXPUNGING + "_replace_files", False),
    "tables": (_EXPUNGING + "_replace_tables", False),
    "copy": (_EXPUNGING + "forget_judgements", False),
    "graph": (_EXPUNGING + "erase", False),
    "papers": (_EXPUNGING + "unname", False),
    "link": (_EXPUNGING + "erase_stale", True),
    "stale": (_EXPUNGING + "erase_stale", False),
    "older": (_EXPUNGING + "forget_older", False),
    "ledger": (_EXPUNGING + "enter", False),
}


def dies(step: str) -> Any:
    name, before = STEPS[step]
    real = getattr(expunging, name.removeprefix(_EXPUNGING))

    def dying(*args: Any, **named: Any) -> Any:
        if not before:
            real(*args, **named)
        os.kill(os.getpid(), signal.SIGKILL)

    return patch(name, dying)


def a_file() -> Any:
    """After the first of several files was replaced."""
    return patch.object(Path, "replace", _replaced_and_dead)


def _replaced_and_dead(self: Any, target: Any) -> None:
    os.rename(self, target)  # noqa: PTH104 - the method itself is replaced
    if target.suffix == ".parquet":
        os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    asked = sys.argv[1]
    with (
        patch("linkage.job.link_records", link_plainly),
        a_file() if asked == "a file" else dies(asked),
    ):
        if sys.argv[2] == AGAIN:
            link(Settings())
        else:
            expunge_person(Settings(), sys.argv[2], by="records.officer", why="court order 17-2026")
