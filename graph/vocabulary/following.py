"""What is done after a failure to appear: regions, states, steps, and whose each is."""

from enum import StrEnum

from graph.vocabulary.viewers import ViewerRole


class Actor(StrEnum):
    """Whose a step is (REQUIREMENTS.md §7.4). SYSTEM is the worker, which is nobody's role."""

    OPLA = "OPLA"
    ERO = "ERO"
    ORR = "ORR"
    CARE_PROVIDER = "CARE_PROVIDER"
    CPS = "CPS"
    LAW_ENFORCEMENT = "LAW_ENFORCEMENT"
    SYSTEM = "SYSTEM"


ACTOR_OF: dict[ViewerRole, Actor] = {
    ViewerRole.OPLA_ATTORNEY: Actor.OPLA,
    ViewerRole.OPLA_JUV_POC: Actor.OPLA,
    ViewerRole.ERO_OFFICER: Actor.ERO,
    ViewerRole.ERO_FOJC: Actor.ERO,
    ViewerRole.ORR_TRIAGE: Actor.ORR,
    ViewerRole.ORR_CASEWORKER: Actor.ORR,
    ViewerRole.CARE_PROVIDER: Actor.CARE_PROVIDER,
    ViewerRole.CHILD_PROTECTIVE_SERVICES: Actor.CPS,
    ViewerRole.LAW_ENFORCEMENT: Actor.LAW_ENFORCEMENT,
}


class Region(StrEnum):
    """The three parts of a follow-up, which go on side by side."""

    ADDRESS = "ADDRESS"
    SAFETY = "SAFETY"
    RECORDS = "RECORDS"


class FollowUpState(StrEnum):
    """Where a region stands. Which are whose, which are last: `graph/following/chart.toml`.

    `WITH_ORR` is no state of the chart: it is what is told of SAFETY to whoever may not know
    what ORR does.
    """

    FOJC_NOTICE_DUE = "FOJC_NOTICE_DUE"
    FOJC_INFORMED = "FOJC_INFORMED"
    SEARCHING = "SEARCHING"
    ALTERNATE_FOUND = "ALTERNATE_FOUND"
    NO_ALTERNATE = "NO_ALTERNATE"
    I830_COMPLETED = "I830_COMPLETED"
    I830_WITH_OPLA = "I830_WITH_OPLA"
    I830_FILED = "I830_FILED"
    ESCALATED = "ESCALATED"
    ORR_NOTICE_DUE = "ORR_NOTICE_DUE"
    ORR_NOTIFIED = "ORR_NOTIFIED"
    ORR_ACKNOWLEDGED = "ORR_ACKNOWLEDGED"
    TRIAGE = "TRIAGE"
    WELLNESS_CHECK = "WELLNESS_CHECK"
    POST_RELEASE_SERVICES = "POST_RELEASE_SERVICES"
    SAFE = "SAFE"
    CONCERN = "CONCERN"
    UNABLE_TO_LOCATE = "UNABLE_TO_LOCATE"
    REFERRED = "REFERRED"
    WITH_ORR = "WITH_ORR"
    PLANET_DUE = "PLANET_DUE"
    PLANET_FAILED = "PLANET_FAILED"
    PLANET_RETRIED = "PLANET_RETRIED"
    EARM_DUE = "EARM_DUE"
    EARM_FAILED = "EARM_FAILED"
    EARM_RETRIED = "EARM_RETRIED"
    RECORDED = "RECORDED"


class FollowUpEvent(StrEnum):
    """What somebody does, or the worker notices. `OPEN` begins a follow-up, and is nobody's."""

    OPEN = "OPEN"
    SEND_FOJC_NOTICE = "SEND_FOJC_NOTICE"
    INFORM_FOJC = "INFORM_FOJC"
    START_SEARCH = "START_SEARCH"
    RECORD_REVIEW = "RECORD_REVIEW"
    FIND_ALTERNATE = "FIND_ALTERNATE"
    FIND_NO_ALTERNATE = "FIND_NO_ALTERNATE"
    COMPLETE_I830 = "COMPLETE_I830"
    PROVIDE_I830 = "PROVIDE_I830"
    RETURN_I830 = "RETURN_I830"
    FILE_I830 = "FILE_I830"
    ESCALATE = "ESCALATE"
    SEND_ORR_NOTICE = "SEND_ORR_NOTICE"
    NOTIFY_ORR = "NOTIFY_ORR"
    ACKNOWLEDGE = "ACKNOWLEDGE"
    START_TRIAGE = "START_TRIAGE"
    ARRANGE_SERVICES = "ARRANGE_SERVICES"
    REQUEST_WELLNESS_CHECK = "REQUEST_WELLNESS_CHECK"
    FIND_SAFE = "FIND_SAFE"
    FIND_CONCERN = "FIND_CONCERN"
    FIND_NOBODY = "FIND_NOBODY"
    REFER = "REFER"
    UPDATE_PLANET = "UPDATE_PLANET"
    FAIL_PLANET = "FAIL_PLANET"
    RETRY_PLANET = "RETRY_PLANET"
    UPDATE_EARM = "UPDATE_EARM"
    FAIL_EARM = "FAIL_EARM"
    RETRY_EARM = "RETRY_EARM"


class FollowUpStanding(StrEnum):
    """Whether anything is left to do: WITH_ORR is all that others are told of what ORR does."""

    OPEN = "OPEN"
    WITH_ORR = "WITH_ORR"
    CLOSED = "CLOSED"


class DutyForce(StrEnum):
    """How strongly a rule in force on a day puts a step, in the words of its document.

    REQUIRED: "will", "must", "requiring". SHOULD: "should". DESCRIBED: the report says whose task
    it is, and no more. NONE_FOUND: nothing in force on that day was found.
    """

    REQUIRED = "REQUIRED"
    SHOULD = "SHOULD"
    DESCRIBED = "DESCRIBED"
    NONE_FOUND = "NONE_FOUND"


class CorrectionState(StrEnum):
    """Where a Form I-830 is (REQUIREMENTS.md §3); a draft that was drawn up anew is REPLACED."""

    DRAFTED = "DRAFTED"
    PROVIDED = "PROVIDED"
    FILED = "FILED"
    RETURNED = "RETURNED"
    REPLACED = "REPLACED"


class SyncSystem(StrEnum):
    """The system of record into which a failure to appear is entered."""

    PLANET = "PLANET"
    EARM = "EARM"


class SyncOutcome(StrEnum):
    """What came of entering it."""

    ENTERED = "ENTERED"
    FAILED = "FAILED"
    RETRIED = "RETRIED"


class FollowUpRefusal(StrEnum):
    """Why nothing was advanced, drafted, provided or filed."""

    UNKNOWN_FOLLOW_UP = "UNKNOWN_FOLLOW_UP"
    NOT_YOUR_STEP = "NOT_YOUR_STEP"
    NOT_LEGAL_NOW = "NOT_LEGAL_NOW"
    HAS_ITS_OWN_MUTATION = "HAS_ITS_OWN_MUTATION"
    STALE = "STALE"
    UNKNOWN_OFFICE = "UNKNOWN_OFFICE"
    NO_REASON = "NO_REASON"
    NO_EVIDENCE = "NO_EVIDENCE"
    UNKNOWN_EVIDENCE = "UNKNOWN_EVIDENCE"
    UNKNOWN_ADDRESS = "UNKNOWN_ADDRESS"
    NO_KEY = "NO_KEY"
    KEY_REUSED = "KEY_REUSED"
