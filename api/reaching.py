"""Whether whoever asks may know of a child: the first step of any change to her.

It is the question `child(id:)` itself, asked inside the change's own transaction: whom a role's
rules, scopes and seals keep from a question, they keep from a change in the same words.
"""

from graph.projection import project
from graph.selection import Asked, Wanted
from graph.shapes.admission import Admission
from graph.writes.steps import Step

_WANTED = Wanted("child", {"Child": (Wanted("id"),)}, given=frozenset({"id"}))


def reaching(asked: Asked, child: str) -> Step:
    """A statement for the first step, whose rows `graph.writes.reaching.reached` reads."""
    viewer = asked.viewer
    admission = Admission(viewer.gate.scope, bool(viewer.withheld), viewer.gate.sees_sealed)
    statement = project("child", _WANTED, admission)
    return statement.text, statement.parameters([{"id": child}], asked)
