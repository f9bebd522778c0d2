"""Linked worlds that are made once a session, and put back for each test that begins with one."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from graph.connection import Door, Endpoint
from graph.settings import Settings
from tests.conftest import emptied

# A function of a test's own, by which the world is known: it delivers and links into a home.
Makes = Callable[[Settings], None]

_NODES = """CYPHER 25
MATCH (n) WHERE NOT n:Migration AND NOT n:MigrationLock AND NOT n:Publication
RETURN elementId(n) AS id, labels(n) AS labels, properties(n) AS said"""
_RELATIONS = """CYPHER 25
MATCH (a)-[r]->(b) WHERE NOT a:Migration
RETURN elementId(a) AS a, type(r) AS type, elementId(b) AS b, properties(r) AS said"""
_PUBLICATION = "MATCH (published:Publication) RETURN properties(published) AS said"
_CREATED = """CYPHER 25
UNWIND $nodes AS kept CREATE (n:$(kept.labels)) SET n = kept.said
RETURN collect(elementId(n)) AS ids"""
_RELATED = """CYPHER 25
UNWIND $relations AS kept
MATCH (a) WHERE elementId(a) = kept.a
MATCH (b) WHERE elementId(b) = kept.b
CREATE (a)-[r:$(kept.type)]->(b) SET r = kept.said"""
_PUBLISHED = "MATCH (published:Publication) SET published = $said"


@dataclass(frozen=True)
class _Kept:
    home: Path
    nodes: list[dict[str, Any]]
    relations: list[dict[str, Any]]
    publication: dict[str, Any]


def settings_of(home: Path, neo4j: Endpoint) -> Settings:
    """An installation with this home, over a Neo4j that runs."""
    return Settings(
        home=home,
        neo4j_uri=neo4j.uri,
        neo4j_user=neo4j.user,
        neo4j_password=SecretStr(neo4j.password),
    )


class Worlds:
    """The worlds of a session, over its one graph."""

    def __init__(self, folder: Path, door: Door) -> None:
        self._folder = folder
        self._door = door
        self._kept: dict[Makes, _Kept] = {}

    def put(self, makes: Makes, into: Settings) -> None:
        """That world's home and graph in the place of what is there; made where it is the first."""
        kept = self._kept.get(makes)
        if kept is None:
            makes(into)
            self._kept[makes] = self._keep(into.home)
            return
        shutil.copytree(kept.home, into.home, dirs_exist_ok=True)
        emptied(self._door)
        with self._door.writing() as session:
            ids = session.run(_CREATED, nodes=kept.nodes).single(strict=True)["ids"]
            now = dict(zip((node["id"] for node in kept.nodes), ids, strict=True))
            relations = [one | {"a": now[one["a"]], "b": now[one["b"]]} for one in kept.relations]
            session.run(_RELATED, relations=relations).consume()
            session.run(_PUBLISHED, said=kept.publication).consume()

    def _keep(self, home: Path) -> _Kept:
        copy = self._folder / str(len(self._kept))
        shutil.copytree(home, copy)
        with self._door.reading() as session:
            return _Kept(
                copy,
                session.run(_NODES).data(),
                session.run(_RELATIONS).data(),
                session.run(_PUBLICATION).single(strict=True)["said"],
            )
