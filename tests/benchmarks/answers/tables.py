"""The tables, and the bars that were missed."""

from math import prod
from statistics import median

from tests.benchmarks.answers.contestants import CONTESTANTS, DRIVER, GATE_OFF, OURS, PEER
from tests.benchmarks.answers.loading import Found

Everything = dict[tuple[str, int, str], list[Found]]

NESTED = "a thousand nested"
_LEAST = {PEER: 3.5, DRIVER: 1.0, GATE_OFF: 0.85}
_MOST_P99_OF_THE_DRIVER, _NESTED_COST = 1.0, 1.3


def print_tables(found: Everything, asked: list[str], clients: tuple[int, ...]) -> None:
    """For every question and number of clients: each contestant's figures, and ours as ratios."""
    for many in clients:
        print(
            f"\n| {many} client{'s' * (many > 1)} | contestant | requests/s | p50 ms | p99 ms |",
            end="",
        )
        print(" server CPU ms | Neo4j CPU ms | throughput to the driver |")
        print("| --- | --- | --- | --- | --- | --- | --- | --- |")
        for question in asked:
            for name in CONTESTANTS:
                rounds = found[question, many, name]
                rate, p50, p99, server, database = (
                    median(getattr(one, figure) for one in rounds)
                    for figure in ("rate", "p50", "p99", "server", "database")
                )
                ratio = _ratio(found, question, many, name, DRIVER, "rate")
                print(
                    f"| {question} | {name} | {rate:,.0f} | {p50:.1f} | {p99:.1f} |"
                    f" {server:.2f} | {database:.2f} | {ratio:.2f} |"
                )
    for figure, many, other, ratio in _geometric_means(found, asked, clients):
        print(f"{figure} at {many}, of {other}'s: {ratio:.2f}")


def missed_bars(found: Everything, asked: list[str], clients: tuple[int, ...]) -> list[str]:
    """A sentence for each bar that was missed."""
    missed = []
    for figure, many, other, ratio in _geometric_means(found, asked, clients):
        if (figure == "p99" and other == DRIVER and ratio > _MOST_P99_OF_THE_DRIVER) or (
            figure == "rate" and ratio < _LEAST[other]
        ):
            missed.append(f"MISSED: {figure} at {many} is {ratio:.2f} of {other}'s.")
    if NESTED in asked:
        for many in clients:
            cost = 1 / _ratio(found, NESTED, many, OURS, DRIVER, "rate")
            if cost > _NESTED_COST:
                missed.append(f"MISSED: a thousand nested at {many} cost {cost:.2f} of the driver.")
    return missed


def _geometric_means(
    found: Everything, asked: list[str], clients: tuple[int, ...]
) -> list[tuple[str, int, str, float]]:
    five = [name for name in asked if name != NESTED]
    return [
        (figure, many, other, _mean([_ratio(found, q, many, OURS, other, figure) for q in five]))
        for figure in ("rate", "p99", "server")
        for many in clients
        for other in _LEAST
        if five
    ]


def _ratio(found: Everything, question: str, many: int, one: str, other: str, figure: str) -> float:
    """Within every round, for the machine is not the same in all of them; then the median."""
    rounds = zip(found[question, many, one], found[question, many, other], strict=True)
    return float(median(getattr(a, figure) / getattr(b, figure) for a, b in rounds))


def _mean(ratios: list[float]) -> float:
    return float(prod(ratios) ** (1 / len(ratios)))
