"""Stands in for graph.sharing.viewer_of until that has landed."""

from datetime import date

from graph.sharing import Permission, Viewer
from graph.sharing.principal import Principal
from graph.vocabulary.viewers import Purpose, ViewerRole


class NotAllowedError(Exception):
    """As there."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


def viewer_of(
    principal: Principal,
    role: str | None,
    purpose: str | None,
    basis: str | None,
    case: str | None,
    on: date,  # noqa: ARG001
) -> Viewer:
    """As there, without any rule."""
    if not principal.roles:
        raise NotAllowedError("no_role", "Your token gives you no role here.")
    if role is None and len(principal.roles) > 1:
        raise NotAllowedError("which_role", ", ".join(sorted(principal.roles)))
    if role is not None and role not in principal.roles:
        raise NotAllowedError("not_your_role", "That role is not yours.")
    if not purpose:
        raise NotAllowedError("no_purpose", "Say to what end you ask.")
    if purpose not in set(Purpose):
        raise NotAllowedError("not_your_purpose", "That is no purpose.")
    if not basis:
        raise NotAllowedError("no_basis", "Say on which legal basis you ask.")
    return Viewer(
        principal.name, permissions=frozenset(Permission), purpose=Purpose(purpose),
        role=ViewerRole(role) if role else next(iter(principal.roles)),
        basis=basis, case=case, scopes=principal.scopes,
    )  # fmt: skip
