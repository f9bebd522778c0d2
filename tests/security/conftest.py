"""The served application as the tests of the API have it."""

from tests.api.conftest import app, async_door, client, served_settings, world

__all__ = ["app", "async_door", "client", "served_settings", "world"]
