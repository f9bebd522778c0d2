"""Two records weighed afresh: the same as a link has it, and how those that never met stand."""

import duckdb
import pytest
from typer.testing import CliRunner

from api.audit.reading import AuditReader, Wanted
from api.cli import app
from graph.errors import UsageError
from graph.explanation.outcome import Outcome
from graph.writes.runs import Published
from linkage.demo import generate
from linkage.intake.ingest import ingest
from linkage.link import link
from linkage.publishing.runs import Plan, folder_of
from linkage.why import why
from linkage.workings import open_workings

# Two of every kind of outcome.
PAIRS = """
SELECT pairs.role, left_key, right_key, match_weight, decision, why, l.identity_id = r.identity_id
FROM (FROM pairs QUALIFY row_number() OVER (PARTITION BY role, decision, why ORDER BY left_key) < 3)
    AS pairs
JOIN (SELECT role, record_key, identity_id FROM identities) AS l
  ON l.record_key = left_key AND l.role = pairs.role
JOIN (SELECT role, record_key, identity_id FROM identities) AS r
  ON r.record_key = right_key AND r.role = pairs.role
"""

STRANGERS = """
SELECT min(l.record_key), max(r.record_key) FROM children l JOIN children r
ON l.country <> r.country AND l.family_1 <> r.family_1 AND l.given_1 <> r.given_1
AND l.a_number <> r.a_number AND l.record_key < r.record_key AND l.date_of_birth <> r.date_of_birth
AND l.release_date IS NULL GROUP BY l.record_key ORDER BY ALL LIMIT 1
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    made = generate(150, 9, home / "demo", noise=2)
    ingest(home, [made.deliveries])
    folder = folder_of(home, 1)
    folder.prepare()
    with open_workings(folder.linked) as connection:
        link(connection, home, models=home / "models")
    folder.commit(Plan(1, "1", Published(0, ""), [], 1, []))
    return home


def asked(home, question):
    with duckdb.connect(str(folder_of(home, 1).linked), read_only=True) as connection:
        return connection.execute(question).fetchall()


def test_a_fresh_pair_weighs_what_the_link_weighed_and_came_to_the_same(home):
    pairs = asked(home, PAIRS)
    assert len(pairs) > 8
    for role, left, right, weight, decision, why_not, together in pairs:
        found = why(home, right, left, role).explained
        assert found.weight == pytest.approx(weight)
        assert found.weighed is not None
        bits = sum(part.bits for part in found.comparisons)
        assert found.weighed.weights.prior + bits == pytest.approx(weight)
        if together:
            assert found.outcome is Outcome.LINKED
        else:
            assert (found.outcome, found.why) == (decision, why_not)


def test_two_who_were_never_compared_are_weighed_all_the_same(home):
    [(left, right)] = asked(home, STRANGERS)
    found = why(home, left, right, "CHILD")
    assert found.explained.outcome is Outcome.NOT_COMPARED_HERE
    assert "no blocking rule finds these two" in found.explained.sentence
    assert found.found_by is None
    assert found.explained.weight is not None
    assert found.explained.weight < 0
    assert found.explained.waterfall


def test_two_linked_through_others_are_led_from_one_to_the_other(home):
    through = [
        why(home, left, right, role).explained.through
        for role, left, right, _, decision, _, together in asked(home, PAIRS)
        if together and decision != "LINKED"
    ]
    assert all(len(way) > 2 for way in through)


def test_a_row_of_a_court_case_goes_where_its_case_goes(home):
    [(row, case)] = asked(home, "SELECT record_key, case_key FROM followers LIMIT 1")
    found = why(home, row, case, "CHILD").explained
    assert (found.outcome, found.follows_its_case) == (Outcome.LINKED, True)


def test_a_version_in_a_records_name_is_no_hindrance(home):
    role, left, right, weight, *_ = asked(home, PAIRS)[0]
    found = why(home, f"{left}/v1", f"{right}/v2", role)
    assert found.explained.weight == pytest.approx(weight)


def test_whoever_is_not_known_in_that_role_is_said_to_be_not(home):
    [(key,)] = asked(home, "SELECT record_key FROM identities WHERE role = 'CHILD' LIMIT 1")
    with pytest.raises(UsageError, match="a key looks like"):
        why(home, key, "EARM/earm/nobody", "CHILD")
    with pytest.raises(UsageError, match="one record"):
        why(home, key, key, "CHILD")


def test_what_was_told_of_two_is_audited_before_it_is_told(home):
    [(left, right, one, other)] = asked(
        home,
        "SELECT left_key, right_key, l.identity_id, r.identity_id FROM pairs"
        " JOIN identities l ON l.record_key = left_key AND l.role = 'CHILD'"
        " JOIN identities r ON r.record_key = right_key AND r.role = 'CHILD'"
        " WHERE pairs.role = 'CHILD' AND l.identity_id <> r.identity_id ORDER BY ALL LIMIT 1",
    )
    (home / "audit").mkdir(mode=0o700)
    (home / "audit" / "000001.jsonl").mkdir()
    assert run(home, left, right).exit_code != 0
    assert run(home, left, right).stdout == ""

    (home / "audit" / "000001.jsonl").rmdir()
    assert run(home, left, right, "--json").exit_code == 0
    reader = AuditReader(home / "audit")
    (row, *_) = reader.find(Wanted((one,)), None, 1, 60).rows
    assert (row["asks"], row["purpose"], row["seen"]) == (
        "command why", "LINKAGE_QA", sorted((one, other)),
    )  # fmt: skip
    assert row["read"] == {"LINKAGE": ["Query.matchExplanation"]}


def run(home, *arguments):
    return CliRunner().invoke(app, ["why", *arguments], env={"SPONSORGRAPH_HOME": str(home)})
