"""The attacker: from all that was ever published, how narrowly can a count be told?"""

from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.figures.hiding import THRESHOLD, WIDTH, Group, Key, draw, hide
from tests.graph.simplex import extremes

ROOT: Key = ("all",)


def a_family(years):
    """`years`: for each, cells by (state, country). Everybody, by year, by state and by country."""
    counts: dict[Key, int] = {ROOT: 0}
    groups = []
    for year, cells in years.items():
        whole = ("all", year)
        counts[whole] = sum(cells.values())
        counts[ROOT] += counts[whole]
        for side in (0, 1):
            parts = sorted({(*whole, ("state", "country")[side], names[side]) for names in cells})
            counts |= dict.fromkeys(parts, 0)
            for names, children in cells.items():
                counts[(*whole, ("state", "country")[side], names[side])] += children
            groups.append(Group(whole, tuple(parts)))
    groups.append(Group(ROOT, tuple(("all", year) for year in years)))
    return counts, groups


def published(days, groups, offsets):
    """Rows of the attacker's programme: every band told on every day, and what sums to what."""
    rows, names = [], []
    for day, counts in enumerate(days):
        told = hide(counts, groups, offsets)
        names += [f"{key}@{day}" for key in counts]
        for key, (bottom, top) in told.bands.items():
            y = {f"{key}@{day}": 1, f"o{key}": 1}
            if top is not None:
                rows.append((y, top))
            if bottom is not None:
                rows.append(({name: -factor for name, factor in y.items()}, -bottom))
        for group in groups:
            same = {f"{part}@{day}": 1 for part in group.parts} | {f"{group.whole}@{day}": -1}
            rows += [(same, 0), ({name: -factor for name, factor in same.items()}, 0)]
    rows += [({f"o{key}": 1}, WIDTH) for key in offsets]
    return rows, names + [f"o{key}" for key in offsets]


def narrower_than_promised(days, groups, offsets, *, knowing_changes=False):
    rows, names = published(days, groups, offsets)
    if knowing_changes:
        leaves = {key for group in groups for key in group.parts} - {g.whole for g in groups}
        for key in leaves:
            changed = days[1][key] - days[0][key]
            step = {f"{key}@1": 1, f"{key}@0": -1}
            rows += [(step, changed), ({name: -one for name, one in step.items()}, -changed)]
    found = []
    for day, counts in enumerate(days):
        told = hide(counts, groups, offsets)
        for key in counts:
            shown = told.shown.get(key)
            if knowing_changes and (shown is None or shown.suppressed):
                continue  # nobody is below nought: who knows all changes knows that much more
            low, high = extremes(rows, names, {f"{key}@{day}": 1})
            assert low <= counts[key] <= high
            if high - low < WIDTH:
                found.append((day, key, counts[key], low, high))
    return found


cells = st.dictionaries(
    st.tuples(st.sampled_from("TC"), st.sampled_from("GHS")),
    st.one_of(st.integers(0, 12), st.integers(0, 60)),
    min_size=1, max_size=5,
)  # fmt: skip
worlds = st.fixed_dictionaries({"2022": cells, "2023": cells})
changes = st.lists(st.sampled_from([0, 0, 0, 1, 1, -1, 3]), min_size=10, max_size=10)
offsets_drawn = st.lists(st.sampled_from([0, 0, 5, 10, 10, 3]), min_size=20, max_size=20)


def later(years, changed):
    """The same cells, some of which moved by little."""
    step = iter(changed)
    return {
        year: {names: max(0, children + next(step)) for names, children in cells.items()}
        for year, cells in years.items()
    }


def drawn_from(numbers):
    place = count()
    return lambda: numbers[next(place) % len(numbers)]


@settings(max_examples=6, deadline=None)
@given(worlds, changes, offsets_drawn)
def test_no_count_can_be_told_from_all_tables_of_two_days(years, changed, numbers):
    (first, groups), (second, _) = a_family(years), a_family(later(years, changed))
    offsets = draw(groups, {}, drawn_from(numbers))
    assert narrower_than_promised([first, second], groups, offsets) == []


@settings(max_examples=6, deadline=None)
@given(worlds, changes, offsets_drawn)
def test_nor_by_somebody_who_knows_every_change_between_them(years, changed, numbers):
    (first, groups), (second, _) = a_family(years), a_family(later(years, changed))
    offsets = draw(groups, {}, drawn_from(numbers))
    found = narrower_than_promised([first, second], groups, offsets, knowing_changes=True)
    assert found == []


@settings(max_examples=150, deadline=None)
@given(worlds, offsets_drawn)
def test_a_cell_of_fewer_than_eleven_is_never_told_from_an_empty_one(years, numbers):
    counts, groups = a_family(years)
    told = hide(counts, groups, draw(groups, {}, drawn_from(numbers)))
    wholes = {group.whole for group in groups}
    for key, shown in told.shown.items():
        assert shown.low <= counts[key] <= shown.high
        if counts[key] < THRESHOLD and key not in wholes:
            assert (shown.low, shown.high) == (0, 2 * WIDTH)


def test_the_attacker_finds_what_exact_figures_would_tell():
    """Were cells hidden and margins told as they are, subtraction would give the cell back."""
    rows = [({"a": 1, "b": 1}, 60), ({"a": -1, "b": -1}, -60), ({"b": 1}, 57), ({"b": -1}, -57)]
    assert extremes(rows, ["a", "b"], {"a": 1}) == (3, 3)


def test_ten_cells_at_the_top_of_their_band_are_not_told_by_their_sum():
    """Plain rounding would: ten times at most 9 and a sum of at least 90 are ten nines."""
    parts: tuple[Key, ...] = tuple(("all", str(n)) for n in range(10))
    counts = {ROOT: 300} | dict.fromkeys(parts, 30)
    offsets = {ROOT: 10} | dict.fromkeys(parts, 0)
    assert narrower_than_promised([counts], [Group(ROOT, parts)], offsets) == []


def test_cells_that_step_over_their_bounds_together_are_not_told_by_their_sum():
    """Offsets of nothing for each and of ten for their sum would tell them within four."""
    parts: tuple[Key, ...] = tuple(("all", str(n)) for n in range(5))
    groups = [Group(ROOT, parts)]
    days = [{ROOT: 5 * each} | dict.fromkeys(parts, each) for each in (30, 31)]
    offsets = {ROOT: 10} | dict.fromkeys(parts, 0)
    told = narrower_than_promised(days, groups, offsets, knowing_changes=True)
    assert {key for _, key, *_ in told} >= set(parts)
    offsets = draw(groups, {}, drawn_from([10, 0, 0, 0, 0, 0]))
    assert narrower_than_promised(days, groups, offsets, knowing_changes=True) == []


def test_an_offset_stays_and_one_of_a_new_place_leaves_it_alone():
    _, groups = a_family({"2023": {("T", "G"): 1, ("C", "G"): 2}})
    before = draw(groups, {})
    _, more = a_family({"2023": {("T", "G"): 1, ("C", "G"): 2, ("N", "H"): 1}})
    after = draw(more, before)
    assert {key: after[key] for key in before} == before
    assert all(0 <= offset <= WIDTH for offset in after.values())


@pytest.mark.parametrize("moved", [1, -1])
def test_a_count_that_moved_by_one_looks_like_one_that_did_not(moved):
    """With one child more and an offset one less, everything is told in the same words."""
    counts, groups = a_family({"2023": {("T", "G"): 44, ("C", "G"): 31, ("T", "H"): 25}})
    offsets = dict.fromkeys(counts, 5)
    other = {key: children + moved for key, children in counts.items()}
    assert hide(other, groups, dict.fromkeys(offsets, 5 - moved)) == hide(counts, groups, offsets)
