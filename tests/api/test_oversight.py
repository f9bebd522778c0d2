import asyncio
import csv
import io
import json
import os
import shutil
import subprocess
import sys
from datetime import date
from functools import partial
from hashlib import sha256

import pytest

from graph.errors import SponsorgraphError, UsageError
from graph.figures.snapshots import publish, published, quarter_end
from graph.vocabulary.figures import FigureTable
from tests.api.world import DAY

TABLE = """query ($kind: FigureTable!, $asOf: Date) { oversightTable(kind: $kind, asOf: $asOf) {
  kind asOf definition sources sha256 method
  figures { of { dimension value } numerator { low high suppressed }
    denominator { low high } asOf definition sources } } }"""
FAILED = [("EOIR", "FAILED_TO_APPEAR")]
AUTUMN = date(2024, 7, 1)


async def some_children(world, many, *, state="TX", failed=True):
    home = await world.an_address(state=state)
    sponsor = await world.a_sponsor()
    for _ in range(many):
        child = await world.a_child()
        record = await world.a_record("ORR", "orr_release", of=child)
        await world.released_to(child, sponsor, record=record)
        await world.lives_at(child, home, record=record, kind="RELEASE")
        if failed:
            await world.a_hearing(child, words=FAILED)


def told(table):
    return {
        tuple(one["value"] for one in figure["of"]): (
            figure["numerator"]["low"],
            figure["numerator"]["high"],
        )
        for figure in table["figures"]
    }


async def test_a_table_says_what_it_counts_and_of_how_many(world, ask, graph_door, tmp_path):
    await some_children(world, 12)
    await some_children(world, 40, state="CA", failed=False)
    done = publish(graph_door, tmp_path, AUTUMN)
    assert (done.as_of, done.new) == (date(2024, 6, 30), True)
    kind = FigureTable.RELEASED_BY_YEAR_AND_STATE
    table = (await ask(TABLE, kind=kind))["oversightTable"]
    assert len(ask.statements) == 1
    assert (table["asOf"], table["sources"]) == ("2024-06-30", ["ORR", "VOR"])
    ranges = told(table)
    low, high = ranges["2024", "CA"]
    assert 11 <= low <= 40 <= high
    assert ranges["2024", "TX"][0] == 0 or ranges["2024", "TX"][0] >= 11
    for figure in table["figures"]:
        assert all((figure["definition"], figure["sources"]))
        assert figure["asOf"] == "2024-06-30"
        assert figure["denominator"] is None or "low" in figure["denominator"]
    assert all(high - low >= 10 for low, high in ranges.values())


async def test_what_was_published_stands_still_until_the_next_quarter(
    world, ask, graph_door, tmp_path
):
    await some_children(world, 30)
    publish(graph_door, tmp_path, AUTUMN)
    before = published(graph_door)
    await some_children(world, 50)
    assert not publish(graph_door, tmp_path, date(2024, 9, 29)).new
    assert published(graph_door) == before
    assert publish(graph_door, tmp_path, date(2024, 10, 1)).new
    kind = FigureTable.FAILED_TO_APPEAR_BY_AGE_AND_SEX
    spring = (await ask(TABLE, kind=kind, asOf="2024-07-02"))["oversightTable"]
    autumn = (await ask(TABLE, kind=kind, asOf="2024-10-02"))["oversightTable"]
    cell = ("FROM_14_TO_17", "FEMALE")
    assert told(spring)[cell][0] <= 30 <= told(spring)[cell][1]
    assert told(autumn)[cell][0] <= 80 <= told(autumn)[cell][1]


async def test_a_child_who_failed_to_appear_twice_is_in_one_cell(world, graph_door, tmp_path):
    for _ in range(25):
        child = await world.a_child()
        await world.a_hearing(child, court="HOU", day=DAY, words=FAILED)
        await world.a_hearing(child, court="LOS", day=date(2024, 5, 1), words=FAILED)
    await world.a_hearing(await world.a_child(), court="LOS", day=DAY, words=FAILED)
    publish(graph_door, tmp_path, AUTUMN)
    tables = {table["kind"]: json.loads(table["text"]) for table in published(graph_door)}
    ranges = told(
        {
            "figures": [
                {
                    "of": [{"value": value} for _, value in row["of"]],
                    "numerator": dict(zip(("low", "high"), row["numerator"], strict=True)),
                }
                for row in tables[FigureTable.FAILED_TO_APPEAR_BY_YEAR_AND_COURT]["figures"]
            ]
        }
    )
    assert ranges["2024", "LOS"] == (0, 20)
    assert ranges["2024", "HOU"][0] >= 11


async def test_without_its_offsets_a_home_publishes_nothing_more(world, graph_door, tmp_path):
    await some_children(world, 3)
    publish(graph_door, tmp_path, AUTUMN)
    (tmp_path / "figures" / "offsets.json").unlink()
    with pytest.raises(SponsorgraphError, match="backup"):
        publish(graph_door, tmp_path, date(2024, 10, 1))
    with pytest.raises(SponsorgraphError, match="another home"):
        publish(graph_door, tmp_path / "other", date(2024, 10, 1))


async def test_a_quarter_that_is_past_is_not_counted_again(world, graph_door, tmp_path):
    await some_children(world, 3)
    publish(graph_door, tmp_path, AUTUMN)
    with pytest.raises(UsageError, match="earlier ones no more"):
        publish(graph_door, tmp_path, date(2024, 6, 1))


async def test_a_graph_that_is_new_gets_its_tables_back(world, ask, graph_door, tmp_path):
    await some_children(world, 3)
    publish(graph_door, tmp_path, AUTUMN)
    before = published(graph_door)
    with graph_door.writing() as session:
        session.run("MATCH (table:OversightTable) DELETE table").consume()
    assert (await ask("{ oversightTables { id } }"))["oversightTables"] == []
    publish(graph_door, tmp_path, AUTUMN)
    assert published(graph_door) == before
    assert len((await ask("{ oversightTables { id } }"))["oversightTables"]) == len(FigureTable)


async def test_a_table_that_somebody_altered_is_noticed(world, graph_door, tmp_path):
    await some_children(world, 3)
    publish(graph_door, tmp_path, AUTUMN)
    table = published(graph_door)[0]
    assert table["sha256"] == sha256(table["text"].encode()).hexdigest()
    with graph_door.writing() as session:
        session.run(
            "MATCH (table:OversightTable {id: $id}) SET table.text = table.text + ' '", table
        ).consume()
    with pytest.raises(SponsorgraphError, match="not what was published"):
        published(graph_door)


@pytest.mark.parametrize(
    ("on", "ended"),
    [
        (date(2024, 1, 1), date(2023, 12, 31)),
        (date(2024, 3, 31), date(2023, 12, 31)),
        (date(2024, 4, 1), date(2024, 3, 31)),
        (date(2024, 12, 31), date(2024, 9, 30)),
    ],
)
def test_a_quarter_has_ended_the_day_after_its_last(on, ended):
    assert quarter_end(on) == ended


async def test_the_command_prints_every_figure_with_what_it_means(world, served_settings):
    await some_children(world, 30)
    command = [sys.executable, "-m", "api", "figures", "--publish", "--on", "2024-07-01"]
    told_in_text = {"capture_output": True, "text": True, "check": True}
    connection = {
        "NEO4J_URI": served_settings.neo4j_uri,
        "NEO4J_USER": served_settings.neo4j_user,
        "NEO4J_PASSWORD": served_settings.neo4j_password.get_secret_value(),
        "SPONSORGRAPH_HOME": str(served_settings.home),
    }
    done = await asyncio.to_thread(
        partial(subprocess.run, command, env={**os.environ, **connection}, **told_in_text)
    )
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert {row["table"] for row in rows} == set(FigureTable)
    assert all(int(row["numerator_high"]) - int(row["numerator_low"]) >= 10 for row in rows)
    assert all(all((row["definition"], row["sources"])) for row in rows)
    (texas,) = [row for row in rows if (row["fiscal_year"], row["state"]) == ("2024", "TX")]
    assert int(texas["numerator_low"]) <= 30 <= int(texas["numerator_high"])
    shutil.rmtree(served_settings.home / "figures")
