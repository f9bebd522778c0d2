"""Made-up addresses in real cities: houses, apartment buildings that families share, boxes."""

from collections import defaultdict
from random import Random

from linkage.demo.chance import Ids
from linkage.demo.facts import Town
from linkage.demo.population.people import Address
from linkage.demo.words import words

APARTMENTS = 0.40  # A: homes that are a unit in a building
IN_A_KNOWN_BUILDING = 0.7  # A: of these, in a building where another household lives or lived
SHARED_HOUSE = 0.03  # A: houses that take in a second household
UNITS_IN_BUILDING = 24

# Generic names found in any town; no street is looked up anywhere.
_NAMES = words(
    "MAIN OAK MAPLE CEDAR PINE ELM WALNUT CHESTNUT WILLOW BIRCH SPRUCE POPLAR MAGNOLIA DOGWOOD "
    "HICKORY SYCAMORE LAUREL HOLLY JUNIPER ASPEN WASHINGTON JEFFERSON MADISON JACKSON LINCOLN "
    "GRANT ADAMS MONROE FRANKLIN HAMILTON CLAY PARK LAKE HILL RIVER SPRING VALLEY MEADOW FOREST "
    "CHURCH SCHOOL MILL BRIDGE STATION MARKET CENTER UNION LIBERTY COLLEGE HIGHLAND RIDGE "
    "SUNSET SUNRISE PROSPECT PLEASANT GROVE ORCHARD VINE CHERRY PEACH APPLE ROSE IVY FERN "
    "CANYON MESA PRAIRIE COTTONWOOD PECAN ALMOND STONE ROCK CREEK BROOK GLEN DALE FAIRVIEW "
    "LAKEVIEW RIVERSIDE BROOKSIDE HILLCREST WOODLAND EDGEWOOD GREENWOOD OAKWOOD LINDEN LOCUST "
    "MULBERRY HAWTHORNE 1ST 2ND 3RD 4TH 5TH 6TH 7TH 8TH 9TH 10TH 12TH 14TH 17TH 21ST 34TH 42ND "
    "55TH"
)
_KINDS = words("STREET STREET STREET AVENUE AVENUE ROAD DRIVE LANE COURT BOULEVARD PLACE CIRCLE")
_DIRECTIONS = ("", "", "", "", "N ", "S ", "E ", "W ")


class Streets:
    """Gives out addresses, each building one line for ever."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._ids = Ids(rng, "D", 9)
        self._lines: set[tuple[str, str]] = set()
        self._units: dict[tuple[str, str], Address] = {}
        self._buildings: defaultdict[Town, list[tuple[str, str]]] = defaultdict(list)
        self._houses: defaultdict[Town, list[Address]] = defaultdict(list)

    def draw(self, town: Town) -> Address:
        if self._rng.random() < APARTMENTS:
            return self._apartment(town)
        houses = self._houses[town]
        if houses and self._rng.random() < SHARED_HOUSE:
            return self._rng.choice(houses)
        houses.append(self._place(*self._new_line(town), "", town))
        return houses[-1]

    def shelter(self, town: Town) -> Address:
        """An ORR shelter: one address that hundreds of children once had."""
        line, zip_code = self._new_line(town)
        return self._place(line, zip_code, "", town)

    def box(self, home: Address) -> Address:
        line = f"PO BOX {self._rng.randrange(100, 9999)}"
        known = self._units.get((line, home.zip))
        return known or self._remember(line, "", home.zip, home.town)

    def _apartment(self, town: Town) -> Address:
        buildings = self._buildings[town]
        if not buildings or self._rng.random() >= IN_A_KNOWN_BUILDING:
            buildings.append(self._new_line(town))
        # The newest buildings fill first: neighbours arrive about the same time.
        line, zip_code = self._rng.choice(buildings[-8:])
        return self._place(line, zip_code, self._unit(), town)

    def _unit(self) -> str:
        number = self._rng.randrange(UNITS_IN_BUILDING)
        floor, door = number // 4 + 1, number % 4
        return f"{floor}{'ABCD'[door]}" if self._rng.random() < 2 / 3 else f"{floor}0{door + 1}"

    def _new_line(self, town: Town) -> tuple[str, str]:
        rng = self._rng
        while True:
            street = f"{rng.choice(_DIRECTIONS)}{rng.choice(_NAMES)} {rng.choice(_KINDS)}"
            line, zip_code = f"{rng.randrange(100, 9900)} {street}", rng.choice(town.zips)
            if (line, zip_code) not in self._lines:
                self._lines.add((line, zip_code))
                return line, zip_code

    def _place(self, line: str, zip_code: str, unit: str, town: Town) -> Address:
        known = self._units.get((f"{line}/{unit}", zip_code))
        return known or self._remember(line, unit, zip_code, town)

    def _remember(self, line: str, unit: str, zip_code: str, town: Town) -> Address:
        address = Address(self._ids.draw(), line, unit, town, zip_code)
        key = f"{line}/{unit}" if not line.startswith("PO BOX") else line
        self._units[key, zip_code] = address
        return address
