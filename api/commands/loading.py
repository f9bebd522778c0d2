"""Commands whose modules are loaded when they are asked for: nobody waits for those of others."""

from collections import UserDict
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any, ClassVar, Final

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_group

MARKUP: Final = "markdown"

Command = TyperCommand | TyperGroup
# What a panel of `--help` lists: `module:attribute`, a function or a Typer named `…_app`.
Panels = Mapping[str, Sequence[str]]


class _Commands(UserDict[str, Any]):
    """By name; one that nobody asked for yet is the panel and place it is to come from."""

    def __getitem__(self, name: str) -> Command:
        found = super().__getitem__(name)
        if isinstance(found, tuple):
            found = self[name] = _loaded(name, *found)
        command: Command = found
        return command


class AsAsked(TyperGroup):
    """A group that knows its commands' names, and each command from when it is asked for."""

    panels: ClassVar[Panels]

    def __init__(self, **named: Any) -> None:
        super().__init__(**named)
        self.commands = _Commands(
            {
                place.partition(":")[2].removesuffix("_app"): (panel, place)
                for panel, places in self.panels.items()
                for place in places
            }
        )

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - as every group has it
        """Their names; the group's own way would load them all."""
        return list(self.commands)


def _loaded(name: str, panel: str, place: str) -> Command:
    module, _, attribute = place.partition(":")
    what = getattr(import_module(module), attribute)
    alone = typer.Typer(rich_markup_mode=MARKUP)
    if isinstance(what, typer.Typer):
        alone.add_typer(what, name=name, rich_help_panel=panel)
    else:
        alone.command(name, rich_help_panel=panel)(what)
    command = get_group(alone).commands[name]
    assert isinstance(command, TyperCommand | TyperGroup)
    return command
