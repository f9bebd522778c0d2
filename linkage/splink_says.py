"""What Splink itself says of candidate pairs, for holding our one statement to it.

Splink reads the model, makes its own SQL and predicts. `linkage.backend` executes the same model in
one statement, three times as fast, and keeps the levels that `predict` lets go; a new model is
accepted when both say the same of it (`linkage.train`).
"""

# ruff: noqa: S608 - names of our own tables and of Splink's, never a value

import logging
from typing import Any

from duckdb import DuckDBPyConnection
from splink import DuckDBAPI, Linker

from graph.errors import SponsorgraphError
from linkage.backend import score

_DIFFERING = """
SELECT count(*) FROM scored FULL JOIN splink_says USING (join_key_l, join_key_r)
WHERE scored.match_weight IS DISTINCT FROM splink_says.match_weight
"""

# Splink asks for the rule that found a pair.
_PAIRS = """
CREATE OR REPLACE TEMP TABLE splink_pairs AS
SELECT '0' AS match_key, join_key_l, join_key_r FROM {candidates}
"""


def weigh_with_splink(
    connection: DuckDBPyConnection, model: dict[str, Any], people: str, candidates: str
) -> None:
    """Make `splink_says(join_key_l, join_key_r, match_weight, match_probability)`."""
    logging.getLogger("splink").setLevel(logging.ERROR)
    engine = DuckDBAPI(connection)
    linker = Linker(
        engine.register(people, dataset_display_name=people),
        model,
        log_level=logging.ERROR,
        validate_settings=False,
    )
    connection.execute(_PAIRS.format(candidates=candidates))
    linker.table_management.register_blocked_pairs_for_predict(engine.register("splink_pairs"))
    predicted = linker.inference.predict()
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE splink_says AS SELECT person_l AS join_key_l,"
        f" person_r AS join_key_r, match_weight, match_probability FROM {predicted.physical_name}"
    )
    # Splink's own word has no types.
    linker.table_management.delete_tables_created_by_splink_from_db()  # type: ignore[no-untyped-call]


def hold_to_splink(connection: DuckDBPyConnection, model: dict[str, Any], people: str) -> None:
    """Refuse a model of which Splink says anything else of the table `candidates`.

    Raises:
        SponsorgraphError: the two differ, which a fault in this program alone can bring about.
    """
    score(connection, model, people, "candidates", "scored")
    weigh_with_splink(connection, model, people, "candidates")
    (differing,) = connection.execute(_DIFFERING).fetchall()[0]
    if differing:
        raise SponsorgraphError(
            f"Splink weighs {differing:,} candidate pairs of {people} otherwise than this program:"
            " the model is not written. Please report it with the versions of both."
        )
