"""What was done: after how many failures to appear an address was looked for, and ORR was told.

F10 (S2:112: officers at only one location stated they attempted to locate children) and F5 (S2:114:
headquarters was unaware if local offices were using the inbox or how often).
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final

from graph.reports.figure import Count, Figure, Of, Report
from graph.vocabulary.notices import NoticeState
from graph.vocabulary.reports import NOT_STATED, ReportDimension, ReportKind, Unit

HERE: Final = "SPONSORGRAPH"
_FOLLOWED: Final = "Of the failures to appear up to that day that are followed here{0}:"
_ONE_OF: Final = (
    "The report says one of the eight field offices visited (S2:59) and one of ten met (S2:112): it"
    " keeps both, and so does this."
)
_ONLY_HERE: Final = (
    "Only what was recorded here counts: a search that nobody recorded is not there."
)
_TAKEN: Final = (NoticeState.SENT, NoticeState.ACKNOWLEDGED)


def part(
    name: str,
    of: Sequence[Of],
    unit: Unit,
    some: int,
    among: int,
    as_of: date,
    definition: str,
    sources: Iterable[str] = (HERE,),
) -> Figure:
    """A figure in which linkage leaves no doubt."""
    counted, whole = Count.of(some), Count.of(among)
    return Figure(name, of, unit, counted, whole, as_of, definition, [*sources])


def office_name(office: str) -> str:
    """`office/ST_PAUL` or `ST_PAUL` as people write it."""
    return office.removeprefix("office/").replace("_", " ").title()


def address_search(as_of: date, rows: Iterable[Sequence[Any]]) -> Report:
    """From `[office, searched, found, how many]`: in all, by office, and at how many offices."""
    every, searched, found = Counter[str](), Counter[str](), Counter[str]()
    for office, was_searched, was_found, many in rows:
        of = office or NOT_STATED
        every[of] += many
        searched[of] += many * was_searched
        found[of] += many * was_found
    told = (
        f"{_FOLLOWED.format('')} somebody recorded that an address was looked for or that one was"
        " found."
    )
    stated = [one for one in every if one != NOT_STATED]
    figures = [
        part("An address was looked for", [], Unit.FOLLOW_UPS, searched.total(), every.total(),
             as_of, told),
        part("Offices that looked for any", [Of(ReportDimension.STAGE, "OFFICES")], Unit.OFFICES,
             sum(searched[one] > 0 for one in stated), len(stated), as_of,
             "Of the offices with a failure to appear that is followed: at least once somebody"
             " recorded there that an address was looked for."),
        part("An address was found", [Of(ReportDimension.STAGE, "FOUND")], Unit.FOLLOW_UPS,
             found.total(), searched.total(), as_of,
             "Of those for which an address was looked for: an alternate one was found."),
        *(
            part(office_name(one), [Of(ReportDimension.OFFICE, one)], Unit.FOLLOW_UPS,
                 searched[one], every[one], as_of, told)
            for one in sorted(every)
        ),
    ]  # fmt: skip
    title = "Addresses looked for after a failure to appear"
    return Report(ReportKind.ADDRESS_SEARCH, title, as_of, figures, [_ONE_OF, _ONLY_HERE])


def inbox(
    as_of: date, follow_ups: Iterable[Sequence[Any]], notices: Iterable[Sequence[Any]]
) -> Report:
    """From `[office, told, how many]` and `[office, month, state, how many]`: F5, by both."""
    every, told = Counter[str](), Counter[str]()
    for office, was_told, many in follow_ups:
        every[office or NOT_STATED] += many
        told[office or NOT_STATED] += many * was_told
    raised = [(office or NOT_STATED, month, state, many) for office, month, state, many in notices]
    words = f"{_FOLLOWED.format('')} ORR's inbox took a notice, or ORR was told otherwise."
    figures = [
        part("ORR was told", [], Unit.FOLLOW_UPS, told.total(), every.total(), as_of, words),
        *_noticed(as_of, "all offices", [], raised),
    ]
    for office in sorted(every):
        of = [Of(ReportDimension.OFFICE, office)]
        figures.append(
            part(
                office_name(office), of, Unit.FOLLOW_UPS, told[office], every[office], as_of, words
            )
        )
        months = sorted({month for where, month, _, _ in raised if where == office})
        for month in months:
            name, when = f"{office_name(office)}, {month}", Of(ReportDimension.MONTH, month)
            theirs = [one for one in raised if one[:2] == (office, month)]
            figures += _noticed(as_of, name, [*of, when], theirs)
    title = "Failures to appear of which ORR was told"
    notes = [
        "That ORR must acknowledge a notice the documents do not say: it is counted here, no more.",
        "An official of headquarters was unaware if offices used the inbox, or how often (S2:114).",
    ]
    return Report(ReportKind.INBOX, title, as_of, figures, notes)


_Notice = tuple[str, str, str, int]


def _noticed(as_of: date, name: str, of: Sequence[Of], raised: Iterable[_Notice]) -> list[Figure]:
    states = Counter[str]()
    for _, _, state, many in raised:
        states[state] += many
    sent = sum(states[state] for state in _TAKEN)
    stage = ReportDimension.STAGE
    return [
        part(f"Notices sent, {name}", [*of, Of(stage, "SENT")], Unit.NOTICES, sent, states.total(),
             as_of, "Of the notices to ORR raised in that month: its server took them by now."),
        part(f"Notices acknowledged, {name}", [*of, Of(stage, "ACKNOWLEDGED")], Unit.NOTICES,
             states[NoticeState.ACKNOWLEDGED], sent, as_of,
             "Of those that were sent: ORR acknowledged them by now."),
    ]  # fmt: skip
