"""The served application: the graph's door, opened at the start, and what is asked through it."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import date
from functools import partial

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Mount, Route, WebSocketRoute

from api.admission import Admits
from api.asking import Asking
from api.audit.keeping import Audit
from api.audit.settings import audit_of
from api.explorer import page, static_files
from api.headers import Guarded
from api.http import GraphQLEndpoint
from api.identity.demo import DemoIssuer
from api.identity.signing_in import routes as signing_in
from api.names import only_called
from api.pages import for_pages_of
from api.schema import executable
from api.settings import ApiSettings
from api.telemetry.health import Readiness, health
from api.telemetry.metrics import Metrics
from api.telemetry.tracing import tracing_from_environment
from api.trusted import load
from api.warming import warming
from api.websocket.endpoint import SocketEndpoint
from graph.connection import async_opened, located, opened
from graph.following.targets import targets
from graph.migrate import ensure_current
from graph.reads import read
from graph.settings import Settings
from graph.sharing import Viewer
from graph.writes.steps import take_async

_SHARE_FOR_WRITING = 0.8


def create_app(
    settings: Settings,
    limits: ApiSettings | None = None,
    *,
    admits: Admits,
    clock: Callable[[], date] = date.today,
    warm_for: Sequence[Viewer] = (),
    demo: DemoIssuer | None = None,
    audit: Audit | None = None,
) -> Starlette:
    """The ASGI application of one installation.

    It opens the graph when it starts, the local Neo4j with it where there is no other, and refuses
    to start (MigrationError) on a graph that does not fit this program. `admits` says who asks, for
    every request, and again and again while a socket is open. Plans are made at the start for
    viewers such as those in `warm_for`. `demo` signs in whoever comes, and says so on the page.
    What is told of whom is written to `audit`, the installation's own unless given: where that
    cannot be written it refuses to start (AuditUnavailableError).
    """

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        with located(settings) as endpoint, opened(endpoint) as door:
            ensure_current(door)
            async with async_opened(endpoint) as async_door:
                app.state.reads = partial(read, async_door, seconds=allowed.most_seconds)
                # What is left of the time is for reading what a write answers with.
                for_writing = allowed.seconds_to_answer * _SHARE_FOR_WRITING
                app.state.writes = partial(take_async, async_door, seconds=for_writing)
                readiness.door = async_door
                async with asking.recording.kept(audited), warming(asking, warmed, app.state.reads):
                    yield
        if tracing is not None:
            tracing.close()

    allowed = limits or ApiSettings()
    tracing = tracing_from_environment()
    audited = audit or audit_of(settings)
    asking = Asking(
        executable(), allowed, clock, audited, tracing, targets(settings.follow_up_targets)
    )
    admits = asking.recording.watching(admits)
    warmed = warm_for if allowed.warming else ()
    if allowed.documents is not None:
        asking.library.trust(load(allowed.documents))
    readiness = Readiness(audit=audited)
    # The explorer asks what its user writes: where only trusted documents are answered, nothing.
    explorer = (
        page(demo=demo is not None)
        if allowed.explorer and not allowed.trusted_documents_only
        else None
    )
    app = Guarded(
        lifespan=lifespan,
        middleware=[*only_called(allowed.host_names), *for_pages_of(allowed.trusted_origins)],
        routes=[
            Route("/graphql", GraphQLEndpoint(asking, admits, allowed, explorer, tracing)),
            WebSocketRoute("/graphql", SocketEndpoint(asking, allowed, admits)),
            Route("/health", health),
            Route("/ready", readiness.answer),
            *([Route("/metrics", Metrics(asking).page)] if allowed.metrics else []),
            Route("/", to_the_explorer),
            *([Mount("/explorer", static_files())] if explorer else []),
            *(signing_in(demo) if demo else []),
        ],
    )
    app.state.readiness = readiness
    app.state.counts = asking.counts
    return app


async def to_the_explorer(_: Request) -> Response:
    return RedirectResponse("/graphql")
