"""Papers that name a child and a sponsor, once the sponsor was expunged.

A release stays the child's: that she was released, when and to which address. In the place of the
name stands `[expunged sponsor_…]`, an id drawn by lot for her alone, that leads to nobody: two
children of one sponsor are not to be known by it. Every other cell that told of the sponsor is
empty, and what the table does not know goes too, since nobody can say whom it tells of.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from graph.vocabulary.agencies import Table
from linkage.records import columns, written
from linkage.sources import MODEL_OF

INSTEAD: Final = "[expunged]"


@dataclass(frozen=True)
class Cells:
    """Where a table names a sponsor, and what else it says of them."""

    name: str
    besides: tuple[str, ...] = ()


# The address stays: it is the one to which the child was released.
OF_A_SPONSOR: Final[Mapping[str, Cells]] = MappingProxyType(
    {
        Table.ORR_RELEASE: Cells(
            "sponsor_last_name",
            (
                *("sponsor_first_name", "sponsor_id", "sponsor_dob", "sponsor_phone"),
                *("sponsor_category", "sponsor_relationship_to_uac"),
            ),
        ),
        Table.VOR: Cells("sponsor_name", ("sponsor_relationship", "phone")),
        # Its note may name anybody.
        Table.WORKSHEET: Cells("note"),
    }
)


def unnamed(sponsor: str) -> str:
    """What stands in the place of a name; `sponsor` is an id that leads to nobody."""
    return f"{INSTEAD[:-1]} {sponsor}]"


def unnamed_sponsor(column: str) -> str:
    """SQL for the id of a sponsor who is named no more in this column; empty where one is."""
    return f"coalesce(regexp_extract({column}, '^\\[expunged (sponsor_[a-z2-7]{{16}})\\]$', 1), '')"


# Who bears such an id: by the papers that say so now.
UNNAMED: Final = f"""
SELECT record_key || '/v' || version AS record, id FROM (
    SELECT record_key, version, {unnamed_sponsor("sponsor_last_name")} AS id
    FROM received_orr_release WHERE is_current
    UNION ALL SELECT record_key, version, {unnamed_sponsor("sponsor_name")}
    FROM received_vor WHERE is_current
) WHERE id <> ''"""  # noqa: S608 - names of our own tables and columns


def named(column: str, said: str | None = None) -> str:
    """SQL for what is `said` of a sponsor, or their name, while this column names one."""
    return f"CASE WHEN {unnamed_sponsor(column)} = '' THEN {said or column} END"


def instead(table: str, put: str, *, kept_hash: str) -> Mapping[str, str]:
    """Column → SQL for what stands in it afterwards; `put` is SQL for what names nobody.

    `kept_hash` is SQL for the hash of the content: of the row as it came, or the names that were
    taken out could be tried.
    """
    cells = OF_A_SPONSOR[table]
    return {
        cells.name: put,
        **dict.fromkeys(cells.besides, "NULL"),
        "extra": "CAST(MAP {} AS MAP(VARCHAR, VARCHAR))",
        "content_hash": kept_hash,
    }


def papers_without(put: Mapping[str, str]) -> list[dict[str, object]]:
    """What papers say without their sponsor, for the graph: of each, the cells that stay.

    `put` has, by a record's key, what stands where its sponsor was named.
    """
    rows: list[dict[str, object]] = []
    for key, said in put.items():
        model = MODEL_OF[Table(key.split("/")[1])]
        cells = OF_A_SPONSOR[model.table]
        stay = [written(model, name) for name in columns(model) if name not in cells.besides]
        rows.append({"key": key, "name": written(model, cells.name), "put": said, "stay": stay})
    return rows
