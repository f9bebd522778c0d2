"""Records as received, and what rests on them."""

from graph.shapes.asking import (
    IDS,
    RECORDED_ON,
    paged,
    plain,
)
from graph.shapes.identities import ASKED, bearer
from graph.shapes.shape import Relation, Scalar, Shape
from graph.vocabulary.agencies import Table
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
READABLE = "written(record) AND NOT record.table IN $withheldTables AND unsealed(record)"

# What a release tells without what ORR asked of the sponsor: birth date and phone are as closed in
# the agency's writing as they are of the sponsor, and so is whatever else a file brings along.
NOT_VETTING = {
    Table.ORR_RELEASE: (
        *("uac_id", "alien_no", "last_name", "first_name", "middle_name", "aka"),
        *("dob", "gender", "cob", "date_of_entry", "release_date", "release_type", "familygroup"),
        *("sponsor_id", "sponsor_last_name", "sponsor_first_name", "sponsor_category"),
        *("sponsor_relationship_to_uac", "sponsor_address", "sponsor_city", "sponsor_state"),
        "sponsor_zip_code",
    ),
    Table.VOR: (
        *("a_number", "child_name", "child_dob", "release_date", "sponsor_name"),
        *("sponsor_relationship", "address", "city", "state", "zip"),
    ),
}
_IS_VETTING = f"'{SharingClass.SPONSOR_VETTING}' IN $withheld AND CASE record.table " + (
    " ".join(
        f"WHEN '{table}' THEN NOT columns[cell] IN {list(names)}"
        for table, names in NOT_VETTING.items()
    )
    + " ELSE false END"
)

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
            " UNWIND range(0, size(columns) - 1) AS cell"
            f" WITH * WHERE NOT ({_IS_VETTING})",
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
        given={"source": "AND record.source = $source"},
        arguments=(RECORDED_ON, plain("source"), *paged(str)),
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


SHAPES = (RECORD, RECEIVED_CELL)

# What bears an id of our own that leads to it for ever, whatever became of it.
_LASTING = ("Child", "Sponsor", "Address")


def anyone(variable: str, parameter: str) -> str:
    """One of the things a path may join, by its id; each label has its own unique index."""
    finds = " UNION ".join(
        f"{bearer(variable, label, f'${parameter}')} RETURN {variable}" for label in _LASTING
    )
    return f"CALL (run) {{ {finds} }}"


_FIND_NODE = (
    " UNION ".join(f"{bearer('found', label, 'wanted')} RETURN found" for label in _LASTING)
    + " UNION MATCH (found:Hearing {id: wanted}) WHERE written(found)"
    " AND admitted(found:Hearing) RETURN found"
    f" UNION MATCH (record:Record {{keyVersion: wanted}}) WHERE {READABLE}"
    " AND admitted(record:Record) RETURN record AS found"
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
}
