"""Whom and what a statement may tell of: the conditions that a viewer's gate adds to every text.

Five conditions are written short in the texts of `graph.shapes`. `holds(relation)` and
`written(node)` are about runs alone, and `unsealed(node)` about the seal. `visible(fact)` is a
relation that holds, whose sharing class is not withheld, and which is about somebody within the
viewer's scopes. `admitted(node)` is a child, sponsor, hearing, address or record that the viewer
may know to be there at all:

- of a child or a sponsor, some record that may be read describes them, and they are in scope;
- of a hearing or an address, some fact that is visible leads to it;
- of a record, its table is not withheld, and it describes a child in scope, or no child and such
  a sponsor.

A child is in scope by `WITHIN`, a sponsor and a hearing by a child's. Who is sealed is not there,
nor what tells of her alone: hearings, records, pairs, judgements and events bear the same label.
For whoever sees everything `admitted` is simply true, and `visible` a look at the relation.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from graph.vocabulary.viewers import ScopeKind

# A relation that holds at the published run. A run being written is numbered above it.
HOLDS = "({0}.runFrom <= run AND run < {0}.runUntil)"
# A node that was there at the published run.
WRITTEN = "{0}.runFrom <= run"
_HEARD = f"({HOLDS} AND NOT {{0}}.sharingClass IN $withheld)"
_READ = "NOT {0}.table IN $withheldTables"

# Names that no text of `graph.shapes` uses: a subquery sees what is bound round it.
_FACT_IS_VISIBLE = "EXISTS {{ MATCH ({0})<-[gate_fact:{relation}]-() WHERE {visible} }}"
_DESCRIBED = (
    "EXISTS {{ MATCH ({0})<-[gate_link:DESCRIBES]-(gate_record:Record) WHERE {holds} AND {read} }}"
)
# A paper of a release names a child and a sponsor: it goes with the child, lest a sponsor's papers
# tell of another child. Only one that names no child goes with the sponsor.
_DESCRIBES = (
    "CASE WHEN EXISTS {{ MATCH ({0})-[gate_link:DESCRIBES]->(:Child) WHERE {holds} }}"
    " THEN EXISTS {{ MATCH ({0})-[gate_link:DESCRIBES]->(gate_one:Child)"
    " WHERE {holds} AND {in_scope} }}"
    " ELSE EXISTS {{ MATCH ({0})-[gate_link:DESCRIBES]->(gate_one:Sponsor)"
    " WHERE {holds} AND {in_scope} }} END"
)
# And so does what was read from it of where the sponsor lives.
_PAPER = "EXISTS {{ MATCH (gate_paper:Record {{keyVersion: {0}.record}}) WHERE {describes} }}"
# A scope is the viewer's by office or docket, or somebody opened it to them until a moment, and
# then it closes on that moment; a case is open only to a holder who names it.
_OPEN = (
    "gate_scope.kind IN ['{kind}', 'BREAK_GLASS'] AND CASE WHEN gate_scope.holders IS NULL"
    " THEN gate_scope.id IN $scopes ELSE $viewer IN gate_scope.holders"
    " AND $now < gate_scope.opensUntil AND gate_scope.closedAt IS NULL"
    " AND (gate_scope.kind <> 'CASE' OR gate_scope.id IN $scopes) END"
)
_IN_SCOPE = (
    "EXISTS {{ {begin}MATCH ({one})<-[gate_ties:RELEASED_TO|HAS_HEARING*0..1]-(gate_child:Child)"
    "-[gate_within:WITHIN]->(gate_scope:Scope) WHERE {holds} AND {open}"
    " AND all(gate_tie IN gate_ties WHERE {tied}) }}"
)
# Having a hearing is no fact of a class: what its sources say of it is.
_TIED = f"{HOLDS} AND NOT coalesce({{0}}.sharingClass IN $withheld, false)".format("gate_tie")
_ABOUT = "CASE type({0}) WHEN 'REPORTS' THEN endNode({0}) ELSE startNode({0}) END"
_OF_A_SPONSOR = "(type({0}) = 'LIVES_AT' AND startNode({0}):Sponsor)"

# Of the variable that it is about.
Condition = Callable[[str], str]

_ASKED = ("Child", "Sponsor", "Hearing", "Address", "Record")


@dataclass(frozen=True, slots=True)
class Admission:
    """What is compiled in for a viewer.

    By the kind of scope, whether a class is withheld, and whether they may know of the sealed.
    """

    scope: ScopeKind = ScopeKind.EVERYONE
    withholds: bool = False
    sees_sealed: bool = True

    def conditions(self) -> Mapping[str, Condition]:
        """What writes each condition, by its short name."""
        return {
            "holds": HOLDS.format,
            "written": WRITTEN.format,
            "visible": self._visible,
            "unsealed": lambda one: self._unsealed(one) or "true",
            "admitted": lambda one: self.of(_ASKED, one) or "true",
        }

    def of(self, labels: tuple[str, ...], one: str) -> str:
        """The condition on a node of one of these labels; none where nothing has to be asked."""
        if self == OF_WHOEVER_SEES_ALL:
            return ""
        asked = {label: self._of(label, one) for label in labels if label in _ASKED}
        if len(asked) <= 1:
            return next(iter(asked.values()), "")
        cases = " ".join(f"WHEN {one}:{label} THEN {is_so}" for label, is_so in asked.items())
        return f"CASE {cases} ELSE false END"

    @property
    def _scoped(self) -> bool:
        return self.scope is not ScopeKind.EVERYONE

    def _visible(self, fact: str) -> str:
        heard = _HEARD.format(fact)
        if not self.sees_sealed:
            heard = f"({heard} AND NOT startNode({fact}):Sealed AND NOT endNode({fact}):Sealed)"
        if not self._scoped:
            return heard
        about = self._in_scope("gate_about", f"WITH {_ABOUT.format(fact)} AS gate_about ")
        paper = _PAPER.format(fact, describes=self._describes("gate_paper"))
        return f"({heard} AND {about} AND (NOT {_OF_A_SPONSOR.format(fact)} OR {paper}))"

    def _of(self, label: str, one: str) -> str:
        unsealed = "" if label == "Address" else self._unsealed(one)
        return _both(unsealed, self._known(label, one)) or "true"

    def _unsealed(self, one: str) -> str:
        return "" if self.sees_sealed else f"NOT {one}:Sealed"

    def _known(self, label: str, one: str) -> str:
        if label in ("Address", "Hearing"):
            if not self._scoped and not self.withholds and label == "Hearing":
                return ""  # nothing but the seal could hide what its sources say
            relation = "LIVES_AT" if label == "Address" else "REPORTS"
            visible = self._visible("gate_fact")
            return _FACT_IS_VISIBLE.format(one, relation=relation, visible=visible)
        if label == "Record":
            return _both(
                _READ.format(one) if self.withholds else "",
                self._describes(one) if self._scoped else "",
            )
        holds = HOLDS.format("gate_link")
        described = _DESCRIBED.format(one, holds=holds, read=_READ.format("gate_record"))
        return _both(
            described if self.withholds else "", self._in_scope(one) if self._scoped else ""
        )

    def _describes(self, record: str) -> str:
        holds = HOLDS.format("gate_link")
        return _DESCRIBES.format(record, holds=holds, in_scope=self._in_scope("gate_one"))

    def _in_scope(self, one: str, begin: str = "") -> str:
        if self.scope is ScopeKind.NOBODY:
            return "false"
        holds = HOLDS.format("gate_within")
        opened = _OPEN.format(kind=self.scope)
        return _IN_SCOPE.format(begin=begin, one=one, holds=holds, open=opened, tied=_TIED)


def _both(one: str, other: str) -> str:
    return f"({one} AND {other})" if one and other else one or other


OF_WHOEVER_SEES_ALL = Admission()
