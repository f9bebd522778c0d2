"""Expunging: records, or a sponsor, out of the deliveries, the tables and the graph.

First all that has to change is worked out and written aside, with an intent (intent.py here);
until then nothing is changed. After that every step can be taken again: killed anywhere,
`sponsorgraph link` or `expunge` goes on from the intent.

1. the store's files are replaced by those without the records, with tombstones;
2. the tables that the last link left are made again without them;
3. the graph loses them, and all that rested on them alone;
4. a link of everything states anew what is known of those who stay, as one run;
5. what was known of these before, partly from the records, goes too, as do older tables and plans;
6. the ledger has its line.

Others keep their ids, lineage and judgements. What is not ours to take back: the files as agencies
sent them, dumps and backups, and Neo4j's own logs, which it overwrites in time. A record that comes
again is refused, or taken in without the sponsor (linkage/forgetting/digests.py); a new record
about the same person is somebody new.
"""

import shutil
import uuid
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_hex
from typing import Any, Final

from graph.connection import Door
from graph.errors import SponsorgraphError, UsageError
from graph.judgements import every_judgement
from graph.private_files import to_disk
from graph.vocabulary.identifiers import public_id
from graph.writes.erasing import erase, erase_stale, resting_on, unname, words_of
from graph.writes.runs import Published, published_run
from linkage.forgetting import tables
from linkage.forgetting.deliveries import Rewriting, rewriting
from linkage.forgetting.digests import digests_of
from linkage.forgetting.intent import Intent, commit, done, folder, pending, prepare
from linkage.forgetting.ledger import enter
from linkage.forgetting.naming import Names, names_of, words_without, written_without
from linkage.forgetting.sealing import forget_seals
from linkage.publishing.judged import forget_judgements
from linkage.publishing.runs import elder_of, folder_of, forget_older, made_here
from linkage.standing import deliveries_waiting
from linkage.unnamed import INSTEAD, papers_without, unnamed

LONGEST_REASON: Final = 500

# What a line of the ledger is of, where papers stay.
A_SPONSOR: Final = "a sponsor"

Relink = Callable[[], None]


@dataclass(frozen=True)
class Expunged:
    """What went, in counts: nobody's data. `id` is the line of the ledger."""

    id: str
    records: int
    children: int
    sponsors: int
    files: int
    judgements: int


@dataclass(frozen=True)
class Wish:
    """Whose records are to go, in whose name and why; `people` are those who go altogether.

    `papers` stay, for the children whom they describe, without the sponsor whom they name; so do
    `notes`, and every other note on these children that names the sponsor.
    """

    keys: Sequence[str]
    people: Sequence[str]
    by: str
    why: str
    what: str = "a child"
    papers: Sequence[str] = ()
    notes: Sequence[str] = ()


def intend(door: Door, home: Path, wish: Wish) -> None:
    """Work out all that goes, and write it aside with the intent to do it.

    Needs the store's lock and that of linking.

    Raises:
        UsageError: the reason is missing or names her.
        SponsorgraphError: something was delivered and is not linked yet, so nobody knows whose.
    """
    wish = _said(wish)
    linked = _linked(door, home)
    resting = _resting(door, wish)
    if resting.names.are_in(wish.why) or resting.names.are_in(wish.by):
        raise UsageError("The reason names her: it is kept for ever, so say why without a name.")
    _write_aside(home, linked, wish, resting)


def intend_again(door: Door, home: Path, wish: Wish) -> None:
    """The same for what was expunged before and stands in the store again (again.py here).

    Of the store's records some or all may wait to be linked: whose they are is known.
    """
    with door.reading() as session:
        linked = elder_of(home, published_run(session))
    if linked:
        role, keys = ("SPONSOR", wish.papers) if wish.what == A_SPONSOR else ("CHILD", wish.keys)
        wish = replace(wish, people=tables.people_of(linked, role, keys))
    _write_aside(home, linked, wish, _resting(door, wish))


@dataclass(frozen=True)
class _Resting:
    """What the graph has that rests on the records of a wish, and how they are called there."""

    gone: dict[str, list[str]]
    names: Names
    judgements: list[dict[str, Any]]
    # What people wrote of those who stay.
    said: list[dict[str, Any]]


def _resting(door: Door, wish: Wish) -> _Resting:
    with door.reading() as session:
        gone, known = resting_on(session, wish.keys, wish.people, wish.papers)
        judgements = every_judgement(session)
        said = words_of(session, gone["neighbours"]) if wish.papers else []
    return _Resting(gone, names_of(known, gone["ids"]), judgements, said)


def _write_aside(home: Path, linked: Path | None, wish: Wish, resting: _Resting) -> None:
    """Write all that changes aside, and last the intent; `linked` are the last link's tables."""
    gone, names = resting.gone, resting.names
    others = [one for one in resting.judgements if one["id"] not in set(gone["judgements"])]
    words, texts = words_without(others, names)
    events = tables.events_without(linked, gone, texts, INSTEAD) if linked else []
    digests = digests_of(home, make=True)
    told = {
        "expungement": uuid.uuid4().hex,
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "by": wish.by,
        "why": wish.why,
    }
    aside = prepare(home) / "store"
    papers = _unnamed(home, linked, wish, names)
    with rewriting(wish.keys, papers) as connection:
        files = Rewriting(connection, home / "store", aside, digests, told).rewrite()
    records = sorted(map(digests.of, [*wish.keys, *papers]))
    commit(
        home,
        Intent(
            id=told["expungement"],
            at=told["at"],
            by=wish.by,
            why=wish.why,
            what=wish.what,
            gone=gone,
            events=events,
            words=words,
            texts=texts,
            files=files,
            records=records,
            unnamed=papers,
            written=written_without(resting.said, names),
        ),
    )


def _unnamed(home: Path, linked: Path | None, wish: Wish, names: Names) -> dict[str, str]:
    """What stands in each paper where it named her: for each of her children another."""
    children = tables.children_of(linked, wish.papers) if linked else {}
    # A paper that describes no child, or nobody knows yet whom, is alone.
    whose = {key: children.get(key, key) for key in wish.papers}
    lots = {one: unnamed(public_id("sponsor", token_hex())) for one in whose.values()}
    notes = {*wish.notes}
    if linked:
        notes |= {*tables.notes_naming(home, linked, {*children.values()}, names.are_in)}
    return dict.fromkeys(sorted(notes), INSTEAD) | {key: lots[one] for key, one in whose.items()}


def carry_on(door: Door, home: Path, relink: Relink) -> Expunged | None:
    """Do what an intent says, from wherever it was left; None where there is none.

    `relink` links everything anew and publishes it.
    """
    intent = pending(home)
    if intent is None:
        shutil.rmtree(folder(home), ignore_errors=True)
        return None
    _replace_files(home, intent)
    _replace_tables(door, home, intent)
    forget_judgements(home, intent.gone["judgements"], intent.words)
    forget_seals(home, intent.gone["keys"])
    with door.writing() as session:
        erase(session, intent.gone, intent.events, intent.words)
        unname(session, papers_without(intent.unnamed), intent.written)
    relink()
    with door.writing() as session:
        erase_stale(session, intent.gone)
        forget_older(home, published_run(session))
    return _told(home, intent)


def _said(wish: Wish) -> Wish:
    by, why = wish.by.strip(), " ".join(wish.why.split())
    if not by or not 0 < len(why) <= LONGEST_REASON:
        raise UsageError(f"Say who wants it and why, in up to {LONGEST_REASON} letters.")
    return replace(wish, by=by, why=why)


def _linked(door: Door, home: Path) -> Path:
    """The tables of the published run."""
    with door.reading() as session:
        published: Published = published_run(session)
    if not published.seq or not made_here(home, published):
        raise SponsorgraphError(
            f"The graph was not linked from {home}: give the --home that made it, and link first."
        )
    linked = folder_of(home, published.seq).linked
    if deliveries_waiting(home, linked):
        raise SponsorgraphError(
            "Something was delivered since the last link, and may be hers: run `sponsorgraph link`,"
            " then this again."
        )
    return linked


def _replace_files(home: Path, intent: Intent) -> None:
    folders = set[Path]()
    for path in intent.files:
        aside, file = folder(home) / "store" / path, home / "store" / path
        if aside.exists():
            aside.replace(file)
            folders.add(file.parent)
    for each in folders:
        to_disk(each)


def _replace_tables(door: Door, home: Path, intent: Intent) -> None:
    with door.reading() as session:
        linked = elder_of(home, published_run(session))
    if linked is None:  # nothing was linked yet
        return
    into = folder(home) / "linked.duckdb"
    tables.erase(linked, into, intent.gone, intent.events, intent.texts, INSTEAD)
    to_disk(into)
    into.replace(linked)
    to_disk(linked.parent)


def _told(home: Path, intent: Intent) -> Expunged:
    gone = intent.gone
    counted: dict[str, Any] = {
        "records": len(intent.records),
        "children": 0 if intent.unnamed else len(gone["ids"]),
        "sponsors": len(gone["ids"]) if intent.unnamed else 0,
        "files": len(intent.files),
        "judgements": len(gone["judgements"]),
    }
    at = datetime.fromisoformat(intent.at)
    enter(
        home,
        "EXPUNGED",
        by=intent.by,
        why=intent.why,
        at=at,
        once=intent.id,
        of=intent.what,
        **counted,
        digests=intent.records,
    )
    done(home)
    return Expunged(intent.id, **counted)


def unfit(names: Collection[str]) -> UsageError:
    """Nobody here has such an id."""
    return UsageError(
        f"There is no child or sponsor {', '.join(sorted(names))}: look for her id first."
    )
