"""The words of who asks and what becomes of it, described for the schema."""

from api.types.declared import described
from graph.sharing.policy import ROLES
from graph.vocabulary.evidence import SharingClass
from graph.vocabulary.viewers import Category, Outcome, Purpose, ScopeKind, ViewerRole

# Whoever takes them from here takes them described.
__all__ = ["Category", "Outcome", "Purpose", "ScopeKind", "SharingClass", "ViewerRole"]

described(
    ViewerRole,
    "A role in which somebody asks.",
    {role: f"{rules.what[0].upper()}{rules.what[1:]}." for role, rules in ROLES.items()},
)
described(
    Purpose,
    "To what end somebody asks. There is none for enforcement against sponsors.",
    {
        "COURT_NOTICE": "That a child hears of her hearings, and the court of her address.",
        "CASE_MANAGEMENT": "The work on a child's case.",
        "CHILD_SAFETY": "That a child is safe.",
        "TRAFFICKING_CASE": "One case of suspected trafficking, which must be named.",
        "LINKAGE_QA": "That records are rightly linked.",
        "OVERSIGHT_STATS": "Figures for those who oversee.",
        "PRIVACY_AUDIT": "Who saw what, and whether they might.",
    },
)
described(
    Category,
    "What kind of thing a field tells.",
    {
        "PLAIN": "Nothing of anybody: pages, cursors, the rules.",
        "PUBLIC_FIGURES": "Counts of ORR's public, de-identified file.",
        "CHILD_ID": "That there is this child.",
        "CHILD_NAME": "Who she is: names, numbers, birth date.",
        "SPONSOR_ID": "That there is this sponsor.",
        "SPONSOR_NAME": "A sponsor's names.",
        "SPONSOR_VETTING": "What ORR asks of a sponsor.",
        "ADDRESS": "Where somebody is said to live.",
        "COURT": "Hearings, and every source's word on them.",
        "RELEASE": "To whom she was released, and who last saw her.",
        "RECORD": "That a record is about somebody.",
        "RECEIVED": "A record's cells, as the agency wrote them.",
        "LINKAGE": "Why records are one person's, or not.",
        "JUDGE": "Saying that records are one person's, or not.",
        "SEARCH": "Finding people whom the asker cannot name by id.",
        "NETWORK": "Walking from one to others.",
        "COUNT": "Exact counts of children.",
        "FIGURES": "Suppressed tables for oversight.",
        "GRANT": "Opening a scope.",
        "GRANT_REVIEW": "The review of what was opened.",
        "AUDIT_LOG": "The audit and disclosures.",
        "FOLLOW_UP": "What was done after a failure to appear, and what comes next.",
        "ADVANCE": "Recording what was done.",
        "WELFARE": "Who saw or spoke to her, calls, services and wellness checks.",
        "CONCERN": "What somebody is worried about, and what became of it.",
        "RAISE_CONCERN": "Saying that one is worried about a child.",
        "NOTICE": "Who was told that there is something to look up.",
        "REPORT": "Exact figures of many children, within the asker's scope.",
        "CLOSURE": "What shows that a recommendation was followed.",
    },
    name="FieldCategory",
)
described(
    Outcome,
    "What becomes of a field.",
    {
        "ALLOW": "It is answered.",
        "AUDIT": "It is answered, and the audit says that it was asked for.",
        "REDACT": "It is null or empty, and the receipt names it.",
        "HIDE": "It is null or empty, and the receipt names the rule alone.",
        "ERROR": "The operation is refused before anything is read.",
    },
    name="FieldOutcome",
)
described(
    SharingClass,
    "A fact's origin, as agreements see it.",
    {
        "COURT": "The immigration courts' case data.",
        "ENFORCEMENT": "ICE's case files and papers.",
        "RELEASE": "ORR's release papers.",
        "SPONSOR_VETTING": "What ORR asks of a sponsor.",
        "WELFARE": "ORR's calls and services.",
        "RELIEF": "Applications to USCIS.",
    },
)
described(
    ScopeKind,
    "Whom a role may see.",
    {
        "EVERYONE": "All children.",
        "OFFICE": "Children within their field offices.",
        "DOCKET": "Children on their courts' dockets.",
        "PROVIDER": "Children whom their care provider released.",
        "CASE": "Children of the one case that they named.",
        "REFERRAL": "Children referred to them.",
        "NOBODY": "Nobody: figures alone.",
        "BREAK_GLASS": "Whom they opened for a while, in an emergency.",
    },
)
