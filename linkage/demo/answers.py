"""The truth that belongs to no record: families, twins, planted hubs."""

from pathlib import Path

from linkage.demo.delivery import line
from linkage.demo.population.people import Population


def write_families(folder: Path, population: Population) -> None:
    """families.csv: person_id, family_id, twin (Y or N); children of the same two parents."""
    with (folder / "families.csv").open("w", encoding="utf-8", newline="") as out:
        out.write("person_id,family_id,twin\n")
        for child in sorted(population.children, key=lambda child: child.id):
            out.write(line((child.id, child.family.id, "Y" if child.twin else "N")))


def write_hubs(folder: Path, population: Population) -> None:
    """hubs.csv: hub_id, address_id, role, person_id; everybody released to a planted hub."""
    with (folder / "hubs.csv").open("w", encoding="utf-8", newline="") as out:
        out.write("hub_id,address_id,role,person_id\n")
        for child in population.children:
            household = child.placements[0].household
            if household.hub:
                key = household.hub, household.homes[0].address.id
                out.write(line((*key, "CHILD", child.id)))
        for household in population.households:
            for sponsor in household.sponsors if household.hub else ():
                key = household.hub, household.homes[0].address.id
                out.write(line((*key, "SPONSOR", sponsor.id)))
