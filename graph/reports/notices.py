"""Who has no Notice to Appear, by office, cohort and reason; and who has which part of one (N4)."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final, NamedTuple

from graph.reports.children import Children, counted_of
from graph.reports.figure import Count, Figure, Of, Report
from graph.vocabulary.agencies import Source
from graph.vocabulary.reports import NOT_STATED, NoNotice, ReportDimension, ReportKind

_WITHOUT: Final = (
    "Of the children transferred to ORR{0}: those of whom no source says that a Notice to Appear"
    " was served or filed, and who have no hearing."
)
_SOURCES: Final = (Source.EARM, Source.NTA, Source.PLANET, Source.EOIR)
_LOOSELY: Final = (
    "Issued, served, filed and scheduled are four things; the report uses the words loosely"
    " (S2:116, S2:154 fn15, S2:238)."
)
_FILED_LATER: Final = (
    "NTAs “for UCs are filed after the UC is released to a sponsor” (S2:238), so not each of these"
    " is late: see the reasons."
)
_WHICH_YEAR: Final = (
    "The year of crossing is the calendar year of apprehension: the report says “in 2021” and not"
    " which kind of year it means (S2:118)."
)
WHY: Final = {
    NoNotice.IN_ORR_CUSTODY: "in ORR's custody, as no release is known",
    NoNotice.RELIEF_PENDING_USCIS: "relief pending with USCIS",
    NoNotice.AWAITING_TRAVEL_OR_VENUE: "awaiting her travel or a change of venue, as ERO says",
    NoNotice.SEEKING_COUNSEL: "time to seek a lawyer or relief, as ERO says",
    NoNotice.RESOURCE_CONSTRAINT: "that ERO had nobody to issue it, as ERO says",
    NoNotice.UNKNOWN: "unknown",
    NoNotice.NOTICE_NOT_LINKED: "none: her notice is not linked to her file",
}


class Child(NamedTuple):
    """What children of one cell have in common.

    `stages` are those of their notice; `said` is ERO's latest word on why there is none, if any.
    """

    office: str | None
    crossed: int | None
    fiscal_year: int
    stages: tuple[bool, bool, bool, bool]
    released: bool
    pending: bool
    said: str | None

    @property
    def has_notice(self) -> bool:
        """N1: none is one that was neither served (or filed) nor led to a date."""
        _, served, filed, scheduled = self.stages
        return served or filed or scheduled

    @property
    def why_none(self) -> NoNotice | None:
        if self.has_notice:
            return None
        if not self.released:
            return NoNotice.IN_ORR_CUSTODY
        if self.pending:
            return NoNotice.RELIEF_PENDING_USCIS
        return NoNotice(self.said) if self.said else NoNotice.UNKNOWN


STAGES: Final = ("ISSUED", "SERVED", "FILED", "SCHEDULED")
_SERVED, _SCHEDULED = STAGES.index("SERVED"), STAGES.index("SCHEDULED")
_OF_A_CHILD: Final = frozenset(WHY) - {NoNotice.NOTICE_NOT_LINKED}
_DIVIDED: Final[dict[ReportDimension, tuple[str, Callable[[Child], object]]]] = {
    ReportDimension.OFFICE: (" of this office", lambda child: child.office),
    ReportDimension.YEAR_CROSSED: (" who crossed in this year", lambda child: child.crossed),
    ReportDimension.FISCAL_YEAR: (" in this fiscal year", lambda child: child.fiscal_year),
}


def notices_to_appear(
    as_of: date, cells: Sequence[Any], doubts: Sequence[Any], population: int, unlinked: int
) -> Report:
    """The backlog: in all, divided in three ways, why, and how far each notice has come.

    `unlinked`: children with a notice that was served, of whom no file of EARM's is known.
    """
    counted = Children(counted_of(cells, doubts, population), as_of, _SOURCES)
    every = [Child(*cell) for cell in counted.found.cells]  # type: ignore[arg-type]
    none = [child for child in every if not child.has_notice]
    total, theirs = _total(counted, every, none, unlinked)
    figures = [
        *(total, *_divided(counted, every)),
        *(_why(counted, none, reason) for reason in WHY if reason in _OF_A_CHILD),
        *([theirs] if theirs.numerator.counted else []),
        *(_staged(counted, every, at) for at in range(len(STAGES))),
    ]
    title = "Children without a Notice to Appear"
    notes = [_LOOSELY, _FILED_LATER, _WHICH_YEAR]
    return Report(ReportKind.NOTICES_TO_APPEAR, title, as_of, figures, notes)


def _total(
    counted: Children, every: Sequence[Child], none: Sequence[Child], unlinked: int
) -> tuple[Figure, Figure]:
    """All without a notice, and those who are not: whose notice is not linked to their file.

    Everybody with a hearing had a notice. Where more notices have no file than files with a hearing
    have no notice, the rest are notices of children who seem to have none.
    """
    lack = [child for child in every if child.stages[_SCHEDULED] and not child.stages[_SERVED]]
    theirs = max(unlinked - counted.found.where(lack).counted, 0)
    by_file = counted.figure("Without a Notice to Appear", [], none, every, _WITHOUT.format(""))
    many = by_file.numerator
    total = Count(many.counted - theirs, many.low - unlinked, many.high - theirs)
    definition = (
        f"Counted by office, by year and by reason as without a notice, and not in the total:"
        f" {unlinked:,} notices that were served are not linked to a file of EARM's, and fewer"
        " files with a hearing lack a notice."
    )
    of = [Of(ReportDimension.REASON, str(NoNotice.NOTICE_NOT_LINKED))]
    name = f"Reason: {WHY[NoNotice.NOTICE_NOT_LINKED]}"
    none_so = replace(by_file, name=name, of=of, numerator=Count.of(theirs), denominator=many,
                      definition=definition)  # fmt: skip
    return replace(by_file, numerator=total), none_so


def _divided(counted: Children, every: Sequence[Child]) -> list[Figure]:
    figures = []
    for dimension, (words, key) in _DIVIDED.items():
        for value in sorted({str(key(child) or NOT_STATED) for child in every}):
            among = [child for child in every if str(key(child) or NOT_STATED) == value]
            none = [child for child in among if not child.has_notice]
            name = value.removeprefix("office/").replace("_", " ").title()
            of = [Of(dimension, value)]
            figures.append(counted.figure(name, of, none, among, _WITHOUT.format(words)))
    return figures


def _why(counted: Children, none: Sequence[Child], reason: NoNotice) -> Figure:
    why = [child for child in none if child.why_none is reason]
    definition = f"Of the children without a Notice to Appear: the reason is {WHY[reason]}."
    of = [Of(ReportDimension.REASON, str(reason))]
    return counted.figure(f"Reason: {WHY[reason]}", of, why, none, definition)


def _staged(counted: Children, every: Sequence[Child], at: int) -> Figure:
    stage = STAGES[at].lower()
    so_far = [child for child in every if child.stages[at]]
    definition = (
        "Of the children transferred to ORR: those with a hearing."
        if STAGES[at] == "SCHEDULED"
        else f"Of the children transferred to ORR: some source says on which day it was {stage}."
    )
    of = [Of(ReportDimension.STAGE, STAGES[at])]
    return counted.figure(f"Notice {stage}", of, so_far, every, definition)
