"""What makes a made-up world worthless as a test, and is therefore not in this one."""

from collections import defaultdict
from itertools import pairwise

import pytest

LINKABLE = {
    "earm": "record_id",
    "planet": "record_id",
    "eoir_case": "IDNCASE",
    "orr_release": "record_id",
    "orr_contact": "record_id",
    "vor": "record_id",
    "nta": "record_id",
    "uscis_relief": "record_id",
}
HANDED_OUT = [
    ("orr_release", "uac_id"),
    ("orr_release", "sponsor_id"),
    ("orr_release", "familygroup"),
]


def digits(text):
    return int("".join(filter(str.isdigit, text)) or 0)


def share_alike(people):
    """How many neighbours are one person, of all neighbours."""
    neighbours = list(pairwise(people))
    return sum(left == right for left, right in neighbours) / len(neighbours)


def test_sorting_all_ids_finds_nobody(world):
    named = [
        (digits(record), person)
        for table in LINKABLE
        for record, person in world.truth(table).items()
    ]
    assert share_alike([person for _, person in sorted(named)]) < 0.01


@pytest.mark.parametrize("table", LINKABLE)
def test_sorting_one_agencys_ids_finds_none_of_its_doubles(world, table):
    people = world.truth(table)
    assert share_alike([people[record] for record in sorted(people, key=digits)]) < 0.02


@pytest.mark.parametrize("left", LINKABLE)
@pytest.mark.parametrize("right", LINKABLE)
def test_two_agencies_sorted_by_id_do_not_lie_side_by_side(world, left, right):
    if left == right:
        return
    one, other = world.truth(left), world.truth(right)
    ranked = zip(sorted(one, key=digits), sorted(other, key=digits), strict=False)
    pairs = [(one[a], other[b]) for a, b in ranked]
    assert sum(a == b for a, b in pairs) / len(pairs) < 0.02


@pytest.mark.parametrize("table", LINKABLE)
def test_neither_does_the_order_of_lines_tell(world, table):
    people = world.truth(table)
    assert share_alike([people[row[LINKABLE[table]]] for row in world.table(table)]) < 0.02


@pytest.mark.parametrize(("table", "column"), HANDED_OUT)
def test_an_agencys_own_ids_do_not_follow_its_cases(world, table, column):
    rows = [row for row in world.table(table) if row[column]]
    by_id = sorted(rows, key=lambda row: digits(row[column]))
    rising = sum(a["release_date"] <= b["release_date"] for a, b in pairwise(by_id))
    assert 0.4 < rising / len(by_id) < 0.8


def test_no_persons_true_id_stands_in_any_file(world):
    people = set(world.truth("earm").values()) | set(world.truth("vor", "SPONSOR").values())
    for table in LINKABLE:
        for row in world.table(table):
            assert people.isdisjoint(row.values())


@pytest.mark.parametrize("table", [*LINKABLE, "eoir_proceeding", "eoir_schedule"])
def test_nothing_is_dated_after_the_extract_was_cut(world, table):
    for row in world.table(table):
        for column, value in row.items():
            if len(value) >= 10 and value[:2] in ("19", "20") and value[4] == "-":
                assert value[:10] <= "2024-06-30", column


def disagreements(world, left, right):
    """How often two tables' cells of one child differ, where both say something."""
    one, other = world.by_child(left[0], left[2]), world.by_child(right[0], right[2])
    said = [
        (a, b)
        for child in one.keys() & other.keys()
        for a in {row[left[1]] for row in one[child]}
        for b in {row[right[1]] for row in other[child]}
        if a and b
    ]
    return sum(a != b for a, b in said) / len(said)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (("earm", "sex"), ("orr_release", "gender")),
        (("earm", "apprehension_date"), ("orr_release", "date_of_entry")),
        (("vor", "release_date"), ("orr_release", "release_date")),
        (("nta", "filed_date"), ("planet", "nta_filed_date")),
        (("earm", "date_of_birth"), ("orr_release", "dob")),
    ],
)
def test_every_field_is_wrong_sometimes_and_right_mostly(world, left, right):
    assert 0.002 < disagreements(world, (*left, "record_id"), (*right, "record_id")) < 0.25


def test_hearing_dates_are_wrong_sometimes(world):
    held = defaultdict(set)
    for row in world.table("eoir_schedule"):
        held[world.truth("eoir_case")[row["IDNCASE"]]].add(row["ADJ_DATE"][:10])
    people = world.truth("planet")
    inside = [
        row["hearing_date"] in held[people[row["record_id"]]]
        for row in world.table("planet")
        if people[row["record_id"]] in held and "" < row["hearing_date"] <= "2023-09-20"
    ]
    assert 0.85 < sum(inside) / len(inside) < 0.99


def test_phones_are_wrong_sometimes_and_right_mostly(world):
    file = world.truth("orr_release", "SPONSOR")
    known = defaultdict(set)
    for row in world.table("orr_release"):
        if row["sponsor_phone"]:
            known[file[row["record_id"]]].add(digits(row["sponsor_phone"]))
    form = world.truth("vor", "SPONSOR")
    same = [
        digits(row["phone"]) in known[form[row["record_id"]]]
        for row in world.table("vor")
        if row["phone"] and form[row["record_id"]] in known
    ]
    assert 0.85 < sum(same) / len(same) < 0.99


def test_a_child_is_sometimes_filed_under_a_siblings_number(population, hundredth):
    owner = {child.a_number[1:]: child for child in population.children}
    person = hundredth.truth("earm")
    another = [
        owner[row["a_number"][1:]]
        for row in hundredth.table("earm")
        if row["a_number"][1:] in owner
        and owner[row["a_number"][1:]].id != person[row["record_id"]]
    ]
    assert any(child.siblings_numbers for child in another)


def test_a_child_is_sometimes_twice_in_one_agency(world):
    twice = sum(len(rows) > 1 for rows in world.by_child("earm").values())
    assert 0.01 < twice / 1_500 < 0.035


def test_other_agencies_addresses_grow_stale(world):
    earm = {world.truth("earm")[r]: a for r, a in world.truth("earm", of="address_id").items()}
    orr = {
        world.truth("orr_release")[r]: a
        for r, a in world.truth("orr_release", of="address_id").items()
    }
    both = earm.keys() & orr.keys()
    assert 0.03 < sum(earm[child] != orr[child] for child in both) / len(both) < 0.3
