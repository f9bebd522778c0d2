"""Linkage by A-number and by a sponsor's name: quick, plain, and enough to make facts from."""

from collections.abc import Sequence
from pathlib import Path

from duckdb import DuckDBPyConnection

from graph.vocabulary.evidence import Judgement
from linkage.cleaning import Cleaned, clean
from linkage.identities import follow_cases, keep_identity_tables
from linkage.judgements import heed, keep_judgements
from linkage.lineages import keep_lineage_tables
from linkage.link import Linked
from linkage.matching import Matched
from linkage.model.frozen import load_models
from linkage.model.thresholds import CHILD, SPONSOR
from linkage.pairs import keep_pairs_table
from linkage.places import complete_places, resolve_places
from linkage.resolve import inherit
from linkage.standing import find_changed, look_at
from linkage.workings import start_anew

MODEL = "by-number"


def link_plainly(
    connection: DuckDBPyConnection,
    home: Path,
    *,
    models: Path | None = None,
    judgements: Sequence[Judgement] = (),
    run: int = 1,
    anew: bool = False,
) -> Linked:
    """`linkage.link.link` of everything, but that a person is whoever bears the number or name."""
    frozen = load_models()
    start_anew(connection, MODEL)
    find_changed(connection, home)
    look_at(connection, home)
    keep_judgements(connection, heed(judgements))
    identify(connection)
    return Linked(
        run=run,
        model_version=MODEL,
        models={"CHILD": (frozen.child, CHILD), "SPONSOR": (frozen.sponsor, SPONSOR)},
        anew=True,
        because="the first link",
        changed=0,
        cleaned=Cleaned(0, 0, 0),
        children=Matched(0, 0, 0),
        sponsors=Matched(0, 0, 0),
        addresses=0,
        addresses_completed=0,
        heeded=heed(judgements),
    )


def identify(connection: DuckDBPyConnection) -> None:
    """Make `people`, `places` and `identities`."""
    keep_identity_tables(connection)
    keep_lineage_tables(connection)
    keep_pairs_table(connection)
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS changed (record_key VARCHAR)")
    clean(connection, load_models().lexicon)
    resolve_places(connection)
    connection.execute("CREATE OR REPLACE TEMP TABLE identities_before AS FROM identities")
    connection.execute("CREATE OR REPLACE TABLE identities AS FROM identities LIMIT 0")
    for role, kind, alike in (
        ("CHILD", "child", "a_number"),
        ("SPONSOR", "sponsor", "given_joined || family_joined"),
    ):
        before = dict(
            connection.execute(
                "SELECT record_key, identity_id FROM identities_before WHERE role = ?"
                " AND record_key NOT IN (SELECT record_key FROM followers)",
                [role],
            ).fetchall()
        )
        rows = connection.execute(
            f"SELECT record_key, coalesce({alike}, record_key) FROM people WHERE role = '{role}'"
        ).fetchall()
        ids = inherit(before, dict(rows), kind)
        if ids:
            connection.executemany(
                "INSERT INTO identities VALUES (?, ?, ?, 12.0, ?)",
                [(key, role, identity, MODEL) for key, identity in sorted(ids.items())],
            )
    follow_cases(connection)
    complete_places(connection)
