"""What a step from one to another along a fact costs: the less, the more it can be relied on.

The rule, in points; 10 is one fresh word of the agency that itself did what it tells of:

- PAPER: by who says it, and how near they were (`_OF_A_PAPER`).
- AGE: 5 for each year since an address was last reported, 20 at most. A release is an event, and
  does not age.
- ENDED: 10 where the release or the stay was over on the day asked about.
- DOUBT: a point for each bit by which the match weight that ties the record to the person falls
  short of 15, 15 at most; 10 where that record may not be seen.
- AGREEMENT: 4 less for each further agency that says the same, 8 at most.
- CROWD: for leading through a place or a person that many are tied to, 10 for each time that their
  number doubles from 8 on. A neighbour in a block of flats is not a relative.

Of several records of one fact the cheapest counts. The numbers are this software's own: they order
paths by what a person would check first, and are no measure of truth.
"""

from graph.shapes.ties import UNTIL
from graph.vocabulary.evidence import CostReason
from graph.vocabulary.places import AddressKind

_OF_A_RELEASE = 10
_OF_A_PAPER = {
    AddressKind.CALL_CONFIRMED: 10,  # somebody spoke to them
    AddressKind.RELEASE: 10,
    AddressKind.VERIFICATION_OF_RELEASE: 10,
    AddressKind.COURT_FILE: 15,  # what the court was told
    AddressKind.ENFORCEMENT_FILE: 15,
    AddressKind.NOTICE_TO_APPEAR: 20,  # written before she was released: S2:108 found it outdated
    AddressKind.WORKSHEET: 25,  # a local workaround (S2:136)
}
_A_YEAR, _MOST_OF_AGE = 5, 20
_OVER = 10
_SURE, _MOST_OF_DOUBT, _UNSEEN = 15, 15, 10
_AN_AGENCY, _MOST_OF_AGREEMENT = 4, 8
_QUIET, _A_DOUBLING = 8, 10

_PAPER = " ".join(f"WHEN '{kind}' THEN {points}" for kind, points in _OF_A_PAPER.items())
DAYS_OLD = "duration.inDays(tie.reportedOn, $asOf).days"
_AGE = (
    f"CASE WHEN tie.reportedOn IS NULL THEN 0 WHEN {DAYS_OLD} >= 365 * {_MOST_OF_AGE // _A_YEAR}"
    f" THEN {_MOST_OF_AGE} ELSE {_A_YEAR} * ({DAYS_OLD} / 365) END"
)
_DOUBT = (
    "coalesce(head(COLLECT { MATCH (paper:Record {keyVersion: tie.record})-[link:DESCRIBES]->(whom)"
    " WHERE (whom = here OR whom = there) AND holds(link) AND NOT paper.table IN $withheldTables"
    f" RETURN max(CASE WHEN coalesce(link.matchWeight >= {_SURE}, true) THEN 0"
    f" WHEN link.matchWeight <= {_SURE - _MOST_OF_DOUBT} THEN {_MOST_OF_DOUBT}"
    f" ELSE toInteger(ceil({_SURE} - link.matchWeight)) END) }}), {_UNSEEN})"
)
# Of a `tie` between `here` and `there`: the parts of its cost, without those of the way.
PARTS = (
    f"[CASE tie.kind {_PAPER} ELSE {_OF_A_RELEASE} END, {_AGE},"
    f" CASE WHEN coalesce({UNTIL} <= $asOf, false) THEN {_OVER} ELSE 0 END, {_DOUBT}]"
)
PARTS_BIND = ("paper", "link", "whom")


def added_up(parts: str) -> str:
    return f"reduce(all_parts = 0, part IN {parts} | all_parts + part)"


def agreement(agencies: str) -> str:
    """What several agencies take off, by their number."""
    enough = 1 + _MOST_OF_AGREEMENT // _AN_AGENCY
    return (
        f"CASE WHEN {agencies} >= {enough} THEN -{_MOST_OF_AGREEMENT}"
        f" ELSE -{_AN_AGENCY} * ({agencies} - 1) END"
    )


def crowd(neighbours: str) -> str:
    """What leading through somewhere costs, by how many are tied to it."""
    doublings = f"log({neighbours} / {_QUIET}.0) / log(2)"
    return (
        f"CASE WHEN {neighbours} <= {_QUIET} THEN 0"
        f" ELSE toInteger(round({_A_DOUBLING} * {doublings})) END"
    )


# The parts as an answer has them: why, points, and the figures behind them.
EXPLAINED = (
    "[one IN ["
    f"['{CostReason.PAPER}', parts[0], coalesce(tie.kind, type(tie)) + ' in ' + tie.source],"
    f" ['{CostReason.AGE}', parts[1], 'reported ' + {DAYS_OLD} + ' days before'],"
    f" ['{CostReason.ENDED}', parts[2], 'over since ' + toString({UNTIL})],"
    f" ['{CostReason.DOUBT}', parts[3], 'the record is not surely about this person'],"
    f" ['{CostReason.AGREEMENT}', {agreement('size(agencies)')},"
    " size(agencies) + ' agencies say so'],"
    f" ['{CostReason.CROWD}', {crowd('tied_here')}, tied_here + ' are tied to where it leads on"
    " from']] WHERE one[1] <> 0]"
)
