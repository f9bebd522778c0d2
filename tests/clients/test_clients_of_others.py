"""Clients as the world uses them, each asking the served graph in a process of its own."""

import pytest

from api.trusted import load
from tests.clients.a_small_world import Written
from tests.clients.workbench import Workbench

SENTENCES = ("audit", "apollo", "urql", "relay/relay", "graphql_ws")


def test_all_that_is_asked_of_the_schema_compiles_strictly(built: Workbench) -> None:
    """Relay's compiler, the code generator and TypeScript went through, or `built` failed."""
    assert (built.folder / "relay/__generated__/ChildrenForwardPageQuery.graphql.ts").exists()
    assert "EveryQuerySponsorNetworkDocument" in (built.folder / "gql/graphql.ts").read_text()


@pytest.mark.parametrize("client", SENTENCES)
def test_it_is_at_home_here(
    built: Workbench, served: dict[str, str], people: Written, client: str
) -> None:
    told = built.run("node", "--test-reporter=tap", f"dist/{client}.test.js", **served)
    assert "\n# fail 0\n" in told
    assert "\n# pass 0\n" not in told


def test_the_manifest_that_the_code_generator_writes_is_one_to_trust(built: Workbench) -> None:
    trusted = load(built.folder / "page" / "gql" / "persisted-documents.json")
    assert sorted(text.split("(")[0] for text in trusted.values()) == [
        "query FindChild",
        "query FollowNetwork",
        "subscription HearOfAddresses",
    ]
