"""Viewers such as will ask, to make plans for before anybody does."""

from collections.abc import Iterable
from datetime import date

from api.identity.issuers import Issuer
from graph.sharing import Gate, Viewer
from graph.sharing.asking import viewer_of
from graph.sharing.policy import ROLES
from graph.sharing.principal import Principal
from graph.vocabulary.viewers import NEEDS_A_CASE, Purpose, ViewerRole

# Planning for one takes seconds of Neo4j's processor; those who come first in the file come first.
MOST = 3
_NAME = "nobody"


def viewers(issuers: Iterable[Issuer], on: date) -> list[Viewer]:
    """One for each of the first gates that these issuers' roles have."""
    found: dict[Gate, Viewer] = {}
    for issuer in issuers:
        for given in (*issuer.roles.values(), *issuer.services.values()):
            if len(found) < MOST:
                viewer = _one(given.role, on)
                found.setdefault(viewer.gate, viewer)
    return list(found.values())


def _one(role: ViewerRole, on: date) -> Viewer:
    purpose: Purpose = ROLES[role].purposes[0]
    case = _NAME if purpose in NEEDS_A_CASE else None
    return viewer_of(Principal(_NAME, frozenset({role})), role, purpose, _NAME, case, on)
