"""How many children: a count of identities, and what the pairs under review make of it."""

from graph.shapes.asking import SINCE, UNTIL, plain
from graph.shapes.counting import POPULATION
from graph.shapes.identities import key_is_readable
from graph.shapes.shape import Argument, Made, Makes, Relation, Shape
from graph.uncertainty import made_count
from graph.vocabulary.court import Appearance
from graph.vocabulary.evidence import Decision, PairReason
from graph.vocabulary.people import Role

COUNT_RANGE = Shape(
    name="CountRange",
    node="found",
    makes=Makes("found", made_count),
    fields={
        "counted": Made("counted"),
        "low": Made("low"),
        "likely": Made("likely"),
        "high": Made("high"),
        "underReview": Made("under_review"),
        "method": Made("method"),
    },
)

SHAPES = (COUNT_RANGE,)

# A judgement that two are different outlives its pair's review; a pair with a record that may not
# be seen tells nothing.
_TELLS = (
    f"pair.role = '{Role.CHILD}' AND holds(pair)"
    f" AND (pair.decision = '{Decision.REVIEW}' OR pair.why = '{PairReason.JUDGED_DIFFERENT}')"
    f" AND {key_is_readable('pair.leftKey')} AND {key_is_readable('pair.rightKey')}"
    " AND unsealed(pair)"
)
# Of a pair: who it is between by now, why it is for review, and which of the two are `counted`.
_BETWEEN = (
    "MATCH (:Record {keyVersion: pair.leftRecord})-[left_link:DESCRIBES]->(one:Child)"
    " WHERE holds(left_link)"
    " MATCH (:Record {keyVersion: pair.rightRecord})-[right_link:DESCRIBES]->(other:Child)"
    " WHERE holds(right_link) AND one <> other"
    " WITH one, other, pair.why AS why,"
    " one IN counted AS one_counts, other IN counted AS other_counts"
    " WHERE one_counts OR other_counts"
    " RETURN DISTINCT [one.id, other.id, why, one_counts, other_counts]"
)
_BINDS = (
    *("counted", "found", "pair", "left_link", "right_link", "one", "other"),
    *("why", "one_counts", "other_counts", "record", "described"),
)


def _count(children: str, pairs: str) -> str:
    """Clauses that bind `found`: `children` returns those counted, `pairs` finds their pairs."""
    return (
        f"WITH *, COLLECT {{ {children} }} AS counted"
        f" WITH *, [size(counted), COLLECT {{ {pairs} {_BETWEEN} }}, {POPULATION}] AS found"
    )


# The few children of one house: from their records to the pairs.
_PAIRS_OF_A_FEW = (
    "UNWIND counted AS child MATCH (child)<-[described:DESCRIBES]-(record:Record)"
    " WHERE holds(described)"
    " CALL (record) { MATCH (pair:CandidatePair {leftKey: record.key}) RETURN pair"
    " UNION MATCH (pair:CandidatePair {rightKey: record.key}) RETURN pair }"
    f" WITH DISTINCT pair WHERE {_TELLS}"
)


def of_a_few(children: str, binds: tuple[str, ...], *arguments: Argument) -> Relation:
    """The count of children whom `children`, clauses that bind `child`, finds: not very many."""
    return Relation(
        of=("CountRange",),
        match=_count(f"{children} RETURN DISTINCT child", _PAIRS_OF_A_FEW),
        binds=("child", *binds, *_BINDS),
        arguments=arguments,
    )


# Linkage keeps what is at stake with each pair, in an index: from this figure on a child of either
# record failed to appear, or judgements conflict. An index is used when all of it is asked for.
_FAILED_FROM = 2
_PAIRS_OF_WHO_FAILED = (
    "MATCH (pair:CandidatePair)"
    " USING INDEX pair:CandidatePair(decision, stake, moved, matchWeight, id)"
    f" WHERE pair.decision IN ['{Decision.REVIEW}', '{Decision.APART}']"
    f" AND pair.stake >= {_FAILED_FROM} AND pair.moved IS NOT NULL"
    f" AND pair.matchWeight IS NOT NULL AND pair.id IS NOT NULL AND {_TELLS}"
)


def _who_failed(hearings: str) -> str:
    return (
        f"MATCH (hearing:Hearing) {hearings} hearing.date >= $since AND hearing.date < $until"
        " AND written(hearing) AND EXISTS { MATCH ()-[heard:REPORTS]->(hearing)"
        f" WHERE visible(heard:REPORTS) AND heard.appearance = '{Appearance.FAILED_TO_APPEAR}' }}"
        " MATCH (child:Child)-[has_hearing:HAS_HEARING]->(hearing) WHERE holds(has_hearing)"
        " WITH DISTINCT child WHERE admitted(child:Child) RETURN child"
    )


_ANYWHERE = "USING INDEX hearing:Hearing(date, id) WHERE hearing.id IS NOT NULL AND"
_AT_A_COURT = (
    "USING INDEX hearing:Hearing(court, date, id)"
    " WHERE hearing.court = $court AND hearing.id IS NOT NULL AND"
)

ROOTS = {
    "failedToAppearCount": Relation(
        of=("CountRange",),
        match=_count(_who_failed(_ANYWHERE), _PAIRS_OF_WHO_FAILED),
        instead={"court": _count(_who_failed(_AT_A_COURT), _PAIRS_OF_WHO_FAILED)},
        binds=("hearing", "heard", "child", "has_hearing", *_BINDS),
        arguments=(SINCE, UNTIL, plain("court")),
    ),
}
