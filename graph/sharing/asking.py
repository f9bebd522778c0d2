"""Who may ask: a principal in a role, to an end, on a basis, as the rules of the day see them."""

import re
from datetime import date
from functools import cache

from graph.sharing.gate import Gate
from graph.sharing.policy import ROLES, policy
from graph.sharing.principal import Principal
from graph.sharing.viewer import Permission, Viewer
from graph.vocabulary.evidence import SharingClass
from graph.vocabulary.viewers import (
    AGENCY_OF_ROLE,
    NEEDS_A_CASE,
    Purpose,
    ScopeKind,
    ViewerRole,
)

# Enum's own look-up by name makes a new mapping each time.
_ROLES = dict(ViewerRole.__members__)
_PURPOSES = dict(Purpose.__members__)
_CASE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_LONGEST_BASIS = 200
# What an id of each kind of scope begins with; of the others nobody has any.
_OF_SCOPE = {
    ScopeKind.OFFICE: "office/",
    ScopeKind.DOCKET: "docket/",
    ScopeKind.PROVIDER: "provider/",
    ScopeKind.CASE: "case/",
    ScopeKind.REFERRAL: "referral/",
}


class NotAllowedError(Exception):
    """The principal may not ask so; the sentence says what to do next.

    `reason` is one word under which it is counted. Neither repeats anything that was sent.
    """

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


def viewer_of(
    principal: Principal,
    role: str | None,
    purpose: str | None,
    basis: str | None,
    case: str | None,
    on: date,
) -> Viewer:
    """The principal as the rules of that day see them, in what they ask as and for.

    Raises:
        NotAllowedError: a role, purpose, basis or case is missing, or is not theirs.
    """
    as_whom = _role(principal, role)
    to_what_end = _purpose(as_whom, purpose)
    reason = _basis(basis)
    of_case = _case(to_what_end, case)
    withheld, permissions, gate = _rules(as_whom, policy(on).since)
    return Viewer(
        principal.name,
        withheld,
        permissions,
        gate,
        as_whom,
        AGENCY_OF_ROLE.get(as_whom),
        to_what_end,
        reason,
        of_case,
        _scopes(principal, gate.scope, of_case),
    )


@cache
def _rules(
    role: ViewerRole, since: date
) -> tuple[frozenset[SharingClass], frozenset[Permission], Gate]:
    rules = ROLES[role]
    return policy(since).withheld(role), rules.permissions, rules.gate


def _role(principal: Principal, named: str | None) -> ViewerRole:
    if not named:
        if len(principal.roles) == 1:
            return next(iter(principal.roles))
        if not principal.roles:
            raise NotAllowedError(
                "no_role", "Your token gives you no role here: ask whoever issued it for one."
            )
        raise NotAllowedError(
            "which_role", f"You have several roles: say in which you ask: {_any(principal.roles)}."
        )
    role = _ROLES.get(named)
    if role is not None and role in principal.roles:
        return role
    if not principal.roles:
        return _role(principal, None)
    raise NotAllowedError(
        "not_your_role", f"That role is not yours: ask in one of these: {_any(principal.roles)}."
    )


def _purpose(role: ViewerRole, named: str | None) -> Purpose:
    allowed = ROLES[role].purposes
    if not named:
        raise NotAllowedError(
            "no_purpose", f"Say to what end you ask: as {role}, one of {_any(allowed)}."
        )
    purpose = _PURPOSES.get(named)
    if purpose is None or purpose not in allowed:
        raise NotAllowedError(
            "not_your_purpose", f"{role} may not ask to that end: only to one of {_any(allowed)}."
        )
    return purpose


def _basis(given: str | None) -> str:
    basis = (given or "").strip()
    if not basis:
        raise NotAllowedError(
            "no_basis", "Say on which legal basis you ask, as in `8 U.S.C. 1232(c)`: it is audited."
        )
    if len(basis) > _LONGEST_BASIS or not basis.isprintable():
        raise NotAllowedError(
            "no_basis", f"A legal basis is one line of at most {_LONGEST_BASIS} printed letters."
        )
    return basis


def _case(purpose: Purpose, named: str | None) -> str | None:
    if purpose in NEEDS_A_CASE:
        if not named:
            raise NotAllowedError("no_case", f"{purpose} needs a case: say which.")
        case = named.removeprefix(_OF_SCOPE[ScopeKind.CASE])
        if not _CASE.fullmatch(case):
            raise NotAllowedError(
                "no_case", "A case is up to 64 letters, figures, points, dashes and underscores."
            )
        return case
    if named:
        raise NotAllowedError(
            "needless_case", f"{purpose} is for no single case: leave the case out."
        )
    return None


def _scopes(principal: Principal, kind: ScopeKind, case: str | None) -> frozenset[str]:
    begins = _OF_SCOPE.get(kind)
    if begins is None:
        return frozenset()
    if kind is ScopeKind.CASE:
        # Naming it is not holding it: the graph asks who its holders are.
        return frozenset({f"{begins}{case}"})
    return frozenset(one for one in principal.scopes if one.startswith(begins))


def _any(names: frozenset[ViewerRole] | tuple[Purpose, ...]) -> str:
    return ", ".join(sorted(names))
