"""What was measured of one world linked in one way, and what it is measured against."""

from dataclasses import dataclass

from linkage.evaluate import Evaluation
from tests.benchmarks.figures import figure

OURS = "sponsorgraph"
# (noise, share of A-numbers hidden)
Kind = tuple[float, float]


@dataclass(frozen=True)
class Bar:
    """What a figure has to reach in every world of the kind."""

    child_f1: float = 0.0
    child_precision: float = 0.0
    b_cubed: float = 0.0
    sponsor_f1: float = 0.0
    address_f1: float = 0.0


BARS = {
    (1.0, 0.0): Bar(0.996, 0.9999, 0.997, 0.99, 0.98),
    (2.0, 0.0): Bar(child_f1=0.99),
    (1.0, 0.6): Bar(child_f1=0.993),
}


@dataclass(frozen=True)
class Row:
    """One world linked in one way."""

    seed: int
    kind: Kind
    how: str
    found: Evaluation

    def misses(self) -> list[str]:
        """The bars that this row is under, in words."""
        children, bar = self.found.children, BARS.get(self.kind, Bar())
        places = self.found.addresses
        reached = {
            "child F1": (children.pairwise.f1, bar.child_f1),
            "child precision": (children.pairwise.precision, bar.child_precision),
            "child B³": (children.b_cubed.f1, bar.b_cubed),
            "sponsor F1": (self.found.sponsors.pairwise.f1, bar.sponsor_f1),
            "address F1": (places.pairwise.f1 if places else 0.0, bar.address_f1),
        }
        told = [
            f"{told_of(self.kind)}, seed {self.seed}: {name} {figure(value)}, the bar is {least}"
            for name, (value, least) in reached.items()
            if value < least
        ]
        if self.found.siblings_joined:
            told.append(f"{told_of(self.kind)}, seed {self.seed}: siblings in one identity")
        return told


def told_of(kind: Kind) -> str:
    noise, hidden = kind
    return f"noise {noise:g}" + (f", {hidden:.0%} of A-numbers hidden" if hidden else "")
