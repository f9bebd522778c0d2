"""The schedule: what is due on a day, what stays, and what is done about it."""

import json
from datetime import UTC, date, datetime

import pytest
from typer.testing import CliRunner

from api.cli import app
from graph.connection import Door, Endpoint
from graph.errors import SponsorgraphError, UsageError
from graph.settings import Settings
from graph.writes.sealing import sealed_children
from linkage import job
from linkage.forgetting import ledger
from linkage.forgetting.keeping import apply_schedule, what_is_due
from linkage.forgetting.ledger import hash_of
from linkage.forgetting.rules import Rule, anniversary, rules_of, turns_eighteen
from tests.journeys.test_expunging import a_day_of_four, child_of, installation
from tests.journeys.worlds import Worlds
from tests.linkage.a_small_world import a_number, deliver_first

AT = datetime(2026, 11, 23, 12, tzinfo=UTC)

__all__ = ["installation"]

# All of the small world were born on this day, and come of age on the other.
BORN, OF_AGE = date(2008, 3, 4), date(2026, 3, 4)

OWN = """
[[rule]]
name = "archive"
does = "SEAL"
years = 5
after = "EIGHTEENTH_BIRTHDAY"
source = "local"
[[rule]]
name = "releases"
does = "EXPUNGE"
years = 6
after = "EIGHTEENTH_BIRTHDAY"
classes = ["RELEASE"]
source = "local"
[[rule]]
name = "all"
does = "EXPUNGE"
years = 7
after = "EIGHTEENTH_BIRTHDAY"
source = "local"
"""


@pytest.mark.parametrize(
    ("born", "of_age"),
    [
        (date(2008, 3, 4), date(2026, 3, 4)),
        (date(2008, 2, 29), date(2026, 3, 1)),
        (date(2002, 2, 28), date(2020, 2, 28)),
        (date(2008, 12, 31), date(2026, 12, 31)),
    ],
)
def test_she_is_a_child_until_her_eighteenth_birthday(born, of_age):
    assert turns_eighteen(born) == of_age


@pytest.mark.parametrize("born", [date(2008, 2, 28), date(2008, 2, 29), date(2008, 3, 1)])
@pytest.mark.parametrize("years", [0, 1, 2, 5, 25])
def test_a_rule_is_due_on_the_anniversary_and_not_the_day_before(born, years):
    rule = Rule(name="r", does="EXPUNGE", years=years, after="EIGHTEENTH_BIRTHDAY", source="local")
    event = turns_eighteen(born)
    day = anniversary(event, years)
    assert rule.latest_event(day) >= event
    assert rule.latest_event(date.fromordinal(day.toordinal() - 1)) < event


def test_every_rule_shipped_says_that_no_document_does(tmp_path):
    rules = rules_of(tmp_path)
    assert {rule.source for rule in rules} == {"local schedule, not from the documents"}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("[[rule]]\nname='a'", "cannot be read"),
        ("rule = 3", "no schedule"),
        ("[[rule", "no schedule"),
        (OWN.replace('does = "SEAL"', 'does = "SEAL"\nclasses = ["COURT"]'), "as|is of a child"),
        (OWN.replace('name = "all"', 'name = "archive"'), "two rules of one name"),
    ],
)
def test_a_schedule_that_cannot_be_read_says_where(tmp_path, wrong, said):
    (tmp_path / "retention.toml").write_text(wrong)
    with pytest.raises(UsageError, match=said):
        rules_of(tmp_path)


def a_day_of_three(installation: Settings) -> None:
    deliver_first(installation.home, 3)
    job.link(installation)


def test_what_is_due_is_counted_and_nothing_is_done(
    installation: Settings, graph_door: Door, worlds: Worlds
):
    worlds.put(a_day_of_four, installation)
    (installation.home / "retention.toml").write_text(OWN)
    day_before = {one.rule: one for one in what_is_due(installation, date(2031, 3, 3))}
    assert [one.children for one in day_before.values()] == [[], [], []]
    due = {one.rule: one for one in what_is_due(installation, date(2033, 3, 4))}
    assert {rule: (len(one.children), one.records) for rule, one in due.items()} == {
        "archive": (4, 0), "releases": (4, 4), "all": (4, 16),
    }  # fmt: skip
    assert all(child.startswith("child_") for one in due.values() for child in one.children)
    assert list(ledger.entries(installation.home)) == []


def test_the_schedule_is_kept_class_by_class(
    installation: Settings, graph_door: Door, worlds: Worlds
):
    worlds.put(a_day_of_three, installation)
    (installation.home / "retention.toml").write_text(OWN)
    children = [child_of(graph_door, a_number(number)) for number in (1, 2, 3)]
    count = "MATCH (n) WHERE labels(n)[0] IN $labels RETURN count(n) AS n"

    def left(*labels):
        with graph_door.reading() as session:
            return session.run(count, labels=list(labels)).single(strict=True)["n"]

    apply_schedule(installation, date(2032, 3, 4), by="records.officer")
    with graph_door.reading() as session:
        assert sealed_children(session) == sorted(map(str, children))
        release = "MATCH ()-[f:RELEASED_TO]->() RETURN count(f) AS n"
        assert session.run(release).single(strict=True)["n"] == 0
    # Sponsors were known from releases alone: what is left of them is an id.
    assert (left("Record"), left("Hearing"), left("SponsorBiographics")) == (12, 3, 0)
    assert [child_of(graph_door, a_number(number)) for number in (1, 2, 3)] == children

    apply_schedule(installation, date(2033, 3, 4), by="records.officer")
    assert left("Record", "Hearing", "Child", "ChildBiographics", "Address") == 0
    told = [(line["what"], line.get("of")) for line in ledger.entries(installation.home)]
    assert told[3:] == [("EXPUNGED", "rule releases"), ("EXPUNGED", "rule all")]
    assert job.link(installation).run is None


def test_the_commands_keep_and_forget_and_say_no_name(
    installation: Settings,
    graph_door: Door,
    worlds: Worlds,
    neo4j: Endpoint,
    monkeypatch: pytest.MonkeyPatch,
):
    worlds.put(a_day_of_three, installation)
    child = child_of(graph_door, a_number(2))
    for name, value in (
        ("NEO4J_URI", neo4j.uri),
        ("NEO4J_USER", neo4j.user),
        ("NEO4J_PASSWORD", neo4j.password),
        ("SPONSORGRAPH_HOME", str(installation.home)),
    ):
        monkeypatch.setenv(name, value)

    def asked(*command: str) -> str:
        done = CliRunner().invoke(app, command)
        assert done.exit_code == 0, (command, done.output, done.exception)
        return done.stdout

    assert "She is sealed" in asked("seal", str(child), "--why", "court order 3")
    assert asked("sealed").strip() == child
    assert "off" in asked("unseal", str(child), "--why", "appeal", "--as", "a judge")
    told = [asked("retention", "due", "--on", "2033-03-04")]
    told.append(asked("expunge", str(child), "--why", "court order 4", "--json"))
    assert json.loads(told[1])["records"] == 5
    told.append(asked("retention", "apply", "--on", "2031-03-04", "--json"))
    assert [len(one["children"]) for one in json.loads(told[2])] == [2, 0, 0, 0, 0]
    assert "lines (5) and the files" in asked("retention", "verify")
    assert not any("A000" in text or "Garc" in text for text in told)
    # The audit knows how far the ledger had come.
    folder = installation.home / "audit"
    rows = b"".join(file.read_bytes() for file in sorted(folder.glob("*")) if file.is_file())
    assert rows.count(b'"kind":"LEDGER"') == 4
    assert hash_of(list(ledger.entries(installation.home))[-1]).encode() in rows
    # So what is cut off its end is missed, also when it has grown again since.
    file = installation.home / "forgetting" / "ledger.jsonl"
    file.write_bytes(b"".join(file.read_bytes().splitlines(keepends=True)[:-1]))
    for _ in range(2):
        done = CliRunner().invoke(app, ["retention", "verify"])
        assert isinstance(done.exception, SponsorgraphError)
        assert "Line 5 of the ledger is not the one that the audit tells of" in str(done.exception)
        ledger.enter(installation.home, "SEALED", by="me", why="5", at=AT, once="another")
