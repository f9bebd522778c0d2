"""Counting many children in one pass: how many of each cell, and which of them may be one child.

A cell is what a report tells children apart by. Cypher adds up, so that few rows leave it however
many children there are; and of pairs under review it gives the cells of both, so that Python can
say how many children the cells hold at least (`graph.reports.figure`).
"""

from graph.shapes.identities import key_is_readable
from graph.vocabulary.evidence import Decision
from graph.vocabulary.people import Role

# Whoever is scoped counts their own, from their scopes to the children of each.
THEIR_CHILDREN = (
    "UNWIND gate_open AS opened MATCH (opened)<-[mine:WITHIN]-(child:Child) WHERE holds(mine)"
    " WITH DISTINCT child "
)
# An index is used when all of it is asked for.
UNDER_REVIEW = (
    "MATCH (pair:CandidatePair) USING INDEX pair:CandidatePair(decision, matchWeight, id)"
    f" WHERE pair.decision = '{Decision.REVIEW}' AND pair.matchWeight IS NOT NULL"
    f" AND pair.id IS NOT NULL AND pair.role = '{Role.CHILD}' AND holds(pair)"
    f" AND {key_is_readable('pair.leftKey')} AND {key_is_readable('pair.rightKey')}"
    " AND unsealed(pair)"
    " MATCH (:Record {keyVersion: pair.leftRecord})-[left_link:DESCRIBES]->(one:Child)"
    " WHERE holds(left_link)"
    " MATCH (:Record {keyVersion: pair.rightRecord})-[right_link:DESCRIBES]->(other:Child)"
    " WHERE holds(right_link) AND one <> other"
    " WITH DISTINCT one, other, pair.why AS why"
)
# Of how many the pairs were found: the more, the more strangers look alike. Read from the
# database's own count, and told to nobody.
POPULATION = "COUNT { (:Child) }"
BINDS = (
    *("opened", "mine", "child", "pair", "left_link", "right_link", "one", "other", "why"),
    *("one_cell", "other_cell", "cell", "cells", "doubts", "found"),
)


def counted(kind: str, every: str, hers: str, *more: str) -> str:
    """Clauses that bind `found`: `[kind, as of, [[cell, how many]], [doubt], population, …more]`.

    `every` are clauses that leave `cell` for each child who is counted, `hers` those that do so for
    one `child`. A doubt is `[one id, other id, why, one's cell, other's cell]`, a cell being null
    where she is not counted.
    """
    of_one, of_other = (
        f"head(COLLECT {{ WITH {one} AS child {hers} RETURN cell }}) AS {one}_cell"
        for one in ("one", "other")
    )
    told = ", ".join([f"'{kind}'", "toString($asOf)", "cells", "doubts", POPULATION, *more])
    return (
        f"WITH *, COLLECT {{ {every} WITH cell, count(*) AS many RETURN [cell, many] }} AS cells"
        f" WITH *, COLLECT {{ {UNDER_REVIEW} WITH one, other, why, {of_one}, {of_other}"
        " WHERE one_cell IS NOT NULL OR other_cell IS NOT NULL"
        " RETURN [one.id, other.id, why, one_cell, other_cell] } AS doubts"
        f" WITH *, [{told}] AS found"
    )
