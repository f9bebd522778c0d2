"""Each role walks the schema: what it gets as nothing can be nothing, and what it may not is far."""

from collections.abc import Iterator

import pytest
from graphql import (
    GraphQLField,
    GraphQLNonNull,
    GraphQLObjectType,
    get_named_type,
    get_nullable_type,
    is_abstract_type,
    is_list_type,
    is_object_type,
)

from api.schema import executable
from graph.sharing.policy import ROLES
from graph.vocabulary.viewers import Outcome, ViewerRole

SCHEMA = executable()
ROOTS = [SCHEMA.query_type, SCHEMA.mutation_type, SCHEMA.subscription_type]
GIVEN = (Outcome.ALLOW, Outcome.AUDIT)
EMPTY = (Outcome.REDACT, Outcome.HIDE)


def reached(role: ViewerRole) -> Iterator[tuple[str, str, GraphQLField, Outcome]]:
    """Every field that the role can name without having been refused or left empty above it."""
    gate = ROLES[role].gate
    seen: set[str] = set()
    ahead = [kind for kind in ROOTS if kind is not None]
    while ahead:
        kind = ahead.pop()
        if kind.name in seen:
            continue
        seen.add(kind.name)
        for name, field in kind.fields.items():
            outcome = gate.outcome(kind.name, name)
            yield kind.name, name, field, outcome
            if outcome in GIVEN:
                ahead += within(role, field)


def within(role: ViewerRole, field: GraphQLField) -> list[GraphQLObjectType]:
    """The types that a field may turn out to be; of kinds that are closed there is nothing."""
    named = get_named_type(field.type)
    if is_object_type(named):
        return [named]
    if not is_abstract_type(named):
        return []
    gate = ROLES[role].gate
    possible = SCHEMA.get_possible_types(named)
    return [kind for kind in possible if gate.outcome_of_kind(kind.name) in GIVEN]


def can_be_nothing(field: GraphQLField) -> bool:
    nullable = not isinstance(field.type, GraphQLNonNull)
    kind = get_nullable_type(field.type)
    return nullable or is_list_type(kind) or get_named_type(kind).name.endswith("Connection")


@pytest.mark.parametrize("role", list(ViewerRole))
def test_whatever_a_role_gets_as_nothing_is_nullable_a_list_or_a_page(role):
    broken = [
        f"{kind}.{name}"
        for kind, name, field, outcome in reached(role)
        if outcome in EMPTY and not can_be_nothing(field)
    ]
    assert not broken, "another category with a reason, or a nullable type"


@pytest.mark.parametrize("role", list(ViewerRole))
def test_a_kind_that_is_closed_to_a_role_is_reached_by_no_way(role):
    gate = ROLES[role].gate
    types = {kind for kind, *_ in reached(role)}
    for kind in ("Child", "Sponsor", "Address", "Hearing", "Record"):
        assert (kind in types) <= (gate.outcome_of_kind(kind) in GIVEN)


@pytest.mark.parametrize("role", ["OVERSIGHT", "ERO_HQ"])
def test_a_role_of_figures_reaches_nobody(role):
    types = {kind for kind, *_ in reached(ViewerRole(role))}
    assert not types & {"Child", "Sponsor", "Address", "Hearing", "Record", "CountRange"}


def test_pseudonyms_lead_to_no_name():
    given = {
        f"{kind}.{name}"
        for kind, name, _, outcome in reached(ViewerRole.LINKAGE_ANALYST)
        if outcome in GIVEN
    }
    assert "CandidatePair.left" in given
    assert not given & {
        *("Child.fullName", "Child.aNumber", "Child.dateOfBirth", "Sponsor.fullName"),
        *("Sponsor.phones", "Record.received", "MatchReason.found", "Address.line1"),
    }


@pytest.mark.parametrize("role", list(ViewerRole))
def test_whoever_may_walk_to_others_gets_everything_on_the_way(role):
    """A tie's ends are never null, so networks are for roles from whom no kind is kept."""
    gate = ROLES[role].gate
    if gate.outcome("Query", "sponsorNetwork") in GIVEN:
        assert not set(EMPTY) & set(gate.outcomes.values())
