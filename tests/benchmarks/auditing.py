"""What the audit costs an answer, and what reading it costs whoever may.

    .venv/bin/python -m tests.benchmarks.auditing [FOLDER] [--million]

FOLDER is on the disk to measure. Without Neo4j and HTTP: `python -m tests.benchmarks.answers` has
whole requests. `--million` also reads a log of a million rows.
"""

import asyncio
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import mean, median

import orjson
import uvloop

from api.asking import Asking
from api.audit.index import index_finished
from api.audit.keeping import Audit
from api.audit.log import Definition, Entry, Log
from api.audit.reading import AuditReader, Wanted
from api.audit.recording import Recording
from api.audit.verifying import verify
from api.library import Request
from api.responses import Understood
from api.schema import executable
from api.settings import ApiSettings
from graph.sharing import SEES_EVERYTHING
from graph.vocabulary.identifiers import public_id
from tests.audited import UNKEPT

QUESTION = """query ($a: String!) { child(aNumber: $a) { fullName hearings { edges { node {
  date court } } } sponsor { fullName } addressHistory { address { line1 city } } } }"""
ROWS = 2_000
SEEN = [public_id("hearing", str(number)) for number in range(12)]


def understood() -> Understood:
    asking = Asking(executable(), ApiSettings(), date.today, UNKEPT)
    request = Request(QUESTION, None, {"a": "A000123456"})
    found = asking.understood(request, SEES_EVERYTHING)
    assert isinstance(found, Understood), found.result
    return found


async def kept(recording: Recording, of: Understood) -> float:
    """Seconds until one answer's row is kept."""
    began = time.perf_counter()
    await recording.answered(SEES_EVERYTHING, of.request, of.asked, SEEN, None, 1)
    return time.perf_counter() - began


async def clients(audit: Audit, of: Understood, many: int) -> None:
    recording = Recording(audit)
    await kept(recording, of)
    await audit.expect_many()
    syncs = audit.syncs
    took: list[float] = []

    async def client() -> None:
        took.extend([await kept(recording, of) for _ in range(ROWS // many)])

    spent, began = time.process_time(), time.perf_counter()
    await asyncio.gather(*(client() for _ in range(many)))
    seconds, spent = time.perf_counter() - began, time.process_time() - spent
    print(
        f"{many:3} clients: waits {median(took) * 1e6:6.0f} µs (mean {mean(took) * 1e6:.0f}),"
        f" {len(took) / seconds:7,.0f} rows/s, {len(took) / (audit.syncs - syncs):4.1f} rows a sync,"
        f" CPU {spent / len(took) * 1e6:4.0f} µs a row"
    )


def bare(folder: Path) -> None:
    took = []
    descriptor = os.open(folder / "bare", os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)
    for _ in range(500):
        began = time.perf_counter()
        os.write(descriptor, b"x" * 900)
        os.fdatasync(descriptor)
        took.append(time.perf_counter() - began)
    os.close(descriptor)
    print(f"a bare write and fdatasync of 900 bytes: median {median(took) * 1e6:.0f} µs")


def measured(what: str, do: Callable[[], object]) -> None:
    began = time.perf_counter()
    found = do()
    print(f"{what}: {time.perf_counter() - began:.2f} s, {found}")


def a_million(folder: Path) -> None:
    """A year of a busy installation: 100,000 children, some asked about often."""
    chance, log = random.Random(1), Log(folder / "million")
    children = [public_id("child", str(number)) for number in range(100_000)]
    definition = Definition(
        "d" * 20,
        orjson.dumps({"kind": "DEFINITION", "definition": "d" * 20, "asks": "query child"}),
    )
    for _ in range(1_000):
        entries = []
        for _ in range(1_000):
            seen = chance.sample(children, chance.choice([1, 1, 1, 3, 5, 20]))
            told = {"kind": "ANSWERED", "who": f"hhs/{chance.randrange(500)}",
                    "role": "ORR_CASEWORKER", "purpose": "CASE_MANAGEMENT", "basis": "6 USC 279",
                    "operation": "d" * 20, "asked": f"{chance.getrandbits(256):064x}",
                    "seen": seen}  # fmt: skip
            entries.append(Entry(orjson.dumps(told), definition))
        log.append(entries)
    log.close()
    measured("indexing a million rows, a segment at a time", lambda: index_finished(log.folder))
    reader = AuditReader(log.folder)
    things = [children[7], *(public_id("hearing", f"hers {n}") for n in range(30))]
    hers = Wanted(tuple(things), lambda row: children[7] in row.get("seen", ()))
    measured(
        "all disclosures of a child with 31 ids",
        lambda: f"{len(reader.find(hers, None, 100, 60).rows)} rows",
    )
    nobody = Wanted(tuple(public_id("child", f"nobody {n}") for n in range(31)))
    measured(
        "of a child never told of", lambda: f"{len(reader.find(nobody, None, 100, 60).rows)} rows"
    )
    rare = Wanted((), lambda row: row.get("purpose") == "COURT_NOTICE")
    measured(
        "a purpose that nobody had, for 4 s at most",
        lambda: f"down to row {reader.find(rare, None, 20, 4).down_to:,}",
    )
    measured("the newest 20", lambda: f"{len(reader.find(Wanted(), None, 20, 4).rows)} rows")
    measured("verify", lambda: f"{verify(log.folder).rows:,} rows")


async def main(folder: Path) -> None:
    bare(folder)
    of, audit = understood(), Audit(Log(folder / "audit"))
    await clients(Audit(Log(folder / "warm")), of, 4)
    for many in (1, 4, 16, 64):
        await clients(audit, of, many)
    await audit.close()
    if "--million" in sys.argv:
        a_million(folder)


if __name__ == "__main__":
    named = [word for word in sys.argv[1:] if not word.startswith("-")]
    with tempfile.TemporaryDirectory(dir=named[0] if named else None) as made:
        uvloop.run(main(Path(made)))
