"""From a court's file to a closed follow-up, through GraphQL and the worker alone.

A demo world is linked. Then the court's next file says that children failed to appear: the
coordinator and ORR are told by a real mail server, ORR acknowledges, an alternate address is found,
Form I-830 is drawn up, provided and filed, PLANet and EARM are entered, and a wellness check finds
her safe. Everybody asks under their own token, over HTTP.
"""

import os
import re
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest

from graph.vocabulary.viewers import ViewerRole
from linkage.demo import generate
from linkage.intake.ingest import ingest
from linkage.job import link
from tests.api.attacking import Victim, served_apart
from tests.api.worker.mailbox import HOST
from tests.journeys.court_file import a_court_file

HELD_ON, AS_OF = date(2024, 8, 6), date(2024, 8, 20)
_REFERENCE = re.compile(r"Reference: ([a-z2-7]{16})")

NOTICE = """query ($reference: String!) { notice(reference: $reference) {
  kind recipient state sentAt rule attempts { number outcome }
  followUp { id failedOn office docket state address { state } safety { state } records { state }
    child { id fullName aNumber } } } }"""
WHERE = """query ($child: ID!) { locate(childId: $child) { candidates {
  address { id } saidBy { record { id } } } } }"""
ACKNOWLEDGE = """mutation ($reference: String!, $key: String!) {
  acknowledgeNotice(input: {reference: $reference, key: $key}) {
    ... on NoticeAcknowledged { notice { state acknowledgedBy followUp { safety { state } } } }
    ... on NoticeRefused { reason message } } }"""
ADVANCE = """mutation ($id: ID!, $step: FollowUpEvent!, $evidence: [ID!]!) {
  advanceFollowUp(input: {id: $id, step: $step, key: $step, evidence: $evidence, reason: "Done."}) {
    ... on FollowUpAdvanced { followUp { address { state } safety { state } records { state } } }
    ... on FollowUpRefused { reason message legal } } }""".replace(
    "key: $step", "key: $key"
).replace("$evidence: [ID!]!)", "$evidence: [ID!]!, $key: String!)")
DRAFT = """mutation ($id: ID!, $address: ID!, $evidence: [ID!]!) {
  draftI830(input: {id: $id, addressId: $address, evidence: $evidence, key: "draft"}) {
  ... on I830Recorded { correction { state address { id } evidence { id } } }
  ... on FollowUpRefused { reason message legal } } }"""
FORM = """mutation ($id: ID!) { done: %sI830(input: {id: $id, key: "%s"}) {
  ... on I830Recorded { correction { state address { id } evidence { id } } }
  ... on FollowUpRefused { reason message legal } } }"""
SYNC = """mutation ($id: ID!, $system: SyncSystem!, $key: String!) {
  recordSync(input: {id: $id, system: $system, outcome: ENTERED, key: $key}) {
    ... on FollowUpAdvanced { followUp { records { state } } }
    ... on FollowUpRefused { reason message legal } } }"""
CHECK = """mutation ($child: ID!, $id: ID!) {
  requestWellnessCheck(input: {childId: $child, followUpId: $id, reason: "She missed.", key: "w"}) {
    ... on WellnessCheckRequested { check { id } } ... on WelfareRefused { reason message } } }"""
OUTCOME = """mutation ($id: ID!, $on: Date!) {
  recordWellnessOutcome(input: {id: $id, outcome: SAFE, on: $on, key: "o"}) {
    ... on WellnessOutcomeRecorded { check { state } } ... on WelfareRefused { reason message } } }"""
STANDS = """query ($id: ID!) { followUp(id: $id) {
  state address { state } safety { state } records { state } steps { event by } } }"""


class Desk:
    """Somebody in a role, at their own desk."""

    def __init__(self, served: Victim, role: str, **claims: Any) -> None:
        self._url = f"{served.url}/graphql"
        self._headers = served.sign_ins.headers(
            ViewerRole(role), name=f"somebody-of-{role.lower()}", **claims
        )

    def __call__(self, query: str, **variables: Any) -> Any:
        answer = httpx.post(
            self._url,
            json={"query": query, "variables": variables},
            headers=self._headers,
            timeout=240,
        ).json()
        assert not answer.get("errors"), answer["errors"]
        told = answer["data"]
        return next(iter(told.values())) if told else told


@pytest.fixture
def installation(graph_door, served_settings, tmp_path):
    """A home with a small demo world in it, linked."""
    settings = served_settings.model_copy(update={"home": tmp_path / "home"})
    made = generate(120, 7, tmp_path / "demo")
    ingest(settings.home, [made.deliveries])
    link(settings, None)
    return settings, made.deliveries


@pytest.fixture
def environment(installation, mailbox, book_file):
    settings, _ = installation
    password = settings.neo4j_password
    return os.environ | {
        "SPONSORGRAPH_HOME": str(settings.home),
        "NEO4J_URI": str(settings.neo4j_uri),
        "NEO4J_PASSWORD": password.get_secret_value() if password else "",
        "SPONSORGRAPH_WORKER_ADDRESS_BOOK": str(book_file),
        "SPONSORGRAPH_WORKER_SMTP_HOST": HOST,
        "SPONSORGRAPH_WORKER_SMTP_PORT": str(mailbox.port),
        "SPONSORGRAPH_WORKER_SMTP_SECURITY": "plain",
    }


def the_court_says(installation, folder: Path, missed: int) -> None:
    settings, deliveries = installation
    told = a_court_file(
        deliveries, folder, many=missed + 2, missed=missed, held_on=HELD_ON, as_of=AS_OF
    )
    ingest(settings.home, [told])
    link(settings, None)


def until(so: Any) -> None:
    for _ in range(1_200):
        if so():
            return
        time.sleep(0.1)
    raise AssertionError


def test_a_child_who_failed_to_appear_is_followed_to_the_end(
    installation, environment, mailbox, tmp_path
):
    command = [sys.executable, "-m", "api", "work"]
    subprocess.run([*command, "--once"], env=environment, check=True)
    mailbox.mails.clear()  # of earlier days
    settings, _ = installation
    # Planning each question for the first time takes seconds on a machine that is busy testing.
    with (
        served_apart(settings, seconds_to_answer=120) as served,
        subprocess.Popen(command, env=environment) as worker,
    ):
        the_court_says(installation, tmp_path / "court", missed=6)
        until(lambda: len(mailbox.mails) >= 12)
        worker.terminate()
        assert worker.wait(60) == 0
        assert set(mailbox.copies.values()) == {1}
        orr = Desk(served, "ORR_TRIAGE")
        told = {reference: orr(NOTICE, reference=reference) for reference in references(mailbox)}
        assert all(one["followUp"]["failedOn"] == str(HELD_ON) for one in told.values())
        nobody_is_named(mailbox, told.values())
        follow(served, orr, of_a_known_office(told))


def references(mailbox) -> list[str]:
    found = [_REFERENCE.search(mail.message.get_content()) for mail in mailbox.mails]
    return [one[1] for one in found if one]


def nobody_is_named(mailbox, told) -> None:
    """As a word: in a reference's letters any short name may come to stand."""
    children = [one["followUp"]["child"] for one in told]
    for mail in mailbox.mails:
        for child in children:
            for value in (child["id"], child["aNumber"], *child["fullName"].split()):
                assert not re.search(rf"\b{re.escape(value)}\b", mail.raw.decode(), re.IGNORECASE)


def of_a_known_office(told) -> dict[str, dict[str, Any]]:
    """The notices by kind of one child whose office and court are known."""
    by_follow_up: dict[str, dict[str, Any]] = {}
    for reference, one in told.items():
        of_one = by_follow_up.setdefault(one["followUp"]["id"], {})
        of_one[one["kind"]] = one | {"reference": reference}
    return next(
        of_one
        for of_one in by_follow_up.values()
        if of_one["ORR_NOTICE"]["followUp"]["office"] and of_one["ORR_NOTICE"]["followUp"]["docket"]
    )


def follow(served: Victim, orr: Desk, notices: dict[str, dict[str, Any]]) -> None:
    told = notices["ORR_NOTICE"]["followUp"]
    one, child = told["id"], told["child"]["id"]
    fojc = Desk(served, "ERO_FOJC", offices=[told["office"].removeprefix("office/")])
    opla = Desk(served, "OPLA_JUV_POC", dockets=[told["docket"].removeprefix("docket/")])
    elsewhere = Desk(served, "ERO_FOJC", offices=["NOWHERE"])

    # Told, and by whom it is for acknowledged.
    for notice in notices.values():
        assert notice["state"] == "SENT"
        assert [attempt["outcome"] for attempt in notice["attempts"]] == ["TAKEN"]
    assert (told["address"]["state"], told["safety"]["state"]) == ("FOJC_INFORMED", "ORR_NOTIFIED")
    reference = notices["ORR_NOTICE"]["reference"]
    assert elsewhere(NOTICE, reference=reference) is None
    refused = elsewhere(ACKNOWLEDGE, reference=reference, key="a")
    assert refused["reason"] == "UNKNOWN_NOTICE"
    assert fojc(ACKNOWLEDGE, reference=reference, key="a")["reason"] == "NOT_YOURS"
    for _ in range(2):
        done = orr(ACKNOWLEDGE, reference=reference, key="a")["notice"]
        assert (done["state"], done["followUp"]["safety"]["state"]) == (
            "ACKNOWLEDGED", "ORR_ACKNOWLEDGED",
        )  # fmt: skip
    informed = notices["FOJC_INFORM"]["reference"]
    assert fojc(ACKNOWLEDGE, reference=informed, key="a")["notice"]["state"] == "ACKNOWLEDGED"

    # Where she is: found, drawn up, provided, filed.
    advance(fojc, one, "START_SEARCH")
    advance(opla, one, "RECORD_REVIEW")
    candidate = fojc(WHERE, child=child)["candidates"][0]
    address = candidate["address"]["id"]
    evidence = [said["record"]["id"] for said in candidate["saidBy"] if said["record"]]
    advance(fojc, one, "FIND_ALTERNATE", [address])
    drafted = fojc(DRAFT, id=one, address=address, evidence=evidence)
    assert "correction" in drafted, drafted
    assert drafted["correction"]["address"]["id"] == address
    assert drafted["correction"]["evidence"]
    for desk, what, state in ((fojc, "provide", "PROVIDED"), (opla, "file", "FILED")):
        done = desk(FORM % (what, what), id=one)
        assert "correction" in done, done
        assert done["correction"]["state"] == state

    # PLANet and EARM have it.
    for desk, system, state in ((opla, "PLANET", "EARM_DUE"), (fojc, "EARM", "RECORDED")):
        done = desk(SYNC, id=one, system=system, key=system)
        assert "followUp" in done, done
        assert done["followUp"]["records"]["state"] == state
    assert fojc(STANDS, id=one)["state"] == "WITH_ORR"

    # She is safe.
    advance(orr, one, "START_TRIAGE")
    check = orr(CHECK, child=child, id=one)
    assert "check" in check, check
    done = orr(OUTCOME, id=check["check"]["id"], on=str(date.today()))
    assert "check" in done, done
    stands = orr(STANDS, id=one)
    assert stands["state"] == "CLOSED"
    assert [stands[region]["state"] for region in ("address", "safety", "records")] == [
        "I830_FILED", "SAFE", "RECORDED",
    ]  # fmt: skip
    assert fojc(STANDS, id=one)["safety"]["state"] == "WITH_ORR"


def advance(desk: Desk, follow_up: str, step: str, evidence: list[str] | None = None) -> None:
    done = desk(ADVANCE, id=follow_up, step=step, key=step, evidence=evidence or [])
    assert "followUp" in done, done
