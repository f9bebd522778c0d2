"""`sponsorgraph models`: which versions there are, what another would change, and the switch."""

from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.table import Table as Grid
from rich.text import Text

from api.commands.asking import AsJson
from api.commands.console import answers, print_json, progress_shown
from graph.connection import connected
from graph.judgements import standing_judgements
from graph.settings import Settings

if TYPE_CHECKING:
    from linkage.model.versions import InUse
    from linkage.models_apart import Difference

models_app = typer.Typer(
    help="The linkage models: **diff** says what another version would change, **switch** uses it.",
    rich_markup_mode="markdown",
)
Version = Annotated[str, typer.Argument(help="A version, as `models` lists them.")]
LinkAtOnce = Annotated[bool, typer.Option("--link", help="Link with them at once.")]
_ROLES = ("child", "sponsor", "address")


@models_app.callback(invoke_without_command=True)
def models(context: typer.Context, as_json: AsJson = False) -> None:
    """List the versions of the models, which is in use, and how well each did."""
    if context.invoked_subcommand:
        return
    from linkage.model.versions import folders, in_use, read_card  # noqa: PLC0415

    settings: Settings = context.obj
    place = settings.home / "models"
    now = in_use(place)
    cards = {version: read_card(folder) for version, folder in folders(place).items()}
    if as_json:
        listed = [
            card | {"version": version, "in_use": version == now.version}
            for version, card in cards.items()
        ]
        print_json({"in_use": now.version, "before": list(now.before), "models": listed})
        return
    grid = Grid("", "version", "noise", "hidden", *(f"{role} F1" for role in _ROLES), box=None)
    for version, card in cards.items():
        measured = card.get("measured") or [{}]
        for nth, world in enumerate(measured):
            mark = "in use" if version == now.version and not nth else ""
            grid.add_row(*map(Text, (mark, "" if nth else version, *_figures(world))))
    answers.print(grid)
    for version, card in cards.items():
        answers.print(f"{version}: {card.get('trained_on', '')}", highlight=False, markup=False)
    if now.before:
        answers.print(f"In use before: {', '.join(now.before)}.", highlight=False, markup=False)


@models_app.command()
def diff(
    context: typer.Context,
    one: Annotated[str, typer.Argument(metavar="A", help="A version.")],
    another: Annotated[str, typer.Argument(metavar="B", help="Another version.")],
    first: Annotated[int, typer.Option(help="How many changes to print.", min=0)] = 10,
    as_json: AsJson = False,
) -> None:
    """Say which identities would be others if B linked instead of A, and publish nothing.

    And which children reported failed to appear would be: their follow-ups are at stake.
    """
    from linkage.model.versions import folder_of  # noqa: PLC0415
    from linkage.models_apart import difference  # noqa: PLC0415
    from linkage.publishing.runs import latest_linked  # noqa: PLC0415

    settings: Settings = context.obj
    for version in (one, another):
        folder_of(settings.home / "models", version)
    latest_linked(settings.home)
    with progress_shown() as progress:
        with connected(settings, progress) as door, door.reading() as session:
            judgements = standing_judgements(session)
        found = difference(settings.home, one, another, judgements, progress)
    if as_json:
        print_json(found)
    else:
        _show(found, first)


@models_app.command()
def switch(context: typer.Context, version: Version, link: LinkAtOnce = False) -> None:
    """Link with this version from the next link on. `undo` goes back.

    Ids stay: where identities change, the old id leads to whoever bears it.
    """
    from linkage.model.frozen import load_models  # noqa: PLC0415
    from linkage.model.versions import use  # noqa: PLC0415

    settings: Settings = context.obj
    load_models(settings.home / "models", version)
    _say_used(context, use(settings.home / "models", version), link=link)


@models_app.command()
def undo(context: typer.Context, link: LinkAtOnce = False) -> None:
    """Go back to the version that was in use before the last switch."""
    from linkage.model.versions import undo as undo_switch  # noqa: PLC0415

    settings: Settings = context.obj
    _say_used(context, undo_switch(settings.home / "models"), link=link)


def _say_used(context: typer.Context, now: "InUse", *, link: bool) -> None:
    when = "are in use" if link else "are in use from the next `sponsorgraph link` on"
    answers.print(f"Models {now.version} {when}.", highlight=False, markup=False)
    if link:
        from api.commands.linking import link as link_now  # noqa: PLC0415

        link_now(context)


def _figures(world: dict[str, Any]) -> tuple[str, ...]:
    """Of one world of a card: how badly written, how many numbers hidden, how right the links."""
    said = [f"{world[name]:g}" if name in world else "" for name in ("noise", "hidden")]
    found = [(world.get(role) or {}).get("f1") for role in _ROLES]
    return (*said, *("" if f1 is None else f"{f1:.4f}" for f1 in found))


def _show(found: "Difference", first: int) -> None:
    for role, (before, after) in found.identities.items():
        kinds = [str(change.kind) for change in found.changes if change.role == role]
        told = ", ".join(f"{kinds.count(kind)} {kind.lower()}" for kind in sorted(set(kinds)))
        _say(
            f"{role}: {before:,} identities by {found.one}, {after:,} by {found.another};"
            f" {told or 'nobody changes'}."
        )
    records = sum(len(change.moves) for change in found.changes)
    _say(f"{records:,} records would bear another id.")
    _say(f"Children reported failed to appear who would change: {len(found.follow_ups):,}.")
    for change in found.changes[:first]:
        _say(f"{change.kind} {', '.join(change.before)} → {', '.join(change.after)}")
        for record, _, would_be in change.moves[:first]:
            _say(f"    {record} → {would_be}")
        if len(change.moves) > first:
            _say(f"    and {len(change.moves) - first:,} more")
    if len(found.changes) > first:
        _say(f"and {len(found.changes) - first:,} more changes: `--first` or `--json`")
    for each in found.follow_ups[:first]:
        _say(f"failed to appear: {each.child}, whose records go to {', '.join(each.after)}")


def _say(line: str) -> None:
    answers.print(line, highlight=False, markup=False)
