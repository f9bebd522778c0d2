"""When a notice that was not taken is tried again: later each time, and never all at once."""

import random
from datetime import datetime, timedelta

from api.worker.settings import WorkerSettings


def again_at(
    tries: int, now: datetime, settings: WorkerSettings, lot: float | None = None
) -> datetime | None:
    """The moment of the next try after this many; None where there is none.

    Half of the wait is drawn by lot (`lot`, from 0 to 1), lest all that waited for one server come
    back to it in the same second.
    """
    if tries >= settings.most_tries:
        return None
    # The exponent is bounded: 2.0 ** 1024 is no number.
    wait = settings.seconds_to_first_retry * 2.0 ** min(tries - 1, 60)
    wait = min(wait, settings.longest_seconds_to_retry)
    drawn = random.random() if lot is None else lot  # noqa: S311 - nobody gains by guessing it
    return now + timedelta(seconds=wait * (1 + drawn) / 2)
