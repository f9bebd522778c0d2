"""The demo as the reports' figures have it, and as well linked as is promised."""

import subprocess
import sys
from typing import Any

import pytest

from tests.journeys.conftest import Installation


def test_the_demo_is_table_1_at_a_hundredth(demo: Installation) -> None:
    truth = (demo.home / "demo" / "truth" / "truth.csv").read_text().splitlines()
    children = {row.split(",")[4] for row in truth[1:] if row.split(",")[3] == "CHILD"}

    assert len(children) == 4_488


@pytest.fixture(scope="module")
def measured(demo: Installation) -> Any:
    return demo.run("evaluate", str(demo.home / "demo" / "truth"))


def test_children_and_sponsors_are_linked_as_well_as_is_promised(measured: Any) -> None:
    assert f1(measured["children"]) >= 0.985
    assert f1(measured["sponsors"]) >= 0.95
    assert f1(measured["addresses"]) >= 0.95


def test_no_identity_holds_two_siblings(measured: Any) -> None:
    assert measured["siblings_joined"] == 0


def f1(measured: dict[str, dict[str, int]]) -> float:
    pairs = measured["pairwise"]
    return 2 * pairs["right"] / (pairs["true"] + pairs["found"])


def test_the_served_process_never_loads_splink_or_duckdb() -> None:
    loads = (
        "import api.app, api.cli, sys; print([m for m in sys.modules if m in {'splink', 'duckdb'}])"
    )

    loaded = subprocess.run([sys.executable, "-c", loads], capture_output=True, check=True)

    assert loaded.stdout == b"[]\n"
