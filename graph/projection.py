"""A selection becomes one Cypher statement whose rows already have the answer's shape.

Every thing is a list of its wanted fields in their order, never a map: Neo4j returns a map's keys
in an order of its own. A thing that may be of several shapes is `[shape, fields]`; to one is that
or null; to many is a list of them; a connection is a list of `[cursor, edge, edge, ...]`, an edge
for each time that edges are wanted, and one row more than the page when there is more: from the
end of the list when its last things are wanted.
What Python makes of a thing needs one value more, which then stands first in the thing's list.

Text is put together from the constants of `graph.shapes` alone: what a client sends is only ever
a parameter.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from typing import LiteralString, cast

from graph.selection import UnanswerableError, Wanted
from graph.shapes import PAYLOADS, ROOTS, SHAPES, Argument, Made, Page, Relation, Scalar, Shape
from graph.shapes.admission import OF_WHOEVER_SEES_ALL, OPENED, Admission, Condition
from graph.shapes.asking import AFTER_ALL, LONGEST_LIST
from graph.statement import OF_VIEWER, Statement

_PUBLISHED = "CYPHER 25 MATCH (publication:Publication {id: 'graph'}) WITH publication.run AS run"
# A condition on a thing, and perhaps of what kind that is: `visible(fact:LIVES_AT)`; or a value.
_CONDITION = re.compile(
    rf"\b({'|'.join(OF_WHOEVER_SEES_ALL.conditions())})\(([\w.]+)(?::([\w|]+))?\)"
)
_GOES_ALONG = ("CALL (run", "CALL (run, gate_open")
# A name, but not a property, label or parameter; or a quoted text, in which no word is a name.
_VARIABLE = re.compile(r"'[^']*'|(?<![\w.:$])[a-z]\w*")
_PARAMETER = re.compile(r"\$(\w+)")


@dataclass(frozen=True, slots=True)
class _Scope:
    """What a text's names stand for where it is used."""

    conditions: Mapping[str, Condition]
    variables: Mapping[str, str] = field(default_factory=dict)
    parameters: Mapping[str, str] = field(default_factory=dict)

    def without(self, names: Mapping[str, str]) -> "_Scope":
        kept = {name: own for name, own in self.variables.items() if name not in names}
        return replace(self, variables=kept)

    def with_variables(self, more: Mapping[str, str]) -> "_Scope":
        return replace(self, variables={**self.variables, **more})

    def also(self, same: Mapping[str, str]) -> "_Scope":
        """The names in `same` become second names of the variables they map to."""
        return self.with_variables({name: self.variables[other] for name, other in same.items()})

    def written(self, text: str) -> str:
        """The text with its names replaced by those that are its own here."""
        text = _CONDITION.sub(
            lambda found: self.conditions[found[1]](found[2], found[3] or ""), text
        )
        text = _VARIABLE.sub(lambda found: self.variables.get(found[0], found[0]), text)
        return _PARAMETER.sub(lambda found: f"${self.parameters.get(found[1], found[1])}", text)


def project(root: str, wanted: Wanted, admission: Admission = OF_WHOEVER_SEES_ALL) -> Statement:
    """The statement that answers one root field, or what a mutation answers with by its type.

    Each of its rows has one column. `admission` is what it has to ask for the viewer's sake.
    """
    projection = _Projection(admission)
    relation = ROOTS.get(root) or PAYLOADS[root]
    # One record however many rows: each record is a message of its own, which costs the driver
    # more than the database needs to find it (51 rows: 6.9 ms a request, in one record 1.8).
    rows, opened = projection.rows(relation, wanted, projection.scope), ""
    if admission.scoped:  # what is open to the viewer goes wherever the published run does
        rows, opened = rows.replace(*_GOES_ALONG), f", {OPENED} AS gate_open"
    text = f"{_PUBLISHED}{opened} RETURN COLLECT {{ {rows} }}"
    # The one place where query text is put together: from constants of graph.shapes only.
    constant = cast("LiteralString", text)  # type: ignore[redundant-cast] # mypy takes any str
    # A thing may say less, asked what was known by a day; where nobody asks that, all is known.
    unasked = {"knownAt": AFTER_ALL} if "$knownAt" in text else {}
    of_viewer = tuple(name for name in OF_VIEWER if re.search(rf"\${name}\b", text))
    arguments = tuple(projection.arguments)
    return Statement(constant, arguments, relation.several, unasked, of_viewer, "$now" in text)


class _Projection:
    """One statement in the making: it hands out names and remembers the parameters."""

    def __init__(self, admission: Admission) -> None:
        self.arguments: list[tuple[str, int, Argument]] = []
        self.scope = _Scope(admission.conditions())
        self._admission = admission
        self._number = count(1)

    def rows(self, relation: Relation, wanted: Wanted, outer: _Scope) -> str:
        """Clauses from `relation.match` to RETURN, giving a row for each thing at its end."""
        scope = self._entered(relation, wanted, outer)
        page = _page(relation, wanted)
        match = _match(relation, wanted, page, scoped=self._admission.scoped)
        clauses = [scope.written(match)]
        scope = scope.also(relation.same)
        asked = self._admitted(relation)
        if asked:
            clauses.append(f"WITH * WHERE {scope.written(asked)}")
        limit = _limit(relation, page)
        if relation.order:
            clauses.append(f"WITH * ORDER BY {scope.written(page.order(relation.order))}")
        elif limit:
            clauses.append("WITH *")
        if limit:
            clauses.append(f"LIMIT {scope.written(limit)}")
        needed, value = self._end(relation, wanted, scope)
        return " ".join([*clauses, *needed, f"RETURN {value}"])

    def _admitted(self, relation: Relation) -> str:
        """What has to be asked of each thing that was found, lest a text forgot to ask."""
        shapes = [SHAPES[name] for name in relation.of]
        end = relation.subject or shapes[0].node
        return self._admission.of(tuple(shape.label for shape in shapes), end)

    def value(self, wanted: Wanted, shape: Shape, scope: _Scope) -> str:
        """One wanted field of a thing, as an expression."""
        declared = shape.fields[wanted.name]
        assert not isinstance(declared, Made)  # not the graph's to answer
        if isinstance(declared, Scalar):
            return self._called(declared, wanted, scope).written(declared.text)
        if not declared.match:
            inner = self._entered(declared, wanted, scope).also(declared.same)
            needed, value = self._end(declared, wanted, inner)
            return f"COLLECT {{ {' '.join(needed)} RETURN {value} }}[0]" if needed else value
        collected = f"COLLECT {{ {self.rows(declared, wanted, scope)} }}"
        return collected if declared.many else f"{collected}[0]"

    def _called(self, declared: Relation | Scalar, wanted: Wanted, scope: _Scope) -> _Scope:
        own = {a.called: f"a{wanted.call}_{a.called}" for a in declared.arguments}
        for argument in declared.arguments:
            if not isinstance(declared, Relation) or _is_used(declared, argument, wanted):
                self.arguments.append((own[argument.called], wanted.call, argument))
        return replace(scope, parameters={**scope.parameters, **own})

    def _entered(self, relation: Relation, wanted: Wanted, outer: _Scope) -> _Scope:
        scope = self._called(relation, wanted, outer)
        number = next(self._number) if relation.binds else 0
        return scope.with_variables({name: f"{name}_{number}" for name in relation.binds})

    def _end(self, relation: Relation, wanted: Wanted, scope: _Scope) -> tuple[list[str], str]:
        if relation.cursor:
            return self._edges(relation, wanted, scope)
        if relation.subject:
            return [], self._any_of(relation, wanted, scope)
        return self._thing(SHAPES[relation.of[0]], wanted, scope, relation.binds)

    def _thing(
        self, shape: Shape, wanted: Wanted, scope: _Scope, bound: Sequence[str] = ()
    ) -> tuple[list[str], str]:
        """The clauses that a thing's wanted fields need first, and the list of those fields."""
        fields = wanted.of.get(shape.name, ())
        needs = {name: clause for name, clause in shape.needs.items() if name not in bound}
        scope = scope.without(needs)
        needed = []
        for name, clause in needs.items():
            if any(_mentions(shape.fields[one.name], name) for one in fields):
                names = {name: f"{name}_{next(self._number)}"}
                scope = scope.with_variables({**names, f"has_{name}": f"has_{names[name]}"})
                needed.append(scope.written(clause))
        read = [one for one in fields if not isinstance(shape.fields[one.name], Made)]
        values = [self.value(one, shape, scope) for one in read]
        if shape.makes and len(read) < len(fields):
            values.insert(0, scope.written(shape.makes.text))
        return needed, f"[{', '.join(values)}]"

    def _any_of(self, relation: Relation, wanted: Wanted, scope: _Scope) -> str:
        subject = scope.variables[relation.subject]
        cases = []
        for name in relation.of:
            if name not in wanted.of:  # of a kind that is closed to the viewer nothing is there
                continue
            shape = SHAPES[name]
            inner = scope.with_variables({shape.node: subject})
            needed, value = self._thing(shape, wanted, inner)
            if needed:
                value = f"COLLECT {{ {' '.join(needed)} RETURN {value} }}[0]"
            cases.append(f"WHEN {subject}:{shape.label} THEN ['{name}', {value}]")
        return f"CASE {' '.join(cases)} END" if cases else "null"

    def _edges(self, relation: Relation, wanted: Wanted, scope: _Scope) -> tuple[list[str], str]:
        shape = SHAPES[relation.of[0]]
        needed: list[str] = []
        values = [scope.written(relation.cursor)]
        for part in wanted.of[f"{shape.name}Connection"]:
            if part.name == "edges":
                inner, value = self._edge(relation, part, shape, scope)
                needed += inner
                values.append(value)
        return needed, f"[{', '.join(values)}]"

    def _edge(
        self, relation: Relation, edges: Wanted, shape: Shape, scope: _Scope
    ) -> tuple[list[str], str]:
        needed: list[str] = []
        values = []
        for wanted in edges.of[f"{shape.name}Edge"]:
            if wanted.name == "node":
                clauses, value = self._thing(shape, wanted, scope, relation.binds)
                needed += clauses
                values.append(value)
            elif wanted.name != "cursor":
                values.append(scope.written(relation.edge[wanted.name].text))
        return needed, f"[{', '.join(values)}]"


def _page(relation: Relation, wanted: Wanted) -> Page:
    if not relation.cursor:
        return Page()
    if {"first", "last"} <= wanted.given:
        raise UnanswerableError(f"`{wanted.name}` takes `first` or `last`, not both.")
    return Page("last" in wanted.given, "after" in wanted.given, "before" in wanted.given)


def _limit(relation: Relation, page: Page) -> str:
    if relation.cursor:
        return f"{page.size} + 1"
    if relation.limit or not relation.many:
        return relation.limit or ("2" if relation.several else "1")
    return str(LONGEST_LIST + 1)  # by the one more it is known that it is too long


def _match(relation: Relation, wanted: Wanted, page: Page, *, scoped: bool) -> str:
    match = (scoped and relation.scoped) or relation.match
    if relation.by:
        chosen = [name for name in relation.by if name in wanted.given]
        if len(chosen) != 1:
            names = " or ".join(f"`{name}`" for name in relation.by)
            raise UnanswerableError(f"`{wanted.name}` takes exactly one of {names}.")
        match = relation.by[chosen[0]]
    match = next((text for name, text in relation.instead.items() if name in wanted.given), match)
    match = match if isinstance(match, str) else match(page)
    given = [text for name, text in relation.given.items() if name in wanted.given]
    return " ".join([match, *given, relation.then])


def _is_used(relation: Relation, argument: Argument, wanted: Wanted) -> bool:
    """Arguments that choose the text are parameters of it only when they were given."""
    chooses = any(argument.name in of for of in (relation.by, relation.instead, relation.given))
    return not chooses or argument.name in wanted.given


def _mentions(declared: Scalar | Relation | Made, variable: str) -> bool:
    return isinstance(declared, Scalar) and bool(re.search(rf"\b{variable}\b", declared.text))
