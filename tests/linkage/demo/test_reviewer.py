"""A made-up world's truth, answering what waits for review."""

import duckdb
import pytest

from graph.errors import SponsorgraphError
from graph.vocabulary.evidence import Verdict
from graph.vocabulary.people import Role
from linkage.demo.reviewer import IN_REVIEW, LOOKED_UP, answers_by_truth

# (record, who it is about, where the last link put it)
ANA = [("EARM/earm/1", "ana", "a"), ("VOR/vor/2", "ana", "b"), ("NTA/nta/3", "ana", "b")]
EVA = [("EARM/earm/4", "eva", "c"), ("ORR/orr_release/5", "eva", "c")]
PAIRS = [
    ("EARM/earm/1", "VOR/vor/2", 1.0, "REVIEW"),
    ("EARM/earm/1", "NTA/nta/3", 2.0, "REVIEW"),
    ("EARM/earm/1", "EARM/earm/4", -1.0, "REVIEW"),
    ("EARM/earm/4", "ORR/orr_release/5", 9.0, "LINKED"),
]


@pytest.fixture
def answers(tmp_path):
    def answers(records, pairs):
        truth = ["source,table,record_id,role,person_id"]
        truth += [f"{key.replace('/', ',')},CHILD,{who}" for key, who, _ in records]
        (tmp_path / "truth.csv").write_text("\n".join(truth) + "\n", encoding="utf-8")
        with duckdb.connect(str(tmp_path / "linked.duckdb")) as linked:
            linked.execute("CREATE TABLE identities (record_key TEXT, role TEXT, identity_id TEXT)")
            linked.execute(
                "CREATE TABLE pairs (left_key TEXT, right_key TEXT, match_weight DOUBLE,"
                " decision TEXT, role TEXT DEFAULT 'CHILD')"
            )
            for key, _, identity in records:
                linked.execute("INSERT INTO identities VALUES (?, 'CHILD', ?)", [key, identity])
            for pair in pairs:
                linked.execute("INSERT INTO pairs VALUES (?, ?, ?, ?, 'CHILD')", pair)
        return answers_by_truth(tmp_path / "linked.duckdb", tmp_path, Role.CHILD)

    return answers


def said(answers):
    return [(one.left, one.right, one.verdict, one.reason) for one in answers]


def test_one_child_is_said_of_all_her_papers_and_two_children_of_two_papers(answers):
    assert said(answers(ANA + EVA, PAIRS)) == [
        ("EARM/earm/1", "NTA/nta/3", Verdict.SAME, IN_REVIEW),
        ("EARM/earm/1", "VOR/vor/2", Verdict.SAME, IN_REVIEW),
        ("EARM/earm/1", "EARM/earm/4", Verdict.DIFFERENT, IN_REVIEW),
    ]


def test_what_is_linked_or_apart_is_not_judged(answers):
    apart = ("ORR/orr_release/5", "VOR/vor/2", -9.0, "APART")
    assert said(answers(EVA + ANA[1:2], [PAIRS[3], apart])) == []


def test_an_identity_of_two_children_is_judged_for_each_of_them(answers):
    both = [("EARM/earm/1", "ana", "a"), ("VOR/vor/2", "eva", "a"), ("EARM/earm/4", "eva", "c")]
    pairs = [
        ("EARM/earm/1", "EARM/earm/4", 1.0, "REVIEW"),
        ("EARM/earm/4", "VOR/vor/2", 0.0, "REVIEW"),
    ]
    assert [verdict for *_, verdict, _ in said(answers(both, pairs))] == [
        Verdict.SAME,
        Verdict.DIFFERENT,
    ]


def test_a_notice_without_a_file_is_looked_up_where_no_pair_waits(answers):
    assert said(answers(ANA + EVA, PAIRS[2:])) == [
        ("EARM/earm/1", "NTA/nta/3", Verdict.SAME, LOOKED_UP),
        ("EARM/earm/1", "VOR/vor/2", Verdict.SAME, LOOKED_UP),
        ("EARM/earm/1", "EARM/earm/4", Verdict.DIFFERENT, IN_REVIEW),
    ]


def test_a_folder_without_truth_says_which_file_is_wanted(tmp_path):
    with pytest.raises(SponsorgraphError, match=r"truth\.csv"):
        answers_by_truth(tmp_path / "linked.duckdb", tmp_path, Role.CHILD)
