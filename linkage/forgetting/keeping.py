"""`retention`: what the schedule asks for on a day, and doing it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from graph.births import births
from graph.connection import connected
from graph.errors import SponsorgraphError
from graph.progress import Progress, silent
from graph.settings import Settings
from graph.writes.runs import published_run
from linkage.forgetting.due import Due, due
from linkage.forgetting.expunging import Wish
from linkage.forgetting.job import at_work, expunge, linked_tables
from linkage.forgetting.rules import Does, rules_of
from linkage.forgetting.sealing import seal
from linkage.publishing.runs import folder_of


@dataclass(frozen=True)
class Told:
    """What a rule asks for: counts, and ids of this system's. Nothing that an agency wrote."""

    rule: str
    does: str
    source: str
    records: int
    children: list[str]


def what_is_due(settings: Settings, on: date, progress: Progress = silent) -> list[Told]:
    """What is due on a day, and changes nothing."""
    rules = rules_of(settings.home)
    with connected(settings, progress) as door, door.reading() as session:
        linked = folder_of(settings.home, published_run(session).seq).linked
        if not linked.exists():
            raise SponsorgraphError(
                f"The graph was not linked from {settings.home}: give the --home that made it."
            )
        return _told(due(births(session), linked, rules, on))


def apply_schedule(
    settings: Settings, on: date, *, by: str, progress: Progress = silent
) -> list[Told]:
    """Do what is due on a day, rule by rule, each with its line in the ledger."""
    done: list[Due] = []
    with at_work(settings, progress) as job:
        for rule in rules_of(job.home):
            with job.door.reading() as session:
                (one,) = due(births(session), linked_tables(job), [rule], on)
            done.append(one)
            why = f"schedule, rule {rule.name}: {rule.years} years after {rule.after}"
            if rule.does is Does.SEAL:
                seal(job.door, job.home, one.children, by=by, why=why, at=datetime.now(UTC))
            elif one.keys:
                expunge(job, Wish(one.keys, one.whole, by, why, f"rule {rule.name}"))
    return _told(done)


def _told(found: Sequence[Due]) -> list[Told]:
    return [
        Told(one.rule.name, one.rule.does, one.rule.source, len(one.keys), one.children)
        for one in found
    ]
