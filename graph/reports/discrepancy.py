"""Two sources' counts of who failed to appear, and the bridge between them, as a report (P2)."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from graph.reports.bridge import Bridge, Side, Told, Word, bridge
from graph.reports.figure import Count, Figure, Of, Report, ranged
from graph.uncertainty import UnderReview
from graph.vocabulary.agencies import Source
from graph.vocabulary.evidence import PairReason
from graph.vocabulary.reports import (
    BUCKET_MEANS,
    Absence,
    Bucket,
    ReportDimension,
    ReportKind,
    Unit,
)

# S2:63: "from FYs 2019 to 2023". S2:132 fn12: OPLA's data set "covered 8 months more"; that those
# are the months that follow is this software's reading.
_FIRST, _DOJ_UNTIL, _OPLA_UNTIL = date(2018, 10, 1), date(2023, 10, 1), date(2024, 6, 1)
# What each source counts unless asked otherwise: as the reports had it (S2:110 fn8, S2:132).
SIDES: Final = {
    Source.EOIR: Side("EOIR", Absence.IN_ABSENTIA_ORDER, _FIRST, _DOJ_UNTIL),
    Source.PLANET: Side("PLANET", Absence.FAILED_TO_APPEAR, _FIRST, _OPLA_UNTIL),
    Source.EARM: Side("EARM", Absence.EITHER),
    Source.LOCAL_WORKSHEET: Side("LOCAL_WORKSHEET", Absence.FAILED_TO_APPEAR),
}
_COUNTED: Final = {
    Absence.FAILED_TO_APPEAR: "a failure to appear",
    Absence.IN_ABSENTIA_ORDER: "an order of removal in absentia",
    Absence.EITHER: "a failure to appear or an order in absentia",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """Which counts are compared, and on which day; `words` counts every word of a record.

    `population` is how many children were linked in all.
    """

    left: Side
    right: Side
    as_of: date
    words: bool
    population: int

    @property
    def unit(self) -> Unit:
        return Unit.WORDS if self.words else Unit.CHILDREN

    @property
    def sources(self) -> list[str]:
        return [self.left.source, self.right.source]


Row = tuple[str, Told, Told]


def reconciled(
    as_of: date,
    asked: Sequence[Any],
    rows: Iterable[Sequence[Any]],
    doubts: Iterable[Sequence[Any]],
    population: int,
) -> Report:
    """From `[left, right, since, until, definition, words]`, and a row a child.

    A row is `[id, [[source, is order, day, entered, withdrawn]], [source that knows her],
    [[source, day of a hearing of which it says otherwise]]]`; a doubt `[id, other id, why]`.
    """
    left, right, since, until, definition, words = asked
    sides = [_side(source, since, until, definition) for source in (left, right)]
    question = Asked(sides[0], sides[1], as_of, words, population)
    children = [_row(row, question) for row in rows]
    pairs = [(one, other, PairReason(why)) for one, other, why in doubts]
    found = bridge(
        ((of_left, of_right) for _, of_left, of_right in children),
        question.left,
        question.right,
        as_of,
        words=words,
    )
    figures = [*_sides(question, found, children, pairs), *_buckets(question, found)]
    title = f"{left} and {right}: who failed to appear"
    return Report(ReportKind.RECONCILIATION, title, as_of, figures, _sentences(question, found))


def _side(source: str, since: str | None, until: str | None, definition: str | None) -> Side:
    side = SIDES[Source(source)]
    if since:
        side = replace(side, since=date.fromisoformat(since))
    if until:
        side = replace(side, until=date.fromisoformat(until))
    return replace(side, definition=Absence(definition)) if definition else side


def _row(row: Sequence[Any], asked: Asked) -> Row:
    child, words, known_to, otherwise = row
    told = [
        Told(
            [Word(is_order, _day(day), _day(entered), withdrawn)
             for of, is_order, day, entered, withdrawn in words if of == source],
            source in known_to,
            {date.fromisoformat(day) for of, day in otherwise if of == source},
        )
        for source in asked.sources
    ]  # fmt: skip
    return child, told[0], told[1]


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _sides(
    asked: Asked,
    found: Bridge,
    children: Sequence[Row],
    pairs: Sequence[tuple[str, str, PairReason]],
) -> list[Figure]:
    lefts = {child for child, told, _ in children if asked.left.counts(told, asked.as_of)}
    rights = {child for child, _, told in children if asked.right.counts(told, asked.as_of)}
    either = Count.of(found.in_both + found.only_left.total() + found.only_right.total())
    either = either if asked.words else _ranged(asked, either.counted, lefts | rights, pairs)

    def figure(name: str, side: str, many: int, ids: Collection[str], definition: str) -> Figure:
        counted = Count.of(many) if asked.words else _ranged(asked, many, ids, pairs)
        of = [Of(ReportDimension.SIDE, side)]
        return Figure(name, of, asked.unit, counted, either, asked.as_of, definition, asked.sources)

    missing = found.missing_on_the_right
    return [
        figure(asked.left.source, "LEFT", found.left, lefts, _defined(asked.left)),
        figure(asked.right.source, "RIGHT", found.right, rights, _defined(asked.right)),
        figure("Both", "BOTH", found.in_both, lefts & rights, "Counted by both."),
        figure("Difference", "DIFFERENCE", found.difference, (), "The left's less the right's."),
        figure(f"Lacking in {asked.right.source}", "LACKING", missing, (),
               "Counted by the left alone, of days that the right's count reaches."),
        figure("May be one child", "MAY_BE_ONE",
               _undecided(lefts - rights, rights - lefts, pairs), (),
               "Counted by the left alone, with records under review that may make her a child"
               " whom the right alone counts: she would then be counted by both."),
    ]  # fmt: skip


def _ranged(
    asked: Asked,
    counted: int,
    ids: Collection[str],
    pairs: Sequence[tuple[str, str, PairReason]],
) -> Count:
    near = [
        UnderReview(one, other, why, one in ids, other in ids)
        for one, other, why in pairs
        if one in ids or other in ids
    ]
    return ranged(counted, near, asked.population)


def _undecided(
    only_left: Collection[str],
    only_right: Collection[str],
    pairs: Sequence[tuple[str, str, PairReason]],
) -> int:
    both_ways = [(one, other) for pair in pairs for one, other in (pair[:2], pair[1::-1])]
    return len({one for one, other in both_ways if one in only_left and other in only_right})


def _buckets(asked: Asked, found: Bridge) -> list[Figure]:
    sides = (
        ("ONLY_LEFT", found.only_left, found.left, asked.left, asked.right),
        ("ONLY_RIGHT", found.only_right, found.right, asked.right, asked.left),
    )
    return [
        Figure(
            f"Only {counts.source}: {BUCKET_MEANS[bucket]}",
            [Of(ReportDimension.SIDE, side), Of(ReportDimension.BUCKET, str(bucket))],
            asked.unit,
            Count.of(only[bucket]),
            Count.of(total),
            asked.as_of,
            f"Counted by {counts.source} and not by {other.source}: {BUCKET_MEANS[bucket]}.",
            asked.sources,
        )
        for side, only, total, counts, other in sides
        for bucket in Bucket
        if only[bucket]
    ]


def _defined(side: Side) -> str:
    return (
        f"Children of whom {side.source} states {_COUNTED[side.definition]}"
        f" {_from_to(side)}, each once."
    )


def _from_to(side: Side) -> str:
    since = f"from {side.since}" if side.since else "from the first day"
    return f"{since} on" + (f" and before {side.until}" if side.until else "")


def _sentences(asked: Asked, found: Bridge) -> list[str]:
    """Why the two differ, in words."""
    left, right = asked.left.source, asked.right.source
    only_left, only_right = found.only_left.total(), found.only_right.total()
    counts = (
        f"{left} counts {found.left:,} and {right} {found.right:,}: a difference of"
        f" {found.difference:,}. It is {only_left:,} whom {left} alone counts less {only_right:,}"
        f" whom {right} alone counts; {found.in_both:,} are counted by both."
    )
    said = [counts]
    if found.missing_on_the_right > found.difference:
        reasons = "; ".join(
            f"{many:,}: {BUCKET_MEANS[bucket]}" for bucket, many in found.only_right.items()
        )
        said.append(
            f"{right} lacks {found.missing_on_the_right:,} of {left}'s {found.left:,}, which is"
            f" more than the difference: the {only_right:,} whom {right} alone counts ({reasons})"
            f" make its count larger and make up for none of those whom it lacks."
        )
    if asked.left.until != asked.right.until or asked.left.since != asked.right.since:
        said.append(
            f"The windows differ: {left} {_from_to(asked.left)}, {right} {_from_to(asked.right)}."
            " Give `since` and `until` to compare the same days."
        )
    if asked.left.definition is not asked.right.definition:
        said.append(
            f"The definitions differ: {left} states {_COUNTED[asked.left.definition]}, {right}"
            f" {_COUNTED[asked.right.definition]} (S2:110 fn8, S2:132). An order is not a failure"
            " to appear. Give `definition` to compare like with like."
        )
    return said
