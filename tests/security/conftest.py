"""The served application as the tests of the API have it."""

from tests.api.conftest import app, ask, async_door, client, served_settings, world

__all__ = ["app", "ask", "async_door", "client", "served_settings", "world"]
