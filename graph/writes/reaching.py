"""Whom a change is about, as the asker's own rules found her; see `api.reaching`."""

from collections.abc import Mapping, Sequence
from typing import Any


def reached(rows: Sequence[Mapping[str, Any]]) -> str | None:
    """The id that the child bears by now; None where the asker may not know that she is there."""
    ((things,),) = [row.values() for row in rows]
    return things[0][0] if things else None
