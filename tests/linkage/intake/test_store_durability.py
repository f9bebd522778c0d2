"""The store survives a kill at any point, is its owner's alone, and needs little memory."""

import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from linkage.intake.ingest import ingest
from linkage.store import open_store
from tests.linkage.deliveries import ANA, HEADER, a_delivery, lines, stored

# Each is a moment of an ingest: the function that is about to be called, and how many times it
# has been called when the kill comes.
MOMENTS = {
    "before the first file": ("linkage.intake.ingest.load", 0),
    "between two files of a delivery": ("linkage.intake.ingest.load", 1),
    "in the middle of a file": ("linkage.intake.versions.write", 0),
    "before the first commit": ("linkage.intake.ingest.commit", 0),
    "in the middle of a commit": ("linkage.intake.staging.to_disk", 2),
    "between two deliveries": ("linkage.intake.ingest.load", 2),
    "before the second commit": ("linkage.intake.ingest.commit", 1),
    "before the report": ("linkage.intake.ingest.write", 0),
}
KILLED = """
import importlib, os, signal, sys
from pathlib import Path
home, delivery, name, calls = sys.argv[1:]
module_name, _, function_name = name.rpartition(".")
module = importlib.import_module(module_name)
function, left = getattr(module, function_name), [int(calls)]
def kill_when_due(*args, **kwargs):
    if not left[0]:
        os.kill(os.getpid(), signal.SIGKILL)
    left[0] -= 1
    return function(*args, **kwargs)
setattr(module, function_name, kill_when_due)
from linkage.intake.ingest import ingest
ingest(Path(home), [Path(delivery)])
"""


def two_deliveries(folder: Path) -> Path:
    first = a_delivery(folder, {"earm": "earm.csv", "planet": "planet.csv"})
    (folder / "earm.csv").write_text(lines(HEADER, ANA, "2,,B,C,", "3,,B,C,soon"))
    (folder / "planet.csv").write_text(lines(HEADER, ANA))
    (folder / "later.csv").write_text(lines(HEADER, ANA.replace("ANA", "EVA")))
    manifest = (folder / "manifest.json").read_text()
    later = '{"source": "EARM", "as_of": "2024-07-31", "files": {"earm": "later.csv"}}]'
    (folder / "manifest.json").write_text(manifest.replace("}]", "}, " + later, 1))
    return first


def contents(home: Path) -> list[list[tuple[object, ...]]]:
    with open_store(home) as connection:
        ledger = "SELECT * EXCLUDE (received_at) FROM deliveries ORDER BY arrival, file"
        aside = "SELECT file, line, reason FROM set_aside ORDER BY file, line"
        return [
            stored(home, "earm"),
            stored(home, "planet"),
            connection.execute(ledger).fetchall(),
            connection.execute(aside).fetchall(),
        ]


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_killed_ingest_run_again_leaves_the_store_of_an_undisturbed_one(
    tmp_path: Path, moment: str
):
    delivery = two_deliveries(tmp_path / "delivery")
    ingest(tmp_path / "undisturbed", [delivery])
    function, calls = MOMENTS[moment]
    command = [sys.executable, "-c", KILLED]
    command += [str(tmp_path / "home"), str(delivery), function, str(calls)]
    assert subprocess.run(command, check=False).returncode == -signal.SIGKILL
    with open_store(tmp_path / "home") as half_done:
        known = half_done.execute("SELECT DISTINCT arrival FROM deliveries").fetchall()
    assert len(known) in {0, 1, 2}
    ingest(tmp_path / "home", [delivery])
    assert contents(tmp_path / "home") == contents(tmp_path / "undisturbed")
    assert not (tmp_path / "home" / "store" / "staging").exists()


def test_nobody_but_its_owner_may_look_into_the_store(tmp_path: Path):
    ingest(tmp_path / "home", [two_deliveries(tmp_path / "delivery")])
    modes = {
        (path.is_dir(), stat.S_IMODE(path.stat().st_mode))
        for path in [tmp_path / "home", *(tmp_path / "home").rglob("*")]
    }
    assert modes == {(True, 0o700), (False, 0o600)}


MEASURED = """
import resource, sys
from pathlib import Path
from datetime import date
from linkage.intake.ingest import ingest_file
report = ingest_file(Path(sys.argv[1]), Path(sys.argv[2]), table="orr_release", as_of=date(2024, 1, 31))
print(report.files[0].new, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""
COLUMNS = "record_id,alien_no,last_name,first_name,dob,release_date,sponsor_address," + ",".join(
    f"more_{n}" for n in range(13)
)
A_GIGABYTE_AND_A_HALF = 1_500 * 1024


def test_a_file_of_300_000_rows_is_loaded_within_a_gigabyte_and_a_half(tmp_path: Path):
    row = "A000{0:06},LOPEZ {0},ANA,2010-05-06,2023-01-02,{0} Main St" + ",a value" * 13
    with (tmp_path / "big.csv").open("w") as file:
        file.write(COLUMNS + "\n")
        file.writelines(f"{n}," + row.format(n) + "\n" for n in range(300_000))
    command = [sys.executable, "-c", MEASURED, str(tmp_path / "home"), str(tmp_path / "big.csv")]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    loaded, kilobytes = map(int, said.split())
    assert loaded == 300_000
    assert kilobytes < A_GIGABYTE_AND_A_HALF
