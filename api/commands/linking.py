"""`sponsorgraph link`, `evaluate` and `train`: who is who, how well, and with what model."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table as Grid

from api.commands.console import answers, print_json, progress_shown
from graph.settings import Settings

if TYPE_CHECKING:
    from linkage.evaluate import Evaluation
    from linkage.job import LinkReport
    from linkage.measures import Agreement

LEARNT_FROM = [101, 102]
AsJson = Annotated[bool, typer.Option("--json", help="Print the report as JSON.")]


def link(
    context: typer.Context,
    export: Annotated[
        Path | None,
        typer.Option(help="A folder for identities.csv and pairs.csv, to measure or to keep."),
    ] = None,
    anew: Annotated[
        bool, typer.Option("--anew", help="Link everything again; it comes to the same.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Decide who is who in all that was ingested, and bring the graph up to it.

    Only what new records and judgements reach is linked again; new models link everything. The
    graph changes all at once or not at all. A link that was killed is carried on by the next.
    Linking again with nothing new leaves the graph as it is.
    """
    from linkage.job import link as link_all  # noqa: PLC0415 - the server never loads Splink

    settings: Settings = context.obj
    with progress_shown() as progress:
        report = link_all(settings, export, progress, anew=anew)
    if report.expunged or report.expunged_again:
        from api.commands.forgetting import ledger_into_the_audit  # noqa: PLC0415 - hardly ever

        ledger_into_the_audit(settings)
    if as_json:
        print_json(report)
    else:
        show_link(report)


def show_link(report: "LinkReport") -> None:
    """Say in a few lines what a link did."""
    if report.resumed:
        answers.print(f"Run {report.resumed}, which was interrupted, is finished.")
    if report.expunged:
        answers.print(f"An interrupted expungement is finished: {report.expunged} records.")
    if report.expunged_again:
        answers.print(
            f"{report.expunged_again} records that had been expunged were in the store again, which"
            " is older than the ledger: they are expunged again."
        )
    if report.run is None:
        else_ = "else " if report.expunged or report.expunged_again else ""
        answers.print(f"Nothing {else_}has changed: run {report.published} stands.")
        return
    grid = Grid("", "new", "ended", box=None)
    for column in grid.columns[1:]:
        column.justify = "right"
    for kind in dict.fromkeys([*report.created, *report.closed]):
        new, ended = report.created.get(kind, 0), report.closed.get(kind, 0)
        grid.add_row(kind.replace("_", " "), f"{new:,}", f"{ended:,}" if ended else "")
    answers.print(f"Run {report.run} is published.", grid, sep="\n")
    linkage = report.linkage
    everything = f"everything ({linkage['because']})" if linkage["anew"] else "what is new"
    events = ", ".join(f"{n:,} {kind.lower()}" for kind, n in linkage["events"].items())
    told = [f"{linkage['changed']:,} records changed; linked {everything}"]
    told += [f"identities: {events}"] if events else []
    told += [f"{linkage['conflicts']:,} conflicts of judgements"] if linkage["conflicts"] else []
    answers.print("; ".join(told), highlight=False)
    for reason, records in report.unlinked.items():
        answers.print(f"{records:,} × {reason}", highlight=False)
    seconds = ", ".join(f"{stage} {spent:g} s" for stage, spent in report.seconds.items())
    answers.print(f"{seconds}; {report.peak_rss_mb:,} MB at most", highlight=False)


def evaluate(
    context: typer.Context,
    truth: Annotated[
        Path, typer.Argument(help="The folder with truth.csv, or the file.", exists=True)
    ],
    as_json: AsJson = False,
) -> None:
    """Measure the last link against a known truth: precision, recall and F1.

    Pairwise and B-cubed, for children, sponsors and addresses, by pair of tables and by group, and
    the identities that hold two siblings.
    """
    from linkage.evaluate import evaluate_run  # noqa: PLC0415
    from linkage.publishing.runs import latest_linked  # noqa: PLC0415

    settings: Settings = context.obj
    measured = evaluate_run(latest_linked(settings.home), truth)
    if as_json:
        print_json(measured)
    else:
        _show_evaluation(measured)


def _show_evaluation(measured: "Evaluation") -> None:
    grid = Grid("", "precision", "recall", "F1", "B³ F1", box=None)
    roles = {"children": measured.children, "sponsors": measured.sponsors}
    if measured.addresses:
        roles["addresses"] = measured.addresses
    for name, role in roles.items():
        grid.add_row(name, *_figures(role.pairwise), f"{role.b_cubed.f1:.4f}", style="bold")
        for part, agreement in {**role.by_table_pair, **role.by_group}.items():
            grid.add_row(f"  {part}", *_figures(agreement), "")
    answers.print(grid)
    if measured.siblings_joined is not None:
        answers.print(f"Identities that hold two siblings: {measured.siblings_joined}")


def _figures(agreement: "Agreement") -> tuple[str, str, str]:
    return f"{agreement.precision:.4f}", f"{agreement.recall:.4f}", f"{agreement.f1:.4f}"


def train(
    context: typer.Context,
    version: Annotated[str, typer.Argument(help="The new models' name, such as 2026-12.")],
    children: Annotated[int, typer.Option(help="How large each world to learn from is.")] = 4_488,
    seeds: Annotated[
        list[int] | None, typer.Option("--seed", help="A world to learn from; repeatable.")
    ] = None,
    into: Annotated[
        Path | None, typer.Option(help="A folder for versions; the home's `models` unless given.")
    ] = None,
) -> None:
    """Make a new version of the models from demo worlds, whose truth is known, with its card.

    A deliberate act: nothing else retrains, no version is overwritten, and nothing links with the
    new one before `models switch`. Its card has figures of worlds with other seeds.
    """
    from linkage.train_on_demo import train_version  # noqa: PLC0415

    settings: Settings = context.obj
    models = into or settings.home / "models"
    with progress_shown() as progress:
        folder = train_version(models, version, children, seeds or LEARNT_FROM, progress)
    answers.print(
        f"Models {version} and their card are in {folder}. They are not in use: see"
        f" `sponsorgraph models diff`, then `sponsorgraph models switch {version}`.",
        highlight=False,
        markup=False,
    )
