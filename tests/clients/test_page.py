"""The page that a front-end developer wrote: what stands in `page/`, run as it stands."""

import shutil

from tests.api.world import World
from tests.clients.a_small_world import Written, report
from tests.clients.workbench import Workbench


async def test_it_finds_a_child_follows_her_sponsor_and_misses_nothing_when_it_is_cut_off(
    built: Workbench, served: dict[str, str], world: World, people: Written
) -> None:
    to_come = {"listening": "1 First St", "cut": "2 Second St"}
    page = built.lines("node", "dist/page/page.test.js", **served)
    async for line in page:
        said = line.removeprefix("# ")
        if said in to_come:
            await report(world, people.child, to_come.pop(said))
    assert to_come == {}


async def test_a_browser_shows_it_from_another_origin_and_the_explorer_from_ours(
    built: Workbench, served: dict[str, str], page_address: str, world: World, people: Written
) -> None:
    chromium = shutil.which("chromium")
    assert chromium, "There is no chromium here: install it (on Debian: apt-get install chromium)."
    where = {**served, "PAGE_ADDRESS": page_address, "CHROMIUM": chromium}
    async for line in built.lines("node", "dist/browser.test.js", **where):
        if line.removeprefix("# ") == "listening":
            await report(world, people.child, "4 Fourth St")
