from datetime import date

NETWORK = """query ($id: ID!, $depth: Int! = 2, $first: Int! = 50, $asOf: Date) {
  sponsorNetwork(sponsorId: $id, depth: $depth, first: $first, asOf: $asOf) {
    sponsor { id } truncated cut nodes { distance node { __typename id } }
    edges { kind from { id } to { id } since source record { id } } } }"""
PATH = """query ($from: ID!, $to: ID!, $most: Int! = 6) {
  shortestPath(from: $from, to: $to, maxLength: $most) {
    length steps { from { id } to { id } tie { kind since source } } } }"""


async def a_family(world):
    """A sponsor with a child, whose address another child shares, who has another sponsor."""
    sponsor, other = await world.a_sponsor(), await world.a_sponsor("Pedro")
    child, friend = await world.a_child(), await world.a_child(given_names="Luis")
    home = await world.an_address()
    record = await world.a_record(of=child)
    await world.released_to(child, sponsor, record=record)
    await world.lives_at(child, home)
    await world.lives_at(friend, home)
    await world.released_to(friend, other)
    return sponsor, child, home, friend, other


async def test_the_network_is_walked_ring_by_ring_and_every_edge_has_its_evidence(world, ask):
    sponsor, child, home, friend, _ = await a_family(world)
    found = {}
    for depth in (1, 2, 3):
        answer = await ask(NETWORK, id=sponsor, depth=depth)
        assert len(ask.statements) == 1
        network = answer["sponsorNetwork"]
        assert (network["truncated"], network["cut"]) == (False, 0)
        found[depth] = [(one["distance"], one["node"]["id"]) for one in network["nodes"]]
    assert found[1] == [(0, sponsor), (1, child)]
    assert found[2] == [*found[1], (2, home)]
    assert found[3] == [*found[2], (3, friend)]
    released = next(one for one in network["edges"] if one["kind"] == "RELEASED_TO")
    assert (released["from"]["id"], released["to"]["id"]) == (child, sponsor)
    assert released["since"] == "2024-03-01"
    assert released["source"] == "ORR"
    assert released["record"]["id"].endswith("/v1")
    assert len(network["edges"]) == 3


async def test_what_was_cut_from_a_network_is_said(world, ask):
    sponsor = await world.a_sponsor()
    for _ in range(5):
        await world.released_to(await world.a_child(), sponsor)
    network = (await ask(NETWORK, id=sponsor, first=3))["sponsorNetwork"]
    assert (network["truncated"], network["cut"]) == (True, 2)
    assert len(network["nodes"]) == 4


async def test_a_tie_that_began_later_is_not_in_the_network(world, ask):
    sponsor, *_ = await a_family(world)
    network = (await ask(NETWORK, id=sponsor, asOf="2024-02-29"))["sponsorNetwork"]
    assert network["nodes"] == [{"distance": 0, "node": {"__typename": "Sponsor", "id": sponsor}}]


async def test_a_network_deeper_than_three_is_refused(world, ask):
    result = await ask.result(NETWORK, id="sponsor_x", depth=4)
    assert result.errors[0].message == "`depth` must be between 1 and 3."


async def test_the_path_between_two_people_names_the_facts_it_walks(world, ask):
    sponsor, child, home, friend, other = await a_family(world)
    path = (await ask(PATH, **{"from": sponsor, "to": other}))["shortestPath"]
    assert len(ask.statements) == 1
    assert path["length"] == 4
    walked = [(step["from"]["id"], step["to"]["id"]) for step in path["steps"]]
    assert walked == [(sponsor, child), (child, home), (home, friend), (friend, other)]
    assert [step["tie"]["kind"] for step in path["steps"]] == [
        "RELEASED_TO",
        "LIVES_AT",
        "LIVES_AT",
        "RELEASED_TO",
    ]
    assert await ask(PATH, **{"from": sponsor, "to": other, "most": 3}) == {"shortestPath": None}


async def test_anything_is_fetched_again_by_its_id(world, ask):
    sponsor, child, home, *_ = await a_family(world)
    hearing = await world.a_hearing(child)
    record = await world.a_record(of=child)
    answer = await ask(
        """query ($ids: [ID!]!, $id: ID!) {
             nodes(ids: $ids) { __typename id ... on Child { fullName } ... on Hearing { court } }
             node(id: $id) { ... on Address { line1 } }
           }""",
        ids=[child, "child_nobody", sponsor, home, hearing, record],
        id=home,
    )
    assert answer == {
        "nodes": [
            {"__typename": "Child", "id": child, "fullName": "Ana Reyes"},
            None,
            {"__typename": "Sponsor", "id": sponsor},
            {"__typename": "Address", "id": home},
            {"__typename": "Hearing", "id": hearing, "court": "HOU"},
            {"__typename": "Record", "id": record},
        ],
        "node": {"line1": "12 Oak St"},
    }
    assert len(ask.statements) == 2


async def test_her_records_come_with_the_weight_that_links_them(world, ask):
    child = await world.a_child()
    one = await world.a_record("EARM", of=child, weight=21.5)
    two = await world.a_record("EOIR", "eoir_case", of=child, weight=None)
    answer = await ask(
        """query ($id: ID!) { child(id: $id) { records(first: 1) {
             edges { matchWeight node { id version asOf } } pageInfo { hasNextPage endCursor } } } }""",
        id=child,
    )
    records = answer["child"]["records"]
    assert records["edges"] == [
        {"matchWeight": 21.5, "node": {"id": one, "version": 1, "asOf": "2024-03-01"}}
    ]
    rest = await ask(
        """query ($id: ID!, $after: String) { child(id: $id) { records(after: $after) {
             edges { matchWeight node { id } } pageInfo { hasNextPage } } } }""",
        id=child,
        after=records["pageInfo"]["endCursor"],
    )
    assert rest["child"]["records"] == {
        "edges": [{"matchWeight": None, "node": {"id": two}}],
        "pageInfo": {"hasNextPage": False},
    }


async def test_releases_are_counted_by_year_and_state(world, ask):
    await world.public_releases("TX", 2021, 5)
    await world.public_releases("FL", 2021, 2)
    await world.public_releases("TX", 2022, 1)
    answer = await ask("{ releasesByState { fiscalYear state releases source asOf } }")
    counts = [
        (one["fiscalYear"], one["state"], one["releases"]) for one in answer["releasesByState"]
    ]
    assert counts == [(2021, "FL", 2), (2021, "TX", 5), (2022, "TX", 1)]
    assert answer["releasesByState"][0]["asOf"] == str(date(2024, 3, 1))
    one = await ask('{ releasesByState(fiscalYear: 2021, state: "TX") { releases } }')
    assert one == {"releasesByState": [{"releases": 5}]}


async def test_a_public_release_without_a_state_is_counted_under_none(world, ask):
    await world.public_releases("TX", 2021, 1)
    await world.public_releases("", 2021, 2)
    answer = await ask("{ releasesByState { state releases } }")
    assert answer["releasesByState"] == [
        {"state": "TX", "releases": 1},
        {"state": None, "releases": 2},
    ]


async def test_releases_are_counted_from_the_index_without_a_look_at_any_of_them(
    world, ask, shared_door
):
    await world.public_releases("TX", 2021, 50)
    await world.public_releases("FL", 2022, 50)
    for arguments in ("", "(fiscalYear: 2021)", '(state: "TX")'):
        await ask(f"{{ releasesByState{arguments} {{ state releases asOf }} }}")
        text, parameters = ask.statements[0]
        with shared_door.reading() as session:
            plan = session.run(f"EXPLAIN {text}", parameters).consume().plan
        details = [
            str(one["args"]["Details"])
            for one in _operators(plan)
            if "Index" in one["operatorType"] and "PublicRelease" in str(one["args"]["Details"])
        ]
        assert len(details) == 1
        assert details[0].count("cache[") == 6


def _operators(plan):
    yield plan
    for child in plan.get("children", []):
        yield from _operators(child)
