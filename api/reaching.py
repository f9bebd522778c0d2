"""Whether whoever asks may know of a child: the first step of any change to her.

It is the question `child(id:)` itself, asked inside the change's own transaction: whom a role's
rules, scopes and seals keep from a question, they keep from a change in the same words.
"""

from graph.projection import project
from graph.selection import Asked, Wanted
from graph.shapes.admission import Admission
from graph.writes.steps import Step

_HEARING = Wanted("node", {"Hearing": (Wanted("id"),)}, given=frozenset({"id"}))


def reaching(asked: Asked, child: str) -> Step:
    """A statement for the first step, whose rows `graph.writes.reaching.reached` reads."""
    return _reaching(asked, _by_id("child"), child)


def reaching_address(asked: Asked, address: str) -> Step:
    """The same of an address, by the question `address(id:)`."""
    return _reaching(asked, _by_id("address"), address)


def reaching_hearing(asked: Asked, hearing: str) -> Step:
    """The same of a hearing, as `node(id:)` finds it: a row of `[kind, [id]]`."""
    return _reaching(asked, _HEARING, hearing)


def _by_id(root: str) -> Wanted:
    return Wanted(root, {root.capitalize(): (Wanted("id"),)}, given=frozenset({"id"}))


def _reaching(asked: Asked, wanted: Wanted, of: str) -> Step:
    viewer = asked.viewer
    admission = Admission(viewer.gate.scope, bool(viewer.withheld), viewer.gate.sees_sealed)
    statement = project(wanted.name, wanted, admission)
    return statement.text, statement.parameters([{"id": of}], asked)
