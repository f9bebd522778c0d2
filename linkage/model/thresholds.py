"""Where the bands begin, in match weight: log2 of the odds that two candidates are one person.

Measured on made-up worlds of 4,488 children that the models never saw (card.json has the table).
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Bands:
    """Linked from `link`, review from `review`, apart below; in bits of match weight.

    What is one identity already stays so from `stay`: a pair near the line must not part and meet
    again with every delivery. Below `firmly_apart` two records are kept out of one cluster even
    when a third would join them.
    """

    link: float
    stay: float
    review: float
    firmly_apart: float


# Pairs at 4 and above: 1 in 10,000 wrong at noise 1. Of true pairs 1 in 100,000 is below -6, and
# most of the wrong ones that a third record would bring together.
CHILD = Bands(link=4.0, stay=2.0, review=-2.0, firmly_apart=-6.0)

# Sponsors have fewer facts each, and a house full of them shares a telephone.
SPONSOR = Bands(link=6.0, stay=4.0, review=0.0, firmly_apart=-4.0)
