"""What the page on threats and the two of OWASP's say is tested, is; and no point goes without an answer."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from tests.security.owasp import POINTS
from tests.security.supply import ROOT

THREATS = ROOT / "api" / "THREATS.md"
SHEETS = {name: ROOT / "tests" / "security" / f"owasp_{name}.md" for name in POINTS}
NODE = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
DOES_NOT_APPLY = "Does not apply:"


def rows(page: Path) -> list[list[str]]:
    """The rows of a page's tables, without their heads."""
    lines = [line for line in page.read_text(encoding="utf-8").splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    rules = [number for number, row in enumerate(cells) if set(row[0]) <= set("-: ")]
    heads = {number - 1 for number in rules} | set(rules)
    return [row for number, row in enumerate(cells) if number not in heads]


@cache
def named_in(file: str) -> frozenset[str]:
    path = ROOT / file
    if not path.exists():
        return frozenset()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    return frozenset(node.name for node in tree.body if isinstance(node, functions))


def unproved(page: Path) -> list[str]:
    named = NODE.findall(page.read_text(encoding="utf-8"))
    assert named
    return [f"{file}::{test}" for file, test in named if test not in named_in(file)]


@pytest.mark.parametrize("page", [THREATS, *SHEETS.values()], ids=lambda page: page.stem)
def test_every_test_that_is_named_is_there(page):
    assert unproved(page) == []


def test_every_threat_is_held_off_by_something_that_is_shown():
    found = rows(THREATS)
    assert len(found) >= 30
    for threat, held_off, shown in found:
        assert threat
        assert held_off
        assert NODE.search(shown), threat


@pytest.mark.parametrize(
    "kind", ["spoofing", "tampering", "repudiation", "disclosure", "denial of service", "elevation"]
)
def test_every_kind_of_threat_is_spoken_of(kind):
    assert f"({kind})" in THREATS.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", SHEETS)
def test_every_point_of_the_sheet_has_its_answer_in_its_place(name):
    assert [row[0] for row in rows(SHEETS[name])] == list(POINTS[name])


@pytest.mark.parametrize("name", SHEETS)
def test_every_answer_is_shown_or_says_why_it_does_not_apply(name):
    for point, answer, shown in rows(SHEETS[name]):
        assert answer, point
        assert NODE.search(shown) or (answer.startswith(DOES_NOT_APPLY) and len(answer) > 40), point


def test_a_test_that_is_gone_is_missed(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("`tests/api/test_http.py::test_that_nobody_wrote` `tests/gone.py::test_a`")
    assert unproved(page) == [
        "tests/api/test_http.py::test_that_nobody_wrote",
        "tests/gone.py::test_a",
    ]


def test_who_reads_the_readme_finds_the_pages():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for page in (THREATS, *SHEETS.values()):
        assert page.relative_to(ROOT).as_posix() in text
