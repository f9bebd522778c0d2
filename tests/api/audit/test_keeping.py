"""Whoever answers waits until the row is on the disk; many share a sync."""

import asyncio
import fcntl
import os
import threading
from pathlib import Path

import pytest

from api.audit import keeping
from api.audit.keeping import Audit
from api.audit.log import Log
from api.audit.segments import AuditUnavailableError
from api.audit.syncing import KernelSyncs, background_syncs
from api.audit.verifying import verify
from tests.api.audit.chains import a_log, an_entry, rows, segments


class Syncs:
    """The syncs of an audit: each begins, waits for `may`, and fails when it is told to."""

    def __init__(self, monkeypatch) -> None:
        self._in_a_thread, self._in_the_kernel = os.fdatasync, KernelSyncs.sync
        self.begun, self.may = threading.Event(), threading.Event()
        self.may.set()
        self.failures = self.many = 0
        monkeypatch.setattr(os, "fdatasync", self._sync)

        async def behind(syncs: KernelSyncs, descriptor: int) -> None:
            await self._sync_behind(syncs, descriptor)

        monkeypatch.setattr(KernelSyncs, "sync", behind)

    def _begin(self) -> None:
        self.many += 1
        self.begun.set()

    def _fail(self) -> None:
        if self.failures:
            self.failures -= 1
            raise OSError(5, "Input/output error")

    def _sync(self, descriptor) -> None:
        self._begin()
        assert self.may.wait(20)
        self._fail()
        self._in_a_thread(descriptor)

    async def _sync_behind(self, syncs, descriptor) -> None:
        self._begin()
        assert await asyncio.to_thread(self.may.wait, 20)
        self._fail()
        await self._in_the_kernel(syncs, descriptor)


@pytest.fixture(params=["in the kernel", "in a thread"])
def begun(request):
    """Begins an audit, in both ways to wait for the disk: Linux has the first, all the second."""

    async def begun(log: Log) -> Audit:
        audit = Audit(log)
        await audit.keep(an_entry(0))
        if request.param == "in the kernel":
            await audit.expect_many()
        return audit

    return begun


@pytest.fixture
def syncs(monkeypatch):
    return Syncs(monkeypatch)


async def test_a_row_is_synced_before_anybody_goes_on(tmp_path, begun, syncs):
    audit = await begun(a_log(tmp_path))
    syncs.begun.clear()
    syncs.may.clear()
    waiting = asyncio.create_task(audit.keep(an_entry(1)))
    assert await asyncio.to_thread(syncs.begun.wait, 10)
    await asyncio.sleep(0.05)
    assert not waiting.done()
    syncs.may.set()
    await waiting
    await audit.close()
    assert rows(audit.folder)[-1]["number"] == 1


async def test_what_came_in_during_a_sync_is_synced_together(tmp_path, begun, syncs):
    audit = await begun(a_log(tmp_path))
    before, _ = audit.syncs, syncs.may.clear()
    first = asyncio.create_task(audit.keep(an_entry(1)))
    await asyncio.sleep(0.05)
    rest = asyncio.gather(*(audit.keep(an_entry(number)) for number in range(2, 41)))
    await asyncio.sleep(0.05)
    syncs.may.set()
    await first
    await rest
    await audit.close()
    assert audit.rows == 41
    assert audit.syncs - before == 2
    assert verify(audit.folder).rows == 42


async def test_linux_syncs_by_itself(tmp_path):
    lock = tmp_path / "lock"
    lock.touch()
    syncs = await background_syncs(lock)
    assert isinstance(syncs, KernelSyncs)
    await syncs.sync(os.open(lock, os.O_RDONLY))
    syncs.close()


async def test_a_file_that_cannot_be_synced_behind_says_so_before_rows_depend_on_it():
    assert await background_syncs(Path("/dev/null")) is None


async def test_a_file_that_is_gone_is_an_error_as_of_a_disk(tmp_path):
    lock = tmp_path / "lock"
    lock.touch()
    syncs = await background_syncs(lock)
    assert syncs is not None
    with pytest.raises(OSError, match="invalid"):
        await syncs.sync(9_999)
    syncs.close()


async def test_a_sync_that_failed_is_told_and_what_it_lost_is_written_anew(tmp_path, begun, syncs):
    log = a_log(tmp_path)
    audit = await begun(log)
    syncs.failures = 1
    with pytest.raises(AuditUnavailableError, match="Input/output error"):
        await audit.keep(an_entry(1))
    assert audit.fault is not None
    assert log._doubted is not None
    await audit.keep(an_entry(2))
    assert audit.fault is None
    assert log._doubted is None
    await audit.close()
    assert verify(audit.folder).rows == 4


async def test_another_process_that_writes_just_now_stops_nobody_but_the_row(tmp_path, begun):
    audit = await begun(a_log(tmp_path))
    with (audit.folder / "lock").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        waiting = asyncio.create_task(audit.keep(an_entry(1)))
        await asyncio.sleep(0.05)  # which goes by: the loop does not wait for the lock
        assert not waiting.done()
    await waiting
    await audit.close()
    assert verify(audit.folder).rows == 3


async def test_two_processes_write_one_chain_in_turn(tmp_path, begun):
    one, other = await begun(a_log(tmp_path)), await begun(a_log(tmp_path))
    for number in range(20):
        await (one, other)[number % 2].keep(an_entry(number))
    await asyncio.gather(*(one.keep(an_entry(n)) for n in range(20)),
                         *(other.keep(an_entry(n)) for n in range(20)))  # fmt: skip
    await one.close()
    await other.close()
    found = verify(one.folder)
    assert (found.fault, found.rows) == (None, 63)


async def test_a_segment_that_is_full_is_followed_and_indexed(tmp_path, begun):
    audit = await begun(Log(tmp_path / "audit", segment_bytes=2_000))
    for number in range(40):
        await audit.keep(an_entry(number))
    await audit.close()
    made = segments(audit.folder)
    assert len(made) > 3
    assert [one.with_suffix(".ids").exists() for one in made] == [True] * (len(made) - 1) + [False]
    assert verify(audit.folder).fault is None


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
    await audit.close()


async def test_a_disk_that_does_not_answer_is_not_waited_for_for_ever(
    tmp_path, begun, syncs, monkeypatch
):
    audit = await begun(a_log(tmp_path))
    monkeypatch.setattr(keeping, "SECONDS_TO_KEEP", 0.1)
    syncs.may.clear()
    with pytest.raises(AuditUnavailableError, match="was not written within"):
        await audit.keep(an_entry())
    syncs.may.set()
    await audit.close()


async def test_while_a_disk_does_not_answer_that_is_told_and_nothing_piles_up(
    tmp_path, begun, syncs, monkeypatch
):
    audit = await begun(a_log(tmp_path))
    monkeypatch.setattr(keeping, "SECONDS_TO_KEEP", 0.1)
    syncs.may.clear()
    for _ in range(3):
        refused = await asyncio.gather(
            *(audit.keep(an_entry(7)) for _ in range(20)), return_exceptions=True
        )
        assert all(isinstance(one, AuditUnavailableError) for one in refused)
    assert "was not written within" in (audit.fault or "")
    syncs.may.set()
    monkeypatch.undo()
    await audit.keep(an_entry(8))
    assert audit.fault is None
    await audit.close()
    # Those that were under way when it stopped answering, and none that were refused while it did.
    assert len(rows(audit.folder)) <= 1 + 1 + 20 + 1


def _without_its_file(audit):
    segments(audit.folder)[-1].unlink()


def _moved_away(audit):
    audit.folder.rename(audit.folder.with_name("moved"))


def _as_it_was_before(audit):
    (file,) = segments(audit.folder)
    before = file.with_name("backup")
    before.write_bytes(b"".join(file.read_bytes().splitlines(keepends=True)[:-1]))
    before.replace(file)


@pytest.mark.parametrize("taken", [_without_its_file, _moved_away, _as_it_was_before])
async def test_nobody_is_told_anything_once_rows_that_were_kept_are_gone(tmp_path, begun, taken):
    audit = await begun(a_log(tmp_path))
    await audit.keep(an_entry(1))
    taken(audit)
    for _ in range(3):
        with pytest.raises(AuditUnavailableError, match="nothing is answered"):
            await audit.keep(an_entry(2))
    assert audit.fault is not None
    await audit.close()


async def test_once_they_are_given_back_it_goes_on(tmp_path, begun):
    audit = await begun(a_log(tmp_path))
    _moved_away(audit)
    with pytest.raises(AuditUnavailableError):
        await audit.keep(an_entry(1))
    audit.folder.with_name("moved").rename(audit.folder)
    await audit.keep(an_entry(2))
    await audit.close()
    assert [row.get("number") for row in rows(audit.folder)] == [None, 0, 2]
    assert verify(audit.folder).fault is None


async def test_a_copy_that_lacks_nothing_is_written_to_in_its_place(tmp_path, begun):
    audit = await begun(a_log(tmp_path))
    (file,) = segments(audit.folder)
    copy = file.with_name("copy")
    copy.write_bytes(file.read_bytes())
    copy.replace(file)
    await audit.keep(an_entry(1))
    await audit.close()
    assert rows(audit.folder)[-1]["number"] == 1
    assert verify(audit.folder).fault is None


async def test_nor_when_this_process_is_leaving(tmp_path, begun, syncs, monkeypatch):
    audit = await begun(a_log(tmp_path))
    monkeypatch.setattr(keeping, "SECONDS_TO_KEEP", 0.1)
    syncs.may.clear()
    waiting = asyncio.create_task(audit.keep(an_entry()))
    await asyncio.sleep(0.05)
    await audit.close()
    with pytest.raises(AuditUnavailableError, match="was not written within"):
        await waiting
    syncs.may.set()


async def test_somebody_who_left_keeps_nobody_else_waiting(tmp_path):
    audit = Audit(a_log(tmp_path))
    tasks = [asyncio.create_task(audit.keep(an_entry(number))) for number in range(5)]
    await asyncio.sleep(0)
    tasks[2].cancel()
    done = await asyncio.gather(*tasks, return_exceptions=True)
    assert sum(one is None for one in done) == 4
    await audit.close()


async def test_after_the_end_nothing_is_kept(tmp_path):
    audit = Audit(a_log(tmp_path))
    await audit.close()
    with pytest.raises(AuditUnavailableError, match="leaving"):
        await audit.keep(an_entry())


async def test_an_audit_that_is_open_is_not_opened_again(tmp_path):
    audit = Audit(a_log(tmp_path))
    await audit.keep(an_entry(0))
    writers = threading.active_count()
    audit.open()
    await audit.keep(an_entry(1))
    assert threading.active_count() == writers
    await audit.close()
    audit.open()
    await audit.keep(an_entry(2))
    await audit.close()
    assert verify(audit.folder).rows == 4


def test_one_event_loop_after_another_keeps_rows(tmp_path):
    audit = Audit(a_log(tmp_path))
    for number in range(3):
        asyncio.run(audit.keep(an_entry(number)))
    asyncio.run(audit.close())
    assert verify(audit.folder).rows == 4
