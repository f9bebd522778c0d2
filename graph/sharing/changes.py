"""What changed in the rules from one day to another, and by which documents."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from graph.sharing.policy import PROVISIONS, ROLES, Policy, Standing, policy
from graph.sharing.provisions import Provision
from graph.vocabulary.evidence import SharingClass
from graph.vocabulary.viewers import Purpose, ViewerRole


@dataclass(frozen=True, slots=True)
class Change:
    """A sharing class that was opened or closed to a role, whichever of its ends it asks to."""

    role: ViewerRole
    purposes: tuple[Purpose, ...]
    sharing_class: SharingClass
    before: Standing
    after: Standing


@dataclass(frozen=True, slots=True)
class Changes:
    """What is open or closed on the later day and was not on the earlier.

    `began` and `ended` are the provisions that did so after the earlier day and by the later one,
    those that decide nothing among them.
    """

    earlier: date
    later: date
    changes: tuple[Change, ...]
    began: tuple[Provision, ...]
    ended: tuple[Provision, ...]


def policy_diff(earlier: date, later: date) -> Changes:
    """What changed from one day to a later one; nothing where they are in the wrong order."""
    return Changes(
        earlier,
        later,
        tuple(_changed(policy(earlier), policy(later))) if earlier < later else (),
        tuple(one for one in PROVISIONS.values() if earlier < one.begins <= later),
        tuple(one for one in PROVISIONS.values() if one.until and earlier < one.until <= later),
    )


def _changed(then: Policy, now: Policy) -> Iterator[Change]:
    for role, rules in ROLES.items():
        for of in SharingClass:
            before, after = then.standings[role][of], now.standings[role][of]
            if before.open is not after.open:
                yield Change(role, rules.purposes, of, before, after)
