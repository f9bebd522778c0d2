"""A range holds the truth, on a few small worlds; `tests.benchmarks.coverage` has many."""

from tests.benchmarks.coverage import ALL, AT_HOME, FAILED, counts, report, share_held


def test_ranges_hold_the_truth_where_a_plain_count_would_not(tmp_path):
    found = counts(150, 7, 2.0, tmp_path)
    assert {one.kind for one in found} == {FAILED, AT_HOME, ALL}
    assert share_held(found) >= 0.95
    doubtful = [one for one in found if one.found.under_review]
    assert doubtful, "a world without doubts tests nothing"
    assert share_held(doubtful) >= 0.95
    assert any(one.found.counted != one.truth for one in doubtful)
    assert "at an address" in report(found)
