"""One Cypher statement that answers a root field, and the parameters it takes from whoever asks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, LiteralString

from graph.selection import Asked
from graph.shapes import Argument
from graph.shapes.evidence import CLASS_OF_TABLE
from graph.sharing import Viewer
from graph.vocabulary.evidence import SharingClass
from graph.vocabulary.viewers import ScopeKind

# What whoever asks may feed of a statement.
OF_VIEWER = ("withheld", "withheldTables", "scopes", "scopeKind", "viewer")


@dataclass(frozen=True, slots=True)
class Statement:
    """Cypher that answers one root field, and which argument of which call each parameter is.

    `several` is what to say when it finds more than one thing where one was asked for; `unasked`
    are parameters that no call's argument feeds, and `of_viewer` names those that whoever asks
    does. A `scoped` one asks which moment it is.
    """

    text: LiteralString
    arguments: tuple[tuple[str, int, Argument], ...]
    several: str = ""
    unasked: Mapping[str, Any] = field(default_factory=dict)
    of_viewer: tuple[str, ...] = ()
    scoped: bool = False

    def parameters(self, calls: Sequence[Mapping[str, Any]], asked: Asked) -> dict[str, Any]:
        """Parameters from the coerced arguments of every call, in order of `Wanted.call`.

        Raises:
            UnanswerableError: an argument's value cannot be used; the sentence says why.
        """
        viewer = asked.viewer
        theirs = _rules_of(viewer.withheld, viewer.scopes, viewer.gate.scope, viewer.name)
        parameters = {**self.unasked, **{name: theirs[name] for name in self.of_viewer}}
        if self.scoped:
            parameters["now"] = asked.now
        for parameter, call, argument in self.arguments:
            parameters[parameter] = argument.read(calls[call].get(argument.name), asked)
        return parameters


def withheld_tables(viewer: Viewer) -> list[str]:
    """The tables of whose records the viewer may see nothing."""
    return [table for table, kind in CLASS_OF_TABLE.items() if kind in viewer.withheld]


@lru_cache(maxsize=4096)
def _rules_of(
    withheld: frozenset[SharingClass], scopes: frozenset[str], kind: ScopeKind, name: str
) -> Mapping[str, Any]:
    """A viewer's rules as parameters, worked out once."""
    viewer = Viewer(name, withheld, scopes=scopes)
    return {
        "withheld": sorted(withheld),
        "withheldTables": withheld_tables(viewer),
        "scopes": sorted(scopes),
        "scopeKind": kind,
        "viewer": name,
    }
