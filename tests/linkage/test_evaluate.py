"""The measure itself, measured."""

import csv
import itertools
import random
from datetime import date

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import SponsorgraphError
from linkage.evaluate import evaluate


def write(path, header, rows):
    with path.open("w", newline="", encoding="utf-8") as lines:
        writer = csv.writer(lines)
        writer.writerow(header)
        writer.writerows(rows)


def measured(folder, people):
    """`people`: (table, person, identity) of each record."""
    keys = [("EARM", table, str(n), "CHILD") for n, (table, _, _) in enumerate(people)]
    header = ("source", "table", "record_id", "role")
    truth = [(*key, person) for key, (_, person, _) in zip(keys, people, strict=True)]
    found = [(*key, who) for key, (_, _, who) in zip(keys, people, strict=True) if who]
    write(folder / "truth.csv", (*header, "person_id"), truth)
    write(folder / "identities.csv", (*header, "identity_id"), found)
    return evaluate(folder / "identities.csv", folder)


records = st.lists(
    st.tuples(
        st.sampled_from(["earm", "nta", "vor"]),
        st.sampled_from("ABCD"),
        st.sampled_from(["w", "x", "y", "z", ""]),
    ),
    max_size=14,
)


@settings(max_examples=40, deadline=None)
@given(records)
def test_the_counted_figures_are_those_of_listing_every_pair(tmp_path_factory, people):
    found = measured(tmp_path_factory.mktemp("world"), people).children
    named = [(t, p, who or f"alone {n}") for n, (t, p, who) in enumerate(people)]
    pairs = list(itertools.combinations(named, 2))
    same = [one[1] == other[1] for one, other in pairs]
    joined = [one[2] == other[2] for one, other in pairs]
    both = [s and j for s, j in zip(same, joined, strict=True)]
    assert found.pairwise.true == sum(same)
    assert found.pairwise.found == sum(joined)
    assert found.pairwise.right == sum(both)
    assert sum(a.right for a in found.by_table_pair.values()) == sum(both)
    assert sum(a.found for a in found.by_table_pair.values()) == sum(joined)
    if named:
        pure = [
            sum(o[1] == r[1] and o[2] == r[2] for o in named) / sum(o[2] == r[2] for o in named)
            for r in named
        ]
        assert found.b_cubed.precision == pytest.approx(sum(pure) / len(named))


def test_sorted_ids_score_near_zero(tmp_path):
    # Records in random order; an "algorithm" that gives each next six records one identity.
    people = [f"P{n % 400}" for n in range(2400)]
    random.Random(7).shuffle(people)
    found = measured(tmp_path, [("earm", who, f"i{n // 6}") for n, who in enumerate(people)])
    assert found.children.pairwise.f1 < 0.02


def test_two_sisters_in_one_identity_are_counted_as_the_worst_error(tmp_path):
    write(
        tmp_path / "families.csv", ("person_id", "family_id"), [("A", "F"), ("B", "F"), ("C", "G")]
    )
    joined = measured(tmp_path, [("earm", "A", "x"), ("nta", "B", "x"), ("vor", "C", "y")])
    assert joined.siblings_joined == 1
    apart = measured(tmp_path, [("earm", "A", "x"), ("nta", "B", "y"), ("vor", "C", "y")])
    assert apart.siblings_joined == 0


def test_a_child_has_one_age_in_all_her_papers(tmp_path):
    # Her release is on one paper, her birthday on another: both belong to the group, and so does
    # the third that says neither.
    header = ("source", "table", "record_id", "role")
    keys = [("ORR", "orr_release", "1"), ("EARM", "earm", "2"), ("NTA", "nta", "3")]
    rows = [(*key, "CHILD", "A") for key in keys]
    write(tmp_path / "truth.csv", (*header, "person_id"), rows)
    write(tmp_path / "identities.csv", (*header, "identity_id"), rows[:2])
    people = tmp_path / "people.parquet"
    with duckdb.connect() as connection:
        connection.execute(
            "CREATE TABLE people (record_key VARCHAR, role VARCHAR, date_of_birth DATE,"
            " release_date DATE, birth_month VARCHAR, birth_is_placeholder BOOLEAN,"
            " country VARCHAR, family_2 VARCHAR, a_number VARCHAR)"
        )
        born = {"2": date(2009, 8, 7)}
        released = {"1": date(2023, 8, 6)}
        for *place, record in keys:
            said = ["/".join((*place, record)), born.get(record), released.get(record)]
            connection.execute(
                "INSERT INTO people BY NAME SELECT ? AS record_key, 'CHILD' AS role,"
                " ? AS date_of_birth, ? AS release_date",
                said,
            )
        connection.execute(f"COPY people TO '{people}'")
    found = evaluate(tmp_path / "identities.csv", tmp_path, people=people).children.by_group
    assert (found["released at 13–14"].true, found["released at 13–14"].right) == (3, 1)
    assert not any(group.startswith("released at") for group in found if "13" not in group)


def test_a_missing_truth_says_which_file_to_bring(tmp_path):
    write(tmp_path / "identities.csv", ("source",), [])
    with pytest.raises(SponsorgraphError, match=r"truth\.csv"):
        evaluate(tmp_path / "identities.csv", tmp_path)
