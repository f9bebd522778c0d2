"""What lies on disk: FORMATS.md's form, the truth apart, the same bytes for the same seed."""

import hashlib
import json
from datetime import UTC, datetime

import pytest

from graph.errors import UsageError
from linkage.demo import generate
from linkage.demo.agencies import AGENCIES
from linkage.intake.ingest import ingest
from tests.linkage.demo.conftest import rows_of
from tests.linkage.demo.test_traps import LINKABLE


def bytes_of(folder):
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {p.relative_to(folder): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def test_the_same_seed_is_the_same_bytes_and_another_is_another_world(tmp_path):
    for name, seed in (("one", 5), ("again", 5), ("other", 6)):
        generate(120, seed, tmp_path / name)
    one, again, other = (bytes_of(tmp_path / name) for name in ("one", "again", "other"))
    assert one == again
    assert one.keys() == other.keys()
    assert sum(one[file] != other[file] for file in one) >= len(one) - 2  # manifest, no hubs


def test_the_importer_takes_every_row(world, tmp_path):
    report = ingest(
        tmp_path, [world.summary.deliveries], clock=lambda: datetime(2024, 7, 1, tzinfo=UTC)
    )
    assert [(file.file, file.refused) for file in report.files if file.refused] == []
    assert [(file.file, file.rows_set_aside[:3]) for file in report.files if file.set_aside] == []
    read = sum(file.read for file in report.files)
    assert read == sum(world.summary.records.values())


def test_the_manifest_says_what_each_delivery_covers(world):
    said = json.loads((world.summary.deliveries / "manifest.json").read_text())["deliveries"]
    covers = {each["source"]: (each["covers_from"], each["covers_to"]) for each in said}
    assert covers["EOIR"] == ("2018-10-01", "2023-09-30")
    assert covers["PLANET"] == ("2018-10-01", "2024-05-31")
    assert {each["as_of"] for each in said} == {"2024-06-30"}


@pytest.mark.parametrize(("table", "key"), LINKABLE.items())
def test_the_truth_knows_every_record_and_no_other(world, table, key):
    assert world.truth(table).keys() == {row[key] for row in world.table(table)}


def test_the_truth_lies_in_a_folder_of_its_own(world):
    assert not list(world.summary.deliveries.glob("truth*"))
    assert {path.name for path in world.summary.truth.iterdir()} == {
        "truth.csv",
        "truth_addresses.csv",
        "families.csv",
        "hubs.csv",
    }


def test_an_address_is_true_only_of_records_that_wrote_one(world):
    wrote = {row["record_id"] for row in world.table("earm") if row["address"]}
    assert world.truth("earm", of="address_id").keys() == wrote


def test_every_child_has_a_family_and_twins_have_each_other(world):
    families = rows_of(world.summary.truth / "families.csv")
    assert {row["person_id"] for row in families} == set(world.truth("earm").values())
    twins = [row["family_id"] for row in families if row["twin"] == "Y"]
    assert twins
    assert all(twins.count(family) >= 2 for family in twins)


def test_a_hubs_key_is_kept_with_the_truth(world):
    hubs = rows_of(world.summary.truth / "hubs.csv")
    assert {row["role"] for row in hubs} == {"CHILD", "SPONSOR"}
    assert len({row["address_id"] for row in hubs}) == 1


def test_there_are_about_six_records_a_child(hundredth):
    linkable = sum(hundredth.summary.records[table] for table in (*LINKABLE, "worksheet"))
    assert 5.5 < linkable / 4_488 < 6.8


def test_a_workbook_and_a_table_stand_for_two_offices(world):
    files = [file for agency in AGENCIES for file, _ in agency.tables.values()]
    assert all((world.summary.deliveries / file).is_file() for file in files)
    assert {"worksheet_baltimore.csv", "worksheet_houston.xlsx"} <= set(files)


@pytest.mark.parametrize("wishes", [{"children": 0}, {"noise": -1}, {"hide_a_numbers": 1.5}])
def test_an_impossible_world_is_refused_with_what_is_possible(tmp_path, wishes):
    with pytest.raises(UsageError):
        generate(**{"children": 10, "seed": 1, "out": tmp_path} | wishes)


def test_who_watches_hears_how_far_it_is(tmp_path):
    heard = []
    generate(20, 1, tmp_path, progress=lambda *said: heard.append(said))
    assert heard[0] == ("people", 0, 20)
    assert heard[-1] == ("paperwork", len(AGENCIES), len(AGENCIES))
