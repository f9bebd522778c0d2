"""Others who are hidden crowd nobody out: no hub, no second bearer of a number, no full page."""

import pytest

from graph.vocabulary.evidence import STILL_HOLDS
from tests.sharing.paper import ENFORCEMENT, RELEASE, Paper
from tests.sharing.seeded import HERS, OTHERS
from tests.sharing.selections import questions
from tests.sharing.two_worlds import BEFORE_THE_GUIDANCE, OF_HOUSTON, Told, heard, written_out
from tests.sharing.written import write

# More than a hub has, and more than a search considers.
CROWD = 230


async def told_in(door, asker, paper, asked, ids, crowd=""):
    """What is told of the world as it is, and of what is left of it for the asker."""
    of_the_crowd = {"many": CROWD, "home": ids.get("home"), "sponsor": ids.get("marta"),
                    "run": 1, "open": STILL_HOLDS}  # fmt: skip
    told = []
    for entries in (paper.entries, asker.left_of(paper.entries)):
        await write(door, entries, crowd if entries is paper.entries else "", **of_the_crowd)
        ask = Told(door)
        told.append(
            [await ask.bytes(asker.viewer, written_out(question, ids)) for question in asked]
        )
    return told


# Children of another office, each with a record and a number like hers, living in her home and
# released to her sponsor.
HIDDEN_CROWD = """MATCH (home:Address {id: $home}) MATCH (sponsor:Sponsor {id: $sponsor})
MERGE (scope:Scope {id: 'office/MIAMI'}) ON CREATE SET scope.kind = 'OFFICE', scope.runFrom = $run
WITH home, sponsor, scope UNWIND range(1, $many) AS n
CREATE (child:Child {id: 'child_crowd' + n, runFrom: $run})
CREATE (child)-[:HAS_BIOGRAPHICS {id: 'bc' + n, runFrom: $run, runUntil: $open}]->
  (:ChildBiographics {id: 'bc' + n, givenNames: 'Ana', familyName: 'Reyes', aNumber: 'A000000101',
   aNumbers: ['A000000101'], dateOfBirth: date('2009-06-02'),
   searchWords: ['Cana', 'Creyes', 'C_ana_reyes', 'Cy2009', 'Cm200906', 'Cd20090602']})
CREATE (record:Record {key: 'EARM/earm/crowd' + n, keyVersion: 'EARM/earm/crowd' + n + '/v1',
  version: 1, source: 'EARM', table: 'earm', recordId: '17', asOf: date('2024-03-01'), columns: [],
  values: [], aNumber: 'A000000101', runFrom: $run})
CREATE (record)-[:DESCRIBES {role: 'CHILD', matchWeight: 14.5, modelVersion: 'test', runFrom: $run,
  runUntil: $open}]->(child)
CREATE (child)-[:WITHIN {id: 'wc' + n, source: 'EARM', runFrom: $run, runUntil: $open}]->(scope)
CREATE (child)-[:LIVES_AT {id: 'lc' + n, runFrom: $run, runUntil: $open, kind: 'ENFORCEMENT_FILE',
  reportedOn: date('2024-03-02'), knownFrom: date('2024-03-02'), source: 'EARM', agency: 'ICE_ERO',
  record: record.keyVersion, sharingClass: 'ENFORCEMENT'}]->(home)
CREATE (child)-[:RELEASED_TO {id: 'rc' + n, runFrom: $run, runUntil: $open,
  releasedOn: date('2024-02-02'), knownFrom: date('2024-02-02'), relationship: 'Aunt',
  category: 'CATEGORY_2B', releaseType: 'SPONSOR', source: 'ORR', agency: 'ORR',
  record: record.keyVersion, sharingClass: 'RELEASE'}]->(sponsor)"""


def a_household():
    """Two children of Houston with one sponsor, each with a home."""
    paper = Paper()
    ana = paper.child(*HERS, a_number="A000000101")
    eva = paper.child(*HERS, a_number="A000000105", given_names="Eva")
    marta, home = paper.sponsor(), paper.address("12 Oak St")
    for child in (ana, eva):
        paper.release(child, marta)
        paper.stay(child, home, ENFORCEMENT)
    paper.stay(marta, home, RELEASE)
    return paper, {"ana": ana.id, "eva": eva.id, "marta": marta.id, "home": home.id}


OF_A_HOUSEHOLD = questions("""
    evidencePath(from: $ana, to: $eva)

    evidencePath(from: $ana, to: $home)

    shortestPath(from: $ana, to: $eva)

    sponsorNetwork(sponsorId: $marta, depth: 2)

    childrenAtAddress(addressId: $home)

    address(id: $home)

    children(name: "Ana Reyes")

    findChildren(text: "Ana Reyes 2009")

    childrenByANumber(aNumber: "A000000101")

    child(aNumber: "A000000101") { id }
""")


async def test_a_hidden_crowd_makes_no_hub_and_fills_no_page(async_door):
    paper, ids = a_household()
    there, never_there = await told_in(
        async_door, OF_HOUSTON, paper, OF_A_HOUSEHOLD, ids, crowd=HIDDEN_CROWD
    )
    differ = [
        question
        for question, one, other in zip(OF_A_HOUSEHOLD, there, never_there, strict=True)
        if one != other
    ]
    assert differ == []


async def test_a_hidden_bearer_of_her_number_makes_no_error(async_door):
    """`Several children have this A-number` would say that there is another."""
    paper = Paper()
    hers = paper.child(*HERS, a_number="A000000101")
    another = paper.child(*OTHERS, a_number="A000000101", given_names="Luz")
    for child in (hers, another):
        paper.record("earm", child, a_number="A000000101")
    asked = ['{ child(aNumber: "A000000101") { id } }']
    there, never_there = await told_in(async_door, OF_HOUSTON, paper, asked, {})
    assert there == never_there
    assert hers.id.encode() in there[0]


async def test_a_hidden_version_of_a_record_moves_no_version_and_no_day(async_door):
    """A record that another office's run changed since is told as it stands for whoever sees it."""
    paper = Paper()
    hers, another = paper.child(*HERS), paper.child(*OTHERS, given_names="Luz")
    paper.record("earm", hers)
    for _ in range(3):
        paper.record("earm", another)
    ids = {"hers": hers.id}
    asked = questions("""
        child(id: $hers) { records(first: 1) { edges { cursor node { id version asOf } }
          pageInfo { hasNextPage endCursor } } }

        child(id: $hers) { records(recordedOn: "2030-01-01") { edges { cursor } } }
    """)
    there, never_there = await told_in(async_door, OF_HOUSTON, paper, asked, ids)
    assert there == never_there


@pytest.mark.parametrize("asker", [OF_HOUSTON, BEFORE_THE_GUIDANCE], ids=["scope", "class"])
async def test_a_run_of_hidden_events_alone_is_heard_as_a_run_of_none(async_door, asker):
    """Nobody is told of an event, nor that some were left out."""
    paper = Paper()
    hers, another = paper.child(*HERS), paper.child(*OTHERS, given_names="Luz")
    home = paper.address("12 Oak St")
    paper.stay(hers, home, RELEASE)
    for _ in range(4):
        paper.stay(another, home, ENFORCEMENT)
    told = []
    for entries in (paper.entries, asker.left_of(paper.entries)):
        await write(async_door, entries)
        names = ("addresses", "addresses, few of a run", "addresses of a state", "failures")
        told.append([await heard(async_door, asker.viewer, name) for name in names])
    assert told[0] == told[1]
