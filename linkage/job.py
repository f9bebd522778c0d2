"""The whole `link` job: the store's records, linked, as facts in the graph, visible all at once."""

import json
import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from duckdb import DuckDBPyConnection
from filelock import FileLock, Timeout

from graph.connection import Door, connected
from graph.errors import SponsorgraphError
from graph.migrate import migrate
from graph.progress import Progress, silent
from graph.settings import Settings
from graph.writes.runs import Published, published_run
from linkage.export import export_linkage
from linkage.facts import count_unlinked, hearing_ids_of, keep_hearing_ids, state_facts
from linkage.link import Previous
from linkage.link import link as link_records
from linkage.publishing.apply import apply_plan
from linkage.publishing.plan import Planning, ids_ever_given
from linkage.publishing.runs import Plan, RunFolder, elder_of, folder_of, prune, state_of
from linkage.publishing.unfinished import finish_unfinished
from linkage.store import open_store


@dataclass
class LinkReport:
    """What a `link` did, in counts: nobody's data. `run` is None when nothing had changed."""

    published: int = 0
    run: int | None = None
    # A run that was killed before, and was finished first.
    resumed: int | None = None
    created: dict[str, int] = field(default_factory=dict)
    closed: dict[str, int] = field(default_factory=dict)
    # Why records describe nobody, or say something that cannot be placed.
    unlinked: dict[str, int] = field(default_factory=dict)
    linkage: dict[str, Any] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    peak_rss_mb: int = 0


def link(settings: Settings, export: Path | None = None, progress: Progress = silent) -> LinkReport:
    """Link everything in the store and bring the graph up to it, as one run.

    A run that was killed is finished first. When nothing has changed there is no new run, and the
    graph stays as it is. `export` is a folder for identities.csv and pairs.csv (FORMATS.md).

    Raises:
        SponsorgraphError: another link works on this home, or the graph was made from another.
    """
    with _alone(settings.home), connected(settings, progress) as door:
        migrate(door, progress=progress)
        job = _Job(settings.home, door, progress)
        job.finish()
        return job.link(export)


@dataclass
class _Job:
    """One link of one home, and what is reported of it on the way."""

    home: Path
    door: Door
    progress: Progress
    report: LinkReport = field(default_factory=LinkReport)

    def finish(self) -> None:
        with self._timed("finishing a killed run"):
            self.report.resumed = finish_unfinished(self.door, self.home, self.progress)

    def link(self, export: Path | None) -> LinkReport:
        with self.door.reading() as session:
            published = published_run(session)
        prune(self.home, published)
        folder = folder_of(self.home, published.seq + 1)
        folder.prepare()
        plan = self._plan(folder, published, export)
        if plan.rows:
            folder.commit(plan)
            published = self._write(folder, plan)
            prune(self.home, published)
        else:
            folder.discard()
        return self._told(published)

    def _plan(self, folder: RunFolder, base: Published, export: Path | None) -> Plan:
        """From the store to a plan on disk; DuckDB's memory is free again for the graph's turn."""
        elder = elder_of(self.home, base)
        with open_store(self.home) as connection:
            with self._timed("linking records"):
                model = self._link_records(connection, folder, elder)
            if export:
                export_linkage(connection, export)
            with self._timed("stating facts"):
                state_facts(
                    connection, hearing_ids_of(elder.state if elder else None), self.progress
                )
                keep_hearing_ids(connection, folder.state)
            with self._timed("planning"):
                planning = Planning(connection, folder, base, state_of(self.home, base))
                return planning.plan([model], self.progress)

    def _link_records(
        self, connection: DuckDBPyConnection, folder: RunFolder, elder: RunFolder | None
    ) -> str:
        self.progress("linking records", 0, None)
        given = ids_ever_given(connection, elder.state if elder else None)
        before = Previous.of(elder.linked if elder else None, given)
        linked = link_records(
            connection, folder.linked, models=self.home / "models", previous=before
        )
        self.report.linkage = asdict(linked)
        self.report.unlinked = count_unlinked(connection)
        return linked.model_version

    def _write(self, folder: RunFolder, plan: Plan) -> Published:
        self.report.run = plan.seq
        for part in plan.parts:
            closes = part.kind.startswith("close_")
            counted = self.report.closed if closes else self.report.created
            counted[part.kind.removeprefix("close_")] = part.rows
        with self._timed("writing the graph"):
            return apply_plan(self.door, folder, plan, self.progress)

    def _told(self, published: Published) -> LinkReport:
        report = self.report
        report.published = published.seq
        report.peak_rss_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        if report.run:
            told = json.dumps(asdict(report), indent=2, default=str)
            folder_of(self.home, report.run).report.write_text(told, encoding="utf-8")
        return report

    @contextmanager
    def _timed(self, stage: str) -> Iterator[None]:
        began = time.monotonic()
        try:
            yield
        finally:
            self.report.seconds[stage] = round(time.monotonic() - began, 1)


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    """One link a home at a time: two would plan upon the same run."""
    (home / "runs").mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        with FileLock(home / "runs" / "lock", timeout=0):
            yield
    except Timeout:
        raise SponsorgraphError(
            f"Another `sponsorgraph link` is working in {home}: wait until it has finished."
        ) from None
