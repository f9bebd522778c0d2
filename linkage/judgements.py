"""What people have judged, as clustering heeds it: who is with whom, and who is not.

SAME joins two records whatever the machine thinks; DIFFERENT keeps them apart, through third
records as well; UNSURE keeps the machine from joining them on this pair's evidence alone.

Judgements that contradict each other (A is B, B is C, A is not C) are a conflict, and nobody
guesses which of them is wrong: until one is retracted, all their records stand apart from each
other.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import combinations

from duckdb import DuckDBPyConnection

from graph.vocabulary.evidence import Judgement, Verdict
from linkage.clusters import Clusters

Pair = tuple[str, str]

_TABLE = """
CREATE OR REPLACE TEMP TABLE judged_pairs AS
SELECT unnest($roles::VARCHAR[]) AS role, unnest($lefts::VARCHAR[]) AS left_key,
    unnest($rights::VARCHAR[]) AS right_key, unnest($verdicts::VARCHAR[]) AS verdict,
    unnest($judgements::VARCHAR[]) AS judgement, unnest($conflicts::VARCHAR[]) AS conflict
"""

# Pairs on which something else is said than at the last link.
_CHANGED = """
CREATE TABLE IF NOT EXISTS judgements_heeded AS FROM judged_pairs LIMIT 0;
CREATE OR REPLACE TEMP TABLE judgements_changed AS
(FROM judged_pairs EXCEPT FROM judgements_heeded)
UNION ALL (FROM judgements_heeded EXCEPT FROM judged_pairs);
CREATE OR REPLACE TABLE judgements_heeded AS FROM judged_pairs
"""

# The verdicts on people of one role, by number.
_OF_PEOPLE = """
SELECT verdict, judgement, l.person, r.person
FROM judged_pairs JOIN {people} l ON l.record_key = left_key AND l.role = judged_pairs.role
JOIN {people} r ON r.record_key = right_key AND r.role = judged_pairs.role
ORDER BY ALL
"""


@dataclass(frozen=True)
class Heeded:
    """Judgements in force: `conflict` is judgement id → the conflict that it is part of."""

    judgements: list[Judgement]
    conflict: Mapping[str, str]
    # Pairs that a conflict keeps apart, by role, with the conflict's name.
    contested: list[tuple[str, str, str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Verdicts:
    """The same about the people of one role, by number; a conflict's pairs are `never`."""

    same: list[tuple[int, int]] = field(default_factory=list)
    never: list[tuple[int, int]] = field(default_factory=list)
    unsure: list[tuple[int, int]] = field(default_factory=list)
    # (left, right) → the judgement that joined them.
    by: dict[tuple[int, int], str] = field(default_factory=dict)


def heed(judgements: Iterable[Judgement]) -> Heeded:
    """Find contradictions among standing judgements, one on each pair."""
    standing = sorted(judgements, key=lambda one: one.id)
    conflict: dict[str, str] = {}
    contested: list[tuple[str, str, str, str]] = []
    for role in sorted({one.role for one in standing}):
        of_role = [one for one in standing if one.role == role]
        for members, named in _contradictions(of_role):
            name = min(one.id for one in named)
            conflict |= dict.fromkeys((one.id for one in named), name)
            contested += [(role, *pair, name) for pair in combinations(sorted(members), 2)]
    return Heeded(standing, conflict, contested)


def _contradictions(judgements: list[Judgement]) -> Iterable[tuple[set[str], list[Judgement]]]:
    numbers = {
        key: n for n, key in enumerate(sorted({k for j in judgements for k in (j.left, j.right)}))
    }
    together = Clusters()
    for one in judgements:
        if one.verdict is Verdict.SAME:
            together.join(numbers[one.left], numbers[one.right])
    groups: dict[int, set[str]] = defaultdict(set)
    for key, number in numbers.items():
        groups[together.of(number)].add(key)
    within: dict[int, list[Judgement]] = defaultdict(list)
    for one in judgements:
        group = together.of(numbers[one.left])
        if one.verdict is not Verdict.UNSURE and group == together.of(numbers[one.right]):
            within[group].append(one)
    for group, named in within.items():
        if any(one.verdict is Verdict.DIFFERENT for one in named):
            yield groups[group], named


NO_VERDICTS = Verdicts()


def keep_judgements(connection: DuckDBPyConnection, heeded: Heeded) -> None:
    """Make `judged_pairs(role, left_key, right_key, verdict, judgement, conflict)`.

    The pairs of a conflict are DIFFERENT, whatever was said of them. `judgements_changed` are
    those on which something else was said at the last link.
    """
    rows: list[tuple[str | None, ...]] = [
        (one.role, one.left, one.right, str(one.verdict), one.id, None)
        for one in heeded.judgements
        if one.id not in heeded.conflict
    ]
    rows += [
        (role, left, right, str(Verdict.DIFFERENT), name, name)
        for role, left, right, name in heeded.contested
    ]
    columns = ("roles", "lefts", "rights", "verdicts", "judgements", "conflicts")
    values = list(zip(*rows, strict=True)) or [()] * len(columns)
    connection.execute(_TABLE, dict(zip(columns, map(list, values), strict=True)))
    connection.execute(_CHANGED)


def verdicts_on(connection: DuckDBPyConnection, people: str) -> Verdicts:
    """The verdicts of `judged_pairs` on the people of one table."""
    found = Verdicts()
    kinds = {"SAME": found.same, "DIFFERENT": found.never, "UNSURE": found.unsure}
    for verdict, judgement, left, right in connection.execute(
        _OF_PEOPLE.format(people=people)
    ).fetchall():
        pair = (min(left, right), max(left, right))
        kinds[verdict].append(pair)
        if verdict == "SAME":
            found.by[pair] = judgement
    return found
