"""Reports: what is counted, by what, and why two sources' counts differ."""

from enum import StrEnum


class ReportKind(StrEnum):
    """A report, each a list of figures (REQUIREMENTS.md §12, P1-P6; F5; F10; N4)."""

    TRANSFERS = "TRANSFERS"
    NOTICES_TO_APPEAR = "NOTICES_TO_APPEAR"
    RECONCILIATION = "RECONCILIATION"
    ADDRESS_SEARCH = "ADDRESS_SEARCH"
    INBOX = "INBOX"
    DATA_QUALITY = "DATA_QUALITY"
    COVERAGE = "COVERAGE"


class Unit(StrEnum):
    """What a figure counts."""

    CHILDREN = "CHILDREN"
    WORDS = "WORDS"
    HEARINGS = "HEARINGS"
    RECORDS = "RECORDS"
    FOLLOW_UPS = "FOLLOW_UPS"
    OFFICES = "OFFICES"
    NOTICES = "NOTICES"
    DAYS = "DAYS"


class ReportDimension(StrEnum):
    """By what the figures of a report are told apart."""

    FISCAL_YEAR = "FISCAL_YEAR"
    YEAR_CROSSED = "YEAR_CROSSED"
    OFFICE = "OFFICE"
    REASON = "REASON"
    STAGE = "STAGE"
    MONTH = "MONTH"
    SOURCE = "SOURCE"
    EXTRACT = "EXTRACT"
    QUALITY = "QUALITY"
    CONTACT = "CONTACT"
    SIDE = "SIDE"
    BUCKET = "BUCKET"


class Absence(StrEnum):
    """Which of two things is counted as an absence (C2): S2:110 and S2:132 count differently."""

    FAILED_TO_APPEAR = "FAILED_TO_APPEAR"
    IN_ABSENTIA_ORDER = "IN_ABSENTIA_ORDER"
    EITHER = "EITHER"


class Bucket(StrEnum):
    """Why a child is counted by one source and not by the other (REQUIREMENTS.md §10)."""

    OUTSIDE_ITS_WINDOW = "OUTSIDE_ITS_WINDOW"
    ENTERED_LATE = "ENTERED_LATE"
    NO_LONGER_STATED = "NO_LONGER_STATED"
    ABSENCE_WITHOUT_ORDER = "ABSENCE_WITHOUT_ORDER"
    ORDER_WITHOUT_ABSENCE = "ORDER_WITHOUT_ABSENCE"
    NOT_LINKED = "NOT_LINKED"
    SAYS_OTHERWISE = "SAYS_OTHERWISE"
    NOTHING_ENTERED = "NOTHING_ENTERED"
    SAID_AGAIN = "SAID_AGAIN"


# What each bucket is, seen from the source that does not count her.
BUCKET_MEANS = {
    Bucket.OUTSIDE_ITS_WINDOW: "of a day that its count does not reach",
    Bucket.ENTERED_LATE: "entered there only after the day of this count",
    Bucket.NO_LONGER_STATED: "once stated there and no more, as an order that was vacated",
    Bucket.ABSENCE_WITHOUT_ORDER: "an absence without the order in absentia that it counts",
    Bucket.ORDER_WITHOUT_ABSENCE: "an order without the absence that it counts",
    Bucket.NOT_LINKED: "no record of its is known to be hers",
    Bucket.SAYS_OTHERWISE: "it has that hearing and says that she appeared or that it was put off",
    Bucket.NOTHING_ENTERED: "it has records of hers, and nobody entered this",
    Bucket.SAID_AGAIN: "a further word on a child who is counted already",
}

NOT_STATED = "NOT_STATED"


class NoNotice(StrEnum):
    """Why a child has no Notice to Appear, as far as the data tell (REQUIREMENTS.md §7.2)."""

    IN_ORR_CUSTODY = "IN_ORR_CUSTODY"
    RELIEF_PENDING_USCIS = "RELIEF_PENDING_USCIS"
    AWAITING_TRAVEL_OR_VENUE = "AWAITING_TRAVEL_OR_VENUE"
    SEEKING_COUNSEL = "SEEKING_COUNSEL"
    RESOURCE_CONSTRAINT = "RESOURCE_CONSTRAINT"
    UNKNOWN = "UNKNOWN"
    NOTICE_NOT_LINKED = "NOTICE_NOT_LINKED"
