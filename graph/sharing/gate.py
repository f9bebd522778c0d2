"""What of the schema a viewer gets, and of whom: what a plan is compiled for.

The gate decides by category, never by what a field finds; it is therefore the same whether or not
anything is there. What depends on a fact's origin (its sharing class) and on whom it is about
(scopes) are parameters of the compiled statement, so that nothing withheld leaves the database.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from graph.sharing.fields import category_of, category_of_argument, category_of_kind
from graph.vocabulary.viewers import Category, Outcome, ScopeKind


@dataclass(frozen=True, slots=True)
class Gate:
    """The outcome of each category, and the kind of scope. Equal gates share plans.

    A category that `outcomes` has not is refused: what no rule opens is closed. Who is sealed is
    there for nobody but those who may know it.
    """

    name: str
    scope: ScopeKind = ScopeKind.NOBODY
    outcomes: Mapping[Category, Outcome] = field(default_factory=dict, hash=False)
    sees_sealed: bool = False

    def outcome(self, kind: str, name: str) -> Outcome:
        """What becomes of a field of an object type of the schema."""
        return self._of(category_of(kind, name))

    def outcome_of_kind(self, kind: str) -> Outcome:
        """What becomes of a thing of this type where things of several may be found.

        Neither ALLOW nor AUDIT: it is as if it were not there.
        """
        return self._of(category_of_kind(kind))

    def outcome_of_argument(self, kind: str, name: str, argument: str) -> Outcome:
        """Whether a field may be asked with this argument: neither ALLOW nor AUDIT refuses it."""
        category = category_of_argument(kind, name, argument)
        return Outcome.ALLOW if category is None else self._of(category)

    def _of(self, category: Category | None) -> Outcome:
        return Outcome.ERROR if category is None else self.outcomes.get(category, Outcome.ERROR)


# For whoever holds the keys of the database anyway, on its own machine.
OPEN = Gate("open", ScopeKind.EVERYONE, dict.fromkeys(Category, Outcome.ALLOW), sees_sealed=True)
