"""Rows are on the disk when `append` returns, whoever else writes, and whatever was killed."""

import errno
import fcntl
import multiprocessing
import os
import stat
from pathlib import Path

import pytest

from api.audit.log import Log
from api.audit.segments import (
    AuditDamagedError,
    AuditUnavailableError,
    make_segment,
    segment_path,
)
from api.audit.verifying import verify
from tests.api.audit.chains import (
    a_definition,
    a_log,
    an_entry,
    rows,
    segments,
    written,
)


def _write_some(folder, many):
    log = Log(folder, segment_bytes=5_000)
    for number in range(many):
        log.append([an_entry(number)])
    log.close()


def test_two_processes_write_one_chain(tmp_path):
    folder = tmp_path / "audit"
    context = multiprocessing.get_context("spawn")
    both = [context.Process(target=_write_some, args=(folder, 300)) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join(60)
        assert one.exitcode == 0
    found = verify(folder)
    assert found.fault is None
    assert found.rows == 600 + found.segments
    assert found.segments > 10


def test_two_who_take_turns_go_on_from_each_other(tmp_path):
    one, other = a_log(tmp_path, 800), a_log(tmp_path, 800)
    for number in range(10):
        (one if number % 3 else other).append([an_entry(number)])
    assert [row["number"] for row in rows(one.folder) if row["kind"] == "ANSWERED"] == [*range(10)]
    assert verify(one.folder).fault is None


def test_nobody_else_may_read_it(tmp_path):
    folder = written(tmp_path)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()} == {0o600}


@pytest.mark.parametrize("left", [1, 17, 90, -1])
def test_half_a_row_is_set_aside_and_told(tmp_path, left):
    folder = written(tmp_path, rows=3)
    (file,) = segments(folder)
    whole = file.read_bytes()
    log = a_log(tmp_path / "other")
    begun = log.append([an_entry(number) for number in range(3)])
    log.append([an_entry(3)])
    row = segments(log.folder)[0].read_bytes()[begun.end :].rstrip(b"\n")
    file.write_bytes(whole + row[:left])

    told = verify(folder)
    assert told.fault is None
    assert "half a row: whoever writes next will set it aside" in told.set_aside[0]
    a_log(tmp_path).append([an_entry(9)])
    told = verify(folder)
    assert told.fault is None
    assert len(told.set_aside) == 1
    assert file.read_bytes() == whole + row[:left]  # nothing was cut off
    assert rows(folder)[-1]["number"] == 9


def test_what_was_set_aside_may_not_be_altered_either(tmp_path):
    folder = written(tmp_path, rows=3)
    (file,) = segments(folder)
    file.write_bytes(file.read_bytes() + b'{"seq":5,"at":"2026')
    a_log(tmp_path).append([an_entry(9)])
    whole = file.read_bytes()
    file.write_bytes(whole[:-1] + b"7")
    assert str(verify(folder).fault) == (
        "segment 000001.jsonl: its end is not what the next segment says that it is"
    )


def test_a_living_process_sets_aside_the_half_row_of_one_that_was_killed(tmp_path):
    log = a_log(tmp_path)
    log.append([an_entry(1)])
    (file,) = segments(log.folder)
    with file.open("ab") as killed:
        killed.write(b'{"seq":3,"at"')
    log.append([an_entry(2)])
    found = verify(log.folder)
    assert found.fault is None
    assert found.segments == 2
    assert len(found.set_aside) == 1


def test_nobody_goes_on_from_a_row_that_was_altered_before_somebody_looked(tmp_path):
    folder = written(tmp_path, rows=3)
    (file,) = segments(folder)
    file.write_bytes(file.read_bytes()[:-10] + b"7" * 9 + b"\n")
    with pytest.raises(AuditDamagedError, match="audit verify"):
        a_log(tmp_path).append([an_entry(4)])
    a_log(tmp_path).resume("the disk had a fault, see ticket 17")
    a_log(tmp_path).append([an_entry(4)])
    found = verify(folder)
    assert found.fault is None
    assert "see ticket 17" in found.set_aside[0]
    assert [row["seq"] for row in rows(folder, segments(folder)[-1])] == [4, 5]


def test_a_segment_altered_whole_can_be_gone_on_from_as_well(tmp_path):
    folder = written(tmp_path, rows=4, segment_bytes=500)
    last = segments(folder)[-1]
    last.write_bytes(b"nothing of this is a row\n" * 9)
    a_log(tmp_path).resume("overwritten")
    a_log(tmp_path).append([an_entry(4)])
    assert verify(folder).fault is None


def test_a_segment_that_became_shorter_is_noticed_while_it_is_written(tmp_path):
    log = a_log(tmp_path)
    log.append([an_entry(1)])
    (file,) = segments(log.folder)
    os.truncate(file, file.stat().st_size - 5)
    with pytest.raises(AuditDamagedError):
        log.append([an_entry(2)])


def test_a_definition_stands_once_in_each_segment_that_uses_it(tmp_path):
    log = a_log(tmp_path, 900)
    for number in range(8):
        log.append([an_entry(number, a_definition())])
    kinds = [
        [row["kind"] for row in rows(log.folder, segment)].count("DEFINITION")
        for segment in segments(log.folder)
    ]
    assert len(kinds) > 2
    assert set(kinds[:-1]) == {1}


def _failing(monkeypatch, name, times, error, half=False):
    real = getattr(os, name)
    left = [times]

    def fails(descriptor, *given):
        if left[0] and Path(f"/proc/self/fd/{descriptor}").readlink().suffix == ".jsonl":
            left[0] -= 1
            if half:
                real(descriptor, bytes(given[0])[:40])
            raise OSError(error, os.strerror(error))
        return real(descriptor, *given)

    monkeypatch.setattr(os, name, fails)


def test_a_full_disk_is_said_and_once_there_is_room_it_goes_on(tmp_path, monkeypatch):
    log = a_log(tmp_path)
    log.append([an_entry(1)])
    _failing(monkeypatch, "write", 1, errno.ENOSPC, half=True)
    with pytest.raises(AuditUnavailableError, match="No space left"):
        log.append([an_entry(2)])
    log.append([an_entry(3)])
    found = verify(log.folder)
    assert found.fault is None
    assert len(found.set_aside) == 1
    assert [row.get("number") for row in rows(log.folder)] == [None, 1, None, 3]


def test_what_could_not_be_synced_is_written_anew_to_another_file(tmp_path, monkeypatch):
    log = a_log(tmp_path)
    log.append([an_entry(1)])
    _failing(monkeypatch, "fdatasync", 1, errno.EIO)
    with pytest.raises(AuditUnavailableError, match="Input/output error"):
        log.append([an_entry(2)])
    (file,) = segments(log.folder)
    # Blocks that the disk refused are holes in the old one, which a second sync takes for written.
    refused = os.open(file, os.O_RDONLY)
    log.append([an_entry(3)])
    assert not os.path.samestat(os.fstat(refused), file.stat())
    os.close(refused)
    assert [row.get("number") for row in rows(log.folder)] == [None, 1, 2, 3]
    assert verify(log.folder).fault is None


def test_another_process_goes_on_in_the_file_that_was_written_anew(tmp_path, monkeypatch):
    log, other = a_log(tmp_path), a_log(tmp_path)
    log.append([an_entry(1)])
    other.append([an_entry(2)])
    _failing(monkeypatch, "fdatasync", 1, errno.EIO)
    with pytest.raises(AuditUnavailableError):
        log.append([an_entry(3)])
    log.append([an_entry(4)])
    assert other.append_at_once([an_entry(5)]) is None
    other.append([an_entry(5)])
    log.append([an_entry(6)])
    assert [row.get("number") for row in rows(log.folder)] == [None, 1, 2, 3, 4, 5, 6]
    assert verify(log.folder).fault is None


def test_what_could_not_be_synced_and_was_altered_since_is_not_gone_on_from(tmp_path, monkeypatch):
    log = a_log(tmp_path)
    log.append([an_entry(1)])
    _failing(monkeypatch, "fdatasync", 1, errno.EIO)
    with pytest.raises(AuditUnavailableError):
        log.append([an_entry(2)])
    (file,) = segments(log.folder)
    file.write_bytes(file.read_bytes().replace(b'"number":2', b'"number":7'))
    with pytest.raises(AuditDamagedError):
        log.append([an_entry(3)])


def test_a_failure_of_any_kind_halfway_leaves_the_next_rows_as_they_should_be(
    tmp_path, monkeypatch
):
    log = a_log(tmp_path)
    log.append([an_entry(1)])

    def fails(*_):
        raise MemoryError

    monkeypatch.setattr(os, "write", fails)
    with pytest.raises(MemoryError):
        log.append([an_entry(2, a_definition())])
    monkeypatch.undo()
    log.append([an_entry(3, a_definition())])
    assert [row.get("number", row["kind"]) for row in rows(log.folder)] == [
        "SEGMENT",
        1,
        "DEFINITION",
        3,
    ]
    assert verify(log.folder).fault is None


def test_two_processes_wait_for_each_other_though_their_lock_was_taken_away(tmp_path):
    log, other = a_log(tmp_path), a_log(tmp_path)
    log.append([an_entry(1)])
    log.lock.unlink()
    other.append([an_entry(2)])
    with other.lock.open() as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        assert log.append_at_once([an_entry(3)]) is None
    log.append([an_entry(3)])
    assert verify(log.folder).rows == 4


def test_a_segment_that_is_there_is_never_replaced_by_a_new_one(tmp_path):
    folder = written(tmp_path, rows=2)
    whole = segments(folder)[0].read_bytes()
    with pytest.raises(FileExistsError):
        make_segment(folder, 1, b"another\n")
    assert segments(folder)[0].read_bytes() == whole


def test_a_process_killed_while_it_begins_a_segment_leaves_it_as_it_began(tmp_path):
    folder = written(tmp_path, rows=2)
    # As it is between the two steps of beginning one: under both names.
    (folder / "next.part").hardlink_to(segments(folder)[-1])
    a_log(tmp_path, segment_bytes=10).append([an_entry(2)])
    found = verify(folder)
    assert (found.fault, found.rows, found.segments) == (None, 5, 2)


def test_a_folder_that_cannot_be_made_is_said(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(AuditUnavailableError, match="cannot be written"):
        Log(tmp_path / "file" / "audit").append([an_entry()])


def test_where_nobody_is_in_the_way_rows_are_written_at_once(tmp_path):
    log = a_log(tmp_path)
    log.append([an_entry(1)])
    begun = log.append_at_once([an_entry(2), an_entry(3)])
    assert begun is not None
    assert begun.seq == 2
    with log.syncing(begun) as file:
        os.fdatasync(file)
    assert [row.get("number") for row in rows(log.folder)] == [None, 1, 2, 3]
    assert verify(log.folder).fault is None


def test_rows_of_others_are_taken_in_before_ones_own_are_written_at_once(tmp_path):
    log, other = a_log(tmp_path), a_log(tmp_path)
    log.append([an_entry(1)])
    other.append([an_entry(2)])
    assert log.append_at_once([an_entry(3)]) is not None
    assert [row.get("number") for row in rows(log.folder)] == [None, 1, 2, 3]
    assert verify(log.folder).fault is None


def _many_of_others(log):
    other = a_log(log.folder.parent)
    other.append([an_entry(number) for number in range(500)])


def _half_a_row(log):
    segment_path(log.folder, 1).open("ab").write(b'{"seq":3,"at":"2026')


def _a_new_segment(log):
    a_log(log.folder.parent, segment_bytes=10).append([an_entry(2)])


def _a_failed_sync(log):
    with pytest.raises(AuditUnavailableError), log.syncing(log.head):
        raise OSError(errno.EIO, "Input/output error")


@pytest.mark.parametrize("happened", [_many_of_others, _half_a_row, _a_new_segment, _a_failed_sync])
def test_where_the_end_has_to_be_looked_at_nothing_is_written_at_once(tmp_path, happened):
    log = a_log(tmp_path)
    log.append([an_entry(1)])
    happened(log)
    before = rows(log.folder)
    assert log.append_at_once([an_entry(2)]) is None
    assert rows(log.folder) == before
    log.append([an_entry(2)])
    assert verify(log.folder).fault is None


def test_nor_before_the_first_row_nor_while_another_process_writes(tmp_path):
    log = a_log(tmp_path)
    assert log.append_at_once([an_entry(1)]) is None
    log.append([an_entry(1)])
    with log.lock.open() as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        assert log.append_at_once([an_entry(2)]) is None
    assert log.append_at_once([an_entry(2)]) is not None


def test_rows_of_others_that_are_cut_off_are_damage_at_once(tmp_path):
    log, other = a_log(tmp_path), a_log(tmp_path)
    log.append([an_entry(1)])
    other.append([an_entry(2)])
    log.append([an_entry(3)])
    os.truncate(segment_path(log.folder, 1), 100)
    with pytest.raises(AuditDamagedError):
        log.append_at_once([an_entry(4)])
