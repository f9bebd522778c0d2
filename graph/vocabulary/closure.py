"""Recommendations, where they stand, and what is counted to show that one was followed."""

from enum import StrEnum
from typing import Final


class Concurrence(StrEnum):
    """What the agency answered (REQUIREMENTS.md §7.7: to both, that it concurs)."""

    CONCUR = "CONCUR"


class RecommendationState(StrEnum):
    """Where a recommendation stands, by whoever made it (§7.7)."""

    OPEN_UNRESOLVED = "OPEN_UNRESOLVED"
    OPEN_RESOLVED = "OPEN_RESOLVED"
    CLOSED = "CLOSED"


class ClosureMeasure(StrEnum):
    """What was done, each counted once a follow-up or notice, on the day it was first done."""

    FOLLOWED_UP = "FOLLOWED_UP"
    FOJC_NOTICE_SENT = "FOJC_NOTICE_SENT"
    FOJC_NOTICE_ACKNOWLEDGED = "FOJC_NOTICE_ACKNOWLEDGED"
    ORR_NOTICE_SENT = "ORR_NOTICE_SENT"
    ORR_NOTICE_ACKNOWLEDGED = "ORR_NOTICE_ACKNOWLEDGED"
    ORR_TOLD = "ORR_TOLD"
    SEARCHED = "SEARCHED"
    ADDRESS_FOUND = "ADDRESS_FOUND"
    FORM_FILED = "FORM_FILED"
    PLANET_ENTERED = "PLANET_ENTERED"
    EARM_ENTERED = "EARM_ENTERED"


_OPENED = "and how many days after a follow-up was opened"
CLOSURE_MEANS: Final = {
    ClosureMeasure.FOLLOWED_UP: "Failures to appear that a follow-up was opened for; and how many"
    " days after the hearing.",
    ClosureMeasure.FOJC_NOTICE_SENT: "Notices to ICE's Field Office Juvenile Coordinators that"
    " their server took; and how many days after they were raised.",
    ClosureMeasure.FOJC_NOTICE_ACKNOWLEDGED: "Of these notices, those that were acknowledged; and"
    " how many days after they were sent.",
    ClosureMeasure.ORR_NOTICE_SENT: "Notices to ORR's inbox that its server took; and how many"
    " days after they were raised.",
    ClosureMeasure.ORR_NOTICE_ACKNOWLEDGED: "Of these notices, those that ORR acknowledged; and"
    " how many days after they were sent.",
    ClosureMeasure.ORR_TOLD: "Follow-ups of which ORR was told, by notice or otherwise;"
    f" {_OPENED}.",
    ClosureMeasure.SEARCHED: "Follow-ups for which somebody recorded that an address was looked"
    f" for; {_OPENED}.",
    ClosureMeasure.ADDRESS_FOUND: "Follow-ups for which an alternate address was found;"
    f" {_OPENED}.",
    ClosureMeasure.FORM_FILED: "Follow-ups for which a Form I-830 was filed with the immigration"
    f" court; {_OPENED}.",
    ClosureMeasure.PLANET_ENTERED: f"Follow-ups entered in PLANet; {_OPENED}.",
    ClosureMeasure.EARM_ENTERED: f"Follow-ups entered in EARM; {_OPENED}.",
}
