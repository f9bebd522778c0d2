"""`sponsorgraph why`: any two records weighed afresh, and why they are linked or not."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.asking import AsJson, ToWhatEnd, at_this_machine
from api.commands.console import answers, print_json
from api.commands.explaining import show_explanation
from graph.errors import UsageError
from graph.settings import Settings
from graph.sharing import Viewer
from graph.vocabulary.people import Role
from graph.vocabulary.viewers import Purpose

if TYPE_CHECKING:
    from linkage.why import Why


def why(
    context: typer.Context,
    left: Annotated[str, typer.Argument(help="One record: its key, such as EARM/earm/17.")],
    right: Annotated[str, typer.Argument(help="The other.")],
    role: Annotated[Role, typer.Option(help="As children, or as sponsors.")] = Role.CHILD,
    svg: Annotated[
        Path | None, typer.Option(help="A file for the picture of the match weight.")
    ] = None,
    as_json: AsJson = False,
    purpose: ToWhatEnd = Purpose.LINKAGE_QA,
) -> None:
    """Weigh two records afresh, whether they were ever compared or not, and say what came of it.

    By the records and the models of the last link, and without the graph. It is audited.
    """
    from linkage.why import why as weigh_afresh  # noqa: PLC0415

    settings: Settings = context.obj
    viewer = at_this_machine(purpose)
    found = weigh_afresh(settings.home, left, right, role)
    asyncio.run(_audit(settings, viewer, found))
    picture = found.explained.waterfall
    if svg:
        if picture is None:
            raise UsageError("There is no picture of these two: they were not weighed.")
        svg.write_text(picture, encoding="utf-8")
    if as_json:
        told = found.explained
        print_json(
            {
                "outcome": told.outcome,
                "why": told.why,
                "sentence": told.sentence,
                "weight": told.weight,
                "prior": told.prior,
                "comparisons": told.comparisons,
                "whatIf": told.what_if,
                "through": told.through,
                "foundBy": found.found_by,
                "nearlyFoundBy": found.nearly,
                "run": found.run,
                "modelVersion": told.model_version,
                "seconds": round(found.seconds, 4),
            }
        )
        return
    show_explanation(found.explained)
    if found.found_by:
        _say(f"found by “{found.found_by}”")
    if found.nearly:
        _say(f"one condition short: {', '.join(f'“{rule}”' for rule in found.nearly)}")
    if found.explained.weighed:
        _say(f"weighed afresh in {found.seconds * 1000:,.0f} ms, as run {found.run} left them")


async def _audit(settings: Settings, viewer: Viewer, found: "Why") -> None:
    """On the disk before anything is told. Raises AuditUnavailableError."""
    from api.audit.rows import of_a_command  # noqa: PLC0415 - not for `why --help`
    from api.audit.settings import audit_of  # noqa: PLC0415

    told = of_a_command("why", ["Query.matchExplanation"], viewer, {*found.identities})
    audit = audit_of(settings)
    try:
        await audit.keep(told)
    finally:
        await audit.close()


def _say(line: str) -> None:
    answers.print(f"  {line}", highlight=False, markup=False)
