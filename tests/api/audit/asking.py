"""Somebody asks, and the audit is a real one in a folder."""

from datetime import date
from functools import partial
from typing import Any

from api.asking import Asking
from api.audit.keeping import Audit
from api.audit.log import Log
from api.audit.reading import AuditReader, Wanted
from api.library import Request
from graph.reads import read
from graph.sharing import viewer_of
from graph.sharing.principal import Principal
from graph.vocabulary.viewers import Purpose, ViewerRole
from graph.writes.steps import take_async
from tests.api.conftest import PATIENT, SCHEMA, TODAY

BASIS = "6 U.S.C. 279(b)"


def somebody(role=ViewerRole.ORR_CASEWORKER, purpose="CASE_MANAGEMENT", name="hhs/8f3c", on=TODAY):
    """Somebody who may ask, as the rules of the day see them."""
    principal = Principal(name, frozenset({role}), "ORR", frozenset({"case/C-1"}))
    case = "C-1" if purpose == Purpose.TRAFFICKING_CASE else None
    return viewer_of(principal, role, purpose, BASIS, case, on)


def an_officer(name="dhs/privacy"):
    return somebody(ViewerRole.PRIVACY_OFFICER, "PRIVACY_AUDIT", name)


class Audited:
    """Asks in somebody's name; `rows` are what the audit has, with their definitions' fields."""

    def __init__(self, door, folder, today: date = TODAY) -> None:
        self.audit = Audit(Log(folder / "audit"))
        self._door = door
        self.asking = Asking(SCHEMA, PATIENT, lambda: today, self.audit)

    async def response(self, viewer, query, /, **variables):
        writes = partial(take_async, self._door, seconds=60)
        request = Request(query, None, variables)
        return await self.asking.answer(request, viewer, partial(read, self._door), writes)

    async def __call__(self, viewer, query, /, **variables) -> Any:
        result = (await self.response(viewer, query, **variables)).result
        assert result.errors is None, result.errors
        return result.data

    @property
    def rows(self) -> list[dict[str, Any]]:
        return rows_of(self.audit.folder)


def rows_of(folder) -> list[dict[str, Any]]:
    """What the audit says of operations and refusals, in the order of its rows."""
    found = AuditReader(folder).find(Wanted(), None, 100_000, 60)
    rows = [dict(row) for row in reversed(found.rows)]
    return [row for row in rows if row["kind"] not in ("SEGMENT", "DEFINITION")]
