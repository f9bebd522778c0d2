"""Judgements that cannot all hold: A is B, B is C, and A is not C."""

from typing import Any, Final

from graph.vocabulary.evidence import Verdict
from graph.writes.steps import Steps

# The judgements that stand on these records: the latest of each pair that is not retracted.
_STANDING_ON: Final = """CYPHER 25
UNWIND $keys AS key
CALL (key) {
  MATCH (judgement:Judgement {leftKey: key}) RETURN judgement
  UNION MATCH (judgement:Judgement {rightKey: key}) RETURN judgement
}
WITH DISTINCT judgement
WHERE judgement.role = $role AND judgement.retractedAt IS NULL AND NOT EXISTS {
  MATCH (later:Judgement {
    leftKey: judgement.leftKey, rightKey: judgement.rightKey, role: judgement.role
  })
  WHERE later.retractedAt IS NULL
    AND [later.judgedAt, later.id] > [judgement.judgedAt, judgement.id]
}
RETURN judgement.id AS id, judgement.leftKey AS left, judgement.rightKey AS right,
       judgement.verdict AS verdict
ORDER BY id"""

_Ways = dict[str, list[str]]


def contradicting(judgement: dict[str, Any]) -> Steps[list[str]]:
    """Ids of the other standing judgements that contradict this one taken together, by id.

    A DIFFERENT is contradicted by the SAMEs that lead from one record to the other; a SAME by each
    DIFFERENT between those whom it joins, with the SAMEs that lead there.
    """
    left, right, role = judgement["leftKey"], judgement["rightKey"], judgement["role"]
    if judgement["verdict"] == Verdict.UNSURE:
        return []
    near, apart = yield from _walk(left, role, judgement["id"])
    if judgement["verdict"] == Verdict.DIFFERENT:
        return sorted(near.get(right, []))
    far, also_apart = yield from _walk(right, role, judgement["id"])
    others: set[str] = set()
    for one, (here, there) in {**apart, **also_apart}.items():
        for begin, end in ((here, there), (there, here)):
            if begin in near and end in far:
                others |= {one, *near[begin], *far[end]}
    return sorted(others)


def _walk(start: str, role: str, without: str) -> Steps[tuple[_Ways, dict[str, tuple[str, str]]]]:
    """From a record along standing SAMEs: the way to each record reached, and every DIFFERENT."""
    ways: _Ways = {start: []}
    apart: dict[str, tuple[str, str]] = {}
    reached = [start]
    while reached:
        found = yield _STANDING_ON, {"keys": reached, "role": role}
        before, reached = set(reached), []
        for one in found:
            if one["verdict"] == Verdict.DIFFERENT and one["id"] != without:
                apart[one["id"]] = (one["left"], one["right"])
            if one["verdict"] != Verdict.SAME or one["id"] == without:
                continue
            for here, there in ((one["left"], one["right"]), (one["right"], one["left"])):
                if here in before and there not in ways:
                    ways[there] = [*ways[here], one["id"]]
                    reached.append(there)
    return ways, apart
