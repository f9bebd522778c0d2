"""What each word of the follow-up says: its regions, states, steps, and whose they are."""

from api.types.declared import described
from graph.vocabulary.following import (
    Actor,
    CorrectionState,
    DutyForce,
    FollowUpEvent,
    FollowUpRefusal,
    FollowUpStanding,
    FollowUpState,
    Region,
    SyncOutcome,
    SyncSystem,
)

__all__ = [
    "Actor",
    "CorrectionState",
    "DutyForce",
    "FollowUpEvent",
    "FollowUpRefusal",
    "FollowUpStanding",
    "FollowUpState",
    "Region",
    "SyncOutcome",
    "SyncSystem",
]

described(
    Actor,
    "Whose a step is.",
    {
        "OPLA": "ICE's counsel in court: its attorneys and points of contact.",
        "ERO": "ICE's field office: its officers and juvenile coordinator.",
        "ORR": "HHS's Office of Refugee Resettlement: its triage and caseworkers.",
        "CARE_PROVIDER": "A contractor of ORR's.",
        "CPS": "Child protective services.",
        "LAW_ENFORCEMENT": "Local police.",
        "SYSTEM": "This system's worker, which is nobody's role.",
    },
    name="FollowUpActor",
)
described(
    Region,
    "The three parts of a follow-up, which go on side by side.",
    {
        "ADDRESS": "Where she is: ERO searches while OPLA reviews, and the court is told.",
        "SAFETY": "How she is: ORR is told, and looks after her.",
        "RECORDS": "That PLANet and EARM say that she failed to appear.",
    },
    name="FollowUpRegionName",
)
described(
    FollowUpState,
    "Where a region stands.",
    {
        "FOJC_NOTICE_DUE": "The field office juvenile coordinator is to be informed.",
        "FOJC_INFORMED": "The coordinator was informed; ERO is to search.",
        "SEARCHING": "ERO searches for an alternate address, while OPLA reviews its papers.",
        "ALTERNATE_FOUND": "Either found one; ERO is to complete a Form I-830.",
        "NO_ALTERNATE": "ERO found none; it is to be escalated.",
        "I830_COMPLETED": "The form is drawn up; ERO is to provide it to OPLA.",
        "I830_WITH_OPLA": "OPLA has it, and is to file it with the immigration court.",
        "I830_FILED": "It is filed.",
        "ESCALATED": "Headquarters was told that no address was found.",
        "ORR_NOTICE_DUE": "ORR is to be told.",
        "ORR_NOTIFIED": "ORR was told, and has not said that it knows.",
        "ORR_ACKNOWLEDGED": "ORR says that it knows.",
        "TRIAGE": "ORR looks at what she needs.",
        "WELLNESS_CHECK": "Somebody is to see how she is.",
        "POST_RELEASE_SERVICES": "Services are arranged.",
        "SAFE": "She was found to be safe.",
        "CONCERN": "There is a concern about her; ORR is to refer it.",
        "UNABLE_TO_LOCATE": "Nobody was found where she was looked for; ORR is to refer it.",
        "REFERRED": "It was referred to who has jurisdiction.",
        "WITH_ORR": "It is with ORR, whose own the rest is.",
        "PLANET_DUE": "It is to be entered in PLANet.",
        "PLANET_FAILED": "Entering it in PLANet failed.",
        "PLANET_RETRIED": "It is entered in PLANet once more.",
        "EARM_DUE": "It is to be entered in EARM.",
        "EARM_FAILED": "Entering it in EARM failed.",
        "EARM_RETRIED": "It is entered in EARM once more.",
        "RECORDED": "Both have it.",
    },
)
described(
    FollowUpEvent,
    "A step of a follow-up.",
    {
        "OPEN": "The worker opened it: some source says that she failed to appear.",
        "SEND_FOJC_NOTICE": "Have this system send the coordinator a notice.",
        "INFORM_FOJC": "The coordinator is informed.",
        "START_SEARCH": "ERO begins to search.",
        "RECORD_REVIEW": "OPLA reviewed the A-file, databases, Verification of Release and NTA.",
        "FIND_ALTERNATE": "Either located an alternate address: with the evidence.",
        "FIND_NO_ALTERNATE": "ERO searched, and found none: say where.",
        "COMPLETE_I830": "ERO completes a Form I-830, by `draftI830`.",
        "PROVIDE_I830": "ERO provides it to OPLA, by `provideI830`.",
        "RETURN_I830": "OPLA gives it back: say why. No document says so.",
        "FILE_I830": "OPLA files it with the immigration court, by `fileI830`.",
        "ESCALATE": "Headquarters is told that no address was found. No document says so.",
        "SEND_ORR_NOTICE": "Have this system send ORR's inbox a notice.",
        "NOTIFY_ORR": "ORR is told.",
        "ACKNOWLEDGE": "ORR says that it knows. No document says that it must.",
        "START_TRIAGE": "ORR begins to look at what she needs.",
        "ARRANGE_SERVICES": "ORR arranges post-release services.",
        "REQUEST_WELLNESS_CHECK": "ORR asks for somebody to see how she is.",
        "FIND_SAFE": "She was seen, and is safe.",
        "FIND_CONCERN": "She was seen, and there is a concern: say which.",
        "FIND_NOBODY": "Nobody was found where she was looked for: say where.",
        "REFER": "ORR refers it to who has jurisdiction.",
        "UPDATE_PLANET": "It is entered in PLANet, by `recordSync`.",
        "FAIL_PLANET": "Entering it in PLANet failed, by `recordSync`.",
        "RETRY_PLANET": "It is tried again, by `recordSync`.",
        "UPDATE_EARM": "It is entered in EARM, by `recordSync`.",
        "FAIL_EARM": "Entering it in EARM failed, by `recordSync`.",
        "RETRY_EARM": "It is tried again, by `recordSync`.",
    },
)
described(
    FollowUpStanding,
    "Whether anything is left to do.",
    {
        "OPEN": "Something is.",
        "WITH_ORR": "Nothing that is not ORR's own: all that is told to who may not know more.",
        "CLOSED": "All three regions have ended.",
    },
)
described(
    DutyForce,
    "How strongly a rule that was in force on the day of the hearing puts a step.",
    {
        "REQUIRED": "`Will`, `must`, `requiring`.",
        "SHOULD": "`Should`.",
        "DESCRIBED": "The report says whose task it is, and no more.",
        "NONE_FOUND": "Nothing was found that was in force on that day.",
    },
)
described(
    CorrectionState,
    "Where a Form I-830 is.",
    {
        "DRAFTED": "ERO has drawn it up.",
        "PROVIDED": "OPLA has it.",
        "FILED": "It is filed with the immigration court.",
        "RETURNED": "OPLA gave it back.",
        "REPLACED": "Another draft took its place.",
    },
)
described(
    SyncSystem,
    "The system of record into which a failure to appear is entered.",
    {"PLANET": "OPLA's, by OPLA.", "EARM": "ERO's, by ERO."},
)
described(
    SyncOutcome,
    "What came of entering it.",
    {
        "ENTERED": "It is there.",
        "FAILED": "It failed: say how.",
        "RETRIED": "It is tried again after it failed.",
    },
)
described(
    FollowUpRefusal,
    "Why nothing was changed.",
    {
        "UNKNOWN_FOLLOW_UP": "There is no such follow-up.",
        "NOT_YOUR_STEP": "The step is somebody else's.",
        "NOT_LEGAL_NOW": "The step does not lead on from where the region stands.",
        "HAS_ITS_OWN_MUTATION": "The step is taken by a mutation of its own.",
        "STALE": "Somebody has taken a step in this region since.",
        "UNKNOWN_OFFICE": "No office is known to which the notice could go.",
        "NO_REASON": "The step needs a reason, of up to 2,000 letters.",
        "NO_EVIDENCE": "The step needs evidence, of up to 50 records and addresses.",
        "UNKNOWN_EVIDENCE": "Some evidence is nothing that is known.",
        "UNKNOWN_ADDRESS": "There is no such address, or none to fill in.",
        "NO_KEY": "No key was given, or one of more than 2,000 letters.",
        "KEY_REUSED": "The key was used for something else.",
    },
)
