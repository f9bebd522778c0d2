"""Whom and what a statement may tell of: the conditions that a viewer's gate adds to every text.

Some conditions are written short in the texts of `graph.shapes`. `holds(relation)` and
`written(node)` are about runs alone, `told(fact)` also about the sharing class, and
`unsealed(node)` about the seal. `visible(fact)` is a relation that holds, whose sharing class is
not withheld, and which is about somebody within the viewer's scopes. `said(value)`, `heard(value)`
and `each_said(values)` are about the classes of those who say a value. `admitted(node)` is a child,
sponsor, hearing, address or record that the viewer may know to be there at all:

- of a child or a sponsor, some record that may be read describes them, and they are in scope;
- of a hearing or an address, some fact that is visible leads to it;
- of a record, its table is not withheld, and it describes a child in scope, or no child and such
  a sponsor.

Both say of what kind a thing is, as in `visible(heard:REPORTS)` or `admitted(found:Child|Sponsor)`,
lest everything that it might be is asked for: the text that Neo4j plans would be ten times as long.

A child is in scope by `WITHIN`, a sponsor and a hearing by a child's. Which scopes are open to the
viewer is read once, as `gate_open`. Who is sealed is not there, nor what tells of her alone:
hearings, records, pairs, judgements and events bear the same label. For whoever sees everything
`admitted` is simply true, and `visible` a look at the relation.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from graph.vocabulary.viewers import ScopeKind

# A relation that holds at the published run. A run being written is numbered above it.
HOLDS = "({0}.runFrom <= run AND run < {0}.runUntil)"
# A node that was there at the published run.
WRITTEN = "{0}.runFrom <= run"
_TOLD = f"({HOLDS} AND NOT {{0}}.sharingClass IN $withheld)"
# A value of biographics whose classes stand beside it, and a list of such (`graph.shapes.said`).
_HEARD = "any(of_class IN {0}From WHERE NOT of_class IN $withheld)"
_EACH_SAID = (
    "[nth IN range(0, size(coalesce({0}From, [])) - 1) WHERE"
    " any(of_class IN split({0}From[nth], ' ') WHERE NOT of_class IN $withheld)"
    " | {0}[nth]]"
)
_READ = "NOT {0}.table IN $withheldTables"

# Of what kind something is, where a text says nothing of it.
_FACTS = "RELEASED_TO|LIVES_AT"
# What is said of a child alone, and starts at her.
_OF_A_CHILD = {
    *("RELEASED_TO", "TRANSFER_STATED_IN", "NTA_STATED_IN", "RELIEF_STATED_IN"),
    *("ORDER_STATED_IN", "CONTACT_STATED_IN"),
}
_NODES = "Child|Sponsor|Hearing|Address|Record"

# Names that no text of `graph.shapes` uses: a subquery sees what is bound round it.
_FACT_IS_VISIBLE = "EXISTS {{ MATCH ({0})<-[gate_fact:{1}]-() WHERE {2} }}"
_DESCRIBED = (
    "EXISTS {{ MATCH ({0})<-[gate_link:DESCRIBES]-(gate_record:Record) WHERE {1} AND {2} }}"
)
_DESCRIBES = "MATCH ({0})-[gate_link:DESCRIBES]->(gate_one:{1}) WHERE {2}"
# Asked where `gate_link` is bound already, and would be that very relation.
_NAMES_A_CHILD = "EXISTS {{ MATCH ({0})-[gate_named:DESCRIBES]->(:Child) WHERE {1} }}"
_PAPER = ":Record {{keyVersion: {0}.record}}"

# A scope is the viewer's by office or docket, or somebody opened it to them until a moment, and
# then it closes on that moment; a case is open only to a holder who names it. Of which kind it is
# is a parameter: officers by office and attorneys by docket ask in the same words, planned once.
OPENED = (
    "COLLECT { MATCH (gate_scope:Scope) WHERE gate_scope.id IN $scopes"
    " AND gate_scope.kind = $scopeKind AND gate_scope.holders IS NULL RETURN gate_scope"
    " UNION MATCH (gate_scope:Scope) WHERE gate_scope.kind IN [$scopeKind, 'BREAK_GLASS']"
    " AND gate_scope.opensUntil > $now AND $viewer IN gate_scope.holders"
    " AND gate_scope.closedAt IS NULL"
    " AND (gate_scope.kind <> 'CASE' OR gate_scope.id IN $scopes) RETURN gate_scope }"
)
_WITHIN = (
    f"-[gate_within:WITHIN]->(gate_scope) WHERE {HOLDS.format('gate_within')}"
    " AND gate_scope IN gate_open"
)
# Of the children whom a paper names, one in scope; or it names none.
_HERS = (
    "OPTIONAL MATCH (gate_one)-[gate_hers:WITHIN]->(gate_her_scope)"
    f" WHERE {HOLDS.format('gate_hers')} AND gate_her_scope IN gate_open"
    " WITH gate_one, gate_hers WHERE gate_one IS NULL OR gate_hers IS NOT NULL"
)
# How the three kinds of things that hang on a child lead to her, and what that relation must be.
# Having a hearing is no fact of a class: what its sources say of it is.
_TO_A_CHILD = {
    "Child": ("", ""),
    "Sponsor": ("<-[gate_tie:RELEASED_TO]-()", " AND " + _TOLD.format("gate_tie")),
    "Hearing": ("<-[gate_tie:HAS_HEARING]-()", " AND " + HOLDS.format("gate_tie")),
}

# Of the thing that it is about, and of what kind that is said to be.
Condition = Callable[[str, str], str]


@dataclass(frozen=True, slots=True)
class Admission:
    """What is compiled in for a viewer.

    By the kind of scope, whether a class is withheld, and whether they may know of the sealed.
    """

    scope: ScopeKind = ScopeKind.EVERYONE
    withholds: bool = False
    sees_sealed: bool = True

    @property
    def scoped(self) -> bool:
        """Whether it is asked of each thing whether it is the viewer's to see."""
        return self.scope is not ScopeKind.EVERYONE

    def conditions(self) -> Mapping[str, Condition]:
        """What writes each condition, by its short name."""
        return {
            "holds": lambda one, _: HOLDS.format(one),
            "written": lambda one, _: WRITTEN.format(one),
            "told": lambda one, _: self._told(one),
            "heard": lambda value, _: _HEARD.format(value) if self.withholds else "true",
            "said": lambda value, _: (
                f"CASE WHEN {_HEARD.format(value)} THEN {value} END" if self.withholds else value
            ),
            "each_said": lambda values, _: (
                _EACH_SAID if self.withholds else "coalesce({0}, [])"
            ).format(values),
            "unsealed": lambda one, _: self._unsealed(one) or "true",
            "visible": self._visible,
            "admitted": lambda one, kinds: self.of((kinds or _NODES).split("|"), one) or "true",
        }

    def of(self, labels: Sequence[str], one: str) -> str:
        """The condition on a node of one of these labels; none where nothing has to be asked."""
        if self == OF_WHOEVER_SEES_ALL:
            return ""
        asked = {label: self._of(label, one) for label in labels if label in _NODES.split("|")}
        if len(asked) <= 1:
            return next(iter(asked.values()), "")
        cases = " ".join(f"WHEN {one}:{label} THEN {is_so}" for label, is_so in asked.items())
        return f"CASE {cases} ELSE {one} IS NULL END"

    def _visible(self, fact: str, kinds: str) -> str:
        told = self._told(fact)
        if not self.sees_sealed:
            told = f"({told} AND NOT startNode({fact}):Sealed AND NOT endNode({fact}):Sealed)"
        return f"({told} AND {self._about(fact, kinds or _FACTS)})" if self.scoped else told

    def _told(self, fact: str) -> str:
        return (_TOLD if self.withholds else HOLDS).format(fact)

    def _about(self, fact: str, kinds: str) -> str:
        """Whether a fact is about somebody in scope: about whom depends on what it says."""
        if kinds == "REPORTS":
            return self._in_scope("gate_about", "Hearing", f"WITH endNode({fact}) AS gate_about ")
        whom = f"WITH startNode({fact}) AS gate_about "
        if self.scope is ScopeKind.NOBODY or _OF_A_CHILD.issuperset(kinds.split("|")):
            return self._in_scope("gate_about", "Child", whom)
        # What was read of where a sponsor lives goes with the child whom the same paper names.
        paper = _DESCRIBES.format(_PAPER.format(fact), "Child", HOLDS.format("gate_link"))
        of_a_sponsor = self._in_scope("gate_about", "Sponsor")
        return (
            f"EXISTS {{ {whom}WHERE gate_about:Child {self._scoped('gate_about', 'Child')}"
            f" RETURN 1 AS gate_found UNION ALL {whom}WHERE NOT gate_about:Child AND {of_a_sponsor}"
            f" OPTIONAL {paper} {_HERS} RETURN 1 AS gate_found }}"
        )

    def _of(self, label: str, one: str) -> str:
        unsealed = "" if label == "Address" else self._unsealed(one)
        return _both(unsealed, self._known(label, one)) or "true"

    def _unsealed(self, one: str) -> str:
        return "" if self.sees_sealed else f"NOT {one}:Sealed"

    def _known(self, label: str, one: str) -> str:
        if label == "Hearing" and not self.scoped and not self.withholds:
            return ""  # nothing but the seal could hide what its sources say
        if label in ("Address", "Hearing"):
            kind = "LIVES_AT" if label == "Address" else "REPORTS"
            return _FACT_IS_VISIBLE.format(one, kind, self._visible("gate_fact", kind))
        if label == "Record":
            read = _READ.format(one) if self.withholds else ""
            return _both(read, self._describes(one) if self.scoped else "")
        described = _DESCRIBED.format(one, HOLDS.format("gate_link"), _READ.format("gate_record"))
        return _both(
            described if self.withholds else "",
            self._in_scope(one, label) if self.scoped else "",
        )

    def _describes(self, record: str) -> str:
        """A paper of a release names a child and a sponsor: it goes with the child."""
        if self.scope is ScopeKind.NOBODY:
            return "false"
        child, sponsor = (
            _DESCRIBES.format(record, label, HOLDS.format("gate_link"))
            for label in ("Child", "Sponsor")
        )
        names_a_child = _NAMES_A_CHILD.format(record, HOLDS.format("gate_named"))
        return (
            f"EXISTS {{ {child} {self._scoped('gate_one', 'Child')} RETURN 1 AS gate_found"
            f" UNION ALL {sponsor} AND NOT {names_a_child}"
            f" {self._scoped('gate_one', 'Sponsor')} RETURN 1 AS gate_found }}"
        )

    def _in_scope(self, one: str, label: str, begin: str = "") -> str:
        if self.scope is ScopeKind.NOBODY:
            return "false"
        return f"EXISTS {{ {begin}{self._scoped(one, label)} }}"

    def _scoped(self, one: str, label: str) -> str:
        way, tied = _TO_A_CHILD[label]
        return f"MATCH ({one}){way}{_WITHIN}{tied}"


def _both(one: str, other: str) -> str:
    return f"({one} AND {other})" if one and other else one or other


OF_WHOEVER_SEES_ALL = Admission()
