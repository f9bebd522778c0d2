"""Folders of runs: what each will write, and what the graph holds once it is published.

    runs/000007/plan/01_records.parquet …   rows to write, in order
    runs/000007/linked.duckdb               what linkage made, and what the graph holds after it
    runs/000007/plan.json                   written last: with it the plan is whole
    runs/000007/report.json                 what the run did

A folder without `plan.json` was left by a run that was killed before it touched the graph.
"""

import json
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from graph.errors import SponsorgraphError
from graph.private_files import to_disk
from graph.writes.runs import Published
from linkage.workings import log_of

# Enough to go on from a dump of the graph that is a run or two old.
STATES_KEPT = 3
# Of a graph that is no more: where a home keeps the run whose ids the new graph inherits.
_ELDER = "of-an-earlier-graph"
_PRIVATE = 0o700


@dataclass(frozen=True)
class Part:
    """A file of rows of one kind, in the order in which they are written."""

    kind: str
    file: str
    rows: int


@dataclass(frozen=True)
class Plan:
    """All that a run writes, upon the run that was published before it."""

    seq: int
    id: str
    base: Published
    models: list[str]
    batch_rows: int
    parts: list[Part]

    @property
    def batches(self) -> int:
        """How many batches it takes; one may hold rows of several kinds."""
        return -(-self.rows // self.batch_rows)

    @property
    def rows(self) -> int:
        return sum(part.rows for part in self.parts)


@dataclass(frozen=True)
class RunFolder:
    """The folder of one run in an installation's home."""

    path: Path

    @property
    def plan_files(self) -> Path:
        return self.path / "plan"

    @property
    def linked(self) -> Path:
        """What linkage made, and what the graph holds: the file of `linkage.workings`."""
        return self.path / "linked.duckdb"

    @property
    def report(self) -> Path:
        return self.path / "report.json"

    def prepare(self) -> None:
        """Make the folder anew, and unreadable for others: plans hold people's names."""
        self.discard()
        for folder in (self.path, self.plan_files):
            folder.mkdir(mode=_PRIVATE, parents=True)

    @property
    def linked_files(self) -> list[Path]:
        """That file, and DuckDB's log beside it where one is left: both hold people's names."""
        return [file for file in (self.linked, log_of(self.linked)) if file.exists()]

    def forget(self) -> None:
        """Remove what linkage made."""
        for file in self.linked_files:
            file.unlink()

    def discard(self) -> None:
        # The plan's file goes first: without it, what is left counts for nothing.
        (self.path / "plan.json").unlink(missing_ok=True)
        shutil.rmtree(self.path, ignore_errors=True)

    def commit(self, plan: Plan) -> None:
        """Make the plan whole, at once and durably."""
        for file in (*self.linked_files, *sorted(self.plan_files.iterdir())):
            to_disk(file)
        draft = self.path / "plan.json.draft"
        draft.write_text(json.dumps(asdict(plan), indent=2), encoding="utf-8")
        to_disk(draft)
        draft.rename(self.path / "plan.json")
        to_disk(self.path)

    def plan(self) -> Plan | None:
        """The plan, or None when it was never finished."""
        try:
            told = json.loads((self.path / "plan.json").read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        told["base"] = Published(**told["base"])
        told["parts"] = [Part(**part) for part in told["parts"]]
        return Plan(**told)


def folder_of(home: Path, seq: int) -> RunFolder:
    return RunFolder(home / "runs" / f"{seq:06d}")


def made_here(home: Path, published: Published) -> bool:
    """Whether this home made that run, and still knows what the graph holds after it."""
    folder = folder_of(home, published.seq)
    plan = folder.plan()
    return plan is not None and plan.id == published.id and folder.linked.exists()


def latest_linked(home: Path) -> Path:
    """The file with what the last link of this home decided: identities, pairs and the rest.

    Raises:
        SponsorgraphError: nothing was linked yet.
    """
    done = [folder.linked for folder in _folders(home) if folder.plan() and folder.linked.exists()]
    if not done:
        raise SponsorgraphError(
            f"Nothing has been linked in {home} yet: run `sponsorgraph link` first."
        )
    return done[-1]


def prune(home: Path, published: Published) -> None:
    """Remove plans that are written and states that are old; plan.json and reports stay.

    The published run's own plan stays too: a database that loses its last transactions (a torn
    log) finds that run unfinished again, and it is carried on.
    """
    for folder in _folders(home):
        seq = int(folder.path.name)
        if seq < published.seq:
            shutil.rmtree(folder.plan_files, ignore_errors=True)
        if seq <= published.seq - STATES_KEPT:
            folder.forget()


def elder_of(home: Path, published: Published) -> Path | None:
    """What the run left whose ids the next one inherits; None for the very first."""
    elder = folder_of(home, published.seq) if published.seq else RunFolder(home / "runs" / _ELDER)
    return elder.linked if elder.linked.exists() else None


def keep_linked(home: Path, folder: RunFolder, published: Published) -> None:
    """Let what a link made that changed nothing in the graph stand for the run that is published.

    Another version of the program would otherwise link everything again, time and again.
    """
    stands = folder_of(home, published.seq)
    if stands.linked.exists():
        to_disk(folder.linked)
        folder.linked.replace(stands.linked)
    folder.discard()


def keep_the_elder(home: Path, published: Published) -> None:
    """Keep the ids of the last run when the graph is a new one: an id once given is for ever."""
    made = [folder for folder in _folders(home) if folder.plan() and folder.linked.exists()]
    if made and not published.seq:
        elder = home / "runs" / _ELDER
        shutil.rmtree(elder, ignore_errors=True)
        made[-1].path.rename(elder)


def discard_unwritten(home: Path, published: Published) -> None:
    """Throw away plans that were made and never begun: newer deliveries may be there by now."""
    for folder in _folders(home):
        if int(folder.path.name) > published.seq:
            folder.discard()


def _folders(home: Path) -> Iterator[RunFolder]:
    for path in sorted((home / "runs").glob("[0-9]*")):
        yield RunFolder(path)


def forget_older(home: Path, published: Published) -> None:
    """Remove every state but the published run's, and every plan: the expunged stand in them.

    A database that loses its last transactions then has to be brought back from a backup.
    """
    for folder in _folders(home):
        shutil.rmtree(folder.plan_files, ignore_errors=True)
        if int(folder.path.name) != published.seq:
            folder.forget()
    if published.seq:
        shutil.rmtree(home / "runs" / _ELDER, ignore_errors=True)
