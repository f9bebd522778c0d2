"""What people recorded of the children of the walk's world, and what follows their hearings.

Of each kind there is one that some class alone tells, of a child whom somebody may see, and of one
whom they may not.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

from graph.vocabulary.evidence import SharingClass
from tests.sharing.paper import ENFORCEMENT, TABLES, WELFARE, Entry, Paper

AT = datetime(2024, 3, 5, 12, tzinfo=UTC)
DAY = date(2024, 3, 5)
# ICE's own word, and everybody else's: what each recorded has the class of its agency.
_ICE, _ORR = ("ICE_ERO", "ERO_FOJC", ENFORCEMENT), ("ORR", "ORR_TRIAGE", WELFARE)


def papers_on(paper: Paper, child: Entry, number: int, only: SharingClass | None = None) -> None:
    """What files say of her alone, each kind of them once a class; or those of one class."""
    on = date(2024, 1, 1 + number)
    for table, does, said in _said_on(on, date(2024, 2, 1 + number)):
        if only in (None, TABLES[table][1]):
            paper.stated(child, table, does, **said)


def _said_on(on: date, later: date) -> Iterator[tuple[str, str, dict[str, Any]]]:
    yield "earm", "TRANSFER_STATED_IN", {"on": on, "apprehendedOn": on, "fieldOffice": "HOUSTON"}
    issued = {"issuedBy": "ICE", "issuedOn": on, "servedOn": on, "serviceMethod": "PERSONAL"}
    yield "nta", "NTA_STATED_IN", issued
    yield "eoir_case", "NTA_STATED_IN", {"filedOn": later}
    yield "uscis_relief", "RELIEF_STATED_IN", {"kind": "SIJ", "filedOn": on}
    call = {"kind": "CALL_30_DAY", "leg": "CHILD", "on": date(2024, 3, 2), "outcome": "REACHED"}
    yield "orr_contact", "CONTACT_STATED_IN", call
    again = {"leg": "SPONSOR", "on": date(2024, 3, 3), "outcome": "NO_ANSWER"}
    yield "orr_contact", "CONTACT_STATED_IN", {**call, **again}


def words_on(paper: Paper, child: Entry, home: Entry) -> list[Entry]:
    """What people recorded of her; gives the concerns."""
    return [_words_of(paper, child, home, *somebody) for somebody in (_ICE, _ORR)]


def _words_of(paper: Paper, child: Entry, home: Entry, agency, role, sharing) -> Entry:
    by: dict[str, Any] = {
        "recordedAt": AT, "recordedBy": f"somebody of {agency}", "role": role, "agency": agency,
    }  # fmt: skip
    called = {"kind": "CALL_30_DAY", "leg": "CHILD", "on": DAY, "note": "She goes to school."}
    paper.noted("Touchpoint", WELFARE, ("TOUCHES", child), outcome="REACHED", **called, **by)
    check = paper.noted(
        "WellnessCheck", WELFARE, ("CHECKS_ON", child), state="SAFE", reason="Nobody answered.",
        endedAt=AT, **by,
    )  # fmt: skip
    paper.noted("Touchpoint", WELFARE, ("TOUCHES", child), ("OUTCOME_OF", check),
                kind="WELLNESS_CHECK", leg="CHILD", on=DAY, outcome="SAFE", **by)  # fmt: skip
    paper.noted(
        "WellnessCheck", WELFARE, ("CHECKS_ON", child), state="REQUESTED", reason="Why.", **by
    )
    stated = paper.noted(
        "AddressStatement", sharing, ("STATED_OF", child), reporter="CHILD", line1="12 Oak St",
        unit="2B", city="Houston", state="TX", zip="77001", building="12 oak st", door="2b",
        reportedOn=DAY, **by,
    )  # fmt: skip
    looked = {"outcome": "CONFIRMED", "method": "VISIT", "on": DAY, "note": "She opened.", **by}
    for place in (stated, home):
        paper.noted(
            "AddressVerification", sharing, ("VERIFIED_OF", child), ("VERIFIES", place), **looked
        )
    concern = paper.noted(
        "Concern", WELFARE, ("CONCERNS", child), kind="OTHER", text="Ten people in a room.",
        state="ROUTED", version=2, routedTo=["ORR"], raisedAt=AT, address=home.id, **by,
    )  # fmt: skip
    paper.noted(
        "ConcernStep", WELFARE, ("STEP_OF", concern), state="RAISED", agencies=[], text="Why.", **by
    )
    paper.noted(
        "Notice", WELFARE, ("ABOUT", concern), **_notice(concern, "CONCERN_REFERRAL", "orr/inbox")
    )
    return concern


def followed(paper: Paper, hearing: Entry, evidence: list[Entry], *classes) -> Entry:
    """What follows a failure to appear of which those classes tell, as far as ICE goes."""
    place = {"office": "office/HOUSTON", "docket": "docket/HOU"}
    since = {f"{one}Since": AT for one in ("address", "safety", "records")}
    follow = paper.noted(
        "FollowUp", None, ("FOLLOWS", hearing), hearing=hearing.id, court="HOU", failedOn=hearing.said["day"],
        classes=list(classes), version=1, openedAt=AT, address="SEARCHING", safety="ORR_NOTICE_DUE",
        records="PLANET_DUE", addressVersion=2, safetyVersion=1, recordsVersion=1, **place, **since,
    )  # fmt: skip
    step = {"address": "SEARCHING", "region": "ADDRESS", "actor": "oscar", "role": "ERO_FOJC"}
    paper.noted("FollowUpStep", None, ("STEP_OF", follow), number=1, event="START_SEARCH", at=AT,
                to="SEARCHING", reason="Nobody there.", evidence=[one.id for one in evidence],
                **{"from": "FOJC_INFORMED"}, **step)  # fmt: skip
    paper.noted("NextAction", None, ("NEXT_FOR", follow), actor="ERO", region="SAFETY", step="NOTIFY_ORR",
                since=AT, due=DAY, sort=DAY, rank=0, **place)  # fmt: skip
    places = [one.id for one in evidence if one.kind == "address"]
    paper.noted("AddressCorrection", None, ("CORRECTS_FOR", follow), state="DRAFTED", address=places[0],
                candidates=places, evidence=[one.id for one in evidence if one.kind == "record"],
                draftedAt=AT, draftedBy="oscar", steps=[])  # fmt: skip
    notice = paper.noted(
        "Notice", ENFORCEMENT, ("ABOUT", follow), **_notice(follow, "ORR_NOTICE", "orr/inbox")
    )
    paper.noted("NoticeAttempt", ENFORCEMENT, ("ATTEMPT_OF", notice), number=1, begunAt=AT, endedAt=AT,
                outcome="TAKEN", code="250")  # fmt: skip
    return follow


def _notice(about: Entry, kind: str, to: str) -> dict[str, Any]:
    return {
        "kind": kind, "recipient": to, "reference": f"reference-{about.number}", "about": about.id,
        "state": "WAITING", "rule": "ero-broadcast-2024-08/notify-orr", "office": "office/HOUSTON",
        "raisedAt": AT, "due": AT, "nextAt": AT, "attempts": 0, "version": 1,
    }  # fmt: skip
