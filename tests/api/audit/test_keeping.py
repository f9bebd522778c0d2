"""Whoever answers waits until the row is on the disk; many share a sync."""

import asyncio
import os
import threading
import time

import pytest

from api.audit import keeping
from api.audit.anchors import Anchoring, chain_of, read_anchors
from api.audit.keeping import Audit
from api.audit.segments import AuditUnavailableError
from api.audit.verifying import verify
from tests.api.audit.chains import a_log, an_entry, rows


async def test_a_row_is_synced_before_anybody_goes_on(tmp_path, monkeypatch):
    synced, may = threading.Event(), threading.Event()
    real = os.fdatasync

    def slow(descriptor):
        synced.set()
        assert may.wait(10)
        real(descriptor)

    audit = Audit(a_log(tmp_path))
    await audit.keep(an_entry(0))
    monkeypatch.setattr(os, "fdatasync", slow)
    waiting = asyncio.create_task(audit.keep(an_entry(1)))
    assert await asyncio.to_thread(synced.wait, 10)
    await asyncio.sleep(0.05)
    assert not waiting.done()
    may.set()
    await waiting
    audit.close()
    assert rows(audit.folder)[-1]["number"] == 1


async def test_what_came_in_during_a_sync_is_synced_together(tmp_path, monkeypatch):
    real = os.fdatasync

    def slow(descriptor):
        time.sleep(0.05)
        real(descriptor)

    audit = Audit(a_log(tmp_path))
    monkeypatch.setattr(os, "fdatasync", slow)
    await asyncio.gather(*(audit.keep(an_entry(number)) for number in range(40)))
    audit.close()
    assert audit.rows == 40
    assert audit.syncs <= 3
    assert verify(audit.folder).rows == 41


async def test_nobody_goes_on_when_it_cannot_be_written(tmp_path):
    log = a_log(tmp_path)
    log.folder.write_text("in the way")
    audit = Audit(log)
    with pytest.raises(AuditUnavailableError, match="nothing is answered"):
        await audit.keep(an_entry())
    assert "cannot be written" in (audit.fault or "")
    log.folder.unlink()
    await audit.keep(an_entry())
    assert audit.fault is None
    audit.close()


async def test_a_disk_that_does_not_answer_is_not_waited_for_for_ever(tmp_path, monkeypatch):
    monkeypatch.setattr(keeping, "SECONDS_TO_KEEP", 0.1)
    may = threading.Event()
    audit = Audit(a_log(tmp_path))
    await audit.keep(an_entry())
    real = os.fdatasync
    monkeypatch.setattr(os, "fdatasync", lambda descriptor: may.wait(10) and real(descriptor))
    with pytest.raises(AuditUnavailableError, match="was not written within"):
        await audit.keep(an_entry())
    may.set()
    audit.close()


async def test_somebody_who_left_keeps_nobody_else_waiting(tmp_path):
    audit = Audit(a_log(tmp_path))
    tasks = [asyncio.create_task(audit.keep(an_entry(number))) for number in range(5)]
    await asyncio.sleep(0)
    tasks[2].cancel()
    done = await asyncio.gather(*tasks, return_exceptions=True)
    assert sum(one is None for one in done) == 4
    audit.close()


async def test_after_the_end_nothing_is_kept(tmp_path):
    audit = Audit(a_log(tmp_path))
    audit.close()
    with pytest.raises(AuditUnavailableError, match="leaving"):
        await audit.keep(an_entry())


def anchored(tmp_path, rows=1_000_000, seconds=3_600.0, name="anchor"):
    log = a_log(tmp_path)
    return Audit(log, Anchoring(log.folder, (tmp_path / name,), rows, seconds))


async def test_the_head_is_kept_elsewhere_at_the_end(tmp_path):
    audit = anchored(tmp_path)
    for number in range(3):
        await audit.keep(an_entry(number))
    audit.close()
    chain, heads = read_anchors(tmp_path / "anchor")
    head = verify(audit.folder).head
    assert (chain, heads) == (chain_of(audit.folder), {head.seq: head.hash})


async def test_the_head_is_kept_elsewhere_every_so_many_rows(tmp_path):
    audit = anchored(tmp_path, rows=2)
    for number in range(6):
        await audit.keep(an_entry(number))
    audit.close()
    _, heads = read_anchors(tmp_path / "anchor")
    assert list(heads) == [2, 4, 6, 7]


async def test_the_head_is_kept_elsewhere_after_a_while_though_nothing_more_comes(tmp_path):
    audit = anchored(tmp_path, seconds=0.1)
    await audit.keep(an_entry())
    for _ in range(50):
        await asyncio.sleep(0.1)
        # It is there for a moment before its line is.
        anchor = tmp_path / "anchor"
        if anchor.exists() and anchor.stat().st_size:
            break
    _, heads = read_anchors(tmp_path / "anchor")
    assert list(heads) == [2]
    audit.close()
    assert read_anchors(tmp_path / "anchor")[1] == heads


async def test_where_the_head_cannot_be_kept_answers_go_on_and_the_log_says_so(tmp_path, caplog):
    audit = anchored(tmp_path, rows=1, name="not mounted/anchor")
    await audit.keep(an_entry())
    await audit.keep(an_entry())
    audit.close()
    (said,) = caplog.records
    there = f"{tmp_path}/not mounted/anchor"
    assert said.message == f"the audit's head cannot be kept in {there}: No such file or directory"


async def test_an_audit_that_is_open_is_not_opened_again(tmp_path):
    audit = Audit(a_log(tmp_path))
    await audit.keep(an_entry(0))
    writers = threading.active_count()
    audit.open()
    await audit.keep(an_entry(1))
    assert threading.active_count() == writers
    audit.close()
    audit.open()
    await audit.keep(an_entry(2))
    audit.close()
    assert verify(audit.folder).rows == 4
