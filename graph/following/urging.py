"""Which pairs of records are about a child with an open follow-up: they are reviewed first.

It stands on the pair (`followed`, 1 or 0), so that an index leads the queue by it: opening a
follow-up and the step that ends it bring it up to date in their own transactions. A published run
changes pairs, and whose hearing it is: once all else is settled, the worker looks at all of them.
"""

from collections.abc import Sequence
from typing import Final

from graph.vocabulary.evidence import Decision
from graph.writes.steps import Steps

_IS_FOLLOWED: Final = """CASE WHEN EXISTS {
  MATCH (side:Record)-[link:DESCRIBES]->(:Child)-[has:HAS_HEARING]->(:Hearing)<-[:FOLLOWS]-(open)
  WHERE side.keyVersion IN [pair.leftRecord, pair.rightRecord] AND link.role = pair.role
    AND link.runFrom <= run AND run < link.runUntil AND has.runFrom <= run AND run < has.runUntil
    AND open.closedAt IS NULL
} THEN 1 ELSE 0 END"""

# Setting a property takes the pair's lock: whoever ends one follow-up of a child while another is
# opened looks at what is open after the other, and both take the locks in one order.
_BROUGHT_UP: Final = f"""WITH run, pair ORDER BY pair.id
SET pair.followed = pair.followed
WITH run, pair
SET pair.followed = {_IS_FOLLOWED}"""

_OF_THESE: Final = f"""CYPHER 25
MATCH (publication:Publication {{id: 'graph'}}) WITH publication.run AS run
UNWIND $followUps AS id
MATCH (:FollowUp {{id: id}})-[:FOLLOWS]->(:Hearing)<-[tie:HAS_HEARING]-(:Child)
  <-[described:DESCRIBES]-(record:Record)
WHERE tie.runFrom <= run AND run < tie.runUntil
  AND described.runFrom <= run AND run < described.runUntil
CALL (record) {{
  MATCH (pair:CandidatePair {{leftKey: record.key}}) RETURN pair
  UNION
  MATCH (pair:CandidatePair {{rightKey: record.key}}) RETURN pair
}}
WITH DISTINCT run, pair WHERE pair.runFrom <= run AND run < pair.runUntil
{_BROUGHT_UP}"""

_OF_ALL: Final = f"""CYPHER 25
MATCH (publication:Publication {{id: 'graph'}}) WITH publication.run AS run
MATCH (pair:CandidatePair {{decision: $review}})
WHERE pair.runFrom <= run AND run < pair.runUntil
WITH run, pair WHERE pair.followed <> {_IS_FOLLOWED}
{_BROUGHT_UP}"""


def urging(follow_ups: Sequence[str]) -> Steps[None]:
    """The step that brings the pairs of these follow-ups' children up to date."""
    if follow_ups:
        yield _OF_THESE, {"followUps": sorted(follow_ups)}


def urging_all() -> Steps[None]:
    """The step that does so for every pair under review."""
    yield _OF_ALL, {"review": str(Decision.REVIEW)}
