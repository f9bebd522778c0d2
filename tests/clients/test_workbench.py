import json

import pytest

from tests.clients import workbench as bench
from tests.clients.workbench import CLIENTS, ClientFailedError, installed


def test_the_lock_has_a_hash_for_everything_and_names_no_server():
    text = (CLIENTS / "package-lock.json").read_text()
    assert "://" not in text
    packages = json.loads(text)["packages"]
    assert all("integrity" in one for name, one in packages.items() if name)


def test_every_version_is_exact():
    declared = json.loads((CLIENTS / "package.json").read_text())
    for version in (declared["dependencies"] | declared["devDependencies"]).values():
        assert version.replace(".", "").isdigit(), version


def test_without_node_one_is_told_what_to_install(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ClientFailedError, match=r"no node and no npm here.*install Node\.js 20"):
        installed(tmp_path)


def test_an_old_node_is_told_by_its_version(monkeypatch, tmp_path):
    monkeypatch.setattr(bench, "OLDEST_NODE", 99)
    with pytest.raises(ClientFailedError, match=r"Node\.js here is v\d+.*install version 99"):
        installed(tmp_path)
