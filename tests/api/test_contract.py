"""The schema as clients were promised it: nothing leaves unannounced, and every change is told."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from graphql import build_schema

from api.contract.leaving import NOTICE, deprecations, leaves_on, refused, too_soon
from api.contract.releases import RELEASED, Break, Release, announced, release, releases
from api.contract.telling import changelog, told
from graph.errors import UsageError
from tests.api.conftest import SCHEMA

ADVICE = (
    "Keep what clients have: deprecate it (CONTRIBUTING.md, To change what clients rely on), or"
    " announce the break in api/released/breaks.toml."
)


def test_no_client_of_a_released_schema_breaks():
    for one in releases()[-1:]:
        breaking = refused(one.schema, SCHEMA, announced(), date.today())
        assert breaking == [], ADVICE


def test_each_release_kept_what_the_one_before_it_promised():
    for old, new in pairwise(releases()):
        assert refused(old.schema, new.schema, announced(), new.day) == []


def test_whoever_deprecates_says_on_which_day_it_leaves():
    undated = [what for what, reason in deprecations(SCHEMA).items() if leaves_on(reason) is None]
    assert undated == []
    assert too_soon(releases()) == []


def test_announced_breaks_are_told_in_good_time():
    for one in announced():
        assert one.urgent or one.comes >= one.told + NOTICE, one.change


def test_the_page_of_changes_is_written_from_what_was_released():
    written = (RELEASED.parent / "SCHEMA_CHANGES.md").read_text(encoding="utf-8")
    assert written == changelog(releases()), "run `./dev schema --release VERSION`"


OLD = """
interface Node { id: ID! }
type Child implements Node { id: ID! name: String! age(asOf: Int): Int weight: Float sex: Sex }
enum Sex { F M X @deprecated(reason: "Nobody sends it. Leaves on 2027-03-01.") }
type Stamp { day: String }
type Query {
  child: Child
  node: Node
  stamp: Stamp @deprecated(reason: "Use `day`. Leaves on 2027-03-01.")
  found(text: String, exact: Int @deprecated(reason: "Use `text`. Leaves on 2027-03-01.")): Int
}
"""
DAY = date(2027, 3, 1)
EVE = DAY - timedelta(days=1)


def now(*replaced, day=DAY, breaks=()):
    text = OLD
    for old, new in replaced:
        assert old in text
        text = text.replace(old, new)
    return refused(build_schema(OLD), build_schema(text), list(breaks), day)


STAMP = '  stamp: Stamp @deprecated(reason: "Use `day`. Leaves on 2027-03-01.")\n'
EXACT = ', exact: Int @deprecated(reason: "Use `text`. Leaves on 2027-03-01.")'
X = ' X @deprecated(reason: "Nobody sends it. Leaves on 2027-03-01.")'
GONE = [(STAMP, ""), ("type Stamp { day: String }\n", ""), (EXACT, ""), (X, "")]


@pytest.mark.parametrize(
    ("gone", "refusal"),
    [
        ((" weight: Float", ""), "Field Child.weight was removed."),
        (("(asOf: Int)", ""), "Argument Child.age(asOf:) was removed."),
        ((" M X", " X"), "Enum value Sex.M was removed."),
        (("name: String!", "name: String"), "Field Child.name changed type from String! to String."),
        (("(asOf: Int)", "(asOf: Int!)"), "Argument Child.age(asOf:) has changed type from Int to Int!."),
        ((" implements Node", ""), "Child no longer implements interface Node."),
    ],
)  # fmt: skip
def test_what_a_client_may_use_does_not_go_unannounced(gone, refusal):
    assert now(gone) == [refusal]


def test_a_type_that_is_reached_by_its_interface_alone_does_not_go_either():
    hidden = OLD.replace("child: Child", "child: Int")
    gone = hidden.replace("type Child implements Node", "type Adult implements Node")
    assert refused(build_schema(hidden), build_schema(gone), [], DAY) == ["Child was removed."]


def test_what_was_deprecated_goes_on_its_day_and_not_on_its_eve():
    assert now(*GONE) == []
    assert len(now(*GONE, day=EVE)) == len(GONE)


def test_a_type_goes_with_the_last_field_that_leads_to_it():
    used = OLD.replace("weight: Float", "weight: Stamp")
    gone = (
        used.replace(STAMP, "").replace("weight: Stamp", "weight: Float").replace("Stamp", "Seal")
    )
    assert "Stamp was removed." in refused(build_schema(used), build_schema(gone), [], DAY)


def test_more_may_always_come():
    assert now((" weight: Float", " weight: Float height: Float")) == []
    assert now(("age(asOf: Int)", "age(asOf: Int, knownAt: Int)")) == []


def test_an_announced_break_comes_on_its_day():
    change = "Field Child.name changed type from String! to String."
    why = "A name may be withheld from now on: show the id."
    one = Break(change=change, told=DAY - NOTICE, comes=DAY, why=why)
    assert now(("name: String!", "name: String"), breaks=[one]) == []
    assert now(("name: String!", "name: String"), breaks=[one], day=EVE) == [change]


def a_release(version, day, text):
    return Release(version, day, text)


def test_a_day_to_leave_is_ninety_days_from_its_release_at_least():
    deprecated = 'type Query { a: Int @deprecated(reason: "Leaves on 2027-03-01.") }'
    undated = 'type Query { a: Int @deprecated(reason: "Use b.") }'
    assert too_soon([a_release("1.0.0", DAY - NOTICE, deprecated)]) == []
    assert too_soon([a_release("1.0.0", EVE, deprecated)]) == ["1.0.0: Query.a"]
    assert too_soon([a_release("1.0.0", EVE, undated)]) == ["1.0.0: Query.a"]


def test_a_change_is_told_to_whoever_writes_clients():
    new = OLD.replace(" weight: Float", ' weight: Float @deprecated(reason: "Use `x`.")')
    new = (
        new.replace(EXACT, "")
        .replace(" M X", " M U X")
        .replace("node: Node", "node: Node day: Int")
    )
    assert told(build_schema(OLD), build_schema(new)) == (
        "**Breaks**\n- Argument `Query.found(exact:)` was removed.\n\n"
        "**Take care**\n- Enum value `Sex.U` was added.\n\n"
        "**Leaves**\n- `Child.weight`: Use `x`.\n\n"
        "**New**\n- Field `Query.day` was added.\n"
    )  # fmt: skip
    assert told(build_schema(OLD), build_schema(OLD)) == "Nothing that a client could notice.\n"


def test_a_release_is_kept_under_a_later_version_and_told_on_the_page(tmp_path):
    release("0.9.0", "type Query { a: Int }\n", EVE, tmp_path)
    release("0.10.0", "type Query { a: Int b: Int }\n", DAY, tmp_path)
    with pytest.raises(UsageError, match=r"0\.10\.0 is released: give a later version"):
        release("0.9.1", "type Query { a: Int }\n", DAY, tmp_path)
    with pytest.raises(UsageError, match="three numbers"):
        release("next", "type Query { a: Int }\n", DAY, tmp_path)
    page = changelog(releases(tmp_path))
    assert "## 0.10.0, 2027-03-01\n**New**\n- Field `Query.b` was added.\n" in page
    assert page.index("0.10.0") < page.index("## 0.9.0, 2027-02-28\nThe first.")


def test_a_released_file_that_was_touched_is_not_read_as_another(tmp_path):
    (tmp_path / "1.0.0.graphql").write_text("type Query { a: Int }\n")
    with pytest.raises(UsageError, match=r"must begin with `# 1\.0\.0, released on"):
        releases(tmp_path)
