"""The questions, as each contestant is asked them.

Five are those of any such API: a child by A-number with her addresses, sponsors and hearings; the
two steps round a sponsor; a page of a court's hearings; the path between two children; people by
a name. The sixth nests more than a thousand things in one answer.

The hand-written Cypher is what somebody would write who knows the graph: what holds at the
published run, in maps as the answer has them, one record a question. It withholds nothing from
anybody, as sponsorgraph's statements may. The peer's statements are its own: it is told nothing of
runs, so it asks less of the same graph.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Question:
    """One question in three dialects; all take the same variables."""

    ours: str
    peer: str
    cypher: str


_PUBLISHED = "CYPHER 25 MATCH (publication:Publication {id: 'graph'}) WITH publication.run AS run "
_ADDRESS = "{id: a.id, line1: a.line1, unit: a.unit, city: a.city, state: a.state, zip: a.zip}"
_ADDRESS_FIELDS = "id line1 unit city state zip"
_NAME = "givenNames: b.givenNames, familyName: b.familyName"
_NAME_FIELDS = "givenNames familyName"
_BORN = f"aNumber: b.aNumber, {_NAME}, dateOfBirth: toString(b.dateOfBirth)"


def _holds(*facts: str) -> str:
    return " AND ".join(f"{fact}.runFrom <= run AND run < {fact}.runUntil" for fact in facts)


def _stays(person: str) -> str:
    return (
        f"[({person})-[l:LIVES_AT]->(a:Address) WHERE {_holds('l')} |"
        f" {{kind: l.kind, reportedOn: toString(l.reportedOn), address: {_ADDRESS}}}]"
    )


def _releases(child: str, number: int, inner: str = "") -> str:
    """Of each the sponsor by name, which stands on a node of its own."""
    r, s, n, b = (f"{name}{number}" for name in "rsnb")
    return (
        f"COLLECT {{ MATCH ({child})-[{r}:RELEASED_TO]->({s}:Sponsor)-[{n}:HAS_BIOGRAPHICS]->({b})"
        f" WHERE {_holds(r, n)} RETURN {{releasedOn: toString({r}.releasedOn), sponsor: {{"
        f"id: {s}.id, {_NAME.replace('b.', f'{b}.')}{inner.replace('<s>', s)}}}}} }}"
    )


_STAYS = f"addressHistory {{ kind reportedOn address {{ {_ADDRESS_FIELDS} }} }}"
_PEER_STAYS = (
    "livesAtConnection { edges { properties { kind reportedOn }"
    f" node {{ {_ADDRESS_FIELDS} }} }} }}"
)
_SPONSORS = f"releases {{ releasedOn sponsor {{ id {_NAME_FIELDS} }} }}"
_PEER_SPONSORS = (
    "releasedToConnection { edges { properties { releasedOn }"
    f" node {{ id biographics {{ {_NAME_FIELDS} }} }} }} }}"
)

_BY_A_NUMBER = Question(
    ours="query Q($a: String!) { child(aNumber: $a) { id aNumber givenNames familyName dateOfBirth"
    f" {_STAYS} {_SPONSORS} hearings(first: 100) {{ edges {{ node {{ id date court }} }} }} }} }}",
    peer="query Q($a: String!) { childBiographics(where: {aNumber: {eq: $a}}) {"
    f" aNumber {_NAME_FIELDS} dateOfBirth child {{ id {_PEER_STAYS} {_PEER_SPONSORS}"
    " hearings { id date court } } } }",
    cypher=f"{_PUBLISHED} MATCH (b:ChildBiographics {{aNumber: $a}})<-[n:HAS_BIOGRAPHICS]-(c:Child)"
    f" WHERE {_holds('n')} RETURN {{id: c.id, {_BORN}, addressHistory: {_stays('c')},"
    f" releases: {_releases('c', 1)}, hearings: [(c)-[g:HAS_HEARING]->(h:Hearing)"
    f" WHERE {_holds('g')} | {{id: h.id, date: toString(h.date), court: h.court}}]}} AS v",
)

_NETWORK = Question(
    ours=f"query Q($id: ID!) {{ sponsor(id: $id) {{ id {_NAME_FIELDS} releases {{ releasedOn"
    f" child {{ id aNumber {_NAME_FIELDS} releases {{ releasedOn sponsor {{ id {_NAME_FIELDS}"
    f" {_STAYS} }} }} }} }} }} }}",
    peer=f"query Q($id: ID!) {{ sponsors(where: {{id: {{eq: $id}}}}) {{ id"
    f" biographics {{ {_NAME_FIELDS} }} childrenConnection {{ edges {{ properties {{ releasedOn }}"
    f" node {{ id biographics {{ aNumber {_NAME_FIELDS} }} releasedToConnection {{ edges {{"
    f" properties {{ releasedOn }} node {{ id biographics {{ {_NAME_FIELDS} }} {_PEER_STAYS}"
    " } } } } } } } }",
    cypher=f"{_PUBLISHED} MATCH (s:Sponsor {{id: $id}})-[m:HAS_BIOGRAPHICS]->(b)"
    f" WHERE {_holds('m')} RETURN {{id: s.id, {_NAME}, releases: COLLECT {{"
    " MATCH (s)<-[q:RELEASED_TO]-(c:Child)-[n:HAS_BIOGRAPHICS]->(k)"
    f" WHERE {_holds('q', 'n')} RETURN {{releasedOn: toString(q.releasedOn), child: {{id: c.id,"
    " aNumber: k.aNumber, givenNames: k.givenNames, familyName: k.familyName,"
    f" releases: {_releases('c', 1, ', addressHistory: ' + _stays('<s>'))}}}}} }}}} AS v",
)


def _hearings(many: int) -> Question:
    """The latest hearings of a court before a day, with each child, where she lived and with whom.

    All are led by the index's columns, so that the index gives the order.
    """
    child = f"id aNumber {_NAME_FIELDS}"
    return Question(
        ours=f"query Q($court: String!, $until: Date!) {{ hearings(court: $court, until: $until,"
        f" last: {many}) {{ edges {{ node {{ id date court child {{ {child} {_STAYS} {_SPONSORS}"
        " } } } } }",
        peer="query Q($court: String!, $until: Date!) { hearings(where: {court: {eq: $court},"
        f" date: {{lt: $until}}}}, limit: {many}, sort: [{{court: DESC}}, {{date: DESC}},"
        " {id: DESC}]) { id date court child { id biographics { aNumber givenNames familyName }"
        f" {_PEER_STAYS} {_PEER_SPONSORS} }} }} }}",
        cypher=f"{_PUBLISHED} MATCH (h:Hearing) USING INDEX h:Hearing(court, date, id)"
        " WHERE h.court = $court AND h.date < date($until) AND h.id IS NOT NULL"
        " AND h.runFrom <= run WITH run, h ORDER BY h.court DESC, h.date DESC, h.id DESC"
        f" LIMIT {many} RETURN collect({{id: h.id, date: toString(h.date), court: h.court,"
        " child: head(COLLECT { MATCH (h)<-[g:HAS_HEARING]-(c:Child)-[n:HAS_BIOGRAPHICS]->(b)"
        f" WHERE {_holds('g', 'n')} RETURN {{id: c.id, aNumber: b.aNumber, {_NAME},"
        f" addressHistory: {_stays('c')}, releases: {_releases('c', 1)}}} }})}}) AS v",
    )


_TIED = "[t:RELEASED_TO|LIVES_AT WHERE t.runFrom <= run AND run < t.runUntil]"
# The peer has no path of its own: it is given this as a part of its statements, as its manual says.
PATH = (
    f"{_PUBLISHED.removeprefix('CYPHER 25 ')} MATCH (a:Child {{id: $from}}) MATCH (b:Child {{id: $to}})"
    f" MATCH p = SHORTEST 1 (a) (()-{_TIED}-()){{1,4}} (b)"
    " UNWIND range(0, length(p) - 1) AS i RETURN {from: nodes(p)[i].id, to: nodes(p)[i + 1].id,"
    " kind: type(relationships(p)[i])} AS step"
)
_PATH = Question(
    ours="query Q($from: ID!, $to: ID!) { shortestPath(from: $from, to: $to, maxLength: 4) {"
    " steps { from { id } to { id } tie { kind } } } }",
    peer="query Q($from: ID!, $to: ID!) { path(from: $from, to: $to) { from to kind } }",
    cypher=f"CYPHER 25 {PATH.replace('RETURN {', 'RETURN collect({').replace(' AS step', ') AS v')}",
)

# Nor does the peer look for names as everybody here does: it is given that as well.
_FOUND_BY_NAME = (
    "CALL db.index.fulltext.queryNodes('child_names_by_class', $lucene"
    " + ' NOT supersededIn:[000000000 TO ' + right('00000000' + run, 9) + ']', {limit: 200})"
    " YIELD node AS b, score MATCH (b)<-[n:HAS_BIOGRAPHICS]-(c:Child)"
    f" WHERE {_holds('n')} WITH b, c, score ORDER BY score DESC, c.id LIMIT 20"
)
NAMES = f"{_PUBLISHED.removeprefix('CYPHER 25 ')} {_FOUND_BY_NAME} RETURN b"
_BY_NAME = Question(
    ours="query Q($q: String!) { children(name: $q, first: 20) { edges { node {"
    f" id aNumber {_NAME_FIELDS} dateOfBirth }} }} }} }}",
    peer="query Q($lucene: String!) { childrenByName(lucene: $lucene) {"
    f" aNumber {_NAME_FIELDS} dateOfBirth child {{ id }} }} }}",
    cypher=f"{_PUBLISHED} {_FOUND_BY_NAME} RETURN collect({{id: c.id, {_BORN}}}) AS v",
)

QUESTIONS = {
    "child by A-number": _BY_A_NUMBER,
    "two steps round a sponsor": _NETWORK,
    "50 hearings of a court": _hearings(50),
    "path between two": _PATH,
    "people by name": _BY_NAME,
    "a thousand nested": _hearings(100),
}
