"""How good each source is (P5), and of how many released children there is word (coverage)."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final

from graph.reports.figure import Figure, Of, Report
from graph.reports.process import part
from graph.vocabulary.agencies import Source
from graph.vocabulary.reports import ReportDimension, ReportKind, Unit

_AGAINST: Final = (
    "Of the hearings at which it says that she failed to appear: another source says that she"
    " appeared, or that it was put off."
)
# What is looked at of each source: in which unit, its name, and what it means.
_QUALITIES: Final = {
    "A_NUMBER": (Unit.RECORDS, "has an A-number",
                 "Of the source's records as received: a readable A-number stands on them."),
    "APPEARANCE_ENTERED": (Unit.WORDS, "appearance entered",
                           "Of its words on hearings that were over: it says what came of them."),
    "ENTERED_WITHIN_7": (Unit.WORDS, "entered within 7 days", ""),
    "ENTERED_WITHIN_30": (Unit.WORDS, "entered within 30 days", ""),
    "ENTERED_WITHIN_90": (Unit.WORDS, "entered within 90 days", ""),
    "CONTRADICTED": (Unit.HEARINGS, "failure to appear contradicted", _AGAINST),
}  # fmt: skip
_LAG: Final = (
    "Of its words on appearances that say when they were entered: so many days after the hearing at"
    " most. The days are a choice of this software: no document names any."
)


def data_quality(as_of: date, rows: Iterable[Sequence[Any]]) -> Report:
    """From `[source, extract, quality, how many, of how many]`: each source, each of its extracts.

    An extract is the day on which the source cut what it delivered: a run of them is the trend.
    """
    some: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    among: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for source, extract, quality, many, of_many in rows:
        for cut in {extract or "", ""}:
            some[source, quality][cut] += many
            among[source, quality][cut] += of_many
    figures = [
        figure
        for source in Source
        for quality in _QUALITIES
        for figure in _graded(as_of, source, quality, some, among)
    ]
    title = "How complete, how late and how contradicted each source is"
    notes = ["OPLA officials “acknowledged the data is unreliable” (S2:132); this says how much."]
    return Report(ReportKind.DATA_QUALITY, title, as_of, figures, notes)


def _graded(
    as_of: date,
    source: str,
    quality: str,
    some: dict[tuple[str, str], Counter[str]],
    among: dict[tuple[str, str], Counter[str]],
) -> Iterable[Figure]:
    unit, name, definition = _QUALITIES[quality]
    counts = among.get((source, quality), Counter())
    for extract in sorted(counts):
        of = [Of(ReportDimension.SOURCE, str(source)), Of(ReportDimension.QUALITY, quality)]
        if extract:
            of.append(Of(ReportDimension.EXTRACT, extract))
        called = f"{source}: {name}" + (f", extract of {extract}" if extract else "")
        yield part(called, of, unit, some[source, quality][extract], counts[extract], as_of,
                   definition or _LAG, (str(source),))  # fmt: skip


_WORDS: Final = {
    "ANY": "any of these",
    "CALL_OR_SERVICE": "a call, service or check that reached her or her sponsor",
    "APPEARED": "she appeared at a hearing",
}


_DAYS: Final = (
    "The number of days is the asker's: a local target, not law. The documents name one number, the"
    " call 30 days after release (S1)."
)
_NO_WORD: Final = (
    "That there was no word says nothing of where a child is. Whoever may not read welfare is told"
    " of appearances alone."
)


def coverage(as_of: date, days: int, rows: Iterable[Sequence[Any]]) -> Report:
    """From `[reached, appeared, how many]`: released children of whom there was word lately."""
    reached = appeared = either = every = 0
    for was_reached, did_appear, many in rows:
        every += many
        reached += many * was_reached
        appeared += many * did_appear
        either += many * (was_reached or did_appear)
    counts = {"ANY": either, "CALL_OR_SERVICE": reached, "APPEARED": appeared}
    figures = [
        part(
            f"Word in {days} days: {_WORDS[kind]}",
            [Of(ReportDimension.CONTACT, kind)] if kind != "ANY" else [],
            Unit.CHILDREN,
            many,
            every,
            as_of,
            f"Of the children released by that day: {_WORDS[kind]}, in the {days} days up to it.",
            (Source.ORR, Source.EOIR, Source.PLANET, "SPONSORGRAPH"),
        )
        for kind, many in counts.items()
    ]
    title = f"Released children of whom there was word in the last {days} days"
    return Report(ReportKind.COVERAGE, title, as_of, figures, [_DAYS, _NO_WORD])
