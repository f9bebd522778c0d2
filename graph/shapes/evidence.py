"""Records as received, what rests on them, and the ties that lead from one person to another."""

from graph.shapes.asking import (
    AS_OF,
    DEPTH,
    FIRST,
    IDS,
    MAX_LENGTH,
    RECORDED_ON,
    paged,
    plain,
)
from graph.shapes.identities import ASKED, bearer
from graph.shapes.shape import Relation, Scalar, Shape
from graph.vocabulary.evidence import SharingClass

# A record as received is withheld whole with the class that its table belongs to
# (REQUIREMENTS.md §8): its cells are what the withheld facts were read from.
CLASS_OF_TABLE = {
    "earm": SharingClass.ENFORCEMENT,
    "planet": SharingClass.ENFORCEMENT,
    "nta": SharingClass.ENFORCEMENT,
    "worksheet": SharingClass.ENFORCEMENT,
    "eoir_case": SharingClass.COURT,
    "eoir_proceeding": SharingClass.COURT,
    "eoir_schedule": SharingClass.COURT,
    "eoir_juvenile": SharingClass.COURT,
    "orr_release": SharingClass.RELEASE,
    "orr_public": SharingClass.RELEASE,
    "vor": SharingClass.RELEASE,
    "orr_contact": SharingClass.WELFARE,
    "uscis_relief": SharingClass.RELIEF,
}
READABLE = "written(record) AND NOT record.table IN $withheldTables"

RECORD = Shape(
    name="Record",
    node="record",
    label="Record",
    fields={
        "id": Scalar("record.keyVersion"),
        "source": Scalar("record.source"),
        "table": Scalar("record.table"),
        "recordId": Scalar("record.recordId"),
        "version": Scalar("record.version"),
        "asOf": Scalar("toString(record.asOf)"),
        "received": Relation(
            of=("ReceivedCell",),
            # Read once: a list that is asked of the node for each cell is read for each cell.
            match="WITH *, record.columns AS columns, record.values AS cells"
            " UNWIND range(0, size(columns) - 1) AS cell",
            binds=("columns", "cells", "cell"),
            order="cell",
            many=True,
        ),
    },
)

RECEIVED_CELL = Shape(
    name="ReceivedCell",
    node="cell",
    fields={
        "column": Scalar("columns[cell]"),
        "value": Scalar("cells[cell]"),
    },
)


# The last run that was published by the end of a day, of those that readers see.
_RUN_THEN = (
    "coalesce(head(COLLECT { MATCH (made:Run) WHERE made.seq <= run"
    " AND made.publishedAt < $recordedOn RETURN made.seq ORDER BY made.seq DESC LIMIT 1 }), 0)"
)


def _records_of(person: str) -> Relation:
    described = f"MATCH (record:Record)-[link:DESCRIBES]->({person})"
    place = "[record.keyVersion]"
    return Relation(
        of=("Record",),
        match=lambda page: f"{described} WHERE holds(link) AND {READABLE}{page.within(place)}",
        instead={
            "recordedOn": lambda page: (
                f"WITH *, {_RUN_THEN} AS run_then {described} WHERE link.runFrom <= run_then"
                f" AND run_then < link.runUntil AND {READABLE}{page.within(place)}"
            )
        },
        binds=("record", "link", "run_then"),
        order="record.keyVersion",
        many=True,
        cursor=place,
        edge={
            "matchWeight": Scalar("link.matchWeight"),
            "modelVersion": Scalar("link.modelVersion"),
        },
        arguments=(RECORDED_ON, *paged(str)),
    )


RECORDS_OF = {person: _records_of(person) for person in ("child", "sponsor")}


def SAID_BY(fact: str) -> dict[str, Scalar | Relation]:  # noqa: N802 - reads as a table of fields
    """Who says a fact, in which record, known since when: fields that every fact has."""
    return {
        "source": Scalar(f"{fact}.source"),
        "agency": Scalar(f"{fact}.agency"),
        "knownFrom": Scalar(f"toString({fact}.knownFrom)"),
        "record": Relation(
            of=("Record",),
            match=f"MATCH (record:Record {{keyVersion: {fact}.record}}) WHERE {READABLE}",
            binds=("record",),
        ),
    }


# A tie joins two people, or a person and an address, and is a fact that somebody said.
_TIE = "[tie:RELEASED_TO|LIVES_AT]"
_SINCE = "coalesce(tie.releasedOn, tie.validFrom, tie.reportedOn, tie.knownFrom)"
_TIED = f"visible(tie) AND {_SINCE} <= $asOf"

TIE = Shape(
    name="Tie",
    node="tie",
    fields={
        # Not the fact's own: a client that keeps things by id would mix a tie and its report up.
        "id": Scalar("'tie/' + tie.id"),
        "kind": Scalar("type(tie)"),
        "since": Scalar(f"toString({_SINCE})"),
        "until": Scalar("toString(coalesce(tie.until, tie.validUntil))"),
        "from": Relation(of=("Child", "Sponsor"), subject="origin"),
        "to": Relation(of=("Sponsor", "Address"), subject="target"),
        **SAID_BY("tie"),
    },
)

_RINGS = f"""
WITH *, [sponsor] AS centre
WITH *, COLLECT {{
  MATCH (sponsor)-{_TIE}-(near) WHERE {_TIED} RETURN DISTINCT near ORDER BY near.id
}} AS ring_one
WITH *, ring_one[..$first] AS kept_one
WITH *, COLLECT {{
  UNWIND CASE WHEN $depth >= 2 THEN kept_one ELSE [] END AS step
  MATCH (step)-{_TIE}-(near) WHERE {_TIED} AND NOT near IN kept_one AND near <> sponsor
  RETURN DISTINCT near ORDER BY near.id
}} AS ring_two
WITH *, ring_two[..($first - size(kept_one))] AS kept_two
WITH *, COLLECT {{
  UNWIND CASE WHEN $depth >= 3 THEN kept_two ELSE [] END AS step
  MATCH (step)-{_TIE}-(near)
  WHERE {_TIED} AND NOT near IN kept_one AND NOT near IN kept_two AND near <> sponsor
  RETURN DISTINCT near ORDER BY near.id
}} AS ring_three
WITH *, ring_three[..($first - size(kept_one) - size(kept_two))] AS kept_three
WITH *, centre + kept_one + kept_two + kept_three AS kept,
  size(ring_one) + size(ring_two) + size(ring_three)
  - size(kept_one) - size(kept_two) - size(kept_three) AS cut
"""
_RING_NAMES = (
    *("centre", "near", "step", "tie", "ring_one", "ring_two", "ring_three"),
    *("kept_one", "kept_two", "kept_three", "kept", "cut"),
)


def network_of(find: str) -> Relation:
    """The network round a sponsor, ring by ring; `find` binds the sponsor where none is in scope.

    Each ring is ordered by id and cut where `first` is reached; what was cut is counted once,
    and not walked through.
    """
    return Relation(
        of=("SponsorNetwork",),
        match=find + _RINGS,
        binds=(*(("sponsor", *ASKED) if find else ()), *_RING_NAMES),
        arguments=(*((plain("sponsorId"),) if find else ()), DEPTH, AS_OF, FIRST),
    )


SPONSOR_NETWORK = Shape(
    name="SponsorNetwork",
    node="kept",
    fields={
        "sponsor": Relation(of=("Sponsor",)),
        "asOf": Scalar("toString($asOf)"),
        "cut": Scalar("cut"),
        "truncated": Scalar("cut > 0"),
        "nodes": Relation(
            of=("NetworkNode",),
            match="UNWIND range(0, size(kept) - 1) AS place WITH *, kept[place] AS member",
            binds=("place", "member"),
            order="place",
            many=True,
        ),
        "edges": Relation(
            of=("Tie",),
            match=f"UNWIND kept AS origin MATCH (origin)-{_TIE}->(target)"
            f" WHERE {_TIED} AND target IN kept",
            binds=("origin", "tie", "target"),
            order="tie.id",
            many=True,
        ),
    },
)

NETWORK_NODE = Shape(
    name="NetworkNode",
    node="member",
    fields={
        "distance": Scalar(
            "CASE WHEN place = 0 THEN 0 WHEN place <= size(kept_one) THEN 1"
            " WHEN place <= size(kept_one) + size(kept_two) THEN 2 ELSE 3 END"
        ),
        "node": Relation(of=("Child", "Sponsor", "Address"), subject="member"),
    },
)

EVIDENCE_PATH = Shape(
    name="EvidencePath",
    node="way",
    fields={
        "length": Scalar("length(way)"),
        "asOf": Scalar("toString($asOf)"),
        "steps": Relation(
            of=("EvidenceStep",),
            match="UNWIND range(0, length(way) - 1) AS step"
            " WITH *, nodes(way)[step] AS here, nodes(way)[step + 1] AS there"
            # Two may be tied by many papers: of these always the same one is shown.
            f" WITH *, head(COLLECT {{ MATCH (here)-{_TIE}-(there) WHERE {_TIED}"
            " RETURN tie ORDER BY tie.id LIMIT 1 }) AS tie"
            " WITH *, startNode(tie) AS origin, endNode(tie) AS target",
            binds=("step", "tie", "here", "there", "origin", "target"),
            order="step",
            many=True,
        ),
    },
)

EVIDENCE_STEP = Shape(
    name="EvidenceStep",
    node="tie",
    fields={
        "from": Relation(of=("Child", "Sponsor", "Address"), subject="here"),
        "to": Relation(of=("Child", "Sponsor", "Address"), subject="there"),
        "tie": Relation(of=("Tie",)),
    },
)

SHAPES = (
    RECORD,
    RECEIVED_CELL,
    TIE,
    SPONSOR_NETWORK,
    NETWORK_NODE,
    EVIDENCE_PATH,
    EVIDENCE_STEP,
)


# What bears an id of our own that leads to it for ever, whatever became of it.
_LASTING = ("Child", "Sponsor", "Address")


def _anyone(variable: str, parameter: str) -> str:
    """One of the things a path may join, by its id; each label has its own unique index."""
    finds = " UNION ".join(
        f"{bearer(variable, label, f'${parameter}')} RETURN {variable}" for label in _LASTING
    )
    return f"CALL (run) {{ {finds} }}"


_FIND_NODE = (
    " UNION ".join(f"{bearer('found', label, 'wanted')} RETURN found" for label in _LASTING)
    + " UNION MATCH (found:Hearing {id: wanted}) WHERE written(found) RETURN found"
    f" UNION MATCH (record:Record {{keyVersion: wanted}}) WHERE {READABLE}"
    " RETURN record AS found"
)
_ANY_NODE = (*_LASTING, "Hearing", "Record")

ROOTS = {
    "node": Relation(
        of=_ANY_NODE,
        match=f"WITH *, $id AS wanted CALL (run, wanted) {{ {_FIND_NODE} }}",
        binds=("wanted", "found", "record", *ASKED),
        subject="found",
        arguments=(plain("id"),),
    ),
    "nodes": Relation(
        of=_ANY_NODE,
        match="UNWIND range(0, size($ids) - 1) AS place WITH *, $ids[place] AS wanted"
        f" OPTIONAL CALL (run, wanted) {{ {_FIND_NODE} }}",
        binds=("place", "wanted", "found", "record", *ASKED),
        subject="found",
        order="place",
        many=True,
        arguments=(IDS,),
    ),
    "sponsorNetwork": network_of(bearer("sponsor", "Sponsor", "$sponsorId")),
    "evidencePath": Relation(
        of=("EvidencePath",),
        match=f"{_anyone('start', 'from')} {_anyone('finish', 'to')}"
        " MATCH way = SHORTEST 1 (start)"
        f" (()-[tie:RELEASED_TO|LIVES_AT WHERE {_TIED}]-()){{1,6}} (finish)"
        " WHERE length(way) <= $maxLength",
        binds=("start", "finish", "way", "tie", *ASKED),
        arguments=(plain("from"), plain("to"), MAX_LENGTH, AS_OF),
    ),
}
