"""Where the bands begin, in match weight (log2 of the odds): linked, review, apart."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Bands:
    link: float
    review: float


CHILD = Bands(link=4.0, review=-2.0)
SPONSOR = Bands(link=4.0, review=-2.0)
