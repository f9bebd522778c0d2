"""The tables of accuracy.py: by world, and with the seeds taken together by part."""

from collections import defaultdict
from collections.abc import Callable, Iterable

from linkage.evaluate import Measured
from linkage.measures import Agreement
from tests.benchmarks.accuracy_rows import OURS, Kind, Row, told_of
from tests.benchmarks.figures import figure, markdown

_PLAIN, _NOISY, _HIDDEN = (1.0, 0.0), (2.0, 0.0), (1.0, 0.6)


def by_world(rows: Iterable[Row]) -> str:
    """The main table: a line a world and way."""
    header = ("world", "seed", "way", "child P", "child R", "child F1", "child B³", "sponsor F1",
              "address F1", "siblings joined")  # fmt: skip
    return markdown(header, [_cells(row) for row in rows])


def _cells(row: Row) -> list[str]:
    child, others = row.found.children, row.how != OURS
    places = row.found.addresses
    return [
        told_of(row.kind),
        str(row.seed),
        row.how,
        figure(child.pairwise.precision),
        figure(child.pairwise.recall),
        figure(child.pairwise.f1),
        figure(child.b_cubed.f1),
        "" if others else figure(row.found.sponsors.pairwise.f1),
        "" if others or places is None else figure(places.pairwise.f1),
        str(row.found.siblings_joined),
    ]


def by_part(rows: list[Row], parts: Callable[[Measured], dict[str, Agreement]], called: str) -> str:
    """Children by pair of tables or by group, the seeds of a kind taken together: F1 of each way."""
    pooled: dict[str, dict[tuple[Kind, str], Agreement]] = defaultdict(dict)
    for row in rows:
        for name, more in parts(row.found.children).items():
            before = pooled[name].get((row.kind, row.how), Agreement(0, 0, 0))
            pooled[name][row.kind, row.how] = Agreement(
                before.true + more.true, before.found + more.found, before.right + more.right
            )
    others = list(dict.fromkeys(row.how for row in rows if row.how != OURS))
    columns = [(_PLAIN, OURS), *((_PLAIN, how) for how in others), (_NOISY, OURS), (_HIDDEN, OURS)]
    shown = [column for column in columns if any(column in found for found in pooled.values())]
    header = [
        called,
        "true pairs",
        f"P: {OURS}, {told_of(_PLAIN)}",
        *(f"F1: {how}, {told_of(kind)}" for kind, how in shown),
    ]
    nothing = Agreement(0, 0, 0)
    return markdown(
        header,
        [
            [
                name,
                f"{found.get((_PLAIN, OURS), nothing).true:,}",
                figure(found.get((_PLAIN, OURS), nothing).precision),
                *(figure(found[column].f1) if column in found else "" for column in shown),
            ]
            for name, found in sorted(pooled.items())
        ],
    )
