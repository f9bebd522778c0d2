"""Viewers of the tests: somebody in a role, under the rules of a day."""

from datetime import date

from graph.sharing import Principal, Viewer, viewer_of
from graph.sharing.policy import ROLES
from graph.vocabulary.viewers import NEEDS_A_CASE, Purpose, ViewerRole


def somebody(
    role: str,
    *scopes: str,
    purpose: str | None = None,
    case: str | None = None,
    on: date = date(2024, 7, 1),
) -> Viewer:
    """Whoever asks in this role, to the first of its ends unless one is given."""
    as_whom = ViewerRole(role)
    to_what_end = Purpose(purpose) if purpose else ROLES[as_whom].purposes[0]
    if to_what_end in NEEDS_A_CASE:
        case = case or "C-1"
    principal = Principal("a.name", frozenset({as_whom}), ROLES[as_whom].of, frozenset(scopes))
    return viewer_of(principal, as_whom, to_what_end, "8 U.S.C. 1232(c)", case, on)
