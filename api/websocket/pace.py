"""How fast a client may send."""

from collections.abc import Callable


class Pace:
    """So many a second on average, and twice as many at once after a pause."""

    def __init__(self, a_second: float, clock: Callable[[], float]) -> None:
        self._a_second = a_second
        self._most = 2 * a_second
        self._left = self._most
        self._clock = clock
        self._last = clock()

    def allows_one_more(self) -> bool:
        now = self._clock()
        self._left = min(self._most, self._left + (now - self._last) * self._a_second)
        self._last = now
        if self._left < 1:
            return False
        self._left -= 1
        return True
