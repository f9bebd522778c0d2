"""A part of the walk (`tests.sharing.walk`) that costs less than a minute: every role, under the rules
of every day of the agreements.

What is asked of people in many words is asked by those who share them with what should come out, as
Neo4j plans each some seconds long; what is asked in few words is asked by everybody.
`python -m tests.sharing.walk` asks all of everybody.
"""

import pytest
import pytest_asyncio

from tests.sharing import rules
from tests.sharing.questions import Question
from tests.sharing.walk import Asks, Walk, everybody

# Children, sponsors, addresses, hearings, records and what is plain of them, by their ids.
_LONG = ("nodes", "")
_SHORT = {
    "address", "addressConflicts", "caseloads", "closureEvidence", "feeds", "hearings", "locate",
    "notices", "sponsor",
}  # fmt: skip
# A field of somebody in a role to an end on a day. Fewer, and somebody dropped what was walked.
FEWEST_CELLS = 25_000


def _is_walked(one: Asks | None, question: Question) -> bool:
    sees_all_papers = one is None or (one.left.scope is None and not one.left.closed)
    is_long = (question.root, question.part) == _LONG
    return question.root in _SHORT or (is_long and sees_all_papers)


@pytest_asyncio.fixture(scope="module")
async def walked(async_door):
    walk = Walk(async_door, _is_walked)
    await walk.walk(everybody())
    return walk


async def test_every_field_is_answered_as_the_rules_say(walked, record_property):
    wrong = list(walked.wrong())
    assert wrong == [], "\n".join(wrong)
    record_property("cells", walked.cells)
    assert walked.cells >= FEWEST_CELLS
    assert {one.role for one in walked.viewers} == rules.ROLES.keys()
    assert all(walked.fields.values())


@pytest.mark.parametrize(
    ("category", "role", "cell"),
    [
        ("SPONSOR_VETTING", "ORR_TRIAGE", "Sponsor.phones"),
        ("ADDRESS", "TRAFFICKING_INVESTIGATOR", "Query.address"),
        ("CHILD_NAME", "LINKAGE_ANALYST", "Child.fullName"),
        ("COURT", "EOIR_FEED", "HearingConnection.edges"),
    ],
)
async def test_a_cell_that_comes_out_otherwise_is_named(walked, monkeypatch, category, role, cell):
    """As if the rules' table said of one category what the product does not do."""
    other = {"A": "R", "N": "R", "R": "A"}[rules.MATRIX[category, role]]
    monkeypatch.setitem(rules.MATRIX, (category, role), other)
    wrong = list(walked.wrong())
    assert any(one.startswith(f"{role},") and f" {cell} by " in one for one in wrong), wrong[:3]
    assert all(one.startswith(f"{role},") for one in wrong)
