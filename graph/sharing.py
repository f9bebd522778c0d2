"""Who asks, and what is withheld from them.

Every read names its viewer. A viewer's rules become parameters of the statement, so what may not
be seen never leaves the database.
"""

from dataclasses import dataclass
from enum import StrEnum

from graph.vocabulary.evidence import SharingClass


class Permission(StrEnum):
    """What a viewer may ask beside questions about people."""

    INTROSPECT = "INTROSPECT"
    SEE_COSTS = "SEE_COSTS"


@dataclass(frozen=True)
class Viewer:
    """Somebody who asks: a name for the audit, and the sharing classes withheld from them."""

    name: str
    withheld: frozenset[SharingClass] = frozenset()
    permissions: frozenset[Permission] = frozenset()

    def parameters(self) -> dict[str, list[str]]:
        """The viewer's rules as parameters that every compiled statement takes."""
        return {"withheld": sorted(self.withheld)}


# Until identities and agreements are in place there is one viewer, and its name says what it is.
SEES_EVERYTHING = Viewer(name="sees-everything", permissions=frozenset(Permission))
