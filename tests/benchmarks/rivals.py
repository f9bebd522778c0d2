"""What anybody could do instead, on the same cleaned rows: a join, and Splink by its tutorials.

They get the cleaning for nothing: without it they would do worse.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import splink.comparison_library as cl
from duckdb import DuckDBPyConnection
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

# Splink's own README and quick start cluster from this probability.
DEFAULT_THRESHOLD = 0.95

_BY_NUMBER = """
CREATE OR REPLACE TEMP TABLE rival AS
SELECT record_key, coalesce(a_number, 'alone ' || record_key) AS cluster FROM children
"""

_ROWS = """
CREATE OR REPLACE TABLE rival_rows AS
SELECT person AS unique_id, record_key, said.given_names, said.family_name,
    children.date_of_birth, children.a_number, children.sex, children.country,
    children.entry_date, children.zip
FROM children JOIN people AS said USING (record_key, role)
"""

_SETTINGS = SettingsCreator(
    link_type="dedupe_only",
    comparisons=[
        cl.NameComparison("given_names"),
        cl.NameComparison("family_name"),
        cl.DateOfBirthComparison("date_of_birth", input_is_string=False),
        cl.ExactMatch("a_number"),
        cl.ExactMatch("sex"),
        cl.ExactMatch("country").configure(term_frequency_adjustments=True),
        cl.ExactMatch("entry_date"),
        cl.ExactMatch("zip").configure(term_frequency_adjustments=True),
    ],
    blocking_rules_to_generate_predictions=[
        block_on("a_number"),
        block_on("given_names", "family_name"),
        block_on("given_names", "date_of_birth"),
        block_on("family_name", "date_of_birth"),
        block_on("zip", "given_names"),
        block_on("zip", "family_name"),
        block_on("zip", "date_of_birth"),
    ],
)


def join_by_a_number(connection: DuckDBPyConnection) -> None:
    """Make `rival(record_key, cluster)` of `children` (`linkage.model.features`).

    One A-number, one child; a record without one is nobody's.
    """
    connection.execute(_BY_NUMBER)


def splink_by_default(connection: DuckDBPyConnection) -> None:
    """Make `rival(record_key, cluster)` of `children` with Splink's library and its threshold."""
    connection.execute(_ROWS)
    train_on = (block_on("date_of_birth"), block_on("given_names", "family_name"))
    sure = [block_on("a_number"), block_on("given_names", "family_name", "date_of_birth")]
    pairs = splink_pairs(connection, "rival_rows", _SETTINGS, sure, train_on)
    clusters = pairs.clusters(DEFAULT_THRESHOLD)
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE rival AS"
        f" SELECT record_key, cluster_id::VARCHAR AS cluster FROM {clusters}"
    )
    pairs.linker.table_management.delete_tables_created_by_splink_from_db()


@dataclass(frozen=True)
class Pairs:
    """What Splink predicted, to be clustered at any probability."""

    linker: Linker
    predicted: Any

    def clusters(self, probability: float) -> str:
        """The name of a table of its rows with their `cluster_id`: connected components."""
        return str(
            self.linker.clustering.cluster_pairwise_predictions_at_threshold(
                self.predicted, threshold_match_probability=probability
            ).physical_name
        )


def splink_pairs(
    connection: DuckDBPyConnection,
    rows: str,
    settings: SettingsCreator,
    sure: list[Any],
    train_on: Iterable[Any],
    least: float = 0.9,
) -> Pairs:
    """Train by the tutorials (u from random pairs, m by EM) and predict from probability `least`.

    `sure` are the rules under which nearly all pairs are one person; they find the prior.
    """
    logging.getLogger("splink").setLevel(logging.ERROR)
    linker = Linker(DuckDBAPI(connection).register(rows), settings, log_level=logging.ERROR)
    training = linker.training
    training.estimate_probability_two_random_records_match(sure, recall=0.8)
    training.estimate_u_using_random_sampling(max_pairs=2e6, seed=1)
    for rule in train_on:
        training.estimate_parameters_using_expectation_maximisation(rule)
    return Pairs(linker, linker.inference.predict(threshold_match_probability=least))
