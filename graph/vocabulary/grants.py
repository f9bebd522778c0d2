"""What people open to each other for a while: cases, referrals, placements, and broken glass."""

from enum import StrEnum

from graph.vocabulary.viewers import ScopeKind, ViewerRole


class GrantKind(StrEnum):
    """What somebody was given sight of children for; each is a kind of scope."""

    CASE = "CASE"
    REFERRAL = "REFERRAL"
    PROVIDER = "PROVIDER"
    BREAK_GLASS = "BREAK_GLASS"


class ReviewVerdict(StrEnum):
    """What a second person says of broken glass."""

    JUSTIFIED = "JUSTIFIED"
    UNJUSTIFIED = "UNJUSTIFIED"


class GrantRefusal(StrEnum):
    """Why nothing was opened, closed or reviewed."""

    NOT_YOURS_TO_OPEN = "NOT_YOURS_TO_OPEN"
    NOT_NEEDED = "NOT_NEEDED"
    UNKNOWN_CHILD = "UNKNOWN_CHILD"
    UNKNOWN_GRANT = "UNKNOWN_GRANT"
    NO_HOLDER = "NO_HOLDER"
    NO_CHILD = "NO_CHILD"
    NO_REASON = "NO_REASON"
    NO_KEY = "NO_KEY"
    KEY_REUSED = "KEY_REUSED"
    TOO_LONG = "TOO_LONG"
    ALREADY_CLOSED = "ALREADY_CLOSED"
    ALREADY_REVIEWED = "ALREADY_REVIEWED"
    NOT_YOUR_OWN = "NOT_YOUR_OWN"


# Who opens what to others (design choice of REQUIREMENTS.md §15): ORR assigns and refers, and its
# triage opens the case that a trafficking investigator names.
OPENED_BY: dict[GrantKind, frozenset[ViewerRole]] = {
    GrantKind.CASE: frozenset({ViewerRole.ORR_TRIAGE}),
    GrantKind.REFERRAL: frozenset({ViewerRole.ORR_TRIAGE, ViewerRole.ORR_CASEWORKER}),
    GrantKind.PROVIDER: frozenset({ViewerRole.ORR_TRIAGE, ViewerRole.ORR_CASEWORKER}),
    GrantKind.BREAK_GLASS: frozenset(),
}
# Who closes what others opened.
CLOSES_ALL = frozenset({ViewerRole.ORR_TRIAGE})
REVIEWS = frozenset({ViewerRole.PRIVACY_OFFICER})
# Whoever sees everyone has nothing to break, and whoever may see nobody nothing to break it for.
BREAKS_NO_GLASS = frozenset({ScopeKind.EVERYONE, ScopeKind.NOBODY})
