"""Audits for tests: one that keeps rows where a test sees them, and one that keeps nothing."""

from pathlib import Path
from typing import Any

import orjson

from api.audit.log import Entry
from api.audit.reading import AuditReader

KEY = b"the tests' own"


class Rows:
    """Keeps rows in memory, each with its definition's fields, until told that it cannot."""

    def __init__(self) -> None:
        self.key = KEY
        self.reader = AuditReader(Path("/nowhere"))
        self.rows: list[dict[str, Any]] = []
        self.fails: Exception | None = None

    async def keep(self, entry: Entry) -> None:
        if self.fails:
            raise self.fails
        defined = orjson.loads(entry.definition.body) if entry.definition else {}
        self.rows.append({**defined, **orjson.loads(entry.body)})


class _Unkept(Rows):
    async def keep(self, entry: Entry) -> None:
        """Whoever measures, or asks about something else, has no use for it."""


UNKEPT = _Unkept()
