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


def reported(demo: Installation, *asked: str) -> dict[str, tuple[int, int]]:
    """The figures of a report: of which part, how many of how many."""
    report = demo.run("report", *asked, "--purpose", "OVERSIGHT_STATS", "--as-of", "2024-06-30")
    return {
        " ".join(f"{part['dimension']}={part['value']}" for part in figure["of"]): (
            figure["numerator"]["counted"],
            figure["denominator"]["counted"],
        )
        for figure in report["figures"]
    }


def test_table_1_is_counted_from_the_linked_graph_as_printed(demo: Installation) -> None:
    assert reported(demo, "transfers") == {
        "FISCAL_YEAR=2019": (680, 4_488),
        "FISCAL_YEAR=2020": (151, 4_488),
        "FISCAL_YEAR=2021": (1_209, 4_488),
        "FISCAL_YEAR=2022": (1_270, 4_488),
        "FISCAL_YEAR=2023": (1_178, 4_488),
        "": (4_488, 4_488),
    }


def test_who_has_no_notice_is_counted_as_printed(demo: Installation) -> None:
    figures = reported(demo, "nta")

    assert figures[""] == (2_910, 4_488)
    assert figures["YEAR_CROSSED=2021"][0] == 900
    assert figures["OFFICE=ATLANTA"] == (348, 416)


def test_the_bridge_of_28_000_and_32_000_sums_and_shows_that_planet_lacks_more(
    demo: Installation,
) -> None:
    figures = {name: of for name, (of, _) in reported(demo, "reconcile", "EOIR", "PLANET").items()}
    sides = "LEFT", "RIGHT", "DIFFERENCE", "LACKING"

    assert [figures[f"SIDE={side}"] for side in sides] == [320, 280, 40, 84]
    only = {
        side: sum(many for name, many in figures.items() if name.startswith(f"SIDE={side} BUCKET"))
        for side in ("ONLY_LEFT", "ONLY_RIGHT")
    }
    assert only["ONLY_LEFT"] - only["ONLY_RIGHT"] == 40
    assert figures["SIDE=ONLY_RIGHT BUCKET=OUTSIDE_ITS_WINDOW"] == 33
    assert figures["SIDE=ONLY_RIGHT BUCKET=ABSENCE_WITHOUT_ORDER"] == 11


def test_the_served_process_never_loads_splink_or_duckdb() -> None:
    loads = (
        "import api.app, api.cli, sys; print([m for m in sys.modules if m in {'splink', 'duckdb'}])"
    )

    loaded = subprocess.run([sys.executable, "-c", loads], capture_output=True, check=True)

    assert loaded.stdout == b"[]\n"
