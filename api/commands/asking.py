"""Asking from the command line what clients ask over GraphQL, without a server between."""

import asyncio
import getpass
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack, ExitStack, contextmanager
from datetime import date
from functools import partial
from typing import Annotated, Any

import typer

from api.commands.console import progress_shown
from graph.connection import async_opened, located, opened
from graph.errors import UsageError
from graph.migrate import ensure_current
from graph.reads import read
from graph.settings import Settings
from graph.sharing import Viewer
from graph.vocabulary.viewers import Purpose
from graph.writes.steps import take_async

# What a question comes to; an error that it has is raised as a sentence.
Ask = Callable[..., dict[str, Any]]
_SECONDS = 60.0  # a person waits longer than a page does: the first question is planned, too

AsJson = Annotated[bool, typer.Option("--json", help="Print the answer as JSON.")]
Actor = Annotated[
    str | None, typer.Option("--as", help="In whose name; yours on this machine unless given.")
]
ToWhatEnd = Annotated[
    Purpose | None,
    typer.Option("--purpose", envvar="SPONSORGRAPH_PURPOSE", help="To what end: it is audited."),
]


@contextmanager
def asking(settings: Settings, purpose: Purpose | None, actor: str | None = None) -> Iterator[Ask]:
    """Questions and mutations in somebody's name and to an end, while the block lasts.

    Whoever runs a command holds the keys of the database: no rule keeps anything from them, but
    the audit says what they asked and why.

    Raises:
        UsageError: there is no purpose, or an answer has an error.
    """
    from api.asking import Asking  # noqa: PLC0415 - other commands need no schema
    from api.audit.settings import audit_of  # noqa: PLC0415
    from api.library import Request  # noqa: PLC0415 - other commands need no schema
    from api.schema import executable  # noqa: PLC0415
    from api.settings import ApiSettings  # noqa: PLC0415

    viewer = at_this_machine(purpose, actor)
    limits = ApiSettings(seconds_to_answer=_SECONDS, seconds_to_count=_SECONDS)
    audit = audit_of(settings)
    answering = Asking(executable(), limits, date.today, audit)
    with ExitStack() as running, asyncio.Runner() as runner:
        with progress_shown() as progress:
            endpoint = running.enter_context(located(settings, progress))
        with opened(endpoint) as checked:
            ensure_current(checked)
        doors = AsyncExitStack()
        door = runner.run(doors.enter_async_context(async_opened(endpoint)))
        reads, writes = partial(read, door), partial(take_async, door, seconds=_SECONDS / 2)

        def ask(question: str, **variables: Any) -> dict[str, Any]:
            request = Request(question, None, variables)
            result = runner.run(answering.answer(request, viewer, reads, writes)).result
            if result.errors or result.data is None:
                raise UsageError(result.errors[0].message if result.errors else "No answer.")
            return result.data

        try:
            yield ask
        finally:
            runner.run(doors.aclose())
            runner.run(audit.close())


def at_this_machine(purpose: Purpose | None, actor: str | None = None) -> Viewer:
    """Whoever is at this machine; a judgement may be somebody else's word, whom `--as` names.

    Raises:
        UsageError: there is no purpose.
    """
    if purpose is None:
        raise UsageError(
            f"Say to what end you ask, by --purpose or SPONSORGRAPH_PURPOSE: {', '.join(Purpose)}."
        )
    user = getpass.getuser()
    return Viewer(actor or user, purpose=purpose, basis=f"at the command line, as {user}")
