"""A small exact linear programme: the attacker's arithmetic. Fractions, Bland's rule, no tricks."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

Row = tuple[Mapping[str, int], int]  # coefficients, and what they sum to at most


def extremes(rows: Sequence[Row], variables: Sequence[str], target: Mapping[str, int]):
    """The least and the most of `target` where every row holds and every variable is >= 0."""
    solved = _Tableau(rows, variables)
    assert solved.feasible(), "what was published contradicts itself"
    return -solved.most({name: -factor for name, factor in target.items()}), solved.most(target)


class _Tableau:
    def __init__(self, rows: Sequence[Row], variables: Sequence[str]) -> None:
        self.names = list(variables)
        self.place = {name: at for at, name in enumerate(self.names)}
        n, m = len(self.names), len(rows)
        self.width = n + m + 1  # variables, slacks, one artificial
        self.rows: list[list[Fraction]] = []
        self.basis: list[int] = []
        for at, (factors, most) in enumerate(rows):
            row = [Fraction(0)] * (self.width + 1)
            for name, factor in factors.items():
                row[self.place[name]] += factor
            row[n + at] = Fraction(1)
            row[self.width - 1] = Fraction(-1)
            row[self.width] = Fraction(most)
            self.rows.append(row)
            self.basis.append(n + at)

    def feasible(self) -> bool:
        """First phase: with one artificial variable in every row, which must come out as nothing."""
        worst = min(range(len(self.rows)), key=lambda at: self.rows[at][-1])
        artificial = self.width - 1
        if self.rows[worst][-1] < 0:
            self._pivot(worst, artificial)
            cost = [Fraction(0)] * self.width
            cost[artificial] = Fraction(-1)
            if self._best(cost) < 0:
                return False
            if artificial in self.basis:
                at = self.basis.index(artificial)
                into = next(j for j in range(artificial) if self.rows[at][j] != 0)
                self._pivot(at, into)
        for row in self.rows:
            row[artificial] = Fraction(0)
        return True

    def most(self, target: Mapping[str, int]) -> Fraction:
        cost = [Fraction(0)] * self.width
        for name, factor in target.items():
            cost[self.place[name]] += factor
        return self._best(cost)

    def _best(self, cost: list[Fraction]) -> Fraction:
        reduced = [*cost, Fraction(0)]
        for at, basic in enumerate(self.basis):
            if factor := reduced[basic]:
                row = self.rows[at]
                reduced = [one - factor * other for one, other in zip(reduced, row, strict=True)]
        while (into := next((j for j in range(self.width) if reduced[j] > 0), None)) is not None:
            bounds = [
                (row[-1] / row[into], self.basis[at], at)
                for at, row in enumerate(self.rows)
                if row[into] > 0
            ]
            assert bounds, "without a bound"
            at = min(bounds)[2]
            self._pivot(at, into)
            factor, row = reduced[into], self.rows[at]
            reduced = [one - factor * other for one, other in zip(reduced, row, strict=True)]
        return -reduced[-1]

    def _pivot(self, at: int, into: int) -> None:
        by = self.rows[at][into]
        chosen = self.rows[at] = [one / by if one else one for one in self.rows[at]]
        for other, row in enumerate(self.rows):
            if other != at and (factor := row[into]):
                self.rows[other] = [
                    one - factor * two if two else one for one, two in zip(row, chosen, strict=True)
                ]
        self.basis[at] = into
