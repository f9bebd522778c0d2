"""Whether whoever asks may know of a child: the first step of any change to her.

It is the question `child(id:)` itself, asked inside the change's own transaction: whom a role's
rules, scopes and seals keep from a question, they keep from a change in the same words.
"""

from graph.projection import project
from graph.selection import Asked, Wanted
from graph.shapes.admission import Admission
from graph.writes.steps import Step


def reaching(asked: Asked, child: str) -> Step:
    """A statement for the first step, whose rows `graph.writes.reaching.reached` reads."""
    return _asking(asked, "child", child)


def reaching_address(asked: Asked, address: str) -> Step:
    """The same of an address, by the question `address(id:)`."""
    return _asking(asked, "address", address)


def _asking(asked: Asked, root: str, of: str) -> Step:
    viewer = asked.viewer
    admission = Admission(viewer.gate.scope, bool(viewer.withheld), viewer.gate.sees_sealed)
    wanted = Wanted(root, {root.capitalize(): (Wanted("id"),)}, given=frozenset({"id"}))
    statement = project(root, wanted, admission)
    return statement.text, statement.parameters([{"id": of}], asked)
