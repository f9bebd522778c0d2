"""Who a token says is asking, before anybody asked in which role, or to what end."""

from dataclasses import dataclass

from graph.vocabulary.viewers import ViewerRole


@dataclass(frozen=True, slots=True)
class Principal:
    """Somebody whose name and roles were proved, and whose they are to see.

    `name` is what the audit calls them. `scopes` are ids such as `office/HOUSTON`, `docket/HOU`,
    `provider/17`, `case/C-1`, `referral/R-1`: of them a viewer gets those of its role's kind.
    """

    name: str
    roles: frozenset[ViewerRole]
    agency: str | None = None
    scopes: frozenset[str] = frozenset()
