"""One linkage run: the store's current records to people, identities, pairs and places.

A link works on the tables that the last one left (`linkage.workings`) and brings them up to the
store, the models and the judgements of today. Where only records and judgements are new, only what
they reach is done again; the outcome is the same. Only frozen models are used here;
`linkage.train` makes them.
"""

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from duckdb import DuckDBPyConnection

from graph.vocabulary.evidence import Judgement
from linkage.cleaning import Cleaned, clean
from linkage.identities import follow_cases, give_ids, keep_identity_tables
from linkage.judgements import Heeded, heed, keep_judgements, verdicts_on
from linkage.lineage import Event
from linkage.matching import Matched, match
from linkage.model.blocking import CHILD_RULES, SPONSOR_RULES
from linkage.model.features import load_names
from linkage.model.frozen import Models, load_models
from linkage.model.thresholds import Bands
from linkage.pairs import keep_pairs_table, write_pairs
from linkage.places import complete_places, resolve_places
from linkage.renewing import renew
from linkage.roles import Role
from linkage.standing import find_changed, look_at, look_at_some
from linkage.workings import expect_few, keep_maker, start_anew, why_anew

TABLES = ("people", "identities", "pairs", "places")
# More changed records than these are worth two cores.
_FEW = 5_000


@dataclass
class Linked:
    """What a run found, for its report: counts and seconds, nobody's data.

    `anew` says that everything was linked again; else only what `changed` records and judgements
    reach, which the counts are of. `events` are merges, splits and moves of identities, by role.
    """

    run: int
    model_version: str
    models: dict[str, tuple[dict[str, Any], Bands]]
    anew: bool
    # What was new to the machine, in words: the reason for what it did to identities.
    because: str
    changed: int
    cleaned: Cleaned
    children: Matched
    sponsors: Matched
    addresses: int
    # Addresses without unit or house number that took the one door their person is known at.
    addresses_completed: int
    heeded: Heeded
    events: dict[str, list[Event]] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)

    @property
    def counts(self) -> dict[str, Any]:
        """What a report tells of it."""
        events = Counter(str(event.kind) for some in self.events.values() for event in some)
        conflicts = len(set(self.heeded.conflict.values()))
        told = {"judgements": len(self.heeded.judgements), "conflicts": conflicts}
        left_out = {"models", "heeded", "events"}
        counted = {one.name: getattr(self, one.name) for one in fields(self)}
        return (
            {
                name: asdict(value) if isinstance(value, Cleaned | Matched) else value
                for name, value in counted.items()
                if name not in left_out
            }
            | told
            | {"events": dict(events)}
        )


def link(
    connection: DuckDBPyConnection,
    home: Path,
    *,
    models: Path | None = None,
    version: str | None = None,
    judgements: Sequence[Judgement] = (),
    run: int = 1,
    anew: bool = False,
) -> Linked:
    """Bring the tables on this connection up to the store in `home`; it came from `open_workings`.

    `people`, `places`, `pairs` and `identities` say what is so now: `identities` has every current
    record that describes somebody, once a role. `models` is an installation's home/models, of which
    the version in use or `version` links, `run` the number of this run, `anew` links everything
    again. The same store, models, judgements and previous ids give the same ids, whatever the
    order of arrival. Raises SponsorgraphError when the models cannot be read.
    """
    frozen = load_models(models, version)
    because = why_anew(connection, frozen.fingerprint)
    everything = anew or bool(because)
    if everything:
        start_anew(connection, frozen.fingerprint)
    began = time.monotonic()
    new = find_changed(connection, home)
    if everything:
        look_at(connection, home)
    else:
        if _count_changed(connection) <= _FEW:
            expect_few(connection)
        look_at_some(connection, home, "changed", new)
    reading = round(time.monotonic() - began, 2)
    linked = link_received(
        connection, frozen, judgements, run=run, anew=everything, because=because
    )
    linked.seconds["reading"] = reading
    keep_maker(connection, frozen.fingerprint)
    return linked


def link_received(
    connection: DuckDBPyConnection,
    frozen: Models,
    judgements: Sequence[Judgement] = (),
    *,
    run: int = 1,
    anew: bool = True,
    because: str = "",
) -> Linked:
    """The same for what `received_<table>` show, of which `changed(record_key)` is new.

    With `anew` they show everything; without, at least what has changed.
    """
    heeded = heed(judgements)
    return _Linking(connection, frozen, heeded, run, anew, because).link()


@dataclass
class _Linking:
    """One run, stage by stage; each leaves its tables on the connection."""

    connection: DuckDBPyConnection
    frozen: Models
    heeded: Heeded
    run: int
    anew: bool
    because: str
    seconds: dict[str, float] = field(default_factory=dict)

    def link(self) -> Linked:
        on, frozen = self.connection, self.frozen
        keep_identity_tables(on)
        keep_pairs_table(on)
        keep_judgements(on, self.heeded)
        changed = _count_changed(on)
        with self._timed("cleaning"):
            cleaned = self._clean()
        with self._timed("places"):
            addresses = resolve_places(on, self.run, anew=self.anew)
        if self.anew:
            load_names(on, frozen.bands)
        with self._timed("children"):
            children, merged = self._settle(
                Role("CHILD", "children", CHILD_RULES, frozen.child, frozen.child_bands)
            )
        with self._timed("sponsors"):
            sponsors, merged_sponsors = self._settle(
                Role("SPONSOR", "sponsors", SPONSOR_RULES, frozen.sponsor, frozen.sponsor_bands)
            )
        with self._timed("following"):
            follow_cases(on)
            completed = complete_places(on, anew=self.anew)
        return Linked(
            run=self.run,
            model_version=frozen.version,
            models={
                "CHILD": (frozen.child, frozen.child_bands),
                "SPONSOR": (frozen.sponsor, frozen.sponsor_bands),
            },
            anew=self.anew,
            because=self.because or "new records",
            changed=changed,
            cleaned=cleaned,
            children=children,
            sponsors=sponsors,
            addresses=addresses,
            addresses_completed=completed,
            heeded=self.heeded,
            events={"CHILD": merged, "SPONSOR": merged_sponsors},
            seconds=self.seconds,
        )

    def _clean(self) -> Cleaned:
        if self.anew:
            return clean(self.connection, self.frozen.lexicon)
        cleaned = clean(self.connection, None, "cleaned")
        self.connection.execute(_KEEP_PEOPLE)
        return cleaned

    def _settle(self, role: Role) -> tuple[Matched, list[Event]]:
        """Features, candidates, clusters, pairs and ids of one role."""
        on = self.connection
        renew(on, role, anew=self.anew)
        matched = match(on, role, verdicts_on(on, role.people), anew=self.anew)
        write_pairs(on, role, anew=self.anew)
        return matched, give_ids(on, role, self.frozen.version, self.run, anew=self.anew)

    @contextmanager
    def _timed(self, stage: str) -> Iterator[None]:
        started = time.monotonic()
        yield
        self.seconds[stage] = round(time.monotonic() - started, 2)


def _count_changed(connection: DuckDBPyConnection) -> int:
    return int(connection.execute("SELECT count(*) FROM changed").fetchall()[0][0])


_KEEP_PEOPLE = """
DELETE FROM people WHERE record_key IN (SELECT record_key FROM changed);
INSERT INTO people FROM cleaned;
DROP TABLE cleaned
"""
