"""What is shipped that others made: Python packages, Neo4j's jars, the explorer's scripts."""

import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import Distribution, distribution
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from api import explorer
from graph.embedded.jars import pinned

ROOT = Path(__file__).parents[2]
_SCRIPT = re.compile(r"\((\S+) (\d+\.\d+\.\d+)", re.MULTILINE)


def declared() -> list[Requirement]:
    """The dependencies of `pyproject.toml` that a served installation has."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    return [Requirement(each) for each in project["dependencies"]]


def runtime() -> dict[str, Distribution]:
    """Every package that an installation without `dev` has, by its canonical name."""
    found: dict[str, Distribution] = {}
    asked: set[tuple[str, frozenset[str]]] = set()
    waiting = declared()
    while waiting:
        wanted = waiting.pop()
        name = canonicalize_name(wanted.name)
        if (name, frozenset(wanted.extras)) in asked:
            continue
        asked.add((name, frozenset(wanted.extras)))
        found[name] = distribution(name)
        for text in found[name].requires or ():
            further = Requirement(text)
            if _is_wanted(further, wanted.extras):
                waiting.append(further)
    return dict(sorted(found.items()))


def _is_wanted(requirement: Requirement, extras: set[str]) -> bool:
    marker = requirement.marker
    return marker is None or any(marker.evaluate({"extra": each}) for each in ("", *extras))


def locked() -> dict[str, str]:
    """The version of each package in the lock, by its canonical name."""
    pins = re.findall(
        r"^([A-Za-z0-9._-]+)==(\S+)", (ROOT / "requirements.lock").read_text(), re.MULTILINE
    )
    return {canonicalize_name(name): version for name, version in pins}


def bill() -> dict[str, Any]:
    """A CycloneDX document of all that is shipped: the same for the same locks, without addresses."""
    command = [sys.executable, "-m", "cyclonedx_py", "environment", "--output-reproducible"]
    made = subprocess.run(
        [*command, "--pyproject", str(ROOT / "pyproject.toml"), sys.executable],
        stdout=subprocess.PIPE, check=True,
    )  # fmt: skip
    document: dict[str, Any] = json.loads(made.stdout)
    shipped = runtime()
    packages = [one for one in document["components"] if canonicalize_name(one["name"]) in shipped]
    kept = {"root-component", *(one["bom-ref"] for one in packages)}
    document["components"] = [*packages, *_jars(), *_scripts()]
    document["dependencies"] = [
        {**one, "dependsOn": sorted(kept.intersection(one.get("dependsOn", ())))}
        for one in document["dependencies"]
        if one["ref"] in kept
    ]
    _forget_addresses(document)
    return document


def _jars() -> Iterator[dict[str, Any]]:
    for jar in pinned().jars:
        *group, name, version, _ = jar.path.split("/")
        purl = f"pkg:maven/{'.'.join(group)}/{name}@{version}"
        yield {
            "type": "library", "bom-ref": jar.path, "group": ".".join(group), "name": name,
            "version": version, "purl": purl, "hashes": [{"alg": "SHA-256", "content": jar.sha256}],
        }  # fmt: skip


def _scripts() -> Iterator[dict[str, Any]]:
    told = (Path(explorer.__file__).parent / "static" / "LICENCES.txt").read_text(encoding="utf-8")
    for name, version in sorted(set(_SCRIPT.findall(told))):
        yield {
            "type": "library", "bom-ref": f"npm/{name}", "name": name, "version": version,
            "purl": f"pkg:npm/{name}@{version}", "licenses": [{"license": {"id": "MIT"}}],
        }  # fmt: skip


def _forget_addresses(part: object) -> None:
    """Whence something was installed is this machine's business."""
    if isinstance(part, dict):
        part.pop("externalReferences", None)
        for inner in part.values():
            _forget_addresses(inner)
    elif isinstance(part, list):
        for inner in part:
            _forget_addresses(inner)
