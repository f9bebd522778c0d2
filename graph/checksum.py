"""One number for a whole graph: equal when ids and visible facts are equal, in whatever order."""

import hashlib
from collections.abc import Iterator
from itertools import chain
from typing import LiteralString

import orjson
from neo4j import Session

from graph.writes.runs import published_run

# Nodes and relations of a run say which; those of the machinery (Run, Publication, migrations)
# don't, and what people opened is of none: they are not part of what the graph says.
_NODES = """CYPHER 25
MATCH (node)
WHERE node.runFrom <= $run AND coalesce($run < node.runUntil, true)
RETURN COLLECT { UNWIND labels(node) AS label RETURN label ORDER BY label }, properties(node)"""

_FACTS = """CYPHER 25
MATCH (start)-[fact]->(end)
WHERE 0 < fact.runFrom <= $run < fact.runUntil
RETURN type(fact), coalesce(start.keyVersion, start.id), coalesce(end.keyVersion, end.id),
       properties(fact)"""

# When something was written is not what it says: a graph built in two runs may equal that of one.
_NOT_SAID = ("runFrom", "runUntil", "supersededIn", "receivedAt")
_WIDTH = 2**256


def fingerprint(session: Session) -> str:
    """64 hexadecimal digits of every node and every fact that readers see at the published run.

    Rows are streamed: memory stays small, and three million elements take some minutes.
    """
    run = published_run(session).seq
    total = 0
    for row in chain(_rows(session, _NODES, run), _rows(session, _FACTS, run)):
        digest = hashlib.sha256(row).digest()
        # A sum, not XOR: a fact written twice must not cancel itself out.
        total = (total + int.from_bytes(digest)) % _WIDTH
    return f"{total:064x}"


def _rows(session: Session, statement: LiteralString, run: int) -> Iterator[bytes]:
    for values in session.run(statement, run=run):
        *names, said = values.values()
        told = {key: value for key, value in said.items() if key not in _NOT_SAID}
        yield orjson.dumps([*names, told], default=str, option=orjson.OPT_SORT_KEYS)
