"""Sponsors: who they are to the children, and who of a household stands sponsor."""

from random import Random

from linkage.demo.chance import Ids
from linkage.demo.population.kinship import Kin, kin, sponsor_name
from linkage.demo.population.people import Family, Household, Sponsor
from linkage.demo.windows import YEAR

NEW_PHONE = 0.15  # A: sponsors who change their number
SAME_SPONSOR_IN_HUB = 0.7  # A
ADULT = round(18 * YEAR)
OLDER_THAN_A_MOTHER = 15  # years a parent is older than any child, at the least


class Sponsors:
    def __init__(self, rng: Random) -> None:
        self._rng, self._ids = rng, Ids(rng, "S", 9)

    def known(self, kind_of_household: str, household: Household) -> Sponsor | None:
        """Who of the household stands sponsor once more, or None when it is somebody new."""
        if not household.sponsors or kind_of_household in ("SINGLE", "COUPLE"):
            return None
        if kind_of_household == "HUB" and self._rng.random() >= SAME_SPONSOR_IN_HUB:
            return None
        return self._rng.choice(household.sponsors)

    def new(
        self, household: Household, relationship: str, day: int, family: Family, eldest: int
    ) -> Sponsor:
        """Somebody new in the household, of an age and name that fit the relationship."""
        rng, kind = self._rng, kin(relationship)
        sex = kind.sex or rng.choice("FM")
        born = eldest - round(rng.uniform(*kind.older) * YEAR)
        sponsor = Sponsor(
            id=self._ids.draw(),
            name=sponsor_name(kind, sex, family, rng),
            sex=sex,
            born=min(born, day - ADULT - rng.randrange(20, 900)),
            phones=self._phones(household),
        )
        household.sponsors.append(sponsor)
        return sponsor

    def _phones(self, household: Household) -> list[str]:
        """Numbers nobody has, 555-01xx. Who joins a household shares its phone."""
        phones = [household.sponsors[0].phones[0]] if household.sponsors else [self._phone()]
        return [*phones, self._phone()] if self._rng.random() < NEW_PHONE else phones

    def _phone(self) -> str:
        # Any area code of the plan's form [2-9][0-8][2-9]: phones move with their owners.
        rng = self._rng
        area = f"{rng.randrange(2, 10)}{rng.randrange(9)}{rng.randrange(2, 10)}"
        return f"{area}-555-01{rng.randrange(100):02d}"


def could_be(kind: Kin, sponsor: Sponsor, eldest: int) -> bool:
    """Whether somebody already there can be this to other children."""
    older = (eldest - sponsor.born) / YEAR
    fits = kind.sex in ("", sponsor.sex) and kind.older[0] <= older <= kind.older[1]
    return fits and kind.shares in ("ONE", "NONE")
