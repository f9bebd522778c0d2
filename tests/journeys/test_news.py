"""What is news after a delivery: what its records say for the first time, and nothing else."""

from pathlib import Path

import pytest
from pydantic import SecretStr

from graph.connection import AsyncDoor, Door, Endpoint
from graph.settings import Settings
from linkage import job
from tests.api.conftest import async_door  # noqa: F401 - a fixture
from tests.api.ears import Ears, beginning
from tests.linkage.a_linker import link_plainly
from tests.linkage.a_small_world import (
    a_number,
    deliver_again,
    deliver_first,
    deliver_second,
)

CHILDREN = 6
REPORTED = """subscription ($after: String) { addressReported(after: $after) {
  ... on AddressReported { cursor report { kind } resident { ... on Child { aNumber } } } } }"""
MISSED = """subscription ($after: String) { failedToAppear(after: $after) {
  ... on FailedToAppear { cursor report { source } child { aNumber } hearing { court } } } }"""


@pytest.fixture
def installation(
    tmp_path: Path, neo4j: Endpoint, graph_door: Door, monkeypatch: pytest.MonkeyPatch
) -> Settings:
    """A home of its own on the session's Neo4j, which is empty."""
    monkeypatch.setattr(job, "link_records", link_plainly)
    return Settings(
        home=tmp_path / "home",
        neo4j_uri=neo4j.uri,
        neo4j_user=neo4j.user,
        neo4j_password=SecretStr(neo4j.password),
    )


async def test_each_delivery_tells_what_is_new_in_it(
    installation: Settings,
    async_door: AsyncDoor,  # noqa: F811
):
    home, ears = installation.home, Ears(async_door)
    deliver_first(home, CHILDREN)
    job.link(installation)
    # ERO's file and ORR's release name each child's address, and the release her sponsor's.
    first = await ears.hear(REPORTED, 3 * CHILDREN, after=beginning())
    assert await ears.hear(MISSED, 0, after=beginning("failedToAppear")) == []

    # Two of the six have moved; of others PLANet's records come in a new version.
    deliver_second(home, CHILDREN)
    job.link(installation)
    moved = await ears.hear(REPORTED, 2, after=first[-1]["cursor"])
    assert sorted(one["resident"]["aNumber"] for one in moved) == [a_number(3), a_number(6)]
    assert {one["report"]["kind"] for one in moved} == {"ENFORCEMENT_FILE"}

    # A name is mended, so that a record comes again, with the address that it had: no news.
    deliver_again(home, "2024-03-31", entered="2024-03-01")
    job.link(installation)
    (missed,) = await ears.hear(MISSED, 1, after=beginning("failedToAppear"))
    assert missed["child"] == {"aNumber": a_number(1)}
    assert (missed["report"]["source"], missed["hearing"]["court"]) == ("PLANET", "HOU")
    assert await ears.hear(REPORTED, 0, after=moved[-1]["cursor"]) == []

    # The same failure to appear, entered on another day, is no second one.
    deliver_again(home, "2024-04-30", entered="2024-04-01")
    job.link(installation)
    assert await ears.hear(MISSED, 0, after=missed["cursor"]) == []
    assert await ears.hear(REPORTED, 0, after=moved[-1]["cursor"]) == []
