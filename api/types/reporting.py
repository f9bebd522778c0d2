"""Reports: exact figures for those who run the process, none of them a bare number."""

from datetime import date

import strawberry

from api.types.declared import described, from_graph
from graph.reports import responsibilities as tasks
from graph.vocabulary.reports import (
    BUCKET_MEANS,
    Absence,
    Bucket,
    ReportDimension,
    ReportKind,
    Unit,
)

described(
    ReportKind,
    "A report.",
    {
        "TRANSFERS": "Children transferred to ORR, by fiscal year.",
        "NOTICES_TO_APPEAR": "Children without a Notice to Appear: by office, cohort and reason.",
        "RECONCILIATION": "Why two sources count different children as failing to appear.",
        "ADDRESS_SEARCH": "After how many failures to appear somebody looked for an address.",
        "INBOX": "How often ORR was told of failures to appear, by office and month.",
        "DATA_QUALITY": "How complete, how late and how contradicted each source is.",
        "COVERAGE": "Of how many released children somebody has had word lately.",
    },
)
described(
    Unit,
    "What a figure counts.",
    {
        "CHILDREN": "Children.",
        "WORDS": "Words of records: a child may have several.",
        "HEARINGS": "Hearings.",
        "RECORDS": "Records as received.",
        "FOLLOW_UPS": "Follow-ups, one a hearing that somebody failed to appear at.",
        "OFFICES": "ICE's field offices.",
        "NOTICES": "Notices to ORR.",
        "DAYS": "Days, as a median: the denominator is of how many it was taken.",
    },
)
described(
    ReportDimension,
    "By what the figures of a report are told apart.",
    {
        "FISCAL_YEAR": "The federal fiscal year, October to September.",
        "YEAR_CROSSED": "The calendar year in which the child was apprehended.",
        "OFFICE": "ICE's field office, as its scope is called: `office/HOUSTON`.",
        "REASON": "Why there is no Notice to Appear, as far as the data tell.",
        "STAGE": "How far a Notice to Appear, or a notice to ORR, has come.",
        "MONTH": "The month, as 2024-08.",
        "SOURCE": "Whose records.",
        "EXTRACT": "The day on which the source cut what it delivered.",
        "QUALITY": "What of the source was looked at.",
        "CONTACT": "What the latest word was about.",
        "SIDE": "Which of two sources counts: LEFT and RIGHT are their counts, BOTH, ONLY_LEFT and"
        " ONLY_RIGHT what they are made of, DIFFERENCE, LACKING and MAY_BE_ONE what follows.",
        "BUCKET": "Why one of them does not count a child.",
    },
)
described(
    Absence,
    "What is counted as an absence. An order is not a failure to appear.",
    {
        "FAILED_TO_APPEAR": "A source says that the child failed to appear at a hearing.",
        "IN_ABSENTIA_ORDER": "A source says that she was ordered removed in absentia.",
        "EITHER": "One of the two.",
    },
)
described(
    Bucket,
    "Why a child whom one source counts is not counted by another; the first that holds.",
    {name: f"{words[0].upper()}{words[1:]}." for name, words in BUCKET_MEANS.items()},
)


@strawberry.type(description="Which part of a report a figure is, in one respect.")
class ReportPart:
    dimension: ReportDimension = from_graph("In which respect.")
    value: str = from_graph("Which; `NOT_STATED` where no paper says.")


@strawberry.type(
    description="How many, as records are linked now, and between which numbers the truth lies as"
    " long as records are under review."
)
class ReportCount:
    counted: int = from_graph("How many, as records are linked now.")
    low: int = from_graph("There are at least so many, but for 1 case in 40.")
    high: int = from_graph("There are at most so many.")


@strawberry.type(description="A figure: never a number without what it is a part of and means.")
class ReportFigure:
    name: str = from_graph("What to call it in a table.")
    of: list[ReportPart] = from_graph("Which part of the report; none of it: all.")
    unit: Unit = from_graph("What is counted.")
    numerator: ReportCount = from_graph("How many; of a median, how many days.")
    denominator: ReportCount = from_graph("Of how many.")
    share: float | None = from_graph(
        "The first as a part of the second; null of a median, and of none."
    )
    as_of: date = from_graph("The day on which they were counted.")
    definition: str = from_graph("What is counted.")
    sources: list[str] = from_graph("Whose records say so; `SPONSORGRAPH` where it was done here.")


@strawberry.type(description="A report, as far as the asker's own children and papers tell.")
class Report:
    kind: ReportKind = from_graph("Which report.")
    title: str = from_graph("What it is about.")
    as_of: date = from_graph("The day on which it was counted: what is of a later day is left out.")
    figures: list[ReportFigure] = from_graph("Its figures, in an order to be read in.")
    notes: list[str] = from_graph("What has to be said beside them.")


@strawberry.type(description="A task after a release or a failure to appear, and whose it is.")
class Responsibility:
    event: str = strawberry.field(description="The task, as a step of a follow-up is called.")
    actor: str = strawberry.field(description="Whose it is: OPLA, ERO, ORR, and so on.")
    force: str = strawberry.field(
        description="How strongly the words put it: REQUIRED, SHOULD, DESCRIBED (the report says"
        " whose task it is) or NONE_FOUND."
    )
    rule: str | None = strawberry.field(
        description="The provision it rests on, as `policy` has it."
    )
    words: str | None = strawberry.field(description="In which words.")
    citation: str | None = strawberry.field(description="Where they stand.")
    beside: list[str] = strawberry.field(
        description="How others read them. It stands beside and decides nothing."
    )

    @staticmethod
    def of(one: tasks.Responsibility) -> "Responsibility":
        return Responsibility(
            event=one.event,
            actor=one.actor,
            force=one.force,
            rule=one.rule,
            words=one.words,
            citation=one.citation,
            beside=[*one.beside],
        )


RESOLVED_IN_PYTHON = frozenset({"Responsibility"})
