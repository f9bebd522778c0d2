"""Which journeys end at one sponsor's, where that is, and how the household moves on."""

from dataclasses import dataclass
from random import Random

from linkage.demo import facts
from linkage.demo.chance import Weighted
from linkage.demo.facts import Town
from linkage.demo.figures import THE_OFFICE, Figures
from linkage.demo.population.people import Home, Household
from linkage.demo.population.streets import Streets
from linkage.demo.population.travel import Journey
from linkage.demo.windows import AS_OF, YEAR

SPONSORS_AGAIN = 0.03  # A: sponsors who take in children again later
COUPLES = 0.02  # A: households where the partner sponsors the next child
A_HUB_PER = 1_500  # A: children in the world for each planted hub
HUB_CHILDREN = (5, 25)  # A
MOVES_A_YEAR = 0.20  # A: between 15 and 25 % of households a year
POST_OFFICE_BOX = 0.02  # A: homes whose letters go to a box
SAME_TOWN, SAME_STATE = 0.65, 0.92  # A: how far a move goes; the rest leave the state


@dataclass(slots=True, eq=False)
class Plan:
    """A household to be: SINGLE, AGAIN (one sponsor, later again), COUPLE or HUB."""

    kind: str
    journeys: list[Journey]
    in_the_office: bool = False
    hub: str = ""  # the key of a planted hub

    @property
    def children(self) -> int:
        return sum(journey.size for journey in self.journeys)


def plan_households(journeys: list[Journey], figures: Figures, rng: Random) -> list[Plan]:
    """All journeys shared out over households, the one office given exactly its children."""
    waiting = list(journeys)
    hubs = range(1, figures.children // A_HUB_PER + 1)
    plans = [_hub(f"HUB-{number}", waiting, rng, figures.children) for number in hubs]
    while waiting:
        luck = rng.random()
        kind = "AGAIN" if luck < SPONSORS_AGAIN else "COUPLE"
        if luck >= SPONSORS_AGAIN + COUPLES or len(waiting) == 1:
            plans.append(Plan("SINGLE", [waiting.pop()]))
            continue
        visits = 3 if kind == "AGAIN" and len(waiting) > 2 and rng.random() < 0.15 else 2  # noqa: PLR2004
        plans.append(Plan(kind, [waiting.pop() for _ in range(visits)]))
    for plan in plans:
        plan.journeys.sort(key=lambda journey: journey.released)
    _fill_the_office(plans, figures.office_children, rng)
    return plans


def _hub(key: str, waiting: list[Journey], rng: Random, children: int) -> Plan:
    wanted = min(rng.randint(*HUB_CHILDREN), max(HUB_CHILDREN[0], children // 20))
    taken: list[Journey] = []
    while waiting and sum(journey.size for journey in taken) < wanted:
        taken.append(waiting.pop())
    return Plan("HUB", taken, hub=key)


def _fill_the_office(plans: list[Plan], seats: int, rng: Random) -> None:
    order = sorted(rng.sample(plans, len(plans)), key=lambda plan: plan.children == 1)
    # Households of several get a seat as often as chance would; children alone fill the rest.
    share = seats / max(1, sum(plan.children for plan in plans))
    for plan in order:
        fits = plan.children <= seats
        if fits and (plan.children == 1 or rng.random() < share):
            plan.in_the_office, seats = True, seats - plan.children


class Settlement:
    """Finds homes for households."""

    def __init__(self, streets: Streets, rng: Random) -> None:
        self._streets, self._rng = streets, rng
        office = facts.states_of_office(THE_OFFICE)
        self._states = {
            (year, inside): _states(counts, office, inside)
            for year, counts in facts.states_by_year().items()
            for inside in (True, False)
        }

    def settle(self, plan: Plan) -> Household:
        """A household with all its homes until the extracts were cut."""
        first, last = plan.journeys[0], plan.journeys[-1]
        state = self._states[first.fiscal_year, plan.in_the_office].draw(self._rng)
        town = facts.towns_by_state()[state].draw(self._rng)
        household = Household([self._home(first.released - 30, town)], hub=plan.hub)
        if plan.kind != "HUB":
            self._move_on(household, town, stays_until=last.released)
        return household

    def settle_near(self, state: str, since: int) -> Household:
        """The household of a sponsor who takes a child over."""
        town = facts.towns_by_state()[state].draw(self._rng)
        household = Household([self._home(since - 30, town)])
        self._move_on(household, town, stays_until=since)
        return household

    def _move_on(self, household: Household, town: Town, stays_until: int) -> None:
        day = household.homes[0].since + 31
        while (day := day + round(self._rng.expovariate(MOVES_A_YEAR) * YEAR) + 1) < AS_OF:
            town = self._next_town(town, may_leave=day > stays_until)
            household.homes.append(self._home(day, town))

    def _next_town(self, town: Town, *, may_leave: bool) -> Town:
        luck = self._rng.random()
        if luck < SAME_TOWN:
            return town
        if luck < SAME_STATE or not may_leave:
            return facts.towns_by_state()[town.state].draw(self._rng)
        state = self._rng.choice(sorted(facts.towns_by_state()))
        return facts.towns_by_state()[state].draw(self._rng)

    def _home(self, since: int, town: Town) -> Home:
        address = self._streets.draw(town)
        boxed = self._rng.random() < POST_OFFICE_BOX
        return Home(since, address, self._streets.box(address) if boxed else None)


def _states(counts: dict[str, int], office: frozenset[str], inside: bool) -> Weighted[str]:
    kept = {state: n for state, n in counts.items() if (state in office) == inside}
    return Weighted(list(kept), list(kept.values()))
