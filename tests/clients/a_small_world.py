"""What the clients find: sixteen children of one name, and one whose case is followed."""

from dataclasses import dataclass
from datetime import date

from tests.api.world import World

NAMESAKES = 16


@dataclass(frozen=True)
class Written:
    """The ids that a test goes by."""

    child: str
    sponsor: str
    home: str
    sister: str


async def written(world: World) -> Written:
    """Natividad, whose sister and home are found by way of their father; and all the others."""
    for day in range(1, NAMESAKES + 1):
        await world.a_child(None, f"Ana {'ABCDEFGHIJKLMNOP'[day - 1]}", "Reyes",
                            date_of_birth=date(2010, 5, day))  # fmt: skip
    child = await world.a_child(
        "A000425750", "Natividad Alberto", "Martinez Diaz", date_of_birth=date(2009, 1, 31)
    )
    sister = await world.a_child("A000425751", "Elena", "Martinez Diaz")
    sponsor = await world.a_sponsor("Cesar Ricardo", "Martinez Mendez")
    home = await world.an_address("5260 E Madison Ln", "5A", "Gaithersburg", "MD")
    for one in (child, sister):
        await world.released_to(one, sponsor, released_on=date(2019, 2, 2))
        await world.lives_at(one, home, reported_on=date(2022, 3, 7))
    for month in (3, 6, 9):
        await world.a_hearing(child, court="BAL", day=date(2019, month, 9))
    return Written(child, sponsor, home, sister)


async def report(world: World, child: str, line1: str) -> None:
    """A later run, in which somebody says that she lives elsewhere."""
    world.run += 1
    await world.lives_at(child, await world.an_address(line1), reported_on=date(2024, 6, 1))
    await world.publish()
