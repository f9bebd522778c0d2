"""What the environment may say, and what it is not asked."""

from pathlib import Path

import pytest

from graph.errors import UsageError
from graph.settings import Settings, settings_from_environment


def test_the_users_own_home_is_not_an_installation(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/somebody")
    monkeypatch.setenv("CACHE", "/elsewhere")
    monkeypatch.delenv("SPONSORGRAPH_HOME", raising=False)
    monkeypatch.delenv("SPONSORGRAPH_CACHE", raising=False)

    settings = settings_from_environment()

    assert settings.home == Path("/home/somebody/.local/share/sponsorgraph")
    assert settings.cache == Path("/home/somebody/.cache/sponsorgraph")


def test_an_installation_is_where_the_environment_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPONSORGRAPH_HOME", "/srv/one")
    monkeypatch.setenv("SPONSORGRAPH_NEO4J_HEAP", "3g")
    monkeypatch.setenv("NEO4J_URI", "neo4j://graph.example.org")

    settings = settings_from_environment()

    assert settings.home == Path("/srv/one")
    assert settings.neo4j_heap == "3g"
    assert settings.neo4j_uri == "neo4j://graph.example.org"


def test_the_option_comes_before_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPONSORGRAPH_HOME", "/srv/one")

    assert settings_from_environment(Path("/srv/two")).home == Path("/srv/two")


def test_a_variable_that_cannot_be_read_is_named_and_its_value_is_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SPONSORGRAPH_NEO4J_HEAP", "hunter2")

    with pytest.raises(UsageError, match="NEO4J_HEAP") as refused:
        settings_from_environment()

    assert "hunter2" not in str(refused.value)


def test_a_password_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_PASSWORD", "hunter2")

    assert "hunter2" not in repr(Settings())
