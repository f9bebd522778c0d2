"""`sponsorgraph why`: any two records weighed afresh, and why they are linked or not."""

from pathlib import Path
from typing import Annotated

import typer

from api.commands.asking import AsJson
from api.commands.console import answers, print_json
from api.commands.explaining import show_explanation
from graph.errors import UsageError
from graph.settings import Settings
from graph.vocabulary.people import Role


def why(
    context: typer.Context,
    left: Annotated[str, typer.Argument(help="One record: its key, such as EARM/earm/17.")],
    right: Annotated[str, typer.Argument(help="The other.")],
    role: Annotated[Role, typer.Option(help="As children, or as sponsors.")] = Role.CHILD,
    svg: Annotated[
        Path | None, typer.Option(help="A file for the picture of the match weight.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Weigh two records afresh, whether they were ever compared or not, and say what came of it.

    By the records and the models of the last link, and without the graph.
    """
    from linkage.why import why as weigh_afresh  # noqa: PLC0415

    settings: Settings = context.obj
    found = weigh_afresh(settings.home, left, right, role)
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


def _say(line: str) -> None:
    answers.print(f"  {line}", highlight=False, markup=False)
