"""`sponsorgraph work`: the worker; `sponsorgraph notices`: what it could not deliver."""

import asyncio
import getpass
import signal
import threading
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import Future
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager, contextmanager, suppress
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.table import Table as Grid

from api.commands.console import answers, notes, print_json, progress_shown
from graph.connection import AsyncDoor, Door, Endpoint, async_opened, connected, located, opened
from graph.errors import UsageError
from graph.migrate import ensure_current
from graph.settings import Settings

if TYPE_CHECKING:
    from api.audit.keeping import Audit
    from api.worker.book import AddressBook
    from api.worker.settings import WorkerSettings
    from api.worker.working import Working

_LOOPBACK = "127.0.0.1"
_MOST_SHOWN = 100
_SECONDS_TO_LEAVE = 60
_NOBODY_KNOWN = (
    "No SPONSORGRAPH_WORKER_ADDRESS_BOOK: follow-ups are opened, and notices wait"
    " (api/worker/NOTICES.md)."
)
Listening = tuple[str, int] | None


def work(
    context: typer.Context,
    once: Annotated[bool, typer.Option("--once", help="Do what is due now, and leave.")] = False,
    port: Annotated[
        int | None,
        typer.Option(help="Answer /health, /ready and /metrics at this port.", min=1, max=65_535),
    ] = None,
    host: Annotated[str, typer.Option(help="The interface for that.")] = _LOOPBACK,
) -> None:
    """Open follow-ups as runs are published, send notices and escalate, until interrupted.

    Any number of workers may run, beside any number of servers: they take turns. Whom the notices
    go to is in the file that SPONSORGRAPH_WORKER_ADDRESS_BOOK names.
    """
    from api.worker.settings import worker_settings  # noqa: PLC0415 - others need no mail

    settings: Settings = context.obj
    allowed = worker_settings()
    book = _address_book(allowed)
    if book is None:
        notes.print(_NOBODY_KNOWN)
    with ExitStack() as running:
        with progress_shown() as progress:
            endpoint = running.enter_context(located(settings, progress))
        with opened(endpoint) as checked:
            ensure_current(checked)
        listening = None if port is None else (host, port)
        asyncio.run(_work(settings, endpoint, allowed, book, listening, once=once))


def _address_book(allowed: "WorkerSettings") -> "AddressBook | None":
    from api.worker.book import load  # noqa: PLC0415

    return None if allowed.address_book is None else load(allowed.address_book)


async def _work(
    settings: Settings,
    endpoint: Endpoint,
    allowed: "WorkerSettings",
    book: "AddressBook | None",
    listening: Listening,
    *,
    once: bool,
) -> None:
    from api.worker.telling import telling  # noqa: PLC0415

    async with AsyncExitStack() as open_:
        ready = await open_.enter_async_context(_ready(settings, endpoint, allowed, book))
        worker, door, audit = ready
        if once:
            await worker.round()
            return
        _stopped_by_signals(worker)
        if listening:
            await open_.enter_async_context(telling(worker, door, audit, *listening))
        await worker.work()


@asynccontextmanager
async def _ready(
    settings: Settings,
    endpoint: Endpoint,
    allowed: "WorkerSettings",
    book: "AddressBook | None",
) -> "AsyncIterator[tuple[Working, AsyncDoor, Audit]]":
    """A worker that has begun its rows in the audit, which ends with the block."""
    from api.audit.settings import audit_of  # noqa: PLC0415
    from api.worker.working import Working  # noqa: PLC0415
    from graph.following.targets import targets  # noqa: PLC0415

    audit = audit_of(settings)
    async with AsyncExitStack() as open_:
        open_.push_async_callback(audit.close)
        door = await open_.enter_async_context(async_opened(endpoint))
        local = targets(settings.follow_up_targets)
        worker = Working(door, audit, allowed, book, targets=local)
        await open_.enter_async_context(worker.recorded())
        yield worker, door, audit


@contextmanager
def worker_beside(settings: Settings, endpoint: Endpoint) -> Iterator[None]:
    """A worker in a thread of this process, while the block lasts: a demo's."""
    from api.worker.settings import worker_settings  # noqa: PLC0415

    allowed = worker_settings()
    book = _address_book(allowed)
    begun = Future["tuple[asyncio.AbstractEventLoop, Working]"]()

    async def work() -> None:
        async with _ready(settings, endpoint, allowed, book) as (worker, _, _):
            begun.set_result((asyncio.get_running_loop(), worker))
            await worker.work()

    thread = threading.Thread(target=lambda: asyncio.run(work()), name="worker", daemon=True)
    thread.start()
    try:
        yield
    finally:
        if begun.done():
            loop, worker = begun.result()
            with suppress(RuntimeError):  # it has ended by itself
                loop.call_soon_threadsafe(worker.stop)
            thread.join(_SECONDS_TO_LEAVE)


def _stopped_by_signals(worker: "Working") -> None:
    loop = asyncio.get_running_loop()
    for one in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(one, worker.stop)


def notices(
    context: typer.Context,
    again: Annotated[
        list[str] | None,
        typer.Option("--again", help="Send this one again that was given up, by its reference."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print it as JSON.")] = False,
) -> None:
    """Show how many notices stand where, and which were given up; send those again."""
    from graph.outbox import backlog_of, given_up  # noqa: PLC0415

    settings: Settings = context.obj
    with ExitStack() as running:
        with progress_shown() as progress:
            door = running.enter_context(connected(settings, progress))
        ensure_current(door)
        if again:
            _send_again(settings, door, again)
        with door.reading() as session:
            counted, dead = backlog_of(session), given_up(session, _MOST_SHOWN)
    if as_json:
        print_json({"counts": counted.counts, "givenUp": dead})
        return
    for state, many in counted.counts.items():
        answers.print(f"{state.lower()}: {many:,}", highlight=False)
    if dead:
        answers.print(_listed(dead))


def _send_again(settings: Settings, door: Door, references: list[str]) -> None:
    from api.audit.log import Log  # noqa: PLC0415
    from api.audit.rows import plain  # noqa: PLC0415
    from api.audit.settings import audit_settings  # noqa: PLC0415
    from graph.writes.delivering import again  # noqa: PLC0415
    from graph.writes.steps import take  # noqa: PLC0415

    by, now = getpass.getuser(), datetime.now(UTC)
    log = Log(audit_settings().folder_of(settings.home))
    log.append([plain("SEND_AGAIN", who=by, many=len(references))])
    log.close()
    with door.writing() as session:
        unknown = [one for one in references if not take(session, partial(again, one, by, now))]
    if unknown:
        raise UsageError(
            f"{len(unknown)} of these were not given up: take references from"
            " `sponsorgraph notices`."
        )


def _listed(dead: list[dict[str, Any]]) -> Grid:
    columns = ("reference", "kind", "recipient", "attempts", "diedAt", "outcome", "code")
    grid = Grid(*columns, box=None)
    for one in dead:
        grid.add_row(*("" if one[name] is None else str(one[name]) for name in columns))
    return grid
