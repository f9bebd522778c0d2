"""A person's word on what happened at a hearing: added beside the sources', never in their place.

It is a source's word as any other (`REPORTS`), from an `AppearanceEntry` instead of a record, and
holds at every run. A later word of the same source counts before the earlier, and both stay. Who
says that a child failed to appear opens her follow-up in the same transaction.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from graph.following.opening import opening_of
from graph.following.targets import TARGETS, Targets
from graph.vocabulary.agencies import AGENCY_OF, Source
from graph.vocabulary.court import SAYS_SO, Appearance, AppearanceRefusal
from graph.vocabulary.evidence import STILL_HOLDS, SharingClass
from graph.vocabulary.following import ACTOR_OF, Actor
from graph.vocabulary.identifiers import public_id
from graph.vocabulary.viewers import ViewerRole
from graph.writes.moments import to_the_millisecond
from graph.writes.steps import Step, Steps

_LONGEST = 2_000  # letters of what it rests on, or of a key: more is somebody's mistake

# Which systems each updates: OPLA PLANet, ERO EARM; either may keep a worksheet (S2:132-136).
_THEIRS: Final = {
    Actor.OPLA: (Source.PLANET, Source.LOCAL_WORKSHEET),
    Actor.ERO: (Source.EARM, Source.LOCAL_WORKSHEET),
}
SOURCES: Final = tuple(sorted({source for some in _THEIRS.values() for source in some}))

_BY_KEY: Final = """CYPHER 25
MATCH (entry:AppearanceEntry {key: $key})-[report:REPORTS]->(hearing:Hearing)
RETURN properties(report) AS report, hearing.id AS hearing"""

_HEARING: Final = """CYPHER 25
MATCH (hearing:Hearing {id: $hearing}) RETURN hearing.date AS day"""

_RECORD: Final = """CYPHER 25
MATCH (hearing:Hearing {id: $hearing})
MERGE (entry:AppearanceEntry {key: $entry.key})
ON CREATE SET entry = $entry
MERGE (entry)-[report:REPORTS]->(hearing)
ON CREATE SET report = $report"""


@dataclass(frozen=True, slots=True)
class RecordingAppearance:
    """What somebody says of a hearing, in whose system it stands, and on what it rests.

    `seen` asks for the hearing as they may see it, and is asked first.
    """

    appearance: Appearance
    source: Source
    basis: str
    actor: str
    role: ViewerRole | None
    key: str
    at: datetime
    today: date
    seen: Step
    entered_on: date | None = None


@dataclass(frozen=True, slots=True)
class AppearanceSaid:
    hearing: str


@dataclass(frozen=True, slots=True)
class AppearanceRefused:
    """Nothing was recorded; `message` says what to do about it."""

    reason: AppearanceRefusal
    message: str


def recording_appearance(
    asked: RecordingAppearance, targets: Targets = TARGETS
) -> Steps[AppearanceSaid | AppearanceRefused]:
    """The steps that record it, or find what was recorded under its key before.

    `targets` are the days of the follow-up that a failure to appear opens.
    """
    if unfit := _unfit(asked):
        return _refused(unfit)
    hearing = _found((yield asked.seen))
    if hearing is None:
        return _refused(AppearanceRefusal.UNKNOWN_HEARING)
    entry, report = _written(asked)
    before = yield _BY_KEY, {"key": entry["key"]}
    if before:
        return _the_same(before[0], hearing, report)
    ((day,),) = [row.values() for row in (yield _HEARING, {"hearing": hearing})]
    if day.to_native() > asked.today:
        return _refused(AppearanceRefusal.NOT_YET_HELD)
    yield _RECORD, {"hearing": hearing, "entry": entry, "report": report}
    if asked.appearance is Appearance.FAILED_TO_APPEAR:
        yield from opening_of([hearing], asked.at, targets)
    return AppearanceSaid(hearing)


def _found(rows: Sequence[Mapping[str, Any]]) -> str | None:
    """The hearing's id, as `node(id:)` answers it: `[kind, [id]]`."""
    ((things,),) = [row.values() for row in rows]
    return things[0][1][0] if things and things[0] else None


def _written(asked: RecordingAppearance) -> tuple[dict[str, Any], dict[str, Any]]:
    key = f"{asked.actor}\n{asked.key}"
    at = to_the_millisecond(asked.at)
    entry = {"id": public_id("entry", key), "key": key}
    report = {
        "id": public_id("fact", key),
        "appearance": str(asked.appearance),
        "source": str(asked.source),
        "agency": str(AGENCY_OF[asked.source]),
        "enteredOn": asked.entered_on or asked.today,
        "knownFrom": asked.today,
        "inAbsentia": False,
        "sharingClass": str(SharingClass.ENFORCEMENT),
        "recordedBy": asked.actor,
        "recordedAs": str(asked.role) if asked.role else None,
        "recordedAt": at,
        "basis": asked.basis.strip(),
        "runFrom": 0,
        "runUntil": STILL_HOLDS,
    }
    return entry, report


def _the_same(
    before: Mapping[str, Any], hearing: str, report: Mapping[str, Any]
) -> AppearanceSaid | AppearanceRefused:
    told = ("appearance", "source", "basis")
    again = before["hearing"] == hearing and all(
        before["report"].get(name) == report[name] for name in told
    )
    return AppearanceSaid(hearing) if again else _refused(AppearanceRefusal.KEY_REUSED)


def _unfit(asked: RecordingAppearance) -> AppearanceRefusal | None:
    whose = ACTOR_OF.get(asked.role) if asked.role else None
    theirs = _THEIRS.get(whose, ()) if whose else ()
    if asked.role is not None and not theirs:
        return AppearanceRefusal.NOT_YOURS_TO_SAY
    if asked.source not in (theirs or SOURCES):
        return AppearanceRefusal.NOT_YOUR_SYSTEM
    if asked.appearance not in SAYS_SO:
        return AppearanceRefusal.SAYS_NOTHING
    if asked.entered_on is not None and asked.entered_on > asked.today:
        return AppearanceRefusal.NOT_YET_HELD
    if not 0 < len(asked.basis.strip()) <= _LONGEST:
        return AppearanceRefusal.NO_BASIS
    return None if 0 < len(asked.key.strip()) <= _LONGEST else AppearanceRefusal.NO_KEY


_MESSAGES: Final = {
    AppearanceRefusal.NOT_YOURS_TO_SAY: (
        "OPLA or ERO records what happened at a hearing: tell whoever has her docket or her file."
    ),
    AppearanceRefusal.NOT_YOUR_SYSTEM: (
        "OPLA's word stands in PLANet, ERO's in EARM, either's in a worksheet: name yours."
    ),
    AppearanceRefusal.SAYS_NOTHING: "Say APPEARED, FAILED_TO_APPEAR or CONTINUED.",
    AppearanceRefusal.UNKNOWN_HEARING: (
        "There is no such hearing: take its id from `hearings` or from the child."
    ),
    AppearanceRefusal.NOT_YET_HELD: "That day is yet to come: record it once it was held.",
    AppearanceRefusal.NO_BASIS: "Say in up to 2,000 letters how you know: it is kept.",
    AppearanceRefusal.NO_KEY: (
        "Give a key of your own, new for each: sent twice, it is recorded once."
    ),
    AppearanceRefusal.KEY_REUSED: "This key was used for something else: make a new one for each.",
}


def _refused(reason: AppearanceRefusal) -> AppearanceRefused:
    return AppearanceRefused(reason, _MESSAGES[reason])
