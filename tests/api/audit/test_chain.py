"""Whatever is altered in the audit is found, and named."""

import random
from hashlib import sha256

import pytest

from api.audit.anchors import anchor_line, chain_of, read_anchors
from api.audit.verifying import verify
from tests.api.audit.chains import lines, rows, segments, written


def test_a_chain_as_it_was_written_is_sound(tmp_path):
    folder = written(tmp_path, rows=6, segment_bytes=500)
    found = verify(folder)
    assert found.fault is None
    assert found.set_aside == []
    assert found.segments == len(segments(folder)) > 2
    assert found.rows == found.head.seq == 6 + found.segments


def test_each_row_bears_the_hash_of_its_own_bytes_and_of_the_row_before(tmp_path):
    before = "0" * 64
    (file,) = segments(written(tmp_path))
    for line in lines(file):
        assert f'"before":"{before}"'.encode() in line
        hashed, _, own = line.rpartition(b',"hash":"')
        before = sha256(hashed).hexdigest()
        assert own == before.encode() + b'"}\n'


@pytest.mark.parametrize("altered", ["one bit", "a newline", "any other"])
def test_one_byte_altered_anywhere_names_its_row(tmp_path, altered):
    folder = written(tmp_path, rows=3, segment_bytes=500)
    chance = random.Random(altered)
    tried = 0
    for file in segments(folder):
        whole = file.read_bytes()
        for place, byte in enumerate(whole):
            other = {
                "one bit": byte ^ (1 << chance.randrange(8)),
                "a newline": 10,
                "any other": (byte + chance.randrange(1, 256)) % 256,
            }[altered]
            if other == byte:
                continue
            file.write_bytes(whole[:place] + bytes([other]) + whole[place + 1 :])
            fault = verify(folder).fault
            assert fault is not None, (file.name, place)
            # A newline too many or too few is of the row that it cuts in two or joins to the next.
            line = whole.count(b"\n", 0, place) + 1
            assert (f"{fault.segment:06}.jsonl", fault.line) == (file.name, line), place
            tried += 1
        file.write_bytes(whole)
    assert tried > 1_000
    assert verify(folder).fault is None


def test_each_row_taken_out_is_missed(tmp_path):
    folder = written(tmp_path, rows=4, segment_bytes=500)
    last = rows(folder)[-1]["seq"]
    for file in segments(folder):
        whole = lines(file)
        for number, line in enumerate(whole):
            seq = int(line.split(b",")[0].removeprefix(b'{"seq":'))
            if seq == last:  # only an anchor tells that
                continue
            file.write_bytes(b"".join(whole[:number] + whole[number + 1 :]))
            fault = verify(folder).fault
            assert fault is not None
            # The first of a segment says where the one before ended: then its end is not believed.
            assert fault.seq == seq
        file.write_bytes(b"".join(whole))


def test_two_rows_that_changed_places_are_told_from_where_they_stood(tmp_path):
    folder = written(tmp_path)
    (file,) = segments(folder)
    one, two, three, four, *more = lines(file)
    file.write_bytes(b"".join([one, two, four, three, *more]))
    assert str(verify(folder).fault) == (
        "segment 000001.jsonl, line 3, row 3: missing or moved: row 4 stands in its place"
    )


def test_a_row_put_in_twice_is_told(tmp_path):
    folder = written(tmp_path)
    (file,) = segments(folder)
    one, two, *more = lines(file)
    file.write_bytes(b"".join([one, two, two, *more]))
    fault = verify(folder).fault
    assert fault is not None
    assert (fault.line, fault.seq) == (3, 3)


def test_a_segment_of_another_audit_in_its_place_is_told(tmp_path):
    folder = written(tmp_path / "one", rows=6, segment_bytes=500)
    other = written(tmp_path / "other", rows=6, segment_bytes=500)
    for number in range(len(segments(folder))):
        file = segments(folder)[number]
        kept = file.read_bytes()
        file.write_bytes(segments(other)[number].read_bytes())
        fault = verify(folder).fault
        assert fault is not None
        assert fault.segment in (number + 1, number + 2)
        file.write_bytes(kept)


def test_a_segment_that_is_gone_is_told(tmp_path):
    folder = written(tmp_path, rows=6, segment_bytes=500)
    segments(folder)[1].unlink()
    assert str(verify(folder).fault) == "segment 000002.jsonl: the file is missing"


def test_a_tail_cut_off_is_told_by_the_anchor(tmp_path):
    folder = written(tmp_path)
    anchor = tmp_path / "elsewhere"
    anchor.write_bytes(anchor_line(chain_of(folder), verify(folder).head))
    chain, heads = read_anchors(anchor)
    assert verify(folder, heads, chain).fault is None
    (file,) = segments(folder)
    file.write_bytes(b"".join(lines(file)[:-2]))
    assert verify(folder).fault is None
    assert str(verify(folder, heads, chain).fault) == (
        "segment 000001.jsonl: cut off after row 5: row 7 was anchored, and so was row 7"
    )


def test_a_chain_written_anew_from_some_row_on_is_told_by_the_anchor(tmp_path):
    folder = written(tmp_path)
    chain, heads = chain_of(folder), {4: verify(folder).head.hash}
    fault = verify(folder, heads, chain).fault
    assert fault is not None
    assert (fault.seq, fault.what) == (4, "replaced: it was anchored with another hash")


def test_another_audit_in_the_place_of_this_one_is_told_by_the_anchor(tmp_path):
    folder, other = written(tmp_path / "one"), written(tmp_path / "other")
    fault = verify(other, {}, chain_of(folder)).fault
    assert fault is not None
    assert fault.what == "the anchors are of another audit than this one"


@pytest.mark.parametrize("left", [0, 20])
def test_a_last_segment_without_its_first_row_is_told(tmp_path, left):
    folder = written(tmp_path, rows=6, segment_bytes=500)
    last = segments(folder)[-1]
    last.write_bytes(last.read_bytes()[:left])
    fault = verify(folder).fault
    assert fault is not None
    assert fault.what == "cut off: its first row is not there"
