"""Secrets in files: only their owner's to read, and never quoted."""

import os

import pytest
from pydantic import SecretStr, ValidationError

from graph.errors import UsageError
from graph.secret_files import secret_in
from graph.settings import Settings, settings_from_environment

SECRET = "hunter2-hunter2"


@pytest.fixture
def kept(tmp_path):
    def keep(content: bytes, mode: int = 0o600):
        file = tmp_path / "secret"
        file.write_bytes(content)
        file.chmod(mode)
        return file

    return keep


@pytest.mark.parametrize("mode", [0o600, 0o400, 0o440, 0o640])
def test_a_file_for_its_owner_or_group_is_read(kept, mode):
    found = secret_in("X_FILE", kept(f"{SECRET}\n".encode(), mode))
    assert found.get_secret_value() == SECRET
    assert SECRET not in f"{found!r} {found}"


@pytest.mark.parametrize("mode", [0o644, 0o604, 0o602, 0o660, 0o620, 0o777])
def test_a_file_that_others_may_read_or_change_is_refused_with_what_to_do(kept, mode):
    file = kept(SECRET.encode(), mode)
    with pytest.raises(UsageError, match=f"X_FILE names {file}.*chmod 600") as refused:
        secret_in("X_FILE", file)
    assert SECRET not in str(refused.value)


@pytest.mark.parametrize(
    ("content", "why"),
    [(b"", "empty"), (b"  \n", "empty"), (b"\xff\xfe" + SECRET.encode(), "UTF-8"), (b"x" * 70_000, "too large")],
)  # fmt: skip
def test_a_file_that_holds_no_secret_is_refused(kept, content, why):
    with pytest.raises(UsageError, match=why) as refused:
        secret_in("X_FILE", kept(content))
    assert SECRET not in str(refused.value)


def test_what_is_no_file_is_refused_and_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe", 0o600)
    for path in (tmp_path, tmp_path / "pipe"):
        with pytest.raises(UsageError, match="not a file"):
            secret_in("X_FILE", path)
    with pytest.raises(UsageError, match=r"cannot be read \(No such file"):
        secret_in("X_FILE", tmp_path / "nothing")


def test_a_mounted_secret_may_be_a_link(kept, tmp_path):
    (tmp_path / "link").symlink_to(kept(SECRET.encode()))
    assert secret_in("X_FILE", tmp_path / "link").get_secret_value() == SECRET


def test_the_password_of_neo4j_is_not_taken_from_a_file_for_everybody(kept):
    file = kept(SECRET.encode(), 0o644)
    settings = Settings(neo4j_uri="bolt://127.0.0.1:1", neo4j_password_file=file)
    with pytest.raises(UsageError, match="NEO4J_PASSWORD_FILE"):
        settings.password_for_uri()


def test_a_password_in_the_address_is_refused_without_being_shown(monkeypatch):
    monkeypatch.setenv("NEO4J_URI", f"bolt://neo4j:{SECRET}@127.0.0.1:7687")
    with pytest.raises(UsageError, match=r"NEO4J_URI.*NEO4J_PASSWORD_FILE") as refused:
        settings_from_environment()
    assert SECRET not in str(refused.value)
    with pytest.raises(ValidationError) as invalid:
        Settings()
    assert SECRET not in f"{invalid.value!s} {invalid.value!r}"


def test_settings_show_no_secret():
    settings = Settings(neo4j_uri="bolt://127.0.0.1:1", neo4j_password=SecretStr(SECRET))
    shown = [repr(settings), str(settings), settings.model_dump_json(), str(settings.model_dump())]
    assert SECRET not in "".join(shown)
