"""The engine that scores candidate pairs: Splink on DuckDB.

What Splink is asked for, and no more: given people, candidate pairs and a frozen model, the match
weight of each pair and the level each comparison fell in. Spark takes this place one day.
"""

import logging
from typing import Any

from duckdb import DuckDBPyConnection
from splink import DuckDBAPI, Linker

_KEEP = """
CREATE OR REPLACE TEMP TABLE {into} AS
SELECT person_l AS join_key_l, person_r AS join_key_r, match_weight, match_probability FROM {scored}
"""


def score(
    connection: DuckDBPyConnection, model: dict[str, Any], people: str, candidates: str, into: str
) -> None:
    """Make the table `into(join_key_l, join_key_r, match_weight, match_probability)`.

    `people` has one row a person with an integer `person` (`linkage.model.features`), `candidates`
    comes from `linkage.model.blocking.find_candidates`. Nothing is printed or logged.
    """
    logging.getLogger("splink").setLevel(logging.ERROR)
    engine = DuckDBAPI(connection)
    linker = Linker(
        engine.register(people, dataset_display_name=people),
        model,
        log_level=logging.ERROR,
        validate_settings=False,
    )
    linker.table_management.register_blocked_pairs_for_predict(engine.register(candidates))
    scored = linker.inference.predict()
    connection.execute(_KEEP.format(into=into, scored=scored.physical_name))
    scored.drop_table_from_database_and_remove_from_cache()
    # Splink's own word has no types.
    linker.table_management.delete_tables_created_by_splink_from_db()  # type: ignore[no-untyped-call]
