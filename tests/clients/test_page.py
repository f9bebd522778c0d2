"""The page that a front-end developer wrote: what stands in `page/`, run as it stands."""

from tests.api.world import World
from tests.clients.a_small_world import Written, report
from tests.clients.workbench import Workbench


async def test_it_finds_a_child_follows_her_sponsor_and_hears_what_is_new(
    built: Workbench, address: str, world: World, people: Written
) -> None:
    to_come = {"listening": "1 First St", "cut": "2 Second St"}
    page = built.lines("node", "dist/page/page.test.js", SPONSORGRAPH_ADDRESS=address)
    async for line in page:
        said = line.removeprefix("# ")
        if said in to_come:
            await report(world, people.child, to_come.pop(said))
    assert to_come == {}
