"""The pack that shows a recommendation was followed: what was done, no small count, and nobody."""

import asyncio
import hashlib
import json
from datetime import UTC, date, datetime, timedelta

import pytest
from typer.testing import CliRunner

from api.cli import app
from api.commands.closure_files import MANIFEST, altered, pack_hash, write_pack
from graph.errors import UsageError
from graph.reports.closure import band, made_closure, quarters_of
from graph.reports.recommendations import recommendations
from graph.vocabulary.closure import ClosureMeasure
from graph.vocabulary.viewers import ViewerRole
from tests.api.seeing import somebody

PACK = """query ($of: Int = 2, $since: Date = "2024-01-01", $until: Date = "2024-07-01") {
  pack: closureEvidence(recommendation: $of, since: $since, until: $until) {
    recommendation { number concurrence state asks asksCitation why whyCitation
      estimatedCompletion } since until
    counts { measure office low high suppressed definition }
    days { measure quarter median } cases { pseudonym steps { step day } } method text sha256 } }"""
HOUSTON, MIAMI = "office/HOUSTON", "office/MIAMI"
BEGAN = datetime(2024, 2, 1, 9, tzinfo=UTC)


async def followed(world, office, number, *, steps=(), notices=(), opened=BEGAN):
    """A failure to appear that is followed; `steps` and `notices` with days after the opening."""
    child = await world.a_child("A000425750", given_names="Xochitl", family_name="Quetzal")
    hearing = await world.a_hearing(child, words=[("EOIR", "FAILED_TO_APPEAR")])
    await world._create(
        "MATCH (h:Hearing {id: $hearing}) CREATE (f:FollowUp {id: $id, hearing: $hearing,"
        " office: $office, failedOn: date($opened) - duration({days: 2}), openedAt: $opened})"
        "-[:FOLLOWS]->(h)"
        " FOREACH (one IN $steps | CREATE (:FollowUpStep {id: one.id, key: one.id,"
        " event: one.event, at: one.at, reason: 'Xochitl Quetzal'})-[:STEP_OF]->(f))"
        " FOREACH (one IN $notices | CREATE (n:Notice)-[:ABOUT]->(f) SET n = one)",
        hearing=hearing, office=office, id=f"followup_{office}{number}", opened=opened,
        steps=[
            {"id": f"{office} {number} {event} {day}", "event": event,
             "at": opened + timedelta(days=day)}
            for event, day in steps
        ],
        notices=[
            {"id": f"{office} {number} {kind}", "reference": f"{office} {number} {kind}",
             "kind": kind, "raisedAt": opened, "sentAt": opened + timedelta(days=sent),
             **({} if ack is None else {"acknowledgedAt": opened + timedelta(days=sent + ack)})}
            for kind, sent, ack in notices
        ],
    )  # fmt: skip
    return child, hearing


async def a_quarters_work(world):
    """Twelve followed at Houston, with all that is done of it for eleven; two at Miami."""
    all_of_it = (("NOTIFY_ORR", 1), ("START_SEARCH", 3), ("FIND_ALTERNATE", 5), ("FILE_I830", 9))
    for number in range(12):
        done = all_of_it if number else ()
        told = [("ORR_NOTICE", 1, 2 if number < 4 else None)] if number else []
        await followed(world, HOUSTON, number, steps=done, notices=told)
    for number in range(2):
        await followed(world, MIAMI, number, steps=[("FIND_NO_ALTERNATE", 4)])


def told(pack):
    return {(one["measure"], one["office"]): (one["low"], one["high"]) for one in pack["counts"]}


async def test_counts_hold_a_recount_and_small_ones_are_suppressed(world, ask):
    await a_quarters_work(world)

    pack = (await ask(PACK))["pack"]
    counted = told(pack)

    # Two quarters, one of them empty: each is a range, and so is their sum.
    assert counted["FOLLOWED_UP", HOUSTON] == (11, 30)
    assert counted["SEARCHED", HOUSTON] == (11, 30)
    assert counted["FORM_FILED", HOUSTON] == (11, 30)
    assert counted["ORR_NOTICE_SENT", HOUSTON] == (11, 30)
    assert counted["ORR_NOTICE_ACKNOWLEDGED", HOUSTON] == (0, 20)
    assert counted["FOLLOWED_UP", MIAMI] == counted["EARM_ENTERED", MIAMI] == (0, 20)
    assert counted["FOLLOWED_UP", None] == (11, 50)
    for one in pack["counts"]:
        assert one["suppressed"] == (one["low"] < 11)
        assert one["definition"]
    assert len(ask.statements) == 1


async def test_a_recount_of_the_ledger_stands_in_every_range(world, ask, graph_door):
    await a_quarters_work(world)
    events = {
        "SEARCHED": ["START_SEARCH", "FIND_ALTERNATE", "FIND_NO_ALTERNATE"],
        "ADDRESS_FOUND": ["FIND_ALTERNATE"],
        "FORM_FILED": ["FILE_I830"],
        "ORR_TOLD": ["NOTIFY_ORR"],
    }

    counted = told((await ask(PACK, since="2024-01-01", until="2024-04-01"))["pack"])

    with graph_door.reading() as session:
        for measure, named in events.items():
            for office in (HOUSTON, MIAMI):
                recount = session.run(
                    "MATCH (f:FollowUp {office: $office}) WHERE EXISTS {"
                    " (f)<-[:STEP_OF]-(s:FollowUpStep) WHERE s.event IN $named }"
                    " RETURN count(f) AS many",
                    office=office,
                    named=named,
                ).single()["many"]
                assert counted[measure, office] == band(recount), (measure, office)


async def test_days_and_cases_are_told_where_eleven_took_a_step(world, ask):
    await a_quarters_work(world)

    pack = (await ask(PACK, since="2024-01-01", until="2024-04-01"))["pack"]

    medians = {one["measure"]: one["median"] for one in pack["days"]}
    assert medians == {
        "FOLLOWED_UP": 2, "ORR_TOLD": 1, "ORR_NOTICE_SENT": 1, "SEARCHED": 3, "ADDRESS_FOUND": 5,
        "FORM_FILED": 9,
    }  # fmt: skip
    assert {one["quarter"] for one in pack["days"]} == {"2024-Q1"}
    assert len(pack["cases"]) == 5
    assert len({one["pseudonym"] for one in pack["cases"]}) == 5
    longest = max(pack["cases"], key=lambda one: len(one["steps"]))
    assert [(one["step"], one["day"]) for one in longest["steps"]] == [
        ("FOLLOWED_UP", 0), ("ORR_TOLD", 1), ("SEARCHED", 3), ("ADDRESS_FOUND", 5), ("FORM_FILED", 9),
    ]  # fmt: skip


async def test_of_few_no_case_and_no_median_is_told(world, ask):
    for number in range(10):
        await followed(world, HOUSTON, number, steps=[("START_SEARCH", 1)])

    pack = (await ask(PACK))["pack"]

    assert (pack["cases"], pack["days"]) == ([], [])
    assert all(one["suppressed"] for one in pack["counts"])


async def test_the_same_pack_has_the_same_hash_and_other_quarters_other_names(world, ask):
    await a_quarters_work(world)

    first, again = [(await ask(PACK))["pack"] for _ in range(2)]
    other = (await ask(PACK, since="2024-01-01", until="2024-04-01"))["pack"]

    assert first == again
    assert first["sha256"] == hashlib.sha256(first["text"].encode()).hexdigest()
    assert first["sha256"] != other["sha256"]
    names = [{one["pseudonym"] for one in pack["cases"]} for pack in (first, other)]
    assert names[0].isdisjoint(names[1])


async def test_what_is_done_once_the_quarters_are_over_changes_no_pack(world, ask):
    await a_quarters_work(world)
    before = (await ask(PACK, until="2024-04-01"))["pack"]

    late = datetime(2024, 4, 1, tzinfo=UTC)
    await followed(world, HOUSTON, "late", steps=[("START_SEARCH", 0)], opened=late)

    assert (await ask(PACK, until="2024-04-01"))["pack"] == before


def test_no_two_packs_tell_more_than_their_quarters_do():
    rows = [["SEARCHED", HOUSTON, "2024-Q1", 1, 20], ["SEARCHED", HOUSTON, "2024-Q2", 1, 1]]

    def ends(since, until):
        read = [2, since, until, [HOUSTON], rows, []]
        found = {one.measure: one for one in made_closure(read).counts if one.office}
        return found[ClosureMeasure.SEARCHED].low, found[ClosureMeasure.SEARCHED].high

    half, quarter = ends("2024-01-01", "2024-07-01"), ends("2024-01-01", "2024-04-01")

    assert ends("2024-04-01", "2024-07-01") == (0, 10)
    assert (half[0] - quarter[0], half[1] - quarter[1]) == (0, 10)


def test_ranges_of_ten_leave_no_count_out_and_none_in_two():
    assert [band(one) for one in (0, 10, 11, 20, 21, 100, 101)] == [
        (0, 10), (0, 10), (11, 20), (11, 20), (21, 30), (91, 100), (101, 110),
    ]  # fmt: skip
    assert quarters_of(date(2023, 10, 1), date(2024, 4, 1)) == ["2023-Q4", "2024-Q1"]


async def test_a_sealed_child_is_in_no_pack(world, ask):
    kept = [await followed(world, HOUSTON, number) for number in range(11)]
    assert told((await ask(PACK))["pack"])["FOLLOWED_UP", HOUSTON] == (11, 30)

    await world._create("MATCH (c:Child {id: $id}) SET c:Sealed", id=kept[0][0])

    assert told((await ask(PACK))["pack"])["FOLLOWED_UP", HOUSTON] == (0, 20)


ALLOWED = {ViewerRole.ERO_HQ, ViewerRole.OVERSIGHT}


@pytest.mark.parametrize("role", sorted(set(ViewerRole) - ALLOWED))
async def test_other_roles_are_refused_before_anything_is_read(world, ask, role):
    asker = ask.seen_by(somebody(role))

    answer = await asker.result(PACK)

    assert answer.errors[0].extensions["code"] == "FORBIDDEN"
    assert asker.statements == []


@pytest.mark.parametrize("role", sorted(ALLOWED))
async def test_headquarters_and_oversight_get_one_and_the_same_pack(world, ask, role):
    await a_quarters_work(world)

    assert (await ask.seen_by(somebody(role))(PACK)) == (await ask(PACK))


async def test_nobody_stands_in_any_byte_of_a_pack(world, ask, graph_door, tmp_path):
    await a_quarters_work(world)
    pack = (await ask.seen_by(somebody("OVERSIGHT"))(PACK))["pack"]
    write_pack(pack["text"], tmp_path / "pack")
    written = b"".join(one.read_bytes() for one in (tmp_path / "pack").iterdir())
    written += json.dumps(pack).encode()
    with graph_door.reading() as session:
        ids = session.run("MATCH (n) WHERE n.id IS NOT NULL RETURN toString(n.id) AS id").value()

    assert len(ids) > 50
    found = [one for one in ids if one.encode() in written and one != "graph"]
    assert found == []
    for name in (b"Xochitl", b"Quetzal", b"A000425750", b"000425750", b"2024-02-01"):
        assert name not in written


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"of": 3}, "must be 1 or 2"),
        ({"since": "2024-02-01"}, "must be the first day of a quarter"),
        ({"until": "2024-06-30"}, "must be the first day of a quarter"),
        ({"until": "2024-10-01"}, "must be past"),
        ({"since": "2024-07-01"}, "must be later than `since`"),
        ({"since": "1990-01-01"}, "at most ten years"),
    ],
)
async def test_a_time_that_would_tell_of_few_is_refused_with_what_to_do(world, ask, asked, says):
    answer = await ask.result(PACK, **asked)

    assert says in answer.errors[0].message


async def test_each_recommendation_stands_as_its_report_has_it(world, ask):
    one, two = [(await ask(PACK, of=of))["pack"]["recommendation"] for of in (1, 2)]

    assert (one["concurrence"], one["state"]) == ("CONCUR", "OPEN_UNRESOLVED")
    assert (two["concurrence"], two["state"]) == ("CONCUR", "OPEN_RESOLVED")
    assert (two["asksCitation"], two["whyCitation"]) == ("S2:168", "S2:180")
    assert "documentation demonstrating the deployment and use" in two["why"]
    assert {one["estimatedCompletion"], two["estimatedCompletion"]} == {"2024-12-31"}
    assert list(recommendations()) == [1, 2]


@pytest.fixture
def a_folder(tmp_path):
    rows = [["SEARCHED", HOUSTON, "2024-Q1", 1, 20]]
    pack = made_closure([2, "2024-01-01", "2024-04-01", [HOUSTON], rows, []])
    assert write_pack(pack.text, tmp_path / "pack") == pack.sha256
    return tmp_path / "pack"


def test_a_pack_as_it_was_written_verifies_and_stays_its_owners(a_folder):
    assert altered(a_folder) == []
    assert len(pack_hash(a_folder)) == 64
    assert {one.stat().st_mode & 0o777 for one in a_folder.iterdir()} == {0o600}
    with pytest.raises(UsageError, match="holds something already"):
        write_pack("{}", a_folder)


@pytest.mark.parametrize("name", ["pack.json", "counts.csv", "days.csv", "cases.csv"])
def test_a_file_that_was_altered_is_named(a_folder, name):
    path = a_folder / name
    path.write_text(path.read_text() + " ")

    assert altered(a_folder) == [f"{name} was altered."]


def test_who_alters_a_table_and_the_manifest_is_found_out_by_the_pack(a_folder):
    forged = (a_folder / "counts.csv").read_text().replace("11", "91")
    (a_folder / "counts.csv").write_text(forged)
    manifest = json.loads((a_folder / MANIFEST).read_text())
    manifest["sha256"]["counts.csv"] = hashlib.sha256(forged.encode()).hexdigest()
    (a_folder / MANIFEST).write_text(json.dumps(manifest))

    assert altered(a_folder) == ["counts.csv was altered."]


def test_what_is_gone_or_came_is_named_and_no_manifest_is_refused(a_folder):
    (a_folder / "days.csv").unlink()
    (a_folder / "more.csv").touch()
    assert altered(a_folder) == ["days.csv is not there.", "more.csv is not of this pack."]

    (a_folder / MANIFEST).unlink()
    with pytest.raises(UsageError, match="give the folder that `--out` wrote"):
        altered(a_folder)


async def test_the_command_writes_the_pack_that_the_api_has_and_checks_it(
    world, ask, neo4j, tmp_path
):
    await a_quarters_work(world)
    pack = (await ask(PACK))["pack"]
    env = {
        "SPONSORGRAPH_HOME": str(tmp_path), "NEO4J_URI": neo4j.uri, "NEO4J_USER": neo4j.user,
        "NEO4J_PASSWORD": neo4j.password, "COLUMNS": "120",
    }  # fmt: skip
    folder, asked = tmp_path / "pack", ("2", "--purpose", "OVERSIGHT_STATS")

    def closure(*arguments):
        return CliRunner().invoke(app, ["report", "closure", *arguments], env=env)

    days = ("--since", "2024-01-01", "--until", "2024-07-01")
    # A command has an event loop of its own.
    done = await asyncio.to_thread(closure, *asked, *days, "--out", str(folder))
    shown = await asyncio.to_thread(closure, *asked, *days)

    assert done.exit_code == 0, done.exception
    assert (folder / "pack.json").read_text() == pack["text"]
    assert pack["sha256"] in closure("--verify", str(folder)).stdout
    assert "Recommendation 2, OPEN_RESOLVED: develop and implement" in shown.stdout
    (folder / "days.csv").write_text("measure,quarter,median\n")
    found = closure("--verify", str(folder))
    assert (found.exit_code, found.stdout) == (1, "days.csv was altered.\n")
    assert "Say which: report closure 2" in str(closure("2").exception)
