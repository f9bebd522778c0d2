"""Children of each planned household, named and born as brothers and sisters are."""

from random import Random

from linkage.demo import facts
from linkage.demo.chance import Ids
from linkage.demo.population import naming
from linkage.demo.population.births import birth_days, birth_days_among
from linkage.demo.population.homes import Plan
from linkage.demo.population.kinship import family_surnames, kin
from linkage.demo.population.people import Child, Family, Household, Placement, Sponsor
from linkage.demo.population.sponsors import OLDER_THAN_A_MOTHER, Sponsors, could_be
from linkage.demo.population.travel import Journey
from linkage.demo.windows import YEAR

COUSINS = 0.12  # A: groups in which the last child is a cousin of the others
BOYS_AMONG_SIBLINGS = 0.6  # A
TWINS_OF_ONE_SEX = 0.65  # A
SIBLINGS_FOLLOW = 0.4  # A: a relative who sponsors again takes in the same children's siblings
WITHOUT_SPONSOR = 0.03  # A: children alone who go to foster care or age out
_OTHER_PARENT = {"Mother": "Father", "Father": "Mother"}
_TRIES = 40


class Families:
    """Makes people; everything is drawn from one generator, so a seed is a world."""

    def __init__(self, sponsors: Sponsors, rng: Random) -> None:
        self._sponsors, self._rng = sponsors, rng
        self._child_ids, self._family_ids = Ids(rng, "C", 9), Ids(rng, "F", 9)
        self._group_ids = Ids(rng, "", 7)

    def arrive(self, plan: Plan, household: Household, journey: Journey) -> list[Child]:
        """A journey's children, released to somebody of the household."""
        family, days = None, None
        sponsor = self._sponsors.known(plan.kind, household)
        if sponsor is None and plan.kind == "COUPLE" and household.sponsors:
            family, days = self._the_partners_children(household.sponsors[0], journey)
        elif sponsor is not None:
            family, days = self._more_children(sponsor, journey)
        if family is None or days is None:
            sponsor, days = None, birth_days(journey.size, journey.released, self._rng)
            family = self._family(journey.country, self._culture(journey))
        if sponsor is None:
            sponsor = self._sponsors.new(
                household, journey.relationship, journey.released, family, days[0]
            )
        sponsor.family = family
        sponsor.relationship, sponsor.category = journey.relationship, journey.category
        children = self._born(journey, family, days)
        self._release(plan, household, journey, sponsor, children)
        return children

    def _culture(self, journey: Journey) -> tuple[str, str, str]:
        culture = naming.culture_of(journey.country, self._rng)
        return culture, *naming.draw_surnames(culture, self._rng)

    def _family(self, country: str, named: tuple[str, str, str]) -> Family:
        return Family(self._family_ids.draw(), country, *named)

    def _the_partners_children(
        self, partner: Sponsor, journey: Journey
    ) -> tuple[Family | None, list[int] | None]:
        """A mother's partner, when he is the father, takes in their next children."""
        if partner.family is None or partner.relationship not in _OTHER_PARENT:
            return None, None
        days = self._siblings_days(partner, partner.family, journey)
        if days:
            journey.relationship, journey.category = _OTHER_PARENT[partner.relationship], "1"
            journey.country = partner.family.country
        return partner.family, days

    def _more_children(
        self, sponsor: Sponsor, journey: Journey
    ) -> tuple[Family | None, list[int] | None]:
        """A later journey to the same sponsor: siblings of the first, or other relatives."""
        family, parent = sponsor.family, kin(sponsor.relationship).parent
        if family and (parent or self._rng.random() < SIBLINGS_FOLLOW):
            days = self._siblings_days(sponsor, family, journey)
            if days:
                journey.relationship, journey.category = sponsor.relationship, sponsor.category
                journey.country = family.country
                return family, days
        return self._relatives(sponsor, journey)

    def _siblings_days(
        self, sponsor: Sponsor, family: Family, journey: Journey
    ) -> list[int] | None:
        parent = kin(sponsor.relationship).parent
        earliest = sponsor.born + round(OLDER_THAN_A_MOTHER * YEAR) if parent else 0
        elder = [child.born for child in family.children]
        return birth_days_among(elder, journey.size, journey.released, earliest, self._rng)

    def _relatives(
        self, sponsor: Sponsor, journey: Journey
    ) -> tuple[Family | None, list[int] | None]:
        """Children to whom the sponsor is an aunt, a cousin, a friend; None when none would fit."""
        rng, days = self._rng, birth_days(journey.size, journey.released, self._rng)
        for _ in range(_TRIES):
            category = rng.choice("223")
            relationship = facts.relationships_by_category()[category].draw(rng)
            if could_be(kin(relationship), sponsor, days[0]):
                journey.category, journey.relationship = category, relationship
                named = family_surnames(kin(relationship), sponsor.name, journey.country, rng)
                return self._family(journey.country, named), days
        return None, None

    def _born(self, journey: Journey, family: Family, days: list[int]) -> list[Child]:
        group = self._group_ids.draw() if journey.size > 1 else ""
        cousin = journey.size > 1 and self._rng.random() < COUSINS
        children: list[Child] = []
        for place, day in enumerate(days):
            twin = place > 0 and day == days[place - 1]
            alone = cousin and place == len(days) - 1 and not twin
            of = self._cousins(family) if alone else family
            children.append(self._child(journey, of, self._sex(journey, children, twin), day))
            children[-1].travel_group = group
            if twin:
                children[-1].twin = children[-2].twin = True
        return children

    def _cousins(self, family: Family) -> Family:
        """Children of a brother of the father: one surname in common."""
        maternal = naming.draw_surname(family.culture, self._rng) if family.maternal else ""
        return self._family(family.country, (family.culture, family.paternal, maternal))

    def _sex(self, journey: Journey, before: list[Child], twin: bool) -> str:
        if not before:
            return journey.first_sex
        if twin and self._rng.random() < TWINS_OF_ONE_SEX:
            return before[-1].sex
        return "M" if self._rng.random() < BOYS_AMONG_SIBLINGS else "F"

    def _child(self, journey: Journey, family: Family, sex: str, day: int) -> Child:
        child = Child(
            id=self._child_ids.draw(),
            family=family,
            name=naming.child_name(family, sex, self._rng),
            sex=sex,
            born=day,
            crossed=journey.crossed,
            transferred=journey.transferred,
            fiscal_year=journey.fiscal_year,
        )
        family.children.append(child)
        return child

    def _release(
        self,
        plan: Plan,
        household: Household,
        journey: Journey,
        sponsor: Sponsor,
        children: list[Child],
    ) -> None:
        to: tuple[Sponsor | None, str, str, str]
        to = sponsor, journey.relationship, journey.category, "SPONSOR"
        if plan.kind == "SINGLE" and journey.size == 1 and self._rng.random() < WITHOUT_SPONSOR:
            to = None, "", "", self._without_sponsor(children[0], journey.released)
            household.sponsors.clear()
        for child in children:
            child.placements.append(Placement(journey.released, household, *to))

    def _without_sponsor(self, child: Child, released: int) -> str:
        """The release type; who ages out is released on the eighteenth birthday."""
        if self._rng.random() < 0.6:  # noqa: PLR2004 A
            return "FOSTER_CARE"
        child.born = released - round(18 * YEAR)
        return "AGED_OUT"
