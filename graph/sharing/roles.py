"""The roles: to which ends each may ask, whom it may see, whose papers, and what of an answer.

`rules/roles.toml`, read once. All of it is the starter matrix (REQUIREMENTS.md §15), a design
choice to be reviewed; what agreements open beyond it, and when, is in `graph.sharing.provisions`.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.sharing.fields import RulesError
from graph.sharing.gate import Gate
from graph.sharing.provisions import FOLDER, ROLES
from graph.sharing.viewer import Permission
from graph.vocabulary.evidence import SharingClass
from graph.vocabulary.viewers import Category, Outcome, Purpose, ScopeKind, ViewerRole


@dataclass(frozen=True, slots=True)
class RoleRules:
    """A role's rules that no day changes.

    `classes` are open without any agreement, each with why. `party` is the agency as which
    agreements open more to it, "" for none. Equal rules have one gate.
    """

    role: ViewerRole
    of: str
    party: str
    what: str
    purposes: tuple[Purpose, ...]
    scope: ScopeKind
    permissions: frozenset[Permission]
    classes: Mapping[SharingClass, str]
    gate: Gate


def roles(path: Path = FOLDER / ROLES) -> dict[ViewerRole, RoleRules]:
    """The rules of every role.

    Raises:
        RulesError: a role is missing or unknown, or does not say what becomes of each category.
    """
    given = tomllib.loads(path.read_text("utf-8"))
    if set(given) != set(ViewerRole.__members__):
        odd = sorted(set(given) ^ set(ViewerRole.__members__))
        raise RulesError(f"roles.toml: {', '.join(odd)}: missing there, or no role.")
    gates: dict[tuple[object, ...], Gate] = {}
    return {role: _rules(role, given[role], gates) for role in ViewerRole}


def _rules(
    role: ViewerRole,
    given: Mapping[str, Any],
    gates: dict[tuple[object, ...], Gate],
) -> RoleRules:
    try:
        scope = ScopeKind(given["scope"])
        outcomes = _outcomes(role, given["outcomes"])
        sealed = given.get("sees_sealed", False)
        # Who is first to have these rules lends the gate its name.
        gate = gates.setdefault(
            (scope, sealed, *outcomes.values()), Gate(role.value, scope, outcomes, sealed)
        )
        return RoleRules(
            role=role,
            of=given["of"],
            party=given.get("party", ""),
            what=given["is"],
            purposes=tuple(map(Purpose, given["purposes"])),
            scope=scope,
            permissions=frozenset(map(Permission, given["permissions"])),
            classes={SharingClass(name): why for name, why in given["classes"].items()},
            gate=gate,
        )
    except KeyError as missing:
        raise RulesError(f"roles.toml: {role} lacks {missing}.") from None
    except ValueError as wrong:
        raise RulesError(f"roles.toml: {role}: {wrong}.") from None


def _outcomes(role: ViewerRole, given: Mapping[str, list[str]]) -> dict[Category, Outcome]:
    """What becomes of each category: each stands exactly once."""
    said = [(Category(name), Outcome(outcome)) for outcome, all_ in given.items() for name in all_]
    outcomes = dict(said)
    if len(said) != len(outcomes) or set(outcomes) != set(Category):
        odd = sorted(set(Category) - set(outcomes)) or "one of them twice"
        raise RulesError(
            f"roles.toml: {role} says of each category once what becomes of it: {odd}."
        )
    return {category: outcomes[category] for category in Category}
