"""A home, or a part of it, that comes back from a backup older than the rest."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli import app
from graph.connection import Door, Endpoint
from graph.errors import SponsorgraphError
from graph.settings import Settings
from linkage import job
from linkage.forgetting import ledger
from linkage.forgetting.again import standing_again
from linkage.intake.ingest import ingest
from tests.journeys.expunge_and_die import AGAIN
from tests.journeys.test_expunging import (
    CHILDREN,
    HER,
    child_of,
    expunged,
    her,
    installation,
    killed_at,
    seen,
    traces_in_the_graph,
    traces_in_the_home,
    two_days,
)
from tests.journeys.test_expunging_a_sponsor import (
    a_day_of_forms,
    releases,
    sponsor,
    sponsors_called,
    traces,
)
from tests.journeys.worlds import Worlds, settings_of
from tests.linkage.a_small_world import a_number, deliver_first

__all__ = ["installation", "sponsor"]


def brought_back(
    installation: Settings, worlds: Worlds, makes: Callable[[Settings], None], aside: Path
) -> None:
    """Home and graph as they were when that world was made, and the ledger as it is now."""
    home = installation.home
    shutil.copytree(home / "forgetting", aside)
    shutil.rmtree(home)
    worlds.put(makes, installation)
    shutil.copytree(aside, home / "forgetting")


def delivery_of(home: Path, number: int) -> Path:
    (found,) = (home / "store" / "deliveries").glob(f"{number:06d}-*")
    return found


@pytest.fixture
def without(installation: Settings, worlds: Worlds) -> Callable[[int], Path]:
    """Two days linked, and one delivery of theirs that is in the store no more."""

    def lost(number: int) -> Path:
        worlds.put(two_days, installation)
        folder = delivery_of(installation.home, number)
        shutil.rmtree(folder)
        return folder

    return lost


def verified(home: Path) -> tuple[int, str]:
    said = CliRunner().invoke(app, ["--home", str(home), "retention", "verify"])
    return said.exit_code, said.output + str(said.exception or "")


def test_who_was_expunged_and_comes_back_with_a_backup_is_expunged_by_the_next_link(
    installation: Settings, graph_door: Door, worlds: Worlds, tmp_path: Path
):
    worlds.put(two_days, installation)
    expunged(installation, her(graph_door))
    without_her = {number: child_of(graph_door, a_number(number)) for number in range(1, CHILDREN)}
    brought_back(installation, worlds, two_days, tmp_path / "aside")
    assert traces_in_the_graph(graph_door)
    code, told = verified(installation.home)
    assert code == 1
    assert "5 records that line 1 of the ledger expunged are in the store again" in told

    report = job.link(installation)

    assert report.expunged_again == 5
    assert traces_in_the_graph(graph_door) == []
    assert traces_in_the_home(installation.home) == []
    now = {number: child_of(graph_door, a_number(number)) for number in range(1, CHILDREN)}
    assert now == without_her
    first, second = ledger.entries(installation.home)
    assert second["digests"] == first["digests"]
    assert (second["by"], second["of"]) == ("sponsorgraph link", "again")
    assert second["why"].endswith("older than the ledger's 1")
    assert verified(installation.home)[0] == 0

    unchanged = seen(graph_door)
    after = job.link(installation, anew=True)
    assert (after.run, after.expunged_again) == (None, 0)
    assert seen(graph_door) == unchanged


def test_the_command_says_that_she_was_expunged_again_and_the_audit_that_the_ledger_grew(
    installation: Settings,
    graph_door: Door,
    worlds: Worlds,
    neo4j: Endpoint,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
):
    worlds.put(two_days, installation)
    expunged(installation, her(graph_door))
    brought_back(installation, worlds, two_days, tmp_path / "aside")
    for name, value in (
        ("NEO4J_URI", neo4j.uri),
        ("NEO4J_USER", neo4j.user),
        ("NEO4J_PASSWORD", neo4j.password),
    ):
        monkeypatch.setenv(name, value)

    said = CliRunner().invoke(app, ["--home", str(installation.home), "link"]).stdout

    assert "5 records that had been expunged were in the store again" in said
    assert "Nothing else has changed: run 3 stands." in said
    assert a_number(HER) not in said
    file = installation.home / "forgetting" / "ledger.jsonl"
    file.write_bytes(file.read_bytes().splitlines(keepends=True)[0])
    assert "Line 2 of the ledger is not the one" in verified(installation.home)[1]


def test_a_sponsor_who_comes_back_is_taken_out_of_the_papers_again_and_the_children_stay(
    installation: Settings, graph_door: Door, worlds: Worlds, sponsor: str, tmp_path: Path
):
    expunged(installation, sponsor)
    released = {number: {one[1:] for one in all_} for number, all_ in releases(graph_door).items()}
    brought_back(installation, worlds, a_day_of_forms, tmp_path / "aside")
    assert traces(installation, graph_door, sponsor)

    assert job.link(installation).expunged_again == 4

    assert traces(installation, graph_door, sponsor) == []
    assert not sponsors_called(graph_door, "Pérez Ba")
    again = {number: {one[1:] for one in all_} for number, all_ in releases(graph_door).items()}
    assert again == released
    # Both of a child's papers name one sponsor, and the two children's are not to be told for one.
    whom = {number: {one[0] for one in all_} for number, all_ in releases(graph_door).items()}
    assert len(whom[a_number(3)]) == 1
    assert whom[a_number(3)] != whom[a_number(2)]
    assert verified(installation.home)[0] == 0


def test_who_is_delivered_to_a_new_home_that_has_the_ledger_is_never_linked(
    installation: Settings, graph_door: Door, worlds: Worlds, tmp_path: Path, neo4j: Endpoint
):
    worlds.put(two_days, installation)
    expunged(installation, her(graph_door))
    new = settings_of(tmp_path / "new", neo4j)
    shutil.copytree(installation.home / "forgetting", new.home / "forgetting")
    with graph_door.writing() as session:
        session.run("MATCH (n) WHERE NOT n:Migration AND NOT n:Publication DETACH DELETE n")
        session.run("MATCH (p:Publication) SET p = {id: 'graph', run: 0}")
    deliver_first(new.home, CHILDREN)
    assert traces_in_the_home(new.home)

    report = job.link(new)

    # It was the first run of this graph that was published: she was in none.
    assert (report.published, report.expunged_again) == (1, 5)
    assert traces_in_the_graph(graph_door) == []
    assert traces_in_the_home(new.home) == []
    assert child_of(graph_door, a_number(HER + 1))


def test_a_delivery_that_comes_back_alone_is_found_by_verify_and_mended_by_a_link_of_everything(
    installation: Settings, graph_door: Door, worlds: Worlds, tmp_path: Path
):
    worlds.put(two_days, installation)
    home = installation.home
    # Her record of this table is in another delivery too, whose tombstone stands.
    folder = delivery_of(home, 1)
    shutil.copytree(folder, tmp_path / "aside")
    expunged(installation, her(graph_door))
    shutil.rmtree(folder)
    shutil.copytree(tmp_path / "aside", folder)
    assert standing_again(home) == []
    (found,) = standing_again(home, thoroughly=True)
    assert (found.line, found.keys) == (1, [f"EARM/earm/{HER}"])
    assert "link --anew" in verified(home)[1]

    assert job.link(installation, anew=True).expunged_again == 1

    assert traces_in_the_home(home) == []
    assert verified(home)[0] == 0


@pytest.mark.parametrize("step", ["before the intent", "intent", "files", "graph"])
def test_killed_while_it_expunges_again_it_is_finished_by_the_next_link(
    installation: Settings,
    graph_door: Door,
    worlds: Worlds,
    neo4j: Endpoint,
    tmp_path: Path,
    step: str,
):
    worlds.put(two_days, installation)
    expunged(installation, her(graph_door))
    brought_back(installation, worlds, two_days, tmp_path / "aside")
    killed_at(step, AGAIN, installation, neo4j)

    report = job.link(installation)

    assert report.expunged + report.expunged_again == 5
    assert traces_in_the_graph(graph_door) == []
    assert traces_in_the_home(installation.home) == []
    assert len(list(ledger.entries(installation.home))) == 2


def test_a_store_without_a_delivery_that_was_linked_is_refused_before_anything_ends(
    installation: Settings, graph_door: Door, without: Callable[[int], Path]
):
    lost = without(6)
    before = seen(graph_door)
    for _ in range(2):
        with pytest.raises(SponsorgraphError, match=f"1, such as {lost.name}.*--anew"):
            job.link(installation)
    assert seen(graph_door) == before


def test_the_same_file_delivered_again_is_as_good_as_a_backup(
    installation: Settings, graph_door: Door, without: Callable[[int], Path]
):
    without(7)
    before = seen(graph_door)
    assert ingest(installation.home, [installation.home / "delivered" / "2024-02-29"]).complete
    assert job.link(installation).run is None
    assert seen(graph_door) == before


def test_whoever_says_so_goes_on_without_and_what_it_alone_said_ends(
    installation: Settings, graph_door: Door, without: Callable[[int], Path]
):
    without(6)
    report = job.link(installation, anew=True)
    assert report.run == 3
    assert report.closed["child_lives_at"]
    assert job.link(installation).run is None
