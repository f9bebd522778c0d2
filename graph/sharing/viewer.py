"""Who asks, and what is withheld from them.

Every read names its viewer. A viewer's rules become parameters of the statement, so what may not
be seen never leaves the database.
"""

from dataclasses import dataclass
from enum import StrEnum

from graph.sharing.gate import OPEN, Gate
from graph.vocabulary.agencies import Agency
from graph.vocabulary.evidence import SharingClass
from graph.vocabulary.viewers import Purpose, ViewerRole


class Permission(StrEnum):
    """What a viewer may ask beside questions about people."""

    INTROSPECT = "INTROSPECT"
    SEE_COSTS = "SEE_COSTS"


@dataclass(frozen=True)
class Viewer:
    """Somebody who asks, in a role and to an end, as the rules of the day see them.

    `withheld` are the sharing classes closed to them, `gate` what they get of each category, and
    `scopes` the ids of what is theirs to see (`office/HOUSTON`) where the gate does not open all.
    """

    name: str
    withheld: frozenset[SharingClass] = frozenset()
    permissions: frozenset[Permission] = frozenset()
    gate: Gate = OPEN
    role: ViewerRole | None = None
    agency: Agency | None = None
    purpose: Purpose | None = None
    basis: str | None = None
    case: str | None = None
    scopes: frozenset[str] = frozenset()


# Whoever holds the keys of the database may see all of it: a name for tests and for that case.
SEES_EVERYTHING = Viewer(name="sees-everything", permissions=frozenset(Permission))
