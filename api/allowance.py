"""How much one person is told in a while, whatever their role opens to them.

A role opens children one by one, to somebody who looks for a child. Nobody looks for twenty
thousand in an hour: that is a copy being made, by its bearer or by whoever has the token now.
Counted in each process by the name that the token bears.
"""

import time
from collections.abc import Callable, Collection
from dataclasses import dataclass

from api.errors import Refused
from api.plan.documents import Remembered
from api.settings import ApiSettings
from graph.sharing import Viewer

_KEPT = 10_000
_HOUR = 3_600
_OF_PEOPLE = ("child_", "sponsor_")
_TOO_OFTEN = "You ask more often than a person does: ask again in a moment."
_TOO_MANY = (
    "You have been told of more people than anybody looks for in an hour: ask for fewer, later. "
    "Whoever needs more is given it by SPONSORGRAPH_API_MOST_PEOPLE_AN_HOUR."
)


@dataclass(slots=True)
class _Left:
    at: float
    operations: float
    people: float


class Allowance:
    """What is left to each of those who asked lately; 0 in the settings is no limit.

    Whoever holds the database's own keys has no role, and is not counted.
    """

    def __init__(self, limits: ApiSettings, clock: Callable[[], float] = time.monotonic) -> None:
        self._a_second = limits.most_operations_a_second
        self._an_hour = limits.most_people_an_hour
        self._limited = bool(self._a_second or self._an_hour)
        self._clock = clock
        self._left: Remembered[_Left] = Remembered(_KEPT)

    def for_another(self, viewer: Viewer) -> Refused | None:
        """Take one operation of what is left, or say why there is none."""
        if viewer.role is None or not self._limited:
            return None
        left = self._now(viewer.name)
        if self._an_hour and left.people <= 0:
            return Refused(_TOO_MANY, "people", code="TOO_OFTEN", status=429)
        if self._a_second and left.operations < 1:
            return Refused(_TOO_OFTEN, "often", code="TOO_OFTEN", status=429)
        left.operations -= 1
        return None

    def told(self, viewer: Viewer, seen: Collection[str]) -> None:
        """They were told of these things; those who are people count."""
        if viewer.role is not None and self._an_hour:
            people = 0
            for each in seen:  # half the time of a sum, on the way of every answer
                if each.startswith(_OF_PEOPLE):
                    people += 1
            self._now(viewer.name).people -= people

    def _now(self, name: str) -> _Left:
        now = self._clock()
        left = self._left.get(name)
        if left is None:
            return self._left.put(name, _Left(now, 2 * self._a_second, self._an_hour))
        passed = now - left.at
        left.at = now
        left.operations = min(2 * self._a_second, left.operations + passed * self._a_second)
        left.people = min(self._an_hour, left.people + passed * self._an_hour / _HOUR)
        return left
