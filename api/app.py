"""The served application: the graph's door, opened at the start, and what is asked through it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import date
from functools import partial

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Mount, Route, WebSocketRoute

from api.admission import Admits, as_one
from api.asking import Asking
from api.explorer import page, static_files
from api.http import GraphQLEndpoint
from api.pages import for_pages_of
from api.schema import executable
from api.settings import ApiSettings
from api.warming import warming
from api.websocket.endpoint import SocketEndpoint
from graph.connection import AsyncDoor, Door, async_opened, deadline, located, opened
from graph.errors import SponsorgraphError
from graph.migrate import ensure_current
from graph.reads import read
from graph.settings import Settings
from graph.sharing import SEES_EVERYTHING, Viewer
from graph.writes.steps import take_async

_SECONDS_TO_BE_READY = 5.0
_SHARE_FOR_WRITING = 0.8


def create_app(
    settings: Settings,
    limits: ApiSettings | None = None,
    *,
    viewer: Viewer = SEES_EVERYTHING,
    admits: Admits | None = None,
    clock: Callable[[], date] = date.today,
) -> Starlette:
    """The ASGI application of one installation.

    It opens the graph when it starts, the local Neo4j with it where there is no other, and refuses
    to start (MigrationError) on a graph that does not fit this program. `admits` says who asks over
    a socket, and is asked again while it is open; everybody is `viewer` unless given.
    """

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        with located(settings) as endpoint, opened(endpoint) as door:
            ensure_current(door)
            async with async_opened(endpoint) as async_door:
                app.state.reads = partial(read, async_door)
                # What is left of the time is for reading what a write answers with.
                for_writing = allowed.seconds_to_answer * _SHARE_FOR_WRITING
                app.state.writes = partial(take_async, async_door, seconds=for_writing)
                app.state.doors = door, async_door
                async with warming(asking, app.state.reads):
                    yield

    allowed = limits or ApiSettings()
    asking = Asking(executable(), allowed, viewer, clock)
    explorer = page() if allowed.explorer else None
    return Starlette(
        lifespan=lifespan,
        middleware=for_pages_of(allowed.trusted_origins),
        routes=[
            Route("/graphql", GraphQLEndpoint(asking, allowed, explorer)),
            WebSocketRoute("/graphql", SocketEndpoint(asking, allowed, admits or as_one(viewer))),
            Route("/health", health),
            Route("/ready", ready),
            Route("/", to_the_explorer),
            *([Mount("/explorer", static_files())] if explorer else []),
        ],
    )


async def health(_: Request) -> Response:
    """The process is alive."""
    return JSONResponse({"status": "alive"})


async def ready(request: Request) -> Response:
    """The target database answers a query, and its migrations are this program's."""
    doors: tuple[Door, AsyncDoor] = request.app.state.doors
    try:
        async with deadline(_SECONDS_TO_BE_READY):
            await read(doors[1], "RETURN 1", {})
            await asyncio.to_thread(ensure_current, doors[0])
    except SponsorgraphError:
        return JSONResponse({"status": "not ready"}, status_code=503)
    except Exception:  # noqa: BLE001 - whatever it is, this process cannot answer questions now
        return JSONResponse({"status": "not ready"}, status_code=503)
    return JSONResponse({"status": "ready"})


async def to_the_explorer(_: Request) -> Response:
    return RedirectResponse("/graphql")
