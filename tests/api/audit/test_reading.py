"""Reading from the end: what is looked for, in time, however long the log is."""

import orjson
import pytest

from api.audit.index import index_finished, index_path
from api.audit.log import Entry
from api.audit.reading import AuditReader, Wanted
from api.audit.verifying import verify
from graph.selection import UnanswerableError
from tests.api.audit.chains import a_definition, a_log, lines, segments


def a_log_of(folder, rows=60, segment_bytes=2_000):
    """Rows seen by turns: child 0 in the first, child 1 in the second, … and child 0 again."""
    log = a_log(folder, segment_bytes)
    for number in range(rows):
        told = {"kind": "ANSWERED", "number": number, "who": f"w{number % 3}",
                "operation": "d1", "seen": [f"child_{number % 10}"]}  # fmt: skip
        log.append([Entry(orjson.dumps(told), a_definition())])
    log.close()
    return log.folder


def numbers(found):
    return [row["number"] for row in found.rows if "number" in row]


def hers(child):
    return Wanted((child,), lambda row: child in row.get("seen", ()))


def test_the_newest_come_first_and_a_page_says_where_to_go_on(tmp_path):
    reader = AuditReader(a_log_of(tmp_path))
    answered = Wanted(fits=lambda row: row["kind"] == "ANSWERED")
    found = reader.find(answered, None, 7, 60)
    assert numbers(found) == [59, 58, 57, 56, 55, 54, 53]
    assert numbers(reader.find(answered, found.down_to, 3, 60)) == [52, 51, 50]


@pytest.mark.parametrize("indexed", [False, True])
def test_all_rows_of_one_child_are_found_page_by_page(tmp_path, indexed):
    folder = a_log_of(tmp_path)
    if indexed:
        index_finished(folder)
        assert len(list(folder.glob("*.ids"))) == len(segments(folder)) - 1 > 3
    reader, before, found = AuditReader(folder), None, list[int]()
    while before != 0:
        page = reader.find(hers("child_4"), before, 2, 60)
        found += numbers(page)
        before = page.down_to
    assert found == [54, 44, 34, 24, 14, 4]


def test_segments_that_do_not_speak_of_her_are_not_opened(tmp_path, monkeypatch):
    folder = a_log_of(tmp_path)
    index_finished(folder)
    opened = list[int]()
    blocks = AuditReader._blocks

    def counted(self, number):
        opened.append(number)
        return blocks(self, number)

    monkeypatch.setattr(AuditReader, "_blocks", counted)
    assert numbers(AuditReader(folder).find(hers("child_nobody"), None, 5, 60)) == []
    assert opened == [len(segments(folder))]  # the one that is still written has no index


def test_a_row_has_what_its_definition_says_also_when_that_was_written_long_before(tmp_path):
    found = AuditReader(a_log_of(tmp_path, segment_bytes=1_000_000)).find(
        hers("child_9"), None, 1, 60
    )
    assert found.rows[0]["definition"] == "d1"


def test_who_runs_out_of_time_is_told_where_to_go_on(tmp_path, monkeypatch):
    monkeypatch.setattr("api.audit.reading._BLOCK", 400)
    reader = AuditReader(a_log_of(tmp_path))
    before, pages, found = None, 0, list[int]()
    while before != 0:
        page = reader.find(hers("child_4"), before, 100, 0)
        found, before, pages = found + numbers(page), page.down_to, pages + 1
        assert pages < 500
    assert found == [54, 44, 34, 24, 14, 4]
    assert pages > 10


@pytest.mark.parametrize("block", [50, 173, 400, 1_000])
def test_rows_are_whole_whatever_the_blocks_are(tmp_path, monkeypatch, block):
    monkeypatch.setattr("api.audit.reading._BLOCK", block)
    found = AuditReader(a_log_of(tmp_path)).find(Wanted(), None, 1_000, 60)
    assert numbers(found) == [*range(59, -1, -1)]


def test_half_a_row_that_somebody_is_writing_is_not_read(tmp_path):
    folder = a_log_of(tmp_path, rows=2)
    with segments(folder)[-1].open("ab") as writing:
        writing.write(b'{"seq":5,"at":"20')
    assert numbers(AuditReader(folder).find(Wanted(), None, 9, 60)) == [1, 0]


def test_a_row_that_was_altered_is_not_passed_over(tmp_path):
    folder = a_log_of(tmp_path, rows=3, segment_bytes=1_000_000)
    (file,) = segments(folder)
    file.write_bytes(file.read_bytes().replace(b'"number":1', b'"number":7'))
    with pytest.raises(UnanswerableError, match="audit verify"):
        AuditReader(folder).find(Wanted(), None, 9, 60)


def test_an_index_that_was_altered_is_told_by_verify(tmp_path):
    folder = a_log_of(tmp_path)
    index_finished(folder)
    assert verify(folder).fault is None
    index = index_path(folder, 2)
    whole = index.read_bytes()
    index.write_bytes(whole[:-4])
    assert str(verify(folder).fault) == (
        "segment 000002.jsonl: its index is not of these rows: delete 000002.ids"
    )


def test_an_index_put_beside_what_is_still_written_hides_nothing_and_is_told(tmp_path):
    folder = a_log_of(tmp_path, rows=5, segment_bytes=1_000_000)
    index_path(folder, 1).write_bytes(b"\0\0\0\0")
    assert numbers(AuditReader(folder).find(hers("child_4"), None, 9, 60)) == [4]
    assert str(verify(folder).fault) == (
        "segment 000001.jsonl: an index of what is not finished: delete 000001.ids"
    )


def test_an_index_that_a_loss_of_power_left_empty_hides_nothing(tmp_path):
    folder = a_log_of(tmp_path)
    index_finished(folder)
    for index in folder.glob("*.ids"):
        index.write_bytes(b"")
    found = AuditReader(folder).find(hers("child_4"), None, 9, 60)
    assert numbers(found) == [54, 44, 34, 24, 14, 4]


def test_what_was_set_aside_is_in_no_index(tmp_path):
    folder = a_log_of(tmp_path, rows=5, segment_bytes=1_000_000)
    (file,) = segments(folder)
    whole = lines(file)
    # All behind an altered row is set aside, whole rows among it.
    file.write_bytes(b"".join([*whole[:3], whole[3].replace(b'"kind"', b'"kinx"'), *whole[4:]]))
    a_log(tmp_path).resume("altered")
    index_finished(folder)
    assert verify(folder).fault is None
