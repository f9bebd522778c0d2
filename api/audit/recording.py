"""Where answering meets the audit: nothing that `Asking` gives out goes round this."""

import os
from collections import Counter
from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import asynccontextmanager, suppress
from time import monotonic
from typing import Any, Protocol

from graphql import GraphQLError, OperationDefinitionNode

from api.admission import Admits, NotAdmittedError, NotDecidedError
from api.audit.keeping import Audit
from api.audit.log import Entry
from api.audit.reading import AuditReader
from api.audit.rows import Operation, of_an_operation, operation_of, plain, who
from api.audit.segments import AuditUnavailableError
from api.library import Request
from api.plan.documents import Document
from api.plan.passage import Passage
from graph.sharing import Viewer

# Strangers are refused by the thousand, if somebody wants to: a row each would let them fill the
# disk. They are counted, and a row in so many seconds says how many and why.
SECONDS_BETWEEN_STRANGERS = 10.0

# A document, one of its operations, and what the viewer's gate makes of that.
AskedOf = tuple[Document, OperationDefinitionNode, Passage]


class Keeps(Protocol):
    """What puts rows where they last."""

    @property
    def key(self) -> bytes:
        """Of the digests that rows keep of what was asked."""
        ...

    @property
    def reader(self) -> AuditReader:
        """What was kept before."""
        ...

    async def keep(self, entry: Entry) -> None:
        """Returns when the row is on the disk. Raises AuditUnavailableError."""
        ...


class Recording:
    """Makes rows of what is answered and refused, and waits until they are kept.

    Every method raises AuditUnavailableError: then nothing may be told.
    """

    def __init__(self, keeps: Keeps) -> None:
        self._keeps = keeps
        self._strangers: Counter[str] = Counter()
        self._told_of_strangers = float("-inf")

    @asynccontextmanager
    async def kept(self, audit: Audit) -> AsyncIterator[None]:
        """A served process's, from a first row that shows that it can be written to a last one."""
        audit.open()
        await audit.keep(plain("STARTED", process=os.getpid()))
        await audit.expect_many()
        try:
            yield
        finally:
            with suppress(AuditUnavailableError):
                await self.tell_of_strangers()
                await audit.keep(plain("STOPPED", process=os.getpid()))
            await audit.close()

    async def begun(self, viewer: Viewer, request: Request, of: AskedOf) -> None:
        """Somebody is about to change something, or to listen."""
        await self._keep("BEGUN", viewer, request, of)

    async def answered(
        self,
        viewer: Viewer,
        request: Request,
        of: AskedOf,
        seen: Collection[str],
        errors: list[GraphQLError] | None,
        statements: int,
        rows_read: Collection[int] = (),
    ) -> None:
        """An operation was executed: these are in its answer, and that went wrong.

        `rows_read` are rows of the audit itself.
        """
        await self._keep(
            "FAILED" if errors else "ANSWERED",
            viewer,
            request,
            of,
            seen,
            errors=_codes(errors),
            statements=statements,
            rows=[min(rows_read), max(rows_read)] if rows_read else None,
        )

    async def told(
        self, viewer: Viewer, request: Request, of: AskedOf, seen: Collection[str], events: int
    ) -> None:
        """Somebody who listens is about to be told a page of events."""
        await self._keep("TOLD", viewer, request, of, seen, events=events)

    async def refused(self, viewer: Viewer, reason: str, fields: Collection[str] = ()) -> None:
        """Somebody was refused; `fields` are those of the schema that are closed to them."""
        more = {"refused": sorted(fields)} if fields else {}
        await self._keeps.keep(plain("REFUSED", **who(viewer), reason=reason, **more))

    async def turned_away(self, reason: str, name: str | None = None) -> None:
        """Somebody may not ask at all: under their name if that was proved, or one of a number."""
        if name is not None:
            await self._keeps.keep(plain("REFUSED", who=name, reason=reason))
            return
        self._strangers[reason] += 1
        if monotonic() - self._told_of_strangers >= SECONDS_BETWEEN_STRANGERS:
            await self.tell_of_strangers()

    async def tell_of_strangers(self) -> None:
        """Put on the disk how many were turned away since this was last done."""
        if self._strangers:
            counted, self._strangers = self._strangers, Counter()
            self._told_of_strangers = monotonic()
            try:
                await self._keeps.keep(plain("TURNED_AWAY", reasons=dict(counted)))
            except AuditUnavailableError:
                self._strangers += counted
                raise

    def watching(self, admits: Admits) -> Admits:
        """The same, with a row for whoever is turned away."""

        async def admitted(presented: Mapping[str, Any]) -> Viewer:
            try:
                return await admits(presented)
            except NotAdmittedError as refused:
                try:
                    await self.turned_away(refused.reason, refused.who)
                except AuditUnavailableError:
                    raise NotDecidedError(_NOT_NOW, "audit") from None
                raise

        return admitted

    async def _keep(
        self,
        kind: str,
        viewer: Viewer,
        request: Request,
        of: AskedOf,
        seen: Collection[str] = (),
        **more: Any,
    ) -> None:
        operation = _operation(*of, viewer)
        row = of_an_operation(kind, viewer, operation, request, self._keeps.key, seen, **more)
        await self._keeps.keep(row)


_NOT_NOW = "Who asks is recorded, and that fails at the moment: ask again in a moment."


def _operation(
    document: Document, operation: OperationDefinitionNode, passage: Passage, viewer: Viewer
) -> Operation:
    name = operation.name.value if operation.name else None
    key = ("audit", name, viewer.gate)
    found: Operation | None = document.plans.get(key)
    if found is None:
        found = operation_of(document, operation, passage, viewer.gate.name)
        document.plans.put(key, found)
    return found


def _codes(errors: list[GraphQLError] | None) -> list[str]:
    """What went wrong, in the API's own words for it."""
    return sorted({str((error.extensions or {}).get("code", "INVALID")) for error in errors or ()})
