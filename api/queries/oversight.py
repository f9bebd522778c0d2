"""Figures and reports for those who oversee it."""

from datetime import date

import strawberry

from api.types.closure import ClosureEvidence
from api.types.declared import argument, from_graph
from api.types.oversight import OversightTable
from api.types.releases import ReleaseCount
from api.types.reporting import Report
from graph.vocabulary.agencies import Source
from graph.vocabulary.figures import FigureTable
from graph.vocabulary.reports import Absence

_PUBLISHED_BY = "As published last by this day; the latest unless given."
_COUNTED_ON = argument("asOf", date | None, "As of this day; today unless given.")


@strawberry.type
class Oversight:
    releases_by_state: list[ReleaseCount] = from_graph(
        "Releases counted in ORR's public file, by fiscal year, then state.",
        argument("fiscalYear", int | None, "Only this federal fiscal year."),
        argument("state", str | None, "Only this state, as the file writes it."),
    )
    oversight_tables: list[OversightTable] = from_graph(
        "The tables published for oversight, the whole family of one day, by kind.",
        argument("asOf", date | None, _PUBLISHED_BY),
    )
    oversight_table: OversightTable | None = from_graph(
        "One table of the family; null where none was published by then.",
        argument("kind", FigureTable, "Which table."),
        argument("asOf", date | None, _PUBLISHED_BY),
    )
    transfers_by_fiscal_year: Report = from_graph(
        "Children transferred to ORR, by fiscal year (Table 1 of the report).", _COUNTED_ON
    )
    nta_backlog: Report = from_graph(
        "Children without a Notice to Appear: in all, by office, by year of crossing and of"
        " transfer, and for which reason; and how many have a notice that was issued, served,"
        " filed and scheduled, which are four things.",
        _COUNTED_ON,
    )
    reconcile: Report = from_graph(
        "Why two sources count different children as failing to appear: each child whom one counts"
        " and the other does not in one bucket, which sum exactly to the difference. Unless asked"
        " otherwise each source counts as the reports had it: EOIR final orders in absentia of"
        " fiscal years 2019 to 2023, PLANet absences of 8 months more.",
        argument("left", Source, "One source: EOIR, PLANET, EARM or LOCAL_WORKSHEET."),
        argument("right", Source, "The other."),
        argument("since", date | None, "Of days from this one on, of both."),
        argument("until", date | None, "Of days before this one, of both."),
        argument("definition", Absence | None, "What both count as an absence."),
        argument("countWords", bool, "Every word of a record, not every child.", default=False),
        _COUNTED_ON,
    )
    address_search_rate: Report = from_graph(
        "After how many failures to appear somebody looked for an address: by office, and at how"
        " many offices at all.",
        _COUNTED_ON,
    )
    inbox_usage: Report = from_graph(
        "Of how many failures to appear ORR was told, and what became of the notices to its inbox:"
        " by office and month.",
        _COUNTED_ON,
    )
    data_quality: Report = from_graph(
        "How complete, how late and how contradicted each source is, extract by extract.",
        _COUNTED_ON,
    )
    coverage: Report = from_graph(
        "Of how many released children somebody had word in the last days before a day.",
        argument("days", int, "How many days: a local target, not law.", 30),
        _COUNTED_ON,
    )
    closure_evidence: ClosureEvidence = from_graph(
        "What was done between two quarters' first days, as documentation that a recommendation was"
        " followed: counts as ranges of ten, medians, and some cases under names of this pack.",
        argument("recommendation", int, "1 or 2, of OIG-24-46."),
        argument("since", date, "From this day on: the first of a quarter."),
        argument("until", date, "Before this day: the first of a quarter, and past."),
    )
