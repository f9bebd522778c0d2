"""The head is kept elsewhere: of what is on the disk, and whatever becomes of the other place."""

import asyncio
import errno
import os
import threading
from time import monotonic

import pytest

from api.audit import anchors, keeping
from api.audit.anchors import Anchoring, append_line, chain_of, read_anchors
from api.audit.keeping import Audit
from api.audit.segments import AuditUnavailableError
from api.audit.verifying import verify
from graph.errors import UsageError
from tests.api.audit.chains import a_log, an_entry, segments, written


def anchored(tmp_path, rows=1_000_000, seconds=3_600.0, name="anchor"):
    log = a_log(tmp_path)
    return Audit(log, Anchoring(log.folder, (tmp_path / name,), rows, seconds))


async def test_the_head_is_kept_elsewhere_at_the_end(tmp_path):
    audit = anchored(tmp_path)
    for number in range(3):
        await audit.keep(an_entry(number))
    await audit.close()
    chain, heads = read_anchors(tmp_path / "anchor")
    head = verify(audit.folder).head
    assert (chain, heads) == (chain_of(audit.folder), {head.seq: head.hash})


async def test_the_head_is_kept_elsewhere_every_so_many_rows(tmp_path):
    audit = anchored(tmp_path, rows=2)
    for number in range(6):
        await audit.keep(an_entry(number))
    await audit.close()
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
    await audit.close()
    assert read_anchors(tmp_path / "anchor")[1] == heads


async def test_where_the_head_cannot_be_kept_answers_go_on_and_the_log_says_so(tmp_path, caplog):
    audit = anchored(tmp_path, rows=1, name="not mounted/anchor")
    await audit.keep(an_entry())
    await audit.keep(an_entry())
    await audit.close()
    (said,) = caplog.records
    there = f"{tmp_path}/not mounted/anchor"
    assert said.message == f"the audit's head cannot be kept in {there}: No such file or directory"


async def test_where_it_does_not_answer_answers_go_on_and_so_does_whoever_leaves(
    tmp_path, monkeypatch, caplog
):
    monkeypatch.setattr(keeping, "SECONDS_TO_KEEP", 0.5)
    answers = threading.Event()

    def hangs(*_):
        assert answers.wait(20)

    monkeypatch.setattr(anchors, "append_line", hangs)
    audit = anchored(tmp_path, rows=1, seconds=0.05)
    for number in range(5):
        await audit.keep(an_entry(number))
        await asyncio.sleep(0.05)
    assert audit.fault is None
    assert [one.message for one in caplog.records] == [
        f"the audit's head cannot be kept in {tmp_path}/anchor: it does not answer"
    ]
    began = monotonic()
    await audit.close()
    assert monotonic() - began < 5
    assert sum(one.name == "audit-anchors" for one in threading.enumerate()) == 1
    answers.set()


async def test_a_head_that_is_not_on_the_disk_is_kept_nowhere(tmp_path, monkeypatch):
    audit = anchored(tmp_path, rows=1)
    await audit.keep(an_entry(1))
    may, begun = threading.Event(), threading.Event()
    sync = os.fdatasync

    def slowly(descriptor):
        begun.set()
        assert may.wait(20)
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "fdatasync", slowly)
    waiting = asyncio.create_task(audit.keep(an_entry(2)))
    assert await asyncio.to_thread(begun.wait, 10)
    audit._anchor_later(audit._here())
    may.set()
    with pytest.raises(AuditUnavailableError):
        await waiting
    monkeypatch.setattr(os, "fdatasync", sync)
    await audit.close()
    assert list(read_anchors(tmp_path / "anchor")[1]) == [2]


async def test_after_a_last_row_that_failed_the_one_before_is_kept_at_the_end(
    tmp_path, monkeypatch
):
    audit = anchored(tmp_path)
    for number in range(3):
        await audit.keep(an_entry(number))

    def fails(*_):
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "write", fails)
    with pytest.raises(AuditUnavailableError):
        await audit.keep(an_entry(3))
    monkeypatch.undo()
    await audit.close()
    assert list(read_anchors(tmp_path / "anchor")[1]) == [4]


async def test_a_head_that_could_not_be_kept_is_kept_when_it_can_be(tmp_path):
    audit = anchored(tmp_path, rows=1, seconds=0.05, name="mounted/anchor")
    await audit.keep(an_entry())
    await asyncio.sleep(0.1)
    (tmp_path / "mounted").mkdir()
    for _ in range(100):
        await asyncio.sleep(0.05)
        if (tmp_path / "mounted" / "anchor").exists():
            break
    await audit.close()
    assert list(read_anchors(tmp_path / "mounted" / "anchor")[1]) == [2]


def test_half_a_line_spoils_neither_those_before_nor_those_after(tmp_path):
    folder, file = written(tmp_path), tmp_path / "anchor"
    line = anchors.anchor_line(chain_of(folder), verify(folder).head)
    append_line(file, line)
    with file.open("ab") as opened:
        opened.write(line[:50])
    append_line(file, line)
    assert list(read_anchors(file)[1]) == [7]
    assert len(file.read_bytes().splitlines()) == 3


@pytest.mark.parametrize("line", [b"not a head\n", b'{"chain":"1","seq":2}\n', b"\n"])
def test_what_is_no_head_and_no_half_of_one_is_refused(tmp_path, line):
    (tmp_path / "anchor").write_bytes(line)
    with pytest.raises(UsageError, match="line 1, is no head"):
        read_anchors(tmp_path / "anchor")


async def test_heads_are_kept_under_their_own_audits_name_whatever_becomes_of_its_first_row(
    tmp_path, caplog
):
    audit = anchored(tmp_path, rows=1)
    await audit.keep(an_entry(0))
    await audit.close()
    (file,) = segments(audit.folder)
    whole = file.read_bytes()
    file.write_bytes(whole.replace(b'"SEGMENT"', b'"SEGMENX"'))
    audit.open()
    await audit.keep(an_entry(1))
    await audit.close()
    chain, heads = read_anchors(tmp_path / "anchor")
    file.write_bytes(file.read_bytes().replace(b'"SEGMENX"', b'"SEGMENT"'))
    assert chain == chain_of(audit.folder)
    assert verify(audit.folder, heads, chain).fault is None

    other = anchored(tmp_path / "other")
    await other.keep(an_entry(0))
    (file,) = segments(other.folder)
    file.write_bytes(file.read_bytes().replace(b'"SEGMENT"', b'"SEGMENX"'))
    await other.close()
    assert not (tmp_path / "other" / "anchor").exists()
    assert "first row is not as it was written" in caplog.text
