"""The rules once more, written by hand from graph/sharing/RULES.md and from nothing else.

The two are compared by what comes out of the API; whoever changes one changes the other.
"""

from datetime import date

from graph.vocabulary.evidence import SharingClass
from tests.sharing.questions import Field

COURT, ENFORCEMENT, RELEASE, SPONSOR_VETTING, WELFARE, RELIEF = SharingClass

# The scope of a role of figures alone.
NOBODY = "nobody"
_ORR, _ICE = ("CHILD_SAFETY", "CASE_MANAGEMENT"), ("COURT_NOTICE", "CASE_MANAGEMENT")
# RULES.md 2: of each role, its purposes and the scope that is its.
ROLES = {
    "ORR_TRIAGE": (_ORR, None),
    "ORR_CASEWORKER": (_ORR, None),
    "CARE_PROVIDER": (("CASE_MANAGEMENT",), "provider/P1"),
    "ERO_OFFICER": (_ICE, "office/HOUSTON"),
    "ERO_FOJC": (_ICE, "office/HOUSTON"),
    "ERO_HQ": (("OVERSIGHT_STATS",), None),
    "OPLA_ATTORNEY": (_ICE, "docket/HOU"),
    "OPLA_JUV_POC": (_ICE, "docket/HOU"),
    "EOIR_FEED": (("COURT_NOTICE",), None),
    "TRAFFICKING_INVESTIGATOR": (("TRAFFICKING_CASE",), "case/C1"),
    "CHILD_PROTECTIVE_SERVICES": (("CHILD_SAFETY",), "referral/R1"),
    "LAW_ENFORCEMENT": (("CHILD_SAFETY",), "referral/R1"),
    "LINKAGE_ANALYST": (("LINKAGE_QA",), None),
    "OVERSIGHT": (("OVERSIGHT_STATS",), NOBODY),
    "PRIVACY_OFFICER": (("PRIVACY_AUDIT",), None),
}
PURPOSES = ("COURT_NOTICE", "CASE_MANAGEMENT", "CHILD_SAFETY", "TRAFFICKING_CASE", "LINKAGE_QA",
            "OVERSIGHT_STATS", "PRIVACY_AUDIT")  # fmt: skip

# RULES.md 4, a column a role in the order of ROLES: answered, answered and noted, redacted, refused.
_MATRIX = """\
PLAIN           A A A A A A A A A A A A A A A
PUBLIC_FIGURES  A A A A A A A A A A A A A A A
CHILD_ID        A A A A A E A A A N A A A E A
CHILD_NAME      A A A A A E A A A N A A R E R
SPONSOR_ID      A A A A A E A A R N A A A E A
SPONSOR_NAME    A A A A A E A A R N A A R E R
SPONSOR_VETTING A A A A A E A A R N A A R E R
ADDRESS         A A A A A E A A A N A A R E R
COURT           A A A A A E A A A N A A R E R
RELEASE         A A A A A E A A R N A A R E R
RECORD          A A A A A E A A A N A A A E A
RECEIVED        N N N N N E N N E N E E R E R
LINKAGE         A A E E E E E E E E E E A E E
JUDGE           E E E E E E E E E E E E A E E
SEARCH          A A A A A E A A E N E E E E E
NETWORK         A A E N N E N N E N E E E E E
COUNT           A A E A A E A A E E E E A E E
FIGURES         E E E E E E E E E E E E E A E
GRANT           A A A A A E A A E N A A E E E
GRANT_REVIEW    E E E E E E E E E E E E E E A
AUDIT_LOG       E E E E E E E E E E E E E E A
FOLLOW_UP       A A E A A E A A E N E E E E E
ADVANCE         A A A A A E A A E E A A E E E
WELFARE         A A A A A E A A E N A A R E R
CONCERN         A A A E E E E E E N A A E E E
RAISE_CONCERN   A A A A A E A A E N A A E E E
NOTICE          A A E A A E A A E E A A E E E
REPORT          A A E A A A A A E E E E E E E
CLOSURE         E E E E E A E E E E E E E A E
"""
MATRIX = {
    (category, role): outcome
    for category, *outcomes in map(str.split, _MATRIX.splitlines())
    for role, outcome in zip(ROLES, outcomes, strict=True)
}

# RULES.md 5: `open`, or the days from and before which a class is open.
_Opening = dict[SharingClass, str | tuple[date, date]]
_HHS, _MEMORANDUM = (date(2023, 12, 21), date.max), (date(2018, 1, 1), date(2021, 1, 1))
_ICE_OPEN: _Opening = {COURT: "open", ENFORCEMENT: "open", RELEASE: "open", RELIEF: "open",
             SPONSOR_VETTING: _MEMORANDUM}  # fmt: skip
_ALL: _Opening = dict.fromkeys(SharingClass, "open")
_LOCAL: _Opening = dict.fromkeys((COURT, RELEASE, SPONSOR_VETTING, WELFARE), "open")
CLASSES: dict[str, _Opening] = {
    "ORR_TRIAGE": {**_ALL, COURT: _HHS, ENFORCEMENT: _HHS},
    "ORR_CASEWORKER": {**_ALL, COURT: _HHS, ENFORCEMENT: _HHS},
    "CARE_PROVIDER": dict.fromkeys((RELEASE, SPONSOR_VETTING, WELFARE), "open"),
    "ERO_OFFICER": _ICE_OPEN,
    "ERO_FOJC": _ICE_OPEN,
    "ERO_HQ": dict.fromkeys((COURT, ENFORCEMENT, RELEASE, RELIEF), "open"),
    "OPLA_ATTORNEY": _ICE_OPEN,
    "OPLA_JUV_POC": _ICE_OPEN,
    "EOIR_FEED": {COURT: "open"},
    "TRAFFICKING_INVESTIGATOR": {one: "open" for one in SharingClass if one != SPONSOR_VETTING},
    "CHILD_PROTECTIVE_SERVICES": _LOCAL,
    "LAW_ENFORCEMENT": _LOCAL,
    "LINKAGE_ANALYST": _ALL,
    "OVERSIGHT": {},
    "PRIVACY_OFFICER": _ALL,
}

# RULES.md 6: before each provision's day, on it, and some days between.
DATES = (
    date(2016, 6, 30), date(2017, 12, 31), date(2018, 1, 1), date(2019, 6, 30), date(2020, 12, 31),
    date(2021, 1, 1), date(2022, 6, 30), date(2023, 12, 20), date(2023, 12, 21), date(2024, 8, 4),
    date(2024, 8, 5), date(2024, 8, 19), date(2026, 1, 1),
)  # fmt: skip

# RULES.md 4, "what it is": of each type what its fields are, and those that are something else.
_OF_TYPE = {
    "Query": "SEARCH", "Mutation": "JUDGE", "Subscription": "SEARCH", "Viewer": "PLAIN",
    "Child": "CHILD_NAME", "Sponsor": "SPONSOR_NAME", "Address": "ADDRESS", "Hearing": "COURT",
    "Record": "RECORD", "RecordEdge": "PLAIN", "ReceivedCell": "RECEIVED", "Release": "RELEASE",
    "ReleaseCount": "PUBLIC_FIGURES", "LastContact": "RELEASE", "ContactWord": "RELEASE",
    "AddressReport": "ADDRESS", "Location": "PLAIN", "AddressCandidate": "ADDRESS",
    "AddressConflicts": "PLAIN", "AddressWord": "ADDRESS", "AddressConflict": "ADDRESS",
    "AppearanceReport": "COURT", "ReconciledAppearance": "COURT",
    "NoticeToAppear": "COURT", "NoticeService": "COURT", "NoticeStatement": "COURT",
    "WithoutNotice": "COURT", "WithoutNoticeGround": "COURT", "AppearanceRefused": "PLAIN",
    "WithoutNoticeRefused": "PLAIN", "AppearanceRecorded": "ADVANCE", "WithoutNoticeRecorded": "ADVANCE",
    "FailureToAppearCounts": "REPORT", "EntryLag": "REPORT", "Feed": "REPORT", "ChildMatch": "SEARCH", "MatchReason": "SEARCH",
    "CountRange": "COUNT", "ChildrenAtAddress": "NETWORK", "ChildAtAddress": "NETWORK",
    "SponsorNetwork": "NETWORK", "NetworkNode": "NETWORK", "NetworkCut": "NETWORK",
    "Tie": "NETWORK", "EvidencePath": "NETWORK", "EvidenceStep": "NETWORK", "StepCost": "NETWORK",
    "ShortestPath": "NETWORK", "PathStep": "NETWORK", "CandidatePair": "LINKAGE",
    "PairSide": "LINKAGE", "MatchExplanation": "LINKAGE", "ComparisonWeight": "LINKAGE",
    "LevelChange": "LINKAGE", "WhatIf": "LINKAGE", "IdentityEvent": "LINKAGE",
    "IdentityStep": "LINKAGE", "RecordMove": "LINKAGE", "Judgement": "LINKAGE",
    "JudgementConflict": "LINKAGE", "JudgementRecorded": "JUDGE", "JudgementRefused": "JUDGE",
    "JudgementRetracted": "JUDGE", "AddressReported": "ADDRESS", "FailedToAppear": "COURT",
    "IdentityChanged": "LINKAGE", "OversightTable": "FIGURES",
    "Report": "REPORT", "Responsibility": "PLAIN", "ReportFigure": "REPORT", "ReportPart": "REPORT", "ReportCount": "REPORT",
    "ClosureEvidence": "CLOSURE", "Recommendation": "CLOSURE", "ClosureCount": "CLOSURE", "ClosureDays": "CLOSURE",
    "ClosureCase": "CLOSURE", "ClosureStep": "CLOSURE",
    "OversightFigure": "FIGURES", "FigureDimension": "FIGURES", "ShownCount": "FIGURES",
    "Touchpoint": "WELFARE", "TriageChild": "CONCERN", "TriageWhy": "CONCERN", "Call30Day": "WELFARE", "SilentChild": "WELFARE", "AgeOut": "CHILD_NAME",
    "Venue": "COURT", "AlternateAddress": "NETWORK", "AddressPath": "NETWORK",
    "AddressPathStep": "NETWORK", "Concern": "CONCERN", "ConcernStep": "CONCERN",
    "ConcernRaised": "RAISE_CONCERN", "ConcernAdvanced": "CONCERN", "WelfareRefused": "PLAIN",
    "WellnessCheck": "WELFARE", "WellnessCheckRequested": "ADVANCE",
    "WellnessOutcomeRecorded": "ADVANCE", "CallRecorded": "ADVANCE", "ServiceRecorded": "ADVANCE", "AddressStated": "ADVANCE",
    "AddressVerified": "ADVANCE", "AddressStatement": "ADDRESS", "AddressVerification": "ADDRESS",
    "Policy": "PLAIN",
    "PolicyDiff": "PLAIN", "PolicyChange": "PLAIN", "Provision": "PLAIN", "RoleRules": "PLAIN",
    "AuditPage": "AUDIT_LOG", "AuditRow": "AUDIT_LOG", "Disclosure": "AUDIT_LOG",
    "DisclosurePage": "AUDIT_LOG", "Grant": "PLAIN", "GrantOpened": "GRANT", "GrantClosed": "GRANT",
    "GrantRefused": "PLAIN", "BreakGlassReviewed": "GRANT_REVIEW", "ClassRule": "PLAIN", "CategoryRule": "PLAIN", "EventsOmitted": "PLAIN", "HeardUpTo": "PLAIN",
    "FollowUp": "FOLLOW_UP", "FollowUpRegion": "FOLLOW_UP", "FollowUpStep": "FOLLOW_UP",
    "NextAction": "FOLLOW_UP", "AddressCorrection": "FOLLOW_UP", "Caseload": "REPORT",
    "FollowUpDuty": "PLAIN", "DutyReading": "PLAIN", "FollowUpRefused": "PLAIN",
    "Notice": "NOTICE", "NoticeAttempt": "NOTICE", "NoticeAcknowledged": "NOTICE",
    "NoticeRefused": "PLAIN", "FollowUpAdvanced": "ADVANCE", "I830Recorded": "ADVANCE",
}  # fmt: skip
_EXCEPT: dict[str, dict[str, str]] = {
    "Query": {
        "PLAIN": "viewer policy policyDiff responsibilities", "PUBLIC_FIGURES": "releasesByState", "CHILD_ID": "node nodes child",
        "SPONSOR_ID": "sponsor", "ADDRESS": "address locate", "COURT": "hearings",
        "AUDIT_LOG": "auditLog disclosures", "GRANT": "grants", "GRANT_REVIEW": "breakGlassToReview",
        "NETWORK": "alternateAddresses childrenAtAddress sponsorNetwork evidencePath shortestPath",
        "COUNT": "failedToAppearCount", "FIGURES": "oversightTables oversightTable", "CLOSURE": "closureEvidence",
        "REPORT": "transfersByFiscalYear ntaBacklog reconcile caseloads failureToAppearCounts entryLags"
        " feeds addressSearchRate inboxUsage dataQuality coverage",
        "LINKAGE": "reviewQueue matchExplanation judgements judgementConflicts",
        "CONCERN": "concern concerns triage", "FOLLOW_UP": "followUp followUps nextActions",
        "NOTICE": "notice notices",
        "WELFARE": "calls30Day silent",
    },
    "Mutation": {
        "GRANT": "openScope closeScope breakGlass", "GRANT_REVIEW": "reviewBreakGlass",
        "ADVANCE": "recordAppearance recordWithoutNotice recordCall recordService reportAddress verifyAddress requestWellnessCheck recordWellnessOutcome"
                   " advanceFollowUp draftI830 provideI830 fileI830 recordSync",
        "RAISE_CONCERN": "raiseConcern", "NOTICE": "acknowledgeNotice",
        "CONCERN": "routeConcern acknowledgeConcern recordConcernOutcome",
    },
    "Subscription": {"LINKAGE": "identityChanged"},
    "Child": {
        "CHILD_ID": "id formerIds location addressConflicts lastContact", "RECORD": "records",
        "RELEASE": "sponsor releases", "COURT": "hearings noticeToAppear withoutNotice venue", "WELFARE": "touchpoints wellnessChecks calls30Day",
        "ADDRESS": "addressHistory addressStatements addressVerifications", "CONCERN": "concerns",
        "LINKAGE": "identityEvents identitySteps", "FOLLOW_UP": "followUps",
    },
    "Sponsor": {
        "SPONSOR_ID": "id formerIds", "SPONSOR_VETTING": "dateOfBirth phones",
        "RELEASE": "children releases", "ADDRESS": "addressHistory", "RECORD": "records",
        "NETWORK": "network", "LINKAGE": "identityEvents identitySteps",
    },
    "Address": {"NETWORK": "residents children sponsors sameBuilding", "COUNT": "childrenCount"},
    "Touchpoint": {"RECORD": "record"}, "Notice": {"FOLLOW_UP": "followUp", "CONCERN": "concern"},
    "Call30Day": {"CHILD_ID": "child", "RELEASE": "sponsor"},
    "TriageChild": {"CHILD_ID": "child"},
    "SilentChild": {"CHILD_ID": "child", "CHILD_NAME": "turnsEighteenOn"},
    "AgeOut": {"PLAIN": "asOf"},
    "Venue": {"CHILD_ID": "child", "PLAIN": "asOf", "ADDRESS": "address courtsNearby"},
    "Concern": {"CHILD_ID": "child", "ADDRESS": "address"},
    "Hearing": {"CHILD_ID": "child", "CHILD_NAME": "childAge", "FOLLOW_UP": "followUp"},
    "FollowUp": {"COURT": "hearing", "CHILD_ID": "child"},
    "FollowUpStep": {"RECORD": "evidence"},
    "AddressCorrection": {"ADDRESS": "address candidates", "RECORD": "evidence"},
    "FollowUpAdvanced": {"FOLLOW_UP": "followUp"},
    "Record": {"RECEIVED": "received"},
    "RecordEdge": {"RECORD": "matchWeight modelVersion"},
    "Release": {"RECORD": "record"},
    "AddressReport": {"RECORD": "record"},
    "AppearanceReport": {"RECORD": "record"},
    "NoticeStatement": {"RECORD": "record"},
    "ContactWord": {"RECORD": "record"},
    "Tie": {"RECORD": "record"},
    "LastContact": {"PLAIN": "asOf knownAt"},
    "Location": {"CHILD_ID": "child", "ADDRESS": "candidates"},
    "AddressConflicts": {"CHILD_ID": "child", "ADDRESS": "words conflicts"},
    "ChildrenAtAddress": {"PLAIN": "asOf knownAt", "COUNT": "count"},
    "AddressReported": {"PLAIN": "cursor run at stands"},
    "FailedToAppear": {"PLAIN": "cursor run at stands", "CHILD_ID": "child"},
    "IdentityChanged": {"PLAIN": "cursor run at"},
}  # fmt: skip
_CATEGORY = {
    (kind, name): category
    for kind, others in _EXCEPT.items()
    for category, names in others.items()
    for name in names.split()
}
KINDS = {"Child": "CHILD_ID", "Sponsor": "SPONSOR_ID", "Address": "ADDRESS", "Hearing": "COURT",
         "Record": "RECORD"}  # fmt: skip


def category(field: Field) -> str:
    """What a field tells; a page's own parts are plumbing. KeyError for a type without a rule."""
    if field.kind == "PageInfo" or field.kind.endswith("Connection"):
        return "PLAIN"
    if field.kind.endswith("Edge") and field.kind != "RecordEdge":
        return "PLAIN"
    return _CATEGORY.get((field.kind, field.name)) or _OF_TYPE[field.kind]


def outcome(role: str, field: Field) -> str:
    """A, N, R or E: what becomes of a field for a role."""
    return MATRIX[category(field), role]


def closed(role: str, day: date) -> frozenset[SharingClass]:
    """The classes that are closed to a role on a day."""
    return frozenset(one for one in SharingClass if not _is_open(CLASSES[role].get(one), day))


def _is_open(rule: str | tuple[date, date] | None, day: date) -> bool:
    if rule is None or isinstance(rule, str):
        return rule == "open"
    begins, ends = rule
    return begins <= day < ends


# What says that something is not there, and is told to nobody who could not know: graph/welfare/
# WELFARE.md, graph/shapes/COURT.md. Of each field, the classes without any of which it is empty.
_UNTOLD = {
    "Child.calls30Day": {WELFARE}, "Query.calls30Day": {WELFARE}, "Query.silent": {WELFARE},
    "Child.withoutNotice": {ENFORCEMENT, COURT},
    # RULES.md 5: they have a class of their own, whichever table they were read from.
    "Sponsor.dateOfBirth": {SPONSOR_VETTING}, "Sponsor.phones": {SPONSOR_VETTING},
    # It counts records of every class: docstring of CandidatePair.moved.
    "CandidatePair.moved": set(SharingClass),
}  # fmt: skip


def is_untold(field: Field, closed: frozenset[SharingClass]) -> bool:
    """Whether a field is empty for whoever lacks these classes, whatever is there."""
    return bool(_UNTOLD.get(str(field), frozenset()) & closed)
