"""Questions that together ask for every field of the schema, each through a way that leads there.

One document a type: the shortest way from a root to it, then all of its fields, and all that is
plain of whatever those lead to.
"""

import re
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property

from graphql import (
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    is_abstract_type,
    is_leaf_type,
)

# How each root is asked, and with which variables; whoever is asked for is asked for by id.
ROOTS = {
    "viewer": "",
    "nodes": "(ids: $ids)",
    "node": "(id: $one)",
    "child": "(id: $child)",
    "childrenByANumber": "(aNumber: $number)",
    "children": "(name: $name)",
    "findChildren": "(text: $found)",
    "sponsor": "(id: $sponsor)",
    "sponsors": "(name: $sponsorName)",
    "address": "(id: $address)",
    "addresses": "(text: $street)",
    "hearings": "(court: $court)",
    "failedToAppearCount": "",
    "locate": "(childId: $child)",
    "addressConflicts": "(state: $state)",
    "childrenAtAddress": "(addressId: $address, sameBuilding: true)",
    "sponsorNetwork": "(sponsorId: $sponsor, depth: 3)",
    "evidencePath": "(from: $child, to: $far)",
    "shortestPath": "(from: $child, to: $far)",
    "releasesByState": "",
    "reviewQueue": "",
    "matchExplanation": "(left: $left, right: $right, role: CHILD)",
    "judgements": "",
    "judgementConflicts": "",
    "policy": "",
    "policyDiff": '(from: "2019-01-01", to: "2024-09-01")',
    "oversightTables": "",
    "oversightTable": "(kind: RELEASED_BY_YEAR_AND_STATE)",
    "closureEvidence": '(recommendation: 2, since: "2023-07-01", until: "2024-07-01")',
    "concern": "(id: $concern)",
    "concerns": "",
    "calls30Day": "(which: OVERDUE)",
    "silent": "(days: 30)",
    "triage": "",
    "alternateAddresses": "(childId: $child)",
    "venueMismatches": "(state: $state)",
    "failuresToAppear": "(court: $court)",
    "failureToAppearCounts": "",
    "entryLags": "",
    "feeds": "",
    "followUp": "(id: $followUp)",
    "followUps": "",
    "nextActions": "(actor: ERO)",
    "caseloads": "",
    "notice": "(reference: $reference)",
    "notices": "",
    "transfersByFiscalYear": "",
    "ntaBacklog": "",
    "reconcile": "(left: EOIR, right: PLANET)",
    "addressSearchRate": "",
    "inboxUsage": "",
    "dataQuality": "",
    "coverage": "(days: 30)",
    "responsibilities": "",
}
DECLARED = {
    "ids": "[ID!]!", "one": "ID!", "child": "ID!", "far": "ID!", "sponsor": "ID!",
    "address": "ID!", "number": "String!", "name": "String!", "found": "String!",
    "sponsorName": "String!", "street": "String!", "court": "String!", "state": "String!",
    "left": "ID!", "right": "ID!", "concern": "ID!", "followUp": "ID!", "reference": "String!",
}  # fmt: skip
_JUDGED = (
    '{left: "EARM/earm/nobody", right: "EARM/earm/no-one", role: CHILD, verdict: SAME,'
    ' reason: "The same scar.", key: "of the walk"}'
)
_CALLED = (
    '{childId: "child_nobody", kind: CALL_30_DAY, leg: CHILD, on: "2024-06-01", outcome: REACHED,'
    ' key: "of the walk"}'
)
# What is asked by itself alone, as no world has it.
_OTHERS: dict[str, dict[str, str]] = {
    # Of the audit and of what people opened: see tests/api/audit and tests/api/test_grants.py.
    "Query": {
        "auditLog": "",
        "disclosures": "(childId: $child)",
        "grants": "",
        "breakGlassToReview": "",
    },
    "Mutation": {
        "recordJudgement": f"(input: {_JUDGED})",
        "recordJudgements": f"(inputs: [{_JUDGED}])",
        "retractJudgement": '(input: {id: "judgement_nobody", reason: "Wrong.", key: "of the walk"})',
        "openScope": '(input: {kind: CASE, holders: ["ana"], children: ["child_nobody"],'
        ' until: "2024-09-02T00:00:00+00:00", reason: "A case.", key: "of the walk"})',
        "closeScope": '(input: {id: "case/C1", reason: "It is over.", key: "of the walk"})',
        "breakGlass": '(input: {childId: "child_nobody", minutes: 5, reason: "Now.", key: "of the walk"})',
        "recordCall": f"(input: {_CALLED})",
        "recordService": '(input: {childId: "child_nobody", on: "2024-06-01", outcome: OPEN,'
        ' key: "of the walk"})',
        "requestWellnessCheck": '(input: {childId: "child_nobody", reason: "Why.", key: "of the walk"})',
        "recordWellnessOutcome": '(input: {id: "check_nobody", outcome: SAFE, on: "2024-06-01",'
        ' key: "of the walk"})',
        "raiseConcern": '(input: {childId: "child_nobody", kind: OTHER, text: "Nobody there.",'
        ' key: "of the walk"})',
        "routeConcern": '(input: {id: "concern_nobody", to: [CPS], reason: "Theirs.",'
        ' key: "of the walk"})',
        "acknowledgeConcern": '(input: {id: "concern_nobody", key: "of the walk"})',
        "recordConcernOutcome": '(input: {id: "concern_nobody", outcome: "None.", key: "of the walk"})',
        "reportAddress": '(input: {childId: "child_nobody", reporter: CHILD, line1: "12 Oak St",'
        ' reportedOn: "2024-06-01", key: "of the walk"})',
        "verifyAddress": '(input: {childId: "child_nobody", outcome: CONFIRMED, method: CALL,'
        ' on: "2024-06-01", addressId: "address_nobody", key: "of the walk"})',
        "advanceFollowUp": '(input: {id: "followup_nobody", step: START_SEARCH, key: "of the walk"})',
        "draftI830": '(input: {id: "followup_nobody", key: "of the walk"})',
        "provideI830": '(input: {id: "followup_nobody", key: "of the walk"})',
        "fileI830": '(input: {id: "followup_nobody", key: "of the walk"})',
        "recordSync": '(input: {id: "followup_nobody", system: EARM, outcome: ENTERED,'
        ' key: "of the walk"})',
        "acknowledgeNotice": '(input: {reference: "of-the-walk", key: "of the walk"})',
        "recordAppearance": '(input: {hearingId: "hearing_nobody", appearance: APPEARED,'
        ' source: EARM, basis: "In court.", key: "of the walk"})',
        "recordWithoutNotice": '(input: {childId: "child_nobody", reason: SEEKING_COUNSEL,'
        ' key: "of the walk"})',
        "reviewBreakGlass": '(input: {id: "break-glass/1", verdict: JUSTIFIED, note: "So it was.",'
        ' key: "of the walk"})',
    },
    "Subscription": {"addressReported": "", "failedToAppear": "", "identityChanged": ""},
}
# What roles get or don't; the rest goes with what it stands in.
_PARTS = {"RECEIVED", "LINKAGE", "NETWORK", "COUNT", "CONCERN", "FOLLOW_UP"}


@dataclass(frozen=True)
class Field:
    """A field of an object type."""

    kind: str
    name: str

    def __str__(self) -> str:
        return f"{self.kind}.{self.name}"


@dataclass(frozen=True)
class Question:
    """A document, the variables that it takes, and the fields that it asks.

    `root` and `part` name it among those of a schema, whatever is left out of it for somebody.
    """

    text: str
    variables: tuple[str, ...]
    root: str
    part: str = ""
    fields: frozenset[Field] = frozenset()


class Questions:
    """Of a schema, without the fields that `refused` says somebody does not get.

    Each root is asked once for each category of what it leads to: who gets another category as
    another does asks the rest in the same words, and Neo4j plans those once.
    """

    def __init__(
        self,
        schema: GraphQLSchema,
        category: Callable[[Field], str],
        refused: Callable[[Field], bool] = lambda _: False,
    ) -> None:
        self._schema = schema
        self._category = category
        self._refused = refused
        self.fields: set[Field] = set()  # of the question that is being written

    def __iter__(self) -> Iterator[Question]:
        """A question for each root and each category of what is to be found from there."""
        for root, tree in self._trees.items():
            if not self._refused(Field("Query", root)):
                begins = _part_of(self._category(Field("Query", root)), "")
                for only in sorted(self._parts(tree, begins)):
                    self.fields = {Field("Query", root)}
                    asked = _question(root, self._written(tree, begins, only), part=only)
                    yield replace(asked, fields=frozenset(self.fields))

    def alone(self, field: Field) -> Question:
        """The field by the shortest way that leads there, and nothing that it does not need."""
        way = [*self.way(field.kind), field]
        root = way[0]
        inner = "" if not self._tree(field.kind, field.name).ends else "{ __typename }"
        for step in reversed(way[1:]):
            inner = f"{{ __typename ... on {step.kind} {{ {step.name} {inner} }} }}"
        return _question(root.name, inner, root.kind)

    def way(self, kind: str) -> list[Field]:
        """The fields of the shortest way from a root to a type."""
        return self._ways[kind]

    @cached_property
    def _ways(self) -> dict[str, list[Field]]:
        """The shortest way to each object type, as the fields that lead there."""
        ways: dict[str, list[Field]] = {kind: [] for kind in _OTHERS}
        roots = {**_OTHERS, "Query": ROOTS | _OTHERS["Query"]}
        queue = deque((kind, name) for kind, names in roots.items() for name in names)
        while queue:
            kind, name = queue.popleft()
            for end in self._tree(kind, name).ends:
                if end not in ways:
                    ways[end] = [*ways[kind], Field(kind, name)]
                    queue.extend((end, each) for each in self._object(end).fields)
        return ways

    @cached_property
    def every_field(self) -> list[Field]:
        """Each field of each object type that somebody can ask for."""
        return [Field(kind, name) for kind in self._ways for name in self._object(kind).fields]

    @cached_property
    def _trees(self) -> dict[str, "_Tree"]:
        """Of the whole schema, refused or not: the same for everybody."""
        known: set[str] = set()
        trees = {root: self._tree("Query", root) for root in ROOTS}
        queue = deque(trees.values())
        while queue:
            tree = queue.popleft()
            for kind in tree.ends:
                if kind in known and not _is_part_of_a_page(kind):
                    continue
                known.add(kind)
                tree.parts[kind] = {
                    name: self._tree(kind, name) for name in self._object(kind).fields
                }
                queue.extend(tree.parts[kind].values())
        return trees

    def _tree(self, kind: str, name: str) -> "_Tree":
        end = get_named_type(self._object(kind).fields[name].type)
        if is_abstract_type(end):
            return _Tree([one.name for one in self._schema.get_possible_types(end)])
        return _Tree([] if is_leaf_type(end) else [end.name])

    def _parts(self, tree: "_Tree", part: str) -> set[str]:
        """Which parts the leaves below a field belong to; its own, where it is one."""
        if not tree.ends:
            return {part}
        return {
            found
            for kind in tree.ends
            for name, inner in self._asked(kind, tree).items()
            if not self._refused(Field(kind, name))
            for found in self._parts(inner, self._part(kind, name, part))
        }

    def _written(self, tree: "_Tree", part: str, only: str) -> str:
        """The selection of a field, as far as it belongs to that part."""
        if not tree.ends:
            return ""
        parts = [self._written_kind(kind, tree, part, only) for kind in tree.ends]
        return f"{{ __typename {' '.join(filter(None, parts))} }}"

    def _written_kind(self, kind: str, tree: "_Tree", part: str, only: str) -> str:
        asked = []
        for name, inner in self._asked(kind, tree).items():
            below = self._part(kind, name, part)
            if not self._refused(Field(kind, name)) and only in self._parts(inner, below):
                self.fields.add(Field(kind, name))
                asked.append(f"{name} {self._written(inner, below, only)}")
        return f"... on {kind} {{ {' '.join(asked)} }}" if asked else ""

    def _asked(self, kind: str, tree: "_Tree") -> "dict[str, _Tree]":
        """What is asked of a thing: all, where it is asked in full, or what tells it apart."""
        return tree.parts.get(kind) or {_named(self._object(kind)): _Tree([])}

    def _part(self, kind: str, name: str, part: str) -> str:
        return _part_of(self._category(Field(kind, name)), part)

    def _object(self, kind: str) -> GraphQLObjectType:
        named = self._schema.type_map[kind]
        assert isinstance(named, GraphQLObjectType)
        return named


@dataclass
class _Tree:
    """What a field leads to: the types it may be, and for those asked in full, their fields."""

    ends: list[str]
    parts: "dict[str, dict[str, _Tree]]" = field(default_factory=dict)


def _question(root: str, inner: str, kind: str = "Query", part: str = "") -> Question:
    arguments = ROOTS[root] if kind == "Query" and root in ROOTS else _OTHERS[kind][root]
    used = tuple(re.findall(r"\$(\w+)", arguments))
    heading = f"({', '.join(f'${name}: {DECLARED[name]}' for name in used)}) " if used else ""
    return Question(f"{kind.lower()} {heading}{{ {root}{arguments} {inner} }}", used, root, part)


def _part_of(category: str, part: str) -> str:
    return category if category in _PARTS else part


def _named(kind: GraphQLObjectType) -> str:
    """What a thing is told apart by: its id, or its first field that is plain."""
    plain = [name for name, one in kind.fields.items() if is_leaf_type(get_named_type(one.type))]
    return "id" if "id" in plain else plain[0] if plain else "__typename"


def _is_part_of_a_page(kind: str) -> bool:
    return kind == "PageInfo" or kind.endswith(("Connection", "Edge"))
