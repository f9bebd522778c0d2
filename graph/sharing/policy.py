"""The rules as they stand on a day, and whoever asks as those rules see them.

A class is open to a role where the matrix opens it, or where a provision in force opens it to the
role's party and none in force has ended that. Everything else is withheld: by default, and not
because anything forbids it. The rules are those of the day of asking.
"""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType

from graph.sharing.provisions import OPENING, Effect, Provision, documents
from graph.sharing.roles import RoleRules, roles
from graph.vocabulary.evidence import SharingClass
from graph.vocabulary.viewers import ViewerRole

PROVISIONS: Mapping[str, Provision] = MappingProxyType(documents())
ROLES: Mapping[ViewerRole, RoleRules] = MappingProxyType(roles())

NO_LONGER_REQUIRED = "No longer required, so withheld by default."
NOTHING_OPENS_IT = "Nothing opens it to this role, so it is withheld by default."


@dataclass(frozen=True, slots=True)
class Standing:
    """How a sharing class stands to a role on a day, and by which rules.

    `why` is a sentence. `by` are the provisions that open it, or that ended what opened it.
    `beside` are those that speak of these and decide nothing.
    """

    sharing_class: SharingClass
    open: bool
    why: str
    by: tuple[Provision, ...] = ()
    beside: tuple[Provision, ...] = ()


@dataclass(frozen=True, slots=True)
class Policy:
    """The rules of a day: how each class stands to each role, and what is in force."""

    since: date
    standings: Mapping[ViewerRole, Mapping[SharingClass, Standing]]
    in_force: tuple[Provision, ...]

    def withheld(self, role: ViewerRole) -> frozenset[SharingClass]:
        """The classes that are closed to the role."""
        return frozenset(one for one, how in self.standings[role].items() if not how.open)


def policy(day: date) -> Policy:
    """The rules as they stand on that day: one object for all days between two changes."""
    place = bisect_right(_CHANGES, day)
    return _since(_CHANGES[place - 1] if place else date.min)


def _days_of_change() -> list[date]:
    days = {one.begins for one in PROVISIONS.values()}
    return sorted(days | {one.until for one in PROVISIONS.values() if one.until})


_CHANGES = _days_of_change()


@cache
def _since(day: date) -> Policy:
    in_force = tuple(one for one in PROVISIONS.values() if one.in_force(day))
    standings = {
        role: {one: _standing(rules, one, in_force) for one in SharingClass}
        for role, rules in ROLES.items()
    }
    return Policy(day, standings, in_force)


def _standing(rules: RoleRules, of: SharingClass, in_force: tuple[Provision, ...]) -> Standing:
    concerned = [one for one in in_force if of in one.classes and rules.party in one.to]
    ended = {other for one in concerned if one.effect is Effect.CLOSES for other in one.about}
    by = tuple(one for one in concerned if one.effect in OPENING and one.id not in ended)
    if of in rules.classes:
        return Standing(
            of, True, f"Open by the matrix: {rules.classes[of]}.", by, _beside(by, in_force)
        )
    if by:
        why = f"Open: {by[0].means}."
        return Standing(of, True, why, by, _beside(by, in_force))
    closed = tuple(one for one in concerned if one.effect is Effect.CLOSES)
    why = NO_LONGER_REQUIRED if closed else NOTHING_OPENS_IT
    return Standing(of, False, why, closed, _beside(closed, in_force))


def _beside(by: tuple[Provision, ...], in_force: tuple[Provision, ...]) -> tuple[Provision, ...]:
    ids = {one.id for one in by}
    speak = (Effect.INTERPRETS, Effect.RECOMMENDS)
    return tuple(one for one in in_force if one.effect in speak and ids & set(one.about))
