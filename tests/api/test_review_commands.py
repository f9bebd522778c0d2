"""Reviewing from a shell: the queue, a judgement, and taking it back."""

import json
from datetime import date

import duckdb
import pytest
import pytest_asyncio
from typer.testing import CliRunner

from api.cli import app
from api.commands import by_truth, reviewing
from api.commands.explaining import show_explanation
from api.identity.demo import note_made
from graph.connection import Endpoint
from graph.errors import UsageError
from graph.explanation.outcome import Explained, Outcome
from graph.explanation.weights import weigh
from graph.vocabulary.evidence import PairReason, Verdict
from graph.vocabulary.people import Role
from graph.writes.steps import OUTCOME_UNKNOWN
from linkage.demo.reviewer import Answer
from linkage.publishing import runs
from tests.api.world_of_review import key_of
from tests.graph.a_model import MODEL

TO_THIS_END = ("--purpose", "LINKAGE_QA")


@pytest_asyncio.fixture
async def pair(world):
    """Two records of two children, for review."""
    await world.a_model()
    one, other = await world.a_child(), await world.a_child()
    left = await world.a_record(of=one, cells={"name": "Ana", "[bold]": "[/] Reyes"})
    right = await world.a_record("VOR", "vor", of=other, cells={"name": "Anna", "minor": "Reyes"})
    await world.a_pair(left, right, weight=2.0, stake=9, stakes=["FAILED_TO_APPEAR"])
    return left, right, one


@pytest.fixture
def run(neo4j: Endpoint, tmp_path):
    """Run a command against the session's Neo4j; its answer, or the sentence it failed with."""
    env = {
        "SPONSORGRAPH_HOME": str(tmp_path), "NEO4J_URI": neo4j.uri, "NEO4J_USER": neo4j.user,
        "NEO4J_PASSWORD": neo4j.password, "COLUMNS": "120",
    }  # fmt: skip

    def run(*arguments, said=""):
        done = CliRunner().invoke(app, arguments, input=said, env=env)
        if done.exception and not isinstance(done.exception, SystemExit):
            raise done.exception
        return done.stdout

    return run


def test_the_queue_is_shown_side_by_side_with_what_speaks_for_it(pair, run):
    shown = run("review")
    left, right, _ = pair
    assert left in shown
    assert right in shown
    name, rest = (
        next(line for line in shown.splitlines() if each in line) for each in ("Ana", "[/]")
    )
    assert name.split() == ["name", "Ana", "Anna"]
    assert rest.split() == ["[bold]:", "[/]", "Reyes", "minor:", "Reyes"]
    assert "failed to appear; 1 records would move" in shown
    assert "REVIEW  Neither surely one person" in shown
    assert "surnames" in shown
    assert "+9.00" in shown
    assert "+5.00 because the name is not common" in shown
    assert "LINKED at +8.50 if date of birth were “same day”, not “same month”" in shown


def test_the_queue_is_one_document_for_a_script(pair, run):
    (told,) = json.loads(run("review", "--json", "--first", "5"))
    assert told["left"]["record"]["id"] == pair[0]
    assert told["explanation"]["outcome"] == "REVIEW"


def test_a_reviewer_judges_on_the_terminal_and_is_not_asked_again(pair, run, monkeypatch):
    monkeypatch.setattr(reviewing, "_somebody_is_there", lambda: True)
    shown = run("review", "--as", "ana", said="u\nthe photograph is missing\n")
    assert "UNSURE is recorded as judgement_" in shown
    assert "1 of 1 judged." in shown
    assert run("review") == "Nothing waits for review.\n"
    (judged,) = json.loads(run("judgements", "--json"))
    assert (judged["verdict"], judged["actor"], judged["reason"], judged["status"]) == (
        "UNSURE", "ana", "the photograph is missing", "PENDING",
    )  # fmt: skip


def test_a_refusal_is_said_and_the_review_goes_on(pair, run, monkeypatch):
    monkeypatch.setattr(reviewing, "_somebody_is_there", lambda: True)
    shown = run("review", said="s\n\n")
    assert "Not recorded: Say why" in shown
    assert "0 of 1 judged." in shown


def test_who_skips_a_pair_is_asked_again_another_time(pair, run, monkeypatch):
    monkeypatch.setattr(reviewing, "_somebody_is_there", lambda: True)
    assert "0 of 1 judged." in run("review", said="\n")
    assert "0 of 1 judged." in run("review", said="q\n")


def test_a_judgement_is_made_listed_superseded_and_taken_back(pair, run):
    left, right, _ = pair
    told = run("judge", left, right, "same", "--reason", "one scar", "--as", "ana")
    assert "SAME is recorded as judgement_" in told
    assert "in the name of ana" in told
    again = json.loads(run("judge", right, left, "different", "--reason", "two", "--json"))
    assert again["supersedes"]["verdict"] == "SAME"
    listed = run("judgements")
    assert "PENDING" in listed
    assert "SUPERSEDED" in listed
    last = again["judgement"]["id"]
    assert f"{last} is retracted" in run("retract", last, "--reason", "the wrong file")
    assert [one["status"] for one in json.loads(run("judgements", "--json"))] == [
        "RETRACTED", "PENDING",
    ]  # fmt: skip
    assert run("judgements", "--status", "CONFLICTING") == "There is no such judgement.\n"
    assert run("judgements", "--conflicts") == "There is no such judgement.\n"


def test_what_cannot_be_judged_says_what_to_do(pair, run):
    left, *_ = pair
    with pytest.raises(UsageError, match="There is no such record"):
        run("judge", left, "EARM/earm/nobody", "same", "--reason", "so")
    with pytest.raises(UsageError, match="take an id from `judgements`"):
        run("retract", "judgement_nobody", "--reason", "so")
    with pytest.raises(UsageError, match="look for the child by name"):
        run("identity", "child_nobody", *TO_THIS_END)


@pytest_asyncio.fixture
async def joined(world, pair):
    """The first child, who was two until run 2."""
    left, right, one = pair
    old = await world.a_child()
    await world.ran(date(2024, 3, 1))
    await world.joined_by(one, [left, right], ["0 1 2.000000 1,2,0"])
    world.run = 2
    await world.ran(date(2024, 4, 1))
    await world.redirects(old, one)
    await world.an_event("MERGED", [old, one], [one], records=[right], homes=[one])
    await world.publish(2)
    return old, one, right.removesuffix("/v1")


def test_an_old_id_tells_who_bears_it_and_what_became_of_it(joined, run):
    old, one, moved = joined
    told = run("identity", old, *TO_THIS_END)
    assert f"Child {one}" in told
    assert f"{old} leads to it." in told
    assert "2024-04-01 10:00 run 2: MERGED by linkage: More agrees now." in told
    assert f"{moved} → {one}" in told
    assert "step 1: " in told
    assert "+2.00 bits" in told
    assert "0 records at the end of 2024-02-01" in run(
        "identity", old, "--recorded-on", "2024-02-01", *TO_THIS_END
    )
    assert json.loads(run("identity", one, "--json", *TO_THIS_END))["formerIds"] == [old]


def test_whoever_asks_about_somebody_says_to_what_end(joined, run, monkeypatch):
    old, one, _ = joined
    with pytest.raises(UsageError, match="--purpose or SPONSORGRAPH_PURPOSE"):
        run("identity", old)
    monkeypatch.setenv("SPONSORGRAPH_PURPOSE", "CASE_MANAGEMENT")
    assert one in run("identity", old)


def test_what_was_just_worked_out_is_shown_like_what_was_kept(capsys):
    pair = weigh(MODEL, (1, 2, 0))
    show_explanation(Explained(Outcome.REVIEW, PairReason.IN_THE_BAND, 2.0, pair, "2026-11-a"))
    shown = capsys.readouterr().out
    assert "REVIEW  Neither surely one person" in shown
    assert "match weight" in shown
    assert "APART at -3.00 if surnames were “the only surname, common”" in shown
    assert "bits, by the model 2026-11-a" in shown


@pytest.fixture
def made_up(tmp_path, pair):
    """A home whose deliveries the demo made, and what the last link and the truth say of a pair."""
    left, right = (key_of(record) for record in pair[:2])
    (tmp_path / "store" / "deliveries" / "000001-abc").mkdir(parents=True)
    note_made(tmp_path, {"abc"})
    run = tmp_path / "runs" / "000001"
    run.mkdir(parents=True)
    with duckdb.connect(str(run / "linked.duckdb")) as linked:
        linked.execute(
            "CREATE TABLE identities AS SELECT unnest($1) AS record_key, unnest(['a', 'b'])"
            " AS identity_id, 'CHILD' AS role",
            [[left, right]],
        )
        linked.execute(
            "CREATE TABLE pairs AS SELECT $1 AS left_key, $2 AS right_key, 2.0 AS match_weight,"
            " 'REVIEW' AS decision, 'CHILD' AS role",
            [left, right],
        )
    of_both = "\n".join(f"{key.replace('/', ',')},CHILD,ana" for key in (left, right))
    (tmp_path / "truth.csv").write_text(
        f"source,table,record_id,role,person_id\n{of_both}\n", encoding="utf-8"
    )
    return tmp_path


def test_the_truth_of_a_made_up_world_judges_in_a_reviewers_name(made_up, run, monkeypatch):
    monkeypatch.setattr(runs, "latest_linked", lambda home: home / "runs/000001/linked.duckdb")
    told = run("review", "--truth", str(made_up), "--role", "CHILD")
    assert told.startswith("1 SAME, 0 DIFFERENT, in the name of made-up reviewer;")
    assert "made-up reviewer" in run("judgements")
    assert run("review") == "Nothing waits for review.\n"


def test_what_somebody_has_judged_the_truth_leaves_to_them(made_up, pair, run, monkeypatch):
    monkeypatch.setattr(runs, "latest_linked", lambda home: home / "runs/000001/linked.duckdb")
    run("judge", *pair[:2], "different", "--reason", "two girls", "--as", "ana")
    told = run("review", "--truth", str(made_up), "--role", "CHILD", "--as", "eva")
    assert told.startswith("0 SAME, 0 DIFFERENT, in the name of eva;")
    assert "1 were left to whoever has judged them" in told


def test_no_truth_is_asked_where_not_all_is_made_up(made_up, run):
    (made_up / "store" / "deliveries" / "000002-of-ice").mkdir()
    with pytest.raises(UsageError, match="made-up world alone"):
        run("review", "--truth", str(made_up))


def test_judgements_of_which_nobody_knows_are_sent_again_under_their_keys():
    sent = []

    def ask(_question, inputs):
        sent.append([one["key"] for one in inputs])
        if len(sent) == 1:
            raise UsageError(OUTCOME_UNKNOWN)
        return {"recordJudgements": [{"__typename": "JudgementRecorded"} for _ in inputs]}

    told = [Answer(Role.CHILD, "EARM/earm/1", f"VOR/vor/{n}", Verdict.SAME, "") for n in range(3)]
    assert by_truth._record(ask, told) == {"SAME": 3}
    assert sent[0] == sent[1]
