"""/health, /ready and /metrics of a worker, for whoever keeps it going."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime

import uvicorn
from prometheus_client import CollectorRegistry, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.registry import Collector
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from api.audit.keeping import Audit
from api.telemetry.health import Readiness, health
from api.worker.counts import WorkerCounts
from api.worker.working import Working
from graph.connection import AsyncDoor


@asynccontextmanager
async def telling(
    worker: Working, door: AsyncDoor, audit: Audit, host: str, port: int
) -> AsyncIterator[None]:
    """Answer at this port while the block lasts."""
    app = worker_pages(worker, Readiness(door, audit))
    config = uvicorn.Config(
        app, host, port, log_level="warning", access_log=False, server_header=False, lifespan="off"
    )
    server = _Quiet(config)
    serving = asyncio.create_task(server.serve())
    try:
        yield
    finally:
        server.should_exit = True
        await serving


class _Quiet(uvicorn.Server):
    """Leaves signals to the worker, which leaves after what is under way."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """None for itself."""
        yield


def worker_pages(worker: Working, readiness: Readiness) -> Starlette:
    """The three pages."""
    registry = CollectorRegistry()
    registry.register(_Collected(worker.counts))
    ProcessCollector(registry=registry)

    async def ready(request: Request) -> Response:
        if worker.counts.fault is not None:
            told = {"status": "not ready", "why": f"the last round failed: {worker.counts.fault}"}
            return JSONResponse(told, status_code=503)
        return await readiness.answer(request)

    async def metrics(_: Request) -> Response:
        return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)

    routes = {"/health": health, "/ready": ready, "/metrics": metrics}
    return Starlette(routes=[Route(path, page) for path, page in routes.items()])


class _Collected(Collector):
    def __init__(self, counts: WorkerCounts) -> None:
        self._counts = counts

    def collect(self) -> Iterator[Metric]:
        counts = self._counts
        attempts = CounterMetricFamily(
            "sponsorgraph_notice_attempts", "Notices handed over.", labels=("outcome",)
        )
        for outcome, many in counts.attempts.items():
            attempts.add_metric((str(outcome),), many)
        yield attempts
        for name, text, value in (
            ("follow_ups_opened", "Follow-ups opened.", counts.follow_ups),
            ("notices_raised", "Notices raised with them.", counts.notices),
            ("notices_given_up", "Notices given up.", counts.given_up),
            ("notices_escalated", "Notices that nobody answered for in time.", counts.escalated),
            ("worker_rounds", "Rounds of this worker.", counts.rounds),
            ("worker_faults", "Rounds that failed.", counts.faults),
        ):
            yield CounterMetricFamily(f"sponsorgraph_{name}", text, value=value)
        yield from _backlog(counts)


def _backlog(counts: WorkerCounts) -> Iterator[Metric]:
    standing = GaugeMetricFamily(
        "sponsorgraph_notices", "Notices of all workers, by where they stand.", labels=("state",)
    )
    for state, many in counts.backlog.counts.items():
        standing.add_metric((state,), many)
    yield standing
    since = counts.backlog.waiting_since
    waited = 0.0 if since is None else (datetime.now(UTC) - since).total_seconds()
    text = "How long the oldest notice waits that nobody took."
    yield GaugeMetricFamily("sponsorgraph_notice_oldest_seconds", text, value=waited)
