"""The whole `link` job: the store's records, linked, as facts in the graph, visible all at once."""

import json
import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from duckdb import DuckDBPyConnection
from filelock import FileLock, Timeout

from graph.connection import Door, connected
from graph.errors import SponsorgraphError
from graph.migrate import migrate
from graph.progress import Progress, silent
from graph.settings import Settings
from graph.writes.grants import follow_redirects
from graph.writes.runs import Published, published_run
from linkage.export import export_linkage
from linkage.facts import count_unlinked, count_unplaced, state_facts
from linkage.facts.lineage import want_events, want_redirects
from linkage.facts.records import want_records
from linkage.facts.review import keep_failed_to_appear, want_heeded, want_models, want_pairs
from linkage.facts.scope import look_at_everything, narrow_to_what_changed
from linkage.forgetting.again import expunge_again
from linkage.forgetting.expunging import carry_on
from linkage.forgetting.sealing import keep as keep_seals
from linkage.link import Linked
from linkage.link import link as link_records
from linkage.publishing.apply import apply_plan
from linkage.publishing.judged import Judgements, keep_copy
from linkage.publishing.plan import Planning
from linkage.publishing.runs import (
    Plan,
    RunFolder,
    elder_of,
    folder_of,
    keep_linked,
    prune,
)
from linkage.publishing.unfinished import finish_unfinished
from linkage.room import needing_room
from linkage.standing import deliveries_lacking
from linkage.workings import forget_the_graph, open_workings, settle


@dataclass
class LinkReport:
    """What a `link` did, in counts: nobody's data. `run` is None when nothing had changed."""

    published: int = 0
    run: int | None = None
    # A run that was killed before, and was finished first.
    resumed: int | None = None
    # Records of an expungement that was killed before, and was finished first.
    expunged: int = 0
    # Records that had been expunged, and stood in a store that is older: expunged again.
    expunged_again: int = 0
    created: dict[str, int] = field(default_factory=dict)
    closed: dict[str, int] = field(default_factory=dict)
    # Why records describe nobody, or say something that cannot be placed.
    unlinked: dict[str, int] = field(default_factory=dict)
    linkage: dict[str, Any] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    peak_rss_mb: int = 0


def link(
    settings: Settings,
    export: Path | None = None,
    progress: Progress = silent,
    *,
    anew: bool = False,
) -> LinkReport:
    """Link what is new in the store and bring the graph up to it, as one run.

    A run that was killed is finished first. When nothing has changed there is no new run, and the
    graph stays as it is. `anew` links everything again, which new models do by themselves; it
    comes to the same. `export` is a folder for identities.csv and pairs.csv (FORMATS.md).

    Raises:
        SponsorgraphError: another link works on this home, the graph was made from another, or the
            store is older than the last link.
    """
    with alone(settings.home), connected(settings, progress) as door:
        migrate(door, progress=progress)
        job = Job(settings.home, door, progress)
        job.finish(anew=anew)
        return job.link(export, anew=anew)


@dataclass
class Job:
    """One link of one home, and what is reported of it on the way."""

    home: Path
    door: Door
    progress: Progress
    report: LinkReport = field(default_factory=LinkReport)

    def finish(self, *, anew: bool = False) -> None:
        """Finish what was begun, and expunge again what came back with an older store.

        Raises:
            SponsorgraphError: the store is older than the last link, and nobody said `anew`.
        """
        on = self.door, self.home
        with self._timed("finishing a killed run"):
            self.report.resumed = finish_unfinished(*on, self.progress)
            if not anew:
                self._refuse_an_older_store()
            finished = carry_on(*on, self.relink)
            self.report.expunged = finished.records if finished else 0
            self.report.expunged_again = expunge_again(*on, self.relink, thoroughly=anew)

    def _refuse_an_older_store(self) -> None:
        """A link of everything would end what is no more in the store, and nobody would know."""
        with self.door.reading() as session:
            linked = elder_of(self.home, published_run(session))
        if linked and (lacking := deliveries_lacking(self.home, linked)):
            raise SponsorgraphError(
                f"The store lacks deliveries that the last link read ({len(lacking)}, such as"
                f" {lacking[0]}): bring it back from a later backup, or `sponsorgraph link --anew`"
                " goes on without them, and what they alone said ends."
            )

    def relink(self) -> None:
        """Link everything, for whoever has taken records away."""
        Job(self.home, self.door, self.progress).link(None, anew=True)

    def link(self, export: Path | None, *, anew: bool) -> LinkReport:
        with self.door.reading() as session:
            published = published_run(session)
        judgements = keep_copy(self.door, self.home)
        keep_seals(self.door, self.home)
        prune(self.home, published)
        folder = folder_of(self.home, published.seq + 1)
        folder.prepare()
        plan = self._plan(folder, published, judgements, export, anew=anew)
        if plan.rows:
            folder.commit(plan)
            published = self._write(folder, plan)
            # Readers see the run by now.
            with self._timed("settling"):
                settle(folder.linked)
            prune(self.home, published)
        else:
            settle(folder.linked)
            keep_linked(self.home, folder, published)
        return self._told(published)

    def _plan(
        self,
        folder: RunFolder,
        base: Published,
        judgements: Judgements,
        export: Path | None,
        *,
        anew: bool,
    ) -> Plan:
        """From the store to a plan on disk; DuckDB's memory is free again for the graph's turn."""
        with open_workings(folder.linked, elder_of(self.home, base)) as connection:
            if not base.seq:
                forget_the_graph(connection)
            linked = self._link_records(
                connection, judgements, base.seq + 1, anew=anew or not base.seq
            )
            if export:
                export_linkage(connection, export)
            with self._timed("stating facts"):
                self._state(connection, linked, judgements)
            with self._timed("planning"):
                planning = Planning(connection, folder, base, linked.anew)
                return planning.plan([linked.model_version], self.progress)

    def _link_records(
        self, connection: DuckDBPyConnection, judgements: Judgements, run: int, *, anew: bool
    ) -> Linked:
        self.progress("linking records", 0, None)
        with self._timed("linking records"):
            linked = link_records(
                connection,
                self.home,
                models=self.home / "models",
                judgements=judgements.standing,
                run=run,
                anew=anew,
            )
            self.report.linkage = linked.counts
            self.report.unlinked = count_unlinked(connection)
        return linked

    def _state(
        self, connection: DuckDBPyConnection, linked: Linked, judgements: Judgements
    ) -> None:
        # Of these there are only new ones, and the link has them at hand.
        want_records(connection)
        if not linked.anew:
            narrow_to_what_changed(connection, self.home)
        state_facts(connection, self.progress)
        self.report.unlinked |= count_unplaced(connection)
        keep_failed_to_appear(connection, anew=linked.anew)
        look_at_everything(connection)
        want_models(connection, linked.model_version, linked.models)
        want_pairs(connection)
        want_heeded(connection, linked.heeded)
        want_redirects(connection)
        want_events(connection, linked, judgements.words)

    def _write(self, folder: RunFolder, plan: Plan) -> Published:
        self.report.run = plan.seq
        for part in plan.parts:
            closes = part.kind.startswith("close_")
            counted = self.report.closed if closes else self.report.created
            counted[part.kind.removeprefix("close_")] = part.rows
        with self._timed("writing the graph"):
            published = apply_plan(self.door, folder, plan, self.progress)
            with self.door.writing() as session:
                follow_redirects(session, datetime.now(UTC))
            return published

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
            self.report.seconds[stage] = round(time.monotonic() - began, 2)


@contextmanager
def alone(home: Path) -> Iterator[None]:
    """One link a home at a time: two would plan upon the same run.

    Raises:
        SponsorgraphError: another works there, or there was no room to write.
    """
    try:
        with needing_room(home):
            (home / "runs").mkdir(mode=0o700, parents=True, exist_ok=True)
            with FileLock(home / "runs" / "lock", timeout=0):
                yield
    except Timeout:
        raise SponsorgraphError(
            f"Another command links or expunges in {home}: wait until it has finished."
        ) from None
