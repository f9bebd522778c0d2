"""A report, from what its one statement read: `[kind, as of, …]`."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from graph.reports.children import transfers
from graph.reports.discrepancy import reconciled
from graph.reports.figure import Report
from graph.reports.notices import notices_to_appear
from graph.reports.process import address_search, inbox
from graph.reports.sources import coverage, data_quality
from graph.vocabulary.reports import ReportKind

_Maker = Callable[..., Report]
_MAKERS: Mapping[ReportKind, _Maker] = {
    ReportKind.TRANSFERS: transfers,
    ReportKind.NOTICES_TO_APPEAR: notices_to_appear,
    ReportKind.RECONCILIATION: reconciled,
    ReportKind.ADDRESS_SEARCH: address_search,
    ReportKind.INBOX: inbox,
    ReportKind.DATA_QUALITY: data_quality,
    ReportKind.COVERAGE: coverage,
}


def made_report(read: Sequence[Any]) -> Report:
    """The report that a statement's rows make."""
    kind, as_of, *rest = read
    return _MAKERS[ReportKind(kind)](date.fromisoformat(as_of), *rest)
