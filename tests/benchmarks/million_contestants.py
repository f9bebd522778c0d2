"""The two contestants of `million`: the project's own way, and plain Splink on the same rows.

Each runs in a process of its own, so that its peak of memory is its own, and leaves in the folder
its pairs (`ours_children.parquet`, …) and what it took (`ours.json`).
"""

import json
import logging
import resource
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import duckdb
from duckdb import DuckDBPyConnection
from splink import DuckDBAPI, Linker

from linkage import matching
from linkage.cleaning import clean
from linkage.model.blocking import CHILD_RULES, SPONSOR_RULES, find_candidates
from linkage.model.features import child_features, load_names, sponsor_features
from linkage.model.frozen import Models, load_models
from linkage.model.thresholds import CHILD, SPONSOR
from linkage.pairs import keep_pairs_table
from linkage.places import resolve_places
from linkage.quoting import file_literal
from linkage.roles import Role
from linkage.standing import find_changed, look_at
from linkage.weighing import weigh
from linkage.workings import open_workings

CORES = 2
# What DuckDB may hold; the process takes some 400 MB besides.
MEMORY_LIMIT = "1500MB"
ROLES = ("children", "sponsors")
_MEGABYTE = 1024  # ru_maxrss is in kilobytes


class Stages:
    """Seconds by stage, and of all threads together; what is `aside` counts for nobody."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self.processor: dict[str, float] = {}
        self._aside = (0.0, 0.0)

    @contextmanager
    def timed(self, stage: str) -> Iterator[None]:
        began = self._left()
        yield
        # Stages inside this one have taken their part already.
        for taken, now, then in zip(self._taken(), self._left(), began, strict=True):
            taken[stage] = taken.get(stage, 0.0) + now - then

    @contextmanager
    def aside(self) -> Iterator[None]:
        began = _clock()
        yield
        wall, processor = self._aside
        self._aside = (wall + _clock()[0] - began[0], processor + _clock()[1] - began[1])

    def _taken(self) -> tuple[dict[str, float], dict[str, float]]:
        return self.seconds, self.processor

    def _left(self) -> list[float]:
        """What no stage has taken of the time so far."""
        return [
            now - aside - sum(taken.values())
            for now, aside, taken in zip(_clock(), self._aside, self._taken(), strict=True)
        ]

    def within(self, stage: str, work: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*args: Any, **named: Any) -> Any:
            with self.timed(stage):
                return work(*args, **named)

        return timed


def ours(world: Path, folder: Path) -> None:
    """The project's own code, cleaning to clusters, timed by stage."""
    stages, models = Stages(), load_models()
    candidates = stages.within("candidates", find_candidates)
    with (
        open_workings(folder / "link.duckdb") as connection,
        patch.object(matching, "find_candidates", candidates),
    ):
        connection.execute(f"SET threads = {CORES}")
        connection.execute(f"SET memory_limit = '{MEMORY_LIMIT}'")
        keep_pairs_table(connection)
        with stages.timed("cleaning"):
            find_changed(connection, world)
            look_at(connection, world)
            clean(connection, models.lexicon)
        with stages.timed("addresses"):
            resolve_places(connection, 1)
            load_names(connection, models.bands)
        for role, features in zip(_roles(models), (child_features, sponsor_features), strict=True):
            with stages.timed("features"):
                features(connection)
            scoring = stages.within(
                "scoring", _kept(stages, folder / f"ours_{role.people}.parquet")
            )
            with stages.timed("clusters"), patch.object(matching, "weigh", scoring):
                matching.match(connection, role)
                if role.name == "CHILD":
                    connection.execute(_CHILD_IDENTITIES)
        used = _used() | {"records": _records(connection)}
        for people in ROLES:
            _copy(connection, f"FROM {people}", folder / f"{people}.parquet")
    _report(folder / "ours.json", stages, used)


_CHILD_IDENTITIES = """
CREATE OR REPLACE TEMP TABLE child_identities AS
SELECT record_key, cluster FROM children JOIN clustered USING (person)
"""


def _roles(models: Models) -> tuple[Role, Role]:
    return (
        Role("CHILD", "children", CHILD_RULES, models.child, CHILD),
        Role("SPONSOR", "sponsors", SPONSOR_RULES, models.sponsor, SPONSOR),
    )


def _kept(stages: Stages, file: Path) -> Callable[..., Any]:
    """Weighing that keeps what the candidates weigh for the comparison; not pairs scored later."""

    def kept(
        connection: DuckDBPyConnection, model: dict[str, Any], people: str, pairs: str
    ) -> None:
        weigh(connection, model, people, pairs)
        with stages.aside():
            if not file.exists():
                _copy(connection, "SELECT join_key_l, join_key_r, match_weight FROM weighed", file)

    return kept


def plain(folder: Path) -> None:
    """Splink alone: the same rows, rules, model and threshold; its blocking, predict, clusters."""
    stages, models = Stages(), load_models()
    with duckdb.connect() as connection:
        connection.execute("SET enable_progress_bar = false")
        connection.execute(f"SET threads = {CORES}")
        for role in _roles(models):
            rows = file_literal(folder / f"{role.people}.parquet")
            connection.execute(f"CREATE TABLE {role.people} AS FROM read_parquet({rows})")
            predicted = _predicted(connection, role, stages)
            _copy(
                connection,
                "SELECT person_l AS join_key_l, person_r AS join_key_r, match_weight"
                f" FROM {predicted}",
                folder / f"plain_{role.people}.parquet",
            )
            connection.execute(f"DROP TABLE {predicted}")
            connection.execute(f"DROP TABLE {role.people}")
    _report(folder / "plain.json", stages, _used())


def _predicted(connection: DuckDBPyConnection, role: Role, stages: Stages) -> str:
    rules = [{"blocking_rule": str(rule)} for rule in role.rules.values()]
    settings = role.model | {"blocking_rules_to_generate_predictions": rules}
    with stages.timed("blocking and predict"):
        rows = DuckDBAPI(connection).register(role.people, dataset_display_name=role.people)
        linker = Linker(rows, settings, log_level=logging.ERROR, validate_settings=False)
        predicted = linker.inference.predict()
    with stages.timed("clusters"):
        linker.clustering.cluster_pairwise_predictions_at_threshold(
            predicted, threshold_match_weight=role.bands.link
        )
    return str(predicted.physical_name)


def _copy(connection: DuckDBPyConnection, rows: str, file: Path) -> None:
    connection.execute(f"COPY ({rows}) TO {file_literal(file)}")


def _clock() -> tuple[float, float]:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return time.monotonic(), used.ru_utime + used.ru_stime


def _records(connection: DuckDBPyConnection) -> int:
    return sum(
        int(connection.execute(f"SELECT count(*) FROM {people}").fetchall()[0][0])
        for people in ROLES
    )


def _used() -> dict[str, float]:
    """The most memory this process has held so far, in megabytes."""
    return {"peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // _MEGABYTE}


def _report(file: Path, stages: Stages, used: dict[str, float]) -> None:
    told = {"seconds": stages.seconds, "processor": stages.processor, **used}
    file.write_text(json.dumps(told), encoding="utf-8")
