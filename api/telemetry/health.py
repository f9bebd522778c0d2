"""/health and /ready, for whoever starts, restarts and sends requests to this process."""

import asyncio
from dataclasses import dataclass, field
from time import monotonic

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from api.audit.keeping import Audit
from api.audit.rows import plain
from api.audit.segments import AuditUnavailableError
from graph.connection import AsyncDoor, deadline
from graph.errors import SponsorgraphError
from graph.migrate import ensure_current_async

_SECONDS_TO_BE_READY = 5.0


async def health(_: Request) -> Response:
    """The process is alive: its event loop answers."""
    return JSONResponse({"status": "alive"})


@dataclass(slots=True)
class Readiness:
    """Whether this process can answer questions now, and means to.

    The target database answers a query (after a full disk the driver's own check of connectivity
    still passes), its migrations are this program's, the audit can be written, and nobody has told
    the process to stop.
    """

    door: AsyncDoor | None = None
    audit: Audit | None = None
    leaving: bool = False
    _looking: asyncio.Lock = field(default_factory=asyncio.Lock)
    _looked_at: float = float("-inf")
    _fault: str | None = None

    async def answer(self, _: Request) -> Response:
        fault = "shutting down" if self.leaving else await self._fault_now()
        if fault is None:
            return JSONResponse({"status": "ready"})
        return JSONResponse({"status": "not ready", "why": fault}, status_code=503)

    def leave(self) -> None:
        """From now on it is not ready: it was told to stop."""
        self.leaving = True

    async def _fault_now(self) -> str | None:
        asked_at = monotonic()
        async with self._looking:
            # However many ask at once, one look answers all who were waiting when it began.
            if self._looked_at < asked_at:
                self._looked_at = monotonic()
                self._fault = await self._look()
            return self._fault

    async def _look(self) -> str | None:
        if self.door is None:
            return "starting"
        try:
            async with deadline(_SECONDS_TO_BE_READY):
                await ensure_current_async(self.door)
        except SponsorgraphError as fault:
            return type(fault).__name__.removesuffix("Error")
        except Exception:  # noqa: BLE001 - whatever it is, this process cannot answer questions now
            return "the database does not answer a query"
        return await self._audit_fault()

    async def _audit_fault(self) -> str | None:
        """Whether what is answered can be recorded: without that, nothing is answered."""
        if self.audit is None or self.audit.fault is None:
            return None
        try:
            # Nobody asks a process that is not ready, so whether it can be written is tried here.
            await self.audit.keep(plain("TRIED"))
        except AuditUnavailableError:
            return "the audit cannot be written"
        return None
