"""The API over the session's Neo4j, as the tests of the API ask it."""

from tests.api.conftest import ask, async_door, world

__all__ = ["ask", "async_door", "world"]
