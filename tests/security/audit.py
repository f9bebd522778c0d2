"""`./dev supply`: what is shipped, as a bill of materials, and whether anything is known against it.

Leaves with 1 for a known vulnerability, with 3 where nobody could be asked about something: that
is not a clean result, and says so. What others made is in `build/sbom.json`.
"""

import json
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.security.supply import ROOT, bill, locked, runtime

VULNERABLE, NOT_CHECKED = 1, 3
SBOM = ROOT / "build" / "sbom.json"
SECONDS = 600


@dataclass
class Finding:
    """What came of asking about some packages."""

    what: str
    vulnerable: list[str] = field(default_factory=list)
    unchecked: list[str] = field(default_factory=list)
    checked: int = 0


# A command to its output; what it leaves with says nothing that its output does not.
Runs = Callable[[list[str], Path], str]


def python_packages(versions: dict[str, str], runs: Runs) -> Finding:
    """Asks the advisories of PyPI about packages of these versions."""
    found = Finding("Python packages")
    with TemporaryDirectory() as folder:
        pins = Path(folder) / "pins.txt"
        pins.write_text("".join(f"{name}=={version}\n" for name, version in versions.items()))
        told = runs(
            [sys.executable, "-m", "pip_audit", "--disable-pip", "--no-deps", "--format", "json",
             "--progress-spinner", "off", "--requirement", str(pins)], ROOT,
        )  # fmt: skip
    answered = {one["name"]: one for one in _json(told).get("dependencies", ())}
    for name, version in versions.items():
        one = answered.get(name, {"skip_reason": "no answer"})
        if "skip_reason" in one:
            found.unchecked.append(f"{name} {version}")
            continue
        found.checked += 1
        found.vulnerable += [f"{name} {version}: {each['id']}" for each in one["vulns"]]
    return found


def npm_packages(runs: Runs) -> Finding:
    """Asks npm's advisories about the packages with which the tests' clients are built."""
    found = Finding("npm packages of tests/clients")
    locked_there = json.loads((ROOT / "tests/clients/package-lock.json").read_text())["packages"]
    many = len(locked_there) - 1
    told = _json(runs(["npm", "audit", "--package-lock-only", "--json"], ROOT / "tests/clients"))
    if "vulnerabilities" not in told:
        found.unchecked = [f"all {many} of them"]
        return found
    found.checked = many
    found.vulnerable = [
        f"{name}: {one['severity']}" for name, one in told["vulnerabilities"].items()
    ]
    return found


def report(findings: Iterable[Finding]) -> tuple[str, int]:
    """What to tell, and what to leave with."""
    lines, status = [], 0
    for one in findings:
        if one.vulnerable:
            status = VULNERABLE
            lines.append(f"VULNERABLE: {one.what}: {'; '.join(one.vulnerable)}")
        if one.unchecked:
            status = status or NOT_CHECKED
            lines.append(f"NOT CHECKED: {one.what}: no advisories for {_several(one.unchecked)}.")
        if one.checked and not one.vulnerable:
            lines.append(f"{one.what}: nothing is known against {one.checked}.")
    return "\n".join(lines), status


def _several(names: list[str]) -> str:
    shown = ", ".join(names[:3])
    return shown if len(names) <= 3 else f"{shown} and {len(names) - 3} more"


def _json(text: str) -> dict[str, Any]:
    try:
        told = json.loads(text)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def run(command: list[str], folder: Path) -> str:
    try:
        done = subprocess.run(
            command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
            timeout=SECONDS, check=False,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout


def main() -> None:
    SBOM.parent.mkdir(exist_ok=True)
    made = bill()
    SBOM.write_text(json.dumps(made, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    versions = {name: locked()[name] for name in runtime()}
    told, status = report([python_packages(versions, run), npm_packages(run)])
    sys.stdout.write(f"{SBOM.relative_to(ROOT)}: {len(made['components'])} components.\n{told}\n")
    sys.exit(status)


if __name__ == "__main__":
    main()
