"""Who may ask, to what end, and what becomes of each part of what they ask."""

from enum import StrEnum

from graph.vocabulary.agencies import Agency


class ViewerRole(StrEnum):
    """A role in which somebody asks (REQUIREMENTS.md §1, §15)."""

    ORR_TRIAGE = "ORR_TRIAGE"
    ORR_CASEWORKER = "ORR_CASEWORKER"
    CARE_PROVIDER = "CARE_PROVIDER"
    ERO_OFFICER = "ERO_OFFICER"
    ERO_FOJC = "ERO_FOJC"
    ERO_HQ = "ERO_HQ"
    OPLA_ATTORNEY = "OPLA_ATTORNEY"
    OPLA_JUV_POC = "OPLA_JUV_POC"
    EOIR_FEED = "EOIR_FEED"
    TRAFFICKING_INVESTIGATOR = "TRAFFICKING_INVESTIGATOR"
    CHILD_PROTECTIVE_SERVICES = "CHILD_PROTECTIVE_SERVICES"
    LAW_ENFORCEMENT = "LAW_ENFORCEMENT"
    LINKAGE_ANALYST = "LINKAGE_ANALYST"
    OVERSIGHT = "OVERSIGHT"
    PRIVACY_OFFICER = "PRIVACY_OFFICER"


class Purpose(StrEnum):
    """To what end somebody asks. There is none for enforcement against sponsors (§15)."""

    COURT_NOTICE = "COURT_NOTICE"
    CASE_MANAGEMENT = "CASE_MANAGEMENT"
    CHILD_SAFETY = "CHILD_SAFETY"
    TRAFFICKING_CASE = "TRAFFICKING_CASE"
    LINKAGE_QA = "LINKAGE_QA"
    OVERSIGHT_STATS = "OVERSIGHT_STATS"
    PRIVACY_AUDIT = "PRIVACY_AUDIT"


# A purpose that is not allowed without naming a case (§15).
NEEDS_A_CASE = frozenset({Purpose.TRAFFICKING_CASE})


class Category(StrEnum):
    """What kind of thing a field of the API tells. Each field of the schema has one."""

    PLAIN = "PLAIN"
    PUBLIC_FIGURES = "PUBLIC_FIGURES"
    CHILD_ID = "CHILD_ID"
    CHILD_NAME = "CHILD_NAME"
    SPONSOR_ID = "SPONSOR_ID"
    SPONSOR_NAME = "SPONSOR_NAME"
    SPONSOR_VETTING = "SPONSOR_VETTING"
    ADDRESS = "ADDRESS"
    COURT = "COURT"
    RELEASE = "RELEASE"
    RECORD = "RECORD"
    RECEIVED = "RECEIVED"
    LINKAGE = "LINKAGE"
    JUDGE = "JUDGE"
    SEARCH = "SEARCH"
    NETWORK = "NETWORK"
    COUNT = "COUNT"
    # Suppressed tables. Not for whoever sees exact counts of a part, who could undo it.
    FIGURES = "FIGURES"
    GRANT = "GRANT"
    GRANT_REVIEW = "GRANT_REVIEW"
    AUDIT_LOG = "AUDIT_LOG"
    FOLLOW_UP = "FOLLOW_UP"
    # Doing something about it: which step is whose is answered, not refused as a field.
    ADVANCE = "ADVANCE"
    WELFARE = "WELFARE"
    CONCERN = "CONCERN"
    RAISE_CONCERN = "RAISE_CONCERN"
    NOTICE = "NOTICE"
    # Exact figures: for nobody who gets suppressed ones.
    REPORT = "REPORT"
    CLOSURE = "CLOSURE"


class Outcome(StrEnum):
    """What becomes of a field of one category (D3).

    AUDIT answers it and says in the audit that it was asked for; REDACT answers null or nothing,
    and the receipt says so; HIDE does the same and the receipt names the rule alone; ERROR refuses
    the operation before anything is read.
    """

    ALLOW = "ALLOW"
    AUDIT = "AUDIT"
    REDACT = "REDACT"
    HIDE = "HIDE"
    ERROR = "ERROR"


class ScopeKind(StrEnum):
    """Whom somebody may see: all, those of scopes that are theirs, or nobody."""

    EVERYONE = "EVERYONE"
    OFFICE = "OFFICE"
    DOCKET = "DOCKET"
    PROVIDER = "PROVIDER"
    CASE = "CASE"
    REFERRAL = "REFERRAL"
    NOBODY = "NOBODY"
    # Opened by its holder alone, for a while, in an emergency; see `graph.writes.grants`.
    BREAK_GLASS = "BREAK_GLASS"


# Of which agency the agreements see each role.
AGENCY_OF_ROLE: dict[ViewerRole, Agency] = {
    ViewerRole.ORR_TRIAGE: Agency.ORR,
    ViewerRole.ORR_CASEWORKER: Agency.ORR,
    ViewerRole.CARE_PROVIDER: Agency.ORR,
    ViewerRole.ERO_OFFICER: Agency.ICE_ERO,
    ViewerRole.ERO_FOJC: Agency.ICE_ERO,
    ViewerRole.ERO_HQ: Agency.ICE_ERO,
    ViewerRole.OPLA_ATTORNEY: Agency.ICE_OPLA,
    ViewerRole.OPLA_JUV_POC: Agency.ICE_OPLA,
    ViewerRole.EOIR_FEED: Agency.EOIR,
}
